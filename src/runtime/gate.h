// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <exception>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/cancellation_signal.hpp>

#include "runtime/asio.h"

namespace dienstbereit::runtime {

// Holds the coroutine roots one owner has started. Lives on its loop's thread.
//
// Every root has an end of time: then the operation it waits for ends with operation_aborted, and
// any later wait throws system_error(operation_aborted). An exception that leaves a root is logged
// with the root's name and costs that root only.
class Gate {
 public:
  explicit Gate(asio::io_context& context);
  ~Gate();  // must be empty
  Gate(const Gate&) = delete;
  Gate& operator=(const Gate&) = delete;

  // Starts `work` at once, up to its first wait. `name` must outlive it (a literal). Without a
  // limit the work must bound each of its own waits. After close() the work is not begun.
  void spawn(const char* name, Async<void> work, std::optional<std::chrono::nanoseconds> limit);

  // Cancels every root and calls `when_empty` as soon as the last has ended, maybe at once. Ends
  // are prompt: no root may wait for anything that cannot be cancelled.
  void close(std::function<void()> when_empty);

  bool closing() const { return closing_; }
  std::size_t size() const { return roots_.size(); }

 private:
  struct Root {
    explicit Root(asio::io_context& context) : timer(context) {}
    asio::cancellation_signal cancel;
    asio::steady_timer timer;
    bool working = true;
    bool timing = false;  // the timer's handler is still to run
  };
  using Position = std::list<Root>::iterator;

  void ended(Position root, const char* name, std::exception_ptr failure);
  void drop_if_over(Position root);

  asio::io_context& context_;
  std::list<Root> roots_;
  std::list<Root> spare_;  // reused: a root costs no allocation in the long run
  bool closing_ = false;
  std::function<void()> when_empty_;
};

// Waits until `t`; returns early, without a word, if the root is cancelled meanwhile.
Async<void> wait_until(std::chrono::steady_clock::time_point t);

// Bounds one operation within a root: when `limit` is over, `cancel` is called once. Destroying
// the object ends the watch. The wait it guards must return before the object dies.
class Deadline {
 public:
  Deadline(asio::any_io_executor executor, std::chrono::nanoseconds limit,
           std::function<void()> cancel);
  ~Deadline();
  Deadline(const Deadline&) = delete;
  Deadline& operator=(const Deadline&) = delete;

  bool expired() const { return state_->expired; }

 private:
  struct State {
    bool over = false;
    bool expired = false;
  };
  asio::steady_timer timer_;
  std::shared_ptr<State> state_;  // shared with the timer's handler, which may run after us
};

}  // namespace dienstbereit::runtime
