// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The pages of one office and of one site: a section for each place.
#include <algorithm>

#include <fmt/format.h>

#include "web/pages/json_ld.h"
#include "web/pages/pages.h"
#include "web/pages/parts.h"

namespace dienstbereit::web {
namespace {

using words::Language;

enum class By : std::uint8_t { Site, Office };  // what tells the places of the page apart
enum class Reasons : std::uint8_t { First, All };

// Hours and state share a cell, so that the table needs no more width than a phone has.
void write_day(const Pen& pen, const DayPlan& plan) {
  const view::DayWord day = view::day_word(plan, pen.voice.now());
  const auto row = pen.html.open("tr");
  pen.html.leaf("th", words::short_day(pen.voice, plan.day), {{"scope", "row"}});
  const auto cell = pen.html.open("td");
  const auto content = pen.html.open("div", {{"class", "row"}});
  if (!day.has_slots()) {
    const auto sentence = pen.html.open("span");
    write(pen, words::day_sentence(pen.voice, day));
    return;
  }
  {
    const auto text = pen.html.open("span");
    pen.html.text(words::hours_of(pen.voice, day));
    if (day.pending || day.carried || day.differs) {
      pen.html.text(". ");
      write(pen, words::day_sentence(pen.voice, day));
    }
  }
  write_state(pen, mark_of(day.verdict), words::word(pen.language(), day.verdict));
}

void write_week(const Pen& pen, const std::vector<DayPlan>& days) {
  if (days.empty()) {
    return;
  }
  pen.html.leaf("h3", pen.label("page.hours"));
  const auto table = pen.html.open("table");
  {
    const auto head = pen.html.open("thead");
    const auto row = pen.html.open("tr");
    pen.html.leaf("th", pen.label("web.day"), {{"scope", "col"}});
    pen.html.leaf("th", pen.label("web.hours_and_state"), {{"scope", "col"}});
  }
  const auto body = pen.html.open("tbody");
  for (const DayPlan& plan : days) {
    write_day(pen, plan);
  }
}

const std::vector<DayPlan>& days_of(const Situation& situation, const view::PlaceName& place) {
  static const std::vector<DayPlan> kNone;
  const auto found = std::find_if(situation.places.begin(), situation.places.end(),
                                  [&](const PlaceSituation& one) {
                                    return one.office == place.office && one.site == place.site;
                                  });
  return found == situation.places.end() ? kNone : found->days;
}

void write_place_word(const Pen& pen, const view::PlaceView& place, Reasons reasons) {
  if (place.schedule.door != view::Door::NoCounter) {
    pen.html.leaf("p", words::door_sentence(pen.voice, place.schedule), {{"class", "hours"}});
  }
  const Verdict& shown = place.shown();
  if (shown.readiness == Readiness::Normal) {
    return;
  }
  write_sentence(pen,
                 place.day ? words::day_sentence(pen.voice, *place.day)
                           : words::verdict_sentence(pen.voice, shown, place.slotted),
                 words::word(pen.language(), shown, place.slotted));
  if (reasons == Reasons::All) {
    write_reasons(pen, shown.why);
  } else if (!shown.why.empty()) {
    pen.html.leaf("p", words::reason(pen.voice, shown.why.front()), {{"class", "why"}});
  }
}

void write_place_facts(const Pen& pen, const view::PlaceView& place, std::string_view address) {
  const bool admission = place.last_admission.count() > 0;
  if (!admission && address.empty() && place.phone.empty() && place.note.empty()) {
    return;
  }
  const auto facts = pen.html.open("dl");
  write_fact(pen, "page.address", address);
  write_fact(pen, "page.phone", place.phone);
  if (admission) {
    write_fact(pen, "page.last_admission",
               fmt::format("{} {}", words::duration(pen.language(), place.last_admission),
                           pen.label("web.before_closing")));
  }
  write_fact(pen, "page.note", words::say(place.note, pen.language()));
}

void write_place_services(const Pen& pen, const view::PlaceView& place) {
  const view::ServiceGroups groups = view::group(for_citizens(place.services));
  write_services(pen, pen.label("page.does_not"), groups.does_not);
  write_services(pen, pen.label("page.limited"), groups.limited);
  write_services(pen, pen.label("page.unknown"), groups.unknown);
  write_services(pen, pen.label("page.works"), groups.works);
  write_services(pen, pen.label("page.not_that_day"), groups.not_that_day);
  if (!groups.without_it.empty()) {
    pen.html.leaf("h3", pen.label("page.without_it"));
    write_without_it(pen, groups.without_it);
  }
}

// On the page of a site: services by name only. Their reasons and the week are on the office's
// page, so that a building with many offices keeps within a page's bound in an outage too.
void write_place_brief(const Pen& pen, const view::PlaceView& place) {
  const view::ServiceGroups groups = view::group(for_citizens(place.services));
  for (const auto& [key, services] :
       {std::pair{"page.does_not", &groups.does_not}, std::pair{"page.limited", &groups.limited},
        std::pair{"page.unknown", &groups.unknown}, std::pair{"page.works", &groups.works},
        std::pair{"page.not_that_day", &groups.not_that_day},
        std::pair{"page.without_it", &groups.without_it}}) {
    if (services->empty()) continue;
    const auto line = pen.html.open("p");
    write_names(pen, key, *services);
  }
}

void write_place_head(const Pen& pen, const view::PlaceView& place, By by) {
  {
    const auto row = pen.html.open("div", {{"class", "row"}});
    {
      const auto heading = pen.html.open("h2");
      const std::string path = by == By::Office ? office_path(pen.language(), place.place.office)
                                                : site_path(pen.language(), place.place.site);
      const auto link = pen.html.open("a", {{"href", path}});
      write(pen, by == By::Office ? place.place.office_name : place.place.site_name);
    }
    write_state(pen, mark_of(place), words::place_word(pen.language(), place));
  }
  if (!place.services.empty()) {
    write_place_word(pen, place, by == By::Site ? Reasons::All : Reasons::First);
  }
}

void write_place(const Pen& pen, const Situation& situation, const view::PlaceView& place, By by) {
  const auto section = pen.html.open("section", {{"class", "place"}});
  write_place_head(pen, place, by);
  const Site* site = by == By::Site ? find_site(*situation.district, place.place.site) : nullptr;
  write_place_facts(pen, place, site == nullptr ? std::string_view() : site->address);
  if (by == By::Office) {
    write_place_brief(pen, place);
    return;
  }
  write_place_services(pen, place);
  write_week(pen, days_of(situation, place.place));
}

template <class Page>
void write_top(const Pen& pen, const Page& page, const std::string& path) {
  {
    const auto hero = pen.html.open("div", {{"class", "hero"}});
    {
      const auto title = pen.html.open("h1");
      write(pen, page.name);
    }
    for (const view::RollUp* roll_up : {&page.roll_up, &page.continuous_roll_up}) {
      if (roll_up->of > 0) {
        pen.html.leaf("p", words::roll_up_sentence(pen.voice, *roll_up), {{"class", "lead"}});
      }
    }
    write_stamp(pen, page.stamp, path);
  }
  write_notices(pen, words::notices(page.stamp, pen.language()));
}

void write_places(const Pen& pen, const Situation& situation,
                  const std::vector<view::PlaceView>& places, By by) {
  bool said = false;
  for (const view::PlaceView& place : places) {
    if (!full(pen, said, "p")) {
      write_place(pen, situation, place, by);
    }
  }
}

template <class Page>
Frame frame_of(const Page& page, const Situation& situation, Language language) {
  Frame frame;
  frame.title = fmt::format("{} – {}", words::say(page.name, language).text,
                            words::say(situation.district->administration.name, language).text);
  frame.json_ld = places_json_ld(page.places, situation, language);
  return frame;
}

}  // namespace

std::string office_html(const view::OfficePage& page, const Situation& situation,
                        Language language) {
  const words::Voice voice(language, page.stamp);
  Frame frame = frame_of(page, situation, language);
  frame.path = office_path(language, page.id);
  frame.other_path = office_path(other_than(language), page.id);
  return framed(frame, voice, page.stamp, [&](const Pen& pen) {
    write_top(pen, page, frame.path);
    if (!page.phone.empty() || !page.email.empty()) {
      const auto facts = pen.html.open("dl");
      write_fact(pen, "page.phone", page.phone);
      write_fact(pen, "page.email", page.email);
    }
    write_places(pen, situation, page.places, By::Site);
    write_legend(pen);
  });
}

std::string site_html(const view::SitePage& page, const Situation& situation, Language language) {
  const words::Voice voice(language, page.stamp);
  Frame frame = frame_of(page, situation, language);
  frame.path = site_path(language, page.id);
  frame.other_path = site_path(other_than(language), page.id);
  return framed(frame, voice, page.stamp, [&](const Pen& pen) {
    write_top(pen, page, frame.path);
    if (!page.address.empty() || !page.phone.empty()) {
      const auto facts = pen.html.open("dl");
      write_fact(pen, "page.address", page.address);
      write_fact(pen, "page.phone", page.phone);
    }
    write_places(pen, situation, page.places, By::Office);
    write_legend(pen);
  });
}

}  // namespace dienstbereit::web
