// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "web/api/plans.h"
#include "web/operate/desk_test.h"
#include "web/testing/plans.h"

namespace dienstbereit::web::operate {
namespace {

class PlanPages : public DeskTest {
 protected:
  PlanPages() : DeskTest(false, "recorded") {}

  template <class Wish>
  Wish written() {
    const auto commands = sink_.commands();
    const auto* plan = commands.empty() ? nullptr : std::get_if<PlanCommand>(&commands.back());
    if (!plan || !std::holds_alternative<Wish>(*plan)) {
      ADD_FAILURE() << "another command";
      return {};
    }
    const Wish wish = std::get<Wish>(*plan);
    sink_.forget();
    return wish;
  }
};

}  // namespace

TEST_F(PlanPages, AreShownInBothLanguagesAndNothingTypedBecomesMarkup) {
  for (const char* language : {"de", "en"}) {
    gatekeeper_.open[kToken].language = language;
    for (const char* path : {"/operate/plans", "/operate/plan/over", "/operate/run/run-1",
                             "/operate/run/run-2", "/operate/run/run-3"}) {
      const Response page = get(path);
      EXPECT_EQ(page.status, 200) << path;
      EXPECT_FALSE(contains(page.payload->body(), "<script")) << path;
      EXPECT_LT(page.payload->body().size(), 60'000u) << path;
    }
  }
  EXPECT_EQ(get("/operate/plan/none").status, 404);
  EXPECT_EQ(get("/operate/run/run-9").status, 404);
}

TEST_F(PlanPages, SayInGermanWhatIsHalfWay) {
  gatekeeper_.open[kToken].language = "de";
  const Response page = get("/operate/run/run-1");
  EXPECT_TRUE(
      contains(page.payload->body(), "So wie diese Schritte es hinterließen, bleibt: fence"));
  EXPECT_TRUE(contains(get("/operate/plans").payload->body(), "halb umgeschaltet"));
}

TEST_F(PlanPages, BecomeCommands) {
  EXPECT_EQ(post("/operate/plan/over", "reason=tot").status, 303);
  const auto start = written<StartPlan>();
  EXPECT_EQ(start.plan.str(), "over");
  EXPECT_FALSE(start.dry);
  EXPECT_EQ(start.reason, "tot");
  post("/operate/plan/over", "reason=&dry=1");
  EXPECT_TRUE(written<StartPlan>().dry);
  post("/operate/switch/spare", "on=0&reason=x");
  EXPECT_FALSE(written<SwitchFallback>().on);
  post("/operate/approve/run-2", "");
  EXPECT_EQ(written<ApproveRun>().run.str(), "run-2");
  post("/operate/run/run-3", "do=confirm&step=call&text=ok");
  EXPECT_TRUE(written<ConfirmStep>().done);
  post("/operate/run/run-3", "do=confirm&step=call&not_done=1&text=");
  EXPECT_FALSE(written<ConfirmStep>().done);
  post("/operate/run/run-3", "do=abort&text=halt");
  EXPECT_EQ(written<AbortRun>().reason, "halt");
}

TEST_F(PlanPages, WhoMayOnlyLookStartsNothing) {
  gatekeeper_.open[kToken].identity.roles = {Role::View};
  EXPECT_EQ(get("/operate/plans").status, 200);
  EXPECT_EQ(post("/operate/plan/over", "reason=x").status, 403);
  EXPECT_EQ(post("/operate/switch/spare", "on=1").status, 403);
  gatekeeper_.open[kToken].identity.roles = {Role::Operate};
  EXPECT_EQ(post("/operate/approve/run-2", "").status, 403) << "Lead alone";
  EXPECT_TRUE(sink_.commands().empty());
}

TEST(PlanRequests, AreReadStrictly) {
  EXPECT_TRUE(parse_start_request(R"({"plan":"over","dry":true})")->dry);
  EXPECT_FALSE(parse_start_request(R"({"plan":"over","force":true})"));
  EXPECT_FALSE(parse_start_request(R"({"plan":7})"));
  EXPECT_FALSE(parse_switch_request("spare", R"({"reason":"x"})"));
  EXPECT_FALSE(parse_switch_request("spare", R"({"on":"yes"})"));
  const auto confirm = parse_run_request("run-1", R"({"do":"confirm","step":"call","done":false})");
  ASSERT_TRUE(confirm);
  EXPECT_FALSE(std::get<ConfirmStep>(*confirm).done);
  EXPECT_FALSE(parse_run_request("run-1", R"({"do":"explode"})"));
  EXPECT_EQ(role_for(PlanCommand(ApproveRun{})), Role::Lead);
}

}  // namespace dienstbereit::web::operate
