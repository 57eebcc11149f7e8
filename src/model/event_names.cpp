// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/event.h"
#include "model/names.h"
#include "model/situation.h"

namespace dienstbereit {
namespace {

constexpr NameTable<Readiness, 4> kReadiness{{{Readiness::Normal, "normal"},
                                              {Readiness::Limited, "limited"},
                                              {Readiness::Closed, "closed"},
                                              {Readiness::Unknown, "unknown"}}};

constexpr NameTable<Said, 4> kSaid{{{Said::Normal, "normal"},
                                    {Said::Limited, "limited"},
                                    {Said::Closed, "closed"},
                                    {Said::Unknown, "unknown"}}};

constexpr NameTable<LossReason, 6> kLoss{{{LossReason::Stale, "stale"},
                                          {LossReason::PathLost, "path_lost"},
                                          {LossReason::Restarted, "restarted"},
                                          {LossReason::Broken, "broken"},
                                          {LossReason::Dropped, "dropped"},
                                          {LossReason::Silent, "silent"}}};

constexpr NameTable<WordQuestion, 3> kQuestions{{{WordQuestion::EndsSoon, "ends_soon"},
                                                 {WordQuestion::Unrenewed, "unrenewed"},
                                                 {WordQuestion::Doubted, "doubted"}}};

constexpr NameTable<WordStatus, 4> kStatus{{{WordStatus::None, "none"},
                                            {WordStatus::InForce, "in_force"},
                                            {WordStatus::Doubted, "doubted"},
                                            {WordStatus::Unrenewed, "unrenewed"}}};

constexpr NameTable<Views, 3> kViews{{{Views::Agree, "agree"},
                                      {Views::OnlyInside, "only_inside"},
                                      {Views::OnlyOutside, "only_outside"}}};

constexpr auto kReasons = std::to_array<std::pair<ReasonKind, const char*>>({
    {ReasonKind::ProbeFailed, "probe_failed"},
    {ReasonKind::ProbeSlow, "probe_slow"},
    {ReasonKind::ProbeDegraded, "probe_degraded"},
    {ReasonKind::CertificateEnds, "certificate_ends"},
    {ReasonKind::ProbeSucceeded, "probe_succeeded"},
    {ReasonKind::Flapping, "flapping"},
    {ReasonKind::NoObservation, "no_observation"},
    {ReasonKind::NotProbed, "not_probed"},
    {ReasonKind::NeedDown, "need_down"},
    {ReasonKind::NeedDegraded, "need_degraded"},
    {ReasonKind::NeedUnknown, "need_unknown"},
    {ReasonKind::TooFew, "too_few"},
    {ReasonKind::ShareTooSmall, "share_too_small"},
    {ReasonKind::LinkDown, "link_down"},
    {ReasonKind::PathLost, "path_lost"},
    {ReasonKind::BufferUntil, "buffer_until"},
    {ReasonKind::BufferEmpty, "buffer_empty"},
    {ReasonKind::LoopCold, "loop_cold"},
    {ReasonKind::Contradiction, "contradiction"},
    {ReasonKind::OutpostSilent, "outpost_silent"},
    {ReasonKind::WorksInside, "works_inside"},
    {ReasonKind::FailsInside, "fails_inside"},
    {ReasonKind::CarriedInPart, "carried_in_part"},
    {ReasonKind::WordInForce, "word_in_force"},
    {ReasonKind::WordDoubted, "word_doubted"},
    {ReasonKind::WordUnrenewed, "word_unrenewed"},
    {ReasonKind::OfflineModeUnavailable, "offline_mode_unavailable"},
    {ReasonKind::SiteUnusable, "site_unusable"},
    {ReasonKind::RegularConditionFails, "regular_condition_fails"},
    {ReasonKind::ServicesClosed, "services_closed"},
    {ReasonKind::DecisionPending, "decision_pending"},
    {ReasonKind::ServicesLimited, "services_limited"},
    {ReasonKind::OpeningDecided, "opening_decided"},
});

}  // namespace

const char* name_of(Readiness readiness) { return find_name(kReadiness, readiness); }
std::optional<Readiness> readiness_of(std::string_view name) {
  return find_value(kReadiness, name);
}

const char* name_of(Said said) { return find_name(kSaid, said); }
std::optional<Said> said_of(std::string_view name) {
  if (name == "operational") return Said::Normal;
  if (name == "degraded") return Said::Limited;
  if (name == "down") return Said::Closed;
  return find_value(kSaid, name);
}

const char* name_of(LossReason why) { return find_name(kLoss, why); }
std::optional<LossReason> loss_reason_of(std::string_view name) { return find_value(kLoss, name); }

const char* name_of(WordQuestion question) { return find_name(kQuestions, question); }
std::optional<WordQuestion> word_question_of(std::string_view name) {
  return find_value(kQuestions, name);
}

const char* name_of(WordStatus status) { return find_name(kStatus, status); }

const char* name_of(Views views) { return find_name(kViews, views); }

const char* name_of(ReasonKind kind) { return find_name(kReasons, kind); }
std::optional<ReasonKind> reason_kind_of(std::string_view name) {
  return find_value(kReasons, name);
}

}  // namespace dienstbereit
