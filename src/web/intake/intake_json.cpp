// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/intake/intake_json.h"

#include <algorithm>
#include <cmath>

#include "base/base64.h"
#include "base/hash.h"
#include "web/answers.h"

namespace dienstbereit::web {
namespace {

constexpr std::size_t kVersionDigits = 16;

// Without an English text the German one stands there: counters need both.
Json both_of(const Wording& wording) {
  return {{"de", wording.de}, {"en", wording.en.empty() ? wording.de : wording.en}};
}

Json to_json(const FormField& field) {
  Json json{{"id", field.id}, {"label", both_of(field.label)}};
  if (!field.help.empty()) json["help"] = both_of(field.help);
  json["type"] = name_of(field.type);
  json["required"] = field.required;
  json["max"] = field.max;
  if (!field.choices.empty()) {
    json["choices"] = Json::array();
    for (const FormChoice& choice : field.choices) {
      json["choices"].push_back({{"id", choice.id}, {"label", both_of(choice.label)}});
    }
  }
  if (field.hint != HintPart::None) json["hint"] = name_of(field.hint);
  return json;
}

Json to_json(const IntakeForm& form) {
  Json fields = Json::array();
  for (const FormField& field : form.fields) fields.push_back(to_json(field));
  Json originals = Json::array();
  for (const FormOriginal& original : form.originals) {
    originals.push_back({{"code", original.code}, {"label", both_of(original.label)}});
  }
  return {{"form", form.id},
          {"version", form.version},
          {"title", both_of(form.title)},
          {"purpose", both_of(form.purpose)},
          {"fields", std::move(fields)},
          {"originals", std::move(originals)},
          {"proves_not", both_of(form.proves_not)}};
}

// The newest key of an office that two people vouch for.
const OfficeKey* key_of(const std::vector<OfficeKey>& keys, const OfficeId& office) {
  const OfficeKey* found = nullptr;
  for (const OfficeKey& key : keys) {
    if (key.office != office || !key.confirmed_at) continue;
    if (found == nullptr || key.confirmed_at > found->confirmed_at) found = &key;
  }
  return found;
}

Json office_json(const District& district, const OfficeId& id, const std::vector<OfficeKey>& keys) {
  const Office* office = find_office(district, id);
  const OfficeKey* key = key_of(keys, id);
  return {{"office", id.str()},
          {"name", both_of(office != nullptr ? office->name : Wording{id.str(), ""})},
          {"key_id", key ? Json(key->id) : Json(nullptr)},
          {"public_key", key ? Json(to_base64(key->public_key)) : Json(nullptr)}};
}

// Offers of a service at a site, one an office; everywhere without a site.
std::vector<OfficeId> offices_of(const Service& service, const std::optional<SiteId>& site) {
  std::vector<OfficeId> all;
  for (const Offer& offer : service.offers) {
    if (site && offer.site != *site) continue;
    if (std::find(all.begin(), all.end(), offer.office) == all.end()) all.push_back(offer.office);
  }
  return all;
}

Json optional_time(const std::optional<Instant>& t) { return time_or_null(t); }

}  // namespace

Json setup_json(const Situation& situation, const std::optional<SiteId>& site,
                const std::vector<OfficeKey>& keys) {
  const District& district = *situation.district;
  Json services = Json::array();
  Json forms = Json::array();
  std::vector<OfficeId> offices;
  std::vector<std::string> used;
  for (const IntakeService& one : district.intake.services) {
    const Service* service = find_service(district, one.service);
    const IntakeForm* form = find_form(district, one.form);
    if (service == nullptr || form == nullptr) continue;
    for (const OfficeId& office : offices_of(*service, site)) {
      services.push_back({{"service", one.service.str()},
                          {"office", office.str()},
                          {"name", both_of(service->name)},
                          {"form", one.form},
                          {"what_next", both_of(one.what_next)}});
      if (std::find(offices.begin(), offices.end(), office) == offices.end()) {
        offices.push_back(office);
      }
      if (std::find(used.begin(), used.end(), one.form) == used.end()) {
        used.push_back(one.form);
        forms.push_back(to_json(*form));
      }
    }
  }
  Json listed = Json::array();
  for (const OfficeId& office : offices) listed.push_back(office_json(district, office, keys));
  const Wording& title = district.intake.title;
  Json setup{{"title", both_of(title.empty() ? district.administration.name : title)},
             {"status_url", district.administration.public_url},
             {"exercise", situation.exercise},
             {"offices", std::move(listed)},
             {"services", std::move(services)},
             {"forms", std::move(forms)},
             {"retention_hours",
              std::chrono::floor<std::chrono::hours>(district.intake.retention).count()}};
  Json versioned{{"setup_version", to_hex(sha256(dump(setup))).substr(0, kVersionDigits)}};
  versioned.update(setup);
  return versioned;
}

Json enrolled_json(const Situation& situation, const IntakeAnswer& answer) {
  const IntakeDevice& device = *answer.device;
  const Site* site = find_site(*situation.district, device.site);
  return {{"device", device.id.str()},
          {"token", answer.secret},
          {"site", device.site.str()},
          {"site_name", both_of(site != nullptr ? site->name : Wording{device.site.str(), ""})},
          {"counter", device.counter},
          {"hint_key", to_base64(answer.hint_key)},
          {"setup", setup_json(situation, device.site, answer.keys)}};
}

Json to_json(const TakenRecord& taken) {
  Json json{{"sequence", taken.sequence}, {"state", name_of(taken.state)}};
  if (taken.error) {
    json["error"] = {{"code", name_of(taken.error->code)}, {"message", taken.error->message}};
  }
  return json;
}

Json to_json(const IntakeCase& one) {
  const IntakeRecord& r = one.record;
  Json history = Json::array();
  for (const IntakeMove& move : one.history) {
    Json entry{{"state", name_of(move.state)}, {"at", to_rfc3339(move.at)}, {"by", move.by}};
    if (!move.reason.empty()) entry["reason"] = move.reason;
    history.push_back(std::move(entry));
  }
  Json duplicates = Json::array();
  for (const IntakeId& id : one.duplicates) duplicates.push_back(id.str());
  // Only what its device has signed is ever kept.
  return {{"device", r.device.str()},
          {"sequence", r.sequence},
          {"id", r.id.str()},
          {"form", r.form},
          {"form_version", r.form_version},
          {"office", r.office.str()},
          {"service", r.service.str()},
          {"receipt", r.receipt},
          {"recorded_at", r.recorded_at},
          {"key_id", r.key_id},
          {"urgency", name_of(r.urgency)},
          {"originals", r.originals},
          {"hint", r.hint},
          {"sealed", to_base64(r.sealed)},
          {"signature", to_base64(r.signature)},
          {"verified", true},
          {"state", name_of(one.state)},
          {"received_at", to_rfc3339(one.received_at)},
          {"file_number", one.file_number},
          {"duplicate_of", one.duplicate_of.empty() ? Json(nullptr) : Json(one.duplicate_of.str())},
          {"history", std::move(history)},
          {"duplicates", std::move(duplicates)}};
}

Json to_json(const CustodyEntry& entry) {
  Json json{{"id", entry.id.str()},
            {"item", entry.item},
            {"kind", name_of(entry.kind)},
            {"at", to_rfc3339(entry.at)},
            {"by", entry.by}};
  if (!entry.to.empty()) json["to"] = entry.to;
  return json;
}

Json to_json(const IntakeDevice& device) {
  return {{"device", device.id.str()},
          {"site", device.site.str()},
          {"counter", device.counter},
          {"label", device.label},
          {"enrolled", device.enrolled},
          {"made_at", to_rfc3339(device.made_at)},
          {"code_until", optional_time(device.code_until)},
          {"pending", device.pending},
          {"oldest_pending", optional_time(device.oldest_pending)},
          {"heard", optional_time(device.heard)},
          {"received", device.received}};
}

Json to_json(const OfficeKey& key) {
  return {{"key_id", key.id},
          {"office", key.office.str()},
          {"public_key", to_base64(key.public_key)},
          {"made_by", key.made_by},
          {"made_at", to_rfc3339(key.made_at)},
          {"confirmed", key.confirmed_at.has_value()},
          {"confirmed_by", key.confirmed_by.empty() ? Json(nullptr) : Json(key.confirmed_by)},
          {"confirmed_at", optional_time(key.confirmed_at)}};
}

Json to_json(const IntakeConflict& conflict) {
  return {{"device", conflict.device.str()},
          {"sequence", conflict.sequence},
          {"id", conflict.id.str()},
          {"digest", conflict.digest},
          {"received_at", to_rfc3339(conflict.received_at)}};
}

Json to_json(const BacklogCounted& backlog) {
  Json services = Json::array();
  for (const ServiceBacklog& one : backlog.services) {
    services.push_back({{"office", one.office.str()},
                        {"service", one.service.str()},
                        {"waiting", one.waiting},
                        {"oldest", optional_time(one.oldest)},
                        {"per_day", std::round(one.per_day * 10) / 10},
                        {"expected_end", optional_time(one.expected_end)}});
  }
  return services;
}

}  // namespace dienstbereit::web
