// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/report.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "base/text.h"
#include "config/limits.h"

namespace dienstbereit::config {
namespace {

constexpr std::size_t kLongestMessage = 600;

bool continues_character(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

std::string to_line(const Diagnostic& d) {
  const char* severity = d.severity == Severity::Error ? "error" : "warning";
  if (d.line == 0) return fmt::format("{}: {}: {}", d.file, severity, d.message);
  return fmt::format("{}:{}:{}: {}: {}", d.file, d.line, d.column, severity, d.message);
}

std::string to_lines(const std::vector<Diagnostic>& diagnostics) {
  std::string text;
  for (const Diagnostic& diagnostic : diagnostics) text += to_line(diagnostic) + "\n";
  return text;
}

bool has_errors(const std::vector<Diagnostic>& diagnostics) {
  return std::any_of(diagnostics.begin(), diagnostics.end(),
                     [](const Diagnostic& d) { return d.severity == Severity::Error; });
}

void Report::error(Mark mark, std::string message) {
  ++errors_;
  add(mark, Severity::Error, std::move(message));
}

void Report::warning(Mark mark, std::string message) {
  add(mark, Severity::Warning, std::move(message));
}

void Report::add(Mark mark, Severity severity, std::string message) {
  if (found_.size() >= kMostDiagnostics) {
    ++left_out_;
    return;
  }
  const bool known = mark.file < sources_.size();
  found_.push_back(Diagnostic{known ? sources_[mark.file].name : "district", mark.line,
                              column_of(mark), severity, clean(message, kLongestMessage)});
}

std::string Report::place(Mark mark) const {
  if (mark.file >= sources_.size()) return "the district";
  return fmt::format("{}:{}", sources_[mark.file].name, mark.line);
}

std::string_view Report::line_of(Mark mark) const {
  if (mark.file >= sources_.size() || mark.line < 1) return {};
  std::string_view rest = sources_[mark.file].text;
  for (int line = 1; line < mark.line; ++line) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return {};
    rest.remove_prefix(end + 1);
  }
  rest = rest.substr(0, rest.find('\n'));
  if (rest.ends_with('\r')) rest.remove_suffix(1);
  return rest;
}

int Report::column_of(Mark mark) const {
  if (mark.line < 1) return 0;
  const auto before = line_of(mark).substr(0, static_cast<std::size_t>(std::max(0, mark.byte - 1)));
  const auto continued = std::count_if(before.begin(), before.end(), continues_character);
  return std::max(1, mark.byte - static_cast<int>(continued));
}

std::vector<Diagnostic> Report::take() {
  const auto key = [](const Diagnostic& d) {
    return std::tie(d.file, d.line, d.column, d.severity, d.message);
  };
  std::sort(found_.begin(), found_.end(),
            [&](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  if (left_out_ > 0) {
    found_.push_back(
        Diagnostic{"district", 0, 0, errors_ > 0 ? Severity::Error : Severity::Warning,
                   fmt::format("{} more problems are not shown; correct these first", left_out_)});
  }
  return std::move(found_);
}

}  // namespace dienstbereit::config
