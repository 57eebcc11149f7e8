// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/backup.h"

#include <fstream>

#include <gtest/gtest.h>

#include "journal/journal_fixture.h"
#include "journal/reader.h"
#include "journal/sqlite_journal.h"

namespace dienstbereit::journal {
namespace {

namespace fs = std::filesystem;

class Backup : public testing::Test {
 protected:
  void SetUp() override {
    auto opened = SqliteJournal::open(folder_.path() / "data");
    ASSERT_TRUE(opened);
    journal_ = std::move(*opened);
    ASSERT_TRUE(journal_->append(sample_events(1, 50)));
  }

  ScratchFolder folder_;
  fs::path file_ = folder_.path() / "backup.db";
  fs::path target_ = folder_.path() / "restored";
  std::unique_ptr<SqliteJournal> journal_;
};

TEST_F(Backup, OfARunningJournalRestoresToTheSame) {
  const auto made = journal_->backup(file_);
  ASSERT_TRUE(made) << made.error().message;
  const auto before = all_of(*journal_);
  ASSERT_TRUE(journal_->append(sample_events(51, 5)));
  const auto restored = restore(file_, target_);
  ASSERT_TRUE(restored) << restored.error().message;
  EXPECT_EQ(restored->records, 50u);
  const auto journal = SqliteJournal::open(target_);
  ASSERT_TRUE(journal) << journal.error().message;
  EXPECT_EQ(all_of(**journal), before);
  EXPECT_TRUE((*journal)->append(sample_events(51, 5)));
  EXPECT_EQ((*journal)->head(), journal_->head());
}

TEST_F(Backup, LeavesOneFileAndIsVerifiedWithoutLeavingMore) {
  ASSERT_TRUE(journal_->backup(file_));
  const auto report = verify(file_, journal_->head().text());
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->head_match, HeadMatch::Last);
  std::size_t entries = 0;
  for (const auto& entry : fs::directory_iterator(folder_.path())) entries += entry.exists();
  EXPECT_EQ(entries, 2u) << "the data folder and the backup";
}

TEST_F(Backup, NeverOverwrites) {
  std::ofstream(file_) << "precious";
  const auto made = journal_->backup(file_);
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().code, Errc::Conflict);
  EXPECT_EQ(fs::file_size(file_), 8u);
  EXPECT_TRUE(journal_->append(sample_events(51, 1))) << "a failed backup harms nothing";
}

TEST_F(Backup, IntoAMissingFolderIsAnErrorThatNamesIt) {
  const auto made = journal_->backup(folder_.path() / "nowhere" / "backup.db");
  ASSERT_FALSE(made);
  EXPECT_NE(made.error().message.find("nowhere"), std::string::npos) << made.error().message;
}

TEST_F(Backup, IsNotRestoredOverAnything) {
  ASSERT_TRUE(journal_->backup(file_));
  fs::create_directory(target_);
  std::ofstream(target_ / "letter.txt") << "x";
  const auto restored = restore(file_, target_);
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().code, Errc::Conflict);
  EXPECT_FALSE(fs::exists(target_ / kJournalFile));
  EXPECT_FALSE(restore(file_, folder_.path() / "data"));
}

TEST_F(Backup, BadOneIsNotRestored) {
  ASSERT_TRUE(journal_->backup(file_));
  {
    auto database = sqlite::Database::open(file_, sqlite::Database::Mode::Write);
    ASSERT_TRUE(database && database->execute("UPDATE event SET actor='root' WHERE seq=3"));
  }
  const auto restored = restore(file_, target_);
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().code, Errc::Corrupt);
  EXPECT_NE(restored.error().message.find("record 3 is bad"), std::string::npos);
  EXPECT_FALSE(fs::exists(target_));
}

TEST_F(Backup, MissingOneIsNamed) {
  const auto restored = restore(folder_.path() / "none.db", target_);
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().code, Errc::NotFound);
}

TEST(MemoryBackup, IsRefused) {
  MemoryJournal journal;
  EXPECT_FALSE(journal.backup("anywhere"));
}

}  // namespace
}  // namespace dienstbereit::journal
