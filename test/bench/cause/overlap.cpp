// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "overlap.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include "bench/processor_time.h"

namespace dienstbereit::bench {
namespace {

using core::cause::Diagnosis;
using core::cause::Network;
using core::cause::WeighQuestion;

constexpr std::uint64_t kSeed = 20261127;
constexpr double kRoomPrior = 0.001;
constexpr double kRoomDamage = 0.5;
constexpr double kChangePrior = 0.1;
constexpr double kChangeDamage = 0.5;
constexpr std::size_t kChanged = 6;
constexpr std::size_t kFeedsOfCentres = 4;  // the first feeds of a district, two a centre

// The rooms of the two data centres: all that stands on one of their two feeds.
std::vector<CommonSpec> rooms_of(const std::vector<CommonSpec>& surges) {
  std::vector<CommonSpec> rooms;
  for (std::size_t feed = 0; feed < kFeedsOfCentres; feed += 2) {
    CommonSpec& room = rooms.emplace_back();
    room.sort = CommonSort::Room;
    room.log_prior_odds = core::cause::log_odds_of(kRoomPrior);
    room.damage = kRoomDamage;
    room.members = surges[feed].members;
    const auto& other = surges[feed + 1].members;
    room.members.insert(room.members.end(), other.begin(), other.end());
  }
  return rooms;
}

CommonSpec draw_change(Random& random, const District& district) {
  CommonSpec change;
  change.sort = CommonSort::Change;
  change.log_prior_odds = core::cause::log_odds_of(kChangePrior);
  change.damage = kChangeDamage;
  while (change.members.size() < kChanged) {
    const Node node = below(random, static_cast<std::uint32_t>(district.specs.size()));
    const bool device = district.kinds[node] != Kind::Feed && district.kinds[node] != Kind::Office;
    if (device && std::ranges::find(change.members, node) == change.members.end())
      change.members.push_back(node);
  }
  return change;
}

struct Tally {
  std::size_t right = 0;
  std::size_t wrong = 0;  // a common cause that is not true comes first
  double most_ms = 0;
};

// `cause` of `commons` is true, or none.
void run_case(Random& random, const District& district, const std::vector<CommonSpec>& commons,
              std::optional<std::uint32_t> cause, const Noise& noise, Tally& tally) {
  const Network network = Network::make(district.specs, commons).value();
  const Outage outage = cause ? make_outage_by(random, district, commons[*cause], noise)
                              : make_outage(random, district, Trouble::One, noise);
  const WeighQuestion question = question_of(network, outage, noise, false);
  const double begin = processor_ms();
  const Diagnosis found = core::cause::diagnose(question);
  tally.most_ms = std::max(tally.most_ms, processor_ms() - begin);
  const std::uint32_t first = found.common_causes.front().common;
  if (first == cause.value_or(kNone)) ++tally.right;
  if (first != kNone && first != cause.value_or(kNone)) ++tally.wrong;
}

}  // namespace

WeighQuestion question_of(const Network& network, const Outage& outage, const Noise& noise,
                          bool with_evidence) {
  WeighQuestion question;
  question.network = &network;
  question.probe = {noise.false_negative, noise.false_positive, noise.missing};
  std::vector<core::cause::Answers> answers;
  for (Node node = 0; node < network.node_count(); ++node) {
    question.seen.log_ratio.push_back(
        core::cause::log_ratio_of({noise.false_negative, noise.false_positive},
                                  outage.down_reports[node], outage.up_reports[node]));
    answers.push_back(core::cause::answers_of(outage.down_reports[node], outage.up_reports[node]));
  }
  if (with_evidence)
    question.seen.common_log_ratio =
        core::cause::weigh_evidence(network, outage.evidence, answers, {});
  return question;
}

void run_overlap(std::uint32_t sites, const Noise& noise, std::size_t cases) {
  enum : std::size_t { kOne, kSurge, kRoom, kChange, kSorts };
  constexpr const char* kNames[kSorts]{"one", "surge", "room", "change"};
  Random random(kSeed);
  Tally tallies[kSorts];
  for (std::size_t at = 0; at < cases; ++at) {
    const District district = make_district(random, sites);
    std::vector<CommonSpec> commons = surges_of(district);
    const std::vector<CommonSpec> rooms = rooms_of(commons);
    const auto first_room = static_cast<std::uint32_t>(commons.size());
    commons.insert(commons.end(), rooms.begin(), rooms.end());
    commons.push_back(draw_change(random, district));
    const auto change = static_cast<std::uint32_t>(commons.size() - 1);
    run_case(random, district, commons, std::nullopt, noise, tallies[kOne]);
    run_case(random, district, commons, below(random, kFeedsOfCentres), noise, tallies[kSurge]);
    run_case(random, district, commons, first_room + below(random, 2), noise, tallies[kRoom]);
    run_case(random, district, commons, change, noise, tallies[kChange]);
  }
  for (std::size_t sort = 0; sort < kSorts; ++sort)
    fmt::print("overlap {:3} {:7}{:7}  right {:.3f} wrong {:.3f}  most {:.1f} ms\n", sites,
               noise.name, kNames[sort],
               static_cast<double>(tallies[sort].right) / static_cast<double>(cases),
               static_cast<double>(tallies[sort].wrong) / static_cast<double>(cases),
               tallies[sort].most_ms);
  std::fflush(stdout);
}

}  // namespace dienstbereit::bench
