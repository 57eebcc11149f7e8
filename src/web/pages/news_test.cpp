// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "web/edition.h"
#include "web/pages/pages.h"
#include "web/pages/parts.h"
#include "web/testing/states.h"

namespace dienstbereit::web {
namespace {

using words::Language;

std::string page(const test::World& world, const std::string& path) {
  Edition edition(std::make_shared<const Situation>(world.situation), world.now, false);
  const PayloadPtr payload = edition.find(path, Encoding::Identity);
  return payload ? std::string(payload->body()) : std::string();
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(News, TheFirstPageBeginsWithWhatTheAdministrationSays) {
  const auto world = test::world_in("mixed");
  const std::string html = page(*world, "/");
  EXPECT_TRUE(has(html, "Störung: Wir prüfen</h2>"));
  EXPECT_TRUE(has(html, "href=\"/mitteilungen\""));
  EXPECT_LT(html.find("Wir prüfen"), html.find("Ämter</h2>"));
  EXPECT_FALSE(has(html, "onclick=\"alert")) << "the press notice stands on its own page";
}

TEST(News, WithoutStatementsNothingIsSaidOfThem) {
  const auto world = test::world_in("normal");
  EXPECT_FALSE(has(page(*world, "/"), "/mitteilungen"));
  EXPECT_TRUE(has(page(*world, "/mitteilungen"), "Zurzeit gibt es keine Mitteilung."));
}

TEST(News, EveryPublishedKindForReadersIsThereAndNoOther) {
  const auto world = test::world_in("mixed");
  const std::string html = page(*world, "/en/statements");
  EXPECT_TRUE(has(html, "In plain language</h2>"));
  EXPECT_TRUE(has(html, "Press notice"));
  EXPECT_FALSE(has(html, "Closed today")) << "a poster hangs on a door";
  EXPECT_TRUE(has(html, "lang=\"de\"")) << "a German text on the English page says that it is";
}

TEST(News, HostileTextIsTextAndIsolated) {
  const auto world = test::world_in("mixed");
  const std::string html = page(*world, "/mitteilungen");
  EXPECT_TRUE(has(html, "&lt;b onclick=&quot;alert(1)&quot;&gt;"));
  EXPECT_FALSE(has(html, "<b onclick"));
  EXPECT_TRUE(has(html, "<h2 dir=\"auto\">&lt;b"));
  EXPECT_TRUE(has(html, "<p dir=\"auto\">&lt;b"));
}

TEST(News, LongestTextsKeepThePageWithinItsBound) {
  const auto world = test::world_in("mixed");
  Record record = *world->situation.record;
  const Statement pattern = record.statements.front();
  record.statements.clear();
  for (int i = 0; i < 20; ++i) {
    Statement one = pattern;
    one.id = StatementId("statement-" + std::to_string(i));
    one.de = std::string(19'000, '"');
    record.statements.push_back(one);
  }
  world->situation.record = std::make_shared<const Record>(record);
  for (const char* path : {"/", "/mitteilungen", "/en/statements"}) {
    const std::string html = page(*world, path);
    EXPECT_LE(html.size(), kPageBytesMax) << path;
    EXPECT_GT(html.size(), 10'000u) << path;
  }
  EXPECT_TRUE(has(page(*world, "/"), "Dieser Text ist hier gekürzt"));
}

}  // namespace
}  // namespace dienstbereit::web
