// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "web/operate/desk_test.h"
#include "web/testing/records.h"
#include "web/upload/picture.h"

namespace dienstbereit::web::operate {
namespace {

const std::vector<std::string> kPages{
    "/operate/",
    "/operate/incidents",
    "/operate/states",
    "/operate/decisions",
    "/operate/statements",
    "/operate/messages",
    "/operate/incident/incident-1",
    "/operate/incident/incident-2",
    "/operate/causes/incident-1",
    "/operate/measures/incident-1",
    "/operate/measures/incident-1/task-1",
    "/operate/measures/incident-1/fix-1",
    "/operate/log/incident-1",
    "/operate/statement/statement-1",
    "/operate/statement/statement-2",
    "/operate/statement/statement-3",
    "/operate/holding",
};

class RecordPages : public DeskTest {
 protected:
  RecordPages() : DeskTest(false, "recorded") {}

  // The one command that the last request became, with its changes.
  template <class Change>
  Change written() {
    const auto commands = sink_.commands();
    EXPECT_EQ(commands.size(), 1u);
    const auto* write = commands.empty() ? nullptr : std::get_if<WriteRecord>(&commands.back());
    if (!write || write->changes.size() != 1 ||
        !std::holds_alternative<Change>(write->changes[0])) {
      ADD_FAILURE() << "another command";
      return {};
    }
    sink_.forget();
    return std::get<Change>(write->changes[0]);
  }
  void only(RoleSet roles) { gatekeeper_.open[kToken].identity.roles = roles; }
};

}  // namespace

TEST_F(RecordPages, EachIsShownInBothLanguagesAndNothingTypedBecomesMarkup) {
  for (const char* language : {"de", "en"}) {
    gatekeeper_.open[kToken].language = language;
    for (const std::string& path : kPages) {
      const Response page = get(path);
      const std::string_view body = page.payload->body();
      EXPECT_EQ(page.status, 200) << path;
      EXPECT_FALSE(contains(body, "<script")) << path;
      EXPECT_TRUE(contains(body, std::string("<html lang=\"") + language)) << path;
      EXPECT_LT(body.size(), 60'000u) << path;
    }
  }
  EXPECT_TRUE(contains(get("/operate/log/incident-1").payload->body(), "&lt;script&gt;alert"));
}

TEST_F(RecordPages, AChangeIsOnThePagesOfTheIncidentAndOfItsCauses) {
  const Response incident = get("/operate/incident/incident-1");
  EXPECT_TRUE(contains(incident.payload->body(), "Änderung an "));
  EXPECT_TRUE(contains(incident.payload->body(), "name=\"changed_at\""));
  const Response causes = get("/operate/causes/incident-1");
  EXPECT_TRUE(contains(causes.payload->body(), "Überspannung über "));
  EXPECT_TRUE(contains(causes.payload->body(), "Änderung an "));
  EXPECT_TRUE(contains(get("/operate/timeline/incident-1").payload->body(), "Änderung an "));
}

TEST_F(RecordPages, WhatATaskRepairsCanBeTickedOnceEachAlsoWhereItIsNoFault) {
  auto record = std::make_shared<Record>(*world_->situation.record);
  auto incident = std::make_shared<Incident>(*record->incidents.front());
  incident->tasks.front().repairs.push_back(NodeId("V1"));
  incident->faults.push_back(incident->faults.front());
  const std::string again = "value=\"" + incident->faults.front().node.str() + "\"";
  record->incidents.front() = incident;
  world_->situation.record = std::move(record);
  desk_.show(test::situation_of(world_));
  const Response page = get("/operate/measures/incident-1/task-1");
  const std::string body(page.payload->body());
  EXPECT_TRUE(contains(body, "value=\"V1\" checked"));
  EXPECT_EQ(body.find(again), body.rfind(again));
}

TEST_F(RecordPages, PapersThatAreMissingOrOldAreSaidOnTheFirstPage) {
  EXPECT_FALSE(contains(get("/operate/").payload->body(), "Handbuch und Pakete"));
  control_.due = {{"Für <Haus> liegt kein Paket bereit.", "There is no pack for <House>."}};
  const Response page = get("/operate/");
  EXPECT_TRUE(contains(page.payload->body(), "Handbuch und Pakete"));
  EXPECT_TRUE(contains(page.payload->body(), "Für &lt;Haus&gt; liegt kein Paket bereit."));
}

TEST_F(RecordPages, EachDraftIsShown) {
  for (const char* kind : {"holding", "short", "long", "press", "poster", "phone", "internal",
                           "simple", "cap", "breach"}) {
    const Response page = get(std::string("/operate/draft/") + kind + "?incident=incident-1");
    EXPECT_EQ(page.status, 200) << kind;
    EXPECT_FALSE(contains(page.payload->body(), "<script")) << kind;
  }
  EXPECT_EQ(get("/operate/draft/rumour").status, 404);
}

TEST_F(RecordPages, WhatDoesNotExistIsSaidSo) {
  for (const char* path : {"/operate/incident/incident-9", "/operate/measures/incident-1/task-9",
                           "/operate/statement/statement-9", "/operate/log/x"}) {
    EXPECT_EQ(get(path).status, 404) << path;
  }
}

TEST_F(RecordPages, WhoMayOnlyLookFindsNoForms) {
  only({Role::View});
  for (const std::string& path : kPages) {
    if (path == "/operate/holding") continue;
    const std::string body(get(path).payload->body());
    std::size_t forms = 0;
    for (auto at = body.find("<form"); at != std::string::npos; at = body.find("<form", at + 1)) {
      ++forms;
    }
    EXPECT_LE(forms, 2u) << path << ": language and log-out alone";
  }
  EXPECT_EQ(get("/operate/holding").status, 403);
  EXPECT_EQ(post("/operate/note/incident-1", "kind=note&text=x").status, 403);
  EXPECT_EQ(post("/operate/decisions", "place=A1%40S1&day=2026-11-24&word=closed").status, 403);
  EXPECT_EQ(post("/operate/statement", "kind=short&title_de=a&de=b").status, 403);
  EXPECT_TRUE(sink_.commands().empty());
}

TEST_F(RecordPages, ConfirmingACauseIsTheLeadsAlone) {
  only({Role::Operate});
  const std::string judged = "id=cause-1&text_de=Blitz&reason=Befund&state=";
  EXPECT_EQ(post("/operate/causes/incident-1", judged + "likely").status, 303);
  EXPECT_EQ(written<HypothesisSet>().state, CauseState::Likely);
  EXPECT_EQ(post("/operate/causes/incident-1", judged + "confirmed").status, 403);
  EXPECT_TRUE(sink_.commands().empty());
  only({Role::Lead, Role::Operate});
  EXPECT_EQ(post("/operate/causes/incident-1", judged + "confirmed").status, 303);
  EXPECT_EQ(written<HypothesisSet>().reason, "Befund");
}

TEST_F(RecordPages, AStateIsSetAfterItWasPreviewed) {
  const std::string fields = "scope=A1%40S1&said=closed&text_de=Umzug&role=Amt+f%C3%BCr+IT";
  const Response preview = post("/operate/states", fields);
  EXPECT_EQ(preview.status, 200);
  ASSERT_EQ(sink_.commands().size(), 1u);
  EXPECT_TRUE(std::holds_alternative<PreviewWord>(sink_.commands()[0]));
  const std::string_view body = preview.payload->body();
  const auto at = body.find("name=\"sure\" value=\"");
  ASSERT_NE(at, std::string_view::npos);
  const std::string sure(body.substr(at + 19, 64));
  sink_.forget();
  EXPECT_EQ(post("/operate/states", fields + "&sure=" + sure).status, 303);
  ASSERT_TRUE(std::holds_alternative<SetWord>(sink_.commands().at(0)));
  EXPECT_EQ(sink_.actors()[0].role, "Amt für IT");
  sink_.forget();
  // Changed after the preview: previewed again, not set.
  EXPECT_EQ(post("/operate/states", "scope=A2%40S1&said=closed&sure=" + sure).status, 200);
  EXPECT_TRUE(std::holds_alternative<PreviewWord>(sink_.commands().at(0)));
}

TEST_F(RecordPages, AnIncidentIsOpenedEditedAndEnded) {
  EXPECT_EQ(post("/operate/incidents", "title_de=Ausfall&since=2026-11-23T07%3A10").status, 303);
  const auto opened = written<IncidentOpened>();
  EXPECT_EQ(opened.title.de, "Ausfall");
  EXPECT_EQ(opened.since, dienstbereit::test::at("2026-11-23T07:10:00+01:00"));
  EXPECT_EQ(post("/operate/incident/incident-1",
                 "version=4&title_de=A&trigger_de=B&next_report=2026-11-23T11%3A00&lead=me")
                .status,
            303);
  const auto edited = written<IncidentEdited>();
  EXPECT_EQ(edited.version, 4u);
  EXPECT_EQ(edited.lead, "user:u-anna");
  EXPECT_EQ(edited.next_report, dienstbereit::test::at("2026-11-23T11:00:00+01:00"));
  EXPECT_EQ(post("/operate/note/incident-1", "kind=hand_over&text=ab&to=user%3Au-en").status, 303);
  EXPECT_EQ(written<NoteAdded>().to, "user:u-en");
  EXPECT_EQ(post("/operate/note/incident-1",
                 "kind=change&text=neu&changed=DB&changed=S1&changed_at=2026-11-22T14%3A05")
                .status,
            303);
  const auto change = written<NoteAdded>();
  EXPECT_EQ(change.kind, NoteKind::Change);
  EXPECT_EQ(change.nodes, (std::vector{NodeId("DB"), NodeId("S1")}));
  EXPECT_EQ(change.changed_at, dienstbereit::test::at("2026-11-22T14:05:00+01:00"));
  EXPECT_EQ(post("/operate/level/incident-1", "level=crisis&reason=r").status, 303);
  EXPECT_EQ(written<LevelSet>().level, Level::Crisis);
  EXPECT_EQ(post("/operate/split/incident-1", "node=DB&node=NET&title_de=t&reason=r").status, 303);
  EXPECT_EQ(written<IncidentSplit>().nodes.size(), 2u);
  EXPECT_EQ(post("/operate/merge/incident-1", "into=incident-2&reason=r").status, 303);
  EXPECT_EQ(written<IncidentMerged>().into.str(), "incident-2");
  EXPECT_EQ(post("/operate/phase/incident-2", "phase=closed&went_well=a&improvements=b").status,
            303);
  EXPECT_EQ(written<PhaseChanged>().evaluation.improvements, "b");
}

TEST_F(RecordPages, ATaskAndAFixAreWrittenWithWhatTheFormSaw) {
  EXPECT_EQ(post("/operate/task/incident-1",
                 "id=task-1&version=2&title=Tausch&kind=replace&node=DB&effort_best=0%2C5&"
                 "effort_likely=1&effort_worst=2.5&after=task-2%2C+task-3&assignee=user%3Au-de")
                .status,
            303);
  const auto task = written<TaskSet>();
  EXPECT_EQ(task.version, 2u);
  EXPECT_EQ(task.effort.best, std::chrono::minutes(30));
  EXPECT_EQ(task.effort.worst, std::chrono::minutes(150));
  EXPECT_EQ(task.after.size(), 2u);
  EXPECT_FALSE(task.delivery);
  EXPECT_FALSE(task.effort.extremes);
  EXPECT_EQ(post("/operate/task/incident-1",
                 "id=task-1&version=2&title=Tausch&kind=replace&node=DB&effort_best=1&"
                 "effort_likely=2&effort_worst=4&effort_extremes=1&delivery_extremes=1")
                .status,
            303);
  const auto bounded = written<TaskSet>();
  EXPECT_TRUE(bounded.effort.extremes);
  EXPECT_FALSE(bounded.delivery) << "there is none, whatever its bounds would be";
  for (const char* hours : {"drei", "-1", "1e9", "nan"}) {
    EXPECT_EQ(post("/operate/task/incident-1", std::string("title=x&effort_best=") + hours).status,
              422)
        << hours;
  }
  EXPECT_TRUE(sink_.commands().empty());
  EXPECT_EQ(post("/operate/task-state/incident-1", "id=task-1&state=done").status, 303);
  EXPECT_EQ(written<TaskMoved>().state, TaskState::Done);
  EXPECT_EQ(post("/operate/fix/incident-1",
                 "title_de=Leihger%C3%A4t&restores_de=alles&risk_de=keins&owner=user%3Au-de&"
                 "expires=2026-11-25T12%3A00&follow_up=task-1")
                .status,
            303);
  const auto fix = written<FixSet>();
  EXPECT_EQ(fix.expires, dienstbereit::test::at("2026-11-25T12:00:00+01:00"));
  EXPECT_FALSE(fix.capacity) << "it carries all";
  EXPECT_EQ(post("/operate/fix-state/incident-1", "id=fix-1&state=relapsed").status, 303);
  EXPECT_EQ(written<FixMoved>().state, FixState::Relapsed);
}

TEST_F(RecordPages, AFixThatCarriesAPartHasItsPercent) {
  EXPECT_EQ(post("/operate/fix/incident-1", "title_de=x&capacity=+40+").status, 303);
  EXPECT_EQ(written<FixSet>().capacity, 40u);
  for (const char* wrong : {"viel", "-1", "40.5", "99999999999"}) {
    const Response page =
        post("/operate/fix/incident-1", std::string("title_de=x&capacity=") + wrong);
    EXPECT_EQ(page.status, 422) << wrong;
    EXPECT_NE(page.payload->body().find("ganze Zahl von 1 bis 99"), std::string::npos);
  }
  EXPECT_TRUE(sink_.commands().empty());
}

TEST_F(RecordPages, AForecastSaysWhatIsLimitedUntilTheRepairAndMayGetWorse) {
  const Response page = get("/operate/measures/incident-1");
  EXPECT_NE(page.payload->body().find("bis zur endgültigen Reparatur eingeschränkt, normal"),
            std::string::npos);
  EXPECT_NE(page.payload->body().find("Mit 7 % wird es wieder schlechter"), std::string::npos);
  EXPECT_NE(page.payload->body().find("40 %"), std::string::npos) << "of the usual load";
}

TEST_F(RecordPages, WhoWasSlowerSeesBothAndLosesNothing) {
  sink_.refuses = Errc::Conflict;
  const Response page = post("/operate/task/incident-1",
                             "id=task-1&version=1&title=Mein+Titel&kind=repair&effort_best=1&"
                             "effort_likely=2&effort_worst=3");
  EXPECT_EQ(page.status, 409);
  const std::string_view body = page.payload->body();
  EXPECT_TRUE(contains(body, "Mein Titel")) << "what was typed";
  EXPECT_TRUE(contains(body, "Netzteil tauschen")) << "what stands on record";
  EXPECT_TRUE(contains(body, "the engine says no"));
}

TEST_F(RecordPages, OneDecisionIsWrittenForEachPlace) {
  EXPECT_EQ(post("/operate/decisions", "day=2026-11-24&word=closed&reason=r").status, 422);
  EXPECT_EQ(post("/operate/decisions",
                 "place=A1%40S1&place=A2%40S1&day=2026-11-24&word=limited&text_de=nur+Annahme&"
                 "reason=r&incident=incident-1")
                .status,
            303);
  const auto changes = std::get<WriteRecord>(sink_.commands().at(0)).changes;
  ASSERT_EQ(changes.size(), 2u);
  const auto& second = std::get<OpeningDecided>(changes[1]);
  EXPECT_EQ(second.office.str(), "A2");
  EXPECT_EQ(second.site.str(), "S1");
  EXPECT_EQ(second.word, Readiness::Limited);
  EXPECT_EQ(second.day, dienstbereit::test::day("2026-11-24"));
}

TEST_F(RecordPages, AHoldingStatementGoesOutInTwoTaps) {
  only({Role::Press});
  EXPECT_TRUE(contains(get("/operate/").payload->body(), "href=\"/operate/holding\""));
  const Response shown = get("/operate/holding");
  EXPECT_EQ(shown.status, 200);
  EXPECT_EQ(post("/operate/holding", "").status, 303);
  const auto changes = std::get<WriteRecord>(sink_.commands().at(0)).changes;
  ASSERT_EQ(changes.size(), 2u);
  const auto& saved = std::get<StatementSaved>(changes[0]);
  EXPECT_EQ(saved.kind, StatementKind::Holding);
  EXPECT_FALSE(saved.de.empty() || saved.en.empty());
  EXPECT_TRUE(saved.next_information);
  EXPECT_EQ(std::get<StatementMoved>(changes[1]).state, StatementState::Published);
}

TEST_F(RecordPages, ATextIsSavedAndMovedWithItsVersion) {
  EXPECT_EQ(
      post("/operate/statement", "id=statement-1&version=3&kind=short&title_de=T&de=Text").status,
      303);
  const auto saved = written<StatementSaved>();
  EXPECT_EQ(saved.version, 3u);
  EXPECT_TRUE(saved.edited);
  EXPECT_EQ(post("/operate/statement-state/statement-3", "version=3&state=published").status, 303);
  EXPECT_EQ(written<StatementMoved>().state, StatementState::Published);
  sink_.refuses = Errc::Conflict;
  const Response late =
      post("/operate/statement", "id=statement-1&version=1&kind=short&title_de=T&de=Mein+Satz");
  EXPECT_EQ(late.status, 409);
  EXPECT_TRUE(contains(late.payload->body(), "Mein Satz"));
  EXPECT_TRUE(contains(late.payload->body(), "Erster Absatz"));
}

TEST_F(RecordPages, APosterIsPrinted) {
  EXPECT_TRUE(contains(get("/operate/statement/statement-4").payload->body(),
                       "/operate/poster/statement-4?in=de"));
  const Response pdf = get("/operate/poster/statement-4?in=de");
  EXPECT_EQ(pdf.status, 200);
  EXPECT_TRUE(contains(pdf.payload->fields(), "Content-Type: application/pdf"));
  EXPECT_TRUE(pdf.payload->body().starts_with("%PDF-"));
  EXPECT_NE(get("/operate/poster/statement-1").status, 200) << "no poster";
}

TEST_F(RecordPages, SomebodySeesToANotice) {
  EXPECT_EQ(post("/operate/messages", "notice=70").status, 303);
  EXPECT_EQ(std::get<Acknowledge>(sink_.commands().at(0)).what, "70");
}

TEST_F(RecordPages, APhotoIsKeptBareOutsideTheJournal) {
  const std::string scan("\xFF\xDA\x00\x02scan\xFF\xD9", 10);
  const std::string exif("\xFF\xE1\x00\x06GPS!", 8);
  const std::string jpeg = "\xFF\xD8" + exif + scan;
  const auto upload = [&](const std::string& picture) {
    const std::string body =
        "--b\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + csrf_of(kToken) +
        "\r\n--b\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nNetzteil\r\n"
        "--b\r\nContent-Disposition: form-data; name=\"photo\"; filename=\"x.jpg\"\r\n\r\n" +
        picture + "\r\n--b--\r\n";
    const std::string cookie = cookie_of(kToken);
    Request request;
    request.method = Method::Post;
    request.peer = near();
    request.cookie = cookie;
    request.content_type = "multipart/form-data; boundary=b";
    request.body = body;
    return ask(request, "/operate/photo/incident-1");
  };
  EXPECT_EQ(upload(jpeg).status, 303);
  const auto note = written<NoteAdded>();
  EXPECT_EQ(note.kind, NoteKind::Photo);
  EXPECT_EQ(note.text, "Netzteil");
  EXPECT_EQ(control_.photos.at(note.attachment), "\xFF\xD8" + scan) << "no place in it";
  const Response shown = get("/operate/picture/" + note.attachment);
  EXPECT_TRUE(contains(shown.payload->fields(), "Content-Type: image/jpeg"));
  EXPECT_TRUE(contains(shown.payload->fields(), "no-store"));
  EXPECT_EQ(upload("<svg onload=alert(1)>").status, 422);
  EXPECT_EQ(post("/operate/picture/" + note.attachment, "").status, 303);
  EXPECT_EQ(get("/operate/picture/" + note.attachment).status, 404);
}

TEST_F(RecordPages, OnlyWhoHasLoggedInMaySendManyBytes) {
  Request request;
  request.method = Method::Post;
  request.path = "/operate/photo/incident-1";
  EXPECT_FALSE(desk_.may_upload(request));
  const std::string cookie = cookie_of(kToken);
  request.cookie = cookie;
  EXPECT_TRUE(desk_.may_upload(request));
  only({Role::View});
  EXPECT_FALSE(desk_.may_upload(request));
  only(RoleSet::all());
  request.path = "/operate/note/incident-1";
  EXPECT_FALSE(desk_.may_upload(request));
}

}  // namespace dienstbereit::web::operate
