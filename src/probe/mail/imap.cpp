// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "probe/kinds.h"
#include "probe/mail/imap_dialogue.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kShown = 160;  // bytes of a greeting in a sentence

Async<std::optional<Verdict>> log_in_if_wanted(const ImapProbe& probe, Run& run,
                                               ImapDialogue& dialogue) {
  if (probe.user.empty()) co_return std::nullopt;
  auto secret = run.tools().credentials.find(probe.credential);
  if (!secret) co_return broken(secret.error().message);
  co_return co_await log_in(dialogue, run, probe.user, std::move(*secret));
}

// The first capability that is missed; empty: none.
std::string missed(const ImapProbe& probe, const std::vector<std::string>& offered) {
  for (const std::string& wanted : probe.capabilities) {
    const bool there = std::any_of(offered.begin(), offered.end(), [&](const std::string& one) {
      return equals_ignoring_case(one, wanted);
    });
    if (!there) return wanted;
  }
  return {};
}

}  // namespace

Async<Verdict> run_imap(const ImapProbe& probe, Run& run) {
  if (probe.security == MailTls::None && !probe.user.empty()) {
    co_return broken("a password is sent inside TLS only; take 'tls' or 'starttls'");
  }
  auto connection = co_await connect(run, probe.target, {});
  if (!connection.socket) co_return std::move(connection.failure);
  ImapDialogue dialogue(run, std::move(*connection.socket));
  std::string greeting;
  auto problem =
      co_await open_imap(dialogue, run, probe.security, probe.tls, probe.target.host, greeting);
  if (!problem) problem = co_await log_in_if_wanted(probe, run, dialogue);
  if (problem) co_return std::move(*problem);
  run.enter("capability");
  auto offered = co_await dialogue.must("CAPABILITY", "CAPABILITY");
  if (offered.failure) co_return std::move(*offered.failure);
  if (offered.capabilities.empty()) {
    co_return failed("capability", "the server does not say what it offers");
  }
  const std::string missing = missed(probe, offered.capabilities);
  if (!missing.empty()) {
    co_return failed("capability",
                     fmt::format("the server does not offer {}; it offers {}", missing,
                                 clean(join(offered.capabilities, " "), kShown)));
  }
  run.enter("logout");
  co_await dialogue.must("LOGOUT", "LOGOUT");  // whatever it answers, nothing hangs on it
  co_return succeeded(
      fmt::format("'{}'{}", clean(greeting, kShown), probe.user.empty() ? "" : "; logged in"));
}

}  // namespace dienstbereit::probe
