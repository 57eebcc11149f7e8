// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/drawer.h"

#include <gtest/gtest.h>

#include "accounts/secrets.h"
#include "base/file.h"

namespace dienstbereit::app {
namespace {

struct Folder {
  Folder() : path(testing::TempDir() + "drawer-" + accounts::random_token()) {
    std::filesystem::create_directory(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

TEST(Drawer, AreKeptFoundAndErased) {
  const Folder folder;
  Drawer photos(folder.path / "photos", {3, 100});
  const auto id = photos.keep("the bytes");
  ASSERT_TRUE(id) << id.error().message;
  EXPECT_EQ(photos.find(*id).value(), "the bytes");
  namespace fs = std::filesystem;
  EXPECT_EQ(fs::status(folder.path / "photos").permissions() & fs::perms::others_all,
            fs::perms::none);
  ASSERT_TRUE(photos.keep("more"));
  EXPECT_EQ(photos.all().size(), 2u);
  EXPECT_TRUE(photos.erase(*id));
  EXPECT_FALSE(photos.find(*id));
  EXPECT_FALSE(photos.erase(*id));
}

TEST(Drawer, NothingOutsideTheFolderIsReachable) {
  const Folder folder;
  ASSERT_TRUE(write_file(folder.path / "secret", "geheim"));
  Drawer photos(folder.path / "photos", {3, 100});
  ASSERT_TRUE(photos.keep("x"));
  for (const char* id : {"../secret", "", ".", "..", "a/b", "a.b"}) {
    EXPECT_FALSE(photos.find(id)) << id;
    EXPECT_FALSE(photos.erase(id)) << id;
  }
  EXPECT_EQ(read_file(folder.path / "secret", 100).value(), "geheim");
}

TEST(Drawer, IsBounded) {
  const Folder folder;
  Drawer drawer(folder.path / "notes", {2, 4});
  EXPECT_TRUE(drawer.all().empty());
  EXPECT_FALSE(drawer.keep("12345"));
  EXPECT_TRUE(drawer.keep("1234"));
  EXPECT_TRUE(drawer.keep("1"));
  const auto refused = drawer.keep("2");
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::LimitExceeded);
}

}  // namespace
}  // namespace dienstbereit::app
