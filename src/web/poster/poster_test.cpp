// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/poster/poster.h"

#include <gtest/gtest.h>

namespace dienstbereit::web {
namespace {

bool has(const std::string& pdf, const std::string& part) {
  return pdf.find(part) != std::string::npos;
}

TEST(Poster, IsOneA4PageWithItsFontAndTitle) {
  const auto pdf =
      poster_pdf({"Geschlossen: Straßenverkehrsamt", "Ä ö ü ß\n\nTelefon 115", "Kreis"});
  ASSERT_TRUE(pdf) << pdf.error().message;
  EXPECT_TRUE(pdf->starts_with("%PDF-"));
  EXPECT_TRUE(has(*pdf, "/FontFile2")) << "the font is embedded";
  EXPECT_TRUE(has(*pdf, "/Title"));
  EXPECT_TRUE(has(*pdf, "/Count 1"));
}

TEST(Poster, TheSameTextGivesTheSameBytes) {
  const PosterText text{"Heute geschlossen", "Telefon 115", "Kreis"};
  EXPECT_EQ(poster_pdf(text).value(), poster_pdf(text).value());
}

TEST(Poster, EvenTheLongestTextStaysOnOnePage) {
  for (const std::string& body :
       {std::string(20'000, 'x'), std::string(20'000, '\n'), std::string(20'000, ' '),
        std::string("\xF0\x9F\x9A\xAA \xD7\xA9\xD7\x9C \xE2\x80\xAE (]) \\ \x01 \xFF")}) {
    const auto pdf = poster_pdf({body.substr(0, 200), body, ""});
    ASSERT_TRUE(pdf) << pdf.error().message;
    EXPECT_TRUE(has(*pdf, "/Count 1"));
  }
}

}  // namespace
}  // namespace dienstbereit::web
