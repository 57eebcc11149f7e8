// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <future>
#include <optional>
#include <string>
#include <thread>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>

#include "runtime/asio.h"

namespace dienstbereit::runtime {

// An event loop and its one thread. Everything that was created on context() lives and is called
// on that thread only; post() is the way in from others.
class Loop {
 public:
  // At most 15 bytes of `name` show in ps and in debuggers.
  explicit Loop(std::string name);
  ~Loop();  // stop()
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;

  // Starts the thread; or run() lends the caller's until stop().
  void start();
  void run();
  // Ends run() after the handler it is in, and joins the thread. What still waits is destroyed
  // with the Loop: close every Gate first. Thread-safe, not from the loop's own thread.
  void stop();

  // Thread-safe; work posted after stop() is not run.
  void post(std::function<void()> work);
  // Posts and waits until it was done. Not from the loop's own thread; the loop must be running.
  void post_and_wait(std::function<void()> work);

  asio::io_context& context() { return context_; }

 private:
  std::string name_;
  asio::io_context context_;
  asio::executor_work_guard<asio::io_context::executor_type> guard_;
  std::thread thread_;
};

namespace detail {

template <class T>
Async<void> keep(Async<T> work, std::optional<T>& result) {
  result.emplace(co_await std::move(work));
}

}  // namespace detail

// Runs one coroutine to its end on the caller's thread, for the command line and tests. Exceptions
// come out here.
template <class T>
T run_to_end(asio::io_context& context, Async<T> work) {
  std::optional<T> result;
  auto ended = asio::co_spawn(context, detail::keep<T>(std::move(work), result), asio::use_future);
  context.restart();
  while (ended.wait_for(std::chrono::seconds(0)) != std::future_status::ready &&
         context.run_one() > 0) {
  }
  ended.get();
  return std::move(*result);
}

}  // namespace dienstbereit::runtime
