// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "config/document.h"
#include "story/story.h"
#include "story/subjects.h"
#include "story/times.h"

namespace dienstbereit::story {

// Turns a YAML tree into a story; every problem goes to the report, with its place. One use.
class StoryReader {
 public:
  // `load` reads the district that the file names; its problems are the caller's.
  using DistrictOf = std::function<std::shared_ptr<const District>(const std::string& path)>;
  StoryReader(config::Report& report, DistrictOf load) : report_(report), load_(std::move(load)) {}

  Story read(const config::Node& root);

 private:
  using Node = config::Node;
  // A key of a map and what reads its value.
  using Field = std::pair<std::string, std::function<void(const Node&)>>;
  // Of an entry or of one thing in it.
  struct Speaker {
    std::string id;
    std::string role;
  };

  // reader.cpp
  bool read_map(const Node& node, const std::vector<Field>& fields);
  void read_list(const Node& node, const std::function<void(const Node&)>& read_item);
  void read_one_or_list(const Node& node, const std::function<void(const Node&)>& read_item);
  bool read_text(const Node& node, std::string& target);
  void read_flag(const Node& node, bool& target);
  void read_wording(const Node& node, Wording& target);
  std::optional<Instant> read_time(const Node& node);
  void read_head(const Node& root);
  void read_pace(const Node& node);
  void read_recipient(const Node& node);
  void read_timeline(const Node& node);
  void read_entry(const Node& node);
  void check_order();
  void error(const Node& node, std::string message);
  // Reports each of these keys that a map lacks.
  void need(const Node& node, std::initializer_list<const char*> keys);
  // "; did you mean 'x'?", or how to find it.
  static std::string hint(const std::string& wrong, const std::vector<std::string>& known);

  // push_reader.cpp
  void read_push(const Node& node, Instant at, const Speaker& speaker, const std::string& note);
  void read_probes(const Node& node, ProbesTurn& turn);
  void read_word(const Node& node, SetWord& word);
  void read_scope(const Node& node, Scope& scope);
  void read_withdrawal(const Node& node, TakeBack& back);
  void read_record(const Node& node, WriteRecord& record);
  void read_forecast(const Node& node, MakeForecast& forecast);
  nlohmann::ordered_json json_of(const Node& node, const std::string& key);

  // want_reader.cpp
  void read_want(const Node& node, const Want& frame);
  void read_subject(const Node& node, const SubjectSpec& spec, Want want);
  void read_fact(const Node& node, const FactSpec& fact, Want& want);
  void read_selector(const Node& node, const std::string& name, Want& want);
  void check_names(const Node& node, const Want& want);

  config::Report& report_;
  DistrictOf load_;
  Story story_;
  std::optional<Times> times_;
};

}  // namespace dienstbereit::story
