// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string_view>

namespace dienstbereit::fallback::site {

inline constexpr std::string_view kPageType = "text/html";
inline constexpr const char* kUnknownType = "application/octet-stream";

// The media type of a file of a copy by its name, "logo.png?v=3" too; "" if the name says nothing.
const char* media_type(std::string_view name);
// By its first bytes, for a few that pages use; kUnknownType else. Reads the file.
const char* sniffed_type(const std::filesystem::path& file);
// Scripts and the like, which a copy does not keep.
bool is_program(std::string_view name);
// Worth compressing.
bool is_text(std::string_view type);

}  // namespace dienstbereit::fallback::site
