// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The table of keys of emergency intake and of its forms.
#include <fmt/format.h>

#include "config/limits.h"
#include "config/shapes.h"
#include "config/values.h"

namespace dienstbereit::config {
namespace {

const Type kFieldType{
    "field_type", "`text` `date` `choice` `number` `phone` `plate` `vin` `evb` `iban` `month`",
    R"({"enum":["text","date","choice","number","phone","plate","vin","evb","iban","month"]})"};
const Type kHintPart{"hint_part", "`name`, `birth_date` or `vin`",
                     R"({"enum":["name","birth_date","vin"]})"};
const Type kFormRef{"form_id", "id of a form of the folder `forms`",
                    R"({"type":"string","pattern":"^[A-Za-z0-9][A-Za-z0-9._-]{0,39}$"})"};
const Type kHttpsUrl{"https_url", "`https://` address without path",
                     R"({"type":"string","pattern":"^https://"})"};

// Of a form's own name space.
void read_plain_id(Reader& reader, const Node& node, std::string& id) {
  read_text(reader, node, id);
  if (!valid_id(id)) reader.report.error(node.mark, id_rule(id));
}

void read_field_type(Reader& reader, const Node& node, FieldType& type) {
  std::vector<Choice> choices;
  for (int i = 0; i <= static_cast<int>(FieldType::Month); ++i) {
    choices.push_back({name_of(static_cast<FieldType>(i)), i});
  }
  if (const auto chosen = choose(reader, node, choices)) type = static_cast<FieldType>(*chosen);
}

void read_hint_part(Reader& reader, const Node& node, HintPart& part) {
  const auto chosen = choose(reader, node, {{"name", 1}, {"birth_date", 2}, {"vin", 3}});
  if (chosen) part = static_cast<HintPart>(*chosen);
}

void read_version(Reader& reader, const Node& node, unsigned& version) {
  read_count(reader, node, version);
  if (version < 1) reader.report.error(node.mark, "versions count from 1");
}

// It must be one that browsers take for a secure place, or neither keys nor offline pages work.
void read_https(Reader& reader, const Node& node, std::string& url) {
  read_url(reader, node, url);
  while (url.ends_with('/')) url.pop_back();
  const auto host = url.find("://");
  if (url.empty() ||
      (url.starts_with("https://") && url.find_first_of("/?#", host + 3) == std::string::npos)) {
    return;
  }
  reader.report.error(node.mark, fmt::format("'{}' is not https:// and a host alone; browsers keep "
                                             "keys and work offline there only",
                                             url));
}

void read_retention(Reader& reader, const Node& node, Duration& duration) {
  read_duration(reader, node, duration);
  if (duration >= std::chrono::hours(1) && duration <= std::chrono::hours(72)) return;
  reader.report.error(node.mark, "drafts are kept between 1 h and 72 h");
}

void read_grace(Reader& reader, const Node& node, Duration& duration) {
  read_duration(reader, node, duration);
  if (duration <= std::chrono::hours(24 * 366)) return;
  reader.report.error(node.mark, "the time of grace is at most 366 d");
}

const Shape& choice_shape() {
  using K = Keys<FormChoice>;
  static const Shape shape{
      "form_choice",
      "a choice",
      "",
      {K::as<&FormChoice::id, read_plain_id>("id", kId, "short and stable").needed(),
       K::of<&FormChoice::label>("label", "what people choose").needed()}};
  return shape;
}

const Shape& field_shape() {
  using K = Keys<FormField>;
  static const Shape shape{
      "form_field",
      "a field",
      "",
      {K::as<&FormField::id, read_plain_id>("id", kId, "unique in the form").needed(),
       K::of<&FormField::label>("label", "what is asked").needed(),
       K::of<&FormField::help>("help", "where people find it"),
       K::as<&FormField::type, read_field_type>("type", kFieldType, "what is checked").needed(),
       K::of<&FormField::required>("required", "default false"),
       K::of<&FormField::max>("max", "characters; default 80"),
       K::list<&FormField::choices, choice_shape>("choices", "of type `choice`"),
       K::as<&FormField::hint, read_hint_part>(
           "hint", kHintPart, "part of the keyed hash that hints at the same case")}};
  return shape;
}

const Shape& original_shape() {
  using K = Keys<FormOriginal>;
  static const Shape shape{
      "form_original",
      "an original",
      "Something people leave at the counter; it is followed until it goes back.",
      {K::as<&FormOriginal::code, read_plain_id>("code", kId, "unique in the form").needed(),
       K::of<&FormOriginal::label>("label", "what it is").needed()}};
  return shape;
}

}  // namespace

const Shape& form_shape() {
  using K = Keys<FormDraft>;
  static const Shape shape{
      "form",
      "a form",
      "The top of each file of the folder `forms`.",
      {K::as<&FormDraft::id, read_plain_id>("form", kId, "its id, unique in the district").needed(),
       K::as<&FormDraft::version, read_version>("version", kCount,
                                                "one more with each change of the fields")
           .needed(),
       K::of<&FormDraft::title>("title", "as the counter reads it").needed(),
       K::of<&FormDraft::purpose>("purpose", "what the data is for, and by which law").needed(),
       K::list<&FormDraft::fields, field_shape>("fields", "as few as can be").needed(),
       K::list<&FormDraft::originals, original_shape>("originals", "what may be left here"),
       K::of<&FormDraft::proves_not>("proves_not", "what the receipt does not prove").needed()}};
  return shape;
}

const Shape& intake_service_shape() {
  using K = Keys<IntakeServiceDraft>;
  static const Shape shape{
      "intake_service",
      "a service of emergency intake",
      "",
      {K::of<&IntakeServiceDraft::service>("service", "that counters take cases in for").needed(),
       K::as<&IntakeServiceDraft::form, read_plain_id>("form", kFormRef, "that is filled in")
           .needed(),
       K::of<&IntakeServiceDraft::what_next>("what_next", "how it goes on; stands on the receipt")
           .needed()}};
  return shape;
}

const Shape& intake_shape() {
  static const Shape shape = [] {
    using K = Keys<IntakeDraft>;
    Key services{"services", "that are taken in", nullptr, intake_service_shape, Form::List};
    services.read = [](Reader& reader, const Node& node, void* target) {
      for (const Node* item : items_of(reader, node)) {
        auto& service = static_cast<IntakeDraft*>(target)->written.emplace_back();
        service.mark = item->mark;
        read_shape(reader, *item, intake_service_shape(), &service);
      }
    };
    return Shape{
        "intake",
        "emergency intake",
        "What counters take in while the business applications are down ([intake.md](intake.md)).",
        {K::as<&IntakeDraft::url, read_https>("url", kHttpsUrl, "where counters open the page"),
         K::as<&IntakeDraft::ca_file, read_file_name>(
             "ca_file", kFileName, "that counters trust; default: the system's trust store"),
         K::of<&IntakeDraft::title>("title", "of the page"),
         K::as<&IntakeDraft::retention, read_retention>(
             "retention", kDuration, "how long drafts stay in a browser; default 12 h"),
         K::as<&IntakeDraft::grace, read_grace>(
             "grace", kDuration, "from the confirmation to the deletion; default 30 d"),
         services.needed()}};
  }();
  return shape;
}

}  // namespace dienstbereit::config
