// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "model/record/events.h"

namespace dienstbereit {

// The record as JSON for operators: {"incidents": [...], "proposals": [...], ...}, with the names
// of model/record/record.h; times in RFC 3339 (docs/formats/record.md).
std::string to_json(const Record& record);
std::string to_json(const Incident& incident);

// {"changes": [{"type": "note_added", "incident": ..., ...}, ...]}; the rest as in parse_change().
// An error names the change by its number, from 1 on.
Result<std::vector<RecordEvent>> parse_changes(std::string_view json);

// What may be written by people: the type and its keys, for --help and messages.
struct ChangeKeys {
  std::string type;
  std::vector<std::string> keys;
};
std::vector<ChangeKeys> change_keys();

}  // namespace dienstbereit
