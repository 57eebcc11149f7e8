// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/metrics.h"

#include <array>

#include <fmt/format.h>

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

void write_situation(Exposition& out, const Situation& situation, Instant now) {
  write_places(out, situation, now);
  write_probes(out, situation);
  write_publishing(out, situation);
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
