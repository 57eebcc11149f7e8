// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/outside/feeds.h"

#include <gtest/gtest.h>

#include "web/testing/fakes.h"

// test/outside holds them against a feed reader.
namespace dienstbereit::web {
namespace {

using words::Language;

std::string made(const test::World& world, FeedForm form, Language language) {
  return feed({form, language}, view::overview(world.situation, world.now),
              view::public_history(world.situation));
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
  return found;
}

TEST(Feeds, HaveTheirAddressInEachLanguage) {
  EXPECT_EQ(feed_path(FeedForm::Atom, Language::De), "/feed/atom.xml");
  EXPECT_EQ(feed_path(FeedForm::Rss, Language::En), "/en/feed/rss.xml");
  EXPECT_TRUE(feed_at("/en/feed/atom.xml"));
  EXPECT_FALSE(feed_at("/feed/json.xml"));
}

TEST(Feeds, OneEntryForEachUpdateWithAnIdOfItsOwn) {
  const auto world = test::world_in("decision");
  const std::string before = made(*world, FeedForm::Atom, Language::De);
  ASSERT_EQ(count(before, "<entry "), 1u);
  WordSituation next = world->situation.words.front();
  next.id = WordId("18");
  next.set_at = world->now;
  world->situation.words.insert(world->situation.words.begin(), next);
  const std::string after = made(*world, FeedForm::Atom, Language::De);
  EXPECT_EQ(count(after, "<entry "), 2u);
  const auto id = before.substr(before.find("<entry "));
  EXPECT_NE(after.find(id.substr(0, id.find("</id>"))), std::string::npos);
  EXPECT_EQ(count(made(*world, FeedForm::Rss, Language::En), "<guid "), 2u);
}

TEST(Feeds, AnEntryKeepsItsTextWhateverBecomesOfIt) {
  const auto world = test::world_in("decision");
  const std::string before = made(*world, FeedForm::Atom, Language::De);
  world->situation.words.front().status = WordStatus::Doubted;
  world->situation.words.front().disagreeing = {ProbeId("DB/sql")};
  world->now += std::chrono::hours(20);
  EXPECT_EQ(made(*world, FeedForm::Atom, Language::De), before);
}

TEST(Feeds, AWordOnAComponentIsForOperatorsOnly) {
  const auto world = test::world_in("decision");
  world->situation.words.front().scope = Scope{{}, {}, {}, NodeId("DB")};
  EXPECT_EQ(count(made(*world, FeedForm::Atom, Language::De), "<entry "), 0u);
}

TEST(Feeds, WhatPeopleWriteCannotInjectMarkup) {
  const auto world = test::world_in("decision");
  world->situation.words.front().text.de = "</content></entry><entry>]]>&\x01";
  for (const FeedForm form : {FeedForm::Atom, FeedForm::Rss}) {
    const std::string text = made(*world, form, Language::De);
    EXPECT_LE(count(text, "<entry"), 1u);
    EXPECT_EQ(text.find('\x01'), std::string::npos);
    EXPECT_NE(text.find("&lt;/content&gt;"), std::string::npos);
  }
}

TEST(Feeds, LeadToThePageOfTheOffice) {
  const auto world = test::world_in("decision");
  world->district->administration.public_url = "https://status.beispiel.example";
  const std::string text = made(*world, FeedForm::Atom, Language::En);
  EXPECT_NE(text.find("href=\"https://status.beispiel.example/en/office/A1\""), std::string::npos);
}

}  // namespace
}  // namespace dienstbereit::web
