// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/switching.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <fmt/format.h>

#include "servers/servers.h"

// The scripts that bring readers to the fallback and back, run against what they change.
namespace dienstbereit::fallback::site {
namespace {

class Switching : public testing::Test {
 protected:
  Switching() {
    spec_.names = {"www.kreis.example", "kreis.example"};
    spec_.address = VirtualAddress{"192.0.2.50/24", "lo"};
  }
  std::filesystem::path key(const std::string& name) const {
    return folder_.write(name, servers::run_program({"/usr/sbin/tsig-keygen", "switch"}));
  }
  void set_dns(std::uint16_t port, const std::filesystem::path& key_file) {
    spec_.dns = NameUpdate{"127.0.0.1",
                           port,
                           "kreis.example",
                           key_file.string(),
                           {"192.0.2.1", "2001:db8::1"},
                           {"198.51.100.9"},
                           std::chrono::seconds(30)};
  }
  void run(const Result<std::string>& script) const {
    servers::run_program({"/bin/sh", folder_.write("script", script.value()).string()});
  }
  static std::string dig(std::uint16_t port, const std::string& name, const std::string& type) {
    return servers::run_program({"/usr/bin/dig", "@127.0.0.1", "-p", std::to_string(port), "+short",
                                 "+time=5", name, type});
  }

  servers::TempFolder folder_;
  HomepageSpec spec_;
};

TEST_F(Switching, NamesMoveByASignedUpdateAndComeHomeAgain) {
  const auto signing = key("switch.key");
  const servers::Named named(
      "kreis.example", "www IN A 192.0.2.1\n@ IN A 192.0.2.1\nmail IN A 192.0.2.7\n", signing);
  set_dns(named.port(), signing);
  run(dns_script(spec_, true));
  EXPECT_EQ(dig(named.port(), "www.kreis.example", "A"), "198.51.100.9\n");
  EXPECT_EQ(dig(named.port(), "kreis.example", "A"), "198.51.100.9\n");
  EXPECT_EQ(dig(named.port(), "mail.kreis.example", "A"), "192.0.2.7\n") << "nothing else moves";
  run(dns_script(spec_, true));  // once more does no harm
  run(dns_script(spec_, false));
  EXPECT_EQ(dig(named.port(), "www.kreis.example", "A"), "192.0.2.1\n");
  EXPECT_EQ(dig(named.port(), "www.kreis.example", "AAAA"), "2001:db8::1\n");
}

TEST_F(Switching, AWrongKeyChangesNothingAndFails) {
  const servers::Named named("kreis.example", "www IN A 192.0.2.1\n", key("switch.key"));
  set_dns(named.port(), key("wrong.key"));
  EXPECT_THROW(run(dns_script(spec_, true)), std::runtime_error);
  EXPECT_EQ(dig(named.port(), "www.kreis.example", "A"), "192.0.2.1\n");
}

TEST_F(Switching, TheAddressIsTakenAndGivenBackAsOftenAsOneLikes) {
  const auto take = folder_.write("take", address_script(spec_, true).value()).string();
  const auto give = folder_.write("give", address_script(spec_, false).value()).string();
  std::vector<std::string> words{"/usr/bin/unshare", "--net"};
  if (::geteuid() != 0) words.emplace_back("--map-root-user");  // root needs no user namespace
  words.insert(words.end(),
               {"/bin/sh", "-c",
                fmt::format("set -e; ip link set lo up; sh {0}; sh {0}; ip -o address show dev lo; "
                            "echo between; sh {1}; sh {1}; ip -o address show dev lo",
                            take, give)});
  const std::string shown = servers::run_program(words);
  const auto between = shown.find("between");
  ASSERT_NE(between, std::string::npos) << shown;
  EXPECT_NE(shown.substr(0, between).find("192.0.2.50/24"), std::string::npos) << shown;
  EXPECT_EQ(shown.substr(between).find("192.0.2.50"), std::string::npos) << shown;
}

}  // namespace
}  // namespace dienstbereit::fallback::site
