// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/kinds.h"

#include <algorithm>
#include <array>
#include <utility>

namespace dienstbereit::core::cause {
namespace {

constexpr KindFacts of(double prior) { return {prior}; }
constexpr KindFacts source(double prior) {
  return {.prior = prior, .source = true, .conducts = true};
}
constexpr KindFacts conductor(double prior) { return {.prior = prior, .conducts = true}; }
constexpr KindFacts kRoom{.prior = 0.0005, .conducts = true, .room = true};
constexpr KindFacts kRack{.prior = 0.0005, .conducts = true, .rack = true};
constexpr KindFacts kArrester{.prior = 0.0005, .conducts = true, .arrester = true};

constexpr std::array<std::pair<std::string_view, KindFacts>, 22> kKinds{{
    {"application", of(0.006)}, {"board", source(0.0008)}, {"cooling", of(0.002)},
    {"database", of(0.005)},    {"directory", of(0.004)},  {"external", of(0.006)},
    {"feed", source(0.002)},    {"firewall", of(0.003)},   {"generator", conductor(0.002)},
    {"line", of(0.005)},        {"link", of(0.005)},       {"mail", of(0.005)},
    {"pdu", conductor(0.001)},  {"rack", kRack},           {"room", kRoom},
    {"server", of(0.006)},      {"storage", of(0.004)},    {"surge_arrester", kArrester},
    {"switch", of(0.003)},      {"ups", conductor(0.003)}, {"wan", of(0.005)},
    {"web", of(0.005)},
}};

}  // namespace

KindFacts facts_of(std::string_view kind) {
  const auto found =
      std::ranges::lower_bound(kKinds, kind, {}, [](const auto& entry) { return entry.first; });
  return found != kKinds.end() && found->first == kind ? found->second : KindFacts{};
}

}  // namespace dienstbereit::core::cause
