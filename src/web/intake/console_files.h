// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "web/response.h"

namespace dienstbereit::web {

// "/intake" and everything under it: the built console.
bool is_console(std::string_view path);

// The files of the console, read once and served from memory: the pages by their addresses
// ("/intake/", "/intake/office"), assets by their hashed names for a year. Nothing of the file
// system is reachable.
class ConsoleFiles {
 public:
  // An empty folder name: none. The error names a folder that is none, or too much.
  static Result<ConsoleFiles> read(const std::filesystem::path& folder, bool tls);

  bool empty() const { return files_.empty(); }
  // Null if there is no such file.
  PayloadPtr find(std::string_view path, Encoding encoding) const;

 private:
  std::map<std::string, std::array<PayloadPtr, kEncodings>, std::less<>> files_;
};

}  // namespace dienstbereit::web
