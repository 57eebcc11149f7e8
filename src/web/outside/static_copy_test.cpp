// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/outside/static_copy.h"

#include <filesystem>
#include <map>
#include <regex>

#include <gtest/gtest.h>

#include "web/pages/pages.h"
#include "web/testing/fakes.h"

namespace dienstbereit::web {
namespace {

using Files = std::map<std::string, std::string>;

StaticCopy copy_of(const std::shared_ptr<test::World>& world, const CopyOptions& options = {}) {
  return static_copy(test::situation_of(world), world->now, options);
}

Files files_of(const StaticCopy& copy) {
  Files files;
  for (const StaticFile& file : copy.files) files[file.path] = file.bytes;
  return files;
}

std::vector<std::string> links_of(const std::string& html) {
  std::vector<std::string> links;
  const std::regex link(" (?:href|action)=\"([^\"#][^\"]*)\"");
  for (std::sregex_iterator at(html.begin(), html.end(), link), end; at != end; ++at) {
    links.push_back((*at)[1]);
  }
  return links;
}

TEST(StaticCopy, AsksForNoReportThatNobodyThereCouldTake) {
  for (const auto& [path, bytes] : files_of(copy_of(test::world_in("mixed")))) {
    EXPECT_EQ(bytes.find("<form"), std::string::npos) << path;
  }
}

TEST(StaticCopy, HoldsEveryPageInBothLanguagesAndTheData) {
  const auto world = test::world_in("mixed");
  const Files files = files_of(copy_of(world));
  for (const char* path :
       {"index.html", "en/index.html", "amt/A1.html", "en/office/A1.html", "amt/A9.html",
        "standort/S1.html", "en/site/S2.html", "barrierefreiheit.html", "en/accessibility.html",
        "api/v1/situation.json", "api/v1/places.json", "api/v2/summary.json",
        "api/v2/incidents/unresolved.json", "feed/atom.xml", "en/feed/rss.xml", "favicon.svg"}) {
    ASSERT_TRUE(files.contains(path)) << path;
    EXPECT_FALSE(files.at(path).empty()) << path;
  }
}

TEST(StaticCopy, EveryLinkLeadsToAFileOfTheCopyFromWhereverItLies) {
  const auto world = test::world_in("mixed");
  const Files files = files_of(copy_of(world));
  std::size_t followed = 0;
  for (const auto& [path, bytes] : files) {
    if (!path.ends_with(".html")) continue;
    const auto folder = std::filesystem::path("/copy/" + path).parent_path();
    for (const std::string& link : links_of(bytes)) {
      if (link.starts_with("tel:") || link.starts_with("mailto:")) continue;
      const auto target = (folder / link).lexically_normal().string();
      ASSERT_TRUE(target.starts_with("/copy/")) << path << " -> " << link;
      EXPECT_TRUE(files.contains(target.substr(6))) << path << " -> " << link;
      ++followed;
    }
  }
  EXPECT_GT(followed, 50u);
}

TEST(StaticCopy, EachPageSaysUntilWhenItHoldsAndWhereToLookThen) {
  const auto world = test::world_in("normal");
  CopyOptions options;
  options.valid_for = std::chrono::minutes(45);
  options.check_at = "https://status.beispiel.example/";
  for (const auto& [path, bytes] : files_of(copy_of(world, options))) {
    if (!path.ends_with(".html")) continue;
    const bool german = !path.starts_with("en/");
    EXPECT_NE(bytes.find(german ? "gilt bis heute, 10:15 Uhr, danach bitte unter "
                                  "https://status.beispiel.example/ prüfen"
                                : "valid until today, 10:15; after that please check "
                                  "https://status.beispiel.example/"),
              std::string::npos)
        << path;
    EXPECT_EQ(bytes.find("Nächste Aktualisierung"), std::string::npos) << path;
    EXPECT_EQ(bytes.find("Next update"), std::string::npos) << path;
  }
}

TEST(StaticCopy, WithoutAnAddressItSaysToAskByTelephone) {
  const auto world = test::world_in("normal");
  EXPECT_NE(files_of(copy_of(world))["index.html"].find("danach bitte telefonisch nachfragen"),
            std::string::npos);
  world->district->administration.public_url = "https://da.example/";
  EXPECT_NE(files_of(copy_of(world))["index.html"].find("unter https://da.example/ prüfen"),
            std::string::npos);
}

TEST(StaticCopy, TheFirstPageComesLastAndShowsTheMarkOfItsCopy) {
  const auto world = test::world_in("normal");
  const StaticCopy copy = copy_of(world);
  ASSERT_EQ(copy.files.back().path, "index.html");
  EXPECT_NE(copy.files.back().bytes.find(copy.mark), std::string::npos);
  world->now += std::chrono::seconds(1);
  EXPECT_NE(copy_of(world).mark, copy.mark);
}

TEST(StaticCopy, WhatTheDistrictWritesIsNoLink) {
  const auto world = test::world_in("normal");
  world->district->offices[0].name.de = "x href=\"/amt/A2\" y";
  const std::string html = files_of(copy_of(world))["index.html"];
  EXPECT_NE(html.find("x href=&quot;/amt/A2&quot; y"), std::string::npos);
}

TEST(Fingerprint, StaysWhileOnlyTimesMove) {
  const auto world = test::world_in("mixed");
  const std::string before = fingerprint(world->situation, world->now);
  world->situation.as_of += std::chrono::seconds(15);
  world->situation.seq += 3;
  world->situation.head = "fedcba9876543210";
  EXPECT_EQ(fingerprint(world->situation, world->now + std::chrono::seconds(15)), before);
}

TEST(Fingerprint, ChangesWithWhatReadersSee) {
  const auto world = test::world_in("normal");
  const std::string before = fingerprint(world->situation, world->now);
  world->set("A1", "S1", dienstbereit::test::closed_by_failure());
  EXPECT_NE(fingerprint(world->situation, world->now), before);
  const auto other = test::world_in("normal");
  other->district->offices[0].phone = "0123 999";
  EXPECT_NE(fingerprint(other->situation, other->now), before);
}

}  // namespace
}  // namespace dienstbereit::web
