// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/copy.h"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

namespace dienstbereit::fallback::site {
namespace {

namespace fs = std::filesystem;

class CopyTest : public testing::Test {
 protected:
  CopyTest() {
    std::string name = (fs::temp_directory_path() / "copies-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~CopyTest() override { fs::remove_all(folder_); }

  void write(const std::string& path, const std::string& text) const {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path) << text;
  }
  CopyIndex index() const { return CopyIndex::read(folder_, {"h", "h2"}, 1000).value(); }
  static Instant at(int hour) { return Instant(std::chrono::hours(hour)); }

  fs::path folder_;
};

std::string found(const CopyIndex& index, const std::string& path, const std::string& query = "") {
  const CopyFile* file = index.find(path, query);
  return file ? file->path : "";
}

TEST_F(CopyTest, PagesAreFoundByTheAddressesOfTheRealSite) {
  for (const char* path : {"h/index.html", "h/amt/index.html", "h/kontakt.html",
                           "h/seite?id=7.html", "h/index.html?lang=en.html", "h/style.css?v=3.css",
                           "h/logo.png", "h/ämter/öffnung.html", "cdn/f.woff2", "h2/nur.html"}) {
    write(path, "x");
  }
  const CopyIndex all = index();
  EXPECT_EQ(found(all, "/"), "h/index.html");
  EXPECT_EQ(found(all, "/amt/"), "h/amt/index.html");
  EXPECT_EQ(found(all, "/amt"), "");
  EXPECT_TRUE(all.is_folder("/amt"));
  EXPECT_EQ(found(all, "/kontakt"), "h/kontakt.html");
  EXPECT_EQ(found(all, "/kontakt.html"), "h/kontakt.html");
  EXPECT_EQ(found(all, "/seite", "id=7"), "h/seite?id=7.html");
  EXPECT_EQ(found(all, "/seite?id=7.html"), "h/seite?id=7.html");
  EXPECT_EQ(found(all, "/", "lang=en"), "h/index.html?lang=en.html");
  EXPECT_EQ(found(all, "/logo.png", "v=9"), "h/logo.png");
  EXPECT_EQ(found(all, "/ämter/öffnung"), "h/ämter/öffnung.html");
  EXPECT_EQ(found(all, "/cdn/f.woff2"), "cdn/f.woff2");
  EXPECT_EQ(found(all, "/nur"), "h2/nur.html");
  EXPECT_EQ(found(all, "/h2/nur.html"), "h2/nur.html");
}

TEST_F(CopyTest, AnotherQueryIsAnotherPage) {
  write("h/index.html", "x");
  EXPECT_EQ(found(index(), "/", "id=5"), "");
}

TEST_F(CopyTest, NothingOutsideTheListCanBeAskedFor) {
  write("h/index.html", "x");
  write("secret.txt", "x");
  fs::create_symlink("/etc/passwd", folder_ / "h/link.html");
  const CopyIndex all = CopyIndex::read(folder_ / "h", {"h"}, 1000).value();
  for (const char* path :
       {"/../secret.txt", "/h/../../secret.txt", "/link.html", "//etc/passwd", "/./"}) {
    EXPECT_EQ(found(all, path), "") << path;
  }
}

TEST_F(CopyTest, MoreFilesThanTheBoundAreNoCopy) {
  for (int i = 0; i < 5; ++i) write("h/" + std::to_string(i), "x");
  EXPECT_EQ(CopyIndex::read(folder_, {"h"}, 4).error().code, Errc::LimitExceeded);
}

TEST_F(CopyTest, ADraftIsNothingUntilItIsFinished) {
  const Copies copies(folder_ / "c");
  ASSERT_TRUE(copies.open());
  const auto draft = copies.begin("2026-11-26T0200");
  ASSERT_TRUE(draft);
  EXPECT_TRUE(copies.list().empty());
  EXPECT_EQ(copies.current(), "");
  ASSERT_TRUE(copies.finish(*draft, {"", at(5), 3, 400}));
  ASSERT_EQ(copies.list().size(), 1u);
  EXPECT_EQ(copies.list()[0].name, "2026-11-26T0200");
  EXPECT_EQ(copies.list()[0].taken, at(5));
  EXPECT_EQ(copies.list()[0].bytes, 400u);
  EXPECT_EQ(copies.current(), "2026-11-26T0200");
  // Twice in a minute: two copies.
  EXPECT_EQ(copies.begin("2026-11-26T0200")->name, "2026-11-26T0200-2");
}

TEST_F(CopyTest, WhatAKillLeftBehindIsRemovedAndNeverServed) {
  const Copies copies(folder_ / "c");
  ASSERT_TRUE(copies.open());
  ASSERT_TRUE(copies.finish(copies.begin("a").value(), {"", at(1), 1, 1}));
  const auto half = copies.begin("b").value();
  write("c/.making-b/site/h/index.html", "half");
  EXPECT_EQ(copies.current(), "a");
  ASSERT_TRUE(Copies(folder_ / "c").open());
  EXPECT_FALSE(fs::exists(half.folder));
  EXPECT_EQ(copies.current(), "a");
}

TEST_F(CopyTest, OldOnesGoButTheCurrentOneStays) {
  const Copies copies(folder_ / "c");
  ASSERT_TRUE(copies.open());
  for (int i = 1; i <= 5; ++i) {
    ASSERT_TRUE(copies.finish(copies.begin(std::to_string(i)).value(), {"", at(i), 1, 1}));
  }
  EXPECT_EQ(copies.prune(2), 3u);
  ASSERT_EQ(copies.list().size(), 2u);
  EXPECT_EQ(copies.list()[0].name, "5");
  EXPECT_EQ(copies.prune(0), 1u);
  EXPECT_EQ(copies.list()[0].name, "5");
}

}  // namespace
}  // namespace dienstbereit::fallback::site
