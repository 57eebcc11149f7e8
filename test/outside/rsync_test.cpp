// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <thread>

#include <gtest/gtest.h>

#include "bed.h"
#include "servers/sshd.h"

namespace dienstbereit::outside {
namespace {

constexpr std::size_t kHeavy = 80u << 20;  // bytes: long enough on its way to be cut off

struct FarMachine : testing::Test {
  FarMachine() {
    keep_file("login", sshd.identity());
    keep_file("host", sshd.known_hosts());
    keep_file("other", sshd.other_hosts());
    RsyncTarget rsync;
    rsync.address = "127.0.0.1";
    rsync.port = sshd.port();
    rsync.user = sshd.user();
    rsync.path = (far.path() / "lage").string();
    rsync.identity = "login";
    rsync.known_hosts = "host";
    target.id = PublishId("far");
    target.to = rsync;
    target.from = "127.0.0.1";
  }

  void keep_file(const std::string& name, const fs::path& file) const {
    bed.keep(name, read(file));
  }
  RsyncTarget& rsync() { return std::get<RsyncTarget>(target.to); }
  std::string shown(const std::string& path) const { return read(far.path() / "lage" / path); }

  Bed bed;
  servers::Sshd sshd;
  servers::TempFolder far;
  PublishTarget target;
};

TEST_F(FarMachine, TurnsALinkFromOneWholeCopyToTheNext) {
  const auto first = bed.push(target, copy_of("one"));
  ASSERT_TRUE(first) << first.error().message << sshd.output();
  EXPECT_EQ(shown("index.html"), "start one mark-one");
  const auto where = fs::read_symlink(far.path() / "lage");
  StaticCopy copy = copy_of("two");
  copy.files.erase(copy.files.begin());
  ASSERT_TRUE(bed.push(target, copy));
  EXPECT_NE(fs::read_symlink(far.path() / "lage"), where);
  EXPECT_EQ(shown("en/office/A1.html"), "en/office/A1.html two");
  ASSERT_TRUE(bed.push(target, copy));
  EXPECT_EQ(fs::read_symlink(far.path() / "lage"), where);
  EXPECT_FALSE(fs::exists(far.path() / "lage/api"));  // of the copy that lay there before
}

TEST_F(FarMachine, CutOffInTheMiddleItLeavesTheCopyBefore) {
  ASSERT_TRUE(bed.push(target, copy_of("one")));
  Result<void> pushed;
  std::thread pusher([&] { pushed = bed.push(target, copy_of("two", kHeavy)); });
  const bool begun = await([&] { return fs::exists(far.path() / "lage.2/amt"); });
  bed.cancel.cancel();
  pusher.join();
  ASSERT_TRUE(begun);
  ASSERT_FALSE(pushed) << "it was not cut off in the middle";
  EXPECT_EQ(shown("index.html"), "start one mark-one");
  EXPECT_EQ(shown("amt/A1.html"), "amt/A1.html one");

  Bed again;
  for (const char* name : {"login", "host"}) {
    again.keep(name, read(bed.folder.path() / "secrets" / name));
  }
  const auto next = again.push(target, copy_of("three"));
  ASSERT_TRUE(next) << next.error().message;
  EXPECT_EQ(shown("amt/A1.html"), "amt/A1.html three");
  EXPECT_FALSE(fs::exists(far.path() / "lage/amt/heavy.html"));
}

TEST_F(FarMachine, AnotherHostsKeyIsRefused) {
  rsync().known_hosts = "other";
  const auto pushed = bed.push(target, copy_of("one"));
  ASSERT_FALSE(pushed);
  EXPECT_NE(pushed.error().message.find("verification failed"), std::string::npos)
      << pushed.error().message;
  EXPECT_FALSE(fs::exists(far.path() / "lage"));
}

TEST_F(FarMachine, AFolderOfOthersIsNotReplaced) {
  fs::create_directory(far.path() / "lage");
  far.write("lage/letter.txt", "dear");
  const auto pushed = bed.push(target, copy_of("one"));
  ASSERT_FALSE(pushed);
  EXPECT_EQ(shown("letter.txt"), "dear");
}

TEST_F(FarMachine, AMissingCredentialIsNamed) {
  rsync().identity = "nobody";
  const auto pushed = bed.push(target, copy_of("one"));
  ASSERT_FALSE(pushed);
  EXPECT_EQ(pushed.error().code, Errc::NotFound);
  EXPECT_NE(pushed.error().message.find("nobody"), std::string::npos);
}

TEST_F(FarMachine, AMachineThatIsAwayIsSaidAndTakenUpAgain) {
  sshd.stop();
  const auto pushed = bed.push(target, copy_of("one"));
  ASSERT_FALSE(pushed);
  EXPECT_NE(pushed.error().message.find("looking at the folder there"), std::string::npos);
  EXPECT_NE(pushed.error().message.find("refused"), std::string::npos) << pushed.error().message;
  sshd.start();
  ASSERT_TRUE(bed.push(target, copy_of("one")));
  EXPECT_EQ(shown("index.html"), "start one mark-one");
}

}  // namespace
}  // namespace dienstbereit::outside
