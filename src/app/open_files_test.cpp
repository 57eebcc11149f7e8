// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/open_files.h"

#include <gtest/gtest.h>
#include <sys/resource.h>

namespace dienstbereit::app {
namespace {

// The limits are the process's: each test puts the soft one back.
class OpenFiles : public testing::Test {
 protected:
  OpenFiles() { ::getrlimit(RLIMIT_NOFILE, &before_); }
  ~OpenFiles() override { ::setrlimit(RLIMIT_NOFILE, &before_); }
  void set_soft(rlim_t soft) const {
    const rlimit lowered{soft, before_.rlim_max};
    ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &lowered), 0);
  }
  static rlimit now() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    return limit;
  }
  rlimit before_{};
};

District with_probes(std::size_t count) {
  District district;
  district.probes.resize(count);
  return district;
}

TEST_F(OpenFiles, TheSoftLimitIsRaisedToTheHardOneWithinItsBound) {
  set_soft(128);
  const std::size_t allowed = raise_open_files();
  EXPECT_EQ(allowed, std::min<rlim_t>(before_.rlim_max, kMostOpenFiles));
  EXPECT_EQ(now().rlim_cur, allowed);
  EXPECT_EQ(now().rlim_max, before_.rlim_max);
}

TEST_F(OpenFiles, ALimitThatIsHighEnoughStays) {
  raise_open_files();
  const rlim_t high = now().rlim_cur;
  raise_open_files();
  EXPECT_EQ(now().rlim_cur, high);
}

TEST(OpenFilesNeeded, GrowsWithTheProbesUntilNoMoreRunAtOnce) {
  const std::size_t none = open_files_needed(with_probes(0));
  EXPECT_GT(none, 4000U);  // the connections of readers
  EXPECT_EQ(open_files_needed(with_probes(10)), none + 20);
  EXPECT_EQ(open_files_needed(with_probes(2000)), open_files_needed(with_probes(10'000)));
  EXPECT_LE(open_files_needed(with_probes(10'000)), kMostOpenFiles);
}

}  // namespace
}  // namespace dienstbereit::app
