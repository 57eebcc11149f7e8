// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "model/district.h"
#include "publish/push.h"
#include "publish/schedule.h"

namespace dienstbereit::publish {

// What a publisher needs of the rest. Thread-safe: each target works on a thread of its own.
struct Ports {
  std::function<Instant()> now;  // logical time
  // What a copy would tell now, as one short text; empty before there is anything to tell.
  std::function<std::string()> fingerprint;
  std::function<StaticCopy(const PublishTarget&)> render;
  // What has settled about a target.
  std::function<void(const PublishId&, const Settled&)> report;
};
// The hardest bound on one push.
inline constexpr Duration kLongestPush = std::chrono::minutes(2);
inline constexpr Duration kLongestFetch = std::chrono::seconds(20);

// Keeps a copy of the pages at each target of the district: sent when there is something new, and
// again before it runs out; looked at from outside where that can be done; retried until it is
// there. Each target for itself, so that a dead one delays no other.
class Publisher {
 public:
  // `tools` outlives the publisher.
  Publisher(Ports ports, Tools tools);
  ~Publisher();  // close()
  Publisher(const Publisher&) = delete;
  Publisher& operator=(const Publisher&) = delete;

  // From now on the targets of this district. Waits for the end of those that are gone, which may
  // take a second: not for the engine's thread.
  void use(const District& district);
  // There may be something new. Thread-safe, cheap.
  void look();
  // Ends whatever runs; a copy that is not whole yet is never shown. Idempotent.
  void close();

 private:
  class Job;

  std::map<PublishId, std::unique_ptr<Job>> take_jobs();

  Ports ports_;
  Tools tools_;
  std::mutex change_;  // held through use() and close()
  bool closed_ = false;
  std::mutex mutex_;
  std::map<PublishId, std::unique_ptr<Job>> jobs_;
};

}  // namespace dienstbereit::publish
