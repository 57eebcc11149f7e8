// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/learning/score.h"

#include <algorithm>
#include <array>

namespace dienstbereit::core::recovery {
namespace {

constexpr std::size_t kBins = 10;

std::size_t bin_of(double chance) {
  const double scaled = std::clamp(chance, 0.0, 1.0) * kBins;
  return std::min(static_cast<std::size_t>(scaled), kBins - 1);
}

double square(double x) { return x * x; }

}  // namespace

BrierScore brier_score(std::span<const Judged> judged) {
  BrierScore score;
  score.count = judged.size();
  if (judged.empty()) return score;
  const auto all = static_cast<double>(judged.size());

  std::array<Bin, kBins> bins;
  double came = 0;
  for (const Judged& one : judged) {
    Bin& bin = bins[bin_of(one.chance)];
    ++bin.count;
    bin.chance += one.chance;
    bin.share += one.came ? 1 : 0;
    came += one.came ? 1 : 0;
    score.brier += square(one.chance - (one.came ? 1 : 0)) / all;
  }
  const double rate = came / all;
  score.uncertainty = rate * (1 - rate);
  for (Bin& bin : bins) {
    if (bin.count == 0) continue;
    const auto count = static_cast<double>(bin.count);
    bin.chance /= count;
    bin.share /= count;
    score.reliability += count * square(bin.chance - bin.share) / all;
    score.resolution += count * square(bin.share - rate) / all;
    score.bins.push_back(bin);
  }
  score.within = score.brier - score.reliability + score.resolution - score.uncertainty;
  return score;
}

Coverage coverage(std::span<const JudgedTime> judged) {
  Coverage found;
  for (const JudgedTime& one : judged) {
    if (!one.early || !one.late) continue;
    ++found.count;
    if (!one.came || *one.came > *one.late) {
      ++found.after;
    } else if (*one.came < *one.early) {
      ++found.before;
    } else {
      ++found.inside;
    }
  }
  return found;
}

}  // namespace dienstbereit::core::recovery
