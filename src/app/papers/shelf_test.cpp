// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/papers/shelf.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/file.h"

namespace dienstbereit::app {
namespace {

namespace fs = std::filesystem;

Instant at(const char* time) { return parse_rfc3339(time).value(); }

struct ShelfTest : testing::Test {
  ShelfTest() : folder(fs::temp_directory_path() / ("shelf." + std::to_string(::getpid()))) {
    fs::remove_all(folder);
    fs::create_directories(folder);
  }
  ~ShelfTest() override { fs::remove_all(folder); }
  void put(const char* time) {
    const auto done = shelf.put(at(time), "sealed");
    ASSERT_TRUE(done) << done.error().message;
  }

  fs::path folder;
  TimeZone zone = TimeZone::find("Europe/Berlin").value();
  Shelf shelf{folder, SiteId("S1"), zone};
};

TEST_F(ShelfTest, TheNewestIsFoundByItsNameAmongFilesOfOthers) {
  EXPECT_EQ(shelf.newest(), std::nullopt);
  put("2026-11-26T02:00:00+01:00");
  put("2026-11-27T02:00:00+01:00");
  ASSERT_TRUE(write_file(folder / "pack-S2-20261201-0200.html", "another site's"));
  ASSERT_TRUE(write_file(folder / "notes.txt", "somebody's"));
  EXPECT_EQ(shelf.newest(), at("2026-11-27T02:00:00+01:00"));
}

TEST_F(ShelfTest, OldOnesGoButNeverTheNewestOrFilesOfOthers) {
  put("2026-11-01T02:00:00+01:00");
  put("2026-11-02T02:00:00+01:00");
  ASSERT_TRUE(write_file(folder / "pack-S1-20261101-0300.html.new", "a writer was killed"));
  ASSERT_TRUE(write_file(folder / "notes.txt", "somebody's"));
  shelf.prune(at("2026-12-01T02:00:00+01:00"));
  EXPECT_EQ(shelf.newest(), at("2026-11-02T02:00:00+01:00"));
  EXPECT_FALSE(fs::exists(shelf.path_of(at("2026-11-01T02:00:00+01:00"))));
  EXPECT_FALSE(fs::exists(folder / "pack-S1-20261101-0300.html.new"));
  EXPECT_TRUE(fs::exists(folder / "notes.txt"));
}

TEST_F(ShelfTest, AFolderThatIsNotThereIsAnErrorAndEmpty) {
  const Shelf gone(folder / "gone", SiteId("S1"), zone);
  EXPECT_FALSE(gone.put(at("2026-11-27T02:00:00+01:00"), "x"));
  EXPECT_EQ(gone.newest(), std::nullopt);
}

TEST_F(ShelfTest, TheBookComesBackAsItWasWritten) {
  EXPECT_EQ(PaperBook::read(folder).error().code, Errc::NotFound);
  PaperBook book;
  book.handbook = at("2026-11-20T08:00:00+01:00");
  book.forms[SiteId("S1")] = {"2026-11-27", 15};
  ASSERT_TRUE(book.write(folder));
  const auto back = PaperBook::read(folder);
  ASSERT_TRUE(back) << back.error().message;
  EXPECT_EQ(back->handbook, book.handbook);
  EXPECT_EQ(back->forms.at(SiteId("S1")).given, 15u);
}

TEST_F(ShelfTest, ABrokenBookIsSaidAndNeverTakenForAnEmptyOne) {
  for (const char* text : {"", "[]", "{\"handbook\": \"soon\"}", "{\"forms\": {\"S1\": 3}}",
                           "{\"forms\": {\"S1\": {\"day\": 1, \"given\": -1}}}"}) {
    ASSERT_TRUE(write_file(folder / "shelf.json", text));
    const auto book = PaperBook::read(folder);
    ASSERT_FALSE(book) << text;
    EXPECT_EQ(book.error().code, Errc::Corrupt) << text;
  }
}

}  // namespace
}  // namespace dienstbereit::app
