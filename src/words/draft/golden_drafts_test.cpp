// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// test/golden/drafts/KIND.LANGUAGE.txt: what each kind of statement reads like, for the whole story
// and while nothing is known. WRITE_GOLDEN=1 writes them anew, as for test/golden/words.
#include <cstdlib>

#include <gtest/gtest.h>

#include "base/file.h"
#include "model/record/names.h"
#include "words/draft/testing/outage.h"

namespace dienstbereit::words {
namespace {

using test::Outage;

std::string shown(const Draft& draft, bool german) {
  std::string out = "# " + (german ? draft.title_de : draft.title_en) + "\n\n" +
                    (german ? draft.de : draft.en) + "\n";
  for (const std::string& note : german ? draft.notes_de : draft.notes_en) {
    out += "\n[!] " + note;
  }
  return out + "\n";
}

void expect_golden(const std::string& name, const std::string& now) {
  const std::string path = "test/golden/drafts/" + name + ".txt";
  if (std::getenv("WRITE_GOLDEN") != nullptr) {
    ASSERT_TRUE(write_file(path, now).has_value());
  }
  const Result<std::string> expected = read_file(path, 1u << 20);
  ASSERT_TRUE(expected.has_value()) << expected.error().message;
  EXPECT_EQ(*expected, now) << path;
}

// The Friday on which it begins: two offices on paper, one closed, the homepage away.
Outage friday() {
  Outage outage;
  outage.world.go_to("2026-11-20T10:10:00+01:00");
  outage.world.situation.headline_day = test::day("2026-11-20");
  Verdict paper = test::limited({"Annahme auf Papier", "taken in on paper"});
  paper.offline = OfflineMode::TakeIn;
  outage.world.set("A1", "S1", paper, "2026-11-20");
  outage.world.set("A1", "S2", paper, "2026-11-20");
  outage.world.set("A2", "S1", test::closed_by_failure(), "2026-11-20");
  outage.world.offer("A9@S1/I1").now = test::closed_by_failure();
  outage.incident.phase = Phase::Affected;
  outage.incident.back_at.reset();
  outage.incident.faults.front().ended.reset();
  outage.incident.next_report = test::at("2026-11-20T12:00:00+01:00");
  outage.incident.fixes.clear();
  outage.incident.tasks.pop_back();
  outage.incident.tasks.front().state = TaskState::Started;
  outage.incident.tasks.front().started = test::at("2026-11-20T09:00:00+01:00");
  outage.incident.tasks.front().ended.reset();
  outage.incident.notes.clear();
  outage.record.decisions.clear();
  outage.forget_forecasts(0, 2);
  return outage;
}

class Drafts : public testing::TestWithParam<StatementKind> {};

TEST_P(Drafts, ReadAsTheGoldenFilesSay) {
  const StatementKind kind = GetParam();
  const Outage sunday;
  for (const bool german : {true, false}) {
    const std::string out = "=== Friday morning\n" + shown(friday().draft(kind), german) +
                            "=== Sunday evening\n" + shown(sunday.draft(kind), german) +
                            "=== nothing known\n" +
                            shown(draft(kind, sunday.facts_without_incident()), german);
    expect_golden(std::string(name_of(kind)) + (german ? ".de" : ".en"), out);
  }
}

// A CAP alert, what follows it an hour later, its end, and one of an exercise.
TEST(CapMoves, ReadAsTheGoldenFileSays) {
  Outage outage;
  std::string out = outage.draft(StatementKind::Cap).de;
  Statement handed_over;
  handed_over.id = StatementId("statement-1");
  handed_over.kind = StatementKind::Cap;
  handed_over.incident = outage.incident.id;
  handed_over.de = out;
  handed_over.state = StatementState::Approved;
  outage.record.statements = {handed_over};
  outage.world.now += std::chrono::hours(1);
  out += outage.draft(StatementKind::Cap).de;
  outage.incident.phase = Phase::Closed;
  outage.exercise = true;
  expect_golden("cap_moved", out + outage.draft(StatementKind::Cap).de);
}

INSTANTIATE_TEST_SUITE_P(AllKinds, Drafts,
                         testing::Values(StatementKind::Holding, StatementKind::Short,
                                         StatementKind::Long, StatementKind::Press,
                                         StatementKind::Poster, StatementKind::Phone,
                                         StatementKind::Internal, StatementKind::Simple,
                                         StatementKind::Cap, StatementKind::Breach),
                         [](const auto& about) { return std::string(name_of(about.param)); });

}  // namespace
}  // namespace dienstbereit::words
