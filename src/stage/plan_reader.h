// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "config/document.h"
#include "stage/plan.h"

namespace dienstbereit::stage {

// Turns a YAML tree into a Plan; every problem goes to the report, with its place.
class PlanReader {
 public:
  explicit PlanReader(config::Report& report) : report_(report) {}

  Plan read(const config::Node& root);

 private:
  using Node = config::Node;
  // A key of a map and what reads its value.
  using Field = std::pair<std::string, std::function<void(const Node&)>>;

  void read_map(const Node& node, const std::vector<Field>& fields);
  void read_list(const Node& node, const std::function<void(const Node&)>& read_item);
  void read_text(const Node& node, std::string& target);
  void read_texts(const Node& node, std::vector<std::string>& target);

  void read_server(const Node& node);
  void read_kind(const Node& node, Kind& target);
  void read_listen(const Node& node, Listen& target);
  void read_record(const Node& node, Server& server);
  void read_scenario(const config::Node::Entry& entry);
  void check(const Node& node, const Server& server);
  void error(const Node& node, std::string message);

  config::Report& report_;
  Plan plan_;
  std::set<std::string> addresses_;
};

}  // namespace dienstbereit::stage
