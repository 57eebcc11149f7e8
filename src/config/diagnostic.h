// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace dienstbereit::config {

enum class Severity : std::uint8_t { Error, Warning };

// One problem of a configuration file. Lines and columns count from 1; columns count characters,
// not bytes. Line 0: the problem is of the whole file.
struct Diagnostic {
  std::string file;
  int line = 0;
  int column = 0;
  Severity severity = Severity::Error;
  std::string message;  // English: what is wrong; what to do

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

// "services.yaml:12:5: error: unknown key 'ofered'; did you mean 'offered'?"
std::string to_line(const Diagnostic& diagnostic);
// One a line, in the order given.
std::string to_lines(const std::vector<Diagnostic>& diagnostics);

bool has_errors(const std::vector<Diagnostic>& diagnostics);

}  // namespace dienstbereit::config
