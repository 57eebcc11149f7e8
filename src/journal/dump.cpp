// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/dump.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace dienstbereit::journal {
namespace {

constexpr std::size_t kShownPayload = 120;  // bytes

std::string json_text(std::string_view text) {
  using Json = nlohmann::json;
  return Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
}

// Stored payloads are JSON in one line and stand as they are; a damaged one is shown as text.
std::string payload_member(const std::string& payload) {
  const bool one_line = payload.find('\n') == std::string::npos;
  if (one_line && nlohmann::json::accept(payload)) return "\"payload\":" + payload;
  return "\"payload_text\":" + json_text(payload);
}

Result<void> each(const JournalReader& reader, const Selection& selection, const LineSink& sink,
                  std::string (*line_of)(const Record&)) {
  std::uint64_t given = 0;
  return reader.read(selection.from, [&](const Record& record) {
    if (!selection.type.empty() && record.type != selection.type) return true;
    ++given;
    return sink(line_of(record)) && given != selection.limit;
  });
}

}  // namespace

std::string to_json_line(const Record& record) {
  return fmt::format(
      R"({{"site":{},"epoch":{},"seq":{},"logical":"{}","observed":"{}","recorded":"{}",)"
      R"("actor":{},"type":{},"version":{},{},"previous":"{}","hash":"{}"}})",
      json_text(record.site), record.epoch, record.seq, to_rfc3339(record.logical),
      to_rfc3339(record.observed), to_rfc3339(record.recorded), json_text(record.actor),
      json_text(record.type), record.version, payload_member(record.payload),
      to_hex(record.previous), to_hex(record.hash));
}

std::string to_show_line(const Record& record) {
  std::string line = fmt::format("{:>8}  {}  {:<14}  {:<20}  {}", record.seq,
                                 to_rfc3339(record.logical), record.actor, record.type,
                                 std::string_view(record.payload).substr(0, kShownPayload));
  if (record.payload.size() > kShownPayload) line += " ...";
  for (char& c : line) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  return clean(line, line.size());
}

Result<void> export_lines(const JournalReader& reader, const Selection& selection,
                          const LineSink& sink) {
  return each(reader, selection, sink, to_json_line);
}

Result<void> show_lines(const JournalReader& reader, const Selection& selection,
                        const LineSink& sink) {
  return each(reader, selection, sink, to_show_line);
}

}  // namespace dienstbereit::journal
