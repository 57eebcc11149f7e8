// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/schema.h"

#include <functional>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/file.h"
#include "config/bundle.h"
#include "config/document.h"
#include "config/limits.h"

namespace dienstbereit::config {
namespace {

using nlohmann::json;

constexpr const char* kPage = "docs/formats/district.md";
constexpr const char* kBegin = "<!-- keys: begin -->\n";
constexpr const char* kEnd = "<!-- keys: end -->\n";

// True if `key` is a property somewhere in the schema.
bool knows(const json& schema, const std::string& key) {
  for (const auto& [name, shape] : schema["$defs"].items()) {
    if (shape.contains("properties") && shape["properties"].contains(key)) return true;
  }
  return schema["properties"].contains(key);
}

// Calls `see` with every key of a map, but not inside maps from ids or names.
void each_key(const Node& node, const std::function<void(const std::string&)>& see) {
  for (const Node& item : node.items) each_key(item, see);
  for (const Node::Entry& entry : node.entries) {
    see(entry.key);
    const bool names = entry.key == "share" || entry.key == "json" || entry.key == "headers" ||
                       entry.key == "sites";
    if (!names || entry.value.kind == Node::Kind::List) {
      each_key(entry.value, see);
    } else {
      for (const Node::Entry& inner : entry.value.entries) each_key(inner.value, see);
    }
  }
}

void each_reference(const json& schema, const std::function<void(const std::string&)>& see) {
  if (schema.is_object() && schema.contains("$ref")) see(schema["$ref"].get<std::string>());
  for (const auto& part : schema) {
    if (part.is_structured()) each_reference(part, see);
  }
}

}  // namespace

TEST(Schema, EveryReferenceLeadsToADefinition) {
  const json schema = json::parse(json_schema());
  std::size_t count = 0;
  each_reference(schema, [&](const std::string& reference) {
    EXPECT_TRUE(schema.contains(json::json_pointer(reference.substr(1)))) << reference;
    ++count;
  });
  EXPECT_GT(count, 100u);
}

TEST(Schema, KnowsEveryKeyOfEveryExample) {
  const json schema = json::parse(json_schema());
  std::size_t count = 0;
  for (const char* path : {"examples/smallest.yaml", "examples/vorlage", "examples/musterkreis"}) {
    const auto files = read_sources(path).value();
    Report report(files);
    for (std::size_t i = 0; i < files.size(); ++i) {
      each_key(parse_yaml(files[i], static_cast<std::uint16_t>(i), report).value(),
               [&](const std::string& key) {
                 EXPECT_TRUE(knows(schema, key)) << path << ": " << key;
                 ++count;
               });
    }
  }
  EXPECT_GT(count, 1000u);
}

TEST(Schema, ThePageHoldsTheReferenceAsTheProgramWritesIt) {
  const std::string page = read_file(kPage, kLargestFile).value();
  const auto begin = page.find(kBegin);
  const auto end = page.find(kEnd);
  ASSERT_TRUE(begin != std::string::npos && end != std::string::npos);
  const auto first = begin + std::string(kBegin).size();
  EXPECT_EQ(page.substr(first, end - first), key_reference())
      << "put the output of 'dienstbereit check --keys' between the marks";
}

TEST(Schema, ThePageNamesEveryBound) {
  const std::string page = read_file(kPage, kLargestFile).value();
  for (std::size_t bound :
       {kLargestFile, kLargestBundle, kMostFiles, kMostNodes, kMostAliases, kDeepestYaml,
        kDeepestNeeds, kMostDiagnostics, kLongestId, kLongestText}) {
    EXPECT_NE(page.find("| " + std::to_string(bound) + " "), std::string::npos) << bound;
  }
}

}  // namespace dienstbereit::config
