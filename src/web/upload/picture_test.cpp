// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/upload/picture.h"

#include <gtest/gtest.h>

namespace dienstbereit::web {
namespace {

std::string segment(char marker, const std::string& content) {
  const std::size_t length = content.size() + 2;
  return std::string("\xFF") + marker + static_cast<char>(length >> 8) +
         static_cast<char>(length & 0xFF) + content;
}

std::string chunk(const std::string& type, const std::string& content) {
  return std::string(3, '\0') + static_cast<char>(content.size()) + type + content + "CRC!";
}

const std::string kScan = segment('\xDA', "head") + "\x11\x22\xFF\x00\x33" + "\xFF\xD9";
const std::string kPngHead("\x89PNG\r\n\x1A\n", 8);

TEST(Picture, AJpegLosesWhereAndWithWhatItWasTaken) {
  const std::string jfif = segment('\xE0', "JFIF\0\x01\x01");
  const std::string tables = segment('\xDB', "quantisation");
  const std::string told = "\xFF\xD8" + jfif + segment('\xE1', "Exif GPS 51.25 N") + tables +
                           segment('\xFE', "made by") + segment('\xED', "Photoshop") + kScan;
  const auto bare = bare_picture(told + "behind the end");
  ASSERT_TRUE(bare);
  EXPECT_EQ(*bare, "\xFF\xD8" + jfif + tables + kScan);
  EXPECT_EQ(bare_picture(*bare), bare);
  EXPECT_FALSE(is_png(*bare));
}

TEST(Picture, APngKeepsOnlyWhatDrawsIt) {
  const std::string drawn = chunk("IHDR", "13 bytes here") + chunk("IDAT", "data");
  const auto bare =
      bare_picture(kPngHead + chunk("IHDR", "13 bytes here") + chunk("eXIf", "GPS") +
                   chunk("IDAT", "data") + chunk("tEXt", "Author") + chunk("IEND", "") + "behind");
  ASSERT_TRUE(bare);
  EXPECT_EQ(*bare, kPngHead + drawn + chunk("IEND", ""));
  EXPECT_TRUE(is_png(*bare));
}

TEST(Picture, AnythingElseIsRefused) {
  for (const std::string& bytes :
       {std::string(), std::string("<svg/>"), std::string("GIF89a"),
        "\xFF\xD8" + kScan.substr(0, 8), kPngHead, kPngHead + chunk("IHDR", "x"),
        std::string("\xFF\xD8\xFF\xE1\x00\x01", 6),
        kPngHead + std::string("\xFF\xFF\xFF\xFFIDATabcdefgh", 16)}) {
    EXPECT_FALSE(bare_picture(bytes)) << bytes;
  }
  EXPECT_FALSE(bare_picture("\xFF\xD8" + kScan + std::string(kPictureBytesMax, 'x')));
}

}  // namespace
}  // namespace dienstbereit::web
