// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "program.h"
#include "servers/servers.h"

namespace dienstbereit::e2e {
namespace {

constexpr const char* kDistrict = R"yaml(
administration: {{name: {{de: Kreis Probe, en: Sample District}}, ags: 05999, observer_at: HAUS}}
sites: [{{id: HAUS, name: {{de: Kreishaus, en: District hall}}}}]
offices:
  - {{id: AMT, name: {{de: Bürgeramt, en: Citizens}}, sites: HAUS, hours: "Mo-Su,PH 00:00-24:00"}}
services:
  - id: PASS
    name: {{de: Pass beantragen, en: Apply for a passport}}
    kind: counter
    offered: AMT
    needs: PORTAL
    offline: none
components:
  - id: PORTAL
    name: {{de: Passverfahren, en: Passport system}}
    probes:
      - kind: http
        url: "http://127.0.0.1:{}/"
        proves: works
        every: 1 s
        timeout: 1 s
        expect: {{text: Willkommen}}
)yaml";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace

TEST(NginxStory, ItsEndAndReturnStandOnThePageWithTheReasonInBothLanguages) {
  servers::Nginx nginx("location / { return 200 'Willkommen im Amt'; }", false);
  const servers::TempFolder folder;
  const Server server(folder.write("kreis.yaml", fmt::format(kDistrict, nginx.port())));
  ASSERT_TRUE(await([&] { return server.state_at("AMT", "HAUS") == "normal"; }))
      << server.place("AMT", "HAUS").dump(1);
  const std::string german = server.page("/amt/AMT");
  const std::string english = server.page("/en/office/AMT");
  EXPECT_FALSE(contains(german, "antwortet bei der Messung nicht")) << german;

  nginx.stop();
  ASSERT_TRUE(await([&] { return server.state_at("AMT", "HAUS") == "closed"; }));
  const Json now = server.place("AMT", "HAUS")["now"];
  EXPECT_EQ(now["closed_by"], "failure");
  EXPECT_EQ(now["presumed"], false);
  EXPECT_TRUE(contains(server.headline("de"), "geschlossen")) << server.headline("de");
  EXPECT_TRUE(contains(server.headline("en"), "closed")) << server.headline("en");
  EXPECT_TRUE(contains(server.page("/"), server.headline("de")));
  EXPECT_TRUE(contains(server.page("/en/"), server.headline("en")));
  const std::string de = server.page("/amt/AMT");
  EXPECT_TRUE(contains(de, "Geschlossen wegen einer Störung")) << de;
  EXPECT_TRUE(contains(de, "antwortet bei der Messung nicht oder nicht richtig")) << de;
  const std::string en = server.page("/en/office/AMT");
  EXPECT_TRUE(contains(en, "Closed because of a fault")) << en;
  EXPECT_TRUE(contains(en, "does not answer its check, or not correctly")) << en;
  const Outcome why = server.command({"why", "AMT@HAUS/PASS"});
  EXPECT_TRUE(contains(why.out, "„Passverfahren“ antwortet bei der Messung nicht")) << why.out;

  nginx.start();
  ASSERT_TRUE(await([&] { return server.state_at("AMT", "HAUS") == "normal"; }));
  EXPECT_FALSE(contains(server.page("/amt/AMT"), "antwortet bei der Messung nicht"));
  EXPECT_FALSE(contains(server.page("/en/office/AMT"), "does not answer its check"));
  EXPECT_TRUE(contains(server.page("/"), server.headline("de")));
  EXPECT_FALSE(contains(server.headline("de"), "geschlossen")) << server.headline("de");
}

}  // namespace dienstbereit::e2e
