// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/forecast.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include <fmt/format.h>

#include "core/recovery/restoration.h"
#include "core/recovery/simulate.h"

namespace dienstbereit::core::recovery {
namespace {

// Arrivals at one level (normal, or at least limited) over all runs.
class Level {
 public:
  Level(std::size_t subjects, unsigned runs)
      : subjects_(subjects), runs_(runs), times_(subjects * runs, kNever), lost_(subjects) {}

  void begin_run(unsigned run) {
    run_ = run;
    arrived_.assign((subjects_ + 63) / 64, 0);
    relapsed_.assign(arrived_.size(), 0);
  }

  void see(const Bits& reached, Instant at) {
    for (std::size_t i = 0; i < arrived_.size(); ++i) {
      const std::uint64_t now = reached.words()[i];
      each_member(arrived_[i] & ~now & ~relapsed_[i], i,
                  [&](std::size_t subject) { ++lost_[subject]; });
      relapsed_[i] |= arrived_[i] & ~now;
      each_member(now & ~arrived_[i], i,
                  [&](std::size_t subject) { times_[subject * runs_ + run_] = at; });
      arrived_[i] |= now;
    }
  }

  std::span<Instant> times(std::size_t subject) {
    return std::span(times_).subspan(subject * runs_, runs_);
  }
  unsigned lost(std::size_t subject) const { return lost_[subject]; }  // in how many runs, again

 private:
  std::size_t subjects_;
  unsigned runs_;
  unsigned run_ = 0;
  std::vector<Instant> times_;  // by subject, then by run
  std::vector<unsigned> lost_;
  std::vector<std::uint64_t> arrived_;
  std::vector<std::uint64_t> relapsed_;
};

std::optional<Instant> quantile(std::span<const Instant> sorted, double share) {
  constexpr double kSlack = 1e-9;  // 0.1 * 2000 is a little more than 200
  const auto needed =
      static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size()) - kSlack));
  const Instant at = sorted[std::max<std::size_t>(needed, 1) - 1];
  return at == kNever ? std::nullopt : std::optional(at);
}

Arrival summary(std::span<Instant> times) {
  std::sort(times.begin(), times.end());
  const auto never = std::upper_bound(times.begin(), times.end(), kNever - Duration(1));
  Arrival arrival;
  arrival.never = static_cast<double>(times.end() - never) / static_cast<double>(times.size());
  for (std::size_t i = 0; i < kArrivalQuantiles.size(); ++i) {
    arrival.quantiles[i] = quantile(times, kArrivalQuantiles[i]);
  }
  arrival.cautious = quantile(times, kCautiousQuantile);
  return arrival;
}

Arrival unknown_arrival() {
  Arrival arrival;
  arrival.unknown = true;
  return arrival;
}

struct AskedSlot {
  Instant begin;
  std::size_t subject;
  std::size_t place;
  unsigned normal = 0;
  unsigned limited = 0;
};

std::vector<AskedSlot> in_order(const SlotBegins& slots) {
  std::vector<AskedSlot> all;
  for (std::size_t subject = 0; subject < slots.size(); ++subject) {
    for (std::size_t i = 0; i < slots[subject].size(); ++i) {
      all.push_back({slots[subject][i], subject, i});
    }
  }
  std::sort(all.begin(), all.end(), [](const AskedSlot& a, const AskedSlot& b) {
    return std::tie(a.begin, a.subject, a.place) < std::tie(b.begin, b.subject, b.place);
  });
  return all;
}

Result<void> check_question(const Plan& plan, const Opens& opens, const SlotBegins& slots,
                            const ForecastSettings& settings) {
  if (settings.runs == 0) return fail(Errc::InvalidInput, "no runs; ask for some thousand");
  if (slots.size() != opens.subjects()) {
    return fail(Errc::InvalidInput, fmt::format("slots of {} subjects, but there are {}",
                                                slots.size(), opens.subjects()));
  }
  if (settings.runs > kMostRuns) {
    return fail(Errc::LimitExceeded, fmt::format("{} runs; at most {}", settings.runs, kMostRuns));
  }
  std::size_t asked = 0;
  for (const auto& of : slots) asked += of.size();
  if (asked > kMostSlots) {
    return fail(Errc::LimitExceeded, fmt::format("{} slots; at most {}", asked, kMostSlots));
  }
  const std::size_t arrivals = settings.runs * (2 * slots.size() + plan.tasks.size());
  if (arrivals > kMostArrivals) {
    return fail(Errc::LimitExceeded,
                fmt::format("{} arrivals to keep; at most {}: ask for fewer runs", arrivals,
                            kMostArrivals));
  }
  return {};
}

// Collects the runs of one question.
class Collection {
 public:
  Collection(const Plan& plan, const SlotBegins& slots, unsigned runs)
      : plan_(plan),
        normal_(slots.size(), runs),
        limited_(slots.size(), runs),
        tasks_(plan.tasks.size(), std::vector<Instant>(runs)),
        all_done_(runs, plan.start),
        slots_(in_order(slots)) {}

  void add_run(DrawKey key, std::span<const Instant> done, Restoration& nodes) {
    const auto run = static_cast<unsigned>(key.run);
    played_ = run + 1;
    for (std::size_t i = 0; i < done.size(); ++i) {
      tasks_[i][run] = done[i];
      if (!plan_.tasks[i].repair) continue;
      all_done_[run] = std::max(all_done_[run], done[i]);
    }
    normal_.begin_run(run);
    limited_.begin_run(run);
    nodes.begin(done, key);
    for (auto next = nodes.next(); next && *next <= plan_.start; next = nodes.next()) {
      nodes.advance();
    }
    see(nodes.reach(), plan_.start);
    auto slot = slots_.begin();
    while (const auto next = nodes.next()) {
      for (; slot != slots_.end() && slot->begin < *next; ++slot) count(*slot, nodes.reach());
      nodes.advance();
      see(nodes.reach(), *next);
    }
    for (; slot != slots_.end(); ++slot) count(*slot, nodes.reach());
  }

  RecoveryForecast result(RememberedOpens& opens, const SlotBegins& slots) {
    const Reach best = attainable(plan_, opens, false);
    const Reach lasting = attainable(plan_, opens, true);
    RecoveryForecast forecast;
    forecast.start = plan_.start;
    forecast.runs = played_;
    for (std::size_t i = 0; i < slots.size(); ++i) {
      SubjectForecast subject;
      subject.normal = arrival(normal_, i, best.normal);
      subject.limited = arrival(limited_, i, best.limited);
      subject.slots.resize(slots[i].size());
      forecast.subjects.push_back(std::move(subject));
    }
    for (const AskedSlot& slot : slots_) {
      ChanceAt& chance = forecast.subjects[slot.subject].slots[slot.place];
      chance.begin = slot.begin;
      chance.normal = share(slot, slot.normal, best.normal, lasting.normal);
      chance.limited = share(slot, slot.limited, best.limited, lasting.limited);
    }
    for (auto& times : tasks_) forecast.tasks.push_back(summary(played(times)));
    forecast.all_done = every_fault_has_a_repair() ? summary(played(all_done_)) : unknown_arrival();
    return forecast;
  }

 private:
  void see(const Reach& reach, Instant at) {
    normal_.see(reach.normal, at);
    limited_.see(reach.limited, at);
  }

  static void count(AskedSlot& slot, const Reach& reach) {
    slot.normal += reach.normal[slot.subject];
    slot.limited += reach.limited[slot.subject];
  }

  std::span<Instant> played(std::span<Instant> times) const { return times.first(played_); }

  Arrival arrival(Level& level, std::size_t subject, const Bits& attainable) const {
    if (!attainable[subject]) return unknown_arrival();
    Arrival arrival = summary(played(level.times(subject)));
    arrival.relapse = static_cast<double>(level.lost(subject)) / played_;
    return arrival;
  }

  // Nothing that is planned leads there, or nothing does any more once the interim fixes are over.
  std::optional<double> share(const AskedSlot& slot, unsigned count, const Bits& best,
                              const Bits& lasting) const {
    if (!best[slot.subject]) return std::nullopt;
    if (!lasting[slot.subject] && slot.begin >= last_expiry()) return std::nullopt;
    return static_cast<double>(count) / played_;
  }

  Instant last_expiry() const {
    Instant last = Instant::min();
    for (const Interim& interim : plan_.interims) {
      if (interim.expires) last = std::max(last, *interim.expires);
    }
    return last;
  }

  bool every_fault_has_a_repair() const {
    std::vector<bool> repaired(plan_.nodes.size());
    for (const PlannedTask& task : plan_.tasks) {
      for (const std::size_t node : task.restores) repaired[node] = true;
    }
    for (std::size_t i = 0; i < repaired.size(); ++i) {
      if (plan_.nodes[i].faulty && !repaired[i]) return false;
    }
    return true;
  }

  const Plan& plan_;
  unsigned played_ = 0;
  Level normal_;
  Level limited_;
  std::vector<std::vector<Instant>> tasks_;
  std::vector<Instant> all_done_;
  std::vector<AskedSlot> slots_;
};

}  // namespace

Result<RecoveryForecast> forecast(const Plan& plan, Opens& opens, const SlotBegins& slots,
                                  const ForecastSettings& settings) {
  if (auto sound = check_question(plan, opens, slots, settings); !sound) {
    return tl::unexpected(sound.error());
  }
  auto schedule = Schedule::prepare(plan);
  if (!schedule) return tl::unexpected(schedule.error());
  RememberedOpens remembered(opens, plan.nodes.size());
  Restoration nodes(plan, remembered);
  Collection runs(plan, slots, settings.runs);
  for (unsigned run = 0; run < settings.runs; ++run) {
    const bool enough = run >= kEnoughRuns;
    const bool stopped = settings.stop && settings.stop->asked();
    const bool tangled = settings.most_asked > 0 && remembered.asked() >= settings.most_asked;
    if (enough && (stopped || tangled)) break;
    if (stopped) {
      return fail(Errc::Unavailable, "the forecast was ended before it was done, for it took too "
                                     "long or the server stops");
    }
    const DrawKey key{settings.seed, run};
    runs.add_run(key, schedule->run(key), nodes);
  }
  RecoveryForecast result = runs.result(remembered, slots);
  result.seed = settings.seed;
  return result;
}

}  // namespace dienstbereit::core::recovery
