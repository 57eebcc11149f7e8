// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/engine.h"

#include <gtest/gtest.h>

#include <atomic>
#include <future>
#include <thread>

#include "engine/bed_test.h"

namespace dienstbereit::engine {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using test::at;
using test::Bed;

constexpr const char* kMonday7 = "2026-11-23T07:00+01:00";
constexpr const char* kUntil18 = "2026-11-23T18:00+01:00";
// A few inputs in one turn are told apart by a millisecond each.
constexpr Duration kTicks{10};
constexpr auto kSuccess = ProbeOutcome::Success;
constexpr auto kFailure = ProbeOutcome::Failure;

class Running : public testing::Test {
 protected:
  Running() : bed(kMonday7) { EXPECT_TRUE(bed.start().has_value()); }
  void all_work() {
    for (const char* probe : {"SERVER/sql", "SERVER/tcp", "POWER/ups", "SPARE/tcp"}) {
      bed.result(probe, kSuccess);
    }
  }
  Bed bed;
};

// ---- from input to word

TEST_F(Running, AFailureIsRecordedAndShownWithItsReason) {
  all_work();
  const std::size_t before = bed.count("readiness_changed", "A1@S1/V01");
  bed.result("SERVER/sql", kFailure);
  EXPECT_EQ(bed.node("SERVER").state, kDown);
  EXPECT_EQ(bed.offer("A1@S1/V01").now.readiness, Readiness::Closed);
  EXPECT_EQ(bed.offer("A1@S1/V02").now.readiness, Readiness::Normal);
  EXPECT_GT(bed.count("readiness_changed", "A1@S1/V01"), before);
  const auto why = bed.ask(Why{NodeId("V01")});
  ASSERT_TRUE(why.has_value());
  EXPECT_EQ(why->why.back().kind, ReasonKind::ProbeFailed);
}

TEST_F(Running, AnUnknownNodeIsAnErrorThatNamesANearOne) {
  const auto why = bed.ask(Why{NodeId("SERVRE")});
  ASSERT_FALSE(why.has_value());
  EXPECT_EQ(why.error().code, Errc::NotFound);
  EXPECT_NE(why.error().message.find("SERVER"), std::string::npos);
}

TEST_F(Running, AWordOnNothingIsRefusedAndNotRecorded) {
  SetWord word;
  word.scope.node = NodeId("NOWHERE");
  word.until = at(kUntil18);
  EXPECT_EQ(bed.ask(word).error().code, Errc::NotFound);
  word.scope = {};
  word.scope.office = OfficeId("A9");
  EXPECT_EQ(bed.ask(word).error().code, Errc::NotFound);
  EXPECT_EQ(bed.count("word_set"), 0U);
}

TEST_F(Running, LimitedWithoutATextIsRefusedButForAPart) {
  SetWord word;
  word.scope.office = OfficeId("A1");
  word.said = Said::Limited;
  word.until = at(kUntil18);
  for (const char* text : {"", " \t"}) {
    word.text.de = text;
    const auto refused = bed.ask(word);
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, Errc::InvalidInput);
    EXPECT_NE(refused.error().message.find("'A1' limited needs a text"), std::string::npos);
    PreviewWord preview;
    preview.word = word;
    EXPECT_FALSE(bed.ask(preview).has_value());
  }
  EXPECT_EQ(bed.count("word_set"), 0U);
  word.text.de = "nur Auskunft";
  EXPECT_TRUE(bed.ask(word).has_value());
  SetWord part;
  part.scope.node = NodeId("SERVER");
  part.said = Said::Limited;
  part.until = at(kUntil18);
  EXPECT_TRUE(bed.ask(part).has_value());
}

TEST_F(Running, ACertificateThatEndsSoonIsSaidAsSuchAndDisagreesWithNormal) {
  all_work();
  bed.result("SERVER/sql", ProbeOutcome::Slow, kCertificatePhase);
  const auto why = bed.ask(Why{NodeId("SERVER")});
  ASSERT_TRUE(why.has_value());
  ASSERT_FALSE(why->why.empty());
  EXPECT_EQ(why->why.back().kind, ReasonKind::CertificateEnds);
  PreviewWord preview;
  preview.word.scope.node = NodeId("SERVER");
  preview.word.said = Said::Normal;
  const auto answer = bed.ask(preview);
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->disagreeing, std::vector{ProbeId("SERVER/sql")});
}

TEST_F(Running, AWordInThePastOrBeyondAYearIsRefused) {
  SetWord word;
  word.scope.node = NodeId("SERVER");
  for (const char* until : {kMonday7, "2028-01-01T00:00Z"}) {
    word.until = at(until);
    EXPECT_EQ(bed.ask(word).error().code, Errc::InvalidInput);
  }
}

TEST_F(Running, APreviewChangesNothing) {
  all_work();
  const std::string before = test::dump(*bed.seen);
  const auto records = bed.journal.records.size();
  PreviewWord preview;
  preview.word.scope.node = NodeId("SERVER");
  preview.word.said = Said::Closed;
  const auto answer = bed.ask(preview);
  ASSERT_TRUE(answer.has_value());
  EXPECT_EQ(answer->until, at("2026-11-23T17:00+01:00"));
  ASSERT_FALSE(answer->changes.empty());
  EXPECT_EQ(answer->changes[0].to, Readiness::Closed);
  EXPECT_EQ(answer->disagreeing, std::vector{ProbeId("SERVER/sql")});
  EXPECT_EQ(bed.journal.records.size(), records);
  EXPECT_EQ(test::dump(*bed.seen), before);
}

TEST_F(Running, WithdrawingGivesTheCalculationBack) {
  all_work();
  const Answer said = bed.say("SERVER", Said::Closed, kUntil18);
  EXPECT_EQ(bed.offer("A1@S1/V01").now.readiness, Readiness::Closed);
  ASSERT_TRUE(bed.ask(WithdrawWord{said.word, "falsch"}).has_value());
  EXPECT_EQ(bed.offer("A1@S1/V01").now.readiness, Readiness::Normal);
  EXPECT_TRUE(bed.seen->words.empty());
  EXPECT_EQ(bed.ask(WithdrawWord{said.word, ""}).error().code, Errc::NotFound);
}

// ---- questions to the author

TEST_F(Running, TheAuthorIsRemindedOnceHalfAnHourBeforeTheEnd) {
  bed.say("SERVER", Said::Limited, "2026-11-23T10:00+01:00");
  bed.pass(hours(2) + minutes(29));
  EXPECT_EQ(bed.count("word_asked", "ends_soon"), 0U);
  bed.pass(minutes(2));
  EXPECT_EQ(bed.count("word_asked", "ends_soon"), 1U);
  bed.pass(minutes(20));
  EXPECT_EQ(bed.count("word_asked", "ends_soon"), 1U);
}

TEST_F(Running, AWordThatEndsUnrenewedIsAskedForOnceAndUnknown) {
  bed.say("SPARE", Said::Closed, "2026-11-23T08:00+01:00");
  bed.result("SPARE/tcp", kSuccess);
  bed.pass(hours(3));
  EXPECT_EQ(bed.count("word_asked", "unrenewed"), 1U);
  EXPECT_EQ(bed.node("SPARE").state, kUnknown);
}

TEST_F(Running, AWordThatANewFaultOvertakesIsDoubtedAndAskedForOnce) {
  all_work();
  bed.say("SERVER", Said::Normal, kUntil18);
  bed.result("SERVER/sql", kFailure);
  bed.result("SERVER/sql", kFailure);
  EXPECT_EQ(bed.count("word_asked", "doubted"), 1U);
  EXPECT_EQ(bed.node("SERVER").word, WordStatus::Doubted);
  EXPECT_EQ(bed.node("SERVER").state, kUnknown);
}

TEST(Engine, NobodyIsRemindedOfAnEndThatPassedWhileItWasOff) {
  Bed bed(kMonday7);
  ASSERT_TRUE(bed.start().has_value());
  bed.say("SPARE", Said::Closed, "2026-11-23T09:00+01:00");
  bed.clock += hours(4);
  ASSERT_TRUE(bed.start().has_value());
  bed.pass(minutes(30));
  EXPECT_EQ(bed.count("word_asked", "ends_soon"), 0U);
  EXPECT_EQ(bed.count("word_asked", "unrenewed"), 1U);
}

// ---- durable first

TEST_F(Running, AfterAFailedAppendNothingNewIsShownAndEveryCommandIsUnavailable) {
  all_work();
  const std::string before = test::dump(*bed.seen);
  const auto seq = bed.seen->seq;
  bed.journal.broken = true;
  bed.asked.clear();
  bed.result("SERVER/sql", kFailure);
  EXPECT_EQ(test::dump(*bed.seen), before);
  EXPECT_EQ(bed.seen->seq, seq);
  ASSERT_TRUE(bed.seen->journal_failed_at);
  EXPECT_GT(*bed.seen->journal_failed_at, bed.clock);
  EXPECT_LT(*bed.seen->journal_failed_at, bed.clock + Duration(10));
  EXPECT_EQ(bed.seen->journal_failure, "disk full");
  EXPECT_TRUE(bed.asked.empty());
  bed.journal.broken = false;  // final all the same
  const unsigned published = bed.published;
  bed.result("SERVER/sql", kSuccess);
  bed.pass(hours(1));
  EXPECT_EQ(bed.published, published);
  EXPECT_EQ(bed.ask(ConfirmClock{}).error().code, Errc::Unavailable);
  EXPECT_EQ(bed.ask(Why{NodeId("V01")}).error().code, Errc::Unavailable);
}

TEST_F(Running, TheCommandWhoseAppendFailsIsUnavailableItself) {
  bed.journal.broken = true;
  SetWord word;
  word.scope.node = NodeId("SERVER");
  EXPECT_EQ(bed.ask(word).error().code, Errc::Unavailable);
  EXPECT_TRUE(bed.seen->words.empty());
}

TEST_F(Running, AnAnswerComesAfterItsEventIsStoredAndShown) {
  SetWord word;
  word.scope.node = NodeId("SERVER");
  bool answered = false;
  bed.engine->command({"cli:uid=1", "IT"}, word, [&](Result<Answer> answer) {
    answered = true;
    ASSERT_TRUE(answer.has_value());
    EXPECT_GE(bed.journal.head().seq, answer->seq);
    EXPECT_EQ(bed.seen->words.size(), 1U);
  });
  EXPECT_FALSE(answered);
  bed.turn();
  EXPECT_TRUE(answered);
}

TEST(Engine, AJournalThatCannotBeWrittenStopsTheStart) {
  Bed bed(kMonday7);
  bed.journal.broken = true;
  EXPECT_EQ(bed.start().error().code, Errc::Io);
  EXPECT_EQ(bed.published, 0U);
}

// ---- bounds

TEST_F(Running, AFullInboxDropsSamplesAndCountsThemButRefusesCommands) {
  ProbeResult sample;
  sample.probe = ProbeId("nobody");
  for (std::size_t i = 0; i < Inbox::kMostSamples; ++i) ASSERT_TRUE(bed.engine->report(sample));
  EXPECT_FALSE(bed.engine->report(sample));
  EXPECT_FALSE(bed.engine->report(sample));
  std::size_t answered = 0;
  std::size_t refused = 0;
  const auto reply = [&](const Result<Answer>& answer) { ++(answer ? answered : refused); };
  for (std::size_t i = 0; i < Inbox::kMostRequests + 3; ++i) {
    bed.engine->command({"cli:uid=1", ""}, Why{NodeId("SPARE")}, reply);
  }
  EXPECT_EQ(refused, 3U);
  EXPECT_EQ(answered, 0U);
  bed.turn();
  EXPECT_EQ(answered, Inbox::kMostRequests);
  EXPECT_EQ(bed.seen->samples_dropped, 2U);
  EXPECT_EQ(bed.count("samples_dropped"), 1U);
}

TEST_F(Running, AnActorThatTheJournalCannotNameIsRefusedAndTheEngineGoesOn) {
  SetWord word;
  word.scope.node = NodeId("SERVER");
  std::vector<Result<Answer>> answers;
  const auto ask = [&](std::string id, std::string role) {
    bed.engine->command({std::move(id), std::move(role)}, word,
                        [&](Result<Answer> answer) { answers.push_back(std::move(answer)); });
    bed.turn();
  };
  ask(std::string(journal::kLongestActor + 1, 'x'), "IT");
  ask("cli:uid=\xff", "IT");
  ask("cli:uid=1", std::string(201, 'x'));
  ask(std::string(journal::kLongestActor, 'x'), std::string(200, 'x'));
  ASSERT_EQ(answers.size(), 4U);
  for (int refused : {0, 1, 2}) {
    ASSERT_FALSE(answers[refused].has_value());
    EXPECT_EQ(answers[refused].error().code, Errc::InvalidInput);
  }
  EXPECT_TRUE(answers[3].has_value());
  EXPECT_EQ(bed.count("word_set"), 1U);
}

TEST_F(Running, AfterStopWhatWasAskedIsAnsweredAndTheRestRefused) {
  int good = 0;
  int refused = 0;
  const auto reply = [&](const Result<Answer>& answer) { ++(answer ? good : refused); };
  bed.engine->command({"cli:uid=1", ""}, Why{NodeId("SPARE")}, reply);
  bed.engine->stop();
  bed.engine->command({"cli:uid=1", ""}, Why{NodeId("SPARE")}, reply);
  bed.engine->run();
  EXPECT_EQ(good, 1);
  EXPECT_EQ(refused, 1);
  EXPECT_EQ(bed.count("observer_stopped"), 1U);
}

// ---- restarts and clocks

TEST_F(Running, AfterARestartTheLastWordsAreHeldUntilAllIsSeenAgain) {
  all_work();
  bed.clock += minutes(1);
  ASSERT_TRUE(bed.start().has_value());
  EXPECT_TRUE(bed.seen->held_until.has_value());
  EXPECT_EQ(bed.offer("A1@S1/V01").now.readiness, Readiness::Normal);
  all_work();
  EXPECT_FALSE(bed.seen->held_until.has_value());
  EXPECT_EQ(bed.offer("A1@S1/V01").now.grade, Grade::Measured);
}

TEST_F(Running, AnAuditIsOnRecordAndEndsNoHold) {
  all_work();
  ASSERT_TRUE(bed.start().has_value());
  const Audited entry{AccountId("u-1"), AuditKind::Login, "from 192.0.2.7"};
  ASSERT_TRUE(bed.ask(RecordAudit{entry}).has_value());
  EXPECT_TRUE(bed.seen->held_until.has_value());
  EXPECT_EQ(bed.count("audited", R"("account":"u-1","what":"login")"), 1u);
  ASSERT_TRUE(bed.start().has_value()) << "it is replayed";
  EXPECT_EQ(bed.count("audited"), 1u);
}

TEST_F(Running, WhatIsNotSeenAgainBecomesUnknownWhenTheHoldEnds) {
  all_work();
  ASSERT_TRUE(bed.start().has_value());
  const Instant end = bed.seen->held_until.value();
  bed.pass(end - bed.clock - std::chrono::seconds(20));
  EXPECT_EQ(bed.offer("A1@S1/V01").now.readiness, Readiness::Normal);
  bed.pass(std::chrono::seconds(21));
  EXPECT_FALSE(bed.seen->held_until.has_value());
  EXPECT_EQ(bed.offer("A1@S1/V01").now.readiness, Readiness::Unknown);
}

TEST_F(Running, WhileWordsAreHeldTheyAreNotPublishedOverAndOver) {
  all_work();
  bed.pass(hours(2));
  ASSERT_TRUE(bed.start().has_value());
  const unsigned published = bed.published;
  for (int i = 0; i < 5; ++i) bed.turn();
  EXPECT_EQ(bed.published, published);
}

TEST(Engine, ADoubtedClockIsSaidAndHoursFollowOnceItIsConfirmed) {
  Bed bed("2026-11-22T20:00+01:00");  // the machine believes it is Sunday
  ASSERT_TRUE(bed.start(true).has_value());
  EXPECT_TRUE(bed.seen->clock_doubted);
  bed.wall = at("2026-11-23T09:00+01:00");
  ASSERT_TRUE(bed.ask(ConfirmClock{}).has_value());
  EXPECT_FALSE(bed.seen->clock_doubted);
  EXPECT_EQ(bed.seen->headline_day, parse_day("2026-11-23").value());
  EXPECT_EQ(bed.offer("A1@S1/V01").days[0].slots[0].begin, at("2026-11-23T08:00+01:00"));
  EXPECT_LT(hours(13) - bed.seen->civil_offset, kTicks);
  bed.journal.broken = true;
  bed.result("SERVER/sql", kFailure);
  EXPECT_LT(bed.clock + hours(13) - *bed.seen->journal_failed_at, kTicks);
}

TEST(Engine, WhatIsHeldKeepsTheCivilTimeItWasToldIn) {
  Bed bed("2026-11-22T20:00+01:00");
  ASSERT_TRUE(bed.start(true).has_value());
  bed.wall = at("2026-11-23T09:00+01:00");
  ASSERT_TRUE(bed.ask(ConfirmClock{}).has_value());
  bed.clock = bed.wall = at("2026-11-23T09:05+01:00");
  ASSERT_TRUE(bed.start().has_value());
  ASSERT_TRUE(bed.seen->held_until.has_value());
  EXPECT_EQ(bed.offer("A1@S1/V01").days[0].slots[0].begin, at("2026-11-23T08:00+01:00"));
  EXPECT_GE(bed.seen->as_of, at("2026-11-23T09:00+01:00"));
}

TEST_F(Running, AReloadKeepsWordsAndBuffersAndTellsTheProbes) {
  all_work();
  bed.result("POWER/ups", kFailure);
  bed.say("SPARE", Said::Limited, kUntil18);
  EXPECT_EQ(bed.node("SERVER").state, kOperational);
  ASSERT_TRUE(bed.ask(LoadDistrict{test::small_district(true)}).has_value());
  EXPECT_EQ(bed.used->hash, "hash of wide");
  EXPECT_EQ(bed.seen->words.size(), 1U);
  EXPECT_EQ(bed.node("SERVER").state, kOperational);
  bed.pass(minutes(31));
  EXPECT_EQ(bed.node("SERVER").calculated.worst, Health::Down);
}

// ---- threads

TEST(Engine, ManyThreadsMayReportAndAskWhileItRuns) {
  Bed bed(kMonday7);
  std::atomic<std::int64_t> tick{0};
  test::FakeJournal journal;
  std::atomic<unsigned> published{0};
  const Instant begin = bed.clock;
  const auto now = [&] { return begin + Duration(++tick); };
  Engine engine(Identity{"test", "1"},
                Ports{journal,
                      bed,
                      bed,
                      now,
                      now,
                      [&](const std::shared_ptr<const Situation>&) { ++published; },
                      {}});
  std::promise<bool> started;
  std::jthread writer([&] {
    started.set_value(engine.start(bed.district, false).has_value());
    engine.run();
  });
  ASSERT_TRUE(started.get_future().get());
  constexpr int kEach = 50;
  std::atomic<int> answers{0};
  const auto work = [&] {
    for (int i = 0; i < kEach; ++i) {
      ProbeResult sample;
      sample.probe = ProbeId("SERVER/sql");
      sample.began = sample.ended = now();
      sample.outcome = i % 2 ? kFailure : kSuccess;
      engine.report(std::move(sample));
      SetWord word;
      word.scope.node = NodeId("SPARE");
      word.said = Said::Limited;
      engine.command({"cli:uid=1", "IT"}, word, [&](const Result<Answer>&) { ++answers; });
      engine.civil_offset();
      engine.queue_length();
    }
  };
  {
    std::jthread one(work);
    std::jthread two(work);
  }
  engine.stop();
  writer.join();
  EXPECT_EQ(answers, 2 * kEach);
  EXPECT_GT(published, 0U);
}

}  // namespace
}  // namespace dienstbereit::engine
