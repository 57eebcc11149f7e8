// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/photos.h"

#include <gtest/gtest.h>

#include "accounts/secrets.h"
#include "base/file.h"

namespace dienstbereit::app {
namespace {

struct Folder {
  Folder() : path(testing::TempDir() + "photos-" + accounts::random_token()) {
    std::filesystem::create_directory(path);
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::filesystem::path path;
};

TEST(Photos, AreKeptFoundAndErased) {
  const Folder folder;
  Photos photos(folder.path / "photos");
  const auto id = photos.keep("the bytes");
  ASSERT_TRUE(id) << id.error().message;
  EXPECT_EQ(photos.find(*id).value(), "the bytes");
  namespace fs = std::filesystem;
  EXPECT_EQ(fs::status(folder.path / "photos").permissions() & fs::perms::others_all,
            fs::perms::none);
  EXPECT_TRUE(photos.erase(*id));
  EXPECT_FALSE(photos.find(*id));
  EXPECT_FALSE(photos.erase(*id));
}

TEST(Photos, NothingOutsideTheFolderIsReachable) {
  const Folder folder;
  ASSERT_TRUE(write_file(folder.path / "secret", "geheim"));
  Photos photos(folder.path / "photos");
  ASSERT_TRUE(photos.keep("x"));
  for (const char* id : {"../secret", "", ".", "..", "a/b", "a.b"}) {
    EXPECT_FALSE(photos.find(id)) << id;
    EXPECT_FALSE(photos.erase(id)) << id;
  }
  EXPECT_EQ(read_file(folder.path / "secret", 100).value(), "geheim");
}

}  // namespace
}  // namespace dienstbereit::app
