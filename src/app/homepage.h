// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>

#include "engine/engine.h"
#include "fallback/site/site.h"
#include "runtime/clock.h"

namespace dienstbereit::app {

// The homepage that goes on, in step with what the engine publishes: serves in the mode that was
// decided, says how things stand. Everything given outlives it.
class Homepage {
 public:
  Homepage(const runtime::Clock& clock, engine::Engine& engine, std::filesystem::path data,
           std::filesystem::path folder);

  // Any thread; cheap.
  void show(std::shared_ptr<const Situation> situation);
  // Before the engine ends.
  void close() { site_.close(); }

  // None without a homepage in the district.
  std::optional<HomepageFigures> figures() const;
  Result<void> fetch(bool anew);
  void prune(unsigned keep, fallback::site::Site::Done done);

 private:
  std::shared_ptr<const Situation> current() const;
  Instant now() const;
  fallback::site::Told tell(fallback::site::PageLanguage language,
                            std::optional<Instant> taken) const;

  const runtime::Clock& clock_;
  engine::Engine& engine_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Situation> situation_;
  fallback::site::Site site_;
};

}  // namespace dienstbereit::app
