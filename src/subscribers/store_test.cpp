// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "subscribers/store.h"

namespace dienstbereit::subscribers {
namespace {

namespace fs = std::filesystem;
using namespace std::chrono_literals;

class SubscribersTest : public testing::Test {
 protected:
  SubscribersTest() {
    std::string pattern = (fs::temp_directory_path() / "subscribers-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    reopen();
  }
  ~SubscribersTest() override { fs::remove_all(folder_); }

  void reopen() {
    store_.reset();
    auto opened = Store::open(folder_);
    ASSERT_TRUE(opened) << opened.error().message;
    store_.emplace(std::move(*opened));
  }
  Subscriber add(const std::string& mail) {
    Subscriber one;
    one.id = fmt::format("id{}", ++count_);
    one.token = "token-" + one.id;
    one.mail = mail;
    one.language = "de";
    one.made = now_;
    auto added = store_->add(one);
    EXPECT_TRUE(added) << added.error().message;
    return one;
  }
  Subscriber confirmed(const std::string& mail) {
    const Subscriber one = add(mail);
    EXPECT_TRUE(store_->confirm(one.id, one.token, now_));
    return one;
  }
  const Subscriber* known(const Subscriber& one) const {
    const auto found = store_->all().find(one.id);
    return found == store_->all().end() ? nullptr : &found->second;
  }
  // What stands in the files, as bytes.
  std::string on_disk() const {
    std::stringstream all;
    for (const auto& entry : fs::directory_iterator(folder_)) {
      all << std::ifstream(entry.path(), std::ios::binary).rdbuf();
    }
    return all.str();
  }

  fs::path folder_;
  std::optional<Store> store_;
  Instant now_{std::chrono::hours(24 * 20'780)};
  int count_ = 0;
};

}  // namespace

TEST_F(SubscribersTest, IsConfirmedByItsLinkAloneAndSurvivesARestart) {
  const Subscriber one = add("a@buerger.example");
  EXPECT_EQ(store_->confirm(one.id, "other", now_).error().code, Errc::NotFound);
  EXPECT_FALSE(known(one)->confirmed);
  ASSERT_TRUE(store_->confirm(one.id, one.token, now_ + 1min));
  ASSERT_TRUE(store_->note_sent(one.id, now_ + 5min));
  reopen();
  ASSERT_NE(known(one), nullptr);
  EXPECT_EQ(known(one)->mail, "a@buerger.example");
  EXPECT_EQ(known(one)->confirmed, now_ + 1min);
  EXPECT_EQ(known(one)->told, now_ + 5min);
}

TEST_F(SubscribersTest, WhoEndsIsErasedFromTheDisk) {
  const Subscriber one = confirmed("erkennbar@buerger.example");
  ASSERT_NE(on_disk().find("erkennbar@"), std::string::npos);
  ASSERT_TRUE(store_->end(one.id));
  EXPECT_EQ(on_disk().find("erkennbar@"), std::string::npos);
  EXPECT_EQ(store_->end(one.id).error().code, Errc::NotFound);
}

TEST_F(SubscribersTest, WhoDoesNotConfirmInADayIsGone) {
  const Subscriber late = add("a@buerger.example");
  const Subscriber kept = confirmed("b@buerger.example");
  ASSERT_TRUE(store_->purge(now_ + kConfirmSubscriptionWithin));
  EXPECT_NE(known(late), nullptr);
  ASSERT_TRUE(store_->purge(now_ + kConfirmSubscriptionWithin + 1min));
  EXPECT_EQ(known(late), nullptr);
  EXPECT_NE(known(kept), nullptr);
}

TEST_F(SubscribersTest, OneAddressIsAskedAFewTimesAndNobodyCanTell) {
  for (std::size_t i = 0; i < kMostAsked; ++i) EXPECT_NE(known(add("a@buerger.example")), nullptr);
  EXPECT_EQ(known(add("A@buerger.example")), nullptr);
  EXPECT_NE(known(add("b@buerger.example")), nullptr);
}

TEST_F(SubscribersTest, ANewSubscriptionOfAnAddressTakesThePlaceOfTheOld) {
  const Subscriber old = confirmed("a@buerger.example");
  const Instant before = now_;
  now_ += 1h;
  const Subscriber fresh = add("A@buerger.example");
  EXPECT_NE(known(old), nullptr);
  ASSERT_TRUE(store_->confirm(fresh.id, fresh.token, now_));
  EXPECT_EQ(known(old), nullptr);
  EXPECT_EQ(known(fresh)->told, before) << "a statement in between would be lost";
}

TEST_F(SubscribersTest, AnAddressThatRefusesIsDroppedOneThatAnswersInBetweenIsNot) {
  const Subscriber one = confirmed("a@buerger.example");
  for (unsigned i = 1; i < kMostRefused; ++i) EXPECT_EQ(store_->note_refused(one.id), false);
  ASSERT_TRUE(store_->note_sent(one.id, now_));
  for (unsigned i = 1; i < kMostRefused; ++i) EXPECT_EQ(store_->note_refused(one.id), false);
  EXPECT_EQ(store_->note_refused(one.id), true);
  EXPECT_EQ(known(one), nullptr);
}

TEST_F(SubscribersTest, NoMoreThanTheBoundWaitToBeConfirmed) {
  for (std::size_t i = 0; i < kMostWaiting; ++i) add(fmt::format("a{}@buerger.example", i));
  Subscriber one;
  one.id = "more";
  one.mail = "more@buerger.example";
  one.made = now_;
  EXPECT_EQ(store_->add(one).error().code, Errc::LimitExceeded);
}

TEST_F(SubscribersTest, AnEntryThatDoesNotReadIsSaidWithItsFile) {
  store_.reset();
  {
    auto records = sqlite::Records::open(folder_ / kFile, "the subscribers");
    const sqlite::Change change{"subscriber", "broken", "{\"mail\": 7}"};
    ASSERT_TRUE(records->write({&change, 1}));
  }
  const auto opened = Store::open(folder_);
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, Errc::Corrupt);
  EXPECT_NE(opened.error().message.find(kFile), std::string::npos);
}

}  // namespace dienstbereit::subscribers
