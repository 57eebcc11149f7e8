// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <cstdint>

#include "base/assert.h"
#include "probe/device/nut_reply.h"

// The first byte says in pieces of which size the rest arrives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit::probe;
  if (size == 0) return 0;
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t piece = data[0] + 1u;
  NutReplyReader reader("usv1");
  while (!rest.empty()) {
    reader.feed(rest.substr(0, piece));
    rest.remove_prefix(std::min(piece, rest.size()));
    for (auto reply = reader.next();; reply = reader.next()) {
      if (!reply) return 0;
      if (!*reply) break;
      dienstbereit_assert((*reply)->variables.size() <= kMostNutVariables);
      const UpsState state = judge_ups((*reply)->variables, 10);
      // Nothing is well because the UPS said nothing.
      dienstbereit_assert(state.power || !state.failure.empty() || !state.unknown.empty() ||
                          !state.limits.empty());
      dienstbereit_assert(state.failure.empty() || state.unknown.empty());
    }
  }
  return 0;
}
