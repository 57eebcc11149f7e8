// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/kinds.h"

#include <algorithm>
#include <array>
#include <utility>

namespace dienstbereit::core::cause {
namespace {

constexpr bool kSource = true;
constexpr bool kConducts = true;

constexpr std::array<std::pair<std::string_view, KindFacts>, 22> kKinds{{
    {"application", {0.006}},
    {"board", {0.0008, kSource, kConducts}},
    {"cooling", {0.002}},
    {"database", {0.005}},
    {"directory", {0.004}},
    {"external", {0.006}},
    {"feed", {0.002, kSource, kConducts}},
    {"firewall", {0.003}},
    {"generator", {0.002, false, kConducts}},
    {"line", {0.005}},
    {"link", {0.005}},
    {"mail", {0.005}},
    {"pdu", {0.001, false, kConducts}},
    {"rack", {0.0005, false, kConducts}},
    {"room", {0.0005, false, kConducts}},
    {"server", {0.006}},
    {"storage", {0.004}},
    {"surge_arrester", {0.0005, false, kConducts, true}},
    {"switch", {0.003}},
    {"ups", {0.003, false, kConducts}},
    {"wan", {0.005}},
    {"web", {0.005}},
}};

}  // namespace

KindFacts facts_of(std::string_view kind) {
  const auto found =
      std::ranges::lower_bound(kKinds, kind, {}, [](const auto& entry) { return entry.first; });
  return found != kKinds.end() && found->first == kind ? found->second : KindFacts{};
}

}  // namespace dienstbereit::core::cause
