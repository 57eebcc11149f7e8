// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "publish/publisher.h"

#include <atomic>
#include <deque>
#include <random>
#include <utility>

#include <fmt/format.h>

#include "base/log.h"
#include "runtime/loop.h"

namespace dienstbereit::publish {
namespace {

// How many copies are remembered that the outside may still serve.
constexpr std::size_t kMostMarks = 64;

struct SentCopy {
  std::string mark;
  Instant valid_until;
};

}  // namespace

// One target on its own thread.
class Publisher::Job {
 public:
  Job(PublishTarget target, const Ports& ports, const Tools& tools)
      : target_(std::move(target)),
        ports_(ports),
        tools_(tools),
        loop_("publish"),
        timer_(loop_.context()),
        random_(stable_hash(target_.id.str())),
        // Half its time is left for failures before the copy out there runs out.
        schedule_({target_.valid_for / 2, !target_.verify_url.empty()}) {
    loop_.start();
    look();
  }
  ~Job() {
    cancel_.cancel();
    loop_.stop();
  }
  Job(const Job&) = delete;
  Job& operator=(const Job&) = delete;

  const PublishTarget& target() const { return target_; }

  void look() {
    if (looking_.exchange(true)) return;
    loop_.post([this] {
      looking_ = false;
      step();
    });
  }

 private:
  void step() {
    if (cancel_.cancelled()) return;
    Instant now = ports_.now();
    schedule_.wants(ports_.fingerprint());
    switch (schedule_.due(now)) {
      case Schedule::Act::Push:
        push_copy(now);
        break;
      case Schedule::Act::Verify:
        verify();
        break;
      case Schedule::Act::None:
        break;
    }
    now = ports_.now();
    const auto next = schedule_.next();
    if (!next) return;
    timer_.expires_after(std::max(Duration(0), *next - now));
    timer_.async_wait([this](const runtime::ErrorCode& ended) {
      if (!ended) step();
    });
  }

  void push_copy(Instant began) {
    const std::string fingerprint = ports_.fingerprint();
    const StaticCopy copy = ports_.render(target_);
    const auto outcome = push(target_, copy, tools_, Limit(kLongestPush, cancel_), sent_);
    if (cancel_.cancelled()) return;
    if (outcome) {
      copies_.push_back({copy.mark, copy.valid_until});
      if (copies_.size() > kMostMarks) copies_.pop_front();
    } else {
      log::warning("publish {}: {}", target_.id.str(), outcome.error().message);
    }
    tell(schedule_.pushed(fingerprint, began, ports_.now(), outcome, jitter()));
  }

  void verify() {
    const auto outcome = look_from_outside();
    if (cancel_.cancelled()) return;
    if (!outcome) {
      sent_.clear();
      log::warning("publish {}: {}", target_.id.str(), outcome.error().message);
    }
    tell(schedule_.verified(ports_.now(), outcome, jitter()));
  }

  // A copy that holds still is good enough: caches on the way may keep one for a while.
  Result<void> look_from_outside() const {
    const auto page = fetch_page(target_, tools_, Limit(kLongestFetch, cancel_));
    if (!page) return tl::unexpected(page.error());
    const Instant now = ports_.now();
    for (const SentCopy& copy : copies_) {
      if (page->find(copy.mark) == std::string::npos) continue;
      if (copy.valid_until > now) return {};
      return fail(Errc::Conflict, fmt::format("{} serves a copy that ran out at {}",
                                              target_.verify_url, to_rfc3339(copy.valid_until)));
    }
    return fail(Errc::Conflict,
                fmt::format("{} does not serve the copy that was sent", target_.verify_url));
  }

  void tell(const std::optional<Settled>& settled) {
    if (settled) ports_.report(target_.id, *settled);
  }

  double jitter() { return std::uniform_real_distribution<>(0, 1)(random_); }

  const PublishTarget target_;
  const Ports& ports_;
  const Tools& tools_;
  Cancel cancel_;
  std::atomic<bool> looking_ = false;
  runtime::Loop loop_;
  asio::steady_timer timer_;
  std::mt19937_64 random_;
  Schedule schedule_;
  Sent sent_;
  std::deque<SentCopy> copies_;  // that came to their end, oldest first
};

Publisher::Publisher(Ports ports, Tools tools)
    : ports_(std::move(ports)), tools_(std::move(tools)) {}

Publisher::~Publisher() { close(); }

std::map<PublishId, std::unique_ptr<Publisher::Job>> Publisher::take_jobs() {
  const std::lock_guard lock(mutex_);
  return std::exchange(jobs_, {});
}

// The end of a job waits for what it is doing: never under the lock that look() takes.
void Publisher::use(const District& district) {
  const std::lock_guard one_at_a_time(change_);
  if (closed_) return;
  auto before = take_jobs();
  std::map<PublishId, std::unique_ptr<Job>> jobs;
  for (const PublishTarget& target : district.publish) {
    const auto known = before.find(target.id);
    if (known != before.end() && known->second->target() == target) {
      jobs.emplace(target.id, std::move(known->second));
      before.erase(known);
    }
  }
  before.clear();  // before a changed target begins anew
  for (const PublishTarget& target : district.publish) {
    if (!jobs.contains(target.id)) {
      jobs.emplace(target.id, std::make_unique<Job>(target, ports_, tools_));
    }
  }
  const std::lock_guard lock(mutex_);
  jobs_ = std::move(jobs);
}

void Publisher::look() {
  const std::lock_guard lock(mutex_);
  for (const auto& [id, job] : jobs_) job->look();
}

void Publisher::close() {
  const std::lock_guard one_at_a_time(change_);
  closed_ = true;
  take_jobs().clear();
}

}  // namespace dienstbereit::publish
