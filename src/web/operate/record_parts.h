// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/record/record.h"
#include "web/operate/desk.h"

// What the pages of the record share.
namespace dienstbereit::web::operate {

// ---- reading a form ----------------------------------------------------------------------------

// What the visitor typed, where a form is shown again; else `stored`.
std::string kept(const Visit& visit, std::string_view field, const std::string& stored = {});
// "2026-11-23T08:00" in the administration's civil time, as browsers send and take it.
std::optional<Instant> time_in(const Visit& visit, std::string_view field);
std::string time_value(const Visit& visit, const std::optional<Instant>& t);
Wording wording_in(const Visit& visit, std::string_view field);  // "title_de", "title_en"
unsigned version_in(const Visit& visit);
// Ids that were ticked.
template <class Id>
std::vector<Id> ids_in(const Visit& visit, std::string_view field) {
  std::vector<Id> ids;
  for (const std::string& id : visit.form.values(field)) ids.push_back(Id(id));
  return ids;
}
// Hours with a fraction, "1,5": nothing where it is no number or out of bounds.
std::optional<Duration> hours_in(const Visit& visit, std::string_view field);
std::string hours_value(Duration d);

// ---- writing it --------------------------------------------------------------------------------

Field time_field(const Pen& pen, const Visit& visit, std::string_view name, std::string_view key,
                 const std::optional<Instant>& stored);
// Two areas, German and English; the German one must be filled.
void wording_fields(FormWriter& form, const Pen& pen, const Visit& visit, std::string_view name,
                    std::string_view key, const Wording& stored, bool required = true);

// "Frau Beispiel", "Dienstbereit" for what rules wrote, "Kommandozeile"; the id of who is erased.
std::string author(const Desk& desk, const Pen& pen, const std::string& actor);
// "heute, 07:10 Uhr, Frau Beispiel".
std::string written(const Desk& desk, const Pen& pen, const Written& by);
// As those who repair call it, with its id: citizens' names may be the same for several.
std::string technical_name(const Pen& pen, const NodeId& node);
std::string names_of(const Pen& pen, const std::vector<NodeId>& nodes);
// The text of "operate.level." and "crisis".
std::string label_of(const Pen& pen, std::string_view prefix, const char* name);
std::vector<Option> options_of(const Pen& pen, std::string_view prefix,
                               const std::vector<const char*>& names);

// Who can be asked to do something: nobody first, then every account that is not locked.
std::vector<Option> people(const Desk& desk, const Pen& pen);

// `content` behind a line that unfolds it; open where its form is shown again.
class Folded {
 public:
  Folded(const Pen& pen, const std::string& summary, bool open);

 private:
  Html::Element details_;
};

// The answer that says what is done, from "?done=".
std::optional<Notice> done_notice(const Visit& visit);
Response no_such_thing(const Desk& desk, const Visit& visit);

// The incident that the rest of the path names.
const Incident* incident_in(const Visit& visit);
// The pages of one incident, to go between.
void write_tabs(const Pen& pen, const Visit& visit, const Incident& incident);
std::string incident_title(const Pen& pen, const Incident& incident);

}  // namespace dienstbereit::web::operate
