// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/event.h"

#include <gtest/gtest.h>

#include <limits>

namespace dienstbereit {
namespace {

Instant at(std::int64_t ms) { return Instant(Duration(ms)); }

std::vector<EventPayload> of_incidents() {
  return {
      IncidentOpened{IncidentId("incident-1"), true, {"Störung", "Fault"}, at(3), {NodeId("DB")}},
      FaultChanged{IncidentId("incident-1"), NodeId("DB"), false},
      IncidentEdited{IncidentId("incident-1"), 2, {"T", ""}, {"Blitz", ""}, true, "IT", at(9)},
      LevelSet{IncidentId("incident-1"), Level::Crisis, "no plan"},
      LevelProposed{IncidentId("incident-1"), Level::Emergency, ServiceId("V")},
      PhaseChanged{IncidentId("incident-1"), Phase::Closed, "over", {"a", "b", "c"}},
      IncidentMerged{IncidentId("incident-1"), IncidentId("incident-2"), "one surge"},
      IncidentSplit{IncidentId("incident-1"), IncidentId("incident-3"), {NodeId("DB")}, {}, "two"},
      NoteAdded{IncidentId("incident-1"), NoteId("note-1"), NoteKind::HandOver, "x", "IT", ""},
      ReportDue{IncidentId("incident-1")},
      HypothesisSet{IncidentId("incident-1"),
                    HypothesisId("cause-1"),
                    {"Überspannung", ""},
                    {NodeId("USV")},
                    CauseState::Likely,
                    "UPS log"},
      EvidenceAdded{IncidentId("incident-1"), HypothesisId("cause-1"), "log", false},
      SuspectsFound{IncidentId("incident-1"),
                    {{{NodeId("USV"), NodeId("DB")}, 7, 1, {NodeId("WEB")}, {NodeId("MAIL")}}},
                    {NodeId("DB"), NodeId("MAIL")},
                    Weighing{{{CommonSort::Surge, NodeId("FEED"), NoteId(), 60},
                              {CommonSort::Change, NodeId(), NoteId("note-1"), 20}},
                             {{{NodeId("USV"), NodeId("PDU")}, 35}},
                             {{{NodeId("DB")}, 30}},
                             {NodeId("USV")},
                             {{{NodeId("USV"), TraceKind::OverVoltage},
                               {NodeId("DB"), TraceKind::Restarted}}}}}};
}

ForecastMade a_forecast() {
  return ForecastMade{
      IncidentId("incident-1"),
      ForecastId("forecast-1"),
      "first",
      2000,
      {{OfficeId("A"),
        SiteId("S"),
        ServiceId("V"),
        Readiness::Limited,
        {{at(5), 0.25, 0.75}},
        at(1),
        at(2),
        at(3),
        at(4),
        0.125,
        at(8),
        at(9),
        0.0625}},
      at(6),
      at(7),
      Learnt{5, 1.25},
      {{{TaskId("task-1"), NodeId(), at(1), at(2), at(3)}, {TaskId(), NodeId("DB"), {}, {}, {}}}},
      {{{TaskId("task-1"), NodeId(), OfficeId("A"), SiteId("S"), ServiceId(), at(5), true, 0.75,
         0.5}}}};
}

std::vector<EventPayload> of_recovery() {
  return {TaskSet{IncidentId("incident-1"),
                  TaskId("task-1"),
                  1,
                  "Swap",
                  TaskKind::Replace,
                  {NodeId("DB")},
                  FixId("fix-1"),
                  {Duration(1), Duration(2), Duration(3)},
                  "crew",
                  "power",
                  {TaskId("task-2")},
                  "PSU",
                  Estimate{Duration(1), Duration(2), Duration(9)},
                  -3,
                  "user:u-1"},
          TaskMoved{IncidentId("incident-1"), TaskId("task-1"), TaskState::Done, "works"},
          FixSet{IncidentId("incident-1"),
                 FixId("fix-1"),
                 1,
                 {"Loan", ""},
                 {NodeId("DB")},
                 {"all", ""},
                 {"no spare", ""},
                 "IT",
                 at(77),
                 TaskId("task-2"),
                 40},
          FixMoved{IncidentId("incident-1"), FixId("fix-1"), FixState::Relapsed, "again"}};
}

std::vector<EventPayload> of_looking_ahead() {
  return {a_forecast(),
          OrderProposed{IncidentId("incident-1"),
                        OrderId("order-1"),
                        "late",
                        10'000,
                        {{TaskId("task-2"), NodeId()}, {TaskId(), NodeId("DB")}},
                        {{TaskId("task-2"), TaskId("task-1"), true}},
                        {false, true, 4, at(9), 1.5, {2.25, 0.25}, {30, 2}}},
          OrderAnswered{IncidentId("incident-1"), OrderId("order-1"), true, "better"},
          ForecastsScored{IncidentId("incident-1"),
                          {12, 0.125, 0.5, 0.25, 0.125, {{3, 0.25, 0.5}}},
                          {5, 4, 1, 0},
                          {2, 1, 0, 1},
                          {{ForecastId("forecast-1"), {12, 0.125, 0, 0, 0, {}}, {5, 4, 1, 0}}}}};
}

std::vector<EventPayload> of_deciding() {
  return {
      OpeningProposed{OfficeId("A"), SiteId("S"), parse_day("2026-11-23").value(),
                      Readiness::Closed, 0.5, at(4)},
      OpeningDecided{DecisionId("decision-2"),
                     IncidentId("incident-1"),
                     OfficeId("A"),
                     SiteId("S"),
                     parse_day("2026-11-23").value(),
                     Readiness::Limited,
                     {"nur bar", "cash"},
                     "why",
                     Readiness::Closed,
                     true,
                     DecisionId("decision-1")},
      StatementSaved{StatementId("statement-1"), 3, StatementKind::Press, IncidentId("incident-1"),
                     "Titel", "Title", "Text", "Text", true, 40, at(8)},
      StatementMoved{StatementId("statement-1"), 3, StatementState::Withdrawn, "wrong"},

      PublishChanged{PublishId("outside"), false, "connection refused"}};
}

std::vector<EventPayload> of_telling() {
  return {
      NoticeRaised{
          NoticeId("70"),
          NoticeKind::Alarm,
          "incident-1",
          1,
          2,
          3,
          {{NoticeItemKind::Place, "A@S", Readiness::Normal, Readiness::Closed, at(5), "", {}}},
          {{MessageId("70.1"), RecipientId("it-1"), ChannelId("post"), true}}},
      NoticeEscalated{
          NoticeId("70"), 2, {{MessageId("71.1"), RecipientId("it-2"), ChannelId("sms"), true}}},
      NoticeAcknowledged{NoticeId("70"), "cli:uid=1000"},
      MessageSent{MessageId("70.1"), ChannelId("post")},
      MessageFailed{MessageId("71.1"), ChannelId("sms"), "status 503", false, ChannelId("post"),
                    at(9)}};
}

std::vector<EventPayload> of_seeing() {
  ReasonStep step;
  step.kind = ReasonKind::NeedDown;
  step.subject = NodeId("F-APP");
  step.object = NodeId("DB");
  step.state = kDown;
  step.since = at(5);
  step.detail = "connection refused \"now\"";
  return {
      ObserverStarted{"0.1.0", at(7), true, true},
      ObserverStopped{},
      DistrictLoaded{"abc", "# bundle\nadministration: {}\n"},
      ObservationSettled{ProbeId("DB/sql"), ProbeOutcome::Failure, at(1), "connect", "no", true},
      ObservationLost{ProbeId("DB/sql"), LossReason::PathLost, "lan"},
      PathChanged{UplinkId("lan"), SiteId(), false, "gateway silent"},
      WordSet{WordId("9"), Scope{OfficeId("A"), SiteId("S"), ServiceId("V"), NodeId()},
              Said::Limited, Wording{"nur Bürgerbüro – Ä", "only"}, at(99), "IT"},
      WordWithdrawn{WordId("9"), "back"},
      WordAsked{WordId("9"), NodeId("DB"), WordQuestion::Doubted},
      ReadinessChanged{NodeId("A@S/V"),
                       parse_day("2026-11-23").value(),
                       Readiness::Normal,
                       Readiness::Closed,
                       {step}},
      ClockStepped{Duration(-3600000)},
      ClockConfirmed{at(8)},
      SamplesDropped{12},
      TimerFired{}};
}

}  // namespace

std::vector<EventPayload> of_keeping_going() {
  Step step;
  step.id = "fence";
  step.title = {"Alten Server sperren", "Fence the old server"};
  step.doing.command = "fence-primary";
  step.doing.with = {{"host", "db1"}};
  step.needs = {{ProbeId("DB/sql"), NodeId(), Expected::Failure}};
  step.check = {ProbeId(), NodeId("DB"), Expected::Down};
  step.undo.person = {"Wieder freigeben", "Release it again"};
  step.timeout = std::chrono::seconds(20);
  step.fence = true;
  step.takes = std::chrono::minutes(2);
  RunStarted started;
  started.id = RunId("run-1");
  started.plan = PlanId("takeover");
  started.kind = PlanKind::TakeOver;
  started.title = {"Datenbank übernehmen", "Take over the database"};
  started.fallback = FallbackId("database");
  started.approval = true;
  started.reason = "the primary is dead";
  started.needs = {{ProbeId(), NodeId("DB2"), Expected::Operational}};
  started.steps = {step};
  started.look = {ProbeId("APP/http")};
  const std::vector<Look> look{{ProbeId("APP/http"), Sight::Failure}};
  return {HomepageModeSet{SiteMode::Dark, "the copy is too old"},
          HomepageCopied{true, "2026-11-26T0200", 812, 73'400'000, "3 could not be read"},
          SwitchDecided{FallbackId("database"), true, "down for 5 min", look},
          started,
          RunApproved{RunId("run-1")},
          RunAborted{RunId("run-1"), "it came back"},
          StepMoved{RunId("run-1"), 1, StepState::Checking, 2, true, "said nothing"},
          RunEnded{RunId("run-1"), RunResult::Partial, "step 'promote' failed", look},
          FallbackRecorded{FallbackId("database"), IncidentId("incident-1"), FixId("fix-2")}};
}

// One of each, in the order of the variant.
std::vector<EventPayload> one_of_each() {
  std::vector<EventPayload> all = of_seeing();
  for (const auto& part :
       {of_incidents(), of_recovery(), of_looking_ahead(), of_deciding(), of_telling()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  all.push_back(Audited{AccountId("u-7f3k2m9q"), AuditKind::LoginFailed, "3 times from 192.0.2.7"});
  all.push_back(MailWaiting{ProbeId("MX2/mail_queue"), 4711, 98765, at(3)});
  OutpostTold told{OutpostId("FERN"), "0123456789abcdef", 7, at(4), true, {}, {}, {}};
  told.settled =
      SettledNews{ProbeId("WEB/http"), ProbeOutcome::Slow, Duration(9), "time", "late", true};
  told.lost = LostNews{ProbeId("WEB/http"), LossReason::Silent, "full"};
  told.path = PathNews{UplinkId("DSL"), false, "cut"};
  all.push_back(told);
  all.push_back(OutpostChanged{OutpostId("FERN"), true, at(3), Duration(-90000), 4, 2});
  const auto going = of_keeping_going();
  all.insert(all.end(), going.begin(), going.end());
  all.push_back(IntakeNoted{IntakeStep::Moved, "00112233445566778899aabbccddeeff",
                            DeviceId("d-7f3k2m9q"), OfficeId("A1"), ServiceId("V1"), 3, "abc",
                            "checked"});
  all.push_back(
      BacklogCounted{{{OfficeId("A1"), ServiceId("V1"), 12, at(5), 3.5, at(9)},
                      {OfficeId("A1"), ServiceId("V2"), 0, std::nullopt, 0, std::nullopt}},
                     4,
                     2});
  all.push_back(TraceNoted{ProbeId("SW1/snmp"), TraceKind::LinkFlapped, true, at(3), at(4),
                           "ge-0/1", -5, 230000});
  return all;
}

TEST(EventCodec, EveryPayloadComesBackAsItWas) {
  const auto payloads = one_of_each();
  ASSERT_EQ(payloads.size(), std::variant_size_v<EventPayload>) << "one of each, in order";
  for (std::size_t i = 0; i < payloads.size(); ++i) {
    ASSERT_EQ(payloads[i].index(), i);
    const EncodedPayload first = encode(payloads[i]);
    const auto back = decode(first.type, first.version, first.text);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(encode(*back).text, first.text) << first.type;
    EXPECT_EQ(back->index(), i);
  }
}

TEST(EventCodec, AChangeOfTheRecordComesBackFromWhatPeopleWrite) {
  for (const EventPayload& payload : one_of_each()) {
    std::visit(
        []<class T>(const T& e) {
          if constexpr (std::is_constructible_v<RecordEvent, T>) {
            const RecordEvent change(e);
            const auto back = parse_change(type_of(change), to_json(change));
            ASSERT_TRUE(back) << type_of(change) << ": " << back.error().message;
            EXPECT_EQ(encode(std::get<T>(*back)).text, encode(e).text);
          }
        },
        payload);
  }
}

TEST(EventCodec, AChangeMayLeaveOutWhatHasADefaultAndNamesWhatIsWrong) {
  const auto note = parse_change("note_added", R"({"incident": "incident-1", "text": "läuft"})");
  ASSERT_TRUE(note);
  EXPECT_EQ(std::get<NoteAdded>(*note).kind, NoteKind::Note);
  const auto message = [](const char* type, const char* json) {
    return parse_change(type, json).error().message;
  };
  EXPECT_EQ(message("note_added", R"({"txt": "x"})"),
            "unknown key 'txt'; known are incident, id, kind, text, to, attachment, nodes, "
            "changed_at");
  EXPECT_EQ(message("note_added", R"({"kind": "song"})"), "'kind' is not a known word");
  EXPECT_EQ(message("task_set", R"({"effort": {"best": 5}})"),
            "'effort.best' is not a duration such as \"90 min\"");
  const auto task = parse_change("task_set", R"({"delivery": {"extremes": "true"}})");
  ASSERT_TRUE(task) << "a tool may have nothing but texts";
  EXPECT_TRUE(std::get<TaskSet>(*task).delivery->extremes);
  EXPECT_EQ(message("task_set", R"({"effort": {"extremes": "perhaps"}})"),
            "'effort.extremes' is not true or false");
  EXPECT_EQ(message("note_added", "[1]"), "the body is not a JSON object; send application/json");
  EXPECT_EQ(parse_change("word_set", "{}").error().code, Errc::NotFound);
}

TEST(EventCodec, TextIsStableSinceTheHashChainRestsOnIt) {
  EXPECT_EQ(encode(PathChanged{UplinkId("lan"), SiteId(), false, "x"}).text,
            R"({"uplink":"lan","site":"","up":false,"detail":"x"})");
}

TEST(EventCodec, WhatWasWrittenBeforeAKeyCameIsReadAsItWas) {
  const auto note = decode("note_added", 1,
                           R"({"incident":"incident-1","id":"note-1","kind":"note","text":"t",)"
                           R"("to":"","attachment":""})");
  ASSERT_TRUE(note.has_value()) << note.error().message;
  EXPECT_EQ(std::get<NoteAdded>(*note).text, "t");
  EXPECT_TRUE(std::get<NoteAdded>(*note).nodes.empty());
  const auto found =
      decode("suspects_found", 1,
             R"({"incident":"incident-1","suspects":[],"to_explain":["DB"],"weighed":{"surges":[],)"
             R"("damages":[{"nodes":["DB"],"percent":95}],"check_next":[],"look_next":[]}})");
  ASSERT_TRUE(found.has_value()) << found.error().message;
  EXPECT_EQ(std::get<SuspectsFound>(*found).weighed->damages.size(), 1u);
}

TEST(EventCodec, AJournalHoldsFiniteNumbersAndOneThatDoesNotIsReadAllTheSame) {
  ForecastMade made = a_forecast();
  made.learnt->factor = std::numeric_limits<double>::infinity();
  made.places[0].never = std::numeric_limits<double>::quiet_NaN();
  const EncodedPayload written = encode(EventPayload(made));
  EXPECT_EQ(written.text.find("null"), std::string::npos) << written.text;
  const auto back = decode(written.type, written.version, written.text);
  ASSERT_TRUE(back.has_value()) << back.error().message;
  EXPECT_EQ(std::get<ForecastMade>(*back).learnt->factor, std::numeric_limits<double>::max());
  EXPECT_EQ(std::get<ForecastMade>(*back).places[0].never, 0);

  EncodedPayload old = encode(EventPayload(a_forecast()));
  const std::string factor = R"("factor":1.25)";
  const auto place = old.text.find(factor);
  ASSERT_NE(place, std::string::npos);
  old.text.replace(place, factor.size(), R"("factor":null)");
  const auto read = decode(old.type, old.version, old.text);
  ASSERT_TRUE(read.has_value()) << read.error().message;
  EXPECT_EQ(std::get<ForecastMade>(*read).learnt->factor, 1);
}

TEST(EventCodec, RefusesWhatIsNoEvent) {
  EXPECT_EQ(decode("no_such_event", 1, "{}").error().code, Errc::InvalidInput);
  EXPECT_EQ(decode("timer_fired", 2, "{}").error().code, Errc::InvalidInput);
  EXPECT_EQ(decode("timer_fired", 1, "[").error().code, Errc::Corrupt);
  EXPECT_EQ(decode("timer_fired", 1, "[]").error().code, Errc::Corrupt);
  EXPECT_EQ(decode("clock_stepped", 1, R"({"by_ms":"soon"})").error().code, Errc::Corrupt);
  EXPECT_EQ(decode("clock_stepped", 1, "{}").error().code, Errc::Corrupt);
  EXPECT_EQ(decode("timer_fired", 1, std::string(100000, '[')).error().code, Errc::Corrupt);
}

TEST(EventCodec, AStartOfBeforeThereWereExercisesIsRealAndARealOneReadsAsBefore) {
  const std::string before = R"({"version":"0.1.0","wall_clock":7,"clock_doubted":false})";
  const auto decoded = decode("observer_started", 1, before);
  ASSERT_TRUE(decoded) << decoded.error().message;
  EXPECT_FALSE(std::get<ObserverStarted>(*decoded).exercise.value_or(false));
  EXPECT_EQ(encode(*decoded).text, before);
}

TEST(EventCodec, RefusesAnIntervalThatIsUpsideDown) {
  EncodedPayload good = encode(one_of_each()[9]);
  const auto place = good.text.find("[2,2]");
  ASSERT_NE(place, std::string::npos);
  good.text.replace(place, 5, "[2,0]");
  EXPECT_EQ(decode(good.type, good.version, good.text).error().code, Errc::Corrupt);
}

}  // namespace dienstbereit
