// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/time.h"
#include "house.h"

namespace dienstbereit::lived {

struct Event {
  std::uint64_t seq = 0;
  Instant at;
  std::string type;
  std::string actor;
  nlohmann::json payload;
};

// What the journal of a stopped or running program holds, oldest first.
std::vector<Event> events_of(const std::filesystem::path& data);

// A sentence of a notice and the events behind it, a line each: those that say it, and those of the
// real servers that made them be said.
struct Traced {
  std::string sentence;
  std::string fact;  // which one of the table; empty: none, it stands on nothing
  std::vector<std::string> said;
  std::vector<std::string> caused;
  bool of_the_district = false;  // who speaks, where to ask: no event of the outage says it
};

// Goes through the title and the text of a notice, sentence by sentence, in either language.
std::vector<Traced> trace(const std::string& notice, const std::vector<Event>& events,
                          const std::vector<Cut>& cuts);

// For people: the sentence, and under it some of the events.
std::string to_text(const Traced& traced);

}  // namespace dienstbereit::lived
