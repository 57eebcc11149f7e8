// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/shelf.h"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>
#include <unistd.h>

namespace dienstbereit::fallback::site {
namespace {

namespace fs = std::filesystem;

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class ShelfTest : public testing::Test {
 protected:
  ShelfTest() {
    std::string name = (fs::temp_directory_path() / "shelf-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    fs::create_directories(folder_ / "h");
    write("h/index.html", "<meta charset=\"windows-1252\"><body><!--@de--><p>Start");
    write("h/en.html", "<body><!--@en--><p>Welcome");
    write("h/logo.png", std::string(100'000, 'p'));
    write("h/style.css", std::string(50'000, ' '));
    copy_ = open("h");
    shelf_.set_copy(copy_);
  }
  ~ShelfTest() override { fs::remove_all(folder_); }

  void write(const std::string& path, const std::string& text) const {
    fs::create_directories((folder_ / path).parent_path());
    std::ofstream(folder_ / path) << text;
  }
  std::shared_ptr<const OpenCopy> open(const std::string& host) const {
    return std::make_shared<const OpenCopy>(
        OpenCopy{folder_, CopyIndex::read(folder_, {host}, 100).value(), Instant(Duration(7))});
  }
  Told told(PageLanguage language, std::optional<Instant> taken) const {
    Told made;
    made.lead = taken ? "Kopie" : "";
    made.state = state_;
    made.status_url = "https://lage.example/";
    made.status_label = language == PageLanguage::German ? "Lage" : "State";
    made.title = "Titel";
    made.contact = "Telefon 1";
    made.missing = "nicht in der Kopie";
    made.refused = "nichts gespeichert";
    made.off = "abgeschaltet";
    return made;
  }
  Reply get(const std::string& path, bool gzip = false, const std::string& method = "GET") {
    Asked asked;
    asked.method = method;
    asked.path = path;
    asked.gzip = gzip;
    return shelf_.answer(asked);
  }

  fs::path folder_;
  std::string state_ = "Alles da";
  Instant now_{std::chrono::hours(1)};
  std::shared_ptr<const OpenCopy> copy_;
  Shelf shelf_{
      [this](PageLanguage language, std::optional<Instant> taken) { return told(language, taken); },
      [this] { return now_; }};
};

TEST_F(ShelfTest, APageCarriesTheBannerOfThisMoment) {
  Reply first = get("/");
  EXPECT_EQ(first.status, 200);
  EXPECT_TRUE(contains(*first.body, "Alles da"));
  EXPECT_TRUE(contains(*first.body, "Kopie"));
  EXPECT_TRUE(contains(*first.body, "<p>Start"));
  EXPECT_TRUE(contains(first.fields, "charset=windows-1252"));
  EXPECT_TRUE(contains(first.fields, "Cache-Control: no-store"));
  EXPECT_TRUE(contains(first.fields, "script-src 'none'"));
  EXPECT_TRUE(contains(first.fields, "frame-ancestors 'none'"));
  EXPECT_EQ(get("/").body, first.body);  // kept
  state_ = "Vieles weg";
  EXPECT_TRUE(contains(*get("/").body, "Alles da"));
  shelf_.look();
  EXPECT_TRUE(contains(*get("/").body, "Vieles weg"));
  state_ = "Noch anders";
  now_ += kToldFor;
  EXPECT_TRUE(contains(*get("/").body, "Noch anders"));
  EXPECT_TRUE(contains(*get("/en").body, "State"));
}

TEST_F(ShelfTest, FilesGoStraightFromTheDiskAndTextsCompressed) {
  const Reply logo = get("/logo.png");
  EXPECT_TRUE(logo.file);
  EXPECT_EQ(logo.file_size, 100'000u);
  EXPECT_TRUE(contains(logo.fields, "Content-Type: image/png"));
  const Reply style = get("/style.css", true);
  ASSERT_TRUE(style.body);
  EXPECT_LT(style.body->size(), 1000u);
  EXPECT_TRUE(contains(style.fields, "Content-Encoding: gzip"));
  Asked again;
  again.method = "GET";
  again.path = "/logo.png";
  again.if_none_match = copy_->index.find("/logo.png", "")->etag;
  EXPECT_EQ(shelf_.answer(again).status, 304);
}

TEST_F(ShelfTest, WhatIsNotThereIsSaidWithTheBanner) {
  const Reply reply = get("/gone");
  EXPECT_EQ(reply.status, 404);
  EXPECT_TRUE(contains(*reply.body, "nicht in der Kopie"));
  EXPECT_TRUE(contains(*reply.body, "Alles da"));
}

TEST_F(ShelfTest, NothingCanBeSent) {
  const Reply reply = get("/", false, "POST");
  EXPECT_EQ(reply.status, 405);
  EXPECT_TRUE(contains(*reply.body, "nichts gespeichert"));
}

TEST_F(ShelfTest, TheDarkSiteStandsInForEveryAddress) {
  shelf_.set_mode(SiteMode::Dark);
  EXPECT_EQ(get("/").status, 200);
  EXPECT_TRUE(contains(*get("/").body, "Telefon 1"));
  EXPECT_FALSE(contains(*get("/").body, "Kopie"));
  EXPECT_EQ(get("/amt/").status, 503);
  write("d/index.html", "<body><!--@de--><p>Vorbereitet");
  shelf_.set_dark(open("d"));
  EXPECT_TRUE(contains(*get("/").body, "Vorbereitet"));
  EXPECT_EQ(get("/amt/").status, 503);
  EXPECT_TRUE(contains(*get("/amt/").body, "Vorbereitet"));
}

TEST_F(ShelfTest, WithoutACopyTheDarkPageIsShownAndOffIsOff) {
  shelf_.set_copy(nullptr);
  EXPECT_TRUE(contains(*get("/").body, "Telefon 1"));
  shelf_.set_mode(SiteMode::Off);
  EXPECT_EQ(get("/").status, 503);
  EXPECT_TRUE(contains(*get("/").body, "abgeschaltet"));
  shelf_.set_copy(copy_);
  shelf_.set_mode(SiteMode::Mirror);
  EXPECT_TRUE(contains(*get("/").body, "<p>Start"));
}

TEST_F(ShelfTest, AFileThatIsGoneMeanwhileIsNotThere) {
  fs::remove(folder_ / "h/logo.png");
  EXPECT_EQ(get("/logo.png").status, 404);
}

}  // namespace
}  // namespace dienstbereit::fallback::site
