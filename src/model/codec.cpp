// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/codec.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "base/text.h"

namespace dienstbereit::codec {
namespace {

constexpr int kDeepest = 16;
constexpr std::size_t kShownKey = 40;

bool is_plain(std::string_view text) {
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return c >= ' ' && c < '\x7f' && c != '"' && c != '\\'; });
}

}  // namespace

// ---- writing -----------------------------------------------------------------------------------

void Writer::begin(const char* key) {
  text_ += text_.empty() ? '{' : ',';
  text_ += '"';
  text_ += key;
  text_ += "\":";
}

std::string Writer::take() {
  text_ += text_.empty() ? "{}" : "}";
  return std::move(text_);
}

void Writer::put(std::string_view text) {
  if (is_plain(text)) {
    text_ += '"';
    text_ += text;
    text_ += '"';
  } else {
    text_ += Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
  }
}

void Writer::put(double value) {
  constexpr double kLargest = std::numeric_limits<double>::max();
  text_ += Json(std::isnan(value) ? 0 : std::clamp(value, -kLargest, kLargest)).dump();
}

void Writer::put(Instant value) {
  style_ == Style::People ? put(std::string_view(to_rfc3339(value)))
                          : put(value.time_since_epoch().count());
}

void Writer::put(Duration value) {
  style_ == Style::People ? put(std::string_view(to_text(value))) : put(value.count());
}

void Writer::put(Interval value) {
  fmt::format_to(std::back_inserter(text_), "[{},{}]", static_cast<int>(value.best),
                 static_cast<int>(value.worst));
}

// ---- reading -----------------------------------------------------------------------------------

void Reader::refuse(const std::string& key, const char* expected) {
  if (problem_.empty()) problem_ = fmt::format("'{}' is not {}", place_of(key), expected);
}

void Reader::finish() {
  if (style_ == Style::Journal || !object_.is_object() || !problem_.empty()) return;
  for (const auto& [key, value] : object_.items()) {
    if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
    problem_ = fmt::format("unknown key '{}'; known are {}", place_of(clean(key, kShownKey)),
                           join(known_, ", "));
    return;
  }
}

const Json* Reader::find(const char* key, bool optional) {
  known_.emplace_back(key);
  if (!object_.is_object()) return nullptr;
  const auto found = object_.find(key);
  if (found != object_.end() && !(style_ == Style::People && found->is_null())) return &*found;
  if (!optional && style_ == Style::Journal) refuse(key, "there");
  return nullptr;
}

void Reader::take(const char* key, const Json& json, std::string& value) {
  if (!json.is_string()) return refuse(key, "a text");
  value = json.get<std::string>();
  if (style_ == Style::People && !is_utf8(value)) refuse(key, "UTF-8");
}

void Reader::take(const char* key, const Json& json, bool& value) {
  // People's tools may have nothing but texts.
  const bool as_text = style_ == Style::People && (json == "true" || json == "false");
  if (as_text) {
    value = json == "true";
  } else {
    json.is_boolean() ? void(value = json.get<bool>()) : refuse(key, "true or false");
  }
}

void Reader::take(const char* key, const Json& json, double& value) {
  if (style_ == Style::Journal && json.is_null()) return;
  json.is_number() ? void(value = json.get<double>()) : refuse(key, "a number");
}

void Reader::take(const char* key, const Json& json, Instant& value) {
  if (style_ == Style::Journal) {
    if (!json.is_number_integer()) return refuse(key, "a whole number");
    value = Instant(Duration(json.get<std::int64_t>()));
    return;
  }
  const auto parsed = json.is_string() ? parse_rfc3339(json.get<std::string>())
                                       : Result<Instant>(fail(Errc::InvalidInput, "no text"));
  parsed ? void(value = *parsed) : refuse(key, "a time such as \"2026-11-23T07:10:00+01:00\"");
}

void Reader::take(const char* key, const Json& json, Duration& value) {
  if (style_ == Style::Journal) {
    if (!json.is_number_integer()) return refuse(key, "a whole number");
    value = Duration(json.get<std::int64_t>());
    return;
  }
  const auto parsed = json.is_string() ? parse_duration(json.get<std::string>())
                                       : Result<Duration>(fail(Errc::InvalidInput, "no text"));
  parsed ? void(value = *parsed) : refuse(key, "a duration such as \"90 min\"");
}

void Reader::take(const char* key, const Json& json, Day& value) {
  const auto parsed = json.is_string() ? parse_day(json.get<std::string>())
                                       : Result<Day>(fail(Errc::InvalidInput, "no text"));
  parsed ? void(value = *parsed) : refuse(key, "a day");
}

void Reader::take(const char* key, const Json& json, Interval& value) {
  const auto is_end = [](const Json& end) {
    return end.is_number_unsigned() && end.get<unsigned>() <= 2;
  };
  if (!json.is_array() || json.size() != 2 || !is_end(json[0]) || !is_end(json[1])) {
    return refuse(key, "two health states");
  }
  value = {static_cast<Health>(json[0].get<unsigned>()),
           static_cast<Health>(json[1].get<unsigned>())};
  if (value.best > value.worst) refuse(key, "best before worst");
}

std::optional<Json> parse_bounded(std::string_view text) {
  bool too_deep = false;
  const auto watch = [&](int depth, Json::parse_event_t, Json&) {
    too_deep = too_deep || depth > kDeepest;
    return !too_deep;
  };
  Json json = Json::parse(text, watch, /*allow_exceptions=*/false);
  if (too_deep || json.is_discarded()) return std::nullopt;
  return json;
}

}  // namespace dienstbereit::codec
