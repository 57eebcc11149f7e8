// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/documents.h"

#include <algorithm>

#include "web/json.h"

namespace dienstbereit::web {
namespace {

// What every document is made from.
struct Source {
  const Situation& situation;
  const view::Overview& overview;
  Instant now;
  Voices voices;
};

// Every document begins with these.
Json stamped(const view::Stamp& stamp) {
  return {{"as_of", to_rfc3339(stamp.as_of)},
          {"next_update", to_rfc3339(stamp.next_update)},
          {"seq", stamp.seq},
          {"head", stamp.head},
          {"exercise", stamp.exercise}};
}

template <class Plans, class Matches>
std::vector<DayPlan> days_where(const Plans& all, Matches matches) {
  const auto found = std::find_if(all.begin(), all.end(), matches);
  return found == all.end() ? std::vector<DayPlan>() : found->days;
}

Json headline(const view::Overview& overview) {
  return {{"de", words::headline(overview, words::Language::De)},
          {"en", words::headline(overview, words::Language::En)}};
}

Json trust(const view::Overview& overview) {
  const view::Stamp& stamp = overview.stamp;
  return {{"stale", stamp.stale},
          {"held_until", time_or_null(stamp.held_until)},
          {"clock_doubted", stamp.clock_doubted},
          {"journal_failed_at", time_or_null(stamp.journal_failed_at)},
          {"house_unseen", stamp.house_unseen()},
          {"notices",
           {{"de", words::notices(overview, words::Language::De)},
            {"en", words::notices(overview, words::Language::En)}}}};
}

Json situation(const Source& from) {
  const Administration& administration = from.situation.district->administration;
  Json out = stamped(from.overview.stamp);
  out["administration"] = {{"id", administration.id},
                           {"name", to_json(administration.name)},
                           {"ags", administration.ags},
                           {"time_zone", administration.time_zone},
                           {"phone", to_json(administration.phone)},
                           {"imprint", to_json(administration.imprint)},
                           {"public_url", administration.public_url}};
  out["started_at"] = to_rfc3339(from.overview.stamp.started_at);
  out["headline"] = headline(from.overview);
  out["counts"] = to_json(from.overview.roll_up);
  out["continuous"] = to_json(from.overview.continuous_roll_up);
  out["trust"] = trust(from.overview);
  return out;
}

Json service(const Source& from, const view::ServiceView& view) {
  return to_json(from.voices, view, days_where(from.situation.offers, [&](const auto& offer) {
                   return offer.node == view.node;
                 }));
}

Json place_head(const Source& from, const view::PlaceView& place) {
  return {{"office", place.place.office.str()},
          {"site", place.place.site.str()},
          {"office_name", to_json(place.place.office_name)},
          {"site_name", to_json(place.place.site_name)},
          {"phone", place.phone},
          {"has_slots", place.slotted},
          {"hours", both(from.voices,
                         [&](const words::Voice& voice) {
                           return words::door_sentence(voice, place.schedule);
                         })},
          {"now", to_json(from.voices, place.now, place.slotted)}};
}

Json place(const Source& from, const view::PlaceView& view) {
  Json out = place_head(from, view);
  Json days = Json::array();
  for (const DayPlan& day : days_where(from.situation.places, [&](const auto& entry) {
         return entry.office == view.place.office && entry.site == view.place.site;
       })) {
    days.push_back(to_json(from.voices, day));
  }
  out["days"] = days;
  Json services = Json::array();
  for (const view::ServiceView& one : view.services) {
    services.push_back(service(from, one));
  }
  out["services"] = services;
  return out;
}

Json places_of(const Source& from, const std::vector<view::PlaceView>& places) {
  Json out = Json::array();
  for (const view::PlaceView& one : places) {
    out.push_back(place(from, one));
  }
  return out;
}

Json offices(const Source& from) {
  Json list = Json::array();
  for (const view::OfficeLine& line : from.overview.offices) {
    Json sites = Json::array();
    for (const view::PlaceView& at : line.at) {
      sites.push_back(at.place.site.str());
    }
    list.push_back({{"id", line.id.str()},
                    {"name", to_json(line.name)},
                    {"sites", sites},
                    {"today", to_json(from.voices, line.word)},
                    {"counts", to_json(line.places)}});
  }
  Json out = stamped(from.overview.stamp);
  out["offices"] = list;
  return out;
}

Json sites(const Source& from) {
  Json list = Json::array();
  for (const view::SiteLine& line : from.overview.sites) {
    list.push_back({{"id", line.id.str()},
                    {"name", to_json(line.name)},
                    {"address", line.address},
                    {"unseen", line.unseen.has_value()},
                    {"today", to_json(from.voices, line.word)},
                    {"counts", to_json(line.places)}});
  }
  Json out = stamped(from.overview.stamp);
  out["sites"] = list;
  return out;
}

Json all_places(const Source& from) {
  Json list = Json::array();
  for (const view::OfficeLine& line : from.overview.offices) {
    for (const view::PlaceView& at : line.at) {
      list.push_back(place_head(from, at));
    }
  }
  Json out = stamped(from.overview.stamp);
  out["places"] = list;
  return out;
}

Json services(const Source& from) {
  Json list = Json::array();
  for (const Service& one : from.situation.district->services) {
    Json kinds = Json::array();
    for (const ServiceKind kind : one.kinds) {
      kinds.push_back(name_of(kind));
    }
    Json offers = Json::array();
    for (const OfferSituation& offer : from.situation.offers) {
      if (offer.service == one.id) {
        offers.push_back({{"id", offer.node.str()},
                          {"office", offer.office.str()},
                          {"site", offer.site.str()},
                          {"extent", name_of(offer.extent)},
                          {"now", to_json(from.voices, offer.now, offer.slotted)}});
      }
    }
    list.push_back({{"id", one.id.str()},
                    {"name", to_json(one.name)},
                    {"kinds", kinds},
                    {"always", one.always},
                    {"leika", one.leika.empty() ? Json(nullptr) : Json(one.leika)},
                    {"offers", offers}});
  }
  Json out = stamped(from.overview.stamp);
  out["services"] = list;
  return out;
}

// Which probes disagree is internal: it names components.
Json words_in_force(const Source& from) {
  Json list = Json::array();
  for (const view::WordView& word : from.overview.words) {
    list.push_back({{"id", word.id.str()},
                    {"scope", to_text(word.scope)},
                    {"said", name_of(word.said)},
                    {"text", word.text.empty() ? Json(nullptr) : to_json(word.text)},
                    {"role", word.role},
                    {"set_at", to_rfc3339(word.set_at)},
                    {"until", to_rfc3339(word.until)},
                    {"status", name_of(word.status)},
                    {"sentence", both(from.voices, [&](const words::Voice& voice) {
                       return words::plain(words::word_sentence(voice, word));
                     })}});
  }
  Json out = stamped(from.overview.stamp);
  out["words"] = list;
  return out;
}

Json nodes(const Source& from) {
  Json list = Json::array();
  for (const NodeSituation& node : from.situation.nodes) {
    list.push_back({{"id", node.id.str()},
                    {"name", both(from.voices,
                                  [&](const words::Voice& voice) {
                                    return words::node_name(voice, node.id);
                                  })},
                    {"state", to_json(node.state)},
                    {"calculated", to_json(node.calculated)},
                    {"own", to_json(node.own)},
                    {"probed", node.probed},
                    {"works_fresh", node.works_fresh},
                    {"contradiction", node.contradiction},
                    {"views", name_of(node.views)},
                    {"word", name_of(node.word)},
                    {"since", time_or_null(node.since)}});
  }
  Json out = stamped(from.overview.stamp);
  out["nodes"] = list;
  return out;
}

Json publishing(const Source& from) {
  Json out = stamped(from.overview.stamp);
  Json targets = Json::array();
  for (const PublishSituation& one : from.situation.publishing) {
    targets.push_back({{"id", one.id.str()},
                       {"ok", one.known ? Json(one.ok) : Json(nullptr)},
                       {"since", time_or_null(one.since)},
                       {"detail", one.detail}});
  }
  out["targets"] = std::move(targets);
  return out;
}

Json outposts(const Source& from) {
  Json list = Json::array();
  for (const OutpostSituation& one : from.situation.outposts) {
    const Outpost* known = find_outpost(*from.situation.district, one.id);
    const bool at_site = known != nullptr && !known->site.empty();
    list.push_back({{"id", one.id.str()},
                    {"name", known != nullptr ? to_json(known->name) : Json(nullptr)},
                    {"site", at_site ? Json(known->site.str()) : Json(nullptr)},
                    {"heard", time_or_null(one.heard)},
                    {"silent", one.silent},
                    {"since", time_or_null(one.since)},
                    {"clock_off_ms", one.clock_off ? Json(one.clock_off->count()) : Json(nullptr)},
                    {"repeats_lost", one.repeats_lost},
                    {"changes_lost", one.changes_lost}});
  }
  Json out = stamped(from.overview.stamp);
  out["outposts"] = std::move(list);
  return out;
}

Json probes(const Source& from) {
  Json list = Json::array();
  for (const ProbeSituation& probe : from.situation.probes) {
    list.push_back({{"id", probe.id.str()},
                    {"fresh", probe.fresh},
                    {"outcome", name_of(probe.outcome)},
                    {"flapping", probe.flapping},
                    {"since", time_or_null(probe.since)},
                    {"lost", probe.lost ? Json(name_of(*probe.lost)) : Json(nullptr)},
                    {"detail", probe.detail}});
  }
  Json paths = Json::array();
  for (const PathSituation& path : from.situation.paths) {
    paths.push_back({{"uplink", path.uplink.empty() ? Json(nullptr) : Json(path.uplink.str())},
                     {"site", path.site.empty() ? Json(nullptr) : Json(path.site.str())},
                     {"up", path.up},
                     {"since", time_or_null(path.since)},
                     {"detail", path.detail}});
  }
  Json out = stamped(from.overview.stamp);
  out["probes"] = list;
  out["paths"] = paths;
  return out;
}

Json messages(const Source& from) {
  const NoticeBoard& board = from.situation.notices;
  Json notices = Json::array();
  for (const NoticeSituation& notice : board.notices) {
    notices.push_back(
        {{"id", notice.id.str()},
         {"kind", name_of(notice.kind)},
         {"cause", notice.cause},
         {"raised", to_rfc3339(notice.raised)},
         {"level", notice.level},
         {"awaits_answer", notice.awaits_answer},
         {"acknowledged_by",
          notice.acknowledged_by.empty() ? Json(nullptr) : Json(notice.acknowledged_by)},
         {"acknowledged", time_or_null(notice.acknowledged)}});
  }
  Json list = Json::array();
  for (const MessageSituation& message : board.messages) {
    list.push_back({{"id", message.id.str()},
                    {"notice", message.notice.str()},
                    {"recipient", message.recipient.str()},
                    {"channel", message.channel.str()},
                    {"state", name_of(message.state)},
                    {"failures", message.failures},
                    {"queued", to_rfc3339(message.queued)},
                    {"ended", time_or_null(message.ended)},
                    {"detail", message.detail}});
  }
  Json troubles = Json::array();
  for (const ChannelTrouble& trouble : board.troubles) {
    troubles.push_back({{"channel", trouble.channel.str()},
                        {"failures", trouble.failures},
                        {"last", to_rfc3339(trouble.last)},
                        {"detail", trouble.detail}});
  }
  Json out = stamped(from.overview.stamp);
  out["waiting"] = board.waiting;
  out["notices"] = std::move(notices);
  out["messages"] = std::move(list);
  out["troubles"] = std::move(troubles);
  return out;
}

std::optional<Json> office(const Source& from, std::string_view id) {
  const auto page = view::office_page(from.situation, OfficeId(std::string(id)), from.now);
  if (!page) {
    return std::nullopt;
  }
  Json out = stamped(page->stamp);
  out["id"] = page->id.str();
  out["name"] = to_json(page->name);
  out["phone"] = page->phone;
  out["email"] = page->email;
  out["counts"] = to_json(page->roll_up);
  out["continuous"] = to_json(page->continuous_roll_up);
  out["places"] = places_of(from, page->places);
  return out;
}

std::optional<Json> site(const Source& from, std::string_view id) {
  const auto page = view::site_page(from.situation, SiteId(std::string(id)), from.now);
  if (!page) {
    return std::nullopt;
  }
  Json out = stamped(page->stamp);
  out["id"] = page->id.str();
  out["name"] = to_json(page->name);
  out["address"] = page->address;
  out["phone"] = page->phone;
  out["unseen"] = page->unseen.has_value();
  out["counts"] = to_json(page->roll_up);
  out["continuous"] = to_json(page->continuous_roll_up);
  out["places"] = places_of(from, page->places);
  return out;
}

std::optional<Json> at(const Source& from, std::string_view path) {
  if (path == "situation") return situation(from);
  if (path == "offices") return offices(from);
  if (path == "sites") return sites(from);
  if (path == "places") return all_places(from);
  if (path == "services") return services(from);
  if (path == "words") return words_in_force(from);
  if (path == "nodes") return nodes(from);
  if (path == "probes") return probes(from);
  if (path == "publishing") return publishing(from);
  if (path == "outposts") return outposts(from);
  if (path == "messages") return messages(from);
  constexpr std::string_view kOffices = "offices/";
  if (path.starts_with(kOffices)) return office(from, path.substr(kOffices.size()));
  constexpr std::string_view kSites = "sites/";
  if (path.starts_with(kSites)) return site(from, path.substr(kSites.size()));
  return std::nullopt;
}

}  // namespace

std::optional<std::string> document(const Situation& situation, const view::Overview& overview,
                                    Instant now, std::string_view path) {
  constexpr std::string_view kPrefix = "/api/v1/";
  if (!path.starts_with(kPrefix)) {
    return std::nullopt;
  }
  const Source source{situation, overview, now, Voices(overview.stamp)};
  const std::optional<Json> json = at(source, path.substr(kPrefix.size()));
  if (!json) {
    return std::nullopt;
  }
  return dump(*json);
}

std::string event_data(const view::Overview& overview) {
  Json out = stamped(overview.stamp);
  out["headline"] = headline(overview);
  return dump(out);
}

}  // namespace dienstbereit::web
