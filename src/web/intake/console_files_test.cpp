// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/intake/console_files.h"

#include <gtest/gtest.h>

#include <fstream>

#include <unistd.h>

namespace dienstbereit::web {
namespace {

namespace fs = std::filesystem;

class Console : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (fs::temp_directory_path() / "console-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    fs::create_directory(folder_ / "assets");
    write("index.html", "<p>counter</p>");
    write("office.html", "<p>office</p>");
    write("sw.js", "self");
    write("assets/counter-4f3a2b1c.js", "code");
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const std::string& name, const std::string& text) const {
    std::ofstream(folder_ / name) << text;
  }
  ConsoleFiles read() const {
    auto files = ConsoleFiles::read(folder_, true);
    EXPECT_TRUE(files) << files.error().message;
    return files ? std::move(*files) : ConsoleFiles();
  }
  std::string fields(const ConsoleFiles& files, const char* path) const {
    const PayloadPtr found = files.find(path, Encoding::Identity);
    return found ? std::string(found->fields()) : "none";
  }
  static bool has(const std::string& text, const char* part) {
    return text.find(part) != std::string::npos;
  }

  fs::path folder_;
};

TEST_F(Console, PagesAreAskedForAnewAndAssetsKeptForAYear) {
  const ConsoleFiles files = read();
  EXPECT_EQ(files.find("/intake/", Encoding::Identity)->body(), "<p>counter</p>");
  EXPECT_EQ(files.find("/intake/office", Encoding::Identity)->body(), "<p>office</p>");
  for (const char* path : {"/intake/", "/intake/office", "/intake/sw.js"}) {
    EXPECT_TRUE(has(fields(files, path), "Cache-Control: no-cache\r\n")) << path;
    EXPECT_TRUE(has(fields(files, path), "ETag: ")) << path;
  }
  const std::string asset = fields(files, "/intake/assets/counter-4f3a2b1c.js");
  EXPECT_TRUE(has(asset, "Cache-Control: public, max-age=31536000, immutable\r\n")) << asset;
  EXPECT_FALSE(has(asset, "no-store")) << asset;
  EXPECT_EQ(files.find("/intake/assets/counter-4f3a2b1c.js", Encoding::Identity)->body(), "code");
}

TEST_F(Console, TypesAndPolicyAreStrict) {
  const ConsoleFiles files = read();
  EXPECT_TRUE(has(fields(files, "/intake/"), "Content-Type: text/html; charset=utf-8\r\n"));
  EXPECT_TRUE(has(fields(files, "/intake/sw.js"), "Content-Type: text/javascript; charset=utf-8"));
  for (const char* path : {"/intake/", "/intake/assets/counter-4f3a2b1c.js"}) {
    EXPECT_TRUE(has(fields(files, path), "script-src 'self' 'wasm-unsafe-eval';")) << path;
    EXPECT_FALSE(has(fields(files, path), "unsafe-inline")) << path;
    EXPECT_TRUE(has(fields(files, path), "X-Content-Type-Options: nosniff")) << path;
  }
}

TEST_F(Console, OnlyWhatTheBuildHasMadeIsThere) {
  write("secret.key", "x");
  write(".hidden.js", "x");
  fs::create_symlink("/etc/passwd", folder_ / "passwd.txt");
  const ConsoleFiles files = read();
  for (const char* path : {"/intake/secret.key", "/intake/.hidden.js", "/intake/passwd.txt",
                           "/intake/../index.html", "/intake/index.html", "/intake/assets/"}) {
    EXPECT_EQ(files.find(path, Encoding::Identity), nullptr) << path;
  }
}

TEST_F(Console, AFolderThatIsNoBuildIsNamed) {
  EXPECT_TRUE(ConsoleFiles::read("", true)->empty());
  EXPECT_FALSE(ConsoleFiles::read(folder_ / "none", true));
  write("big.js", std::string(5u << 20, 'x'));
  EXPECT_FALSE(ConsoleFiles::read(folder_, true));
  fs::remove(folder_ / "big.js");
  fs::remove(folder_ / "index.html");
  const auto without = ConsoleFiles::read(folder_, true);
  ASSERT_FALSE(without);
  EXPECT_TRUE(has(without.error().message, "index.html")) << without.error().message;
}

}  // namespace
}  // namespace dienstbereit::web
