// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "publish/folder.h"

#include <stdlib.h>

#include <fstream>
#include <sstream>

#include <gtest/gtest.h>

namespace dienstbereit::publish {
namespace {

namespace fs = std::filesystem;

StaticCopy copy_of(const std::string& text) {
  StaticCopy copy;
  copy.mark = "mark-" + text;
  copy.files = {{"amt/A1.html", "office " + text}, {"index.html", "home " + text}};
  return copy;
}

struct FolderCopy : testing::Test {
  FolderCopy() {
    std::string name = (fs::temp_directory_path() / "dienstbereit-folder-XXXXXX").string();
    base = ::mkdtemp(name.data());
  }
  ~FolderCopy() override { fs::remove_all(base); }

  std::string read(const std::string& path) const {
    std::ifstream file(base / path);
    std::stringstream text;
    text << file.rdbuf();
    return text.str();
  }
  std::vector<std::string> beside() const {
    std::vector<std::string> names;
    for (const auto& entry : fs::directory_iterator(base)) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }

  fs::path base;
};

TEST_F(FolderCopy, MakesTheFolderAndReplacesItAsAWhole) {
  ASSERT_TRUE(write_folder(base / "www", copy_of("one")));
  EXPECT_EQ(read("www/amt/A1.html"), "office one");
  StaticCopy next = copy_of("two");
  next.files.erase(next.files.begin());
  ASSERT_TRUE(write_folder(base / "www", next));
  EXPECT_EQ(read("www/index.html"), "home two");
  EXPECT_FALSE(fs::exists(base / "www/amt"));  // nothing of the copy before is left
  EXPECT_EQ(beside(), std::vector<std::string>{"www"});
}

TEST_F(FolderCopy, ATrailingSlashIsTheSameFolder) {
  ASSERT_TRUE(write_folder((base / "www").string() + "/", copy_of("one")));
  EXPECT_EQ(read("www/index.html"), "home one");
}

TEST_F(FolderCopy, TurnsASymbolicLinkFromOneNameToTheOther) {
  fs::create_directory(base / "first");
  fs::create_symlink("first", base / "www");
  for (const char* text : {"one", "two", "three"}) {
    ASSERT_TRUE(write_folder(base / "www", copy_of(text)));
    EXPECT_EQ(read("www/index.html"), std::string("home ") + text);
    EXPECT_TRUE(fs::is_symlink(base / "www"));
  }
  EXPECT_TRUE(fs::exists(base / "first"));  // it was not ours
}

TEST_F(FolderCopy, NeverRemovesWhatIsNotOurs) {
  fs::create_directory(base / "home");
  std::ofstream(base / "home/letter.txt") << "dear";
  const auto written = write_folder(base / "home", copy_of("one"));
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().code, Errc::Conflict);
  EXPECT_EQ(read("home/letter.txt"), "dear");
  EXPECT_EQ(beside(), std::vector<std::string>{"home"});
}

TEST_F(FolderCopy, ClearsUpAfterAWriterThatWasKilled) {
  fs::create_directories(base / ".www.new/amt");
  std::ofstream(base / ".www.new/half.html") << "half";
  ASSERT_TRUE(write_folder(base / "www", copy_of("one")));
  EXPECT_FALSE(fs::exists(base / "www/half.html"));
  EXPECT_EQ(beside(), std::vector<std::string>{"www"});
}

TEST_F(FolderCopy, AFailureLeavesTheCopyBefore) {
  ASSERT_TRUE(write_folder(base / "www", copy_of("one")));
  StaticCopy broken = copy_of("two");
  broken.files.push_back({"index.html/x", "a file below a file"});
  ASSERT_FALSE(write_folder(base / "www", broken));
  EXPECT_EQ(read("www/index.html"), "home one");
  EXPECT_EQ(beside(), std::vector<std::string>{"www"});
  EXPECT_FALSE(write_folder(base / "missing/www", broken));
}

}  // namespace
}  // namespace dienstbereit::publish
