// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstdio>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "journal/backup.h"
#include "journal/dump.h"
#include "journal/verify.h"

namespace dienstbereit::app {
namespace {

// False once the reader of a pipe has gone.
bool print_line(std::string_view line) {
  return std::fwrite(line.data(), 1, line.size(), stdout) == line.size() &&
         std::fputc('\n', stdout) != EOF;
}

using Dump = Result<void> (*)(const journal::JournalReader&, const journal::Selection&,
                              const journal::LineSink&);

int dump(const std::filesystem::path& place, const JournalOptions& options, Dump lines) {
  const auto reader = journal::JournalReader::open(place);
  if (!reader) return complain(reader.error());
  const journal::Selection selection{options.from, options.limit, options.type};
  if (auto dumped = lines(*reader, selection, print_line); !dumped) {
    return complain(dumped.error());
  }
  return kExitOk;
}

}  // namespace

int journal_verify(const std::filesystem::path& place, const std::string& head) {
  const auto report = journal::verify(place, head);
  if (!report) return complain(report.error());
  fmt::print("{}\n", journal::to_text(*report));
  return report->clean() ? kExitOk : kExitFailed;
}

int journal_show(const std::filesystem::path& place, const JournalOptions& options) {
  return dump(place, options, journal::show_lines);
}

int journal_export(const std::filesystem::path& place, const JournalOptions& options) {
  return dump(place, options, journal::export_lines);
}

int journal_restore(const std::filesystem::path& file, const std::filesystem::path& data) {
  const auto report = journal::restore(file, data);
  if (!report) return complain(report.error());
  fmt::print("{}\n{} is ready to be served from\n", journal::to_text(*report), data.string());
  return kExitOk;
}

}  // namespace dienstbereit::app
