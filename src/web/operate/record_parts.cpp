// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/operate/record_parts.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/text.h"
#include "model/record/names.h"
#include "view/stamp.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {
namespace {

constexpr double kMostHours = 24 * 366;

std::vector<Attribute> fold_attributes(bool open) {
  return open ? std::vector<Attribute>{{"open", ""}} : std::vector<Attribute>{};
}

}  // namespace

// ---- reading a form ----------------------------------------------------------------------------

std::string kept(const Visit& visit, std::string_view field, const std::string& stored) {
  return visit.form.has(field) ? visit.form.value(field) : stored;
}

std::optional<Instant> time_in(const Visit& visit, std::string_view field) {
  const std::string& text = visit.form.value(field);
  const auto split = text.find('T');
  if (split == std::string::npos) return std::nullopt;
  const auto day = parse_day(std::string_view(text).substr(0, split));
  const auto minute = parse_hhmm(std::string_view(text).substr(split + 1, 5));
  if (!day || !minute) return std::nullopt;
  return view::zone_of(*visit.situation->district).at(*day, *minute);
}

std::string time_value(const Visit& visit, const std::optional<Instant>& t) {
  if (!t) return {};
  return to_rfc3339(*t, view::zone_of(*visit.situation->district)).substr(0, 16);
}

Wording wording_in(const Visit& visit, std::string_view field) {
  return {std::string(trim(visit.form.value(fmt::format("{}_de", field)))),
          std::string(trim(visit.form.value(fmt::format("{}_en", field))))};
}

unsigned version_in(const Visit& visit) {
  const std::string& text = visit.form.value("version");
  unsigned version = 0;
  std::from_chars(text.data(), text.data() + text.size(), version);
  return version;
}

std::optional<Duration> hours_in(const Visit& visit, std::string_view field) {
  std::string text(trim(visit.form.value(field)));
  std::replace(text.begin(), text.end(), ',', '.');
  double hours = 0;
  const auto [end, wrong] = std::from_chars(text.data(), text.data() + text.size(), hours);
  const bool whole = wrong == std::errc() && end == text.data() + text.size();
  if (!whole || !(hours >= 0 && hours <= kMostHours)) return std::nullopt;
  return Duration(std::llround(hours * 60) * 60'000);
}

std::string hours_value(Duration d) {
  const auto minutes = std::chrono::duration_cast<Minutes>(d).count();
  return minutes == 0 ? std::string() : fmt::format("{:g}", static_cast<double>(minutes) / 60);
}

// ---- writing it --------------------------------------------------------------------------------

Field time_field(const Pen& pen, const Visit& visit, std::string_view name, std::string_view key,
                 const std::optional<Instant>& stored) {
  return {name,  pen.label(key), kept(visit, name, time_value(visit, stored)), "", "datetime-local",
          "off", false};
}

void wording_fields(FormWriter& form, const Pen& pen, const Visit& visit, std::string_view name,
                    std::string_view key, const Wording& stored, bool required) {
  const std::string de = fmt::format("{}_de", name);
  const std::string en = fmt::format("{}_en", name);
  form.area({de, fmt::format("{} ({})", pen.label(key), pen.label("operate.in_german")),
             kept(visit, de, stored.de), "", "text", "off", required},
            2);
  form.area({en, fmt::format("{} ({})", pen.label(key), pen.label("operate.in_english")),
             kept(visit, en, stored.en), "", "text", "off", false},
            2);
}

std::string author(const Desk& desk, const Pen& pen, const std::string& actor) {
  if (actor == "observer") return pen.label("operate.author.rule");
  if (actor.starts_with("cli:")) return pen.label("operate.author.command_line");
  if (actor.starts_with("emergency:")) return pen.label("operate.emergency.name");
  if (actor.starts_with("user:")) {
    const auto profile = desk.gatekeeper().profile(AccountId(actor.substr(5)));
    if (profile && !profile->name.empty()) return profile->name;
  }
  return actor;
}

std::string written(const Desk& desk, const Pen& pen, const Written& by) {
  return fmt::format("{}, {}", words::time_of(pen.voice, by.at), author(desk, pen, by.by));
}

std::string technical_name(const Pen& pen, const NodeId& node) {
  const Component* component = find_component(pen.voice.district(), node);
  return component
             ? fmt::format("{} ({})", words::say(component->name, pen.language()).text, node.str())
             : words::node_name(pen.voice, node);
}

std::string names_of(const Pen& pen, const std::vector<NodeId>& nodes) {
  std::vector<std::string> names;
  for (const NodeId& node : nodes) names.push_back(technical_name(pen, node));
  return words::list(pen.language(), names);
}

std::string label_of(const Pen& pen, std::string_view prefix, const char* name) {
  return pen.label(std::string(prefix) + name);
}

std::vector<Option> options_of(const Pen& pen, std::string_view prefix,
                               const std::vector<const char*>& names) {
  std::vector<Option> options;
  for (const char* name : names) options.push_back({name, label_of(pen, prefix, name)});
  return options;
}

std::vector<Option> people(const Desk& desk, const Pen& pen) {
  std::vector<Option> all{{"", pen.label("operate.nobody")}};
  for (const Profile& one : desk.gatekeeper().profiles()) {
    if (!one.disabled) all.push_back({"user:" + one.id.str(), one.name});
  }
  return all;
}

Folded::Folded(const Pen& pen, const std::string& summary, bool open)
    : details_(pen.html.open_with("details", fold_attributes(open))) {
  pen.html.leaf("summary", summary);
}

std::optional<Notice> done_notice(const Visit& visit) {
  if (!visit.query.has("done")) return std::nullopt;
  return Notice{words::label(visit.language, "operate.done.saved"), true};
}

Response no_such_thing(const Desk& desk, const Visit& visit) {
  return desk.page(visit,
                   {words::label(visit.language, "operate.not_found"), std::nullopt,
                    [](const Pen& pen) {
                      pen.html.leaf("p", pen.label("operate.no_such_thing"));
                      const auto back = pen.html.open("p");
                      pen.html.leaf("a", pen.label("operate.back_home"), {{"href", "/operate/"}});
                    }},
                   404);
}

const Incident* incident_in(const Visit& visit) {
  const std::string id = visit.rest.substr(0, visit.rest.find('/'));
  return find_incident(*visit.situation->record, IncidentId(id));
}

void write_tabs(const Pen& pen, const Visit& visit, const Incident& incident) {
  const std::string label = pen.label("operate.incident.pages");
  const auto nav = pen.html.open("nav", {{"class", "tabs"}, {"aria-label", label}});
  const auto list = pen.html.open("ul");
  for (const std::string_view tab : {"incident", "causes", "measures", "first", "repairs",
                                     "chances", "timeline", "scores", "log"}) {
    const std::string path = fmt::format("/operate/{}/{}", tab, incident.id.str());
    const auto item = pen.html.open("li");
    const std::string name = pen.label(fmt::format("operate.tab.{}", tab));
    if (visit.path == path) {
      pen.html.leaf("a", name, {{"href", path}, {"aria-current", "page"}});
    } else {
      pen.html.leaf("a", name, {{"href", path}});
    }
  }
}

std::string incident_title(const Pen& pen, const Incident& incident) {
  return fmt::format("{}: {}", incident.id.str(), words::say(incident.title, pen.language()).text);
}

}  // namespace dienstbereit::web::operate
