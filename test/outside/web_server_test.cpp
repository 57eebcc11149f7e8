// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <thread>

#include <gtest/gtest.h>

#include "bed.h"

namespace dienstbereit::outside {
namespace {

constexpr std::size_t kHeavy = 80u << 20;  // bytes: long enough on its way to be cut off

struct WebServer : testing::Test {
  Bed bed;
  DavServer server{bed};
};

std::vector<std::string> puts_in(const std::string& log) {
  std::vector<std::string> paths;
  for (auto at = log.find("\"PUT "); at != std::string::npos; at = log.find("\"PUT ", at + 1)) {
    paths.push_back(log.substr(at + 5, log.find(' ', at + 5) - at - 5));
  }
  return paths;
}

HttpTarget& http_of(PublishTarget& target) { return std::get<HttpTarget>(target.to); }

TEST_F(WebServer, TakesEachFileAndTheFirstPageLast) {
  const auto target = server.target(false);
  const auto pushed = bed.push(target, copy_of("one"));
  ASSERT_TRUE(pushed) << pushed.error().message;
  EXPECT_EQ(read(server.root() / "lage/en/office/A1.html"), "en/office/A1.html one");
  const auto page = bed.fetch(target);
  ASSERT_TRUE(page) << page.error().message;
  EXPECT_NE(page->find("mark-one"), std::string::npos);
  const auto puts = puts_in(server.log());
  ASSERT_EQ(puts.size(), 5u);
  EXPECT_EQ(puts[3], "/lage/en/index.html");
  EXPECT_EQ(puts[4], "/lage/index.html");
}

TEST_F(WebServer, IsSentOnlyWhatChangedAndLosesWhatIsGone) {
  const auto target = server.target(false);
  StaticCopy copy = copy_of("one");
  ASSERT_TRUE(bed.push(target, copy));
  copy.files.back().bytes = "start two";
  copy.files.erase(copy.files.begin() + 1);  // amt/A1.html
  ASSERT_TRUE(bed.push(target, copy));
  ASSERT_TRUE(bed.fetch(target));
  EXPECT_EQ(puts_in(server.log()).size(), 6u);
  EXPECT_EQ(read(server.root() / "lage/index.html"), "start two");
  EXPECT_FALSE(fs::exists(server.root() / "lage/amt/A1.html"));
}

TEST_F(WebServer, AWrongPasswordIsSaid) {
  bed.keep("dav", "falsch\n");
  for (const bool collection : {false, true}) {
    const auto pushed = bed.push(server.target(collection), copy_of("one"));
    ASSERT_FALSE(pushed);
    EXPECT_NE(pushed.error().message.find("answers 401; check user"), std::string::npos)
        << pushed.error().message;
    EXPECT_EQ(pushed.error().message.find("falsch"), std::string::npos);
  }
}

TEST_F(WebServer, TheCertificateIsHeldAgainstTheNameWhateverTheAddress) {
  auto target = server.target(false);
  http_of(target).url =
      "https://127.0.0.2.example:" + std::to_string(server.nginx().port()) + "/lage/";
  const auto wrong_name = bed.push(target, copy_of("one"));
  ASSERT_FALSE(wrong_name);
  EXPECT_EQ(wrong_name.error().code, Errc::Denied) << wrong_name.error().message;
  target = server.target(false);
  http_of(target).ca_file.clear();
  const auto wrong_authority = bed.push(target, copy_of("one"));
  ASSERT_FALSE(wrong_authority);
  EXPECT_EQ(wrong_authority.error().code, Errc::Denied) << wrong_authority.error().message;
  EXPECT_FALSE(fs::exists(server.root() / "lage"));
}

TEST_F(WebServer, ACollectionTakesThePlaceOfTheOneBeforeAsAWhole) {
  const auto target = server.target(true);
  StaticCopy copy = copy_of("one");
  const auto first = bed.push(target, copy);
  ASSERT_TRUE(first) << first.error().message;
  EXPECT_EQ(read(server.root() / "lage/index.html"), "start one mark-one");
  copy = copy_of("two");
  copy.files.erase(copy.files.begin());
  const auto second = bed.push(target, copy);
  ASSERT_TRUE(second) << second.error().message;
  EXPECT_EQ(read(server.root() / "lage/amt/A1.html"), "amt/A1.html two");
  EXPECT_FALSE(fs::exists(server.root() / "lage/api"));
  EXPECT_FALSE(fs::exists(server.root() / "lage.new"));
}

TEST_F(WebServer, ACollectionCutOffInTheMiddleLeavesTheOneBefore) {
  const auto target = server.target(true);
  ASSERT_TRUE(bed.push(target, copy_of("one")));
  Result<void> pushed;
  std::thread pusher([&] { pushed = bed.push(target, copy_of("two", kHeavy)); });
  const bool begun = await([&] { return fs::exists(server.root() / "lage.new/amt/A1.html"); });
  bed.cancel.cancel();
  pusher.join();
  ASSERT_TRUE(begun);
  ASSERT_FALSE(pushed) << "it was not cut off in the middle";
  EXPECT_EQ(read(server.root() / "lage/index.html"), "start one mark-one");
  EXPECT_EQ(read(server.root() / "lage/amt/A1.html"), "amt/A1.html one");

  Bed again;
  again.keep("dav", "geheim");
  fs::copy_file(bed.folder.path() / "ca.pem", again.folder.path() / "ca.pem");
  const auto next = again.push(target, copy_of("three"));
  ASSERT_TRUE(next) << next.error().message;
  EXPECT_EQ(read(server.root() / "lage/amt/A1.html"), "amt/A1.html three");
  EXPECT_FALSE(fs::exists(server.root() / "lage/amt/heavy.html"));
}

TEST_F(WebServer, AServerThatIsAwayIsSaid) {
  server.nginx().stop();
  const auto pushed = bed.push(server.target(true), copy_of("one"));
  ASSERT_FALSE(pushed);
  EXPECT_EQ(pushed.error().code, Errc::Unreachable);
}

TEST_F(WebServer, OneThatNeverAnswersCostsNoMoreThanItsTime) {
  server.nginx().process().signal(SIGSTOP);
  const publish::Limit limit(std::chrono::milliseconds(300), bed.cancel);
  publish::Sent sent;
  const auto pushed = publish::push(server.target(false), copy_of("one"), bed.tools, limit, sent);
  server.nginx().process().signal(SIGCONT);
  ASSERT_FALSE(pushed);
  EXPECT_EQ(pushed.error().code, Errc::TimedOut) << pushed.error().message;
}

}  // namespace
}  // namespace dienstbereit::outside
