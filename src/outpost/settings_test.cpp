// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "outpost/settings.h"

#include <fstream>

#include <gtest/gtest.h>

namespace dienstbereit::outpost {
namespace {

struct OwnFile : testing::Test {
  std::filesystem::path folder = std::filesystem::path(testing::TempDir()) / "outpost-settings";
  OwnFile() { std::filesystem::create_directories(folder); }
  ~OwnFile() override { std::filesystem::remove_all(folder); }
  Result<Settings> read(const std::string& text) const {
    std::ofstream(folder / "outpost.yaml") << text;
    return read_settings(folder / "outpost.yaml");
  }
  std::string problem(const std::string& text) const {
    const auto settings = read(text);
    return settings ? "" : settings.error().message;
  }
};

constexpr const char* kWhole = "outpost: AUSSEN\nserver: https://lage.example/\n"
                               "connect_to: 192.0.2.7\ncredential: token\nca_file: ca.pem\n";

}  // namespace

TEST_F(OwnFile, NamesItsServerAndWhatItIs) {
  const auto settings = read(kWhole);
  ASSERT_TRUE(settings.has_value()) << settings.error().message;
  EXPECT_EQ(settings->outpost, OutpostId("AUSSEN"));
  EXPECT_EQ(settings->server, "https://lage.example");
  EXPECT_EQ(settings->ca_file, folder / "ca.pem");
}

TEST_F(OwnFile, EachMistakeIsNamedWithItsPlace) {
  EXPECT_NE(problem("outpost: A\nserver: http://lage.example\ncredential: t\n").find("https only"),
            std::string::npos);
  EXPECT_NE(problem("outpost: A\nsever: x\ncredential: t\n").find("outpost.yaml:2"),
            std::string::npos);
  EXPECT_NE(problem("outpost: A\nserver: https://a.example\n").find("'credential' is needed"),
            std::string::npos);
  EXPECT_NE(problem(std::string(kWhole) + "x: [").size(), 0u);
  EXPECT_NE(problem("- a\n- b\n").find("'outpost' is needed"), std::string::npos);
}

TEST_F(OwnFile, WithoutTlsOnlyThisMachineIsTold) {
  EXPECT_EQ(problem("outpost: A\nserver: http://127.0.0.1:8080\ncredential: t\n"), "");
  EXPECT_NE(problem("outpost: A\nserver: http://127.example:8080\ncredential: t\n"), "");
}

}  // namespace dienstbereit::outpost
