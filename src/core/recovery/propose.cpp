// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/recovery/propose.h"

#include <algorithm>

namespace dienstbereit::core::recovery {
namespace {

bool reaches(const std::optional<double>& chance, double threshold) {
  return chance && *chance >= threshold;
}

bool relied_on(const ServiceOutlook& service) {
  return service.on_paper || reaches(service.outlook.limited, kLimitedFrom);
}

ProposalReason chance_reason(ProposalReasonKind kind, double chance, double threshold) {
  ProposalReason reason;
  reason.kind = kind;
  reason.chance = chance;
  reason.threshold = threshold;
  return reason;
}

// The services that the office's written minimum counts, and those of them that can be relied on.
ProposalReason regular_condition(const PlaceDay& day) {
  const auto& named = day.regular.services;
  ProposalReason reason;
  for (const ServiceOutlook& service : day.services) {
    if (!named.empty() && std::find(named.begin(), named.end(), service.service) == named.end()) {
      continue;
    }
    ++reason.of;
    reason.have += relied_on(service);
  }
  // A condition on services that this place does not offer says nothing about it; but somebody must
  // be served.
  reason.need = std::min(day.regular.at_least, reason.of);
  const bool anybody = std::any_of(day.services.begin(), day.services.end(), relied_on);
  reason.kind = reason.have >= reason.need && anybody ? ProposalReasonKind::RegularConditionHolds
                                                      : ProposalReasonKind::RegularConditionFails;
  return reason;
}

// What is to be said of each service that will not be as normal for sure.
void add_services(const PlaceDay& day, std::vector<ProposalReason>& reasons) {
  for (const ServiceOutlook& service : day.services) {
    if (reaches(service.outlook.normal, kNormalFrom)) continue;
    ProposalReason reason;
    reason.service = service.service;
    reason.threshold = kLimitedFrom;
    if (service.on_paper) {
      reason.kind = ProposalReasonKind::WorksOnPaper;
    } else if (!service.outlook.limited) {
      reason.kind = ProposalReasonKind::NobodyCanSay;
    } else if (*service.outlook.limited < kLimitedFrom) {
      reason.kind = ProposalReasonKind::ServiceUncertain;
      reason.chance = *service.outlook.limited;
    } else {
      continue;
    }
    reasons.push_back(std::move(reason));
  }
}

}  // namespace

DecisionDeadlines deadlines(Instant first_slot, const DecisionTimes& times) {
  return {first_slot - times.staff, first_slot - times.people, first_slot - times.appointments};
}

std::optional<Proposal> propose(const PlaceDay& day, const DecisionTimes& times) {
  if (day.services.empty()) return std::nullopt;
  Proposal proposal;
  proposal.deadlines = deadlines(day.first_slot, times);
  auto& reasons = proposal.reasons;
  const Outlook& place = day.place;
  if (reaches(place.normal, kNormalFrom)) {
    proposal.word = Readiness::Normal;
    reasons.push_back(chance_reason(ProposalReasonKind::ChanceNormal, *place.normal, kNormalFrom));
    return proposal;
  }
  const ProposalReason condition = regular_condition(day);
  if (reaches(place.limited, kLimitedFrom)) {
    proposal.word = Readiness::Limited;
    reasons.push_back(
        chance_reason(ProposalReasonKind::ChanceLimited, *place.limited, kLimitedFrom));
  } else if (condition.kind == ProposalReasonKind::RegularConditionHolds) {
    proposal.word = Readiness::Limited;
    reasons.push_back(condition);
  } else {
    proposal.word = Readiness::Closed;
    reasons.push_back(condition);
    if (place.limited) {
      reasons.push_back(
          chance_reason(ProposalReasonKind::ChanceLimited, *place.limited, kLimitedFrom));
    } else {
      reasons.push_back(ProposalReason{});
    }
  }
  if (place.normal) {
    reasons.push_back(chance_reason(ProposalReasonKind::ChanceNormal, *place.normal, kNormalFrom));
  }
  add_services(day, reasons);
  return proposal;
}

}  // namespace dienstbereit::core::recovery
