// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/keys.h"
#include "model/district.h"

// How each C++ type of the model is written in YAML.
namespace dienstbereit::config {

extern const Type kText, kWording, kId, kDuration, kCount, kNumber, kBoolean, kHours, kNeeds;
extern const Type kSiteRef, kOfficeRef, kServiceRef, kNodeRef, kComponentRef, kProviderRef,
    kUplinkRef, kOutpostRef;
extern const Type kKreisAgs, kSiteAgs, kLeika, kTimeZone, kLand, kServiceKind, kExtent,
    kOfflineMode, kUrl, kEmail, kAddress, kEndpoint, kProof, kSecretName, kFileName;

// The text of a single value. Reports a list, a map, or more than kLongestText bytes; nullptr then.
const std::string* text_of(Reader& reader, const Node& node);

// One word of a closed list, by its place in it. `words` may hold several words for one value.
struct Choice {
  const char* word;
  int value;
};
std::optional<int> choose(Reader& reader, const Node& node, const std::vector<Choice>& choices);

// Ids are [A-Za-z0-9][A-Za-z0-9._-]*, at most kLongestId bytes.
bool valid_id(std::string_view id);
std::string id_rule(std::string_view wrong);  // the message about a wrong one

void use(Reader& reader, const Node& node, Use::Wanted wanted, std::string& id);
// Checks the form of an id and remembers it as defined here, once.
void define(Reader& reader, const Node& node, IdKind kind, std::string& id);

void read_text(Reader& reader, const Node& node, std::string& text);
void read_wording(Reader& reader, const Node& node, Wording& wording);
void read_duration(Reader& reader, const Node& node, Duration& duration);
void read_count(Reader& reader, const Node& node, unsigned& count);
void read_number(Reader& reader, const Node& node, double& number);
void read_boolean(Reader& reader, const Node& node, bool& value);
void read_hours(Reader& reader, const Node& node, OpeningHours& hours);
void read_needs(Reader& reader, const Node& node, Needs& needs);
void read_url(Reader& reader, const Node& node, std::string& url);
void read_email(Reader& reader, const Node& node, std::string& email);
void read_numeric_address(Reader& reader, const Node& node, std::string& address);
// "host", "host:port", "[v6]:port"; `default_port` 0: the port must be given.
void read_endpoint_text(Reader& reader, const Node& node, std::uint16_t default_port,
                        Endpoint& endpoint);
void read_absolute_path(Reader& reader, const Node& node, std::string& path);
// The name of a file in the credentials folder; never the secret itself.
void read_credential(Reader& reader, const Node& node, std::string& name);
// The name of a file beside the district.
void read_file_name(Reader& reader, const Node& node, std::string& name);

template <class T, const Type& kType, void (*Read)(Reader&, const Node&, T&)>
struct SimpleValue {
  static constexpr Form kForm = Form::One;
  static const Type& type() { return kType; }
  static void read(Reader& reader, const Node& node, T& value) { Read(reader, node, value); }
};

template <>
struct Value<std::string> : SimpleValue<std::string, kText, read_text> {};
template <>
struct Value<Wording> : SimpleValue<Wording, kWording, read_wording> {};
template <>
struct Value<Duration> : SimpleValue<Duration, kDuration, read_duration> {};
template <>
struct Value<unsigned> : SimpleValue<unsigned, kCount, read_count> {};
template <>
struct Value<double> : SimpleValue<double, kNumber, read_number> {};
template <>
struct Value<bool> : SimpleValue<bool, kBoolean, read_boolean> {};
template <>
struct Value<OpeningHours> : SimpleValue<OpeningHours, kHours, read_hours> {};
template <>
struct Value<Needs> : SimpleValue<Needs, kNeeds, read_needs> {};

template <class T>
struct Value<std::optional<T>> {
  static constexpr Form kForm = Form::One;
  static const Type& type() { return Value<T>::type(); }
  static void read(Reader& reader, const Node& node, std::optional<T>& value) {
    Value<T>::read(reader, node, value.emplace());
  }
};

// A reference to something with an id.
template <class Id, const Type& kType, Use::Wanted kWanted>
struct RefValue {
  static constexpr Form kForm = Form::One;
  static const Type& type() { return kType; }
  static void read(Reader& reader, const Node& node, Id& value) {
    std::string id;
    use(reader, node, kWanted, id);
    value = Id(std::move(id));
  }
};

template <>
struct Value<SiteId> : RefValue<SiteId, kSiteRef, Use::Wanted::Site> {};
template <>
struct Value<OfficeId> : RefValue<OfficeId, kOfficeRef, Use::Wanted::Office> {};
template <>
struct Value<ServiceId> : RefValue<ServiceId, kServiceRef, Use::Wanted::Service> {};
template <>
struct Value<NodeId> : RefValue<NodeId, kNodeRef, Use::Wanted::AnyNode> {};
template <>
struct Value<ProviderId> : RefValue<ProviderId, kProviderRef, Use::Wanted::Provider> {};
template <>
struct Value<UplinkId> : RefValue<UplinkId, kUplinkRef, Use::Wanted::Uplink> {};
template <>
struct Value<OutpostId> : RefValue<OutpostId, kOutpostRef, Use::Wanted::Outpost> {};

template <class T>
struct Value<std::vector<T>> {
  static constexpr Form kForm = Form::OneOrList;
  static const Type& type() { return Value<T>::type(); }
  static void read(Reader& reader, const Node& node, std::vector<T>& values) {
    for (const Node* item : one_or_items(node)) {
      Value<T>::read(reader, *item, values.emplace_back());
    }
  }
};

// The own id of an entry.
template <class Id, IdKind kKind>
void read_own_id(Reader& reader, const Node& node, Id& value) {
  std::string id;
  define(reader, node, kKind, id);
  if constexpr (std::is_same_v<Id, std::string>) {
    value = std::move(id);
  } else {
    value = Id(std::move(id));
  }
}

// A text that must be so many digits (AGS, LeiKa).
void report_digits(Reader& reader, const Node& node, std::size_t digits);
template <std::size_t kDigits>
void read_digits(Reader& reader, const Node& node, std::string& text) {
  read_text(reader, node, text);
  const bool digits = text.find_first_not_of("0123456789") == std::string::npos;
  if (!text.empty() && (!digits || text.size() != kDigits)) {
    report_digits(reader, node, kDigits);
  }
}

}  // namespace dienstbereit::config
