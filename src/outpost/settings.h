// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "model/ids.h"

namespace dienstbereit::outpost {

// An outpost's own file (docs/operating/outpost.md). All else it gets from its server.
struct Settings {
  OutpostId outpost;
  std::string server;      // "https://status.example.de"; http only on this machine
  std::string connect_to;  // numeric address of the server; empty: resolve its name
  std::string credential;  // name of the secret that holds the token
  std::filesystem::path ca_file;  // absolute; empty: the system's trust store
};

// The error lists what is wrong, one a line.
Result<Settings> read_settings(const std::filesystem::path& file);

}  // namespace dienstbereit::outpost
