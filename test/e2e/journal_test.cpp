// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "program.h"

namespace dienstbereit::e2e {
namespace {

constexpr const char* kVorlage = "examples/vorlage";

}  // namespace

TEST(JournalStory, TheHeadOnThePageIsInTheJournalAndInItsBackup) {
  const servers::TempFolder folder;
  const auto file = (folder.path() / "journal.backup").string();
  const auto restored = (folder.path() / "restored").string();
  Server server(kVorlage);
  ASSERT_EQ(server.command({"set", "A36", "closed", "--text", "Wasserschaden"}).code, 0);
  // From here on the page stays as it is: the head is of one edition all along.
  ASSERT_TRUE(await([&] { return server.state_at("A36", "HAUS") == "closed"; }));
  const std::string head = server.json("/api/v1/situation")["head"];
  ASSERT_EQ(head.size(), 16u) << head;
  EXPECT_NE(server.page("/").find(head), std::string::npos);
  EXPECT_NE(server.page("/en/").find(head), std::string::npos);

  const std::string data = server.data().string();
  EXPECT_EQ(run({"journal", "verify", data, "--head", head}).code, 0) << "while it is served";
  const Outcome backup = server.command({"journal", "backup", file});
  ASSERT_EQ(backup.code, 0) << backup.err;
  EXPECT_EQ(run({"journal", "verify", file, "--head", head}).code, 0);
  EXPECT_EQ(run({"journal", "verify", file, "--head", "0123456789abcdef"}).code, 1);
  EXPECT_EQ(server.command({"journal", "backup", file}).code, 2) << "never over another file";
  server.stop();

  ASSERT_EQ(run({"journal", "restore", file, restored}).code, 0);
  EXPECT_EQ(run({"journal", "restore", file, restored}).code, 2) << "never over another journal";
  EXPECT_EQ(run({"journal", "verify", restored, "--head", head}).code, 0);
  const Outcome shown = run({"journal", "show", restored, "--type", "word_set"});
  EXPECT_NE(shown.out.find("Wasserschaden"), std::string::npos) << shown.out << shown.err;
}

TEST(JournalStory, AWordStandsAgainAfterTheProgramIsKilledAndStarted) {
  Server server(kVorlage);
  ASSERT_EQ(server.command({"set", "ALL", "closed", "--text", "Blitzschlag"}).code, 0);
  server.kill();
  server.start();
  server.wait_until_ready();
  EXPECT_TRUE(await([&] { return server.state_at("A36", "HAUS") == "closed"; }));
  EXPECT_NE(server.page("/").find("Blitzschlag"), std::string::npos) << server.page("/");
}

TEST(JournalStory, ASecondProgramOnTheSameDataIsRefused) {
  const Server server(kVorlage);
  const Outcome second =
      run({"serve", "--listen", "127.0.0.1:0", "--data", server.data().string(), kVorlage});
  EXPECT_EQ(second.code, 2) << second.err;
  EXPECT_EQ(server.ask("GET", "/api/v1/situation").status, 200) << "the first works on";
}

}  // namespace dienstbereit::e2e
