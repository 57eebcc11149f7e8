// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <vector>

#include "core/health/observations.h"
#include "model/district.h"
#include "model/outside/outpost_report.h"

namespace dienstbereit::outpost {

// What an outpost sees from where it stands: its probes' results, settled by the rules that hold
// for the server's own (docs/formats/observations.md), its own paths among them. A pure decider.
class Vantage {
 public:
  struct Seen {
    std::vector<OutpostItem> items;  // of now
    std::vector<ProbeId> ask_now;
  };

  void use(std::shared_ptr<const District> district, Instant now);

  Seen on_result(const ProbeResult& result, Instant now);
  Seen on_due(Instant now);
  std::optional<Instant> next_due() const { return observations_.next_due(); }
  // What has settled of these probes, as if it were new.
  std::vector<OutpostItem> standing(const std::vector<ProbeId>& probes, Instant now) const;
  // "Still so", for all that is fresh; several items where there is much.
  std::vector<OutpostItem> steady(Instant now) const;

 private:
  static Seen told(core::health::Observations::Outcome outcome, Instant now);

  std::shared_ptr<const District> district_;
  core::health::Observations observations_;
};

}  // namespace dienstbereit::outpost
