// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/prober.h"

#include <mutex>

#include "probe/lateness.h"
#include "probe/run.h"
#include "probe/slots.h"
#include "runtime/gate.h"

namespace dienstbereit::probe {

// Lives on the loop's thread, but for figures().
class Prober::Schedule {
 public:
  Schedule(runtime::Loop& loop, const runtime::Clock& clock,
           const runtime::Credentials& credentials, InputSink& sink, std::filesystem::path folder)
      : loop_(loop),
        clock_(clock),
        sink_(sink),
        tools_(loop.context(), clock, credentials, std::move(folder)),
        gate_(loop.context()),
        timer_(loop.context()),
        slots_(kMostRunning, kMostRunningTls) {}

  void use(std::shared_ptr<const District> district) {
    if (gate_.closing()) return;
    tools_.tls.clear();  // CA files may have changed with the district
    slots_.use(std::move(district), clock_.now());
    if (!std::exchange(watching_clock_, true)) gate_.spawn("clock watch", watch_clock(), {});
    go_on();
  }

  void ask(const ProbeId& probe) {
    if (gate_.closing()) return;
    slots_.ask(probe, clock_.now());
    go_on();
  }

  void close(std::function<void()> when_empty) {
    timer_.cancel();
    gate_.close(std::move(when_empty));
  }

  ProberFigures figures() const {
    const std::lock_guard lock(mutex_);
    ProberFigures figures = figures_;
    figures.lateness_median = lateness_.quantile(0.5);
    figures.lateness_p99 = lateness_.quantile(0.99);
    return figures;
  }

  runtime::Loop& loop() { return loop_; }

 private:
  // Starts what is due, as far as the bounds allow, and sets the one timer to the next slot.
  void go_on() {
    const Instant now = clock_.now();
    slots_.look(now);
    while (auto start = slots_.take(now)) begin(std::move(*start));
    publish();
    const auto due = slots_.next_due();
    if (!due || timer_set_to_ == *due) return;
    timer_set_to_ = *due;
    timer_.expires_at(clock_.steady(*due));
    timer_.async_wait([this](ErrorCode ec) {
      if (ec || gate_.closing()) return;
      timer_set_to_.reset();
      go_on();
    });
  }

  void begin(Slots::Start start) {
    const auto late = std::chrono::steady_clock::now() - clock_.steady(start.due);
    {
      const std::lock_guard lock(mutex_);
      lateness_.add(std::chrono::duration_cast<std::chrono::microseconds>(late));
      ++figures_.runs;
    }
    const auto limit = start.spec->timeout;
    gate_.spawn("probe", perform(std::move(start)), limit);
  }

  Async<void> perform(Slots::Start start) {
    const ProbeSpec& spec = *start.spec;
    auto result = co_await run_probe(spec, tools_, std::move(start.from));
    const bool counts = slots_.finished(spec.id, uses_tls(spec), clock_.now());
    if (gate_.closing()) co_return;
    if (counts && !sink_.report(std::move(result))) {
      const std::lock_guard lock(mutex_);
      ++figures_.dropped;
    }
    // A place is free, or a run was asked for meanwhile.
    if (slots_.counts().waiting > 0 || slots_.next_due() != timer_set_to_) go_on();
  }

  Async<void> watch_clock() {
    runtime::StepDetector steps(runtime::Clock::wall(), std::chrono::steady_clock::now());
    while (!gate_.closing()) {
      co_await runtime::wait_until(std::chrono::steady_clock::now() + kClockLook);
      if (gate_.closing()) break;
      const auto step = steps.look(runtime::Clock::wall(), std::chrono::steady_clock::now());
      if (step) sink_.clock_stepped(*step);
      publish();
    }
  }

  void publish() {
    const auto counts = slots_.counts();
    const std::lock_guard lock(mutex_);
    figures_.scheduled = counts.scheduled;
    figures_.skipped = counts.skipped;
    figures_.running = counts.running;
    figures_.waiting = counts.waiting;
  }

  runtime::Loop& loop_;
  const runtime::Clock& clock_;
  InputSink& sink_;
  Tools tools_;
  runtime::Gate gate_;
  asio::steady_timer timer_;
  std::optional<Instant> timer_set_to_;
  bool watching_clock_ = false;
  Slots slots_;
  mutable std::mutex mutex_;  // guards what follows
  ProberFigures figures_;
  Lateness lateness_{kLatenessWindow};
};

Prober::Prober(runtime::Loop& loop, const runtime::Clock& clock,
               const runtime::Credentials& credentials, InputSink& sink,
               std::filesystem::path folder)
    : schedule_(std::make_unique<Schedule>(loop, clock, credentials, sink, std::move(folder))) {}

Prober::~Prober() = default;

void Prober::run_now(const ProbeId& probe) {
  schedule_->loop().post([schedule = schedule_.get(), probe] { schedule->ask(probe); });
}

void Prober::use(std::shared_ptr<const District> district) {
  schedule_->loop().post(
      [schedule = schedule_.get(), district = std::move(district)] { schedule->use(district); });
}

void Prober::close() {
  std::promise<void> empty;
  auto done = empty.get_future();
  schedule_->loop().post([this, &empty] {
    // Told in a turn of its own, after the last root's handler has returned.
    schedule_->close([this, &empty] { schedule_->loop().post([&empty] { empty.set_value(); }); });
  });
  done.wait();
}

ProberFigures Prober::figures() const { return schedule_->figures(); }

}  // namespace dienstbereit::probe
