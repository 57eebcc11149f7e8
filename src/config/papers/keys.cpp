// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The keys of the handbook and the counter packs, and what must hold of them.
#include <set>

#include <fmt/format.h>

#include "config/check/checks.h"
#include "config/shapes.h"
#include "config/values.h"

namespace dienstbereit::config {
namespace {

const Type kAbsolutePath{"absolute_path", "absolute path", R"({"type":"string","pattern":"^/"})"};
const Type kRecipientId{"recipient_id", "id of a recipient in the contacts",
                        R"({"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]*$"})"};
const Type kNightTime{"night_time", "a time of day: `02:00`",
                      R"({"type":"string","pattern":"^[0-9]{2}:[0-9]{2}$"})"};

void read_path(Reader& reader, const Node& node, std::string& path) {
  read_text(reader, node, path);
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  if (path.size() < 2 || path[0] != '/' || (path + "/").find("/../") != std::string::npos) {
    reader.report.error(node.mark, fmt::format("'{}' is no absolute path without '..'", path));
  }
}

void read_recipient(Reader& reader, const Node& node, RecipientId& id) {
  std::string text;
  read_text(reader, node, text);
  if (!valid_id(text)) reader.report.error(node.mark, id_rule(text));
  id = RecipientId(std::move(text));
}

void read_night_time(Reader& reader, const Node& node, Minutes& at) {
  std::string text;
  read_text(reader, node, text);
  const auto minute = parse_hhmm(text);
  if (minute && *minute < std::chrono::hours(24)) {
    at = *minute;
  } else {
    reader.report.error(node.mark,
                        fmt::format("'{}' is no time of day; write one like \"02:00\"", text));
  }
}

void read_age(Reader& reader, const Node& node, Duration& age) {
  read_duration(reader, node, age);
  if (age < kShortestPaperAge || age > kLongestPaperAge) {
    reader.report.error(node.mark,
                        fmt::format("it lies between {} and {}", to_text(kShortestPaperAge),
                                    to_text(kLongestPaperAge)));
  }
}

void read_forms(Reader& reader, const Node& node, unsigned& forms) {
  read_count(reader, node, forms);
  if (forms > kMostForms) {
    reader.report.error(node.mark, fmt::format("at most {} blank forms a service", kMostForms));
  }
}

// A list of site ids, or a map from site id to a folder or to details.
void read_sites(Reader& reader, const Node& node, std::vector<PackSiteDraft>& sites) {
  const auto add = [&](const std::string& id, Mark mark) -> PackSiteDraft& {
    PackSiteDraft& site = sites.emplace_back();
    site.site = SiteId(id);
    site.mark = mark;
    reader.places.uses.push_back(Use{Use::Wanted::Site, id, mark});
    return site;
  };
  if (node.kind != Node::Kind::Map) {
    for (const Node* item : one_or_items(node)) {
      if (const std::string* id = text_of(reader, *item)) add(*id, item->mark);
    }
    return;
  }
  for (const Node::Entry& entry : node.entries) {
    PackSiteDraft& site = add(entry.key, entry.key_mark);
    if (entry.value.kind == Node::Kind::Map) {
      read_shape(reader, entry.value, pack_site_shape(), &site);
    } else if (entry.value.kind != Node::Kind::Null) {
      read_path(reader, entry.value, site.to);
    }
  }
}

}  // namespace

const Shape& handbook_shape() {
  using K = Keys<HandbookSpec>;
  static const Shape shape{
      "handbook",
      "the emergency handbook",
      "Written by `dienstbereit handbook`; everything else in it follows from the district.",
      {K::as<&HandbookSpec::max_age, read_age>("max_age", kDuration,
                                               "it is to be printed again by then; default 30 d"),
       K::list<&HandbookSpec::roles, handbook_role_shape>("roles", "who does what")}};
  return shape;
}

const Shape& handbook_role_shape() {
  using K = Keys<EmergencyRole>;
  static const Shape shape{
      "handbook_role",
      "a role",
      "People are named by their ids in the contacts: no name stands in a district.",
      {K::of<&EmergencyRole::role>("role", "lead, information technology, press, ...").needed(),
       K::of<&EmergencyRole::duties>("duties", "what it does"),
       K::as<&EmergencyRole::held_by, read_recipient>("held_by", kRecipientId,
                                                      "default blank, to be filled in by hand"),
       K::as<&EmergencyRole::deputy, read_recipient>("deputy", kRecipientId, "the same")}};
  return shape;
}

const Shape& pack_shape() {
  using K = Keys<PackDraft>;
  Key sites = K::as<&PackDraft::at_sites, read_sites>(
                  "sites", kAbsolutePath, "which sites get one, and where to", Form::Places)
                  .needed();
  sites.shape = pack_site_shape;
  static const Shape shape{
      "pack",
      "the counter packs",
      "What each site needs when nothing else works, written every night and sealed with the "
      "secret `pack-SITE`, which is kept on paper there.",
      {sites, K::as<&PackDraft::at, read_night_time>("at", kNightTime, "when; default 02:00"),
       K::as<&PackDraft::max_age, read_age>("max_age", kDuration,
                                            "an older one is complained of; default 36 h"),
       K::as<&PackDraft::keep, read_age>("keep", kDuration,
                                         "older ones are removed, never the newest; default 14 d"),
       K::as<&PackDraft::forms, read_forms>("forms", kCount,
                                            "blank ones for each service that takes in without IT; "
                                            "default 5"),
       K::list<&PackDraft::partners, partner_shape>("partners",
                                                    "offices elsewhere to send visitors to")}};
  return shape;
}

const Shape& pack_site_shape() {
  using K = Keys<PackSiteDraft>;
  static const Shape shape{
      "pack_site",
      "a site's pack",
      "",
      {K::as<&PackSiteDraft::to, read_path>("to", kAbsolutePath,
                                            "folder here that the site can reach; it is there"),
       K::list<&PackSiteDraft::appointments, appointments_shape>("appointments",
                                                                 "lists of appointments")}};
  return shape;
}

const Shape& appointments_shape() {
  using K = Keys<AppointmentSource>;
  static const Shape shape{
      "appointments",
      "a list of appointments",
      "As the appointment system exports it every day ([appointments.md](appointments.md)).",
      {K::of<&AppointmentSource::office>("office", "whose").needed(),
       K::as<&AppointmentSource::file, read_path>("file", kAbsolutePath, "`.ics`, else CSV")
           .needed()}};
  return shape;
}

const Shape& partner_shape() {
  using K = Keys<PartnerOffice>;
  static const Shape shape{
      "partner",
      "a partner office",
      "",
      {K::of<&PartnerOffice::name>("name", "as visitors find it").needed(),
       K::of<&PartnerOffice::services>("services", "of this district, that it can give").needed(),
       K::of<&PartnerOffice::address>("address", "street, postcode, town"),
       K::of<&PartnerOffice::phone>("phone", "to ask beforehand"),
       K::of<&PartnerOffice::hours>("hours", "when, in words"),
       K::of<&PartnerOffice::conditions>("conditions", "whom it takes, with which papers")}};
  return shape;
}

void check_papers(const District& district, const DistrictDraft& draft, Reader& reader) {
  std::set<SiteId> known;
  for (const PackSiteDraft& site : draft.pack.at_sites) {
    if (!known.insert(site.site).second) {
      reader.report.error(site.mark,
                          fmt::format("site '{}' stands twice; remove one", site.site.str()));
    }
    for (const AppointmentSource& source : site.appointments) {
      if (find_office(district, source.office) == nullptr ||
          find_place(district, source.office, site.site) != nullptr) {
        continue;
      }
      reader.report.error(site.mark, fmt::format("office '{}' is not at site '{}', so it has no "
                                                 "appointments there",
                                                 source.office.str(), site.site.str()));
    }
  }
}

}  // namespace dienstbereit::config
