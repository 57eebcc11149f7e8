// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "config/bundle.h"
#include "config/load.h"

namespace dienstbereit::config {
namespace {

constexpr const char* kBase = R"(
administration: {name: Kreis, ags: 05999, public_url: "https://lage.example/"}
sites: [{id: S1, name: Haus}]
components:
  - {id: WEB, site: S1, probes: [{kind: tcp, target: "192.0.2.1:443"}]}
  - {id: HOSTER, probes: [{kind: tcp, target: "203.0.113.7:443"}]}
uplinks:
  - {id: LAN, house: true, bind: 192.0.2.9}
  - {id: LTE, bind: 198.51.100.9}
publish:
)";

Loaded load_text(const std::string& targets, const std::string& base = kBase) {
  return load_bundle(to_bundle({SourceFile{"district.yaml", base + targets}}));
}

std::string said_of(const std::string& targets) { return to_lines(load_text(targets).diagnostics); }

bool says(const std::string& targets, const std::string& part) {
  const std::string said = said_of(targets);
  EXPECT_NE(said.find(part), std::string::npos) << said;
  return said.find(part) != std::string::npos;
}

constexpr const char* kSound = R"(
  - {id: A, kind: webdav, url: "https://out.example/lage/", connect_to: 203.0.113.7, user: u,
     credential: c, verify_url: "https://out.example/lage/", verify_at: 203.0.113.7, valid_for: 1 h}
  - {id: B, kind: rsync, address: 203.0.113.8, user: lage, path: www/lage, identity: key,
     known_hosts: host, verify_url: "http://203.0.113.8/", uplink: LTE}
  - {id: C, kind: folder, path: /srv/www/lage/, verify_url: "http://203.0.113.9/"}
)";

}  // namespace

TEST(Targets, AreReadAsWrittenAndGoOutByTheFirstWayThatIsNotTheHouses) {
  const Loaded loaded = load_text(kSound);
  ASSERT_EQ(to_lines(loaded.diagnostics), "");
  const auto& targets = loaded.district->publish;
  ASSERT_EQ(targets.size(), 3u);
  EXPECT_STREQ(kind_name(targets[0].to), "webdav");
  EXPECT_TRUE(std::get<HttpTarget>(targets[0].to).collection);
  EXPECT_EQ(targets[0].valid_for, std::chrono::hours(1));
  EXPECT_EQ(targets[0].from, "198.51.100.9");
  EXPECT_EQ(targets[1].uplink, UplinkId("LTE"));
  EXPECT_EQ(targets[1].valid_for, kCopyValidFor);
  EXPECT_EQ(std::get<RsyncTarget>(targets[1].to).port, 22);
  EXPECT_EQ(std::get<FolderTarget>(targets[2].to).path, "/srv/www/lage");
}

TEST(Targets, TakeExactlyTheKeysOfTheirKind) {
  EXPECT_TRUE(says("  - {id: A, kind: folder, path: /x, user: u}\n", "unknown key 'user'"));
  EXPECT_TRUE(says("  - {id: A, kind: rsync, address: 203.0.113.8}\n", "lacks the key 'identity'"));
  EXPECT_TRUE(says("  - {id: A, kind: ftp}\n", "webdav"));
  EXPECT_TRUE(says("  - {id: A}\n", "the key 'kind'"));
  EXPECT_TRUE(says("  - {id: A, kind: http, url: \"https://x/\", password: p}\n", "secret"));
  EXPECT_TRUE(says("  - {id: S1, kind: folder, path: /x}\n", "S1"));
}

TEST(Targets, WhatReachesTheFarSidesShellIsPlain) {
  for (const std::string path : {"a b", "$(id)", "a;b", "../x", "-rf", "a/..", "x/.ssh", "'"}) {
    EXPECT_TRUE(says("  - {id: A, kind: rsync, address: 203.0.113.8, user: u, identity: k, "
                     "known_hosts: h, path: \"" +
                         path + "\"}\n",
                     "is no path of letters"))
        << path;
  }
  for (const std::string user : {"-oProxyCommand=x", "a b", "a@b", ""}) {
    EXPECT_TRUE(says("  - {id: A, kind: rsync, address: 203.0.113.8, path: x, identity: k, "
                     "known_hosts: h, user: \"" +
                         user + "\"}\n",
                     "is no name of a user"))
        << user;
  }
}

TEST(Targets, AWrongPlaceIsAnError) {
  EXPECT_TRUE(says("  - {id: A, kind: folder, path: www}\n", "is no absolute path"));
  EXPECT_TRUE(says("  - {id: A, kind: http, url: \"https://x.example/a\"}\n", "must end in '/'"));
  EXPECT_TRUE(says("  - {id: A, kind: webdav, url: \"https://x.example/\"}\n", "the root of"));
  EXPECT_TRUE(says("  - {id: A, kind: rsync, address: x.example, user: u, path: x, identity: k, "
                   "known_hosts: h}\n",
                   "not a numeric address"));
  EXPECT_TRUE(says("  - {id: A, kind: folder, path: /x, valid_for: 1 min}\n", "a copy holds"));
}

TEST(Targets, WhatFallsWithTheHouseIsWarnedOf) {
  EXPECT_TRUE(says("  - {id: A, kind: http, url: \"https://out.example/\"}\n",
                   "needs a name server to find 'out.example'"));
  EXPECT_TRUE(
      says("  - {id: A, kind: http, url: \"https://out.example/\", connect_to: 192.0.2.1}\n",
           "stands on 'WEB', a component of the house"));
  EXPECT_TRUE(says("  - {id: A, kind: http, url: \"https://203.0.113.7/\", uplink: LAN}\n",
                   "goes out by 'LAN', the house's own network"));
  EXPECT_TRUE(says("  - {id: A, kind: http, url: \"http://203.0.113.7/\", credential: c}\n",
                   "unencrypted"));
  EXPECT_TRUE(says("  - {id: A, kind: folder, path: /x}\n", "nothing proves"));
  const std::string outside = said_of("  - {id: A, kind: http, url: \"https://203.0.113.7/\", "
                                      "verify_url: \"http://203.0.113.7/\"}\n");
  EXPECT_EQ(outside, "");  // a component, but none of the house
}

TEST(Targets, AHouseWithoutAnotherWayIsWarnedOf) {
  const std::string base = "administration: {name: Kreis, ags: 05999}\npublish:\n";
  const Loaded loaded = load_text("  - {id: A, kind: http, url: \"https://203.0.113.7/\"}\n", base);
  ASSERT_NE(loaded.district, nullptr);
  const std::string said = to_lines(loaded.diagnostics);
  EXPECT_NE(said.find("has no way out of its own"), std::string::npos) << said;
  EXPECT_NE(said.find("'public_url' is missing"), std::string::npos) << said;
}

}  // namespace dienstbereit::config
