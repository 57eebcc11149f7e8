// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "journal/reader.h"

namespace dienstbereit::journal {

struct Selection {
  std::uint64_t from = 1;   // seq
  std::uint64_t limit = 0;  // records; 0: all
  std::string type{};       // empty: any
};

// Gets lines without their line end; false ends the output early (a closed pipe).
using LineSink = std::function<bool(std::string_view)>;

// One JSON object a line with every field, as docs/formats/journal.md describes.
Result<void> export_lines(const JournalReader& reader, const Selection& selection,
                          const LineSink& sink);
// For people: seq, time, actor, type and the beginning of the payload.
Result<void> show_lines(const JournalReader& reader, const Selection& selection,
                        const LineSink& sink);

std::string to_json_line(const Record& record);
std::string to_show_line(const Record& record);

}  // namespace dienstbereit::journal
