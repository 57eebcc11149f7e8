// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"

#include <gtest/gtest.h>

namespace dienstbereit {
namespace {

// RFC 4648, section 10.
TEST(Base64, GivesTheVectorsOfTheStandard) {
  for (const auto& [bytes, text] : {std::pair("", ""), std::pair("f", "Zg=="),
                                    std::pair("fo", "Zm8="), std::pair("foobar", "Zm9vYmFy")}) {
    EXPECT_EQ(to_base64(bytes), text);
    EXPECT_EQ(from_base64(text), bytes);
  }
}

TEST(Base64, TakesBackAnyBytesAndNothingElse) {
  std::string all;
  for (int byte = 0; byte < 256; ++byte) all += static_cast<char>(byte);
  EXPECT_EQ(from_base64(to_base64(all)), all);
  for (const char* wrong :
       {"Zg", "Zg=", "Z===", "Zh==", "Zg==\n", "Zm9v YmFy", "====", "Zm9v*A=="}) {
    EXPECT_FALSE(from_base64(wrong)) << wrong;
  }
}

}  // namespace
}  // namespace dienstbereit
