// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/list/list_forecast.h"

#include <algorithm>
#include <cmath>

#include "base/assert.h"
#include "core/recovery/list/moments.h"

namespace dienstbereit::core::recovery {
namespace {

constexpr std::size_t kLanes = Gates::kLanes;
constexpr std::size_t kOfficesAtOnce = 256;
constexpr std::size_t kOpeningsAtOnce = 8'000'000;  // offices x runs

// Of many numbers below a bound, the ones at given places of their sorted order: counted in bins,
// which are sorted out only if they are coarser than the numbers.
class Quantiles {
 public:
  explicit Quantiles(std::size_t bound) {
    while ((bound >> shift_) > kBins) ++shift_;
    counts_.resize((bound >> shift_) + 1);
  }

  // `places` rise.
  template <std::size_t N>
  std::array<std::uint32_t, N> at(std::span<const std::uint32_t> values,
                                  const std::array<std::size_t, N>& places) {
    std::fill(counts_.begin(), counts_.end(), 0);
    for (const std::uint32_t value : values) ++counts_[value >> shift_];
    std::array<std::size_t, N> bins{};
    std::array<std::size_t, N> within{};
    std::size_t bin = 0;
    std::size_t before = 0;
    for (std::size_t i = 0; i < N; ++i) {
      while (before + counts_[bin] <= places[i]) before += counts_[bin++];
      bins[i] = bin;
      within[i] = places[i] - before;
    }
    return sort_out(values, bins, within);
  }

 private:
  static constexpr std::size_t kBins = 1 << 15;

  template <std::size_t N>
  std::array<std::uint32_t, N> sort_out(std::span<const std::uint32_t> values,
                                        const std::array<std::size_t, N>& bins,
                                        const std::array<std::size_t, N>& within) {
    std::array<std::uint32_t, N> found{};
    for (std::size_t i = 0; i < N; ++i) {
      if (shift_ == 0) {
        found[i] = static_cast<std::uint32_t>(bins[i]);
        continue;
      }
      if (i == 0 || bins[i] != bins[i - 1]) {
        kept_.clear();
        for (const std::uint32_t value : values) {
          if (value >> shift_ == bins[i]) kept_.push_back(value);
        }
      }
      const auto nth = kept_.begin() + static_cast<std::ptrdiff_t>(within[i]);
      std::nth_element(kept_.begin(), nth, kept_.end());
      found[i] = *nth;
    }
    return found;
  }

  unsigned shift_ = 0;
  std::vector<std::uint32_t> counts_;
  std::vector<std::uint32_t> kept_;
};

// The place in sorted order of the smallest value with at least that share at or below it.
std::size_t place_of(double share, std::size_t runs) {
  constexpr double kSlack = 1e-9;  // 0.1 * 2000 is a little more than 200
  const auto needed =
      static_cast<std::size_t>(std::ceil(share * static_cast<double>(runs) - kSlack));
  return std::max<std::size_t>(needed, 1) - 1;
}

class Collection {
 public:
  Collection(const ListQuestion& question, unsigned runs, const Moments& moments)
      : moments_(moments), runs_(runs), quantiles_(moments.times().size()) {
    const auto& times = moments.times();
    for (const Instant deadline : question.deadlines) {
      const auto after = std::upper_bound(times.begin(), times.end(), deadline);
      in_time_.push_back(static_cast<std::uint32_t>(after - times.begin()));
    }
    for (const Instant time : times) {
      since_start_.push_back((time - question.plan.start).count());
    }
    for (std::size_t i = 0; i < places_.size(); ++i)
      places_[i] = place_of(kArrivalQuantiles[i], runs);
  }

  OfficeArrival summary(std::span<const std::uint32_t> openings) {
    OfficeArrival arrival;
    for (const std::uint32_t in_time : in_time_) {
      std::uint32_t count = 0;
      for (const std::uint32_t opening : openings) count += opening < in_time;
      arrival.by.push_back(static_cast<double>(count) / runs_);
    }
    const auto found = quantiles_.at(openings, places_);
    for (std::size_t i = 0; i < found.size(); ++i)
      arrival.quantiles[i] = moments_.times()[found[i]];
    double sum = 0;
    for (const std::uint32_t opening : openings) {
      sum += static_cast<double>(since_start_[opening]);
    }
    arrival.mean_ms = sum / runs_;
    return arrival;
  }

 private:
  const Moments& moments_;
  unsigned runs_;
  Quantiles quantiles_;
  std::array<std::size_t, kArrivalQuantiles.size()> places_{};
  std::vector<std::uint32_t> in_time_;  // by deadline: how many moments are not after it
  std::vector<std::int64_t> since_start_;
};

}  // namespace

std::optional<std::vector<OfficeArrival>> forecast_offices(const ListQuestion& question,
                                                           const ForecastSettings& settings,
                                                           const StopFlag& stop) {
  const auto moments = Moments::play(question.plan, settings, stop);
  if (!moments) return std::nullopt;
  Collection collection(question, settings.runs, *moments);
  std::vector<OfficeArrival> arrivals;
  const std::size_t padded = moments->blocks() * kLanes;
  const std::size_t at_once = std::clamp<std::size_t>(kOpeningsAtOnce / padded, 1, kOfficesAtOnce);
  std::vector<std::uint32_t> openings(std::min(at_once, question.offices.size()) * padded);
  for (std::size_t first = 0; first < question.offices.size(); first += at_once) {
    const std::size_t count = std::min(at_once, question.offices.size() - first);
    Gates gates(question.plan.tasks.size());
    for (const Gates::Groups& node : question.nodes) gates.add(node);
    std::size_t place = 0;
    for (std::size_t i = 0; i < count; ++i) place = gates.add(question.offices[first + i]);
    const std::size_t first_place = place + 1 - count;
    for (std::size_t block = 0; block < moments->blocks(); ++block) {
      if (stop.asked()) return std::nullopt;
      const auto ranks = moments->ranks(block);
      std::copy(ranks.begin(), ranks.end(), gates.inputs().begin());
      gates.evaluate();
      for (std::size_t i = 0; i < count; ++i) {
        const Gates::Rank* const of = gates.ranks(first_place + i);
        std::uint32_t* const out = &openings[i * padded + block * kLanes];
        for (std::size_t lane = 0; lane < kLanes; ++lane) {
          out[lane] = moments->moment(block, lane, of[lane]);
        }
      }
    }
    for (std::size_t i = 0; i < count; ++i) {
      if (stop.asked()) return std::nullopt;
      arrivals.push_back(
          collection.summary(std::span(openings).subspan(i * padded, settings.runs)));
    }
  }
  return arrivals;
}

}  // namespace dienstbereit::core::recovery
