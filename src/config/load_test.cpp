// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/load.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "config/bundle.h"
#include "config/limits.h"

namespace dienstbereit::config {
namespace {

constexpr const char* kBase = R"(
administration: {name: Kreis, ags: 05999, observer_at: S1}
sites:
  - {id: S1, name: Haus}
  - {id: S3, name: Nebenstelle, link: {any: [L3, LTE3]}}
offices:
  - {id: A36, name: Amt, sites: [S1, S3], hours: "Mo-Fr 08:00-12:00", last_admission: 30 min}
  - {id: A20, name: Kasse, sites: S1, hours: "Mo 08:00-12:00"}
uplinks:
  - {id: LTE}
  - {id: LAN, house: true, probes: [{kind: tcp, target: "192.0.2.1:80"}]}
)";

Loaded load_text(const std::string& text) {
  return load_bundle(to_bundle({SourceFile{"district.yaml", text}}));
}

std::shared_ptr<const District> sound(const std::string& more) {
  Loaded loaded = load_text(kBase + more);
  EXPECT_EQ(to_lines(loaded.diagnostics), "");
  return loaded.district;
}

constexpr const char* kLinks = R"(
components:
  - {id: L3, site: S3, probes: [{kind: tcp, target: "192.0.2.3:80"}]}
  - {id: LTE3, site: S3}
  - id: DRUCKER
    site: S3
    needs: [L3, {need: LTE3, buffer: 30 min, recharge: 4 h}, {degrades: [LTE3]}]
    probes:
      - {kind: http, url: "http://h/", expect: {text: ok}}
      - {kind: http, name: plain, url: "http://h/", uplink: LTE}
)";

}  // namespace

TEST(Load, AnOffersPlacesAreAllSitesOfTheOfficeUnlessNamed) {
  const auto district = sound(std::string(kLinks) + R"(
services:
  - {id: V01, name: a, kind: counter, offered: A36}
  - {id: V02, name: b, kind: [counter, online], offered: [A36, A20], sites: {S1: nur Annahme}}
)");
  ASSERT_NE(district, nullptr);
  ASSERT_EQ(district->services[0].offers.size(), 2u);
  EXPECT_EQ(district->services[0].offers[1].site, SiteId("S3"));
  ASSERT_EQ(district->services[1].offers.size(), 2u);
  EXPECT_EQ(district->services[1].offers[0].extent, Extent::TakeInOnly);
  EXPECT_EQ(district->services[1].offers[1].office, OfficeId("A20"));
  EXPECT_EQ(district->offices[0].sites[1].last_admission, std::chrono::minutes(30));
}

TEST(Load, AnOnlineServiceWithoutSitesStandsOnceForEachOfficeAndIsBoundToNoSite) {
  const auto district = sound(std::string(kLinks) + R"(
services:
  - {id: V01, name: a, kind: online, offered: [A36, A20]}
  - {id: V02, name: b, kind: online, offered: A36, sites: [S1, S3]}
  - {id: V03, name: c, kind: channel, offered: A36}
)");
  ASSERT_NE(district, nullptr);
  const auto& remote = district->services[0].offers;
  ASSERT_EQ(remote.size(), 2u);
  EXPECT_EQ(remote[0].office, OfficeId("A36"));
  EXPECT_EQ(remote[0].site, SiteId("S1"));
  EXPECT_EQ(remote[1].office, OfficeId("A20"));
  EXPECT_TRUE(remote[0].remote && remote[1].remote);
  for (const int bound : {1, 2}) {
    ASSERT_EQ(district->services[bound].offers.size(), 2u);
    EXPECT_FALSE(district->services[bound].offers[0].remote);
  }
}

TEST(Load, AProbeCrossesTheLinkOfItsSiteButALinksOwnProbeDoesNot) {
  const auto district = sound(kLinks);
  ASSERT_NE(district, nullptr);
  EXPECT_EQ(find_probe(*district, ProbeId("DRUCKER/http"))->across, SiteId("S3"));
  EXPECT_EQ(find_probe(*district, ProbeId("L3/tcp"))->across, SiteId());
}

TEST(Load, WhatHasNoNameIsCalledByItsIdSoThatNoSentenceHasAHole) {
  const auto district = sound(kLinks);
  ASSERT_NE(district, nullptr);
  EXPECT_EQ(district->uplinks[0].name.de, "LTE");
  EXPECT_EQ(find_component(*district, NodeId("L3"))->name.de, "L3");
}

TEST(Load, AProbeGoesOutByTheHousesUplinkUnlessNamed) {
  const auto district = sound(kLinks);
  ASSERT_NE(district, nullptr);
  EXPECT_EQ(find_probe(*district, ProbeId("DRUCKER/http"))->uplink, UplinkId("LAN"));
  EXPECT_EQ(find_probe(*district, ProbeId("DRUCKER/plain"))->uplink, UplinkId("LTE"));
  EXPECT_EQ(find_probe(*district, ProbeId("LAN/tcp"))->anchor_of, UplinkId("LAN"));
}

TEST(Load, AnHttpProbeProvesWorksOnlyWhenItExpectsContent) {
  const auto district = sound(kLinks);
  ASSERT_NE(district, nullptr);
  EXPECT_EQ(find_probe(*district, ProbeId("DRUCKER/http"))->proof, Proof::Works);
  EXPECT_EQ(find_probe(*district, ProbeId("DRUCKER/plain"))->proof, Proof::Alive);
}

TEST(Load, NeedsKeepTheirOperatorsAndBuffers) {
  const auto district = sound(kLinks);
  ASSERT_NE(district, nullptr);
  const Needs& needs = find_component(*district, NodeId("DRUCKER"))->needs;
  ASSERT_EQ(needs.of.size(), 3u);
  EXPECT_EQ(needs.op, Operator::All);
  EXPECT_EQ(needs.of[1].buffer, std::chrono::minutes(30));
  EXPECT_EQ(needs.of[1].recharge, std::chrono::hours(4));
  EXPECT_EQ(needs.of[2].group.at(0).op, Operator::Degrades);
  EXPECT_EQ(district->sites[1].link.op, Operator::Any) << "a single group stands for itself";
}

TEST(Load, ALoopInsideAMutualGroupIsNoErrorAndOneThatLeavesItIs) {
  const std::string loop = std::string(kLinks) + R"(
  - {id: A, needs: B, probes: [{kind: dns, resolver: 192.0.2.1, query: a.example}]}
  - {id: B, needs: [A, C]}
  - {id: C, needs: @}
mutual: [{id: AB, members: [A, B]}]
)";
  std::string inside = loop;
  sound(inside.replace(inside.find('@'), 1, "L3"));
  std::string outside = loop;
  const Loaded loaded = load_text(kBase + outside.replace(outside.find('@'), 1, "A"));
  EXPECT_NE(to_lines(loaded.diagnostics).find("A -> B -> C -> A"), std::string::npos)
      << to_lines(loaded.diagnostics);
}

TEST(Load, HoursAroundTheClockMakeAServiceAlwaysOpen) {
  const auto district = sound(std::string(kLinks) + R"(
services: [{id: N01, name: a, kind: inbound, offered: A36, hours: 24/7, rto: 0 h}]
)");
  ASSERT_NE(district, nullptr);
  EXPECT_TRUE(district->services[0].always);
  EXPECT_EQ(district->services[0].offers[0].hours, std::nullopt);
}

TEST(Load, AnAlternativeMayBeLateAsLongAsOneIsInTime) {
  const std::string more = std::string(kLinks) + R"(
  - {id: FAST, rto: 1 h}
  - {id: LATE, rto: 9 h}
services: [{id: V01, name: a, kind: counter, offered: A36, rto: 2 h, needs: {@: [FAST, LATE]}}]
)";
  std::string any = more;
  sound(any.replace(any.find('@'), 1, "any"));
  std::string all = more;
  EXPECT_EQ(load_text(kBase + all.replace(all.find('@'), 1, "all")).district, nullptr);
}

TEST(Load, ADistrictReadsBackFromItsOwnText) {
  const auto district = sound(kLinks);
  ASSERT_NE(district, nullptr);
  const auto again = YamlLoader().load(district->text);
  ASSERT_TRUE(again);
  EXPECT_EQ((*again)->hash, district->hash);
  EXPECT_EQ((*again)->probes.size(), district->probes.size());
}

TEST(Load, ThePlaceOfAnErrorCountsCharactersNotBytes) {
  const Loaded loaded = load_text("administration: {name: äöü, zebra: 1, ags: 05999}\n");
  ASSERT_EQ(loaded.diagnostics.size(), 1u);
  EXPECT_EQ(loaded.diagnostics[0].column, 29);
}

TEST(Load, AFileThatIsNotUtf8IsToldAtItsLine) {
  const Loaded loaded = load_text("administration:\n  name: Stra\xDF"
                                  "e\n");
  ASSERT_EQ(loaded.diagnostics.size(), 1u);
  EXPECT_EQ(loaded.diagnostics[0].line, 2);
}

TEST(Load, TheErrorsOfAFolderNameTheirFiles) {
  const std::string whose = "administration: {name: K, ags: 05999}\n";
  const Loaded loaded =
      load_bundle(to_bundle({{"a.yaml", whose}, {"b.yaml", whose}, {"c.yaml", "sites: 3\n"}}));
  ASSERT_EQ(loaded.diagnostics.size(), 2u) << to_lines(loaded.diagnostics);
  EXPECT_EQ(loaded.diagnostics[0].file, "b.yaml");
  EXPECT_EQ(loaded.diagnostics[1].file, "c.yaml");
}

TEST(Load, AliasBombsDepthAndMassAreCutOff) {
  std::string bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n";
  for (char c = 'b'; c < 'k'; ++c) {
    bomb += std::string(1, c) + ": &" + c + " [";
    for (int i = 0; i < 9; ++i) bomb += std::string("*") + static_cast<char>(c - 1) + ",";
    bomb += "]\n";
  }
  EXPECT_NE(to_lines(load_text(bomb).diagnostics).find("YAML values"), std::string::npos);
  const std::string deep(kDeepestYaml + 1, '[');
  EXPECT_NE(to_lines(load_text(deep).diagnostics).find("levels"), std::string::npos);
  std::string unknown;
  for (int i = 0; i < 1000; ++i) unknown += "key" + std::to_string(i) + ": 1\n";
  EXPECT_EQ(load_text(unknown).diagnostics.size(), kMostDiagnostics + 1);
}

TEST(Load, NeedsDeeperThanTheBoundAreRefused) {
  std::string needs = "L3";
  for (std::size_t i = 0; i < kDeepestNeeds + 1; ++i) needs = "{any: [" + needs + "]}";
  const std::string component = "  - {id: X, needs: " + needs + "}\n";
  const Loaded loaded = load_text(kBase + std::string(kLinks) + component);
  EXPECT_NE(to_lines(loaded.diagnostics).find("nest deeper"), std::string::npos);
}

TEST(Load, EveryGoldenReportIsAsReviewed) {
  std::size_t checked = 0;
  for (const auto& entry : std::filesystem::directory_iterator("test/golden/check")) {
    if (entry.path().extension() != ".yaml") continue;
    auto expected = entry.path();
    expected.replace_extension(".txt");
    EXPECT_EQ(to_lines(load_path(entry.path()).diagnostics),
              read_file(expected, kLargestFile).value())
        << entry.path();
    ++checked;
  }
  EXPECT_GE(checked, 8u);
}

TEST(Load, EveryExampleChecksCleanWithoutAWarning) {
  for (const char* path : {"examples/smallest.yaml", "examples/vorlage", "examples/musterkreis"}) {
    const Loaded loaded = load_path(path);
    EXPECT_EQ(to_lines(loaded.diagnostics), "") << path;
    EXPECT_NE(loaded.district, nullptr) << path;
  }
}

TEST(Load, APathThatIsNotThereIsSaid) {
  const Loaded loaded = load_path("no/such/place");
  EXPECT_EQ(loaded.district, nullptr);
  EXPECT_TRUE(has_errors(loaded.diagnostics));
}

TEST(Bundle, FilesComeBackAsTheyWere) {
  const std::vector<SourceFile> files{
      {"a b.yaml", "x: 1"}, {"ü.yaml", "# file 3 x\n"}, {"c.yaml", ""}};
  const auto again = parse_bundle(to_bundle(files));
  ASSERT_TRUE(again);
  ASSERT_EQ(again->size(), 3u);
  EXPECT_EQ((*again)[1].text, "# file 3 x\n");
  EXPECT_EQ((*again)[0].name, "a b.yaml");
}

TEST(Bundle, ACutOrForeignTextIsRefused) {
  const std::string whole = to_bundle({{"a.yaml", "x: 1\n"}});
  for (std::size_t length = 0; length < whole.size(); ++length) {
    EXPECT_FALSE(parse_bundle(whole.substr(0, length))) << length;
  }
  EXPECT_FALSE(parse_bundle("administration: {}"));
  EXPECT_FALSE(parse_bundle("# dienstbereit bundle 1\n# file 1 ../x\ny\n"));
}

}  // namespace dienstbereit::config
