// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include <fmt/format.h>

#include "program.h"
#include "servers/servers.h"

// Copies of the pages outside the house, as readers get them: from nginx by WebDAV, from a folder,
// by feed readers.
namespace dienstbereit::e2e {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDistrict = R"yaml(
administration:
  name: {{de: Kreis Probe, en: Sample District}}
  id: probe
  ags: 05999
  public_url: https://lage.example/
sites: [{{id: HAUS, name: {{de: Kreishaus, en: District hall}}}}]
offices:
  - {{id: AMT, name: {{de: Bürgeramt, en: Citizens}}, sites: HAUS, hours: "Mo-Su,PH 00:00-24:00"}}
services:
  - id: PASS
    name: {{de: Pass beantragen, en: Apply for a passport}}
    kind: counter
    offered: AMT
    offline: none
publish:
  - id: AUSSEN
    kind: webdav
    url: "http://lage.example:{0}/lage/"
    connect_to: 127.0.0.1
    user: lage
    credential: dav
    verify_url: "http://lage.example:{0}/lage/index.html"
    verify_at: 127.0.0.1
)yaml";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string read(const fs::path& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

std::string mark_in(const std::string& html) {
  const std::string name = "<meta name=\"dienstbereit-copy\" content=\"";
  const auto at = html.find(name);
  if (at == std::string::npos) return {};
  return html.substr(at + name.size(), html.find('"', at + name.size()) - at - name.size());
}

// The marks of all pages below a folder: one, if they are of one copy.
std::set<std::string> marks_below(const fs::path& folder) {
  std::set<std::string> marks;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.path().extension() == ".html") marks.insert(mark_in(read(entry.path())));
  }
  return marks;
}

class PublishStory : public testing::Test {
 protected:
  static servers::TempFolder& users() {
    static servers::TempFolder folder;
    return folder;
  }
  static std::string block() {
    return fmt::format("client_max_body_size 50m;\nlocation / {{ limit_except GET {{ "
                       "auth_basic x; auth_basic_user_file {}; }} dav_methods PUT DELETE MKCOL "
                       "MOVE; }}",
                       users().write("users", "lage:{PLAIN}geheim\n").string());
  }

  fs::path outside() const { return nginx_.folder().path() / "www/lage"; }
  std::string copied(const std::string& path) const { return visible_text(read(outside() / path)); }
  bool settled(bool ok) const {
    return await(
        [&] {
          const Json target = server_.json("/api/v1/publishing")["targets"][0];
          return target["ok"].is_boolean() && target["ok"] == ok;
        },
        std::chrono::seconds(30));
  }
  // A feed as feedparser reads it.
  Json feed(const std::string& path, const std::string& type) const {
    const auto file = folder_.write("feed.xml", server_.get(path).body);
    return Json::parse(
        servers::run_program({"/usr/bin/python3", "test/e2e/read_feed.py", file.string(), type}));
  }

  servers::TempFolder folder_;
  servers::Nginx nginx_{block(), false};
  Server server_{folder_.write("kreis.yaml", fmt::format(kDistrict, nginx_.port())),
                 {"/usr/bin/env", "DIENSTBEREIT_CREDENTIAL_DAV=geheim"}};
};

}  // namespace

TEST_F(PublishStory, WhatIsSaidInsideStandsOutsideUntilTheServerThereIsAway) {
  ASSERT_TRUE(settled(true)) << server_.output();
  EXPECT_TRUE(contains(copied("index.html"), "Diese Kopie gilt bis")) << copied("index.html");
  EXPECT_TRUE(contains(copied("en/index.html"), "after that please check https://lage.example/"));
  ASSERT_EQ(server_.command({"set", "AMT", "closed", "--text", "Wasserrohrbruch", "--yes"}).code,
            0);
  EXPECT_TRUE(await([&] { return contains(copied("amt/AMT.html"), "Wasserrohrbruch"); }));
  EXPECT_EQ(Json::parse(read(outside() / "api/v2/summary.json"))["status"]["indicator"],
            "critical");
  EXPECT_EQ(marks_below(outside()).size(), 1u);

  nginx_.stop();
  ASSERT_EQ(server_.command({"set", "AMT", "normal", "--text", "Trocken", "--yes"}).code, 0);
  ASSERT_TRUE(settled(false));
  EXPECT_TRUE(contains(server_.command({"status"}).out, "Die Kopie „AUSSEN“ außerhalb des Hauses"));
  nginx_.start();
  ASSERT_TRUE(settled(true)) << server_.json("/api/v1/publishing").dump(1);
  EXPECT_TRUE(contains(copied("amt/AMT.html"), "Trocken"));
  EXPECT_FALSE(contains(server_.command({"status"}).out, "„AUSSEN“"));
}

TEST_F(PublishStory, KilledAtAnyMomentTheProgramLeavesOneWholeCopyOutside) {
  ASSERT_TRUE(settled(true)) << server_.output();
  for (int round = 0; round < 8; ++round) {
    const std::string state = round % 2 == 0 ? "closed" : "normal";
    ASSERT_EQ(server_.command({"set", "AMT", state, "--text", "Runde", "--yes"}).code, 0);
    // The push has begun; each round it is cut off at another file.
    await([&] { return fs::exists(outside().parent_path() / "lage.new"); },
          std::chrono::milliseconds(200 * round));
    server_.kill();
    // nginx has come to the end of what it was asked before.
    ask_tcp("127.0.0.1", nginx_.port(), "/lage/index.html");
    EXPECT_EQ(marks_below(outside()).size(), 1u) << round;
    server_.start();
    server_.wait_until_ready();
  }
  EXPECT_TRUE(settled(true));
  EXPECT_EQ(marks_below(outside()).size(), 1u);
}

TEST_F(PublishStory, ExportWritesACopyThatReplacesTheOneBeforeButNothingElse) {
  const auto www = folder_.path() / "www";
  const auto first = server_.command({"export", www.string(), "--valid-for", "2 h"});
  ASSERT_EQ(first.code, 0) << first.err;
  const std::string mark = mark_in(read(www / "index.html"));
  EXPECT_EQ(marks_below(www), std::set<std::string>{mark});
  ASSERT_EQ(server_.command({"set", "AMT", "closed", "--text", "Umzug", "--yes"}).code, 0);
  ASSERT_TRUE(await([&] { return contains(server_.page("/"), "Umzug"); }));
  const auto second = server_.command({"export", www.string(), "--json"});
  ASSERT_EQ(second.code, 0) << second.err;
  EXPECT_EQ(second.json()["mark"], mark_in(read(www / "index.html")));
  EXPECT_NE(second.json()["mark"], mark);
  EXPECT_TRUE(contains(visible_text(read(www / "index.html")), "Umzug"));

  folder_.write("letters/dear.txt", "dear");
  const auto refused = server_.command({"export", (folder_.path() / "letters").string()});
  EXPECT_NE(refused.code, 0);
  EXPECT_TRUE(contains(refused.err, "holds something else")) << refused.err;
  EXPECT_EQ(read(folder_.path() / "letters/dear.txt"), "dear");
}

TEST_F(PublishStory, FeedReadersGetOneEntryForEachUpdate) {
  for (const std::string state : {"closed", "limited"}) {
    ASSERT_EQ(server_.command({"set", "AMT", state, "--text", "Rohr & <Bruch>", "--yes"}).code, 0);
  }
  ASSERT_TRUE(await([&] { return contains(server_.get("/feed/rss.xml").body, "eingeschränkt"); }));
  const std::vector<std::tuple<std::string, std::string, std::string, std::string>> feeds{
      {"/feed/atom.xml", "application/atom+xml; charset=utf-8", "atom10", "de"},
      {"/en/feed/atom.xml", "application/atom+xml; charset=utf-8", "atom10", "en"},
      {"/feed/rss.xml", "application/rss+xml; charset=utf-8", "rss20", "de"},
      {"/en/feed/rss.xml", "application/rss+xml; charset=utf-8", "rss20", "en"}};
  for (const auto& [path, type, version, language] : feeds) {
    const Json found = feed(path, type);
    EXPECT_TRUE(found["well_formed"].get<bool>()) << path << found["fault"];
    EXPECT_EQ(found["version"], version) << path;
    EXPECT_EQ(found["language"], language) << path;
    ASSERT_EQ(found["entries"].size(), 2u) << path << found.dump(1);
    EXPECT_NE(found["entries"][0]["id"], found["entries"][1]["id"]) << path;
    for (const Json& entry : found["entries"]) {
      EXPECT_TRUE(entry["dated"].get<bool>()) << path;
      EXPECT_TRUE(contains(entry["text"], "Rohr &")) << entry["text"];
      EXPECT_TRUE(contains(entry["link"], "https://lage.example/")) << entry["link"];
    }
  }
}

}  // namespace dienstbereit::e2e
