// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "intake/store.h"

namespace dienstbereit::intake {

// What one command is about to change in memory, and to tell the journal.
struct Store::Work {
  const Asker& by;
  Instant now;
  std::vector<std::function<void(std::map<DeviceId, StoredDevice>&)>> steps;
  std::vector<IntakeNoted> notes;

  void put(const StoredDevice& device) {
    steps.push_back([device](auto& devices) { devices[device.device.id] = device; });
  }
  void note(IntakeStep step, std::string subject, std::string detail = {}) {
    IntakeNoted& entry = notes.emplace_back();
    entry.step = step;
    entry.subject = std::move(subject);
    entry.detail = std::move(detail);
  }
};

}  // namespace dienstbereit::intake
