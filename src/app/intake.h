// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <optional>

#include "engine/engine.h"
#include "intake/store.h"
#include "runtime/clock.h"
#include "runtime/loop.h"
#include "web/intake/port.h"

namespace dienstbereit::app {

// Emergency intake as the web server sees it. Whatever touches its file runs on a thread of its
// own, so that a rush at the counters delays no login. What happened goes to the engine as events,
// and how much waits, once it has changed.
class AppIntake final : public web::IntakePort {
 public:
  // All of it outlives the intake.
  AppIntake(const runtime::Clock& clock, engine::Engine& engine);

  // Once, before anything else; then start() the thread.
  Result<void> open(const std::filesystem::path& data);
  void start() { loop_.start(); }
  void stop() { loop_.stop(); }
  // Every few seconds: tells a backlog that has changed, deletes what is due once an hour. `grace`:
  // of the district in force. Any thread.
  void look(Duration grace);

  std::optional<IntakeDevice> device(std::string_view token) const override;
  void submit(IntakeCommand command, Identity by, IntakeReply reply) override;

 private:
  void note(const std::string& actor, const IntakeNoted& entry);
  void tell_backlog(Instant now);
  void purge(Instant now, Duration grace);
  Instant now() const { return clock_.now() + engine_.civil_offset(); }

  const runtime::Clock& clock_;
  engine::Engine& engine_;
  runtime::Loop loop_;
  std::unique_ptr<intake::Store> store_;
  std::atomic<unsigned> waiting_ = 0;  // commands that were not answered yet
  // The loop's thread alone:
  std::optional<BacklogCounted> told_;
  Instant told_at_;
  Instant purged_at_;
  bool changed_ = true;  // since the backlog was counted
};

}  // namespace dienstbereit::app
