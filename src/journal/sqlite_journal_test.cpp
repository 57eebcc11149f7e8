// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/sqlite_journal.h"

#include <atomic>
#include <fstream>
#include <thread>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include "journal/journal_fixture.h"
#include "journal/reader.h"
#include "journal/verify.h"

namespace dienstbereit::journal {
namespace {

namespace fs = std::filesystem;

TEST(SqliteJournal, GoesOnAfterReopening) {
  ScratchFolder folder;
  auto journal = SqliteJournal::open(folder.path());
  ASSERT_TRUE(journal);
  ASSERT_TRUE((*journal)->append(sample_events(1, 3)));
  const Head head = (*journal)->head();
  journal->reset();
  journal = SqliteJournal::open(folder.path());
  ASSERT_TRUE(journal) << journal.error().message;
  EXPECT_EQ((*journal)->head(), head);
  ASSERT_TRUE((*journal)->append(sample_events(4, 3)));
  EXPECT_EQ(all_of(**journal).size(), 6u);
}

TEST(SqliteJournal, SecondWriterIsRefusedAndToldWhoHoldsTheFolder) {
  ScratchFolder folder;
  const auto first = SqliteJournal::open(folder.path());
  ASSERT_TRUE(first);
  const auto second = SqliteJournal::open(folder.path());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, Errc::Conflict);
  EXPECT_NE(second.error().message.find(fmt::format("process {}", ::getpid())), std::string::npos)
      << second.error().message;
}

TEST(SqliteJournal, KeepsItsFilesFromOtherUsers) {
  ScratchFolder folder;
  const fs::path dir = folder.path() / "data";
  const auto journal = SqliteJournal::open(dir);
  ASSERT_TRUE(journal) << journal.error().message;
  struct stat status{};
  ASSERT_EQ(::stat(dir.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0007, 0u);
  for (const char* name : {kJournalFile, "journal.db-wal", kLockFile}) {
    ASSERT_EQ(::stat((dir / name).c_str(), &status), 0) << name;
    EXPECT_EQ(status.st_mode & 0007, 0u) << name;
  }
}

TEST(SqliteJournal, RefusesAFileThatIsNoJournalAndLeavesIt) {
  ScratchFolder folder;
  const std::string text(5000, 'x');
  std::ofstream(folder.path() / kJournalFile) << text;
  const auto journal = SqliteJournal::open(folder.path());
  ASSERT_FALSE(journal);
  EXPECT_EQ(journal.error().code, Errc::Corrupt);
  EXPECT_EQ(fs::file_size(folder.path() / kJournalFile), text.size());
}

TEST(SqliteJournal, RefusesAnotherProgramsDatabaseAndANewerFormat) {
  for (const char* sql : {"CREATE TABLE t(x)", "PRAGMA user_version=2"}) {
    ScratchFolder folder;
    ASSERT_TRUE(SqliteJournal::open(folder.path()));
    if (std::string(sql).starts_with("CREATE")) fs::remove(folder.path() / kJournalFile);
    auto database =
        sqlite::Database::open(folder.path() / kJournalFile, sqlite::Database::Mode::Write);
    ASSERT_TRUE(database && database->execute(sql));
    EXPECT_FALSE(SqliteJournal::open(folder.path())) << sql;
    EXPECT_FALSE(JournalReader::open(folder.path())) << sql;
  }
}

TEST(SqliteJournal, RefusesAFolderThatCannotBe) {
  ScratchFolder folder;
  std::ofstream(folder.path() / "file") << "x";
  const auto journal = SqliteJournal::open(folder.path() / "file");
  ASSERT_FALSE(journal);
  EXPECT_NE(journal.error().message.find("file"), std::string::npos);
}

TEST(SqliteJournal, IsReadWhileItIsWritten) {
  ScratchFolder folder;
  auto journal = SqliteJournal::open(folder.path());
  ASSERT_TRUE(journal);
  const auto reader = JournalReader::open(folder.path());
  ASSERT_TRUE(reader) << reader.error().message;
  EXPECT_EQ(reader->head()->seq, 0u);
  ASSERT_TRUE((*journal)->append(sample_events(1, 5)));
  EXPECT_EQ(reader->head()->seq, 5u);
  ASSERT_TRUE((*journal)->append(sample_events(6, 5)));
  const auto report = verify(folder.path());
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(report->clean());
  EXPECT_EQ(report->records, 10u);
}

TEST(SqliteJournal, AnotherThreadReadsWholeBatchesInAGoodChainMeanwhile) {
  ScratchFolder folder;
  auto journal = SqliteJournal::open(folder.path(), {.checkpoint_pages = 20});
  ASSERT_TRUE(journal);
  ASSERT_TRUE((*journal)->append(sample_events(1, 10)));
  std::atomic<bool> done = false;
  std::thread reader([&] {
    std::uint64_t seen = 0;
    while (!done) {
      const auto report = verify(folder.path());
      ASSERT_TRUE(report) << report.error().message;
      EXPECT_TRUE(report->clean()) << to_text(*report);
      EXPECT_EQ(report->records % 10, 0u);
      EXPECT_GE(report->records, seen);
      seen = report->records;
    }
  });
  for (std::uint64_t seq = 11; seq <= 2000; seq += 10) {
    EXPECT_TRUE((*journal)->append(sample_events(seq, 10)));
  }
  done = true;
  reader.join();
}

TEST(SqliteJournal, IsReadAfterItStoppedEvenWhereNothingCanBeWritten) {
  ScratchFolder folder;
  auto journal = SqliteJournal::open(folder.path());
  ASSERT_TRUE(journal);
  ASSERT_TRUE((*journal)->append(sample_events(1, 5)));
  journal->reset();
  fs::permissions(folder.path(), fs::perms::owner_read | fs::perms::owner_exec);
  const auto report = verify(folder.path());
  fs::permissions(folder.path(), fs::perms::owner_all);
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_EQ(report->records, 5u);
}

TEST(SqliteJournal, ReaderNamesAMissingJournal) {
  ScratchFolder folder;
  const auto reader = JournalReader::open(folder.path());
  ASSERT_FALSE(reader);
  EXPECT_EQ(reader.error().code, Errc::NotFound);
}

TEST(SqliteJournal, FoldsTheLogInSoThatItStaysSmall) {
  ScratchFolder folder;
  auto journal = SqliteJournal::open(folder.path(), {.checkpoint_pages = 20});
  ASSERT_TRUE(journal);
  for (std::uint64_t seq = 1; seq <= 3000; seq += 10) {
    ASSERT_TRUE((*journal)->append(sample_events(seq, 10)));
  }
  EXPECT_LT(fs::file_size(folder.path() / "journal.db-wal"), 60u * 4096);
  EXPECT_GT(fs::file_size(folder.path() / kJournalFile), 3000u * 200);
}

TEST(SqliteJournal, ReadsAJournalLongerThanOnePieceWhole) {
  ScratchFolder folder;
  auto journal = SqliteJournal::open(folder.path());
  ASSERT_TRUE(journal);
  ASSERT_TRUE((*journal)->append(sample_events(1, 4000)));
  ASSERT_TRUE((*journal)->append(sample_events(4001, 1001)));
  const auto records = all_of(**journal, 2);
  ASSERT_EQ(records.size(), 5000u);
  for (std::size_t i = 1; i < records.size(); ++i) {
    ASSERT_EQ(records[i].previous, records[i - 1].hash);
  }
}

TEST(Disk, WarnsEarlyAndSaysWhatToDoInBothLanguages) {
  const DiskBounds bounds{.max_bytes = 1000 << 20, .min_free_bytes = 100 << 20};
  const std::uint64_t plenty = 10ULL << 30;
  const auto level = [&](std::uint64_t used, std::uint64_t free) {
    const DiskState state = judge_disk(bounds, used, free, 4096);
    EXPECT_EQ(state.level == DiskLevel::Ok, state.advice.de.empty());
    EXPECT_EQ(state.advice.de.empty(), state.advice.en.empty());
    return state.level;
  };
  EXPECT_EQ(level(700 << 20, plenty), DiskLevel::Ok);
  EXPECT_EQ(level(900 << 20, plenty), DiskLevel::Warning);
  EXPECT_EQ(level(1000 << 20, plenty), DiskLevel::Full);
  EXPECT_EQ(level(0, 300 << 20), DiskLevel::Warning);
  EXPECT_EQ(level(0, 100 << 20), DiskLevel::Full);
  EXPECT_EQ(level(0, 1000), DiskLevel::Full);
}

TEST(Disk, FullRefusesBeforeWritingAnything) {
  ScratchFolder folder;
  auto journal = SqliteJournal::open(folder.path(), {.disk = {.max_bytes = 200'000}});
  ASSERT_TRUE(journal);
  std::uint64_t seq = 1;
  Result<Head> head = (*journal)->append(sample_events(seq, 10));
  while (head && seq < 10'000) head = (*journal)->append(sample_events(seq += 10, 10));
  ASSERT_FALSE(head);
  EXPECT_EQ(head.error().code, Errc::LimitExceeded);
  EXPECT_NE(head.error().message.find("journal is full"), std::string::npos);
  EXPECT_EQ((*journal)->head().seq, seq - 1);
  journal->reset();
  EXPECT_LE(fs::file_size(folder.path() / kJournalFile), 200'000u);
  const auto report = verify(folder.path());
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->clean());
  EXPECT_EQ(report->records, seq - 1);
}

TEST(Disk, NotEnoughFreeSpaceRefusesToo) {
  ScratchFolder folder;
  auto journal = SqliteJournal::open(folder.path(), {.disk = {.min_free_bytes = 1ULL << 60}});
  ASSERT_TRUE(journal);
  EXPECT_EQ((*journal)->disk_state().level, DiskLevel::Full);
  const auto head = (*journal)->append(sample_events(1, 1));
  ASSERT_FALSE(head);
  EXPECT_EQ(head.error().code, Errc::LimitExceeded);
  EXPECT_TRUE(all_of(**journal).empty());
}

}  // namespace
}  // namespace dienstbereit::journal
