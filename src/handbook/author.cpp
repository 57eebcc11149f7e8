// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "handbook/author.h"

#include <algorithm>

#include <fmt/format.h>

namespace dienstbereit::handbook {
namespace {

constexpr std::size_t kHashShown = 16;  // hex digits

bool takes_place_at(const Service& service, const OfficeId& office, const SiteId& site) {
  return std::any_of(service.offers.begin(), service.offers.end(), [&](const Offer& offer) {
    return offer.office == office && (site.empty() || offer.site == site);
  });
}

// As the staff calls it: people who repair do not know what citizens read.
std::string staff_name(const words::Voice& voice, const NodeId& node) {
  const Component* component = find_component(voice.district(), node);
  return component ? words::say(component->name, voice.language()).text
                   : words::node_name(voice, node);
}

bool is_at(const Office& office, const SiteId& site) {
  return site.empty() || std::any_of(office.sites.begin(), office.sites.end(),
                                     [&](const OfficeSite& place) { return place.site == site; });
}

}  // namespace

const Person* Facts::find(const RecipientId& id) const {
  const auto found =
      std::find_if(people.begin(), people.end(), [&](const Person& one) { return one.id == id; });
  return found == people.end() ? nullptr : &*found;
}

Author::Author(words::Language language, const Facts& facts)
    : facts_(facts), voice_(language, facts.district(), facts.now) {
  document_.language = language;
}

std::string Author::text(std::string_view key, const words::Args& args) const {
  return words::text(language(), key, args);
}

void Author::part(std::string_view key) { document_.blocks.push_back(Heading{2, text(key)}); }

void Author::heading(std::string text) { document_.blocks.push_back(Heading{3, std::move(text)}); }

void Author::say(std::string_view key, const words::Args& args) { say(own(text(key, args))); }

void Author::say(Phrase phrase) { document_.blocks.push_back(Paragraph{std::move(phrase)}); }

void Author::steps(std::string_view key, unsigned count) {
  List list{{}, true};
  for (unsigned step = 1; step <= count; ++step) {
    list.items.push_back(own(text(fmt::format("{}{}", key, step))));
  }
  document_.blocks.push_back(std::move(list));
}

void Author::table(std::string caption, const std::vector<std::string_view>& columns,
                   std::vector<std::vector<Phrase>> rows) {
  if (rows.empty()) return;
  Table table{std::move(caption), {}, std::move(rows)};
  for (const std::string_view column : columns) table.head.push_back(text(column));
  document_.blocks.push_back(std::move(table));
}

Phrase Author::or_dash(std::string written) const {
  return own(written.empty() ? "–" : std::move(written));
}

Phrase Author::time(const std::optional<Duration>& duration) const {
  return or_dash(duration && *duration > Duration(0) ? words::duration(language(), *duration)
                                                     : std::string());
}

std::string Author::moment(Instant t) const {
  const Day day = voice_.zone().day_of(t);
  const date::year_month_day civil(day);
  return text("papers.moment", {{"day", words::short_day(voice_, day)},
                                {"year", std::to_string(static_cast<int>(civil.year()))},
                                {"clock", words::clock_of(voice_, t)}});
}

void Author::stamp(std::string_view key, Instant valid_until) {
  document_.title = words::marked(language(), facts_.situation.exercise, text(key));
  document_.stamp =
      text("papers.stamp", {{"administration", name(district().administration.name).text},
                            {"time", moment(facts_.now)},
                            {"until", moment(valid_until)},
                            {"head", facts_.situation.head},
                            {"seq", std::to_string(facts_.situation.seq)},
                            {"district", district().hash.substr(0, kHashShown)}});
}

void Author::without_it(const SiteId& site) {
  for (const Office& office : district().offices) {
    if (is_at(office, site)) without_it(office, site);
  }
}

void Author::without_it(const Office& office, const SiteId& site) {
  std::vector<std::vector<Phrase>> rows;
  for (const Service& service : district().services) {
    if (!takes_place_at(service, office.id, site)) continue;
    rows.push_back({name(service.name),
                    own(text(fmt::format("papers.mode.{}", name_of(service.offline.mode)))),
                    words::offline_text(voice_, service.offline.mode, service.offline.text),
                    or_dash(needs_in_words(voice_, service.offline.needs)), time(service.rto),
                    time(service.mtpd)});
  }
  table(name(office.name).text,
        {"papers.column.service", "papers.column.mode", "papers.column.how", "papers.column.needs",
         "papers.column.rto", "papers.column.mtpd"},
        std::move(rows));
}

void Author::restart(const std::vector<RestartStep>& steps) {
  if (steps.empty()) {
    say("papers.restart.none");
    return;
  }
  say("papers.restart.how");
  std::vector<std::vector<Phrase>> rows;
  for (const RestartStep& step : steps) {
    std::vector<std::string> after;
    for (const NodeId& node : step.after) after.push_back(staff_name(voice_, node));
    const Site* site = find_site(district(), step.component->site);
    rows.push_back(
        {own(fmt::format("{}. {}", rows.size() + 1, name(step.component->name).text)),
         site ? name(site->name) : or_dash({}), or_dash(words::list(language(), after)),
         time(step.component->restart_time),
         own(text("papers.restart.after", {{"time", words::duration(language(), step.usable)}}))});
    if (step.usable == Duration(0)) rows.back().back() = own(text("papers.restart.at_once"));
  }
  table(text("papers.restart.caption"),
        {"papers.column.component", "papers.column.site", "papers.column.after",
         "papers.column.restart", "papers.column.usable"},
        std::move(rows));
}

void Author::contacts(const SiteId& at) {
  std::vector<std::vector<Phrase>> rows;
  for (const Site& site : district().sites) {
    rows.push_back({name(site.name), or_dash(site.address), or_dash(site.phone)});
  }
  table(text("papers.sites"),
        {"papers.column.site", "papers.column.address", "papers.column.phone"}, std::move(rows));
  rows.clear();
  for (const Office& office : district().offices) {
    if (!is_at(office, at)) continue;
    rows.push_back({name(office.name), or_dash(office.phone), or_dash(office.email)});
  }
  table(text("papers.offices"),
        {"papers.column.office", "papers.column.phone", "papers.column.mail"}, std::move(rows));
  rows.clear();
  for (const Provider& provider : district().providers) {
    rows.push_back(
        {name(provider.name), or_dash(provider.contact), or_dash(provider.contract_time)});
  }
  table(text("papers.providers"),
        {"papers.column.provider", "papers.column.reach", "papers.column.contract"},
        std::move(rows));
  people();
}

void Author::people() {
  std::vector<std::vector<Phrase>> rows;
  for (const Person& person : facts_.people) {
    const std::string level = person.level == 0
                                  ? std::string()
                                  : text("papers.level", {{"n", std::to_string(person.level)}});
    rows.push_back({own(person.name.empty() ? person.id.str() : person.name),
                    or_dash(person.mobile), or_dash(person.mail), or_dash(level),
                    or_dash(person.level == 0      ? std::string()
                            : person.hours.empty() ? text("papers.always")
                                                   : person.hours)});
  }
  if (rows.empty()) say("papers.no_people");
  table(text("papers.people"),
        {"papers.column.person", "papers.column.mobile", "papers.column.mail",
         "papers.column.level", "papers.column.hours"},
        std::move(rows));
}

void Author::partners(const SiteId& site) {
  std::vector<std::vector<Phrase>> rows;
  for (const PartnerOffice& partner : district().pack.partners) {
    std::vector<std::string> services;
    for (const ServiceId& id : partner.services) {
      const Service* service = find_service(district(), id);
      const bool here = service && std::any_of(service->offers.begin(), service->offers.end(),
                                               [&](const Offer& offer) {
                                                 return site.empty() || offer.site == site;
                                               });
      if (here) services.push_back(name(service->name).text);
    }
    if (services.empty()) continue;
    rows.push_back({name(partner.name), own(words::list(language(), services)),
                    partner.conditions.empty() ? or_dash({}) : name(partner.conditions),
                    partner.hours.empty() ? or_dash({}) : name(partner.hours),
                    or_dash(partner.address), or_dash(partner.phone)});
  }
  if (rows.empty()) say("papers.no_partners");
  table(text("papers.partners"),
        {"papers.column.partner", "papers.column.services", "papers.column.conditions",
         "papers.column.hours", "papers.column.address", "papers.column.phone"},
        std::move(rows));
}

namespace {

std::string need_in_words(const words::Voice& voice, const Need& need) {
  std::string said = need.group.empty() ? staff_name(voice, need.node)
                                        : "(" + needs_in_words(voice, need.group.front()) + ")";
  if (need.buffer > Duration(0)) {
    said += words::text(voice.language(), "papers.needs.buffer",
                        {{"time", words::duration(voice.language(), need.buffer)}});
  }
  return said;
}

}  // namespace

std::string needs_in_words(const words::Voice& voice, const Needs& needs) {
  std::vector<std::string> all;
  for (const Need& need : needs.of) all.push_back(need_in_words(voice, need));
  if (all.empty()) return {};
  const std::string listed = words::list(voice.language(), all);
  if (all.size() == 1 && needs.op != Operator::Degrades) return listed;
  return words::text(voice.language(), fmt::format("papers.needs.{}", name_of(needs.op)),
                     {{"list", listed}, {"n", std::to_string(needs.at_least)}});
}

}  // namespace dienstbereit::handbook
