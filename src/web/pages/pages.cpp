// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The administration's page; place_pages.cpp has those of one office and one site.
#include "web/pages/pages.h"

#include <algorithm>

#include <fmt/format.h>

#include "web/pages/json_ld.h"
#include "web/pages/parts.h"

namespace dienstbereit::web {
namespace {

using words::Language;

void write_counts(const Pen& pen, const view::RollUp& roll_up) {
  if (roll_up.of == 0) {
    return;
  }
  const auto section = pen.html.open("section");
  const std::string when =
      roll_up.counter ? words::day_of(pen.voice, roll_up.day) : pen.label("web.now");
  pen.html.leaf("h2", fmt::format("{}: {}", pen.label("page.word"), when));
  const auto list = pen.html.open("ul", {{"class", "counts"}});
  const auto count = [&](view::Tally tally, const std::string& word) {
    if (const unsigned n = roll_up.count(tally); n > 0) {
      const auto item = pen.html.open("li");
      write_state(pen, mark_of(tally), fmt::format("{} {}", n, word));
    }
  };
  const auto word = [&](Readiness readiness) {
    return words::word(pen.language(), readiness, roll_up.counter);
  };
  count(view::Tally::Closed, word(Readiness::Closed));
  count(view::Tally::Limited, word(Readiness::Limited));
  count(view::Tally::Unknown, word(Readiness::Unknown));
  count(view::Tally::Normal, word(Readiness::Normal));
  count(view::Tally::Presumed, pen.label("word.presumed"));
}

constexpr std::size_t kNamesInLine = 5;

// Which services do not work there as usual, by name.
void write_what_is_missing(const Pen& pen, const view::PlaceView& place) {
  std::vector<view::ServiceView> counted;
  for (const view::ServiceView& service : for_citizens(place.services)) {
    if (service.slotted == place.slotted) counted.push_back(service);
  }
  const view::ServiceGroups groups = view::group(counted);
  if (groups.does_not.size() == counted.size()) return;
  std::vector<view::ServiceView> on_paper, slower;
  for (const view::ServiceView& service : groups.limited) {
    (service.offline_in_use ? on_paper : slower).push_back(service);
  }
  pen.html.text(" ");
  write_names(pen, "page.does_not", groups.does_not, kNamesInLine);
  write_names(pen, "web.on_paper", on_paper, kNamesInLine);
  write_names(pen, "page.limited", slower, kNamesInLine);
}

// `alone`: the office has no other place, its word stands in the line above.
void write_place_line(const Pen& pen, const view::PlaceView& place, bool alone) {
  const Verdict& shown = place.shown();
  if (!alone) {
    const auto row = pen.html.open("div", {{"class", "row"}});
    {
      const auto name = pen.html.open("span");
      write(pen, place.place.site_name);
    }
    write_state(pen, mark_of(place), words::place_word(pen.language(), place));
  }
  if (place.schedule.door != view::Door::NoCounter) {
    pen.html.leaf("p", words::door_sentence(pen.voice, place.schedule), {{"class", "hours"}});
  }
  if (place.services.empty() || shown.readiness == Readiness::Normal ||
      shown.closed_by == ClosedBy::Hours) {
    return;
  }
  const auto sentence = pen.html.open("p");
  write(pen, place.day ? words::day_sentence(pen.voice, *place.day)
                       : words::verdict_sentence(pen.voice, shown, place.slotted));
  if (const auto reasons = words::reasons(pen.voice, shown.why); !reasons.empty()) {
    pen.html.text(" ").text(reasons.front());
  }
  write_what_is_missing(pen, place);
}

void write_office_line(const Pen& pen, const view::OfficeLine& office) {
  const auto item = pen.html.open("li");
  {
    const auto row = pen.html.open("div", {{"class", "row"}});
    {
      const auto heading = pen.html.open("h3");
      const std::string path = office_path(pen.language(), office.id);
      const auto link = pen.html.open("a", {{"href", path}});
      write(pen, office.name);
    }
    write_state(pen, mark_of(office.word), words::summary_word(pen.language(), office.word));
  }
  if (office.at.size() == 1) {
    write_place_line(pen, office.at.front(), true);
    return;
  }
  const auto list = pen.html.open("ul");
  bool said = false;
  for (const view::PlaceView& place : office.at) {
    if (!full(pen, said)) {
      const auto line = pen.html.open("li");
      write_place_line(pen, place, false);
    }
  }
}

void write_site_line(const Pen& pen, const view::SiteLine& site) {
  const auto item = pen.html.open("li");
  {
    const auto row = pen.html.open("div", {{"class", "row"}});
    {
      const auto heading = pen.html.open("h3");
      const std::string path = site_path(pen.language(), site.id);
      const auto link = pen.html.open("a", {{"href", path}});
      write(pen, site.name);
    }
    write_state(pen, mark_of(site.word), words::summary_word(pen.language(), site.word));
  }
  if (!site.address.empty()) {
    pen.html.leaf("p", site.address, {{"class", "hours"}});
  }
  if (site.unseen) {
    pen.html.leaf("p", words::sight_sentence(pen.voice, *site.unseen));
  }
}

// A heading and a bounded list; nothing for no entries.
template <class Entries, class Write>
void write_list(const Pen& pen, std::string_view title, Literal kind, const Entries& entries,
                Write write_entry) {
  if (entries.empty()) {
    return;
  }
  const auto section = pen.html.open("section");
  pen.html.leaf("h2", pen.label(title));
  const auto list = pen.html.open("ul", {{"class", kind.view()}});
  bool said = false;
  for (const auto& entry : entries) {
    if (!full(pen, said)) {
      write_entry(entry);
    }
  }
}

void write_lists(const Pen& pen, const view::Overview& overview) {
  write_list(pen, "page.offices", "cards", overview.offices,
             [&](const view::OfficeLine& office) { write_office_line(pen, office); });
  write_list(pen, "page.continuous", "cards", for_citizens(overview.continuous),
             [&](const view::ServiceView& service) { write_service(pen, service); });
  if (!overview.without_it.empty()) {
    const auto section = pen.html.open("section");
    pen.html.leaf("h2", pen.label("page.without_it"));
    write_without_it(pen, overview.without_it);
  }
  write_list(pen, "page.sites", "cards", overview.sites,
             [&](const view::SiteLine& site) { write_site_line(pen, site); });
  write_list(pen, "page.words", "plain", overview.words, [&](const view::WordView& word) {
    const auto item = pen.html.open("li");
    write(pen, words::word_sentence(pen.voice, word));
  });
}

// What the administration says first, above all that is measured.
void write_first_told(const Pen& pen, const view::Overview& overview) {
  constexpr std::size_t kRoom = 4'000;
  if (overview.told) write_told(pen, *overview.told, kRoom);
  if (!overview.has_statements) return;
  const auto paragraph = pen.html.open("p", {{"class", "back"}});
  pen.html.leaf("a", pen.label("web.news.more"), {{"href", news_path(pen.language())}});
}

}  // namespace

std::string overview_html(const view::Overview& overview, Language language) {
  const words::Voice voice(language, overview.stamp);
  Frame frame;
  frame.title = fmt::format("{} – {}", words::say(overview.name, language).text,
                            words::label(language, "page.title"));
  frame.path = home_path(language);
  frame.other_path = home_path(other_than(language));
  frame.json_ld = organisation_json_ld(overview, language);
  frame.home = true;
  return framed(frame, voice, overview.stamp, [&](const Pen& pen) {
    {
      const auto hero = pen.html.open("div", {{"class", "hero"}});
      pen.html.leaf("h1", words::headline(overview, language));
      write_stamp(pen, overview.stamp, frame.path);
    }
    write_first_told(pen, overview);
    write_notices(pen, words::notices(overview, language));
    write_counts(pen, overview.roll_up);
    if (overview.continuous_roll_up.troubled() || !overview.has_counters) {
      write_counts(pen, overview.continuous_roll_up);
    }
    write_lists(pen, overview);
    write_legend(pen);
  });
}

}  // namespace dienstbereit::web
