// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <array>

#include <fmt/format.h>

#include <boost/asio/write.hpp>

#include "base/text.h"
#include "probe/kinds.h"
#include "probe/smtp_reply.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kChunk = 1024;  // bytes read at once
constexpr std::size_t kShown = 160;   // bytes of a reply in a sentence

struct Answer {
  SmtpReply reply;
  std::optional<Verdict> failure;  // no reply came
};

// The conversation, first in the clear, then perhaps inside TLS.
class Dialogue {
 public:
  Dialogue(Run& run, tcp::socket socket) : run_(run), plain_(std::move(socket)) {}

  // Waits for the next reply.
  Async<Answer> hear() {
    Answer answer;
    std::array<char, kChunk> chunk;
    for (;;) {
      auto whole = reader_.next();
      if (!whole) answer.failure = failed(run_.phase(), whole.error().message);
      if (whole && *whole) answer.reply = std::move(**whole);
      if (!whole || *whole) co_return answer;
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

  // Sends one command and waits for its reply.
  Async<Answer> say(std::string command) {
    Answer answer;
    ErrorCode ec;
    said_ = command;
    command += "\r\n";
    if (tls_) {
      co_await asio::async_write(*tls_, asio::buffer(command), runtime::into(ec));
    } else {
      co_await asio::async_write(plain_, asio::buffer(command), runtime::into(ec));
    }
    if (ec) {
      answer.failure = run_.failure(fmt::format("sending {}", said_), ec);
      co_return answer;
    }
    co_return co_await hear();
  }

  Async<std::optional<Verdict>> start_tls(const SmtpProbe& probe) {
    auto context = tls_context(run_, probe.tls);
    if (context.context == nullptr) co_return std::move(context.failure);
    if (!reader_.empty()) {
      co_return failed("starttls", "the server sent more than its reply before encryption began");
    }
    tls_.emplace(std::move(plain_), *context.context);
    co_return co_await secure(run_, *tls_, probe.tls, probe.target.host);
  }

 private:
  Run& run_;
  tcp::socket plain_;
  std::optional<TlsStream> tls_;
  SmtpReplyReader reader_;
  std::string said_ = "the connection";
};

Verdict unexpected(Run& run, const std::string& after, const SmtpReply& reply,
                   std::string_view wanted) {
  return failed(run.phase(), fmt::format("after {} the server said '{} {}', expected was {}", after,
                                         reply.code, clean(reply.text, kShown), wanted));
}

// A command that must be accepted.
Async<std::optional<Verdict>> must(Dialogue& dialogue, Run& run, std::string command) {
  auto answer = co_await dialogue.say(command);
  if (answer.failure) co_return std::move(answer.failure);
  if (!answer.reply.accepts()) co_return unexpected(run, command, answer.reply, "2xx");
  co_return std::nullopt;
}

Async<std::optional<Verdict>> greet(Dialogue& dialogue, Run& run, bool needs_tls) {
  run.enter("ehlo");
  auto answer = co_await dialogue.say("EHLO dienstbereit.invalid");
  if (answer.failure) co_return std::move(answer.failure);
  if (!answer.reply.accepts()) co_return unexpected(run, "EHLO", answer.reply, "250");
  if (needs_tls && !smtp_offers(answer.reply, "STARTTLS")) {
    co_return failed("starttls", "the server does not offer STARTTLS");
  }
  co_return std::nullopt;
}

Async<std::optional<Verdict>> encrypt(Dialogue& dialogue, Run& run, const SmtpProbe& probe) {
  run.enter("starttls");
  auto refused = co_await must(dialogue, run, "STARTTLS");
  if (!refused) refused = co_await dialogue.start_tls(probe);
  if (!refused) refused = co_await greet(dialogue, run, false);
  co_return refused;
}

enum class Refusal { Permanent, Any };  // 5xx; 4xx or 5xx

// A recipient that must be refused.
Async<std::optional<Verdict>> must_refuse(Dialogue& dialogue, Run& run, std::string recipient,
                                          Refusal kind) {
  const std::string command = fmt::format("RCPT TO:<{}>", recipient);
  auto answer = co_await dialogue.say(command);
  if (answer.failure) co_return std::move(answer.failure);
  const auto& reply = answer.reply;
  if (reply.refuses() || (kind == Refusal::Any && reply.refuses_for_now())) co_return std::nullopt;
  co_return unexpected(run, command, reply, kind == Refusal::Any ? "4xx or 5xx" : "5xx");
}

Async<std::optional<Verdict>> envelope(Dialogue& dialogue, Run& run, const SmtpProbe& probe) {
  std::optional<Verdict> problem;
  run.enter("sender");
  problem = co_await must(dialogue, run, fmt::format("MAIL FROM:<{}>", probe.sender));
  if (!problem && !probe.accepts.empty()) {
    run.enter("recipient");
    problem = co_await must(dialogue, run, fmt::format("RCPT TO:<{}>", probe.accepts));
  }
  if (!problem && !probe.refuses.empty()) {
    run.enter("invalid recipient");
    problem = co_await must_refuse(dialogue, run, probe.refuses, Refusal::Permanent);
  }
  if (!problem && !probe.refuses_relay_to.empty()) {
    run.enter("relay");
    problem = co_await must_refuse(dialogue, run, probe.refuses_relay_to, Refusal::Any);
  }
  co_return problem;
}

bool breaks_the_line(const std::string& text) {
  return text.find_first_of("\r\n<>") != std::string::npos;
}

std::string summary(const SmtpProbe& probe, const std::string& banner) {
  std::string text = fmt::format("'{}'", clean(banner, kShown));
  if (!probe.accepts.empty()) text += fmt::format("; accepts {}", probe.accepts);
  if (!probe.refuses.empty()) text += fmt::format("; refuses {}", probe.refuses);
  if (!probe.refuses_relay_to.empty()) text += "; refuses relaying";
  return text;
}

}  // namespace

Async<Verdict> run_smtp(const SmtpProbe& probe, Run& run) {
  for (const auto& address : {probe.sender, probe.accepts, probe.refuses, probe.refuses_relay_to}) {
    if (breaks_the_line(address))
      co_return broken("a mail address of this probe holds <, > or a line break");
  }
  auto connection = co_await connect(run, probe.target, {});
  if (!connection.socket) co_return std::move(connection.failure);
  Dialogue dialogue(run, std::move(*connection.socket));
  run.enter("banner");
  auto banner = co_await dialogue.hear();
  if (banner.failure) co_return std::move(*banner.failure);
  if (!banner.reply.accepts()) co_return unexpected(run, "connecting", banner.reply, "220");
  auto problem = co_await greet(dialogue, run, probe.starttls);
  if (!problem && probe.starttls) problem = co_await encrypt(dialogue, run, probe);
  if (!problem) problem = co_await envelope(dialogue, run, probe);
  if (problem) co_return std::move(*problem);
  run.enter("quit");
  problem = co_await must(dialogue, run, "RSET");
  if (problem) co_return std::move(*problem);
  co_await dialogue.say("QUIT");  // whatever it answers, nothing hangs on it
  co_return succeeded(summary(probe, banner.reply.text));
}

}  // namespace dienstbereit::probe
