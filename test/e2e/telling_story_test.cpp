// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <set>

#include <fmt/format.h>

#include "program.h"
#include "servers/mail_account.h"

// People are told by a real mail account, whatever happens to the program meanwhile.
namespace dienstbereit::e2e {
namespace {

constexpr std::chrono::seconds kNoticeWithin{90};  // the window, attempts and a loaded machine
constexpr int kPeople = 10;

struct TellingStory : testing::Test {
  TellingStory() : account(servers::Authority(files).issue("mx.aussen.example", -1, 90)) {
    district = files.write(
        "district.yaml",
        fmt::format("administration: {{name: Kreisverwaltung Prüfkreis, ags: 05999}}\n"
                    "sites: [{{id: H, name: Kreishaus}}]\n"
                    "offices: [{{id: KFZ, name: Straßenverkehrsamt, sites: [H], hours: \"Mo-Su "
                    "00:00-24:00\"}}]\n"
                    "services: [{{id: Z, name: Zulassung, kind: counter, offered: KFZ}}]\n"
                    "channels:\n  - id: post\n    kind: mail\n    url: smtp://127.0.0.1:{}\n"
                    "    from: melder@aussen.example\n    user: melder\n    credential: post\n"
                    "    tls: {{server_name: mx.aussen.example, ca_file: ca.pem}}\n",
                    account.port()));
    contacts = files.write("contacts.yaml", people());
    std::filesystem::permissions(
        contacts, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  }

  static std::string people() {
    std::string yaml = "gather_for: 2 s\nrecipients:\n";
    for (int i = 0; i < kPeople; ++i) {
      yaml += fmt::format("  - {{id: r{0}, mail: person{0}@ziel.example, channels: post{1}}}\n", i,
                          i == 0 ? ", on_call: {level: 1}" : "");
    }
    return yaml;
  }

  // Started by env(1), so that the password comes from where the unit would put it.
  std::unique_ptr<Server> serve() const {
    return std::make_unique<Server>(district, Words{"env", "DIENSTBEREIT_CREDENTIAL_POST=geheim"},
                                    "", Words{"--contacts", contacts.string()});
  }

  // Recipient -> ids of the messages that arrived.
  std::map<std::string, std::set<std::string>> arrived() const {
    std::map<std::string, std::set<std::string>> all;
    for (const std::string& mail : account.delivered()) {
      all[servers::header_of(mail, "To")].insert(servers::header_of(mail, "Message-ID"));
    }
    return all;
  }

  servers::TempFolder files;
  servers::MailAccount account;
  std::filesystem::path district, contacts;
};

}  // namespace

TEST_F(TellingStory, AfterKill9EachMessageArrivesOnceAndItsCodeAcknowledges) {
  auto server = serve();
  account.stop();
  ASSERT_EQ(server->command({"set", "ALL", "closed", "--yes"}).code, 0);
  ASSERT_TRUE(await(
      [&] {
        const Json board = server->command({"messages", "--json"}).json();
        return board.value("waiting", 0) == kPeople && board["messages"][0]["failures"] >= 1;
      },
      kNoticeWithin))
      << server->output();

  server->kill();
  server->start();
  server->wait_until_ready();
  EXPECT_EQ(server->command({"messages", "--json"}).json().value("waiting", 0), kPeople);
  account.start();
  ASSERT_TRUE(await([&] { return arrived().size() == kPeople; }, kNoticeWithin))
      << server->output();
  ASSERT_TRUE(await(
      [&] { return server->command({"messages", "--json"}).json().value("waiting", -1) == 0; }));
  for (const auto& [who, ids] : arrived()) EXPECT_EQ(ids.size(), 1u) << who;
  EXPECT_EQ(account.delivered().size(), static_cast<std::size_t>(kPeople));

  std::string text;
  for (const std::string& mail : account.delivered()) {
    if (servers::header_of(mail, "To") == "<person0@ziel.example>") text = servers::body_of(mail);
  }
  EXPECT_NE(text.find("Straßenverkehrsamt: geschlossen"), std::string::npos) << text;
  const auto code = text.find("Code ");
  ASSERT_NE(code, std::string::npos) << text;
  const Outcome known = server->command({"ack", text.substr(code + 5, 9)});
  EXPECT_EQ(known.code, 0) << known.err;
  EXPECT_TRUE(await([&] {
    const Json notice = server->command({"messages", "--json"}).json()["notices"][0];
    return !notice.value("awaits_answer", true) && notice["acknowledged_by"].is_string();
  }));
  EXPECT_NE(server->command({"ack", text.substr(code + 5, 9)}).code, 0) << "a code is good once";

  // No address is in the record.
  const Outcome record = run({"journal", "export", server->data().string()});
  EXPECT_EQ(record.out.find("ziel.example"), std::string::npos);
  EXPECT_NE(record.out.find("message_sent"), std::string::npos);
}

TEST_F(TellingStory, ATestMessageArrivesAndContactsAreReadAgain) {
  auto server = serve();
  ASSERT_EQ(server->command({"test-message", "r3"}).code, 0);
  ASSERT_TRUE(await([&] { return arrived().contains("<person3@ziel.example>"); }));
  EXPECT_NE(server->command({"test-message", "new"}).code, 0);
  files.write("contacts.yaml",
              "recipients: [{id: new, mail: neu@ziel.example, channels: post, language: en}]\n");
  std::filesystem::permissions(
      contacts, std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
  const Outcome reloaded = server->command({"reload"});
  EXPECT_NE(reloaded.out.find("recipients in the contacts: 1"), std::string::npos) << reloaded.out;
  ASSERT_EQ(server->command({"test-message", "new"}).code, 0);
  ASSERT_TRUE(await([&] { return arrived().contains("<neu@ziel.example>"); }));
}

TEST_F(TellingStory, CheckSaysWhatIsWrongWithTheContacts) {
  const Outcome good = run({"check", district.string(), "--contacts", contacts.string()});
  EXPECT_EQ(good.code, 0) << good.err;
  std::filesystem::permissions(contacts, std::filesystem::perms::all);
  const Outcome open = run({"check", district.string(), "--contacts", contacts.string()});
  EXPECT_EQ(open.code, 2);
  EXPECT_NE(open.err.find("chmod 0600"), std::string::npos) << open.err;
}

}  // namespace dienstbereit::e2e
