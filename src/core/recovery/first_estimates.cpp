// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/first_estimates.h"

#include <optional>

#include "base/assert.h"
#include "base/text.h"

// Defined in first_estimates.S.
extern "C" {
extern const char dienstbereit_first_estimates[];
extern const char dienstbereit_first_estimates_end[];
}

namespace dienstbereit::core::recovery {
namespace {

// Embedded by us: a table that does not parse is a bug of the build, not of a user.
Duration duration_of(std::string_view text) {
  const auto duration = parse_duration(text);
  dienstbereit_assert(duration.has_value());
  return *duration;
}

std::vector<EstimateRule> parse(std::string_view table) {
  std::vector<EstimateRule> rules;
  bool header = true;
  for (const std::string_view line : split(table, '\n')) {
    if (!header && !line.empty()) {
      const auto fields = split(line, ',');
      dienstbereit_assert(fields.size() == 6);
      rules.push_back(
          {std::string(fields[0]), std::string(fields[1]),
           Estimate{duration_of(fields[2]), duration_of(fields[3]), duration_of(fields[4])},
           std::string(fields[5])});
      dienstbereit_assert(check_estimate(rules.back().estimate, "a shipped rule").has_value());
    }
    header = false;
  }
  dienstbereit_assert(!rules.empty() && rules[0].kind.empty() && rules[0].fault.empty());
  return rules;
}

// How well a rule fits; none: it speaks of something else.
std::optional<int> fit(const EstimateRule& rule, std::string_view kind, std::string_view fault) {
  if (!rule.kind.empty() && rule.kind != kind) return std::nullopt;
  if (!rule.fault.empty() && rule.fault != fault) return std::nullopt;
  return (rule.kind.empty() ? 0 : 2) + (rule.fault.empty() ? 0 : 1);
}

const EstimateRule* best(const std::vector<EstimateRule>& rules, std::string_view kind,
                         std::string_view fault) {
  const EstimateRule* found = nullptr;
  int best_fit = -1;
  for (const EstimateRule& rule : rules) {
    const auto fits = fit(rule, kind, fault);
    if (!fits || *fits <= best_fit) continue;
    best_fit = *fits;
    found = &rule;
  }
  return found;
}

}  // namespace

const std::vector<EstimateRule>& shipped_estimates() {
  static const std::vector<EstimateRule> rules = parse(std::string_view(
      dienstbereit_first_estimates,
      static_cast<std::size_t>(dienstbereit_first_estimates_end - dienstbereit_first_estimates)));
  return rules;
}

FirstEstimate first_estimate(std::string_view kind, std::string_view fault,
                             const std::vector<EstimateRule>& of_district) {
  if (const EstimateRule* rule = best(of_district, kind, fault)) return {*rule, true};
  return {*best(shipped_estimates(), kind, fault), false};
}

}  // namespace dienstbereit::core::recovery
