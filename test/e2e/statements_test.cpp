// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <fstream>

#include "program.h"

// Statements by the real program: two commands from nothing to the public page, and to the door.
namespace dienstbereit::e2e {
namespace {

constexpr const char* kDistrict = R"yaml(
administration: {name: {de: Kreis Probe, en: Sample District}, ags: 05999, observer_at: HAUS}
sites: [{id: HAUS, name: {de: Kreishaus, en: District hall}}]
offices:
  - {id: AMT, name: {de: Bürgeramt, en: Citizens}, sites: HAUS, hours: "Mo-Su,PH 00:00-24:00"}
services:
  - {id: PASS, name: {de: Pass beantragen, en: Apply for a passport}, kind: counter, offered: AMT}
)yaml";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class StatementStory : public testing::Test {
 protected:
  servers::TempFolder folder_;
  Server server_{folder_.write("kreis.yaml", kDistrict)};
};

TEST_F(StatementStory, OneCommandPutsTheFirstWordsOnThePageAndOneTakesThemBack) {
  const Outcome told = server_.command({"holding", "--next", "08:00", "--publish"});
  ASSERT_EQ(told.code, 0) << told.err;
  EXPECT_TRUE(contains(told.out, "veröffentlicht: statement-1")) << told.out;
  EXPECT_TRUE(await([&] { return contains(server_.page("/"), "Störung: Wir prüfen"); }));
  EXPECT_TRUE(contains(server_.page("/"), "08:00 Uhr"));
  EXPECT_TRUE(contains(server_.page("/en/statements"), "Disruption: we are checking"));

  const Outcome gone =
      server_.command({"statement", "withdraw", "statement-1", "--reason", "Fehlalarm"});
  EXPECT_EQ(gone.code, 0) << gone.err;
  EXPECT_TRUE(await([&] { return !contains(server_.page("/"), "Störung: Wir prüfen"); }));
}

TEST_F(StatementStory, ADraftAloneChangesNothing) {
  const Outcome draft = server_.command({"draft", "press", "--lang", "en"});
  ASSERT_EQ(draft.code, 0) << draft.err;
  EXPECT_TRUE(contains(draft.out, "Information from: Sample District.")) << draft.out;
  EXPECT_TRUE(server_.command({"record", "show", "--json"}).json()["statements"].empty());
}

TEST_F(StatementStory, APosterIsWrittenAndOnRecord) {
  const std::string file = (folder_.path() / "poster.pdf").string();
  const Outcome poster = server_.command({"draft", "poster", "--pdf", file});
  ASSERT_EQ(poster.code, 0) << poster.err;
  std::ifstream pdf(file);
  std::string first;
  std::getline(pdf, first);
  EXPECT_TRUE(first.starts_with("%PDF-")) << first;
  EXPECT_TRUE(await([&] {
    return server_.ask("GET", "/api/v1/statements/statement-1/poster.pdf").status == 200;
  }));
}

TEST_F(StatementStory, WhatCannotBeDraftedIsRefusedWithAReason) {
  EXPECT_TRUE(contains(server_.command({"draft", "nothing"}).err, "holding, short, long"));
  EXPECT_TRUE(contains(server_.command({"draft", "press", "--incident", "incident-9"}).err,
                       "there is no incident 'incident-9'"));
  EXPECT_EQ(server_.command({"draft", "press", "--next", "gestern"}).code, 2);
  EXPECT_EQ(server_.command({"draft", "press", "--pdf", "x.pdf"}).code, 2);
  EXPECT_NE(server_.command({"statement", "publish", "statement-9"}).code, 0);
}

}  // namespace
}  // namespace dienstbereit::e2e
