// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/draft/teller.h"

#include <algorithm>

#include "base/text.h"
#include "words/typography.h"

namespace dienstbereit::words::drafts {
namespace {

// A text of people within one of ours. Longer ones are cut: a draft must fit a statement.
constexpr std::size_t kLongestQuote = 300;
constexpr std::size_t kNamesTold = 6;
constexpr std::string_view kCut = "…";

// U+200E, U+200F, U+061C, U+202A to U+202E, U+2066 to U+2069: they turn the text beside them too.
std::size_t direction_mark_at(std::string_view text) {
  if (text.starts_with("\xD8\x9C")) return 2;
  if (text.size() < 3 || text[0] != '\xE2') return 0;
  const auto second = static_cast<unsigned char>(text[1]);
  const auto third = static_cast<unsigned char>(text[2]);
  const bool mark =
      second == 0x80 && (third == 0x8E || third == 0x8F || (third >= 0xAA && third <= 0xAE));
  const bool isolate = second == 0x81 && third >= 0xA6 && third <= 0xA9;
  return mark || isolate ? 3 : 0;
}

std::string without_direction_marks(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    if (const std::size_t mark = direction_mark_at(text); mark > 0) {
      text.remove_prefix(mark);
    } else {
      out += text.front();
      text.remove_prefix(1);
    }
  }
  return out;
}

const char* how_key(const Affected& affected) {
  if (affected.limited && affected.unavailable) return "draft.services.both";
  return affected.unavailable ? "draft.services.unavailable" : "draft.services.limited";
}

}  // namespace

Teller::Teller(Language language, const DraftFacts& facts, For readers)
    : facts_(facts),
      readers_(readers),
      voice_(language, facts.district, facts.now),
      affected_(drafts::affected(facts)) {}

std::string Teller::quoted(const std::string& text) const {
  std::string line{trim(without_direction_marks(one_line(clean(text, text.size()))))};
  if (line.size() <= kLongestQuote) return line;
  return clean(line, kLongestQuote) + std::string(kCut);
}

std::string Teller::quoted(const Wording& wording) const {
  return quoted(say(wording, language()).text);
}

std::string Teller::long_day(Day day) const {
  const date::year_month_day date(day);
  return text(
      language(), "day.long",
      {{"weekday", text(language(), "weekday.long." + std::to_string(weekday_of(day)))},
       {"date", std::to_string(static_cast<unsigned>(date.day()))},
       {"month",
        text(language(), "month.long." + std::to_string(static_cast<unsigned>(date.month())))}});
}

std::string Teller::on_day(Day day) const {
  const date::year_month_day date(day);
  return text(
      language(), "day.on",
      {{"weekday", text(language(), "weekday.long." + std::to_string(weekday_of(day)))},
       {"date", std::to_string(static_cast<unsigned>(date.day()))},
       {"month",
        text(language(), "month.long." + std::to_string(static_cast<unsigned>(date.month())))}});
}

std::string Teller::capital_day(Day day) const { return capitalised(on_day(day)); }

std::string Teller::moment(Instant t) const {
  return text(language(), "draft.moment",
              {{"day", long_day(voice_.zone().day_of(t))}, {"clock", clock_of(voice_, t)}});
}

std::string Teller::moment_with_year(Instant t) const {
  const Day day = voice_.zone().day_of(t);
  return text(language(), "draft.moment_with_year",
              {{"day", long_day(day)},
               {"year", std::to_string(static_cast<int>(date::year_month_day(day).year()))},
               {"clock", clock_of(voice_, t)}});
}

std::string Teller::place(const Place& place) const {
  Scope scope;
  scope.office = place.first;
  scope.site = place.second;
  return quoted(scope_name(voice_, scope));
}

std::string Teller::service(const ServiceId& id) const {
  const Service* found = find_service(facts_.district, id);
  return found && !found->name.empty() ? quoted(found->name) : id.str();
}

std::string Teller::names(const std::vector<std::string>& all) const {
  if (all.size() <= kNamesTold) return list(language(), all);
  std::vector<std::string> told(all.begin(), all.begin() + kNamesTold);
  told.push_back(count(language(), "draft.more", all.size() - kNamesTold));
  return list(language(), told);
}

std::string Teller::places_named(const std::vector<Place>& all) const {
  std::vector<std::string> told;
  for (const Place& one : all) told.push_back(place(one));
  return names(told);
}

std::string Teller::role(const std::string& actor) const {
  if (actor.find(':') != std::string::npos || actor == "observer") return {};
  for (const Crew& crew : facts_.district.crews) {
    if (crew.id.str() == actor) return quoted(crew.name);
  }
  const Office* office = find_office(facts_.district, OfficeId(actor));
  return office ? quoted(office->name) : quoted(actor);
}

std::string Teller::tensed(const std::string& key, const Args& args) const {
  return text(language(), key + (over() ? "past" : "now"), args);
}

std::string Teller::administration() const { return quoted(facts_.district.administration.name); }

std::string Teller::name() const {
  const bool named = incident() && !incident()->title.empty() && !withholds();
  return named ? quoted(incident()->title) : text(language(), "draft.name");
}

std::string Teller::headline() const {
  const Args args{{"name", name()}};
  if (!incident()) return text(language(), "draft.headline.holding", args);
  if (closed()) return text(language(), "draft.headline.closed", args);
  if (!over()) return text(language(), "draft.headline.affected", args);
  const bool more_to_do = !open_repairs(*incident()).empty();
  return text(language(), more_to_do ? "draft.headline.back" : "draft.headline.back_done", args);
}

std::string Teller::since() const { return incident() ? moment(incident()->since) : std::string(); }

std::string Teller::suspicion() const {
  return security() ? text(language(), "draft.security") : std::string();
}

std::string Teller::trigger() const {
  if (!incident() || incident()->trigger.empty() || withholds()) return {};
  return text(language(), "draft.trigger", {{"trigger", sentence(quoted(incident()->trigger))}});
}

std::string Teller::parts() const {
  if (!incident() || withholds()) return {};
  std::vector<std::string> told;
  for (const Fault& fault : incident()->faults) {
    const Component* component = find_component(facts_.district, fault.node);
    if (!component || component->public_name.empty()) continue;
    std::string part = quoted(component->public_name);
    if (std::find(told.begin(), told.end(), part) == told.end()) told.push_back(std::move(part));
  }
  if (told.empty()) return {};
  return text(language(), incident()->trigger.empty() ? "draft.parts" : "draft.parts_by_trigger",
              {{"list", names(told)}});
}

std::string Teller::services() const {
  if (!incident()) return {};
  if (!affected_.limited && !affected_.unavailable) {
    return tensed("draft.fault_since.", {{"since", since()}});
  }
  return tensed("draft.services_since.",
                {{"since", since()}, {"how", text(language(), how_key(affected_))}});
}

std::string Teller::places() const {
  if (affected_.places.empty()) return {};
  const std::size_t of = counted_places(facts_.situation).size();
  const std::set<SiteId> sites = sites_of(affected_.places);
  if (affected_.places.size() >= of && sites.size() > 1) {
    std::vector<std::string> told;
    for (const Site& site : facts_.district.sites) {
      if (sites.count(site.id) > 0) told.push_back(quoted(site.name));
    }
    return tensed("draft.all_places.", {{"n", std::to_string(told.size())}, {"list", names(told)}});
  }
  const std::string key = std::string("draft.some_places.") + (over() ? "past" : "now");
  return count(language(), key, affected_.places.size(),
               {{"of", std::to_string(std::max(of, affected_.places.size()))},
                {"list", places_named({affected_.places.begin(), affected_.places.end()})}});
}

std::string Teller::channels() const {
  std::vector<std::string> told;
  for (const Service& one : facts_.district.services) {
    if (affected_.channels.count(one.id) > 0) told.push_back(service(one.id));
  }
  if (told.empty()) return {};
  return tensed("draft.channels.", {{"list", names(told)}});
}

std::string Teller::cause() const {
  if (!incident()) return text(language(), "draft.cause.open");
  if (withholds()) return {};
  const Hypothesis* best = drafts::cause(*incident());
  if (best && best->state == CauseState::Confirmed) {
    return text(language(), "draft.cause.confirmed", {{"cause", sentence(quoted(best->text))}});
  }
  std::string said =
      best ? text(language(), "draft.cause.suspected", {{"cause", sentence(quoted(best->text))}})
           : text(language(), "draft.cause.open");
  if (!cause_is_searched(*incident())) return said;
  return said + " " + text(language(), "draft.cause.searched");
}

std::string Teller::contact() const {
  const Administration& own = facts_.district.administration;
  std::vector<std::string> told;
  if (!own.phone.empty()) {
    told.push_back(text(language(), "draft.phone", {{"phone", quoted(own.phone)}}));
  }
  if (!own.public_url.empty()) {
    told.push_back(text(language(), "draft.page", {{"page", quoted(own.public_url)}}));
  }
  return paragraph(told);
}

std::string Teller::next() const {
  const auto at = next_information(facts_);
  if (!at) return text(language(), "draft.last");
  return text(language(), "draft.next", {{"time", moment(*at)}});
}

std::string Teller::stand() const {
  return text(language(), "draft.stand", {{"time", moment_with_year(facts_.now)}});
}

std::string Teller::exercise() const {
  return facts_.exercise ? text(language(), "draft.exercise") : std::string();
}

std::string paragraph(const std::vector<std::string>& sentences) {
  std::string all;
  for (const std::string& one : sentences) {
    if (one.empty()) continue;
    if (!all.empty()) all += ' ';
    all += one;
  }
  return all;
}

std::string paragraphs(const std::vector<std::string>& all) {
  std::string out;
  for (const std::string& one : all) {
    if (one.empty()) continue;
    if (!out.empty()) out += "\n\n";
    out += one;
  }
  return out;
}

}  // namespace dienstbereit::words::drafts
