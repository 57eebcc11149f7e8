// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "publish/publisher.h"

#include <vector>

#include <gtest/gtest.h>

#include "bed.h"

namespace dienstbereit::outside {
namespace {

// A publisher whose pages say whatever `text` is.
struct Press : testing::Test {
  Press() { district.publish = {server.target(true)}; }

  publish::Ports ports() {
    return {[this] { return clock.now(); },
            [this] {
              const std::lock_guard lock(mutex);
              return text;
            },
            [this](const PublishTarget& target) {
              const std::lock_guard lock(mutex);
              StaticCopy copy = copy_of(text);
              copy.valid_until = clock.now() + target.valid_for;
              return copy;
            },
            [this](const PublishId&, const publish::Settled& settled) {
              const std::lock_guard lock(mutex);
              reports.push_back(settled);
            }};
  }
  void say(const std::string& news) {
    {
      const std::lock_guard lock(mutex);
      text = news;
    }
    publisher.look();
  }
  bool serves(const std::string& news) const {
    const fs::path page = server.root() / "lage/index.html";
    return await([&] { return read(page).starts_with("start " + news); });
  }
  bool reported(std::size_t count, bool ok) {
    return await([&] {
      const std::lock_guard lock(mutex);
      return reports.size() == count && reports.back().ok == ok;
    });
  }

  Bed bed;
  DavServer server{bed};
  District district;
  runtime::Clock clock{Instant(std::chrono::hours(24 * 20'000))};
  std::mutex mutex;
  std::string text;
  std::vector<publish::Settled> reports;
  publish::Publisher publisher{ports(), bed.tools};
};

TEST_F(Press, SendsWhatIsNewProvesItAndSaysSoOnce) {
  publisher.use(district);
  EXPECT_TRUE(reports.empty());
  say("one");
  EXPECT_TRUE(serves("one"));
  EXPECT_TRUE(reported(1, true));
  say("two");
  EXPECT_TRUE(serves("two"));
  EXPECT_TRUE(reported(1, true));
}

TEST_F(Press, AServerThatIsAwayIsReportedAndServedAgainWhenItIsBack) {
  publisher.use(district);
  say("one");
  ASSERT_TRUE(reported(1, true));
  server.nginx().stop();
  say("two");
  ASSERT_TRUE(reported(2, false));
  EXPECT_FALSE(reports.back().detail.empty());
  say("three");
  server.nginx().start();
  EXPECT_TRUE(serves("three"));
  EXPECT_TRUE(reported(3, true));
}

TEST_F(Press, ACopyThatIsNotServedIsNoCopy) {
  district.publish[0].verify_url = server.url("elsewhere/index.html");
  publisher.use(district);
  say("one");
  EXPECT_TRUE(serves("one"));
  EXPECT_TRUE(reported(1, false));
  EXPECT_NE(reports.back().detail.find("404"), std::string::npos);
}

TEST_F(Press, AnOldCopyBehindTheAddressIsSeen) {
  fs::create_directories(server.root() / "cache");
  bed.folder.write("old", "");
  std::filesystem::copy_file(bed.folder.path() / "old", server.root() / "cache/index.html");
  district.publish[0].verify_url = server.url("cache/index.html");
  publisher.use(district);
  say("one");
  EXPECT_TRUE(reported(1, false));
  EXPECT_NE(reports.back().detail.find("does not serve the copy"), std::string::npos);
}

TEST_F(Press, ADistrictWithoutTheTargetEndsIt) {
  publisher.use(district);
  say("one");
  ASSERT_TRUE(reported(1, true));
  publisher.use(District());
  say("two");
  publisher.close();
  EXPECT_TRUE(serves("one"));
}

}  // namespace
}  // namespace dienstbereit::outside
