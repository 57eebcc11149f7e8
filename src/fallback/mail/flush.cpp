// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/mail/flush.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "fallback/mail/queue.h"
#include "runtime/gate.h"
#include "runtime/loop.h"
#include "runtime/program/program.h"

namespace dienstbereit::fallback::mail {
namespace {

constexpr std::int64_t kFewReturned = 20;  // may be single messages that the primary dislikes
constexpr std::size_t kAtOnce = 4;         // postqueue programs
constexpr Duration kBetweenLooks = std::chrono::seconds(1);
constexpr int kLookShare = 10;  // of the time at most, where the queue is long: a tenth
constexpr Duration kWhileWaiting = std::chrono::milliseconds(500);
constexpr Duration kShortestTick = std::chrono::milliseconds(250);
constexpr Duration kReleasePatience = std::chrono::seconds(30);
constexpr std::size_t kLongestAnswer = 4096;  // of postqueue -i

// So many every so often.
struct Pace {
  std::size_t messages = 1;
  Duration tick{0};
};
Pace pace_of(unsigned per_minute) {
  constexpr Duration kMinute = std::chrono::minutes(1);
  const auto most_ticks = static_cast<unsigned>(kMinute / kShortestTick);
  const unsigned messages = (per_minute + most_ticks - 1) / most_ticks;
  return {messages, kMinute * messages / per_minute};
}

runtime::Async<void> release(std::string config, std::string id, std::string& failure) {
  std::string out;
  auto take = runtime::into_text(out, kLongestAnswer);
  runtime::Program program{{"postqueue", "-c", std::move(config), "-i", std::move(id)}, {}};
  const auto end = co_await runtime::run_program(std::move(program), std::move(take));
  if (!end) {
    failure = end.error().message;
  } else if (end->status != 0) {
    failure = postfix_problem("postqueue", end->status, end->errors);
  }
}

// One flush, on a loop of its own.
class Flush {
 public:
  Flush(const FlushOptions& options, const std::function<void(const FlushSum&)>& progress)
      : options_(options),
        progress_(progress),
        pace_(pace_of(options.per_minute)),
        domains_(relay_domains(options.config)),
        gate_(context_) {}
  ~Flush() {
    bool empty = false;
    context_.restart();
    gate_.close([&empty] { empty = true; });
    while (!empty && context_.run_one() > 0) {
    }
  }

  Result<FlushSum> run() {
    Duration waited{0};
    while (true) {
      if (auto looked = look(); !looked) return tl::unexpected(looked.error());
      progress_(sum_);
      if (order_.refused()) return stopped();
      const bool all_released = todo_.empty();
      if (all_released && order_.under_way() == order_.returned()) return stopped();
      if (all_released && waited >= options_.patience) return stopped();
      waited = all_released ? waited + kWhileWaiting : Duration(0);
      if (all_released) {
        pause(kWhileWaiting);
      } else if (auto sent = release_some(); !sent) {
        return tl::unexpected(sent.error());
      }
    }
  }

 private:
  Result<void> look() {
    const auto began = std::chrono::steady_clock::now();
    auto queue = read_queue(options_.config, domains_);
    if (!queue) return tl::unexpected(queue.error());
    todo_ = order_.look(*queue);
    const auto took = std::chrono::steady_clock::now() - began;
    until_next_look_ =
        std::max<std::chrono::steady_clock::duration>(kBetweenLooks, took * (kLookShare - 1));
    sum_.released = order_.released();
    sum_.left = queue->backlog.waiting;
    sum_.on_hold = queue->held;
    return {};
  }

  FlushSum stopped() {
    if (order_.returned() > 0) {
      sum_.stopped = fmt::format("{} messages came back from the primary: {}", order_.returned(),
                                 order_.reason());
    }
    return sum_;
  }

  // Until the next look is due, at the pace asked for.
  Result<void> release_some() {
    std::size_t next = 0;
    auto began = std::chrono::steady_clock::now();
    // By the clock: where Postfix is slower than the pace, a dead primary is seen as soon.
    for (const auto due = began + until_next_look_; began < due && next < todo_.size();
         began = std::chrono::steady_clock::now()) {
      const std::size_t end = std::min(todo_.size(), next + pace_.messages);
      while (next < end) {
        const std::size_t count = std::min(kAtOnce, end - next);
        if (auto released = release_together(next, count); !released) return released;
        next += count;
      }
      pause_until(began + pace_.tick);
    }
    return {};
  }

  Result<void> release_together(std::size_t first, std::size_t count) {
    std::vector<std::string> failures(count);
    for (std::size_t i = 0; i < count; ++i) {
      const std::string& id = todo_[first + i];
      order_.released(id);
      gate_.spawn("release", release(options_.config.string(), id, failures[i]), kReleasePatience);
    }
    run_until_idle();
    for (const std::string& failure : failures) {
      if (!failure.empty()) return fail(Errc::Unavailable, failure);
    }
    return {};
  }

  void pause(Duration time) { pause_until(std::chrono::steady_clock::now() + time); }
  void pause_until(std::chrono::steady_clock::time_point end) {
    gate_.spawn("pause", runtime::wait_until(end), std::nullopt);
    run_until_idle();
  }
  void run_until_idle() {
    context_.restart();  // it stops when it runs out of work
    while (gate_.size() > 0 && context_.run_one() > 0) {
    }
  }

  const FlushOptions& options_;
  const std::function<void(const FlushSum&)>& progress_;
  Pace pace_;
  std::vector<std::string> domains_;
  asio::io_context context_;
  runtime::Gate gate_;
  FlushOrder order_;
  std::vector<std::string> todo_;
  FlushSum sum_;
  std::chrono::steady_clock::duration until_next_look_ = kBetweenLooks;
};

}  // namespace

std::vector<std::string> FlushOrder::look(const MailQueue& queue) {
  std::vector<std::string> ready;
  // Both may shrink: a listing can miss a message, and Postfix tries again by itself.
  const auto taken = [this] {
    return static_cast<std::int64_t>(earlier_.size()) - static_cast<std::int64_t>(under_way_);
  };
  const std::int64_t taken_before = taken();
  const auto returned_before = static_cast<std::int64_t>(returned_);
  under_way_ = returned_ = 0;
  for (const QueuedMail& mail : queue.messages) {
    if (mail.queue == "hold") continue;
    const bool earlier = earlier_.contains(mail.id);
    if (!earlier && !recent_.contains(mail.id)) {
      if (mail.queue == "deferred") ready.push_back(mail.id);
      continue;
    }
    ++under_way_;
    // One that was released a moment ago may not have left its place yet.
    if (!earlier || mail.queue != "deferred") continue;
    ++returned_;
    reason_ = mail.reason;
  }
  earlier_.merge(recent_);
  recent_.clear();
  const std::int64_t came_back = static_cast<std::int64_t>(returned_) - returned_before;
  against_ = std::max<std::int64_t>(0, against_ + came_back - (taken() - taken_before));
  return ready;
}

bool FlushOrder::refused() const { return against_ > kFewReturned; }

Result<FlushSum> flush(const FlushOptions& options,
                       const std::function<void(const FlushSum&)>& progress) {
  if (options.per_minute < kSlowestFlush || options.per_minute > kFastestFlush) {
    return fail(Errc::InvalidInput, fmt::format("a rate lies between {} and {} a minute",
                                                kSlowestFlush, kFastestFlush));
  }
  return Flush(options, progress).run();
}

}  // namespace dienstbereit::fallback::mail
