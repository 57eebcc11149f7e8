// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/actions/helper_port.h"

#include <future>
#include <string>
#include <utility>

#include <fmt/format.h>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include "helper/protocol.h"
#include "runtime/asio.h"
#include "runtime/gate.h"

namespace dienstbereit::fallback {
namespace {

using runtime::Async;
using runtime::ErrorCode;
using runtime::into;
using SteadyClock = std::chrono::steady_clock;

constexpr Duration kRetryAfter = std::chrono::milliseconds(300);
// The helper kills what runs too long, and answers then.
constexpr Duration kAnswerGrace = std::chrono::seconds(5);

struct Exchange {
  bool sent = false;  // the helper may have begun
  std::string line;   // empty: no answer
  std::string problem;
};

}  // namespace

// Lives on the loop's thread.
class HelperPort::Desk {
 public:
  Desk(runtime::Loop& loop, std::filesystem::path socket, Report report, Duration reach_for)
      : loop_(loop),
        socket_(std::move(socket)),
        report_(std::move(report)),
        reach_for_(reach_for),
        gate_(loop.context()) {}

  void carry_out(Action action) {
    if (!gate_.closing()) gate_.spawn("helper", ask(std::move(action)), {});
  }
  void close(std::function<void()> when_empty) { gate_.close(std::move(when_empty)); }
  runtime::Loop& loop() { return loop_; }

 private:
  Async<void> ask(Action action) {
    const auto begin = SteadyClock::now();
    const auto end = begin + action.timeout + kAnswerGrace;
    const std::string request = helper::to_line(action);
    bool begun = false;
    std::string problem;
    while (!gate_.closing()) {
      const Exchange exchange = co_await talk(request, end);
      if (gate_.closing()) co_return;
      if (!exchange.line.empty()) {
        auto result = helper::parse_result(exchange.line);
        if (!result) {
          result =
              ActionResult{"", action.mode, ActionOutcome::Interrupted, result.error().message};
        }
        result->key = action.key;
        result->mode = action.mode;
        report_(std::move(*result));
        co_return;
      }
      begun = begun || exchange.sent;
      problem = exchange.problem;
      const auto now = SteadyClock::now();
      if (now >= (begun ? end : std::min(end, begin + reach_for_))) break;
      co_await runtime::wait_until(now + kRetryAfter);
    }
    if (gate_.closing()) co_return;
    const std::string why =
        begun
            ? fmt::format("the helper gave no answer in time: {}", problem)
            : fmt::format("the helper cannot be reached at {}: {}; start it with 'systemctl start "
                          "dienstbereit-helper'",
                          socket_.string(), problem);
    report_({action.key, action.mode, begun ? ActionOutcome::Interrupted : ActionOutcome::Refused,
             why});
  }

  Async<Exchange> talk(std::string request, SteadyClock::time_point end) {
    Exchange exchange;
    ErrorCode failure;
    asio::local::stream_protocol::socket socket(loop_.context());
    const runtime::Deadline deadline(loop_.context().get_executor(), end - SteadyClock::now(),
                                     [&socket] {
                                       ErrorCode ignored;
                                       socket.close(ignored);
                                     });
    const asio::local::stream_protocol::endpoint place(socket_.string());
    co_await socket.async_connect(place, into(failure));
    if (!failure) {
      co_await asio::async_write(socket, asio::buffer(request), into(failure));
      exchange.sent = true;
    }
    std::string answer;
    if (!failure) {
      co_await asio::async_read_until(socket, asio::dynamic_buffer(answer, helper::kLargestLine),
                                      '\n', into(failure));
    }
    if (failure) {
      exchange.problem = deadline.expired() ? "its time is over" : failure.message();
    } else {
      exchange.line = answer.substr(0, answer.find('\n'));
    }
    co_return exchange;
  }

  runtime::Loop& loop_;
  std::filesystem::path socket_;
  Report report_;
  Duration reach_for_;
  runtime::Gate gate_;
};

HelperPort::HelperPort(runtime::Loop& loop, std::filesystem::path socket, Report report,
                       Duration reach_for)
    : desk_(std::make_unique<Desk>(loop, std::move(socket), std::move(report), reach_for)) {}

HelperPort::~HelperPort() = default;

void HelperPort::carry_out(Action action) {
  desk_->loop().post([this, action = std::move(action)] { desk_->carry_out(action); });
}

void HelperPort::close() {
  std::promise<void> empty;
  auto done = empty.get_future();
  desk_->loop().post([this, &empty] {
    // Told in a turn of its own, after the last root's handler has returned.
    desk_->close([this, &empty] { desk_->loop().post([&empty] { empty.set_value(); }); });
  });
  done.wait();
}

}  // namespace dienstbereit::fallback
