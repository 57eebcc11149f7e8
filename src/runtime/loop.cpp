// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/loop.h"

#include <pthread.h>

#include "base/assert.h"
#include "base/log.h"

namespace dienstbereit::runtime {
namespace {

constexpr int kOneThread = 1;          // lets Asio skip wake-ups between threads of its own
constexpr std::size_t kNameBytes = 15;  // the kernel's limit

}  // namespace

Loop::Loop(std::string name)
    : name_(name.substr(0, kNameBytes)), context_(kOneThread), guard_(context_.get_executor()) {}

Loop::~Loop() { stop(); }

void Loop::start() {
  dienstbereit_assert(!thread_.joinable());
  thread_ = std::thread([this] {
    pthread_setname_np(pthread_self(), name_.c_str());
    run();
  });
}

void Loop::run() {
  while (!context_.stopped()) {
    try {
      context_.run();
    } catch (const std::exception& e) {
      log::error("{}: a handler failed with '{}'; going on without it", name_, e.what());
    }
  }
}

void Loop::stop() {
  context_.stop();
  if (!thread_.joinable()) return;
  dienstbereit_assert(thread_.get_id() != std::this_thread::get_id());
  thread_.join();
}

void Loop::post(std::function<void()> work) { asio::post(context_, std::move(work)); }

void Loop::post_and_wait(std::function<void()> work) {
  dienstbereit_assert(thread_.get_id() != std::this_thread::get_id());
  std::promise<void> done;
  auto finished = done.get_future();
  post([&work, &done] {
    work();
    done.set_value();
  });
  finished.wait();
}

}  // namespace dienstbereit::runtime
