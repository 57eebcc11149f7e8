// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "web/pictures/canvas.h"

namespace dienstbereit::web::pictures {

// How a link of the chain stands; its frame tells it besides its word.
enum class LinkState : std::uint8_t { Works, Degraded, Down, Unknown, None };

struct ChainLink {
  std::string name;
  std::string state;  // as a word; empty: none
  LinkState look = LinkState::None;
  std::vector<std::string> said;  // sentences, beneath the name
  std::string need;  // stands at the arrow to the next: "braucht; Puffer 30 Minuten"
};
struct WhyChain {
  std::string id;
  std::string title;
  std::string description;
  std::vector<ChainLink> links;  // from the service down to the fault
};
void draw_chain(Html& html, const WhyChain& chain);

}  // namespace dienstbereit::web::pictures
