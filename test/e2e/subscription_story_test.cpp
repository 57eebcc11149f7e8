// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "program.h"
#include "servers/mail_account.h"

// Citizens have the statements sent by mail, through a real mail account.
namespace dienstbereit::e2e {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWho = "buergerin@ziel.example";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class SubscriptionStory : public testing::Test {
 protected:
  SubscriptionStory() {
    const auto district = files_.write(
        "district.yaml",
        fmt::format("administration: {{name: Kreisverwaltung Prüfkreis, ags: 05999,\n"
                    "                 public_url: https://lage.example}}\n"
                    "sites: [{{id: H, name: Kreishaus}}]\n"
                    "offices: [{{id: KFZ, name: Straßenverkehrsamt, sites: [H], hours: \"Mo-Su "
                    "00:00-24:00\"}}]\n"
                    "services: [{{id: Z, name: Zulassung, kind: counter, offered: KFZ}}]\n"
                    "channels:\n  - id: post\n    kind: mail\n    url: smtp://127.0.0.1:{}\n"
                    "    from: melder@aussen.example\n    user: melder\n    credential: post\n"
                    "    tls: {{server_name: mx.aussen.example, ca_file: ca.pem}}\n"
                    "subscriptions: {{channel: post}}\n",
                    account_.port()));
    server_ =
        std::make_unique<Server>(district, Words{"env", "DIENSTBEREIT_CREDENTIAL_POST=geheim"});
  }

  HttpReply subscribe(const std::string& mail) const {
    return server_->ask("POST", "/api/v2/subscribers.json",
                        Json{{"subscriber", {{"email", mail}}}}.dump());
  }
  HttpReply press(const std::string& link, const std::string& button) const {
    return server_->ask("POST", link, "do=" + button);
  }
  // The mail number `n` that was delivered, from 1 on.
  std::string mail(std::size_t n) const {
    EXPECT_TRUE(await([&] { return account_.delivered().size() == n; }, std::chrono::seconds(20)))
        << account_.delivered().size() << "\n"
        << server_->output();
    for (const std::string& one : account_.delivered()) {
      if (std::find(seen_.begin(), seen_.end(), one) != seen_.end()) continue;
      seen_.push_back(one);
      return one;
    }
    return {};
  }
  // The path of the link in a mail.
  static std::string link_in(const std::string& text) {
    const std::string base = "https://lage.example/";
    const auto at = text.find(base + "en/subscription/");
    if (at == std::string::npos) return {};
    const auto begin = at + base.size() - 1;
    return text.substr(begin, text.find_first_of("\r\n ", begin) - begin);
  }
  std::string all_files() const {
    std::stringstream all;
    for (const auto& entry : fs::recursive_directory_iterator(server_->data())) {
      if (entry.is_regular_file()) all << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    }
    return all.str();
  }

  servers::TempFolder files_;
  servers::MailAccount account_{servers::Authority(files_).issue("mx.aussen.example", -1, 90)};
  std::unique_ptr<Server> server_;
  mutable std::vector<std::string> seen_;
};

}  // namespace

TEST_F(SubscriptionStory, OrdersConfirmsIsToldOnceAndIsGoneWithoutATrace) {
  const HttpReply made = subscribe(kWho);
  ASSERT_EQ(made.status, 201) << made.body;
  const std::string asked = mail(1);
  EXPECT_FALSE(contains(asked, "List-Unsubscribe:"));
  const std::string link = link_in(servers::body_of(asked));
  ASSERT_FALSE(link.empty()) << servers::body_of(asked);
  ASSERT_EQ(server_->command({"holding", "--next", "08:00", "--publish"}).code, 0);
  EXPECT_TRUE(contains(server_->page(link), "Yes, confirm"));
  ASSERT_EQ(press(link, "confirm").status, 200);

  // Killed while the mail account is away: what was published is told once it is back.
  account_.stop();
  ASSERT_EQ(server_->command({"statement", "withdraw", "statement-1", "--reason", "neu"}).code, 0);
  ASSERT_EQ(server_->command({"holding", "--next", "09:30", "--publish"}).code, 0);
  server_->kill();
  account_.start();
  server_->start();
  server_->wait_until_ready();
  const std::string told = mail(2);
  const std::string text = servers::body_of(told);
  EXPECT_TRUE(contains(text, "09:30")) << text;
  EXPECT_FALSE(contains(text, "08:00")) << "published before it was confirmed: " << text;
  EXPECT_TRUE(contains(servers::header_of(told, "List-Unsubscribe"), link));

  EXPECT_EQ(server_->ask("POST", link, "List-Unsubscribe=One-Click").status, 200);
  ASSERT_EQ(server_->command({"statement", "withdraw", "statement-2", "--reason", "neu"}).code, 0);
  ASSERT_EQ(server_->command({"holding", "--next", "10:00", "--publish"}).code, 0);
  server_->stop();
  EXPECT_EQ(account_.delivered().size(), 2u);
  EXPECT_FALSE(contains(all_files(), kWho)) << "an address outlived its subscription";
  EXPECT_FALSE(contains(server_->output(), kWho));
}

TEST_F(SubscriptionStory, WhoNeverConfirmsIsToldNothing) {
  ASSERT_EQ(subscribe(kWho).status, 201);
  mail(1);
  const Json one = Json::parse(subscribe("zweite@ziel.example").body)["subscriber"];
  mail(2);
  const std::string own = "/api/v2/subscribers/" + one["id"].get<std::string>() + ".json";
  EXPECT_EQ(server_->ask("DELETE", own).status, 200);
  EXPECT_EQ(server_->ask("DELETE", own).status, 404);
  ASSERT_EQ(server_->command({"holding", "--next", "08:00", "--publish"}).code, 0);
  server_->stop();
  EXPECT_EQ(account_.delivered().size(), 2u);
}

}  // namespace dienstbereit::e2e
