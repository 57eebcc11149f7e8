// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/metrics.h"

#include <array>

#include <fmt/format.h>

#include "model/interim/asking.h"
#include "web/router.h"

namespace dienstbereit::web {
namespace {

constexpr std::string_view kPrefix = "dienstbereit_";
constexpr double kMillisecondsPerSecond = 1000;

// Label values escape backslash, quote and line feed.
std::string label(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '\\' || c == '"') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else {
      out += c;
    }
  }
  return out;
}

class Exposition {
 public:
  void family(std::string_view name, std::string_view help) {
    const bool counter = name.ends_with("_total");
    out_ += fmt::format("# HELP {0}{1} {2}\n# TYPE {0}{1} {3}\n", kPrefix, name, help,
                        counter ? "counter" : "gauge");
  }
  void sample(std::string_view name, std::string_view labels, double value) {
    out_ += fmt::format("{}{}{} {}\n", kPrefix, name, labels, value);
  }
  void single(std::string_view name, std::string_view help, double value) {
    family(name, help);
    sample(name, "", value);
  }
  std::string take() { return std::move(out_); }

 private:
  std::string out_;
};

void write_places(Exposition& out, const Situation& situation, Instant now) {
  constexpr std::array kAll{Readiness::Normal, Readiness::Limited, Readiness::Closed,
                            Readiness::Unknown};
  const Day today = view::zone_of(*situation.district).day_of(now);
  out.family("place_readiness",
             "1 for the word that holds for an office at a site today, or now without slots");
  for (const PlaceSituation& place : situation.places) {
    Readiness word = place.now.readiness;
    if (const auto day = view::schedule_of(place.days, today, now).today; day && day->has_slots()) {
      word = day->readiness;
    }
    for (const Readiness one : kAll) {
      out.sample("place_readiness",
                 fmt::format("{{office=\"{}\",site=\"{}\",state=\"{}\"}}",
                             label(place.office.str()), label(place.site.str()), name_of(one)),
                 one == word ? 1 : 0);
    }
  }
}

void write_probes(Exposition& out, const Situation& situation) {
  constexpr std::array kOutcomes{ProbeOutcome::Success, ProbeOutcome::Slow, ProbeOutcome::Failure,
                                 ProbeOutcome::Broken};
  std::array<unsigned, kOutcomes.size()> fresh{};
  unsigned lost = 0;
  for (const ProbeSituation& probe : situation.probes) {
    if (probe.fresh) {
      ++fresh[static_cast<std::size_t>(probe.outcome)];
    } else {
      ++lost;
    }
  }
  out.family("probes", "Probes by their settled outcome; lost = no fresh observation");
  for (const ProbeOutcome outcome : kOutcomes) {
    out.sample("probes", fmt::format("{{outcome=\"{}\"}}", name_of(outcome)),
               fresh[static_cast<std::size_t>(outcome)]);
  }
  out.sample("probes", "{outcome=\"lost\"}", lost);
}

void write_publishing(Exposition& out, const Situation& situation) {
  if (situation.publishing.empty()) return;
  out.family("publish_ok", "1 while a copy outside the house is up to date, 0 from its failure on");
  for (const PublishSituation& copy : situation.publishing) {
    if (!copy.known) continue;
    out.sample("publish_ok", fmt::format("{{target=\"{}\"}}", label(copy.id.str())), copy.ok);
  }
}

double seconds_since(const std::optional<Instant>& then, Instant now) {
  if (!then || *then > now) return 0;
  return std::chrono::duration<double>(now - *then).count();
}

// Each queue that was read, by its number among those of the district: the ids of probes are
// internal.
void write_mail(Exposition& out, const Situation& situation, Instant now) {
  std::vector<std::pair<std::string, const MailBacklog*>> queues;
  std::size_t number = 0;
  for (const ProbeSpec& probe : situation.district->probes) {
    if (!std::holds_alternative<MailQueueProbe>(probe.action)) continue;
    ++number;
    for (const MailSituation& one : situation.mail) {
      if (one.probe != probe.id) continue;
      queues.emplace_back(fmt::format("{{queue=\"{}\"}}", number), &one.backlog);
    }
  }
  if (queues.empty()) return;
  out.family("mail_waiting", "Messages that wait outside the house, as last read from a queue");
  for (const auto& [queue, backlog] : queues) {
    out.sample("mail_waiting", queue, static_cast<double>(backlog->waiting));
  }
  out.family("mail_oldest_seconds", "How long the oldest of them has waited; 0: none waits");
  for (const auto& [queue, backlog] : queues) {
    out.sample("mail_oldest_seconds", queue, seconds_since(backlog->oldest, now));
  }
}

void write_intake(Exposition& out, const Situation& situation, Instant now) {
  std::uint64_t waiting = 0;
  std::optional<Instant> oldest;
  for (const ServiceBacklog& one : situation.backlog.services) {
    waiting += one.waiting;
    if (one.oldest && (!oldest || *one.oldest < *oldest)) oldest = one.oldest;
  }
  out.single("intake_waiting", "Cases of emergency intake that wait for their back-entry",
             static_cast<double>(waiting));
  out.single("intake_oldest_seconds", "How long the oldest of them has waited; 0: none waits",
             seconds_since(oldest, now));
  out.single("intake_unsent", "Cases that counters hold and have not handed over",
             static_cast<double>(situation.backlog.unsent));
}

void write_runs(Exposition& out, const Situation& situation) {
  unsigned open = 0, waiting = 0, stuck = 0;
  for (const RunSituation& run : situation.interim.runs) {
    open += run.open() && !run.start->dry ? 1 : 0;
    waiting += waits_for_person(run) ? 1 : 0;
  }
  for (const FallbackSituation& one : situation.interim.fallbacks) {
    stuck += one.state == FallbackState::Stuck ? 1 : 0;
  }
  out.single("plan_runs", "Runs of plans under way", open);
  out.single("plan_runs_waiting", "Runs among them that wait for a person", waiting);
  out.single("fallbacks_stuck", "Fallbacks whose last run ended half way", stuck);
}

void write_situation(Exposition& out, const Situation& situation, Instant now) {
  write_places(out, situation, now);
  write_probes(out, situation);
  write_publishing(out, situation);
  write_mail(out, situation, now);
  write_intake(out, situation, now);
  write_runs(out, situation);
  out.single("samples_dropped_total", "Probe results dropped because the observer was overloaded",
             static_cast<double>(situation.samples_dropped));
  out.single("journal_seq", "Sequence number of the last event shown",
             static_cast<double>(situation.seq));
  out.single("journal_failed", "1 after the journal could not be written",
             situation.journal_failed_at ? 1 : 0);
  out.single("clock_doubted", "1 while the machine's clock is unchecked",
             situation.clock_doubted ? 1 : 0);
  out.single("exercise", "1 while nothing of this is real", situation.exercise ? 1 : 0);
  out.single(
      "situation_timestamp_seconds", "Logical time of the situation shown",
      static_cast<double>(situation.as_of.time_since_epoch().count()) / kMillisecondsPerSecond);
}

}  // namespace

std::string metrics_text(const Situation* situation, Instant now, std::string_view version,
                         const ServerCounts& counts, const std::vector<Gauge>& gauges) {
  Exposition out;
  out.family("build_info", "The version of this program");
  out.sample("build_info", fmt::format("{{version=\"{}\"}}", label(version)), 1);
  out.single("up", "1 once a situation is known", situation != nullptr ? 1 : 0);
  if (situation != nullptr) {
    write_situation(out, *situation, now);
  }
  out.single("web_requests_total", "Requests answered", static_cast<double>(counts.requests));
  out.single("web_refused_connections_total", "Connections refused at a bound",
             static_cast<double>(counts.refused_connections));
  out.single("web_connections", "Open connections", static_cast<double>(counts.connections));
  out.single("web_streams", "Open event streams", static_cast<double>(counts.streams));
  for (const Gauge& gauge : gauges) {
    out.single(gauge.name, gauge.help, gauge.value);
  }
  return out.take();
}

}  // namespace dienstbereit::web
