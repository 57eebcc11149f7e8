// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string_view>
#include <vector>

#include "config/init.h"
#include "config/init/yaml_writer.h"

// What both ways of making a first district share.
namespace dienstbereit::config {

// Opening hours where nobody gave any.
inline constexpr const char* kDefaultHours = "Mo-Fr 08:00-12:00; PH off";

// Decoded tables in the order sites, offices, services, hosts; an optional one may be empty.
InitOutcome init_from_tables(const std::vector<SourceFile>& tables,
                             const InitAnswers& administration);

// Problems of the answers that stand in `administration:`, by the answer's name.
std::vector<Diagnostic> check_answers(const InitAnswers& answers);
void write_administration(YamlWriter& out, const InitAnswers& answers);
// A tcp probe for host:port, an http probe for an address; nothing for "".
void write_probe(YamlWriter& out, std::string_view target, Mark source);
// Reads the text back; each problem is told at the source of its line, in `report`.
InitOutcome finish(const YamlWriter& out, Report& report);

}  // namespace dienstbereit::config
