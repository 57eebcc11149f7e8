// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <concepts>
#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/strong.h"
#include "base/time.h"
#include "model/district.h"
#include "model/health.h"
#include "model/reason.h"
#include "model/scope.h"

// The text form of values, for the journal and for commands. A struct says its fields once,
//
//   template <class A>
//   void fields(A& a, WordWithdrawn& e) {
//     a("id", e.id);
//     a("reason", e.reason);
//   }
//
// and a Writer or a Reader goes over them. Included by the sources of model only.
namespace dienstbereit::codec {

using Json = nlohmann::ordered_json;

// Journal: times are milliseconds, every field is there, unknown ones are passed over. People:
// times are RFC 3339 and durations "90 min", a field may be absent (it keeps its default), an
// unknown one is an error.
enum class Style : std::uint8_t { Journal, People };

inline constexpr std::size_t kMostItems = 5'000;  // of one list

template <class T>
struct IsStrong : std::false_type {};
template <class Tag>
struct IsStrong<StrongString<Tag>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

// Writes the text straight away: the journal's hot path.
class Writer {
 public:
  explicit Writer(Style style = Style::Journal) : style_(style) {}

  template <class T>
  void operator()(const char* key, const T& value) {
    if constexpr (IsOptional<T>::value) {
      if (value) (*this)(key, *value);
    } else {
      begin(key);
      put(value);
    }
  }
  // An enumerator by its name_of(); `lookup` is for the Reader.
  template <class Enum, class Lookup>
  void operator()(const char* key, const Enum& value, Lookup) {
    begin(key);
    put(std::string_view(name_of(value)));
  }

  // What a Reader may find missing.
  template <class T>
  void later(const char* key, const T& value) {
    (*this)(key, value);
  }

  // The object's text; nothing may be written after it.
  std::string take();

 private:
  void begin(const char* key);
  void put(std::string_view text);  // in quotes, escaped; what is no UTF-8 becomes U+FFFD
  void put(bool value) { text_ += value ? "true" : "false"; }
  void put(double value);  // JSON has finite numbers only: NaN becomes 0, infinity the largest
  void put(Instant value);
  void put(Duration value);
  void put(Day value) { put(std::string_view(to_iso(value))); }
  void put(Interval value);
  void put(std::integral auto value) { fmt::format_to(std::back_inserter(text_), "{}", value); }

  template <class T>
    requires std::is_class_v<T>
  void put(const T& value) {
    if constexpr (IsStrong<T>::value) {
      put(std::string_view(value.str()));
    } else if constexpr (std::same_as<T, std::string>) {
      put(std::string_view(value));
    } else if constexpr (requires { *value.get(); }) {
      put(*value);
    } else if constexpr (IsVector<T>::value) {
      char before = '[';
      for (const auto& item : value) {
        text_ += std::exchange(before, ',');
        put(item);
      }
      text_ += value.empty() ? "[]" : "]";
    } else {
      Writer inner(style_);
      fields(inner, const_cast<T&>(value));  // a Writer changes nothing
      text_ += inner.take();
    }
  }

  Style style_;
  std::string text_;
};

// Reads one object and remembers the first thing that is wrong with it.
class Reader {
 public:
  Reader(const Json& object, Style style, std::string place = {})
      : object_(object), style_(style), place_(std::move(place)) {
    if (!object.is_object()) refuse("the payload", "an object");
  }

  template <class T>
  void operator()(const char* key, T& value) {
    const Json* found = find(key, IsOptional<T>::value);
    if (found) take(key, *found, value);
  }
  template <class Enum, class Lookup>
  void operator()(const char* key, Enum& value, Lookup lookup) {
    const Json* found = find(key, false);
    if (!found) return;
    const auto named =
        found->is_string() ? lookup(found->template get<std::string>()) : std::optional<Enum>();
    named ? void(value = *named) : refuse(key, "a known word");
  }

  // A key that came later than the first journals: where it is missing, the value stays.
  template <class T>
  void later(const char* key, T& value) {
    const Json* found = find(key, true);
    if (found) take(key, *found, value);
  }

  // After the last field: with Style::People anything not asked for is an error.
  void finish();
  void refuse(const std::string& key, const char* expected);
  const std::string& problem() const { return problem_; }

 private:
  const Json* find(const char* key, bool optional);
  std::string place_of(const std::string& key) const { return place_ + key; }

  template <class T>
  void take(const char* key, const Json& json, T& value) {
    if constexpr (IsOptional<T>::value) {
      take(key, json, value.emplace());
    } else if constexpr (IsStrong<T>::value) {
      std::string text;
      take(key, json, text);
      value = T(std::move(text));
    } else if constexpr (IsVector<T>::value) {
      take_list(key, json, value);
    } else if constexpr (std::is_enum_v<T> || std::is_class_v<T>) {
      take_object(key, json, value);
    } else {
      take_number(key, json, value);
    }
  }
  void take(const char* key, const Json& json, std::string& value);
  void take(const char* key, const Json& json, bool& value);
  // Old journals may hold null for what was no finite number: then the value stays.
  void take(const char* key, const Json& json, double& value);
  void take(const char* key, const Json& json, Instant& value);
  void take(const char* key, const Json& json, Duration& value);
  void take(const char* key, const Json& json, Day& value);
  void take(const char* key, const Json& json, Interval& value);

  template <std::integral T>
  void take_number(const char* key, const Json& json, T& value) {
    constexpr bool kUnsigned = std::is_unsigned_v<T>;
    const bool fits = kUnsigned ? json.is_number_unsigned() : json.is_number_integer();
    fits ? void(value = json.get<T>()) : refuse(key, kUnsigned ? "a count" : "a whole number");
  }

  template <class T>
  void take_list(const char* key, const Json& json, std::vector<T>& list) {
    if (!json.is_array()) return refuse(key, "a list");
    if (json.size() > kMostItems) return refuse(key, "a list that is short enough");
    list.clear();
    for (const Json& item : json) take(key, item, list.emplace_back());
  }

  template <class T>
  void take_object(const char* key, const Json& json, T& value) {
    Reader inner(json, style_, place_of(key) + ".");
    fields(inner, value);
    inner.finish();
    if (problem_.empty()) problem_ = inner.problem_;
  }

  const Json& object_;
  Style style_;
  std::string place_;
  std::string problem_;
  std::vector<std::string> known_;
};

// Parses with bounded depth; nothing on any error.
std::optional<Json> parse_bounded(std::string_view text);

}  // namespace dienstbereit::codec

// ---- the fields of values that many payloads hold ----------------------------------------------
namespace dienstbereit {

template <class A>
void fields(A& a, Wording& e) {
  a("de", e.de);
  a("en", e.en);
}

template <class A>
void fields(A& a, Scope& e) {
  a("office", e.office);
  a("site", e.site);
  a("service", e.service);
  a("node", e.node);
}

template <class A>
void fields(A& a, ReasonStep& e) {
  a("kind", e.kind, reason_kind_of);
  a("subject", e.subject);
  a("object", e.object);
  a("state", e.state);
  a("since", e.since);
  a("until", e.until);
  a("have", e.have);
  a("need", e.need);
  a("of", e.of);
  a("role", e.role);
  a("detail", e.detail);
  a("detail_en", e.detail_en);
}

}  // namespace dienstbereit
