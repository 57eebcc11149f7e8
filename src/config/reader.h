// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "config/document.h"
#include "config/report.h"

namespace dienstbereit::config {

// What an id names. All kinds share one name space.
enum class IdKind : std::uint8_t {
  Site,
  Office,
  Service,
  Component,
  Provider,
  Uplink,
  Mutual,
  Publish,
  Crew,
  Channel,
  Plan,
  Fallback,
  Outpost
};

// "site", "office", ...
const char* name_of(IdKind kind);

struct Definition {
  IdKind kind = IdKind::Site;
  Mark mark;
};

// A place that names something defined elsewhere. A node is a component, a service or a site.
struct Use {
  enum class Wanted : std::uint8_t {
    Site,
    Office,
    Service,
    Component,
    Provider,
    Uplink,
    Outpost,
    AnyNode
  };
  Wanted wanted = Wanted::AnyNode;
  std::string id;
  Mark mark;
};

// What the reading of the sources leaves behind beside the values: places for later checks.
struct Places {
  std::map<std::string, Definition> definitions;
  std::vector<Use> uses;
  std::map<std::pair<std::string, std::string>, Mark> keys;  // (id, key) -> where it stands

  // The place of a key of an id; that of the id itself if it lacks the key.
  Mark of(const std::string& id, const std::string& key) const;
};

// Carried through the reading of one district; owned by it.
struct Reader {
  Report& report;
  Places& places;
};

}  // namespace dienstbereit::config
