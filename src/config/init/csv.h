// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "config/report.h"

namespace dienstbereit::config {

struct CsvField {
  std::string text;  // UTF-8, trimmed
  Mark mark;
};

// One table; `rows` are as wide as `headers`, and hold no empty row.
struct CsvTable {
  std::vector<CsvField> headers;
  std::vector<std::vector<CsvField>> rows;
};

// The text of a file as German Excel writes it: UTF-8 with or without byte order mark, or
// Windows-1252, as UTF-8 without mark.
std::string decode_csv(std::string_view bytes);

// Parses a decoded file: fields apart by semicolons, quotes doubled inside quotes, lines ended by
// LF or CRLF, a first line "sep=;" skipped (docs/formats/csv.md). Problems go to `report`; the
// table then holds what could be read.
CsvTable parse_csv(const SourceFile& source, std::uint16_t file, Report& report);

}  // namespace dienstbereit::config
