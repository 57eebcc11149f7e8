// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <string>

#include "app/papers/papers.h"
#include "engine/engine.h"
#include "publish/publisher.h"
#include "runtime/clock.h"
#include "runtime/credentials.h"
#include "runtime/loop.h"

namespace dienstbereit::app {

// Keeps the copies outside the house in step with what the engine publishes. Everything given
// outlives it.
class Outside {
 public:
  // `folder`: of the district.
  Outside(const runtime::Clock& clock, engine::Engine& engine,
          const runtime::Credentials& credentials, runtime::Loop& worker, const Papers& papers,
          std::filesystem::path folder);

  // Any thread; cheap.
  void show(std::shared_ptr<const Situation> situation);
  // There may be something new to bring. Any thread; cheap.
  void look() { publisher_.look(); }
  // Ends every push. Before the engine ends.
  void close() { publisher_.close(); }

 private:
  std::shared_ptr<const Situation> current() const;
  std::string fingerprint();
  StaticCopy render(const PublishTarget& target) const;
  void report(const PublishId& target, const publish::Settled& settled);
  Instant now() const;

  const runtime::Clock& clock_;
  engine::Engine& engine_;
  runtime::Loop& worker_;
  const Papers& papers_;
  mutable std::mutex mutex_;
  std::shared_ptr<const Situation> situation_;
  std::mutex fingerprint_mutex_;
  std::shared_ptr<const Situation> fingerprint_of_;
  std::string fingerprint_;
  publish::Publisher publisher_;
};

}  // namespace dienstbereit::app
