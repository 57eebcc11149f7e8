// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The keys of an outpost: a second place from which probes run.
#include <fmt/format.h>

#include "config/shapes.h"
#include "config/values.h"

namespace dienstbereit::config {
namespace {

// Shorter, and a slow line is taken for silence; longer, and old news for the present.
constexpr Duration kShortestSilence = std::chrono::seconds(2);
constexpr Duration kLongestSilence = std::chrono::hours(1);

void read_silence(Reader& reader, const Node& node, Duration& duration) {
  read_duration(reader, node, duration);
  if (duration >= kShortestSilence && duration <= kLongestSilence) return;
  reader.report.error(node.mark, fmt::format("'silent_after' lies between {} and {}",
                                             to_text(kShortestSilence), to_text(kLongestSilence)));
}

}  // namespace

const Shape& outpost_shape() {
  using K = Keys<Outpost>;
  static const Shape shape{
      "outpost",
      "an outpost",
      "A machine at another place that runs probes and reports: [outpost.md](outpost.md).",
      {K::as<&Outpost::id, read_own_id<OutpostId, IdKind::Outpost>>("id", kId, "short and stable")
           .needed(),
       K::of<&Outpost::name>("name", "as operators call it"),
       K::of<&Outpost::site>("site", "whose counters see what it sees; left out: outside"),
       K::as<&Outpost::silent_after, read_silence>(
           "silent_after", kDuration,
           "without a report, its probes count as not known; "
           "default 3 min")}};
  return shape;
}

}  // namespace dienstbereit::config
