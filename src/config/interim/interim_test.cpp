// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "config/bundle.h"
#include "config/load.h"
#include "model/interim/order.h"

namespace dienstbereit::config {
namespace {

constexpr const char* kBase = R"(
administration: {name: Kreis, ags: 05999}
sites: [{id: S1, name: Haus}]
offices: [{id: A1, name: Amt, sites: S1, hours: "Mo-Fr 08:00-12:00"}]
services:
  - {id: V1, name: Zulassung, kind: counter, offered: A1, needs: APP, rto: 4 h}
  - {id: V2, name: Karten, kind: counter, offered: A1, needs: [APP, GIS]}
components:
  - {id: APP, name: Fachverfahren, needs: DB, restart_time: 10 min}
  - {id: GIS, name: Karten, needs: DB, restart_time: 1 h}
  - id: DB
    name: Datenbank
    needs: NET
    restart_time: 5 min
    restart_after: SAN
    probes: [{kind: tcp, target: "127.0.0.1:5432", name: sql}]
  - {id: SAN, name: Speicher, needs: NET, restart_time: 20 min}
  - {id: NET, name: Netz, restart_time: 2 min}
)";

Loaded load_text(const std::string& text) {
  return load_bundle(to_bundle({SourceFile{"district.yaml", kBase + text}}));
}
std::shared_ptr<const District> sound(const std::string& text) {
  Loaded loaded = load_text(text);
  EXPECT_EQ(to_lines(loaded.diagnostics), "");
  return loaded.district;
}
void expect_says(const std::string& text, const std::string& wanted) {
  const std::string said = to_lines(load_text(text).diagnostics);
  EXPECT_NE(said.find(wanted), std::string::npos) << said;
}

std::string plan(const std::string& steps, const std::string& kind = "take_over") {
  return "plans:\n  - {id: p, kind: " + kind + ", title: P, owner: IT, steps: [" + steps + "]}\n";
}
constexpr const char* kFence =
    "{id: f, title: F, do: {command: fence}, fence: true, check: {probe: DB/sql, is: failure}}";
constexpr const char* kFallback =
    "fallbacks:\n  - {id: x, title: X, stands_in_for: DB, on: p, off: q, owner: IT, risk: R, "
    "restores: W";

}  // namespace

TEST(Plans, AreReadWithEverythingAStepMaySay) {
  const auto district = sound(R"(
plans:
  - id: db
    kind: take_over
    title: {de: Übernahme, en: Take-over}
    owner: IT
    deputy: Leitung
    four_eyes: true
    needs: {probe: DB/sql, is: failure}
    steps:
      - id: fence
        title: Absperren
        do: {command: fence, with: {host: db1}}
        check: {probe: DB/sql, is: failure}
        undo: {command: unfence, with: {host: db1}}
        timeout: 20 s
        fence: true
        repeatable: true
      - id: promote
        title: Hochstufen
        do: {command: promote}
        promote: true
        needs: [{node: DB, is: down}]
      - {id: call, title: Anrufen, do: {person: {de: Ruf an, en: Call}}, undo: {nothing: true}}
      - {id: wait, title: Warten, do: {wait: {probe: DB/sql, is: success}}, takes: 5 min}
)");
  ASSERT_NE(district, nullptr);
  const Plan& plan = district->plans.at(0);
  EXPECT_TRUE(plan.four_eyes);
  ASSERT_EQ(plan.steps.size(), 4u);
  EXPECT_EQ(plan.steps[0].doing.with[0].value, "db1");
  EXPECT_EQ(plan.steps[0].undo.command, "unfence");
  EXPECT_EQ(plan.steps[0].timeout, std::chrono::seconds(20));
  EXPECT_EQ(plan.steps[1].needs[0].is, Expected::Down);
  EXPECT_FALSE(plan.steps[1].undo.possible());
  EXPECT_EQ(plan.steps[2].doing.person.en, "Call");
  EXPECT_EQ(plan.steps[3].doing.wait.probe.str(), "DB/sql");
}

TEST(Plans, AreCheckedBeforeTheyAreNeeded) {
  expect_says(plan("{id: a, title: A, do: {command: c}, check: {probe: DB/sqll, is: success}}"),
              "did you mean 'DB/sql'?");
  expect_says(plan("{id: a, title: A, do: {command: c}, promote: true}"),
              "no step before it fences");
  expect_says(plan("{id: a, title: A, do: {command: c}}"), "has no step with 'fence: true'");
  expect_says(plan("{id: f, title: F, do: {command: c}, fence: true}"), "nothing checks");
  expect_says(plan(std::string(kFence) + ", " + kFence), "a second step 'f'");
  expect_says(plan("{id: a, title: A, do: {command: c, person: d}}"), "a step does one thing");
  expect_says(plan("{id: a, title: A, do: {command: c}, needs: {node: DB, is: success}}"),
              "a node is 'operational' or 'down'");
  expect_says(plan("{id: a, title: A, do: {command: c}}", "restart"), "names no component");
  expect_says(plan(""), "has 0 steps");
}

TEST(Plans, OfARestartTakeTheirOrderFromTheGraph) {
  const auto district = sound(plan("{id: app, title: A, node: APP, do: {command: a}},"
                                   "{id: db, title: D, node: DB, do: {command: d}},"
                                   "{id: san, title: S, node: SAN, do: {command: s}}",
                                   "restart"));
  ASSERT_NE(district, nullptr);
  std::vector<std::string> order;
  for (const Step& step : district->plans[0].steps) order.push_back(step.id);
  EXPECT_EQ(order, (std::vector<std::string>{"san", "db", "app"}));
}

TEST(Order, OfARestartHoldsTheEmergencyLevelAndOfARestorationAll) {
  const auto district = sound("");
  ASSERT_NE(district, nullptr);
  const auto restart = restart_order(*district, components_for(*district, PlanKind::Restart));
  std::vector<std::string> nodes;
  for (const RestartPlace& place : restart) nodes.push_back(place.node.str());
  EXPECT_EQ(nodes, (std::vector<std::string>{"NET", "SAN", "DB", "APP"}));
  EXPECT_EQ(restart.back().stage, 4u);
  EXPECT_EQ(restart.back().ready, std::chrono::minutes(2 + 20 + 5 + 10));
  EXPECT_EQ(components_for(*district, PlanKind::Restoration).size(), 5u);
}

TEST(Fallbacks, NameTheirPlansAndTheirEnd) {
  const std::string plans = plan(kFence) +
                            "  - {id: q, kind: switch, title: Q, owner: IT, steps: [{id: s, title: "
                            "S, do: {command: c}}]}\n";
  const auto district = sound(plans + kFallback + ", expires: 2 d, look: DB/sql}\n");
  ASSERT_NE(district, nullptr);
  EXPECT_EQ(district->fallbacks[0].stands_in_for[0].str(), "DB");
  EXPECT_EQ(district->fallbacks[0].expires, std::chrono::hours(48));
  expect_says(plans + kFallback + "}\n", "expires");
  expect_says(plans + kFallback + ", expires: 365 d}\n", "nothing interim stays for good");
  expect_says(plans + kFallback + ", expires: 1 d, switched_by: rule}\n",
              "nothing looks from outside");
  expect_says(plans + kFallback + ", expires: 1 d, hold_down: 1 s}\n", "'hold_down' is at least");
  expect_says(plan(kFence) + kFallback + ", expires: 1 d}\n", "there is no plan 'q'");
}

}  // namespace dienstbereit::config
