// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "handbook/pack.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "handbook/author.h"
#include "handbook/restart.h"
#include "words/draft/draft.h"

namespace dienstbereit::handbook {
namespace {

constexpr int kDaysSearched = 62;

bool offered_at(const Service& service, const SiteId& site) {
  return std::any_of(service.offers.begin(), service.offers.end(),
                     [&](const Offer& offer) { return offer.site == site && !offer.remote; });
}

// Visitors hand something in there that is dealt with later.
bool takes_in(const Service& service) { return service.offline.mode == OfflineMode::TakeIn; }

class PackAuthor {
 public:
  PackAuthor(words::Language language, const PackFacts& facts)
      : facts_(facts), author_(language, facts.facts) {}

  Document write() {
    author_.stamp("pack.title", facts_.facts.now + author_.district().pack.max_age);
    const Site* site = find_site(author_.district(), facts_.site);
    author_.document().title += ": " + (site ? author_.name(site->name).text : facts_.site.str());
    author_.say("pack.internal");
    author_.part("pack.without_it");
    author_.without_it(facts_.site);
    author_.part("pack.appointments");
    for (const Office& office : author_.district().offices) write_appointments(office);
    author_.part("papers.partners");
    author_.partners(facts_.site);
    write_announcement();
    author_.part("handbook.restart");
    author_.restart(restart_order(author_.district(), facts_.site));
    author_.part("handbook.contacts");
    author_.contacts(facts_.site);
    author_.part("pack.poster");
    write_poster();
    author_.part("pack.forms");
    author_.say("pack.forms.how");
    write_forms();
    return std::move(author_.document());
  }

 private:
  void write_appointments(const Office& office) {
    if (find_place(author_.district(), office.id, facts_.site) == nullptr) return;
    author_.heading(author_.name(office.name).text);
    const auto list = std::find_if(facts_.appointments.begin(), facts_.appointments.end(),
                                   [&](const auto& one) { return one.office == office.id; });
    if (list == facts_.appointments.end()) {
      author_.say("pack.appointments.none_given");
      return;
    }
    if (!list->trouble.empty()) {
      author_.say("pack.appointments.unreadable", {{"why", list->trouble}});
      return;
    }
    if (list->as_of) {
      author_.say("pack.appointments.as_of", {{"time", author_.moment(*list->as_of)}});
    }
    const Day today = author_.voice().today();
    for (const Day day : opening_days(author_.district(), office.id, facts_.site, today)) {
      write_day(list->list, day);
    }
    write_left_out(list->list);
  }

  void write_day(const Appointments& list, Day day) {
    std::vector<std::vector<Phrase>> rows;
    for (const Appointment& one : list.all) {
      if (one.day != day || ++listed_ > kMostListed) continue;
      rows.push_back({author_.or_dash(one.at ? to_hhmm(*one.at) : std::string()),
                      author_.or_dash(one.who), author_.or_dash(one.matter),
                      author_.or_dash(one.contact), author_.or_dash(one.note)});
    }
    std::string name = words::short_day(author_.voice(), day);
    if (rows.empty()) author_.say("pack.appointments.free", {{"day", name}});
    author_.table(std::move(name),
                  {"papers.column.time", "papers.column.person", "papers.column.matter",
                   "papers.column.contact", "papers.column.note"},
                  std::move(rows));
  }

  // What is not in the list must not seem to be no appointment.
  void write_left_out(const Appointments& list) {
    const auto say = [&](std::string_view key, std::size_t n) {
      if (n > 0) author_.say(author_.own(words::count(author_.language(), key, n)));
    };
    say("pack.appointments.left_out", list.unreadable);
    say("pack.appointments.repeating", list.repeating);
    if (listed_ > kMostListed) author_.say("pack.appointments.too_many");
  }

  std::string phone() const {
    const Site* site = find_site(author_.district(), facts_.site);
    if (site && !site->phone.empty()) return site->phone;
    return author_.name(author_.district().administration.phone).text;
  }
  std::string site_name() const {
    const Site* site = find_site(author_.district(), facts_.site);
    return site ? author_.name(site->name).text : facts_.site.str();
  }
  // What visitors get here on paper: for doors and telephones.
  std::vector<std::string> on_paper() const {
    std::vector<std::string> names;
    for (const Service& service : author_.district().services) {
      const bool helps =
          service.offline.mode != OfflineMode::None && service.offline.mode != OfflineMode::Refer;
      if (helps && has_slots(service) && offered_at(service, facts_.site)) {
        names.push_back(author_.name(service.name).text);
      }
    }
    return names;
  }

  // The newest incident's own texts, where there is one: they say more than what is prepared.
  std::optional<std::string> drafted(StatementKind kind) const {
    const Situation& situation = facts_.facts.situation;
    for (auto it = situation.record->incidents.rbegin(); it != situation.record->incidents.rend();
         ++it) {
      if ((*it)->phase != Phase::Affected) continue;
      const words::Draft draft =
          words::draft(kind, {author_.district(), *situation.record, it->get(), situation,
                              facts_.facts.now, situation.exercise, situation.seq});
      return author_.language() == words::Language::De ? draft.de : draft.en;
    }
    return std::nullopt;
  }

  void write_announcement() {
    author_.part("pack.announcement");
    if (const auto now = drafted(StatementKind::Phone)) {
      author_.say("pack.announcement.now");
      author_.say(author_.own(*now));
    }
    author_.say("pack.announcement.how");
    const std::vector<std::string> names = on_paper();
    author_.say(names.empty() ? "pack.announcement.nothing" : "pack.announcement.text",
                {{"site", site_name()},
                 {"services", words::list(author_.language(), names)},
                 {"administration", author_.name(author_.district().administration.name).text}});
  }

  void write_poster() {
    author_.say("pack.poster.how");
    Sign sign{author_.text("pack.poster.title"), {}};
    sign.lines.push_back(author_.own(author_.text("pack.poster.text", {{"site", site_name()}})));
    const std::vector<std::string> names = on_paper();
    sign.lines.push_back(author_.own(
        names.empty() ? author_.text("pack.poster.nothing")
                      : author_.text("pack.poster.services",
                                     {{"services", words::list(author_.language(), names)}})));
    if (!phone().empty()) {
      sign.lines.push_back(author_.own(author_.text("pack.poster.phone", {{"phone", phone()}})));
    }
    sign.lines.push_back(author_.own(author_.text("pack.poster.stamp")));
    author_.document().blocks.push_back(std::move(sign));
    if (const auto now = drafted(StatementKind::Poster)) {
      author_.document().blocks.push_back(
          Sign{author_.text("pack.poster.now"), {author_.own(*now)}});
    }
  }

  void write_forms() {
    unsigned number = facts_.first_form;
    const unsigned end = number + forms_of(author_.district(), facts_.site);
    for (const Service& service : author_.district().services) {
      if (!takes_in(service) || !offered_at(service, facts_.site)) continue;
      for (unsigned i = 0; i < author_.district().pack.forms && number < end; ++i) {
        write_form(service, number++);
      }
    }
  }
  void write_form(const Service& service, unsigned number) {
    const auto blank = [&](std::string_view key, unsigned lines = 1) {
      return Blank{author_.text(key), lines};
    };
    author_.document().blocks.push_back(Form{
        form_number(facts_.site, author_.voice().today(), number),
        author_.name(service.name).text,
        author_.text("pack.form.hint"),
        {blank("pack.form.when"), blank("pack.form.name"), blank("pack.form.birth"),
         blank("pack.form.contact"), blank("pack.form.matter", 4), blank("pack.form.originals", 2),
         blank("pack.form.signatures"), blank("pack.form.back_entry")}});
  }

  const PackFacts& facts_;
  Author author_;
  std::size_t listed_ = 0;
};

}  // namespace

Document pack(words::Language language, const PackFacts& facts) {
  return PackAuthor(language, facts).write();
}

unsigned forms_of(const District& district, const SiteId& site) {
  unsigned forms = 0;
  for (const Service& service : district.services) {
    if (takes_in(service) && offered_at(service, site)) forms += district.pack.forms;
  }
  return std::min(forms, kMostFormsInPack);
}

std::string form_number(const SiteId& site, Day day, unsigned number) {
  const date::year_month_day civil(day);
  return fmt::format("{}-{:02}{:02}{:02}-{:03}", site.str(), static_cast<int>(civil.year()) % 100,
                     static_cast<unsigned>(civil.month()), static_cast<unsigned>(civil.day()),
                     number);
}

std::vector<Day> opening_days(const District& district, const OfficeId& office, const SiteId& site,
                              Day today) {
  std::vector<Day> days;
  const OfficeSite* place = find_place(district, office, site);
  if (place == nullptr) return days;
  const PlaceCalendar calendar = calendar_of(district, place->hours, office, site);
  for (int i = 0; i < kDaysSearched && days.size() < kOpeningDays; ++i) {
    const Day day = today + date::days(i);
    if (calendar.always() || !calendar.on(day).slots.empty()) days.push_back(day);
  }
  return days;
}

Instant last_due(Instant now, Minutes at, const TimeZone& zone) {
  const Day today = zone.day_of(now);
  const Instant tonight = zone.at(today, at);
  return tonight <= now ? tonight : zone.at(today - date::days(1), at);
}

std::string pack_name(const SiteId& site, Instant made, const TimeZone& zone) {
  const Day day = zone.day_of(made);
  const date::year_month_day civil(day);
  const auto minute = std::chrono::duration_cast<Minutes>(zone.to_local(made) - day);
  return fmt::format("pack-{}-{:04}{:02}{:02}-{:02}{:02}.html", site.str(),
                     static_cast<int>(civil.year()), static_cast<unsigned>(civil.month()),
                     static_cast<unsigned>(civil.day()), minute.count() / 60, minute.count() % 60);
}

std::optional<Instant> made_of(const std::string& name, const SiteId& site, const TimeZone& zone) {
  constexpr std::string_view kDigits = "0123456789";
  constexpr std::string_view kEnd = ".html";
  const std::string begin = "pack-" + site.str() + "-";
  if (!name.starts_with(begin) || !name.ends_with(kEnd)) return std::nullopt;
  const std::string at = name.substr(begin.size());
  if (at.size() != 13 + kEnd.size() || at[8] != '-') return std::nullopt;
  const std::string digits = at.substr(0, 8) + at.substr(9, 4);
  if (digits.find_first_not_of(kDigits) != std::string::npos) return std::nullopt;
  const auto day = parse_day(at.substr(0, 4) + "-" + at.substr(4, 2) + "-" + at.substr(6, 2));
  const auto minute = parse_hhmm(at.substr(9, 2) + ":" + at.substr(11, 2));
  if (!day || !minute || *minute >= std::chrono::hours(24)) return std::nullopt;
  return zone.at(*day, *minute);
}

}  // namespace dienstbereit::handbook
