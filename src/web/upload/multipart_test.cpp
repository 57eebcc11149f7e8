// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/upload/multipart.h"

#include <gtest/gtest.h>

namespace dienstbereit::web {
namespace {

const std::string kBody =
    "--xyz\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\nabc\r\n"
    "--xyz\r\ncontent-disposition: form-data; name=\"photo\"; filename=\"a.jpg\"\r\n"
    "Content-Type: image/jpeg\r\n\r\n\xFF\xD8\r\n--xy\r\n\xFF\r\n--xyz--\r\n";

TEST(Multipart, GivesTheBytesOfEachPart) {
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=xyz"), "xyz");
  EXPECT_EQ(boundary_of("Multipart/Form-Data; charset=utf-8; boundary=\"x y\""), "x y");
  const auto form = parse_multipart(kBody, "xyz");
  ASSERT_TRUE(form);
  EXPECT_EQ(form->parts.size(), 2u);
  EXPECT_EQ(form->value("csrf"), "abc");
  EXPECT_EQ(form->value("photo"), "\xFF\xD8\r\n--xy\r\n\xFF");
  EXPECT_EQ(form->value("nothing"), "");
}

TEST(Multipart, RefusesWhatIsBrokenOrTooMuch) {
  for (const char* type :
       {"multipart/form-data", "text/plain; boundary=x", "", "multipart/form-data; boundary="}) {
    EXPECT_EQ(boundary_of(type), "") << type;
  }
  EXPECT_EQ(boundary_of("multipart/form-data; boundary=" + std::string(71, 'a')), "");
  for (std::size_t cut = 0; cut + 4 < kBody.size(); ++cut) {
    EXPECT_FALSE(parse_multipart(kBody.substr(0, cut), "xyz")) << cut;
  }
  EXPECT_FALSE(parse_multipart(kBody, "abc"));
  EXPECT_FALSE(parse_multipart(kBody, ""));
  std::string many;
  for (std::size_t i = 0; i <= kPartsMax; ++i) {
    many += "--x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n";
  }
  EXPECT_FALSE(parse_multipart(many + "--x--\r\n", "x"));
  const std::string header(kPartHeaderBytesMax, 'h');
  EXPECT_FALSE(parse_multipart("--x\r\n" + header + "\r\n\r\n1\r\n--x--\r\n", "x"));
}

}  // namespace
}  // namespace dienstbereit::web
