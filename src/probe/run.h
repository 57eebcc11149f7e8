// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "model/probe.h"
#include "runtime/clock.h"
#include "runtime/credentials.h"
#include "runtime/dial.h"
#include "runtime/resolver.h"
#include "runtime/tls.h"

namespace dienstbereit::probe {

using runtime::Async;
using runtime::ErrorCode;
using runtime::tcp;
using runtime::TlsStream;

// What all runs share; outlives every run. One thread.
struct Tools {
  Tools(asio::io_context& loop, const runtime::Clock& time, const runtime::Credentials& secrets,
        std::filesystem::path district_folder)
      : context(loop),
        clock(time),
        credentials(secrets),
        folder(std::move(district_folder)),
        resolver(loop) {}

  asio::io_context& context;
  const runtime::Clock& clock;
  const runtime::Credentials& credentials;
  std::filesystem::path folder;  // of the district
  runtime::Resolver resolver;
  runtime::TlsContexts tls;
};

struct Verdict {
  ProbeOutcome outcome = ProbeOutcome::Success;
  std::string phase;  // where it failed
  std::string detail;
};
Verdict succeeded(std::string detail);
Verdict failed(std::string phase, std::string detail);
Verdict broken(std::string detail);

// One run of one probe: where it goes out, what it measures, what made it worse than plain success.
class Run {
 public:
  // `from`: local address to send from, empty: the system's choice.
  Run(Tools& tools, const ProbeSpec& spec, std::string from);

  // Ends the phase before and begins this one. `phase` is a literal.
  void enter(const char* phase);
  const char* phase() const { return phase_; }

  // The failure of the present phase: "connecting to 192.0.2.7 port 80: Connection refused", or
  // "...: no answer within 10 s". Broken where this machine is at its limit.
  Verdict failure(std::string doing, ErrorCode why) const;
  // For what happened at the deadline without an operation to blame.
  Verdict timed_out() const;

  // A success of this run is only a degraded one, since `why`. The first word counts.
  void degrade(std::string why);

  // Of the chain that TLS has shown, the certificate that ends first, in a sentence.
  void saw_certificate(std::string sentence) { certificate_ = std::move(sentence); }
  const std::string& certificate() const { return certificate_; }

  // What a mail queue holds, whatever the verdict.
  void saw(std::optional<MailBacklog> mail) { mail_ = std::move(mail); }

  // What a device remembers, whatever the verdict. More than kMostTraces are left out.
  void note(Trace trace);

  ProbeResult result(Verdict verdict);

  Tools& tools() { return tools_; }
  const std::string& from() const { return from_; }
  Duration timeout() const { return spec_.timeout; }

 private:
  void leave();

  Tools& tools_;
  const ProbeSpec& spec_;
  std::string from_;
  runtime::Steady began_;
  runtime::Steady phase_began_;
  const char* phase_ = nullptr;
  std::vector<ProbePhase> phases_;
  std::string degraded_;
  std::string certificate_;
  std::optional<MailBacklog> mail_;
  std::vector<Trace> traces_;
};

// Runs `spec` once and says what came of it; never throws. The caller's root bounds its time to
// spec.timeout. `spec` and `tools` outlive the run.
Async<ProbeResult> run_probe(const ProbeSpec& spec, Tools& tools, std::string from);

// True if a run needs the memory of a TLS stream.
bool uses_tls(const ProbeSpec& spec);

// The shared first steps of every kind over TCP: phases "resolve" and "connect". `connect_to`
// empty: `target.host` is resolved.
struct Connection {
  std::optional<tcp::socket> socket;
  Verdict failure;  // if there is no socket
};
Async<Connection> connect(Run& run, Endpoint target, std::string connect_to);

// Phase "tls": shakes hands, checks, and degrades the run if a certificate of the chain ends soon.
// Nothing: secured.
Async<std::optional<Verdict>> secure(Run& run, TlsStream& stream, TlsOptions options,
                                     std::string host);
// When a certificate ends from which `left` is left; whole days, `day` as people read it or empty:
// "ends on 2026-07-28, in 12 days", "has expired 3 days ago".
std::string end_in_words(Duration left, const std::string& day);

// The client context for these options; Broken says what is wrong with the CA file.
struct TlsContext {
  asio::ssl::context* context = nullptr;
  Verdict failure;
};
TlsContext tls_context(Run& run, const TlsOptions& options);

}  // namespace dienstbereit::probe
