// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/keys.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::config {
namespace {

// Words that betray a secret in a key's name. It belongs into the credentials folder.
constexpr const char* kSecretWords[] = {"password", "passwort", "kennwort", "passphrase", "secret",
                                        "token",    "api_key",  "apikey",   "geheimnis"};

const Key* find_key(const Shape& shape, const std::string& name) {
  const auto found = std::find_if(shape.keys.begin(), shape.keys.end(),
                                  [&](const Key& key) { return name == key.name; });
  return found == shape.keys.end() ? nullptr : &*found;
}

std::vector<std::string> names_of(const Shape& shape) {
  std::vector<std::string> names;
  for (const Key& key : shape.keys) names.push_back(key.name);
  return names;
}

void report_unknown(Reader& reader, const Node::Entry& entry, const Shape& shape) {
  if (looks_secret(entry.key)) {
    reader.report.error(entry.key_mark,
                        fmt::format("'{}' looks like a secret, and secrets never stand here; put "
                                    "it into the credentials folder and write 'credential: NAME'",
                                    entry.key));
    return;
  }
  const std::vector<std::string> names = names_of(shape);
  const auto near = nearest(entry.key, names);
  const std::string hint = near ? fmt::format("did you mean '{}'?", *near)
                                : fmt::format("known here: {}", join(names, ", "));
  reader.report.error(entry.key_mark,
                      fmt::format("unknown key '{}' in {}; {}", entry.key, shape.title, hint));
}

void read_entry(Reader& reader, const Node::Entry& entry, const Shape& shape, void* target) {
  const Key* key = find_key(shape, entry.key);
  if (key == nullptr) return report_unknown(reader, entry, shape);
  if (entry.value.kind != Node::Kind::Null) return key->read(reader, entry.value, target);
  if (key->form != Form::List) {
    reader.report.error(entry.key_mark,
                        fmt::format("'{}' has no value; write one or remove the key", entry.key));
  }
}

void check_required(Reader& reader, const Node& node, const Shape& shape) {
  for (const Key& key : shape.keys) {
    if (!key.required || node.find(key.name) != nullptr) continue;
    reader.report.error(node.mark, fmt::format("{} lacks the key '{}'; add it ({})", shape.title,
                                               key.name, key.meaning));
  }
}

// Remembers where each key of something with an id stands, for checks across entries.
void note_places(Reader& reader, const Node& node) {
  const Node* id = node.find("id");
  if (id == nullptr || id->kind != Node::Kind::Scalar) return;
  for (const Node::Entry& entry : node.entries) {
    reader.places.keys.try_emplace({id->text, entry.key}, entry.value.mark);
  }
}

}  // namespace

bool looks_secret(std::string_view key) {
  const std::string lower = to_lower_ascii(key);
  return std::any_of(std::begin(kSecretWords), std::end(kSecretWords),
                     [&](const char* word) { return lower.find(word) != std::string::npos; });
}

bool read_shape(Reader& reader, const Node& node, const Shape& shape, void* target) {
  if (node.kind != Node::Kind::Map) {
    reader.report.error(node.mark,
                        fmt::format("{} is a map of keys, this is {}; write 'key: "
                                    "value' lines (known: {})",
                                    shape.title, describe(node), join(names_of(shape), ", ")));
    return false;
  }
  note_places(reader, node);
  for (const Node::Entry& entry : node.entries) read_entry(reader, entry, shape, target);
  check_required(reader, node, shape);
  return true;
}

bool first_time(Reader& reader, const Node& node, std::optional<Mark>& at, const char* key) {
  if (at) {
    reader.report.error(node.mark, fmt::format("'{}' stands a second time (first at {}); a "
                                               "district has one",
                                               key, reader.report.place(*at)));
    return false;
  }
  at = node.mark;
  return true;
}

std::vector<const Node*> items_of(Reader& reader, const Node& node) {
  if (node.kind != Node::Kind::List) {
    reader.report.error(node.mark, fmt::format("a list is wanted here, this is {}; write one '- "
                                               "...' for each entry",
                                               describe(node)));
    return {};
  }
  return one_or_items(node);
}

std::vector<const Node*> one_or_items(const Node& node) {
  if (node.kind != Node::Kind::List) return {&node};
  std::vector<const Node*> items;
  for (const Node& item : node.items) items.push_back(&item);
  return items;
}

const char* name_of(IdKind kind) {
  switch (kind) {
    case IdKind::Site:
      return "site";
    case IdKind::Office:
      return "office";
    case IdKind::Service:
      return "service";
    case IdKind::Component:
      return "component";
    case IdKind::Provider:
      return "provider";
    case IdKind::Uplink:
      return "uplink";
    case IdKind::Mutual:
      return "mutual group";
    case IdKind::Publish:
      return "place to publish to";
    case IdKind::Crew:
      return "crew";
    case IdKind::Outpost:
      return "outpost";
    case IdKind::Channel:
      return "channel";
    case IdKind::Plan:
      return "plan";
    case IdKind::Fallback:
      return "fallback";
  }
  return "thing";
}

Mark Places::of(const std::string& id, const std::string& key) const {
  if (const auto found = keys.find({id, key}); found != keys.end()) return found->second;
  const auto defined = definitions.find(id);
  return defined == definitions.end() ? Mark{} : defined->second.mark;
}

}  // namespace dienstbereit::config
