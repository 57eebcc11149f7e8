// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <array>
#include <random>

#include <fmt/format.h>

#include <boost/asio/write.hpp>

#include "base/hash.h"
#include "base/text.h"
#include "probe/kinds.h"
#include "probe/mail/imap_reply.h"
#include "probe/smtp_dialogue.h"
#include "runtime/gate.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kChunk = 4096;  // bytes read at once
constexpr std::size_t kShown = 160;   // bytes of a reply in a sentence
constexpr auto kBetweenLooks = std::chrono::milliseconds(500);
constexpr const char* kOwnHeader = "X-Dienstbereit-Round-Trip";

// What makes one message ours: `owner` is the same for all runs of a probe, `id` for one alone.
struct Token {
  std::string owner;
  std::string id;
};
Token make_token(const MailRoundTripProbe& probe) {
  std::random_device device;
  const std::string account =
      fmt::format("{} {} {}", probe.imap.host, probe.imap_user, probe.recipient);
  Token token{fmt::format("{:016x}", stable_hash(account)), {}};
  token.id = fmt::format("{}.{:08x}{:08x}{:08x}", token.owner, device(), device(), device());
  return token;
}
std::string message_id(const Token& token) {
  return fmt::format("<{}@dienstbereit.invalid>", token.id);
}

std::string message_of(const MailRoundTripProbe& probe, const Token& token) {
  return fmt::format("From: {}\r\nTo: {}\r\nSubject: Dienstbereit round trip {}\r\n"
                     "Message-ID: {}\r\n{}: {}\r\nAuto-Submitted: auto-generated\r\n"
                     "Content-Type: text/plain; charset=us-ascii\r\n\r\n"
                     "A test that mail works. It is deleted by itself.\r\n.",
                     probe.sender.empty() ? probe.recipient : probe.sender, probe.recipient,
                     token.id, message_id(token), kOwnHeader, token.owner);
}

std::string base64(std::string_view bytes) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    unsigned three = 0;
    for (std::size_t k = 0; k < 3; ++k) {
      three = three << 8 | (i + k < bytes.size() ? static_cast<unsigned char>(bytes[i + k]) : 0u);
    }
    for (std::size_t k = 0; k < 4; ++k) {
      const bool there = i + k < bytes.size() + 1;
      out += there ? kDigits[three >> (18 - 6 * k) & 63] : '=';
    }
  }
  return out;
}

bool breaks_the_line(const std::string& text) {
  return text.find_first_of(std::string_view("\r\n<>\0", 5)) != std::string::npos;
}

// ---- in, by SMTP

Async<std::optional<Verdict>> log_in(SmtpDialogue& dialogue, Run& run,
                                     const MailRoundTripProbe& probe) {
  run.enter("login");
  const auto secret = run.tools().credentials.find(probe.credential);
  if (!secret) co_return broken(secret.error().message);
  std::string plain = std::string("\0", 1) + probe.user + std::string("\0", 1) + *secret;
  std::string command = "AUTH PLAIN " + base64(plain);
  auto answer = co_await dialogue.say(std::move(command), "AUTH PLAIN");
  if (answer.failure) co_return std::move(answer.failure);
  if (!answer.reply.accepts()) co_return unexpected(run, "AUTH PLAIN", answer.reply, "235");
  co_return std::nullopt;
}

Async<std::optional<Verdict>> hand_in(SmtpDialogue& dialogue, Run& run,
                                      const MailRoundTripProbe& probe, std::string message) {
  run.enter("submit");
  auto problem = co_await must(dialogue, run, fmt::format("MAIL FROM:<{}>", probe.sender));
  if (!problem) {
    problem = co_await must(dialogue, run, fmt::format("RCPT TO:<{}>", probe.recipient));
  }
  if (problem) co_return problem;
  auto ready = co_await dialogue.say("DATA");
  if (ready.failure) co_return std::move(ready.failure);
  if (ready.reply.code != 354) co_return unexpected(run, "DATA", ready.reply, "354");
  auto taken = co_await dialogue.say(std::move(message), "the message");
  if (taken.failure) co_return std::move(taken.failure);
  if (!taken.reply.accepts()) co_return unexpected(run, "the message", taken.reply, "250");
  co_await dialogue.say("QUIT");  // whatever it answers, nothing hangs on it
  co_return std::nullopt;
}

Async<std::optional<Verdict>> submit(const MailRoundTripProbe& probe, Run& run,
                                     std::string message) {
  auto connection = co_await connect(run, probe.submit, {});
  if (!connection.socket) co_return std::move(connection.failure);
  SmtpDialogue dialogue(run, std::move(*connection.socket));
  std::optional<Verdict> problem;
  if (probe.submit_tls == MailTls::Tls) {
    problem = co_await dialogue.start_tls(probe.tls, probe.submit.host);
  }
  std::string banner;
  const bool starttls = probe.submit_tls == MailTls::StartTls;
  if (!problem) {
    problem = co_await open_smtp(dialogue, run, starttls, probe.tls, probe.submit.host, banner);
  }
  if (!problem && !probe.user.empty()) problem = co_await log_in(dialogue, run, probe);
  if (!problem) problem = co_await hand_in(dialogue, run, probe, std::move(message));
  co_return problem;
}

// ---- out, by IMAP

struct ImapAnswer {
  ImapReply last;  // the tagged one
  std::vector<std::uint32_t> found;  // by a search
  std::optional<Verdict> failure;
};

class ImapDialogue {
 public:
  ImapDialogue(Run& run, tcp::socket socket) : run_(run), plain_(std::move(socket)) {}

  Async<std::optional<Verdict>> start_tls(TlsOptions options, std::string host) {
    auto context = tls_context(run_, options);
    if (context.context == nullptr) co_return std::move(context.failure);
    if (!reader_.empty()) {
      co_return failed("tls", "the server sent more than its reply before encryption began");
    }
    tls_.emplace(std::move(plain_), *context.context);
    co_return co_await secure(run_, *tls_, std::move(options), std::move(host));
  }

  // Until a reply with this tag; "*" for the greeting.
  Async<ImapAnswer> hear(std::string tag) {
    ImapAnswer answer;
    std::array<char, kChunk> chunk;
    for (;;) {
      auto whole = reader_.next();
      if (!whole) {
        answer.failure = failed(run_.phase(), whole.error().message);
        co_return answer;
      }
      if (*whole) {
        const ImapReply& reply = **whole;
        for (const auto uid : imap_uids(reply.text)) answer.found.push_back(uid);
        if (answer.found.size() > kMostImapUids) answer.found.resize(kMostImapUids);
        if (reply.tag != tag) continue;
        answer.last = reply;
        co_return answer;
      }
      ErrorCode ec;
      const auto buffer = asio::buffer(chunk);
      std::size_t size = 0;
      if (tls_) {
        size = co_await tls_->async_read_some(buffer, runtime::into(ec));
      } else {
        size = co_await plain_.async_read_some(buffer, runtime::into(ec));
      }
      if (ec) {
        answer.failure = run_.failure(fmt::format("waiting for the reply to {}", said_), ec);
        co_return answer;
      }
      reader_.feed({chunk.data(), size});
    }
  }

  // One command that must be granted. `shown` stands for it in sentences.
  Async<ImapAnswer> must(std::string command, std::string shown) {
    said_ = std::move(shown);
    std::string tag = fmt::format("a{}", ++commands_);
    const std::string line = fmt::format("{} {}\r\n", tag, command);
    ErrorCode ec;
    if (tls_) {
      co_await asio::async_write(*tls_, asio::buffer(line), runtime::into(ec));
    } else {
      co_await asio::async_write(plain_, asio::buffer(line), runtime::into(ec));
    }
    ImapAnswer answer;
    if (ec) {
      answer.failure = run_.failure(fmt::format("sending {}", said_), ec);
      co_return answer;
    }
    answer = co_await hear(std::move(tag));
    if (!answer.failure && !answer.last.ok()) {
      answer.failure = failed(run_.phase(), fmt::format("after {} the server said '{}'", said_,
                                                        clean(answer.last.text, kShown)));
    }
    co_return answer;
  }

 private:
  Run& run_;
  tcp::socket plain_;
  std::optional<TlsStream> tls_;
  ImapReplyReader reader_;
  std::string said_ = "the connection";
  unsigned commands_ = 0;
};

Async<std::optional<Verdict>> open_imap(ImapDialogue& dialogue, Run& run,
                                        const MailRoundTripProbe& probe, std::string secret) {
  std::optional<Verdict> problem;
  if (probe.imap_tls == MailTls::Tls) {
    problem = co_await dialogue.start_tls(probe.tls, probe.imap.host);
    if (problem) co_return problem;
  }
  run.enter("imap");
  auto greeting = co_await dialogue.hear("*");
  if (greeting.failure) co_return std::move(greeting.failure);
  if (probe.imap_tls == MailTls::StartTls) {
    auto granted = co_await dialogue.must("STARTTLS", "STARTTLS");
    if (granted.failure) co_return std::move(granted.failure);
    problem = co_await dialogue.start_tls(probe.tls, probe.imap.host);
    if (problem) co_return problem;
  }
  run.enter("imap login");
  const auto user = imap_quoted(probe.imap_user);
  const auto password = imap_quoted(secret);
  const auto folder = imap_quoted(probe.folder);
  if (!user || !password || !folder) {
    co_return broken("imap_user, folder and the password must be of plain characters");
  }
  auto in = co_await dialogue.must(fmt::format("LOGIN {} {}", *user, *password), "LOGIN");
  if (in.failure) co_return std::move(in.failure);
  auto selected = co_await dialogue.must(fmt::format("SELECT {}", *folder), "SELECT");
  co_return std::move(selected.failure);
}

// Looks again until the message is there; the run's end of time is the limit.
Async<std::optional<Verdict>> await_message(ImapDialogue& dialogue, Run& run, Token token) {
  run.enter("arrival");
  const std::string search = fmt::format("UID SEARCH HEADER Message-ID \"{}\"", message_id(token));
  for (;;) {
    auto looked = co_await dialogue.must(search, "SEARCH for the message");
    if (looked.failure) co_return std::move(looked.failure);
    if (!looked.found.empty()) co_return std::nullopt;
    const auto again = std::chrono::steady_clock::now() + kBetweenLooks;
    co_await runtime::wait_until(again);
    auto stirred = co_await dialogue.must("NOOP", "NOOP while the message has not come");
    if (stirred.failure) co_return std::move(stirred.failure);
  }
}

// All of this probe's messages: of runs that found no end, too.
Async<std::optional<Verdict>> clear(ImapDialogue& dialogue, Run& run, Token token) {
  run.enter("delete");
  auto ours = co_await dialogue.must(
      fmt::format("UID SEARCH HEADER {} \"{}\"", kOwnHeader, token.owner), "SEARCH");
  if (ours.failure) co_return std::move(ours.failure);
  std::string set;
  for (const auto uid : ours.found) set += fmt::format("{}{}", set.empty() ? "" : ",", uid);
  if (set.empty()) co_return failed("delete", "the message is gone before it was deleted");
  auto marked =
      co_await dialogue.must(fmt::format("UID STORE {} +FLAGS.SILENT (\\Deleted)", set), "STORE");
  if (marked.failure) co_return std::move(marked.failure);
  auto gone = co_await dialogue.must("EXPUNGE", "EXPUNGE");
  if (gone.failure) co_return std::move(gone.failure);
  co_await dialogue.must("LOGOUT", "LOGOUT");  // whatever it answers, nothing hangs on it
  co_return std::nullopt;
}

}  // namespace

Async<Verdict> run_mail_round_trip(const MailRoundTripProbe& probe, Run& run) {
  for (const auto& text : {probe.sender, probe.recipient, probe.user}) {
    if (breaks_the_line(text)) {
      co_return broken("an address or user of this probe holds <, > or a line break");
    }
  }
  auto secret = run.tools().credentials.find(probe.imap_credential);
  if (!secret) co_return broken(secret.error().message);
  const Token token = make_token(probe);
  auto problem = co_await submit(probe, run, message_of(probe, token));
  if (problem) co_return std::move(*problem);
  const auto submitted = std::chrono::steady_clock::now();
  auto connection = co_await connect(run, probe.imap, {});
  if (!connection.socket) co_return std::move(connection.failure);
  ImapDialogue dialogue(run, std::move(*connection.socket));
  problem = co_await open_imap(dialogue, run, probe, std::move(*secret));
  if (!problem) problem = co_await await_message(dialogue, run, token);
  if (problem) co_return std::move(*problem);
  const auto took = std::chrono::ceil<Duration>(std::chrono::steady_clock::now() - submitted);
  problem = co_await clear(dialogue, run, token);
  if (problem) co_return std::move(*problem);
  co_return succeeded(fmt::format("a message was delivered within {}", to_text(took)));
}

}  // namespace dienstbereit::probe
