// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>

namespace dienstbereit::runtime {

// What the kernel has received on a TCP socket since it was connected; 0 if it cannot say.
std::uint64_t bytes_received(int socket);

}  // namespace dienstbereit::runtime
