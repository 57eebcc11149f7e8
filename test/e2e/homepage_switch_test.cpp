// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "program.h"
#include "servers/servers.h"

// The scripts that bring readers to the fallback and back, run against what they change.
namespace dienstbereit::e2e {
namespace {

constexpr const char* kDistrict = R"yaml(
administration: {{name: {{de: Kreis Probe}}, ags: 05999, public_url: "https://lage.example/"}}
sites: [{{id: HAUS, name: {{de: Kreishaus}}}}]
homepage:
  url: http://www.kreis.example/
  names: [www.kreis.example, kreis.example]
  address: {{address: 192.0.2.50/24, interface: lo}}
  dns: {{server: 127.0.0.1, port: {0}, zone: kreis.example, key_file: {1},
        home: [192.0.2.1, "2001:db8::1"], away: 198.51.100.9, ttl: 30 s}}
)yaml";

class SwitchStory : public testing::Test {
 protected:
  std::filesystem::path district(std::uint16_t port, const std::filesystem::path& key) const {
    return folder_.write("kreis.yaml", fmt::format(kDistrict, port, key.string()));
  }
  std::filesystem::path script(const Words& words, const std::string& name) const {
    const Outcome made = run(words);
    EXPECT_EQ(made.code, 0) << made.err;
    return folder_.write(name, made.out);
  }
  static std::string dig(std::uint16_t port, const std::string& name, const std::string& type) {
    return servers::run_program({"/usr/bin/dig", "@127.0.0.1", "-p", std::to_string(port), "+short",
                                 "+time=5", name, type});
  }

  servers::TempFolder folder_;
};

}  // namespace

TEST_F(SwitchStory, NamesMoveByASignedUpdateAndComeHomeAgain) {
  const auto key =
      folder_.write("switch.key", servers::run_program({"/usr/sbin/tsig-keygen", "switch"}));
  const servers::Named named("kreis.example",
                             "www IN A 192.0.2.1\n@ IN A 192.0.2.1\nmail IN A 192.0.2.7\n", key);
  const auto where = district(named.port(), key).string();
  servers::run_program(
      {"/bin/sh", script({"fallback-site", "dns", where, "away"}, "away").string()});
  EXPECT_EQ(dig(named.port(), "www.kreis.example", "A"), "198.51.100.9\n");
  EXPECT_EQ(dig(named.port(), "kreis.example", "A"), "198.51.100.9\n");
  EXPECT_EQ(dig(named.port(), "mail.kreis.example", "A"), "192.0.2.7\n") << "nothing else moves";
  servers::run_program(
      {"/bin/sh", script({"fallback-site", "dns", where, "home"}, "home").string()});
  EXPECT_EQ(dig(named.port(), "www.kreis.example", "A"), "192.0.2.1\n");
  EXPECT_EQ(dig(named.port(), "www.kreis.example", "AAAA"), "2001:db8::1\n");
}

TEST_F(SwitchStory, AWrongKeyChangesNothingAndFails) {
  const auto key =
      folder_.write("switch.key", servers::run_program({"/usr/sbin/tsig-keygen", "switch"}));
  const auto wrong =
      folder_.write("wrong.key", servers::run_program({"/usr/sbin/tsig-keygen", "switch"}));
  const servers::Named named("kreis.example", "www IN A 192.0.2.1\n", key);
  const auto away =
      script({"fallback-site", "dns", district(named.port(), wrong).string(), "away"}, "away");
  EXPECT_THROW(servers::run_program({"/bin/sh", away.string()}), std::runtime_error);
  EXPECT_EQ(dig(named.port(), "www.kreis.example", "A"), "192.0.2.1\n");
}

TEST_F(SwitchStory, TheAddressIsTakenAndGivenBackAsOftenAsOneLikes) {
  const auto where = district(53, "/none").string();
  const std::string take = script({"fallback-site", "address", where, "take"}, "take").string();
  const std::string give = script({"fallback-site", "address", where, "give"}, "give").string();
  const std::string shown = servers::run_program(
      {"/usr/bin/unshare", "-rn", "/bin/sh", "-c",
       fmt::format(
           "set -e; ip link set lo up; sh {0}; sh {0}; ip -o address show dev lo; echo between; "
           "sh {1}; sh {1}; ip -o address show dev lo",
           take, give)});
  const auto between = shown.find("between");
  ASSERT_NE(between, std::string::npos) << shown;
  EXPECT_NE(shown.substr(0, between).find("192.0.2.50/24"), std::string::npos) << shown;
  EXPECT_EQ(shown.substr(between).find("192.0.2.50"), std::string::npos) << shown;
}

}  // namespace dienstbereit::e2e
