// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/list/crew_list.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <numeric>

#include "base/assert.h"

namespace dienstbereit::core::recovery {

CrewList::CrewList(const ListPlan& plan) : crews_(plan.crews) {
  dienstbereit_assert(crews_ > 0);
  for (const ListTask& task : plan.tasks) add(task);
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
    for (const std::size_t before : plan.tasks[i].after) {
      tasks_.at(before).then.push_back(static_cast<std::uint32_t>(i));
      ++tasks_[i].waits_for;
    }
  }
  unit_ = std::max(unit_, Duration(1));
  ready_.assign((tasks_.size() + 63) / 64, 0);
}

void CrewList::add(const ListTask& task) {
  Task made;
  made.key = task.key;
  Discrete choices = task.effort;
  std::erase_if(choices, [](const Choice& choice) { return choice.chance <= 0; });
  std::sort(choices.begin(), choices.end(),
            [](const Choice& a, const Choice& b) { return a.effort < b.effort; });
  double all = 0;
  for (const Choice& choice : choices) all += choice.chance;
  double sum = 0;
  for (const Choice& choice : choices) {
    sum += choice.chance;
    made.below.push_back(sum / all);
    made.efforts.push_back(choice.effort);
    unit_ = Duration(std::gcd(unit_.count(), choice.effort.count()));
  }
  dienstbereit_assert(!made.efforts.empty() && made.efforts.front() >= Duration(0));
  tasks_.push_back(std::move(made));
}

void CrewList::draw(DrawKey run, std::span<Duration> efforts) const {
  for (std::size_t i = 0; i < tasks_.size(); ++i) {
    const Task& task = tasks_[i];
    std::size_t choice = 0;
    if (task.efforts.size() > 1) {
      const double u = uniform(run, task.key, Purpose::Effort);
      while (choice + 1 < task.efforts.size() && u >= task.below[choice]) ++choice;
    }
    efforts[i] = task.efforts[choice];
  }
}

void CrewList::make_ready(std::uint32_t task) {
  ready_[task / 64] |= std::uint64_t{1} << (task % 64);
  first_word_ = std::min<std::size_t>(first_word_, task / 64);
  ++ready_count_;
}

std::uint32_t CrewList::take_ready() {
  while (ready_[first_word_] == 0) ++first_word_;
  std::uint64_t& word = ready_[first_word_];
  const auto task = static_cast<std::uint32_t>(first_word_ * 64) +
                    static_cast<std::uint32_t>(std::countr_zero(word));
  word &= word - 1;
  --ready_count_;
  return task;
}

// Goes on to the next moment at which something is done, and takes note of all of it.
void CrewList::finish_next(Duration& now) {
  now = running_.front().until;
  while (!running_.empty() && running_.front().until == now) {
    std::pop_heap(running_.begin(), running_.end(), std::greater<>());
    const std::uint32_t done = running_.back().task;
    running_.pop_back();
    order_.push_back(done);
    worked_.push_back(now);
    ++free_;
    for (const std::uint32_t next : tasks_[done].then) {
      if (--waits_for_[next] == 0) make_ready(next);
    }
  }
}

CrewList::Course CrewList::play(std::span<const Duration> efforts) {
  dienstbereit_assert(efforts.size() == tasks_.size());
  order_.clear();
  worked_.clear();
  running_.clear();
  std::fill(ready_.begin(), ready_.end(), 0);
  ready_count_ = 0;
  first_word_ = 0;
  free_ = crews_;
  waits_for_.resize(tasks_.size());
  for (std::uint32_t i = 0; i < tasks_.size(); ++i) {
    waits_for_[i] = tasks_[i].waits_for;
    if (waits_for_[i] == 0) make_ready(i);
  }
  Duration now{0};
  while (true) {
    for (; free_ > 0 && ready_count_ > 0; --free_) {
      const std::uint32_t task = take_ready();
      running_.push_back({now + efforts[task], task});
      std::push_heap(running_.begin(), running_.end(), std::greater<>());
    }
    if (running_.empty()) break;
    finish_next(now);
  }
  return {order_, worked_};
}

}  // namespace dienstbereit::core::recovery
