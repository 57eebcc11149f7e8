// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "base/text.h"
#include "probe/kinds.h"
#include "probe/mail/smtp_dialogue.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kShown = 160;  // bytes of a reply in a sentence

enum class Refusal { Permanent, Any };  // 5xx; 4xx or 5xx

// A recipient that must be refused.
Async<std::optional<Verdict>> must_refuse(SmtpDialogue& dialogue, Run& run, std::string recipient,
                                          Refusal kind) {
  const std::string command = fmt::format("RCPT TO:<{}>", recipient);
  auto answer = co_await dialogue.say(command);
  if (answer.failure) co_return std::move(answer.failure);
  const auto& reply = answer.reply;
  if (reply.refuses() || (kind == Refusal::Any && reply.refuses_for_now())) co_return std::nullopt;
  co_return unexpected(run, command, reply, kind == Refusal::Any ? "4xx or 5xx" : "5xx");
}

Async<std::optional<Verdict>> envelope(SmtpDialogue& dialogue, Run& run, const SmtpProbe& probe) {
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
  SmtpDialogue dialogue(run, std::move(*connection.socket));
  std::string banner;
  auto problem =
      co_await open_smtp(dialogue, run, probe.starttls, probe.tls, probe.target.host, banner);
  if (!problem) problem = co_await envelope(dialogue, run, probe);
  if (problem) co_return std::move(*problem);
  run.enter("quit");
  problem = co_await must(dialogue, run, "RSET");
  if (problem) co_return std::move(*problem);
  co_await dialogue.say("QUIT");  // whatever it answers, nothing hangs on it
  co_return succeeded(summary(probe, banner));
}

}  // namespace dienstbereit::probe
