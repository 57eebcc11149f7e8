// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

namespace dienstbereit::config {

// The reference of all keys as Markdown, from the table that also reads them. The part of
// docs/formats/district.md between its two "keys" marks is this text; a test compares.
std::string key_reference();

// The same table as a JSON Schema (draft 2020-12) for editors, indented. It is a little wider than
// `check`: editors cannot know ids across files.
std::string json_schema();

}  // namespace dienstbereit::config
