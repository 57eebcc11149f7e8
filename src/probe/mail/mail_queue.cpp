// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <filesystem>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "model/outside/mail_queue.h"
#include "probe/kinds.h"
#include "runtime/program/program.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kLongestSetting = 64u << 10;  // bytes
constexpr std::uint64_t kMib = 1u << 20;

// What a queue looks like, or why nobody knows.
struct Seen {
  MailQueueReport report;
  std::optional<Verdict> failure;
};

Verdict of_program(const std::string& name, const Result<runtime::ProgramEnd>& end) {
  if (end) return broken(postfix_problem(name, end->status, end->errors));
  if (end.error().code == Errc::TimedOut) return failed("queue", end.error().message);
  return broken(end.error().message);
}

Async<Seen> ask_postfix(const MailQueueProbe& probe, Run& run) {
  Seen seen;
  run.enter("queue");
  MailQueueReader reader(probe.domains);
  runtime::Program list{{"postqueue", "-c", probe.config, "-j"}, {}};
  runtime::TakeOutput take = [&reader](std::string_view piece) {
    reader.feed(piece);
    return true;
  };
  const auto listed = co_await runtime::run_program(std::move(list), std::move(take));
  if (!listed || listed->status != 0) {
    seen.failure = of_program("postqueue", listed);
    co_return seen;
  }
  std::string folder;
  runtime::Program conf{{"postconf", "-c", probe.config, "-x", "-h", "queue_directory"}, {}};
  auto text = runtime::into_text(folder, kLongestSetting);
  const auto told = co_await runtime::run_program(std::move(conf), std::move(text));
  if (!told || told->status != 0) {
    seen.failure = of_program("postconf", told);
    co_return seen;
  }
  std::error_code ec;
  const auto space = std::filesystem::space(std::string(trim(folder)), ec);
  if (ec) {
    seen.failure = broken(fmt::format("cannot see how full the queue's disk is: {}", ec.message()));
    co_return seen;
  }
  const MailQueue queue = reader.take();
  seen.report = {runtime::Clock::wall(), queue.backlog, queue.held, space.available};
  co_return seen;
}

Seen read_report(const MailQueueProbe& probe, Run& run) {
  Seen seen;
  run.enter("report");
  const auto text = read_file(probe.report, kLargestQueueReport);
  if (!text) {
    seen.failure = failed("report", text.error().message);
    return seen;
  }
  const auto report = parse_queue_report(*text);
  if (!report) {
    seen.failure = failed("report", fmt::format("{}: {}", probe.report, report.error().message));
    return seen;
  }
  const auto age = runtime::Clock::wall() - report->at;
  if (age > probe.report_age) {
    seen.failure = failed("report", fmt::format("{} is {} old: nothing new comes from the backup",
                                                probe.report, to_text(age)));
    return seen;
  }
  seen.report = *report;
  return seen;
}

std::string summary(const MailQueueReport& report) {
  const MailBacklog& backlog = report.backlog;
  if (backlog.waiting == 0) return "no mail waits";
  return fmt::format("{} messages wait{}, {} MiB{}", backlog.waiting,
                     backlog.oldest ? ", the oldest since " + to_rfc3339(*backlog.oldest) : "",
                     backlog.bytes / kMib,
                     report.held > 0 ? fmt::format(", {} on hold by hand", report.held) : "");
}

Verdict verdict_of(const MailQueueProbe& probe, const MailQueueReport& report) {
  const MailBacklog& backlog = report.backlog;
  const std::string all = summary(report);
  if (report.free_bytes < probe.least_free * kMib) {
    return failed("disk", fmt::format("{} MiB of disk are free, less than {}: no more mail is "
                                      "taken; {}",
                                      report.free_bytes / kMib, probe.least_free, all));
  }
  const bool old = backlog.oldest && report.at - *backlog.oldest > probe.oldest;
  if (backlog.waiting > probe.most || old) {
    return {ProbeOutcome::Slow, "queue",
            fmt::format("{}: {}",
                        old ? "older than " + to_text(probe.oldest)
                            : fmt::format("more than {}", probe.most),
                        all)};
  }
  return succeeded(all);
}

}  // namespace

Async<MailQueueVerdict> run_mail_queue(const MailQueueProbe& probe, Run& run) {
  Seen seen;
  if (probe.report.empty()) {
    seen = co_await ask_postfix(probe, run);
  } else {
    seen = read_report(probe, run);
  }
  MailQueueVerdict out;
  if (seen.failure) {
    out.verdict = std::move(*seen.failure);
    co_return out;
  }
  out.verdict = verdict_of(probe, seen.report);
  out.backlog = seen.report.backlog;
  co_return out;
}

}  // namespace dienstbereit::probe
