// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "config/bundle.h"
#include "config/diagnostic.h"

namespace dienstbereit::config {

// A place in the sources. Line and byte count from 1; line 0 is the file as a whole.
struct Mark {
  std::uint16_t file = 0;
  int line = 0;
  int byte = 0;

  Mark plus(int bytes) const { return {file, line, byte + bytes}; }
};

// Collects the problems of a set of sources, which must outlive it. Past kMostDiagnostics it only
// counts.
class Report {
 public:
  explicit Report(const std::vector<SourceFile>& sources) : sources_(sources) {}

  void error(Mark mark, std::string message);
  void warning(Mark mark, std::string message);

  std::size_t errors() const { return errors_; }
  // "services.yaml:12", for a message that points to a second place.
  std::string place(Mark mark) const;
  // The line of a mark without its line end; empty if there is none.
  std::string_view line_of(Mark mark) const;
  // Sorted by file, line and column; the last entry says how many were left out.
  std::vector<Diagnostic> take();

 private:
  void add(Mark mark, Severity severity, std::string message);
  int column_of(Mark mark) const;

  const std::vector<SourceFile>& sources_;
  std::vector<Diagnostic> found_;
  std::size_t errors_ = 0;
  std::size_t left_out_ = 0;
};

}  // namespace dienstbereit::config
