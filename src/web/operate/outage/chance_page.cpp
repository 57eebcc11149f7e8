// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// When places are usable again by the newest forecast, and how the chances changed from forecast to
// forecast; of all places, or of the one that the path names.
#include <algorithm>

#include <fmt/format.h>

#include "view/outage/chances.h"
#include "web/operate/handlers.h"
#include "web/operate/outage/parts.h"
#include "web/pages/pages.h"
#include "web/pictures/chance_panel.h"
#include "web/pictures/spread.h"
#include "words/ahead.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {
namespace {

constexpr std::size_t kPlacesDrawn = 12;
constexpr std::size_t kPanels = 6;
constexpr std::size_t kPanelBytes = 13'000;  // the largest, with its table

using view::ChancePoint;
using view::PlaceChances;

std::string path_of(const Incident& incident, const PlaceChances& place) {
  return fmt::format("/operate/chances/{}/{}@{}", incident.id.str(), place.office.str(),
                     place.site.str());
}

std::string chances_of(const Pen& pen, const ChancePoint& point) {
  return words::text(pen.language(), "picture.chance.of",
                     {{"time", words::time_of(pen.voice, point.opening)},
                      {"normal", percent(point.normal)},
                      {"reduced", percent(point.limited)}});
}

pictures::Arrivals arrivals_of(const Pen& pen, const Visit& visit,
                               const std::vector<const PlaceChances*>& places) {
  pictures::Arrivals drawn;
  drawn.id = "arrivals";
  drawn.title = pen.label("picture.arrival.title");
  drawn.description = pen.label("picture.arrival.description");
  drawn.now = visit.now;
  drawn.now_word = pen.label("picture.now");
  for (const PlaceChances* place : places) {
    drawn.rows.push_back({place_name_of(pen, place->office, place->site),
                          {place->early, place->likely, place->late},
                          place->public_bound,
                          pen.label("operate.forecast.nobody_knows")});
  }
  return drawn;
}

void write_arrival_table(const Pen& pen, const Incident& incident,
                         const std::vector<const PlaceChances*>& places) {
  FactTable table(
      pen, pen.label("picture.arrival.title"),
      {pen.label("picture.place"), pen.label("picture.early"), pen.label("picture.likely"),
       pen.label("picture.late"), pen.label("picture.said"), pen.label("picture.chance.next")});
  for (const PlaceChances* place : places) {
    const auto time = [&](const std::optional<Instant>& t) {
      return t ? time_cell(pen, t) : Cell{pen.label("operate.forecast.nobody_knows")};
    };
    table.row({{place_name_of(pen, place->office, place->site), path_of(incident, *place)},
               time(place->early),
               time(place->likely),
               time(place->late),
               time(place->public_bound),
               {place->points.empty() ? "" : chances_of(pen, place->points.back())}});
  }
}

void write_arrivals(const Pen& pen, const Visit& visit, const Incident& incident,
                    const view::Chances& chances) {
  pen.html.leaf("h2", pen.label("picture.arrival.title"));
  pen.html.leaf("p", words::text(pen.language(), "picture.forecast_made",
                                 {{"time", words::time_of(pen.voice, *chances.newest_made)}}));
  std::vector<const PlaceChances*> places;
  for (const PlaceChances& place : chances.places) {
    if (place.in_newest) places.push_back(&place);
  }
  if (places.empty()) {
    pen.html.leaf("p", pen.label("picture.arrival.none"));
    return;
  }
  const std::size_t of = places.size();
  places.resize(std::min(of, kPlacesDrawn));
  pictures::draw_arrivals(pen.html, arrivals_of(pen, visit, places), pen.voice);
  write_signs(pen, {{Sample::Spread, "picture.sign.spread"},
                    {Sample::Open, "picture.sign.open"},
                    {Sample::Flag, "picture.sign.said"},
                    {Sample::Now, "picture.now"}});
  write_left_out(pen, "picture.places_left_out", places.size(), of);
  write_arrival_table(pen, incident, places);
}

pictures::ChancePanel panel_of(const Pen& pen, const Visit& visit, const view::Chances& chances,
                               const PlaceChances& place, std::size_t number) {
  pictures::ChancePanel panel;
  panel.id = fmt::format("chance{}", number);
  const std::string name = place_name_of(pen, place.office, place.site);
  panel.title = words::text(pen.language(), "picture.chance.panel", {{"place", name}});
  panel.description = pen.label("picture.chance.description");
  panel.from = chances.first_made.value_or(visit.now);
  panel.to = std::max(visit.now, *chances.newest_made);
  for (const ChancePoint& point : place.points) {
    panel.marks.push_back({point.made, point.opening, point.normal, point.limited});
  }
  return panel;
}

void write_panel(const Pen& pen, const Visit& visit, const view::Chances& chances,
                 const PlaceChances& place, std::size_t number) {
  const std::string name = place_name_of(pen, place.office, place.site);
  pen.html.leaf("h3", name);
  if (!place.in_newest) pen.html.leaf("p", pen.label("picture.chance.as_usual"));
  if (place.points.empty()) {
    pen.html.leaf("p", pen.label("picture.chance.no_opening"));
    return;
  }
  pictures::draw_chances(pen.html, panel_of(pen, visit, chances, place, number), pen.voice);
  write_left_out(pen, "picture.chance.left_out", place.points.size(), place.versions);
  const std::string summary = words::text(pen.language(), "picture.table_of", {{"what", name}});
  const Folded folded(pen, summary, false);
  FactTable table(pen, words::text(pen.language(), "picture.chance.panel", {{"place", name}}),
                  {pen.label("picture.chance.made"), pen.label("picture.chance.for"),
                   pen.label("picture.chance.normal"), pen.label("picture.chance.limited")});
  for (const ChancePoint& point : place.points) {
    table.row({time_cell(pen, point.made),
               time_cell(pen, point.opening),
               {percent(point.normal), "", true},
               {percent(point.limited), "", true}});
  }
}

void write_panels(const Pen& pen, const Visit& visit, const view::Chances& chances,
                  const std::vector<const PlaceChances*>& places) {
  pen.html.leaf("h2", pen.label("picture.chance.title"));
  pen.html.leaf("p", pen.label("picture.chance.intro"));
  write_signs(pen, {{Sample::Normal, "picture.chance.normal"},
                    {Sample::Limited, "picture.chance.limited"},
                    {Sample::Change, "picture.sign.change"}});
  std::size_t shown = 0;
  while (shown < std::min(places.size(), kPanels) &&
         pen.html.size() < kPageBytesMax - kPanelBytes) {
    write_panel(pen, visit, chances, *places[shown], shown);
    ++shown;
  }
  write_left_out(pen, "picture.chance.panels_left_out", shown, places.size());
}

// By the newest forecast.
void write_matters(const Pen& pen, const Incident& incident) {
  pen.html.leaf("h2", pen.label("operate.matters.title"));
  const auto& matters = incident.forecasts.back()->matters;
  pen.html.leaf("p", pen.label(matters.empty() ? "operate.matters.none" : "operate.matters.intro"));
  if (matters.empty()) return;
  const auto list = pen.html.open("ol");
  for (const TaskMatter& matter : matters) {
    pen.html.leaf("li", words::matter_sentence(pen.voice, incident, matter));
  }
}

void write_chances(const Pen& pen, const Visit& visit, const Incident& incident,
                   std::string_view asked) {
  write_tabs(pen, visit, incident);
  const view::Chances chances = view::chances(incident);
  if (chances.forecasts == 0) {
    pen.html.leaf("p", pen.label("picture.chance.none"));
    return;
  }
  std::vector<const PlaceChances*> places;
  for (const PlaceChances& place : chances.places) {
    const bool wanted =
        asked.empty() || asked == fmt::format("{}@{}", place.office.str(), place.site.str());
    if (wanted) places.push_back(&place);
  }
  if (asked.empty()) {
    write_arrivals(pen, visit, incident, chances);
    write_matters(pen, incident);
  }
  if (!places.empty()) {
    write_panels(pen, visit, chances, places);
  } else if (!asked.empty()) {
    pen.html.leaf("p", pen.label("operate.no_such_thing"));
  }
}

}  // namespace

Outcome show_chances(const Desk& desk, const Visit& visit) {
  const Incident* incident = incident_in(visit);
  if (incident == nullptr) return no_such_thing(desk, visit);
  const auto slash = visit.rest.find('/');
  const std::string asked = slash == std::string::npos ? "" : visit.rest.substr(slash + 1);
  return desk.page(
      visit, {words::text(visit.language, "picture.chances.title",
                          {{"incident", words::say(incident->title, visit.language).text}}),
              std::nullopt, [&](const Pen& pen) { write_chances(pen, visit, *incident, asked); }});
}

}  // namespace dienstbereit::web::operate
