// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "handbook/handbook.h"

#include <algorithm>
#include <tuple>

#include "handbook/author.h"
#include "handbook/restart.h"

namespace dienstbereit::handbook {
namespace {

constexpr unsigned kFirstHour = 10, kEscalation = 5, kRestoration = 8;  // steps

// Who holds it, or a blank to write on.
Phrase holder(const Author& author, const RecipientId& id) {
  const Person* person = id.empty() ? nullptr : author.facts().find(id);
  if (person == nullptr) return author.own(author.text("papers.blank"));
  std::string said = person->name.empty() ? person->id.str() : person->name;
  if (!person->mobile.empty()) said += ", " + person->mobile;
  return author.own(std::move(said));
}

void write_roles(Author& author) {
  author.part("handbook.roles");
  author.say("handbook.roles.how");
  std::vector<std::vector<Phrase>> rows;
  for (const EmergencyRole& role : author.district().handbook.roles) {
    rows.push_back({author.name(role.role), holder(author, role.held_by),
                    holder(author, role.deputy),
                    role.duties.empty() ? author.or_dash({}) : author.name(role.duties)});
  }
  // Without any in the district the usual ones, to be filled in by hand.
  for (unsigned i = 1; rows.size() < 5 && author.district().handbook.roles.empty(); ++i) {
    rows.push_back({author.own(author.text("handbook.role." + std::to_string(i))),
                    holder(author, {}), holder(author, {}),
                    author.own(author.text("handbook.duty." + std::to_string(i)))});
  }
  author.table(author.text("handbook.roles"),
               {"papers.column.role", "papers.column.held_by", "papers.column.deputy",
                "papers.column.duties"},
               std::move(rows));
}

void write_alarm(Author& author) {
  author.part("handbook.alarm");
  author.say("handbook.alarm.how",
             {{"time", words::duration(author.language(), author.facts().escalate_after)}});
  author.steps("handbook.escalation.", kEscalation);
  std::vector<std::vector<Phrase>> rows;
  for (const ChannelSpec& channel : author.district().channels) {
    const Uplink* way = nullptr;
    for (const Uplink& uplink : author.district().uplinks) {
      if (uplink.id == channel.uplink) way = &uplink;
    }
    rows.push_back({author.own(channel.id.str()),
                    author.own(author.text(std::string("papers.channel.") + name_of(channel.kind))),
                    way ? author.name(way->name) : author.or_dash({})});
  }
  if (rows.empty()) author.say("handbook.alarm.no_channels");
  author.table(author.text("handbook.channels"),
               {"papers.column.channel", "papers.column.kind", "papers.column.way"},
               std::move(rows));
  rows.clear();
  std::vector<const Person*> called;
  for (const Person& person : author.facts().people) {
    if (person.level > 0) called.push_back(&person);
  }
  std::sort(called.begin(), called.end(), [](const Person* a, const Person* b) {
    return std::tie(a->level, a) < std::tie(b->level, b);  // else in the order of the contacts
  });
  for (const Person* person : called) {
    rows.push_back(
        {author.own(author.text("papers.level", {{"n", std::to_string(person->level)}})),
         author.own(person->name.empty() ? person->id.str() : person->name),
         author.or_dash(person->mobile),
         author.own(person->hours.empty() ? author.text("papers.always") : person->hours)});
  }
  if (rows.empty()) author.say("handbook.alarm.nobody");
  author.table(author.text("handbook.on_call"),
               {"papers.column.level", "papers.column.person", "papers.column.mobile",
                "papers.column.hours"},
               std::move(rows));
}

void write_restoration(Author& author) {
  author.part("handbook.restoration");
  author.steps("handbook.restoration.", kRestoration);
  std::vector<std::vector<Phrase>> rows;
  for (const Service& service : author.district().services) {
    const OfflineMode mode = service.offline.mode;
    if (mode == OfflineMode::None || mode == OfflineMode::Refer) continue;
    rows.push_back({author.name(service.name),
                    author.own(author.text(std::string("papers.back_entry.") + name_of(mode))),
                    author.time(service.rpo)});
  }
  author.table(author.text("handbook.back_entry"),
               {"papers.column.service", "papers.column.back_entry", "papers.column.rpo"},
               std::move(rows));
}

void write_map(Author& author) {
  author.part("handbook.map");
  author.say("handbook.map.how");
  std::vector<std::vector<Phrase>> rows;
  for (const Service& service : author.district().services) {
    if (service.needs.empty()) continue;
    rows.push_back(
        {author.name(service.name), author.own(needs_in_words(author.voice(), service.needs))});
  }
  author.table(author.text("handbook.map.services"),
               {"papers.column.service", "papers.column.stands_on"}, std::move(rows));
  rows.clear();
  for (const Component& component : author.district().components) {
    if (component.needs.empty()) continue;
    rows.push_back(
        {author.name(component.name), author.own(needs_in_words(author.voice(), component.needs))});
  }
  author.table(author.text("handbook.map.components"),
               {"papers.column.component", "papers.column.stands_on"}, std::move(rows));
  rows.clear();
  for (const Site& site : author.district().sites) {
    if (site.needs.empty() && site.link.empty()) continue;
    rows.push_back({author.name(site.name),
                    author.or_dash(needs_in_words(author.voice(), site.needs)),
                    author.or_dash(needs_in_words(author.voice(), site.link))});
  }
  author.table(author.text("handbook.map.sites"),
               {"papers.column.site", "papers.column.stands_on", "papers.column.link"},
               std::move(rows));
}

}  // namespace

Document handbook(words::Language language, const Facts& facts) {
  Author author(language, facts);
  author.stamp("handbook.title", facts.now + facts.district().handbook.max_age);
  author.say("handbook.internal");
  write_roles(author);
  author.part("handbook.first_hour");
  author.steps("handbook.first_hour.", kFirstHour);
  write_alarm(author);
  author.part("handbook.continuity");
  author.say("handbook.continuity.how");
  author.without_it(SiteId());
  author.part("papers.partners");
  author.partners(SiteId());
  author.part("handbook.restart");
  author.restart(restart_order(facts.district()));
  write_restoration(author);
  author.part("handbook.contacts");
  author.contacts(SiteId());
  write_map(author);
  author.part("handbook.review");
  author.say("handbook.review.how");
  return std::move(author.document());
}

}  // namespace dienstbereit::handbook
