// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "stage/plan.h"

#include <fmt/format.h>

#include "base/file.h"
#include "stage/plan_reader.h"

namespace dienstbereit::stage {

std::string Listen::text() const {
  return host.find(':') == std::string::npos ? fmt::format("{}:{}", host, port)
                                             : fmt::format("[{}]:{}", host, port);
}

const Server* Plan::find(const std::string& id) const {
  for (const Server& server : servers) {
    if (server.id == id) return &server;
  }
  return nullptr;
}

const char* name_of(Kind kind) {
  switch (kind) {
    case Kind::Http:
      return "http";
    case Kind::Smtp:
      return "smtp";
    case Kind::Dns:
      return "dns";
    case Kind::Nut:
      return "nut";
    case Kind::Tcp:
      break;
  }
  return "tcp";
}

LoadedPlan parse_plan(const std::string& name, const std::string& text) {
  const std::vector<config::SourceFile> sources{{name, text}};
  config::Report report(sources);
  LoadedPlan loaded;
  const auto root = config::parse_yaml(sources.front(), 0, report);
  if (root && report.errors() == 0) loaded.plan = PlanReader(report).read(*root);
  loaded.diagnostics = report.take();
  return loaded;
}

LoadedPlan load_plan(const std::filesystem::path& file) {
  const auto text = read_file(file, kLargestStageFile);
  if (text) return parse_plan(file.string(), *text);
  LoadedPlan loaded;
  loaded.diagnostics.push_back(
      {file.string(), 0, 0, config::Severity::Error, text.error().message});
  return loaded;
}

}  // namespace dienstbereit::stage
