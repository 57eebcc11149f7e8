// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "config/report.h"

namespace dienstbereit::config {

// A YAML value with its place. Aliases are expanded; keys are plain texts and unique.
struct Node {
  struct Entry;
  enum class Kind : std::uint8_t { Null, Scalar, List, Map };

  Kind kind = Kind::Null;
  bool quoted = false;  // of a scalar: written in quotes or as a block
  Mark mark;
  std::string text;            // of a scalar
  std::vector<Node> items;     // of a list
  std::vector<Entry> entries;  // of a map, in the order written

  const Node* find(std::string_view key) const;  // of a map; nullptr if absent
};

struct Node::Entry {
  std::string key;
  Mark key_mark;
  Node value;
};

// "a list", "a map", "a text" for messages.
const char* describe(const Node& node);

// Parses `source`, the file of this index, within the bounds of limits.h. What yaml-cpp lets
// through is refused here: duplicate and composite keys, alias bombs, tabs as indentation, several
// documents, tags. Problems go to `report`. Nothing if the file cannot be read as YAML at all; an
// empty file is Null.
std::optional<Node> parse_yaml(const SourceFile& source, std::uint16_t file, Report& report);

// ---- what readers of small files share; the district is read by its shapes (keys.h)

// A key that is none of `names`: with the one that was meant, or those there are.
void report_unknown_key(Report& report, const Node::Entry& entry,
                        const std::vector<std::string>& names);
// Each item of a list of at most `most`; anything else is told instead.
void for_each_item(Report& report, const Node& node, std::size_t most,
                   const std::function<void(const Node&)>& read_item);

}  // namespace dienstbereit::config
