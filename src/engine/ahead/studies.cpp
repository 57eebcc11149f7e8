// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/ahead/studies.h"

#include <utility>

#include <fmt/format.h>

#include "base/text.h"
#include "engine/ahead/first.h"
#include "engine/outlook.h"

namespace dienstbereit::engine {
namespace {

constexpr std::size_t kLongestReason = 600;  // bytes

Result<RecordEvent> made_of(const WorkingState& state, const Command& command, Instant now,
                            const StopFlag& stop) {
  const auto* order = std::get_if<ProposeOrder>(&command);
  const MakeForecast asked =
      order ? MakeForecast{order->incident, order->reason} : std::get<MakeForecast>(command);
  if (asked.reason.size() > kLongestReason || !is_utf8(asked.reason)) {
    return fail(Errc::InvalidInput,
                fmt::format("the reason must be UTF-8 of at most {} bytes", kLongestReason));
  }
  if (order) return propose_order(state, asked.incident, asked.reason, now, stop);
  return make_forecast(state, asked.incident, asked.reason, now, stop);
}

IncidentId incident_of(const Command& command) {
  if (const auto* order = std::get_if<ProposeOrder>(&command)) return order->incident;
  return std::get<MakeForecast>(command).incident;
}

}  // namespace

bool is_study(const Command& command) {
  return std::holds_alternative<MakeForecast>(command) ||
         std::holds_alternative<ProposeOrder>(command);
}

ReportStudy study(const WorkingState& state, const Command& command, Instant now,
                  const StopFlag& stop) {
  ReportStudy report{made_of(state, command, now, stop), nullptr, state.district()};
  for (const auto& incident : state.ledger().record()->incidents) {
    if (incident->id == incident_of(command)) report.of = incident;
  }
  return report;
}

Result<void> Studies::begin(Request& request, const WorkingState& state, Instant now) {
  const std::lock_guard lock(mutex_);
  if (stopped_ || (running_ && !running_->over)) {
    return fail(Errc::Unavailable, "another forecast or order is being calculated; try again in a "
                                   "moment");
  }
  auto running = std::make_shared<Running>();
  running->began = now;
  running_ = running;
  run_([&sink = sink_, running, now, copy = std::make_shared<const WorkingState>(state),
        asked = std::make_shared<Request>(std::move(request))] {
    ReportStudy report = study(*copy, asked->command, now, running->stop);
    running->over = true;
    sink.command(asked->actor, std::move(report), std::move(asked->reply));
  });
  return {};
}

void Studies::look(Instant now) {
  const std::lock_guard lock(mutex_);
  if (running_ && now - running_->began > kLongest) running_->stop.ask();
}

void Studies::stop() {
  const std::lock_guard lock(mutex_);
  stopped_ = true;
  if (running_) running_->stop.ask();
}

}  // namespace dienstbereit::engine
