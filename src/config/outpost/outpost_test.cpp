// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "config/bundle.h"
#include "config/load.h"

namespace dienstbereit::config {
namespace {

constexpr const char* kHead = R"yaml(
administration: {name: Kreis Probe, ags: "05999"}
sites: [{id: HAUS, name: Kreishaus}, {id: NORD, name: Nebenstelle}]
uplinks:
  - {id: LAN, house: true, probes: [{kind: tcp, target: "10.0.0.1:22"}]}
  - {id: DSL, outpost: AUSSEN, probes: [{kind: tcp, target: "192.0.2.9:53"}]}
outposts:
  - {id: AUSSEN, name: {de: Rechenzentrum, en: Data centre}, silent_after: 90 s}
)yaml";

Loaded load(const std::string& rest) {
  return load_bundle(to_bundle({{"a.yaml", kHead}, {"b.yaml", rest}}));
}
std::string told(const std::string& rest) { return to_lines(load(rest).diagnostics); }

constexpr const char* kWeb = R"yaml(
components:
  - id: WEB
    probes:
      - {kind: http, name: inside, url: "http://web.example/", expect: {text: Kreis}}
      - {kind: http, name: outside, url: "http://web.example/", from: AUSSEN, expect: {text: Kreis}}
      - kind: http
        name: relay
        url: "http://web.example/"
        relay: {url: "https://space.example/relay.php", credential: relay-secret}
)yaml";

}  // namespace

TEST(OutpostConfig, AProbeGoesOutByItsOutpostsOwnLeg) {
  const Loaded loaded = load(kWeb);
  ASSERT_TRUE(loaded.district) << to_lines(loaded.diagnostics);
  const District& district = *loaded.district;
  EXPECT_EQ(district.outposts.front().silent_after, std::chrono::seconds(90));
  const ProbeSpec* inside = find_probe(district, ProbeId("WEB/inside"));
  const ProbeSpec* outside = find_probe(district, ProbeId("WEB/outside"));
  const ProbeSpec* relay = find_probe(district, ProbeId("WEB/relay"));
  EXPECT_EQ(inside->uplink, UplinkId("LAN"));
  EXPECT_FALSE(inside->outside);
  EXPECT_EQ(outside->from, OutpostId("AUSSEN"));
  EXPECT_EQ(outside->uplink, UplinkId("DSL"));
  EXPECT_TRUE(outside->outside);
  EXPECT_TRUE(relay->outside);
  EXPECT_TRUE(relay->from.empty());
  EXPECT_EQ(find_probe(district, ProbeId("DSL/tcp"))->from, OutpostId("AUSSEN"));
  EXPECT_EQ(std::get<HttpProbe>(relay->action).relay.credential, "relay-secret");
}

TEST(OutpostConfig, WhatDoesNotFitIsSaidWithItsPlace) {
  const auto one = [](const std::string& probe) {
    return told("components: [{id: WEB, probes: [" + probe + "]}]");
  };
  EXPECT_NE(one("{kind: heartbeat, credential: x, from: AUSSEN}").find("no outpost can run"),
            std::string::npos);
  EXPECT_NE(one("{kind: mail_queue, from: AUSSEN}").find("no outpost reads a queue"),
            std::string::npos);
  EXPECT_NE(one("{kind: mail_round_trip, submit: a.example, recipient: p@a.example, imap: "
                "a.example, imap_user: p, imap_credential: x, from: AUSSEN}")
                .find("no outpost can run a mail round trip"),
            std::string::npos);
  EXPECT_NE(one("{kind: tcp, target: 'a.example:1', from: AUSSEN, uplink: LAN}")
                .find("is not a way of the machine"),
            std::string::npos);
  EXPECT_NE(
      one("{kind: tcp, target: 'a.example:1', uplink: DSL}").find("is not a way of the machine"),
      std::string::npos);
  EXPECT_NE(one("{kind: tcp, target: 'a.example:1', from: AUSEN}").find("did you mean 'AUSSEN'"),
            std::string::npos);
  EXPECT_NE(one("{kind: http, url: 'http://a.example/', from: AUSSEN, "
                "relay: {url: 'http://b.example/', credential: x}}")
                .find("by an outpost or by a relay"),
            std::string::npos);
  EXPECT_NE(one("{kind: http, url: 'http://a.example/', expect: {json: {/a: 1}}, "
                "relay: {url: 'http://b.example/', credential: x}}")
                .find("a relay looks at the status and for one text"),
            std::string::npos);
  EXPECT_NE(told("outposts: [{id: B, silent_after: 1 s}]").find("'silent_after' lies between"),
            std::string::npos);
}

TEST(OutpostConfig, AnOutpostThatCannotTellItsOwnCutLineIsWarnedOf) {
  EXPECT_NE(told("").find("no probe runs from 'AUSSEN'"), std::string::npos);
  const std::string blind = told("components: [{id: WEB, probes: [{kind: tcp, target: 'a.example:1'"
                                 ", from: B}]}]\noutposts: [{id: B}]");
  EXPECT_NE(blind.find("'B' has no uplink with probes"), std::string::npos) << blind;
}

TEST(OutpostConfig, ABranchJudgesItsOwnComponentsOnly) {
  const auto seen = [](const std::string& site) {
    return told("components: [{id: FACH" + site +
                ", probes: [{kind: tcp, target: 'a.example:1', "
                "from: B}]}]\noutposts: [{id: B, site: NORD}]");
  };
  EXPECT_NE(seen("").find("counts for everybody"), std::string::npos);
  EXPECT_EQ(seen(", site: NORD").find("counts for everybody"), std::string::npos);
}

}  // namespace dienstbereit::config
