// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/gate.h"

#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/this_coro.hpp>

#include "base/assert.h"
#include "base/log.h"

namespace dienstbereit::runtime {
namespace {

bool is_cancellation(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const system_error& e) {
    return e.code() == asio::error::operation_aborted;
  } catch (...) {
    return false;
  }
}

std::string text_of(const std::exception_ptr& failure) {
  try {
    std::rethrow_exception(failure);
  } catch (const std::exception& e) {
    return e.what();
  } catch (...) {
    return "an exception without a text";
  }
}

}  // namespace

Gate::Gate(asio::io_context& context) : context_(context) {}

Gate::~Gate() { dienstbereit_assert(roots_.empty()); }

void Gate::spawn(const char* name, Async<void> work,
                 std::optional<std::chrono::nanoseconds> limit) {
  if (closing_) return;
  if (spare_.empty()) spare_.emplace_back(context_);
  roots_.splice(roots_.end(), spare_, spare_.begin());
  const Position root = std::prev(roots_.end());
  root->working = true;
  if (limit) {
    root->timing = true;
    root->timer.expires_after(*limit);
    root->timer.async_wait([this, root](ErrorCode ec) {
      root->timing = false;
      if (!ec && root->working) root->cancel.emit(asio::cancellation_type::terminal);
      drop_if_over(root);
    });
  }
  asio::co_spawn(context_, std::move(work),
                 asio::bind_cancellation_slot(root->cancel.slot(),
                                              [this, root, name](std::exception_ptr failure) {
                                                ended(root, name, failure);
                                              }));
}

void Gate::ended(Position root, const char* name, std::exception_ptr failure) {
  if (failure && !is_cancellation(failure)) {
    log::error("{}: ended by '{}'; the rest goes on", name, text_of(failure));
  }
  root->working = false;
  root->timer.cancel();
  drop_if_over(root);
}

void Gate::drop_if_over(Position root) {
  if (root->working || root->timing) return;
  root->cancel.slot().clear();
  spare_.splice(spare_.end(), roots_, root);
  if (!closing_ || !roots_.empty() || !when_empty_) return;
  auto told = std::exchange(when_empty_, nullptr);
  told();
}

void Gate::close(std::function<void()> when_empty) {
  closing_ = true;
  when_empty_ = std::move(when_empty);
  for (auto& root : roots_) {  // ends arrive later, through the loop: the list stays as it is
    if (root.working) root.cancel.emit(asio::cancellation_type::terminal);
  }
  if (!roots_.empty() || !when_empty_) return;
  auto told = std::exchange(when_empty_, nullptr);
  told();
}

Async<void> wait_until(std::chrono::steady_clock::time_point t) {
  auto executor = co_await asio::this_coro::executor;
  asio::steady_timer timer(executor);
  timer.expires_at(t);
  ErrorCode ignored;
  co_await timer.async_wait(into(ignored));
}

Deadline::Deadline(asio::any_io_executor executor, std::chrono::nanoseconds limit,
                   std::function<void()> cancel)
    : timer_(std::move(executor)), state_(std::make_shared<State>()) {
  timer_.expires_after(limit);
  timer_.async_wait([state = state_, cancel = std::move(cancel)](ErrorCode ec) {
    if (ec || state->over) return;
    state->expired = true;
    cancel();
  });
}

Deadline::~Deadline() { state_->over = true; }

}  // namespace dienstbereit::runtime
