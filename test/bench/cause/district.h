// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "core/cause/evidence.h"
#include "core/cause/network.h"

// Made-up districts and outages to measure the search for causes by: two data centres with hosts,
// databases and applications, and sites with a switch, desks, printers and offices.
namespace dienstbereit::bench {

using core::cause::CommonSpec;
using core::cause::Evidence;
using core::cause::kNone;
using core::cause::Node;
using core::cause::NodeSpec;
using Random = std::mt19937_64;

double uniform(Random& random);
bool chance(Random& random, double p);
std::uint32_t below(Random& random, std::uint32_t bound);

enum class Kind : std::uint8_t {
  Feed,
  Ups,
  CoreSwitch,
  Host,
  Database,
  Application,
  Switch,
  Desk,
  Printer,
  Office
};

struct District {
  std::vector<Kind> kinds;
  std::vector<NodeSpec> specs;  // every node after what it needs
  std::vector<Node> feeds;      // by node, or kNone; a feed names itself
};

District make_district(Random& random, std::uint32_t sites);

// The district as somebody wrote it down: of the needs, this share is missing or names another node
// of the same kind.
District misremembered(const District& district, Random& random, double share);

struct Noise {
  const char* name;
  double false_negative, false_positive, missing, unprobed;
};
inline constexpr Noise kLight{"light", 0.02, 0.002, 0.05, 0.10};
inline constexpr Noise kMedium{"medium", 0.05, 0.01, 0.15, 0.20};
inline constexpr Noise kHeavy{"heavy", 0.10, 0.02, 0.30, 0.40};
inline constexpr std::uint32_t kRounds = 3;
inline constexpr double kSurgePrior = 0.004;
inline constexpr double kSurgeDamage = 0.35;
// A surge on each feed, in the order of the nodes; priors and damages times `factor`.
std::vector<CommonSpec> surges_of(const District& district, double factor = 1);

enum class Trouble : std::uint8_t { One, Several, Surge, FromPriors, Common };

struct Outage {
  std::vector<bool> damaged;
  std::vector<bool> visible;  // damaged though its needs are met
  Node surge = kNone;  // the feed
  std::vector<std::uint32_t> down_reports, up_reports;  // by node
  std::vector<Evidence> evidence;
};

// An outage of this kind that closes an office (but from the priors: any) and has a node with
// mostly down reports.
Outage make_outage(Random& random, const District& district, Trouble trouble, const Noise& noise);

// An outage by this common cause, two damages of which are seen; it may close nothing.
Outage make_outage_by(Random& random, const District& district, const CommonSpec& cause,
                      const Noise& noise);

std::vector<bool> states(const District& district, const std::vector<bool>& damaged);

}  // namespace dienstbereit::bench
