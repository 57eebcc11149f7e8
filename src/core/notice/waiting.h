// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/interim/events.h"
#include "model/telling/notice.h"

namespace dienstbereit::core::notice {

inline constexpr std::size_t kMostWaiting = 500;  // runs; the oldest is forgotten

// True if it tells of a run. Its cause is the run's id.
bool is_of_run(const NoticeRaised& notice);

// Runs of plans that wait for a person, or failed, and what people know of that
// (docs/formats/notices.md). Folded from events. Dry runs are nobody's business.
class WaitingRuns {
 public:
  void on(const RunStarted& event, Instant at);
  void on(const RunApproved& event, Instant at);
  void on(const RunAborted& event, Instant at);
  void on(const StepMoved& event, Instant at);
  void on(const RunEnded& event, Instant at);
  // Of a run, by whom it is known then.
  void told(const NoticeRaised& event);
  void called(const std::string& cause, const std::vector<QueuedMessage>& messages);

  // True while the run waits for what the notice says.
  bool still_waits(const NoticeRaised& notice) const;
  // When there is something to tell; `gather` after it came up.
  std::optional<Instant> due(Duration gather) const;
  // What is to be told at `now`, without id and messages: an alarm, or that it waits no longer.
  std::optional<NoticeRaised> notice(Duration gather, Instant now) const;
  // Who was told that it waits, since it last went on.
  std::set<RecipientId> knowing(const std::string& cause) const;

 private:
  struct Run {
    std::shared_ptr<const RunStarted> start;
    std::vector<StepState> steps;
    bool approved = false;
    bool aborted = false;  // a person wanted it to end
    std::optional<RunResult> result;
    bool taken_up = false;  // by a later run
    Instant changed;        // when it last began or ceased to wait
    std::optional<NoticeItem> waits;
    std::optional<NoticeItem> told;
    std::set<RecipientId> knowing;

    std::optional<NoticeItem> reason() const;
    bool differs() const;
    NoticeItem news() const;
  };

  Run* find(const RunId& id);
  void look(Run& run, Instant at);
  void trim();

  std::deque<Run> runs_;  // oldest first; those that wait, are open, or of which people know
};

}  // namespace dienstbereit::core::notice
