// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>

#include "base/result.h"
#include "base/time.h"

namespace dienstbereit::runtime {

// Reads a certificate (PEM, the server's own first) and its key as a server would use them, and
// checks that they belong together and that the certificate carries `name` (empty: any). The
// instant: when it ends. Blocks on the disk.
Result<Instant> certificate_end(const std::filesystem::path& certificate,
                                const std::filesystem::path& key, const std::string& name);

}  // namespace dienstbereit::runtime
