// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "story/subjects.h"

#include "model/record/names.h"

namespace dienstbereit::story {
namespace {

// A word that the lookup of its kind knows.
template <auto Lookup>
bool is_known(std::string_view word) {
  return Lookup(word).has_value();
}

bool is_yes_or_no(std::string_view word) { return word == "true" || word == "false"; }

constexpr FactSpec kGerman{"de", nullptr};
constexpr FactSpec kEnglish{"en", nullptr};
constexpr FactSpec kWord{"word", is_known<readiness_of>};

}  // namespace

std::span<const SubjectSpec> subjects() {
  static const std::vector<SubjectSpec> kSubjects{
      {Subject::Headline, "headline", {}, {kGerman, kEnglish}},
      {Subject::Place, "place", {"id!", "day"}, {kWord}},
      {Subject::Service, "service", {"id!"}, {kWord, kGerman, kEnglish}},
      {Subject::Incident,
       "incident",
       {"id"},
       {{"phase", is_known<phase_of>},
        {"level", is_known<level_of>},
        {"proposed", is_known<level_of>},
        {"report_due", is_yes_or_no},
        kGerman,
        kEnglish,
        {"trigger", nullptr}}},
      {Subject::Cause, "cause", {"id"}, {{"state", is_known<cause_state_of>}, kGerman, kEnglish}},
      {Subject::Task, "task", {"id"}, {{"state", is_known<task_state_of>}, {"title", nullptr}}},
      {Subject::Fix, "fix", {"id"}, {{"state", is_known<fix_state_of>}, kGerman, kEnglish}},
      {Subject::Forecast, "forecast", {"id", "place!", "day!", "number"}, {kWord}},
      {Subject::Proposal, "proposal", {"place!", "day!"}, {kWord}},
      {Subject::Decision,
       "decision",
       {"id", "place!", "day!"},
       {kWord, {"late", is_yes_or_no}, {"in_force", is_yes_or_no}, {"reason", nullptr}}},
      {Subject::Statement,
       "statement",
       {"id"},
       {{"kind", is_known<statement_kind_of>},
        {"state", is_known<statement_state_of>},
        kGerman,
        kEnglish}},
      {Subject::Draft, "draft", {}, {{"kind", is_known<statement_kind_of>}, kGerman, kEnglish}},
      {Subject::Message,
       "message",
       {"id"},
       {{"kind", is_known<notice_kind_of>}, {"to", nullptr}, kGerman, kEnglish}}};
  return kSubjects;
}

const SubjectSpec& spec_of(Subject subject) {
  return subjects()[static_cast<std::size_t>(subject)];
}

}  // namespace dienstbereit::story
