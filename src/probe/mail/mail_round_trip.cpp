// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <random>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "probe/kinds.h"
#include "probe/mail/imap_dialogue.h"
#include "probe/mail/smtp_dialogue.h"
#include "runtime/gate.h"

namespace dienstbereit::probe {
namespace {

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

Async<std::optional<Verdict>> open_mailbox(ImapDialogue& dialogue, Run& run,
                                           const MailRoundTripProbe& probe, std::string secret) {
  std::string greeting;
  auto problem =
      co_await open_imap(dialogue, run, probe.imap_tls, probe.tls, probe.imap.host, greeting);
  if (!problem) problem = co_await log_in(dialogue, run, probe.imap_user, std::move(secret));
  if (problem) co_return problem;
  const auto folder = imap_quoted(probe.folder);
  if (!folder) co_return broken("'folder' must be of plain characters");
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
  problem = co_await open_mailbox(dialogue, run, probe, std::move(*secret));
  if (!problem) problem = co_await await_message(dialogue, run, token);
  if (problem) co_return std::move(*problem);
  const auto took = std::chrono::ceil<Duration>(std::chrono::steady_clock::now() - submitted);
  problem = co_await clear(dialogue, run, token);
  if (problem) co_return std::move(*problem);
  co_return succeeded(fmt::format("a message was delivered within {}", to_text(took)));
}

}  // namespace dienstbereit::probe
