// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "district.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace dienstbereit::bench {
namespace {

using core::cause::Trace;

// By Kind.
constexpr std::array<double, 10> kPrior{0.002, 0.004, 0.001, 0.006, 0.004,
                                        0.005, 0.003, 0.003, 0.006, 0.0005};

class Builder {
 public:
  explicit Builder(Random& random) : random_(random) {}

  District build(std::uint32_t sites) {
    for (int centre = 0; centre < 2; ++centre) add_centre();
    for (std::uint32_t at = 0; at < 10 + sites / 4; ++at) {
      const std::size_t power = at % ups_.size();
      hosts_.push_back(add(Kind::Host, feeds_[power], {{ups_[power]}, {cores_[power / 2]}}));
    }
    for (std::uint32_t at = 0; at < 10 + sites / 3; ++at)
      databases_.push_back(add(Kind::Database, kNone, {some(hosts_, at % 3 == 0 ? 2 : 1)}));
    for (std::uint32_t at = 0; at < 15 + sites / 2; ++at) add_application();
    for (std::uint32_t at = 0; at < sites; ++at) add_site(at % 2 == 0);
    return std::move(district_);
  }

 private:
  Node add(Kind kind, Node feed, std::vector<std::vector<Node>> needs) {
    const auto node = static_cast<Node>(district_.specs.size());
    district_.kinds.push_back(kind);
    district_.specs.push_back({kPrior[static_cast<std::size_t>(kind)], std::move(needs)});
    district_.feeds.push_back(kind == Kind::Feed ? node : feed);
    return node;
  }

  std::vector<Node> some(const std::vector<Node>& from, std::size_t count) {
    std::vector<Node> chosen;
    while (chosen.size() < std::min(count, from.size())) {
      const Node node = from[below(random_, static_cast<std::uint32_t>(from.size()))];
      if (std::ranges::find(chosen, node) == chosen.end()) chosen.push_back(node);
    }
    return chosen;
  }

  void add_centre() {
    for (int side = 0; side < 2; ++side) {
      feeds_.push_back(add(Kind::Feed, kNone, {}));
      ups_.push_back(add(Kind::Ups, feeds_.back(), {{feeds_.back()}}));
    }
    const std::size_t last = ups_.size() - 1;
    cores_.push_back(add(Kind::CoreSwitch, feeds_[last - 1], {{ups_[last - 1], ups_[last]}}));
  }

  void add_application() {
    std::vector<std::vector<Node>> needs{some(databases_, 1), some(hosts_, 2)};
    if (!applications_.empty() && chance(random_, 0.3)) needs.push_back(some(applications_, 1));
    applications_.push_back(add(Kind::Application, kNone, std::move(needs)));
  }

  void add_site(bool with_ups) {
    const Node feed = add(Kind::Feed, kNone, {});
    const Node power = with_ups ? add(Kind::Ups, feed, {{feed}}) : feed;
    const Node line = add(Kind::Switch, feed, {{power}, cores_});
    std::vector<Node> desks;
    for (std::uint32_t left = 2 + below(random_, 4); left > 0; --left)
      desks.push_back(add(Kind::Desk, feed, {{feed}, {line}}));
    for (std::uint32_t left = 1 + below(random_, 3); left > 0; --left)
      add(Kind::Printer, feed, {{feed}, {line}});
    for (std::uint32_t left = 1 + below(random_, 2); left > 0; --left) {
      std::vector<std::vector<Node>> needs{desks, {line}};
      for (const Node application : some(applications_, 1 + below(random_, 3)))
        needs.push_back({application});
      add(Kind::Office, kNone, std::move(needs));
    }
  }

  Random& random_;
  District district_;
  std::vector<Node> feeds_, ups_, cores_, hosts_, databases_, applications_;
};

// Of a chance, how often each of these is left behind by a surge and without one; drawn anew for
// each outage, so that no program can know them.
struct Rates {
  double with[3];
  double without[3];
};

Rates draw_rates(Random& random) {
  const auto between = [&](double low, double high) {
    return low + (high - low) * uniform(random);
  };
  return {{between(0.5, 0.9), between(0.25, 0.7), between(0.1, 0.4)},
          {between(0, 0.004), between(0.005, 0.03), between(0, 0.01)}};
}

// A damaged device tells nothing, and one in ten of the others was never asked.
void leave_evidence(Random& random, const District& district, Outage& outage) {
  constexpr double kNeverAsked = 0.1;
  const Rates rates = draw_rates(random);
  for (Node node = 0; node < district.specs.size(); ++node) {
    const Node feed = district.feeds[node];
    if (feed == kNone || feed == node || outage.damaged[node] || chance(random, kNeverAsked))
      continue;
    const double* rate = feed == outage.surge ? rates.with : rates.without;
    if (district.kinds[node] == Kind::Ups && chance(random, rate[0]))
      outage.evidence.push_back({Trace::UpsOverVoltage, node});
    if (chance(random, rate[1])) outage.evidence.push_back({Trace::Restarted, node});
    if (chance(random, rate[2])) outage.evidence.push_back({Trace::ClockJump, node});
  }
}

Node draw_by_prior(Random& random, const District& district) {
  for (;;) {
    const Node node = below(random, static_cast<std::uint32_t>(district.specs.size()));
    if (uniform(random) * 0.006 < district.specs[node].prior) return node;
  }
}

void hit(Random& random, const District& district, Node feed, Outage& outage) {
  outage.surge = feed;
  for (Node node = 0; node < district.specs.size(); ++node)
    if (district.feeds[node] == feed && node != feed && chance(random, kSurgeDamage))
      outage.damaged[node] = true;
}

// Each feed by itself, given that at most one was hit.
Node draw_surge(Random& random, const std::vector<Node>& feeds) {
  const double odds = kSurgePrior / (1 - kSurgePrior);
  double left = uniform(random) * (1 + odds * static_cast<double>(feeds.size())) - 1;
  for (const Node feed : feeds) {
    if (left < 0) break;
    left -= odds;
    if (left < 0) return feed;
  }
  return kNone;
}

void damage(Random& random, const District& district, Trouble trouble, Outage& outage) {
  std::vector<Node> feeds;
  for (Node node = 0; node < district.specs.size(); ++node)
    if (district.kinds[node] == Kind::Feed) feeds.push_back(node);
  switch (trouble) {
    case Trouble::One:
      outage.damaged[draw_by_prior(random, district)] = true;
      return;
    case Trouble::Several:
      for (std::uint32_t left = 2 + below(random, 2); left > 0;) {
        const Node node = draw_by_prior(random, district);
        if (outage.damaged[node]) continue;
        outage.damaged[node] = true;
        --left;
      }
      return;
    case Trouble::Surge:
      hit(random, district, feeds[below(random, static_cast<std::uint32_t>(feeds.size()))], outage);
      return;
    case Trouble::Common:  // by make_outage_by
      return;
    case Trouble::FromPriors:
      for (Node node = 0; node < district.specs.size(); ++node)
        outage.damaged[node] = chance(random, district.specs[node].prior);
      if (const Node feed = draw_surge(random, feeds); feed != kNone)
        hit(random, district, feed, outage);
  }
}

void report(Random& random, const std::vector<bool>& up, const Noise& noise, Outage& outage) {
  for (std::size_t node = 0; node < up.size(); ++node) {
    if (chance(random, noise.unprobed)) continue;
    for (std::uint32_t round = 0; round < kRounds; ++round) {
      if (chance(random, noise.missing)) continue;
      const bool says_up =
          up[node] ? !chance(random, noise.false_positive) : chance(random, noise.false_negative);
      ++(says_up ? outage.up_reports : outage.down_reports)[node];
    }
  }
}

bool counts(const District& district, Trouble trouble, const std::vector<bool>& up,
            const Outage& outage) {
  bool closed = trouble == Trouble::FromPriors || trouble == Trouble::Common;
  bool seen = false;
  std::uint32_t visible = 0;
  for (Node node = 0; node < up.size(); ++node) {
    closed = closed || (district.kinds[node] == Kind::Office && !up[node]);
    const bool mostly_down = outage.down_reports[node] > outage.up_reports[node];
    seen = seen || mostly_down;
    visible += outage.visible[node] && mostly_down ? 1 : 0;
  }
  const bool several = trouble == Trouble::Surge || trouble == Trouble::Common;
  return closed && seen && (!several || visible >= 2);
}

}  // namespace

double uniform(Random& random) { return static_cast<double>(random() >> 11U) * 0x1.0p-53; }
bool chance(Random& random, double p) { return uniform(random) < p; }
std::uint32_t below(Random& random, std::uint32_t bound) {
  return static_cast<std::uint32_t>(random() % bound);
}

District make_district(Random& random, std::uint32_t sites) { return Builder(random).build(sites); }

std::vector<CommonSpec> surges_of(const District& district, double factor) {
  std::vector<CommonSpec> surges;
  std::vector<std::size_t> number(district.feeds.size());
  for (Node node = 0; node < district.feeds.size(); ++node) {
    if (district.feeds[node] != node) continue;
    number[node] = surges.size();
    surges.push_back({CommonSort::Surge,
                      core::cause::log_odds_of(kSurgePrior * factor),
                      kSurgeDamage * factor,
                      {},
                      node});
  }
  for (Node node = 0; node < district.feeds.size(); ++node) {
    const Node feed = district.feeds[node];
    if (feed != kNone && feed != node) surges[number[feed]].members.push_back(node);
  }
  return surges;
}

District misremembered(const District& district, Random& random, double share) {
  District wrong = district;
  for (Node node = 0; node < wrong.specs.size(); ++node) {
    auto& needs = wrong.specs[node].needs;
    for (auto& group : needs) {
      std::erase_if(group, [&](Node) { return chance(random, share / 2); });
      for (Node& need : group) {
        if (!chance(random, share / 2)) continue;
        Node other = below(random, node);
        while (district.kinds[other] != district.kinds[need]) other = below(random, node);
        need = other;
      }
    }
    std::erase_if(needs, [](const auto& group) { return group.empty(); });
  }
  return wrong;
}

std::vector<bool> states(const District& district, const std::vector<bool>& damaged) {
  std::vector<bool> up(district.specs.size());
  for (Node node = 0; node < up.size(); ++node) {
    up[node] = !damaged[node];
    for (const auto& group : district.specs[node].needs)
      up[node] = up[node] && std::ranges::any_of(group, [&](Node need) { return up[need]; });
  }
  return up;
}

namespace {

// Draws until an outage counts; `damage` draws what is damaged.
template <class Damage>
Outage drawn(Random& random, const District& district, Trouble trouble, const Noise& noise,
             Damage damage) {
  const std::size_t count = district.specs.size();
  for (;;) {
    Outage outage;
    outage.damaged.assign(count, false);
    damage(outage);
    const std::vector<bool> up = states(district, outage.damaged);
    for (Node node = 0; node < count; ++node) {
      bool met = true;
      for (const auto& group : district.specs[node].needs)
        met = met && std::ranges::any_of(group, [&](Node need) { return up[need]; });
      outage.visible.push_back(outage.damaged[node] && met);
    }
    outage.down_reports.assign(count, 0);
    outage.up_reports.assign(count, 0);
    report(random, up, noise, outage);
    if (!counts(district, trouble, up, outage)) continue;
    leave_evidence(random, district, outage);
    return outage;
  }
}

}  // namespace

Outage make_outage(Random& random, const District& district, Trouble trouble, const Noise& noise) {
  return drawn(random, district, trouble, noise,
               [&](Outage& outage) { damage(random, district, trouble, outage); });
}

Outage make_outage_by(Random& random, const District& district, const CommonSpec& cause,
                      const Noise& noise) {
  return drawn(random, district, Trouble::Common, noise, [&](Outage& outage) {
    for (const Node node : cause.members)
      if (chance(random, cause.damage)) outage.damaged[node] = true;
  });
}

}  // namespace dienstbereit::bench
