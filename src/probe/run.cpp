// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/run.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/log.h"
#include "base/text.h"
#include "probe/kinds.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kLongestDetail = 300;  // bytes; model/probe.h
constexpr std::size_t kUsualPhases = 6;

bool this_machine_is_at_its_limit(const ErrorCode& why) {
  namespace e = boost::system::errc;
  return why == e::too_many_files_open || why == e::too_many_files_open_in_system ||
         why == e::no_buffer_space || why == e::not_enough_memory;
}

std::chrono::microseconds microseconds_since(runtime::Steady then, runtime::Steady now) {
  return std::chrono::duration_cast<std::chrono::microseconds>(now - then);
}

Async<Verdict> look_at_queue(const MailQueueProbe& probe, Run& run) {
  auto seen = co_await run_mail_queue(probe, run);
  run.saw(std::move(seen.backlog));
  co_return std::move(seen.verdict);
}

Async<Verdict> run_device(const ProbeAction& action, Run& run) {
  if (const auto* snmp = std::get_if<SnmpProbe>(&action)) return run_snmp(*snmp, run);
  if (const auto* ntp = std::get_if<NtpProbe>(&action)) return run_ntp(*ntp, run);
  if (const auto* imap = std::get_if<ImapProbe>(&action)) return run_imap(*imap, run);
  if (const auto* ldap = std::get_if<LdapProbe>(&action)) return run_ldap(*ldap, run);
  if (const auto* tls = std::get_if<TlsProbe>(&action)) return run_tls(*tls, run);
  if (const auto* plugin = std::get_if<PluginProbe>(&action)) return run_plugin(*plugin, run);
  if (const auto* icmp = std::get_if<IcmpProbe>(&action)) return run_icmp(*icmp, run);
  return run_nut(std::get<NutProbe>(action), run);
}

Async<Verdict> run_action(const ProbeAction& action, Run& run) {
  if (const auto* http = std::get_if<HttpProbe>(&action)) {
    return http->relay.url.empty() ? run_http(*http, run) : run_relay(*http, run);
  }
  if (const auto* tcp = std::get_if<TcpProbe>(&action)) return run_tcp(*tcp, run);
  if (const auto* dns = std::get_if<DnsProbe>(&action)) return run_dns(*dns, run);
  if (const auto* smtp = std::get_if<SmtpProbe>(&action)) return run_smtp(*smtp, run);
  if (const auto* trip = std::get_if<MailRoundTripProbe>(&action)) {
    return run_mail_round_trip(*trip, run);
  }
  if (const auto* queue = std::get_if<MailQueueProbe>(&action)) return look_at_queue(*queue, run);
  if (const auto* sql = std::get_if<PostgresProbe>(&action)) return run_postgres(*sql, run);
  return run_device(action, run);
}

// Called in a catch.
Verdict verdict_of_exception(const Run& run) {
  try {
    throw;
  } catch (const runtime::system_error& e) {
    if (e.code() == asio::error::operation_aborted) return run.timed_out();
    return broken(fmt::format("the probe itself failed: {}", e.what()));
  } catch (const std::exception& e) {
    log::error("a probe failed in phase '{}': {}", run.phase() ? run.phase() : "", e.what());
    return broken(fmt::format("the probe itself failed: {}", e.what()));
  }
}

// Of the whole chain the certificate that ends first.
const runtime::Certificate* first_to_end(const runtime::TlsFacts& facts) {
  const auto first =
      std::min_element(facts.chain.begin(), facts.chain.end(),
                       [](const auto& a, const auto& b) { return a.not_after < b.not_after; });
  return first == facts.chain.end() ? nullptr : &*first;
}

std::string end_of(const runtime::Certificate& certificate, Instant now) {
  return fmt::format(
      "the certificate of '{}' (issued by '{}') {}", certificate.subject, certificate.issuer,
      end_in_words(certificate.not_after - now, to_rfc3339(certificate.not_after).substr(0, 10)));
}

}  // namespace

Verdict succeeded(std::string detail) { return {ProbeOutcome::Success, {}, std::move(detail)}; }
Verdict failed(std::string phase, std::string detail) {
  return {ProbeOutcome::Failure, std::move(phase), std::move(detail)};
}
Verdict broken(std::string detail) { return {ProbeOutcome::Broken, "start", std::move(detail)}; }

Run::Run(Tools& tools, const ProbeSpec& spec, std::string from)
    : tools_(tools),
      spec_(spec),
      from_(std::move(from)),
      began_(std::chrono::steady_clock::now()),
      phase_began_(began_) {
  phases_.reserve(kUsualPhases);
}

void Run::leave() {
  const auto now = std::chrono::steady_clock::now();
  if (phase_ != nullptr) phases_.push_back({phase_, microseconds_since(phase_began_, now)});
  phase_began_ = now;
}

void Run::enter(const char* phase) {
  leave();
  phase_ = phase;
}

Verdict Run::failure(std::string doing, ErrorCode why) const {
  const std::string phase = phase_ != nullptr ? phase_ : "start";
  if (this_machine_is_at_its_limit(why)) {
    return broken(fmt::format("{}: this machine is at its limit: {}", doing, why.message()));
  }
  if (why == asio::error::operation_aborted) {
    return failed(phase, fmt::format("{}: no answer within {}", doing, to_text(spec_.timeout)));
  }
  return failed(phase, fmt::format("{}: {}", doing, runtime::to_text(why)));
}

Verdict Run::timed_out() const { return failure("the probe", asio::error::operation_aborted); }

void Run::degrade(std::string why) {
  if (degraded_.empty()) degraded_ = std::move(why);
}

void Run::note(Trace trace) {
  if (traces_.size() < kMostTraces) traces_.push_back(std::move(trace));
}

ProbeResult Run::result(Verdict verdict) {
  leave();
  const auto ended = phase_began_;
  const bool success = verdict.outcome == ProbeOutcome::Success;
  if (success && !degraded_.empty()) {
    verdict = {ProbeOutcome::Slow, kCertificatePhase, std::move(degraded_)};
  } else if (success && spec_.slow && ended - began_ > *spec_.slow) {
    const auto took = std::chrono::ceil<Duration>(ended - began_);
    verdict = {ProbeOutcome::Slow, kTimePhase,
               fmt::format("answered after {}, slower than {}: {}", to_text(took),
                           to_text(*spec_.slow), verdict.detail)};
  }
  ProbeResult result;
  result.probe = spec_.id;
  result.began = tools_.clock.instant(began_);
  result.ended = tools_.clock.instant(ended);
  result.outcome = verdict.outcome;
  result.phase = std::move(verdict.phase);
  result.detail = clean(verdict.detail, kLongestDetail);
  result.phases = std::move(phases_);
  result.mail = std::move(mail_);
  result.traces = std::move(traces_);
  return result;
}

Async<ProbeResult> run_probe(const ProbeSpec& spec, Tools& tools, std::string from) {
  Run run(tools, spec, std::move(from));
  Verdict verdict;
  if (std::holds_alternative<HeartbeatProbe>(spec.action)) {
    verdict = broken("a heartbeat is pushed to us; there is nothing to run");
    co_return run.result(std::move(verdict));
  }
  try {
    verdict = co_await run_action(spec.action, run);
  } catch (...) {
    verdict = verdict_of_exception(run);
  }
  co_return run.result(std::move(verdict));
}

bool uses_tls(const ProbeSpec& spec) {
  if (const auto* http = std::get_if<HttpProbe>(&spec.action)) {
    return (http->relay.url.empty() ? http->url : http->relay.url).starts_with("https:");
  }
  if (const auto* tcp = std::get_if<TcpProbe>(&spec.action)) return tcp->use_tls;
  if (const auto* smtp = std::get_if<SmtpProbe>(&spec.action)) return smtp->starttls;
  if (std::holds_alternative<MailRoundTripProbe>(spec.action)) return true;
  if (std::holds_alternative<TlsProbe>(spec.action)) return true;
  if (const auto* imap = std::get_if<ImapProbe>(&spec.action)) {
    return imap->security != MailTls::None;
  }
  if (const auto* ldap = std::get_if<LdapProbe>(&spec.action)) {
    return ldap->security != MailTls::None;
  }
  const auto* postgres = std::get_if<PostgresProbe>(&spec.action);
  return postgres != nullptr && postgres->tls != "disable";
}

Async<Connection> connect(Run& run, Endpoint target, std::string connect_to) {
  Connection connection;
  run.enter("resolve");
  const std::string& host = connect_to.empty() ? target.host : connect_to;
  auto addresses = co_await run.tools().resolver.lookup(host);
  if (!addresses) {
    connection.failure = failed("resolve", addresses.error().message);
    co_return connection;
  }
  run.enter("connect");
  auto dialled = co_await runtime::dial(std::move(*addresses), target.port, run.from());
  if (dialled.failure) {
    const auto where = runtime::to_text(dialled.peer);
    connection.failure = run.failure(fmt::format("connecting to {}", where), dialled.failure);
    co_return connection;
  }
  connection.socket.emplace(std::move(dialled.socket));
  co_return connection;
}

std::string end_in_words(Duration left, const std::string& day) {
  const bool over = left < Duration(0);
  const auto days = std::chrono::duration_cast<std::chrono::days>(std::chrono::abs(left)).count();
  const std::string apart = days == 0   ? "less than a day"
                            : days == 1 ? "1 day"
                                        : fmt::format("{} days", days);
  const std::string on = day.empty() ? "" : fmt::format(" on {},", day);
  return over ? fmt::format("has expired{} {} ago", on, apart)
              : fmt::format("ends{} in {}", on, apart);
}

TlsContext tls_context(Run& run, const TlsOptions& options) {
  std::filesystem::path file;
  if (!options.ca_file.empty()) file = run.tools().folder / options.ca_file;
  auto context = run.tools().tls.get(file);
  if (!context) return {nullptr, broken(context.error().message)};
  return {*context, {}};
}

Async<std::optional<Verdict>> secure(Run& run, TlsStream& stream, TlsOptions options,
                                     std::string host) {
  run.enter("tls");
  runtime::TlsPolicy policy;
  policy.verify = options.verify;
  policy.server_name = options.server_name.empty() ? std::move(host) : options.server_name;
  ErrorCode why;
  const auto facts = co_await runtime::shake_hands(stream, std::move(policy), why);
  if (!facts.failure.empty()) co_return failed("tls", facts.failure);
  if (why) co_return run.failure("the TLS handshake", why);
  const runtime::Certificate* first = first_to_end(facts);
  if (first == nullptr) co_return std::nullopt;
  const Instant now = runtime::Clock::wall();
  std::string sentence = end_of(*first, now);
  if (first->not_after - now <= options.expires_within) run.degrade(sentence);
  run.saw_certificate(std::move(sentence));
  co_return std::nullopt;
}

}  // namespace dienstbereit::probe
