// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <fstream>
#include <future>
#include <map>
#include <sstream>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "program.h"
#include "servers/mail_house.h"
#include "servers/servers.h"

// Mail while the house cannot take it: a backup MX on the configuration that we write, the house's
// Postfix and Dovecot behind it, and the primary killed twice.
namespace dienstbereit::e2e {
namespace {

constexpr std::size_t kMessages = 5000;  // in equal parts to the staff
constexpr std::chrono::seconds kDelivery{60};
constexpr const char* kInfo = "info@kreis.example";
constexpr int kStaff = 5;

std::vector<std::string> staff() {
  std::vector<std::string> addresses;
  for (int i = 1; i <= kStaff; ++i) addresses.push_back(fmt::format("amt{}@kreis.example", i));
  return addresses;
}

constexpr const char* kDistrict = R"yaml(
administration: {{name: {{de: Kreis Probe, en: Sample District}}, ags: 05999, observer_at: HAUS}}
sites: [{{id: HAUS, name: {{de: Kreishaus, en: District hall}}}}]
components:
  - id: MAIL
    name: E-Mail
    probes:
      - {{kind: smtp, target: '127.0.0.1:{primary}', accepts: {info}, every: 1 s, timeout: 2 s}}
  - id: MX2
    name: Ersatz für E-Mail
    probes:
      - {{kind: smtp, target: '127.0.0.1:{backup}', every: 1 s, accepts: {info},
         refuses: niemand@kreis.example, refuses_relay_to: jemand@fremd.example}}
      - {{kind: mail_queue, config: {etc}, every: 1 s, least_free: 1}}
mail:
  host: mx2.aussen.example
  domains: kreis.example
  primary: 127.0.0.1:{primary}
  component: MAIL
  listen: 127.0.0.1:{backup}
  function_addresses: {info}
  emergency_mailbox: user@mail.example
  emergency_relay: 127.0.0.1:{elsewhere}
  largest_message: 1
  least_free: 2
)yaml";

std::string plan_only(const servers::TempFolder& folder) {
  return fmt::format(fmt::runtime(kDistrict), fmt::arg("primary", 25), fmt::arg("backup", 26),
                     fmt::arg("elsewhere", 27), fmt::arg("info", kInfo),
                     fmt::arg("etc", (folder.path() / "etc").string()));
}

// How often each Message-ID stands in the mailboxes of `users`.
std::map<std::string, int> mailboxes(const servers::MailHouse& house,
                                     const std::vector<std::string>& users) {
  Words words{"python3", "test/e2e/read_mailbox.py", std::to_string(house.imap_port())};
  words.insert(words.end(), users.begin(), users.end());
  std::istringstream lines(servers::run_program(words));
  std::map<std::string, int> counts;
  for (std::string line; std::getline(lines, line);) ++counts[line];
  return counts;
}

std::size_t lines_with(const std::filesystem::path& file, const std::string& part,
                       const std::string& other = {}) {
  std::ifstream in(file);
  std::size_t count = 0;
  for (std::string line; std::getline(in, line);) {
    count += line.find(part) != std::string::npos && line.find(other) != std::string::npos;
  }
  return count;
}

struct MailStory : testing::Test {
  MailStory() {
    // The Sieve script of the plan goes to the primary before the ports are known.
    const auto first = run({"mail", "plan", folder.write("first.yaml", plan_only(folder)).string(),
                            (folder.path() / "first").string()});
    EXPECT_EQ(first.code, 0) << first.err;
    std::vector<std::string> addresses = staff();
    addresses.push_back(kInfo);
    house.emplace(folder.path() / "first/primary/duplicates.sieve", addresses,
                  authority.issue("mx1", -1, 90));
    const auto text =
        fmt::format(fmt::runtime(kDistrict), fmt::arg("primary", house->port()),
                    fmt::arg("backup", backup.port()), fmt::arg("elsewhere", elsewhere.port()),
                    fmt::arg("info", kInfo), fmt::arg("etc", backup.etc().string()));
    district = folder.write("kreis.yaml", text);
    plan();
    const auto list =
        folder.write("list", fmt::format("{}\nx@fremd.example\n", fmt::join(addresses, "\n")));
    expect_ok({"mail", "recipients", backup.etc().string(), "--from", list.string()});
    expect_ok({"mail", "check", backup.etc().string()});
    backup.start();
  }

  static void expect_ok(const Words& words) {
    const Outcome outcome = run(words);
    EXPECT_EQ(outcome.code, 0) << outcome.out << outcome.err;
  }
  void plan() const {
    expect_ok({"mail", "plan", district.string(), backup.etc().string(), "--append",
               backup.own_settings().string()});
  }
  Outcome with_config(Words words) const {
    words.insert(words.begin(), "mail");
    words.insert(words.end(), {"--config", backup.etc().string()});
    return run(words);
  }
  Json waiting() const { return with_config({"queue", "--json"}).json(); }
  std::string held_transports() const {
    return servers::run_program(
        {"/usr/sbin/postconf", "-c", backup.etc().string(), "-h", "defer_transports"});
  }
  std::future<std::string> send(std::size_t count, const std::string& to) const {
    return std::async(std::launch::async, [this, count, to] {
      return servers::run_program({"/usr/sbin/smtp-source", "-4", "-d", "-s", "1", "-m",
                                   std::to_string(count), "-l", "1000", "-f", "x@fremd.example",
                                   "-t", to, fmt::format("127.0.0.1:{}", backup.port())});
    });
  }

  servers::TempFolder folder;
  servers::Authority authority{folder};
  std::optional<servers::MailHouse> house;
  servers::PlannedPostfix backup;
  servers::Postfix elsewhere;
  std::filesystem::path district;
};

}  // namespace

TEST_F(MailStory, FiveThousandMessagesOutliveTwoDeathsOfThePrimary) {
  std::vector<std::future<std::string>> sending;
  for (const std::string& person : staff()) sending.push_back(send(kMessages / kStaff, person));
  ASSERT_TRUE(
      await([&] { return lines_with(backup.log(), "status=sent") > kMessages / 2; }, kDelivery));
  house->kill();
  EXPECT_EQ(with_config({"hold"}).code, 0);
  for (auto& one : sending) one.get();  // the backup takes all of it
  EXPECT_GT(waiting().at("waiting"), 0);

  // The primary comes back and dies again while it is fed.
  house->start();
  auto dying = std::async(std::launch::async, [&] {
    const auto before = lines_with(backup.log(), "status=sent");
    const bool fed =
        await([&] { return lines_with(backup.log(), "status=sent") > before + 200; }, kDelivery);
    house->kill();
    return fed;
  });
  const Outcome cut = with_config({"flush", "--rate", "30000/min"});
  EXPECT_TRUE(dying.get());
  EXPECT_EQ(cut.code, 1) << cut.out;
  EXPECT_NE(cut.out.find("came back from the primary"), std::string::npos) << cut.out;

  house->start();
  const Outcome rest = with_config({"flush", "--rate", "60000/min"});
  EXPECT_EQ(rest.code, 0) << rest.out << rest.err;
  EXPECT_EQ(with_config({"release"}).code, 0);
  const Outcome report = with_config({"report", "--log", backup.log().string(), "--lang", "en"});
  EXPECT_EQ(report.out, "5000 accepted, 5000 delivered, 0 lost.\n");
  EXPECT_EQ(with_config({"report", "--log", backup.log().string(), "--lang", "de"}).out,
            "5000 angenommen, 5000 zugestellt, 0 verloren.\n");

  ASSERT_TRUE(await([&] { return house->idle(); }, kDelivery));
  const auto kept = mailboxes(*house, staff());
  for (const auto& [message, count] : kept) EXPECT_EQ(count, 1) << message;
  EXPECT_EQ(kept.size(), kMessages);
}

TEST_F(MailStory, PagesSayHowMuchWaitsAndCopiesAreReadOutside) {
  const Server server(district);
  house->kill();
  EXPECT_EQ(with_config({"hold"}).code, 0);
  plan();  // as after a change of the district
  EXPECT_EQ(held_transports(), "relay\n");
  send(7, kInfo).get();
  EXPECT_TRUE(await(
      [&] {
        return server.page("/").find("7 Nachrichten warten außerhalb unseres Hauses") !=
               std::string::npos;
      },
      kDelivery))
      << server.page("/");
  EXPECT_NE(server.page("/en/").find("7 messages wait outside our house"), std::string::npos);
  // The copies do not wait for the house.
  const auto copied = [&] {
    return lines_with(backup.log(), "to=<user@mail.example>, relay=127.0.0.1", "status=sent");
  };
  EXPECT_TRUE(await([&] { return copied() == 7; }, kDelivery)) << copied();
  house->start();
  EXPECT_EQ(with_config({"flush"}).code, 0);
  EXPECT_TRUE(await([&] { return mailboxes(*house, {kInfo}).size() == 7; }, kDelivery));
  EXPECT_EQ(with_config({"release"}).code, 0);
  plan();
  EXPECT_EQ(held_transports(), "\n");
  EXPECT_TRUE(await([&] {
    return server.page("/").find("Nachrichten warten") == std::string::npos;
  })) << server.page("/");
}

TEST_F(MailStory, TheListComesWholeFromTheDirectoryOrNotAtAll) {
  const servers::Slapd directory(700, 100);
  std::filesystem::permissions(folder.write("ldap", "geheim\n"), std::filesystem::perms(0400));
  const Words base{"mail",   "recipients",    backup.etc().string(), "--accept",
                   "--from", directory.url(), "--credentials",       folder.path().string()};
  const Outcome part = run(base);
  EXPECT_EQ(part.code, 2);
  EXPECT_NE(part.err.find("a part of the list only"), std::string::npos) << part.err;
  Words whole = base;
  whole.insert(whole.end(), {"--bind", "cn=admin,dc=kreis,dc=example", "--credential", "ldap"});
  const Outcome all = run(whole);
  EXPECT_EQ(all.code, 0) << all.err;
  EXPECT_NE(all.out.find("700 addresses (6 before); passed over: 700 of other domains"),
            std::string::npos)
      << all.out;
  EXPECT_EQ(lines_with(backup.etc() / "relay_recipients", "@kreis.example OK"), 700u);
}

TEST_F(MailStory, AShrunkenListAndAStoppedPostfixAreSaidInClearWords) {
  std::string many = std::string(kInfo) + "\n";
  for (int i = 0; i < 100; ++i) many += fmt::format("person{}@kreis.example\n", i);
  expect_ok(
      {"mail", "recipients", backup.etc().string(), "--from", folder.write("many", many).string()});
  const auto few = folder.write("few", std::string(kInfo) + "\n").string();
  const Outcome refused = run({"mail", "recipients", backup.etc().string(), "--from", few});
  EXPECT_EQ(refused.code, 2);
  EXPECT_NE(refused.err.find("100 of 101 addresses are gone"), std::string::npos) << refused.err;
  EXPECT_EQ(refused.err.find("person"), std::string::npos);
  expect_ok({"mail", "recipients", backup.etc().string(), "--from", few, "--accept"});

  backup.stop();
  const Outcome down = with_config({"flush"});
  const Outcome held = with_config({"hold"});
  EXPECT_EQ(held.code, 1);
  EXPECT_NE(held.err.find("not running there? Start it"), std::string::npos) << held.err;
  EXPECT_EQ(down.code, 0) << down.err;  // nothing waits; root reads the queue itself
}

}  // namespace dienstbereit::e2e
