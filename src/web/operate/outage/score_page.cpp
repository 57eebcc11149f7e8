// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// How good the forecasts of a closed incident were: in words first, then in numbers.
#include <algorithm>

#include <fmt/format.h>

#include "web/operate/handlers.h"
#include "web/operate/outage/parts.h"
#include "words/ahead.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {
namespace {

constexpr std::size_t kMostVersionsShown = 30;

Cell number(const Pen& pen, double value) {
  std::string digits = fmt::format("{:.3f}", value);
  if (pen.language() == words::Language::De) std::replace(digits.begin(), digits.end(), '.', ',');
  return {digits, "", true};
}

Cell held(const Pen& pen, const IntervalScore& score) {
  if (score.count == 0) return {};
  return {
      words::text(pen.language(), "operate.scores.of",
                  {{"inside", std::to_string(score.inside)}, {"n", std::to_string(score.count)}})};
}

void write_numbers(const Pen& pen, const ForecastScores& scores) {
  pen.html.leaf("h2", pen.label("operate.scores.numbers"));
  FactTable table(pen, pen.label("operate.scores.numbers"),
                  {pen.label("operate.scores.measure"), pen.label("operate.scores.value")});
  const auto row = [&](const char* key, const Cell& cell) { table.row({{pen.label(key)}, cell}); };
  row("operate.scores.chances", {std::to_string(scores.chances.count), "", true});
  if (scores.chances.count > 0) {
    row("operate.scores.brier", number(pen, scores.chances.brier));
    row("operate.scores.reliability", number(pen, scores.chances.reliability));
    row("operate.scores.resolution", number(pen, scores.chances.resolution));
    row("operate.scores.uncertainty", number(pen, scores.chances.uncertainty));
  }
  row("operate.scores.places_held", held(pen, scores.intervals));
  row("operate.scores.tasks_held", held(pen, scores.tasks));
}

void write_bins(const Pen& pen, const ForecastScores& scores) {
  if (scores.chances.bins.empty()) return;
  pen.html.leaf("h2", pen.label("operate.scores.bins"));
  FactTable table(pen, pen.label("operate.scores.bins"),
                  {pen.label("operate.scores.said"), pen.label("operate.scores.came"),
                   pen.label("operate.scores.count")});
  for (const ScoreBin& bin : scores.chances.bins) {
    table.row({{percent(bin.chance), "", true},
               {fmt::format("{:.0f} %", 100 * bin.share), "", true},
               {std::to_string(bin.count), "", true}});
  }
}

void write_versions(const Pen& pen, const ForecastScores& scores) {
  pen.html.leaf("h2", pen.label("operate.scores.versions"));
  const std::size_t shown = std::min(scores.versions.size(), kMostVersionsShown);
  write_left_out(pen, "operate.scores.left_out", shown, scores.versions.size());
  FactTable table(pen, pen.label("operate.scores.versions"),
                  {pen.label("operate.scores.version"), pen.label("operate.scores.chances"),
                   pen.label("operate.scores.brier"), pen.label("operate.scores.intervals")});
  for (std::size_t i = scores.versions.size() - shown; i < scores.versions.size(); ++i) {
    const VersionScore& version = scores.versions[i];
    const bool judged = version.chances.count > 0;
    table.row({{version.forecast.str(), "", true},
               {std::to_string(version.chances.count), "", true},
               judged ? number(pen, version.chances.brier) : Cell(),
               held(pen, version.intervals)});
  }
}

void write_scores(const Pen& pen, const Visit& visit, const Incident& incident) {
  write_tabs(pen, visit, incident);
  if (incident.forecasts.empty()) {
    pen.html.leaf("p", pen.label("operate.scores.none"));
    return;
  }
  if (!incident.merged_into.empty()) {
    pen.html.leaf("p", pen.label("operate.scores.merged"));
  } else if (!incident.scores || is_open(incident)) {
    pen.html.leaf("p", pen.label("operate.scores.open"));
  }
  if (!incident.scores) return;
  pen.html.leaf("h2", pen.label("operate.scores.words"));
  for (const std::string& sentence : words::score_sentences(pen.language(), *incident.scores)) {
    pen.html.leaf("p", sentence);
  }
  pen.html.leaf("p", pen.label("operate.scores.limits"));
  write_numbers(pen, *incident.scores);
  write_bins(pen, *incident.scores);
  write_versions(pen, *incident.scores);
}

}  // namespace

Outcome show_scores(const Desk& desk, const Visit& visit) {
  const Incident* incident = incident_in(visit);
  if (incident == nullptr) return no_such_thing(desk, visit);
  return desk.page(visit,
                   {words::text(visit.language, "operate.scores.page",
                                {{"incident", words::say(incident->title, visit.language).text}}),
                    std::nullopt, [&](const Pen& pen) { write_scores(pen, visit, *incident); }});
}

}  // namespace dienstbereit::web::operate
