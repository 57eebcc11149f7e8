// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>

#include "base/result.h"
#include "model/outside/publish.h"

namespace dienstbereit::publish {

// Writes the files of a copy into a folder that is there already.
Result<void> write_files(const std::filesystem::path& folder, const StaticCopy& copy);

// Makes `folder` the copy, as a whole: it is put together beside under another name, then takes the
// place in one step, so that readers see the old one or the new. A folder there before must be
// empty or one of our copies (it holds kFolderMark); a symbolic link is turned to the new one.
Result<void> write_folder(const std::filesystem::path& folder, const StaticCopy& copy);
inline constexpr const char* kFolderMark = ".dienstbereit-copy";

}  // namespace dienstbereit::publish
