// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "model/record/events.h"
#include "model/record/record.h"

namespace dienstbereit::core::incident {

// The record as the events so far make it. What record() gave before stays as it was. One thread.
// Every event here was accepted by a decider: applying one that names nothing changes nothing.
class Ledger {
 public:
  Ledger() : record_(std::make_shared<const Record>()) {}

  const std::shared_ptr<const Record>& record() const { return record_; }

  void apply(const RecordEvent& event, const Written& written);
  // The district is another than the one under which orders were proposed.
  void district_changed();

  // The id the next new thing gets: next_id("task") = "task-3". Given to it by its event.
  std::string next_id(std::string_view prefix) const;

 private:
  std::shared_ptr<const Record> record_;
};

// The longest log of one incident; what comes later is in the journal only.
inline constexpr std::size_t kLongestLog = 20'000;

}  // namespace dienstbereit::core::incident
