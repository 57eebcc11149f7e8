// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/mail/smtp_dialogue.h"

#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kChunk = 1024;  // bytes read at once
constexpr std::size_t kShown = 160;   // bytes of a reply in a sentence

Async<std::optional<Verdict>> greet(SmtpDialogue& dialogue, Run& run, bool needs_tls) {
  run.enter("ehlo");
  auto answer = co_await dialogue.say("EHLO dienstbereit.invalid");
  if (answer.failure) co_return std::move(answer.failure);
  if (!answer.reply.accepts()) co_return unexpected(run, "EHLO", answer.reply, "250");
  if (needs_tls && !smtp_offers(answer.reply, "STARTTLS")) {
    co_return failed("starttls", "the server does not offer STARTTLS");
  }
  co_return std::nullopt;
}

Async<std::optional<Verdict>> encrypt(SmtpDialogue& dialogue, Run& run, TlsOptions options,
                                      std::string host) {
  run.enter("starttls");
  auto refused = co_await must(dialogue, run, "STARTTLS");
  if (!refused) refused = co_await dialogue.start_tls(std::move(options), std::move(host));
  if (!refused) refused = co_await greet(dialogue, run, false);
  co_return refused;
}

}  // namespace

Async<SmtpAnswer> SmtpDialogue::hear() {
  SmtpAnswer answer;
  std::array<char, kChunk> chunk;
  for (;;) {
    auto whole = reader_.next();
    if (!whole) answer.failure = failed(run_.phase(), whole.error().message);
    if (whole && *whole) answer.reply = std::move(**whole);
    if (!whole || *whole) co_return answer;
    ErrorCode ec;
    const std::size_t size = co_await wire_.read(asio::buffer(chunk), ec);
    if (ec) {
      answer.failure = run_.failure(fmt::format("waiting for the reply to {}", said_), ec);
      co_return answer;
    }
    reader_.feed({chunk.data(), size});
  }
}

Async<SmtpAnswer> SmtpDialogue::say(std::string command) {
  std::string shown = command;
  co_return co_await say(std::move(command), std::move(shown));
}

Async<SmtpAnswer> SmtpDialogue::say(std::string command, std::string shown) {
  SmtpAnswer answer;
  ErrorCode ec;
  said_ = std::move(shown);
  command += "\r\n";
  co_await wire_.write(std::move(command), ec);
  if (ec) {
    answer.failure = run_.failure(fmt::format("sending {}", said_), ec);
    co_return answer;
  }
  co_return co_await hear();
}

Async<std::optional<Verdict>> SmtpDialogue::start_tls(TlsOptions options, std::string host) {
  if (!reader_.empty()) {
    co_return failed("starttls", "the server sent more than its reply before encryption began");
  }
  co_return co_await wire_.secure_all(std::move(options), std::move(host));
}

Verdict unexpected(Run& run, const std::string& after, const SmtpReply& reply,
                   std::string_view wanted) {
  return failed(run.phase(), fmt::format("after {} the server said '{} {}', expected was {}", after,
                                         reply.code, clean(reply.text, kShown), wanted));
}

Async<std::optional<Verdict>> must(SmtpDialogue& dialogue, Run& run, std::string command) {
  auto answer = co_await dialogue.say(command);
  if (answer.failure) co_return std::move(answer.failure);
  if (!answer.reply.accepts()) co_return unexpected(run, command, answer.reply, "2xx");
  co_return std::nullopt;
}

Async<std::optional<Verdict>> open_smtp(SmtpDialogue& dialogue, Run& run, bool starttls,
                                        TlsOptions options, std::string host, std::string& banner) {
  run.enter("banner");
  auto first = co_await dialogue.hear();
  if (first.failure) co_return std::move(first.failure);
  if (!first.reply.accepts()) co_return unexpected(run, "connecting", first.reply, "220");
  banner = first.reply.text;
  auto problem = co_await greet(dialogue, run, starttls);
  if (!problem && starttls) {
    problem = co_await encrypt(dialogue, run, std::move(options), std::move(host));
  }
  co_return problem;
}

}  // namespace dienstbereit::probe
