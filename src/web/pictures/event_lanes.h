// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "web/pictures/time_scale.h"

namespace dienstbereit::web::pictures {

// An event with the number under which the table tells it.
struct LaneEvent {
  unsigned number = 0;
  Instant at;
  bool by_rule = false;  // drawn hollow; what a person did is full
};
struct EventLane {
  std::string name;
  std::vector<LaneEvent> events;  // oldest first
};
// How many of something there were from `at` on.
struct LevelStep {
  Instant at;
  std::size_t level = 0;
};
struct EventLanes {
  std::string id;
  std::string title;
  std::string description;
  Instant from;
  Instant to;
  Instant now;
  std::string now_word;
  std::string level_name;  // of the area at the top; it is left out without steps
  std::vector<LevelStep> steps;
  std::vector<EventLane> lanes;
};

// Numbers that would lie on each other are drawn as one, "4 +2": event 4 and the next two of its
// lane.
void draw_lanes(Html& html, const EventLanes& lanes, const words::Voice& voice);

}  // namespace dienstbereit::web::pictures
