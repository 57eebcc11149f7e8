// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>

#include "app/keeper.h"
#include "engine/engine.h"
#include "probe/prober.h"
#include "runtime/clock.h"
#include "runtime/credentials.h"
#include "runtime/loop.h"
#include "web/control.h"

namespace dienstbereit::app {

// What the web server asks of the rest. All references outlive it.
class AppControl final : public web::Control {
 public:
  AppControl(const runtime::Clock& clock, engine::Engine& engine,
             const runtime::Credentials& credentials, runtime::Loop& worker,
             std::filesystem::path district);

  // The district in force, for heartbeat tokens.
  void use(std::shared_ptr<const District> district);
  // The prober, once there is one, for its figures; the keeper for those of the disk.
  void watch(const probe::Prober& prober) { prober_ = &prober; }
  void watch(const Keeper& keeper) { keeper_ = &keeper; }

  Instant now() const override;
  std::optional<std::string> heartbeat_token(const ProbeId& probe) const override;
  bool heartbeat(const ProbeId& probe) override;
  void reload(Actor actor, Reply reply) override;
  void backup(Actor actor, std::string file, Reply reply) override;
  std::vector<web::Gauge> gauges() const override;
  std::optional<Wording> warning() const override;

 private:
  const runtime::Clock& clock_;
  engine::Engine& engine_;
  const runtime::Credentials& credentials_;
  runtime::Loop& worker_;
  std::filesystem::path path_;
  std::atomic<const probe::Prober*> prober_ = nullptr;
  std::atomic<const Keeper*> keeper_ = nullptr;
  mutable std::mutex mutex_;
  std::shared_ptr<const District> district_;
};

}  // namespace dienstbereit::app
