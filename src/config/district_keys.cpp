// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The table of keys of a district, but for probes (probe_keys.cpp) and needs (needs.cpp).
#include <fmt/format.h>

#include "base/text.h"
#include "config/interim/interim.h"
#include "config/shapes.h"
#include "config/values.h"

namespace dienstbereit::config {
namespace {

const Type kProbes{"probes", "list of [probes](#probes)",
                   R"({"type":"array","items":{"$ref":"#/$defs/probe"}})"};

const Type kIsoDay{"iso_day", "a day: `2026-11-23`",
                   R"({"type":"string","pattern":"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"})"};
const Type kTargets{"targets", "list of [places to publish to](#publishing)",
                    R"({"type":"array","items":{"$ref":"#/$defs/publish"}})"};

void read_time_zone(Reader& reader, const Node& node, std::string& zone) {
  read_text(reader, node, zone);
  if (!zone.empty() && !TimeZone::find(zone)) {
    reader.report.error(node.mark, fmt::format("'{}' is no known time zone; write one like "
                                               "Europe/Berlin",
                                               zone));
  }
}

void read_iso_day(Reader& reader, const Node& node, std::string& day) {
  read_text(reader, node, day);
  if (day.empty() || parse_day(day)) return;
  reader.report.error(node.mark, fmt::format("'{}' is no day; write one like 2026-11-23", day));
}

void read_land(Reader& reader, const Node& node, std::optional<Land>& land) {
  const auto chosen = choose(reader, node, {{"NW", 0}, {"none", 1}});
  if (chosen) land = *chosen == 0 ? std::optional<Land>(Land::NW) : std::nullopt;
}

void read_kinds(Reader& reader, const Node& node, std::vector<ServiceKind>& kinds) {
  std::vector<Choice> choices;
  for (int i = 0; i <= static_cast<int>(ServiceKind::Statutory); ++i) {
    choices.push_back({name_of(static_cast<ServiceKind>(i)), i});
  }
  for (const Node* item : one_or_items(node)) {
    if (const auto kind = choose(reader, *item, choices)) {
      kinds.push_back(static_cast<ServiceKind>(*kind));
    }
  }
  if (one_or_items(node).empty()) reader.report.error(node.mark, "a service has at least one kind");
}

void read_extent(Reader& reader, const Node& node, Extent& extent) {
  const auto chosen = choose(reader, node,
                             {{"full", 0},
                              {"voll", 0},
                              {"take_in", 1},
                              {"nur Annahme", 1},
                              {"issue", 2},
                              {"nur Ausgabe", 2},
                              {"information", 3},
                              {"Auskunft", 3}});
  if (chosen) extent = static_cast<Extent>(*chosen);
}

void read_offline_mode(Reader& reader, const Node& node, OfflineMode& mode) {
  std::vector<Choice> choices;
  for (int i = 0; i <= static_cast<int>(OfflineMode::Refer); ++i) {
    choices.push_back({name_of(static_cast<OfflineMode>(i)), i});
  }
  if (const auto chosen = choose(reader, node, choices)) mode = static_cast<OfflineMode>(*chosen);
}

void read_offline(Reader& reader, const Node& node, Offline& offline) {
  if (node.kind != Node::Kind::Map) return read_offline_mode(reader, node, offline.mode);
  read_shape(reader, node, offline_shape(), &offline);
}

void read_hours_of_part(Reader& reader, const Node& node, SitePart& part) {
  read_hours(reader, node, part.hours.emplace());
}
void read_extent_of_part(Reader& reader, const Node& node, SitePart& part) {
  read_extent(reader, node, part.extent);
}

void read_components(Reader& reader, const Node& node, std::vector<NodeId>& ids) {
  for (const Node* item : one_or_items(node)) {
    std::string id;
    use(reader, *item, Use::Wanted::Component, id);
    ids.emplace_back(std::move(id));
  }
}

// Not in the name space of ids: it names files and feeds only.
void read_short_name(Reader& reader, const Node& node, std::string& name) {
  read_text(reader, node, name);
  if (!valid_id(name)) reader.report.error(node.mark, id_rule(name));
}

// A list of site ids, or a map from site id to one value or to details.
template <void (*Short)(Reader&, const Node&, SitePart&), const Shape& (*ShapeOf)()>
void read_parts(Reader& reader, const Node& node, std::vector<SitePart>& parts) {
  const auto add = [&](const std::string& id, Mark mark) -> SitePart& {
    SitePart& part = parts.emplace_back();
    part.site = SiteId(id);
    part.mark = mark;
    reader.places.uses.push_back(Use{Use::Wanted::Site, id, mark});
    return part;
  };
  if (node.kind != Node::Kind::Map) {
    for (const Node* item : one_or_items(node)) {
      if (const std::string* id = text_of(reader, *item)) add(*id, item->mark);
    }
    return;
  }
  for (const Node::Entry& entry : node.entries) {
    SitePart& part = add(entry.key, entry.key_mark);
    if (entry.value.kind == Node::Kind::Map) {
      read_shape(reader, entry.value, ShapeOf(), &part);
    } else if (entry.value.kind != Node::Kind::Null) {
      Short(reader, entry.value, part);
    }
  }
}

void read_local_hours(Reader& reader, const Node& node, std::optional<OpeningHours>& hours) {
  read_hours(reader, node, hours.emplace());
  for (const HoursRule& rule : hours->rules) {
    if (!rule.days.everyday()) continue;
    reader.report.error(node.mark, "a local rule names its days, for example 'easter -48 days off' "
                                   "or '2026-12-24 off'");
    return;
  }
  if (hours->always) reader.report.error(node.mark, "'24/7' is no local rule; name days");
}

template <auto Member, void (*Short)(Reader&, const Node&, SitePart&), const Shape& (*ShapeOf)(),
          class T>
Key parts(const Type& short_type, const char* meaning) {
  Key key = Keys<T>::template as<Member, read_parts<Short, ShapeOf>>("sites", short_type, meaning,
                                                                     Form::Places);
  key.shape = ShapeOf;
  return key;
}

template <class T>
Key probes() {
  return Keys<T>::template as<&T::probes, read_probes>("probes", kProbes, "what asks it");
}

Key offline_key() {
  Key key = Keys<ServiceDraft>::as<&ServiceDraft::offline, read_offline>(
      "offline", kOfflineMode, "what is left without IT; a mode or details", Form::ShortOrMap);
  key.shape = offline_shape;
  return key;
}

Key estimates_key() {
  Key key{"estimates", "what repairs took in the past", nullptr, estimate_shape, Form::List};
  key.read = [](Reader& reader, const Node& node, void* target) {
    read_estimates(reader, node, static_cast<DistrictDraft*>(target)->estimates);
  };
  return key;
}

// A list of maps that keep the place where they stand.
template <auto Member, auto Read, const Shape& (*ShapeOf)()>
Key marked_list(const char* name, const char* meaning) {
  Key key{name, meaning, nullptr, ShapeOf, Form::List};
  key.read = [](Reader& reader, const Node& node, void* target) {
    Read(reader, node, static_cast<DistrictDraft*>(target)->*Member);
  };
  return key;
}

}  // namespace

const Shape& district_shape() {
  using K = Keys<DistrictDraft>;
  static const Shape shape{
      "district",
      "the district",
      "The top of every file. In a folder, the lists of all files are joined.",
      {K::once<&DistrictDraft::administration, &DistrictDraft::administration_at,
               administration_shape>("administration", "whose district this is; once"),
       K::list<&DistrictDraft::sites, site_shape>("sites", "places"),
       K::list<&DistrictDraft::offices, office_shape>("offices", "organisations"),
       K::list<&DistrictDraft::services, service_shape>("services", "what citizens come for"),
       K::list<&DistrictDraft::components, component_shape>("components", "what services stand on"),
       K::list<&DistrictDraft::providers, provider_shape>("providers", "who repairs or supplies"),
       K::list<&DistrictDraft::uplinks, uplink_shape>("uplinks",
                                                      "the observer's ways to the world"),
       K::list<&DistrictDraft::outposts, outpost_shape>("outposts",
                                                        "second places from which probes run"),
       K::list<&DistrictDraft::mutual, mutual_shape>("mutual", "loops of needs that are meant"),
       K::list<&DistrictDraft::local, local_shape>("local", "closures that are no public holidays"),
       K::as<&DistrictDraft::publish, read_targets>("publish", kTargets,
                                                    "where copies of the pages are kept"),
       K::once<&DistrictDraft::homepage, &DistrictDraft::homepage_at, homepage_shape>(
           "homepage", "that goes on while the real one is away; once"),
       K::list<&DistrictDraft::crews, crew_shape>("crews", "who repairs"),
       estimates_key(),
       K::once<&DistrictDraft::decision, &DistrictDraft::decision_at, decision_shape>(
           "decision", "of the opening decision; once"),
       K::list<&DistrictDraft::channels, channel_shape>("channels",
                                                        "ways to tell people, outside the house"),
       K::once<&DistrictDraft::subscriptions, &DistrictDraft::subscriptions_at,
               subscriptions_shape>("subscriptions", "statements by mail; once"),
       K::once<&DistrictDraft::mail, &DistrictDraft::mail_at, mail_shape>(
           "mail", "who takes mail while the house cannot; once"),
       marked_list<&DistrictDraft::plans, read_plans, plan_shape>("plans", "what is prepared"),
       marked_list<&DistrictDraft::fallbacks, read_fallbacks, fallback_shape>(
           "fallbacks", "what stands in for a while"),
       K::once<&DistrictDraft::intake, &DistrictDraft::intake_at, intake_shape>(
           "intake", "emergency intake at the counters; once"),
       K::once<&DistrictDraft::handbook, &DistrictDraft::handbook_at, handbook_shape>(
           "handbook", "of the emergency handbook; once"),
       K::once<&DistrictDraft::pack, &DistrictDraft::pack_at, pack_shape>(
           "pack", "of the counter packs; once")}};
  return shape;
}

const Shape& administration_shape() {
  using K = Keys<Administration>;
  static const Shape shape{
      "administration",
      "the administration",
      "",
      {K::as<&Administration::id, read_short_name>("id", kId, "short name for files and feeds"),
       K::of<&Administration::name>("name", "as on the letterhead").needed(),
       K::as<&Administration::ags, read_digits<5>>("ags", kKreisAgs, "official key").needed(),
       K::as<&Administration::time_zone, read_time_zone>("time_zone", kTimeZone,
                                                         "default Europe/Berlin"),
       K::as<&Administration::land, read_land>("land", kLand, "whose holidays hold; default NW"),
       K::as<&Administration::public_url, read_url>("public_url", kUrl,
                                                    "where citizens read the status page"),
       K::of<&Administration::phone>("phone", "shown on every page"),
       K::of<&Administration::imprint>("imprint", "who answers for the page"),
       K::map<&Administration::accessibility, accessibility_shape>(
           "accessibility", "what the accessibility statement says"),
       K::map<&Administration::legal, legal_shape>("legal", "which legal clocks are kept"),
       K::of<&Administration::observer_at>("observer_at", "where this program's machine stands"),
       K::of<&Administration::second_approval>(
           "second_approval", "statements need a second person before they go out; default no")}};
  return shape;
}

const Shape& accessibility_shape() {
  using K = Keys<Accessibility>;
  static const Shape shape{
      "accessibility",
      "the accessibility statement",
      "",
      {K::of<&Accessibility::contact>(
           "contact", "who takes feedback: telephone and postal address, no mail of the house"),
       K::of<&Accessibility::enforcement>("enforcement", "body to turn to if no answer comes"),
       K::of<&Accessibility::gaps>("gaps", "what is known not to be accessible; default nothing"),
       K::as<&Accessibility::reviewed, read_iso_day>("reviewed", kIsoDay,
                                                     "day it was last looked at")}};
  return shape;
}

const Shape& legal_shape() {
  using K = Keys<LegalDuties>;
  static const Shape shape{
      "legal",
      "which legal clocks are kept; a profile, no legal advice",
      "",
      {K::of<&LegalDuties::gdpr>("gdpr", "72 h to the data protection authority; default yes"),
       K::of<&LegalDuties::nis2>("nis2", "24 h, 72 h and a final report; default no"),
       K::of<&LegalDuties::voluntary>("voluntary", "offer a voluntary report; default yes"),
       K::of<&LegalDuties::authority>("authority", "who takes data protection reports")}};
  return shape;
}

const Shape& site_shape() {
  using K = Keys<SiteDraft>;
  static const Shape shape{
      "site",
      "a site",
      "A place where citizens or machines are.",
      {K::as<&SiteDraft::id, read_own_id<SiteId, IdKind::Site>>("id", kId, "short and stable")
           .needed(),
       K::of<&SiteDraft::name>("name", "as citizens call it").needed(),
       K::as<&SiteDraft::ags, read_digits<8>>("ags", kSiteAgs, "of its municipality"),
       K::of<&SiteDraft::address>("address", "street, postcode, town"),
       K::of<&SiteDraft::phone>("phone", "of the site"),
       K::of<&SiteDraft::needs>("needs", "what the building needs to be usable"),
       K::of<&SiteDraft::link>("link", "its ways to the centre; left out: it needs none"),
       probes<SiteDraft>()}};
  return shape;
}

const Shape& office_shape() {
  using K = Keys<OfficeDraft>;
  static const Shape shape{
      "office",
      "an office",
      "",
      {K::as<&OfficeDraft::id, read_own_id<OfficeId, IdKind::Office>>("id", kId, "short and stable")
           .needed(),
       K::of<&OfficeDraft::name>("name", "as citizens call it").needed(),
       K::of<&OfficeDraft::phone>("phone", "of the office"),
       K::as<&OfficeDraft::email, read_email>("email", kEmail, "of the office"),
       K::of<&OfficeDraft::hours>("hours", "at every site that gives none of its own"),
       K::of<&OfficeDraft::last_admission>("last_admission", "before closing; default none"),
       parts<&OfficeDraft::parts, read_hours_of_part, office_site_shape, OfficeDraft>(
           kHours, "where it is; list, or map to hours or details")
           .needed(),
       K::map<&OfficeDraft::regular, regular_shape>("regular",
                                                    "when its service counts as regular")}};
  return shape;
}

const Shape& office_site_shape() {
  using K = Keys<SitePart>;
  static const Shape shape{"office_site",
                           "an office's site",
                           "",
                           {K::of<&SitePart::hours>("hours", "where they differ from the office's"),
                            K::of<&SitePart::last_admission>("last_admission", "before closing"),
                            K::of<&SitePart::note>("note", "a remark for citizens")}};
  return shape;
}

const Shape& regular_shape() {
  using K = Keys<RegularCondition>;
  static const Shape shape{
      "regular",
      "a regular condition",
      "At least this many of these services must not be closed.",
      {K::of<&RegularCondition::at_least>("at_least", "default 1"),
       K::of<&RegularCondition::services>("services", "default: all with opening hours")}};
  return shape;
}

const Shape& service_shape() {
  using K = Keys<ServiceDraft>;
  static const Shape shape{
      "service",
      "a service",
      "",
      {K::as<&ServiceDraft::id, read_own_id<ServiceId, IdKind::Service>>("id", kId,
                                                                         "short and stable")
           .needed(),
       K::of<&ServiceDraft::name>("name", "as citizens call it").needed(),
       K::as<&ServiceDraft::kinds, read_kinds>("kind", kServiceKind, "how it is given",
                                               Form::OneOrList)
           .needed(),
       K::of<&ServiceDraft::offered>("offered", "by which offices").needed(),
       parts<&ServiceDraft::parts, read_extent_of_part, service_site_shape, ServiceDraft>(
           kExtent,
           "where; list, or map to extent or details; default: all sites of the offices, no site "
           "for kind `online` alone"),
       K::of<&ServiceDraft::hours>("hours", "where they differ from the offices', or `24/7`"),
       K::of<&ServiceDraft::needs>("needs", "what it stands on"),
       K::of<&ServiceDraft::rto>("rto", "time to reach the emergency level (Wiederanlaufzeit)"),
       K::of<&ServiceDraft::mtpd>("mtpd", "longest tolerable outage (maximal tolerierbare Zeit)"),
       K::of<&ServiceDraft::rpo>("rpo", "tolerable loss of data"),
       K::of<&ServiceDraft::emergency_level>("emergency_level", "Notbetriebsniveau in words"),
       K::of<&ServiceDraft::emergency_needs>("emergency_needs", "and what it needs"), offline_key(),
       K::of<&ServiceDraft::limit>("limit", "what citizens read when limited"),
       K::as<&ServiceDraft::leika, read_digits<14>>("leika", kLeika, "key of the catalogue"),
       probes<ServiceDraft>()}};
  return shape;
}

const Shape& service_site_shape() {
  using K = Keys<SitePart>;
  static const Shape shape{
      "service_site",
      "a service's site",
      "",
      {K::as<&SitePart::extent, read_extent>("extent", kExtent, "default full"),
       K::of<&SitePart::hours>("hours", "where they differ from the office's"),
       K::of<&SitePart::needs>("needs", "what only this place needs")}};
  return shape;
}

const Shape& offline_shape() {
  using K = Keys<Offline>;
  static const Shape shape{
      "offline",
      "an offline mode",
      "What is left of a service when its IT is down.",
      {K::as<&Offline::mode, read_offline_mode>("mode", kOfflineMode, "which").needed(),
       K::of<&Offline::text>("text", "what citizens read then"),
       K::of<&Offline::needs>("needs", "what the mode itself needs: telephone, printed list")}};
  return shape;
}

const Shape& component_shape() {
  using K = Keys<ComponentDraft>;
  static const Shape shape{
      "component",
      "a component",
      "",
      {K::as<&ComponentDraft::id, read_own_id<NodeId, IdKind::Component>>("id", kId,
                                                                          "short and stable")
           .needed(),
       K::of<&ComponentDraft::name>("name", "for the staff; default its id"),
       K::of<&ComponentDraft::public_name>("public_name", "what citizens read; default `name`"),
       K::of<&ComponentDraft::kind>("kind", "a free word: server, switch, ups, link, ..."),
       K::of<&ComponentDraft::site>("site", "where it stands; left out: outside the house"),
       K::of<&ComponentDraft::needs>("needs", "what it stands on"),
       K::of<&ComponentDraft::provider>("provider", "who repairs or supplies it"),
       K::of<&ComponentDraft::rto>("rto", "time to have it back"),
       K::of<&ComponentDraft::restart_time>("restart_time", "from power to service"),
       K::as<&ComponentDraft::restart_after, read_components>(
           "restart_after", kComponentRef, "components that must run first", Form::OneOrList),
       probes<ComponentDraft>()}};
  return shape;
}

const Shape& provider_shape() {
  using K = Keys<Provider>;
  static const Shape shape{
      "provider",
      "a provider",
      "",
      {K::as<&Provider::id, read_own_id<ProviderId, IdKind::Provider>>("id", kId,
                                                                       "short and stable")
           .needed(),
       K::of<&Provider::name>("name", "of the firm or body").needed(),
       K::of<&Provider::contact>("contact", "that works when the house's telephone is dead"),
       K::of<&Provider::contract_time>("contract_time", "when they must come, in words")}};
  return shape;
}

const Shape& uplink_shape() {
  using K = Keys<UplinkDraft>;
  static const Shape shape{
      "uplink",
      "an uplink",
      "Its probes are anchors: they ask the observer's own leg.",
      {K::as<&UplinkDraft::id, read_own_id<UplinkId, IdKind::Uplink>>("id", kId, "short and stable")
           .needed(),
       K::of<&UplinkDraft::name>("name", "house network, LTE, ..."),
       K::as<&UplinkDraft::bind, read_numeric_address>("bind", kAddress,
                                                       "local address to send from"),
       K::of<&UplinkDraft::house>("house", "it is the administration's own network"),
       K::of<&UplinkDraft::outpost>("outpost", "whose leg it is; default this machine's"),
       probes<UplinkDraft>()}};
  return shape;
}

const Shape& mutual_shape() {
  using K = Keys<LoopGroup>;
  static const Shape shape{"mutual",
                           "a mutual group",
                           "Components that may need each other in a loop.",
                           {K::as<&LoopGroup::id, read_own_id<std::string, IdKind::Mutual>>(
                                "id", kId, "short and stable")
                                .needed(),
                            K::as<&LoopGroup::members, read_components>(
                                "members", kComponentRef, "components of the loop", Form::OneOrList)
                                .needed()}};
  return shape;
}

const Shape& local_shape() {
  using K = Keys<LocalDraft>;
  static const Shape shape{
      "local",
      "a local rule",
      "",
      {K::of<&LocalDraft::name>("name", "what citizens read as the cause").needed(),
       K::as<&LocalDraft::hours, read_local_hours>("hours", kHours, "of the days it names")
           .needed(),
       K::of<&LocalDraft::sites>("sites", "default everywhere"),
       K::of<&LocalDraft::offices>("offices", "default all")}};
  return shape;
}

}  // namespace dienstbereit::config
