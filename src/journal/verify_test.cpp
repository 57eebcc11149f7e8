// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/verify.h"

#include <fstream>
#include <iterator>

#include <gtest/gtest.h>

#include "journal/journal_fixture.h"
#include "journal/reader.h"
#include "journal/sqlite_journal.h"

namespace dienstbereit::journal {
namespace {

class Verify : public testing::Test {
 protected:
  void SetUp() override {
    auto journal = SqliteJournal::open(folder_.path());
    ASSERT_TRUE(journal);
    ASSERT_TRUE((*journal)->append(sample_events(1, 20)));
    records_ = all_of(**journal);
  }

  // Changes the stopped journal as a forger with a shell would.
  void forge(const std::string& sql) {
    auto database = sqlite::Database::open(file(), sqlite::Database::Mode::Write);
    ASSERT_TRUE(database);
    const auto done = database->execute(sql);
    ASSERT_TRUE(done) << done.error().message;
  }

  // Rewrites record `seq` and every hash after it: a forger who knows the format.
  void forge_with_hashes(std::uint64_t seq, void (*change)(Record&)) {
    std::string scratch;
    Digest previous = records_[seq - 2].hash;
    for (std::uint64_t i = seq; i <= records_.size(); ++i) {
      Record& record = records_[i - 1];
      if (i == seq) change(record);
      record.previous = previous;
      record.hash = previous = hash_of(record, scratch);
      forge(fmt::format("UPDATE event SET site='{}', epoch={}, logical={}, payload='{}', "
                        "hash=x'{}' WHERE seq={}",
                        record.site, record.epoch, record.logical.time_since_epoch().count(),
                        record.payload, to_hex(record.hash), i));
    }
  }

  std::filesystem::path file() const { return folder_.path() / kJournalFile; }

  std::string file_bytes() const {
    std::ifstream in(file(), std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  void overwrite(const std::string& bytes) const {
    std::ofstream(file(), std::ios::binary | std::ios::trunc) << bytes;
  }

  void expect_bad(std::uint64_t seq, const std::string& words) {
    const auto report = verify(folder_.path());
    ASSERT_TRUE(report) << report.error().message;
    ASSERT_TRUE(report->bad) << words;
    EXPECT_FALSE(report->clean());
    EXPECT_EQ(report->bad->seq, seq) << report->bad->what;
    EXPECT_NE(report->bad->what.find(words), std::string::npos) << report->bad->what;
    EXPECT_NE(to_text(*report).find(fmt::format("record {} is bad", seq)), std::string::npos);
  }

  ScratchFolder folder_;
  std::vector<Record> records_;
};

TEST_F(Verify, GoodJournalIsClean) {
  const auto report = verify(folder_.path());
  ASSERT_TRUE(report);
  EXPECT_TRUE(report->clean());
  EXPECT_EQ(report->records, 20u);
  EXPECT_EQ(report->head, head_after(records_.back()));
  EXPECT_NE(to_text(*report).find("20 records good"), std::string::npos);
}

TEST_F(Verify, EveryChangedFieldIsFound) {
  for (const char* set : {"site='q'", "epoch=9", "logical=logical+1", "observed=0", "recorded=0",
                          "actor='root'", "type='word_set'", "version=2",
                          "payload=replace(payload,'refused','accepted')", "hash=zeroblob(32)"}) {
    forge("CREATE TABLE kept AS SELECT * FROM event WHERE seq = 7");
    forge(fmt::format("UPDATE event SET {} WHERE seq = 7", set));
    const auto report = verify(folder_.path());
    ASSERT_TRUE(report) << set;
    ASSERT_TRUE(report->bad) << set;
    EXPECT_EQ(report->bad->seq, 7u) << set;
    forge("REPLACE INTO event SELECT * FROM kept; DROP TABLE kept");
  }
  EXPECT_TRUE(verify(folder_.path())->clean());
}

TEST_F(Verify, MissingRecordIsNamed) {
  forge("DELETE FROM event WHERE seq = 7");
  expect_bad(8, "record 7 is missing");
}

TEST_F(Verify, MissingBeginningIsNamed) {
  forge("DELETE FROM event WHERE seq < 4");
  expect_bad(4, "record 1 is missing");
}

TEST_F(Verify, ShortHashIsNamed) {
  forge("UPDATE event SET hash = x'00' WHERE seq = 7");
  expect_bad(7, "hash of 1 bytes");
}

TEST_F(Verify, OrderIsCheckedEvenIfTheHashesFit) {
  forge_with_hashes(7, [](Record& r) { r.logical -= std::chrono::hours(1); });
  expect_bad(7, "its time");
}

TEST_F(Verify, SiteIsCheckedEvenIfTheHashesFit) {
  forge_with_hashes(7, [](Record& r) { r.site = "filiale"; });
  expect_bad(7, "site 'filiale'");
}

TEST_F(Verify, EpochIsCheckedEvenIfTheHashesFit) {
  forge_with_hashes(7, [](Record& r) { r.epoch = 0; });
  expect_bad(7, "epoch 0");
}

TEST_F(Verify, PayloadMustBeDecodableEvenIfTheHashesFit) {
  forge_with_hashes(7, [](Record& r) { r.payload = "{}"; });
  expect_bad(7, "payload");
}

TEST_F(Verify, PrintedHeadTellsAWholeForgery) {
  const std::string printed = head_text(records_[9].hash);
  EXPECT_EQ(verify(folder_.path(), printed)->head_match, HeadMatch::Earlier);
  EXPECT_EQ(verify(folder_.path(), printed)->head_seq, 10u);
  forge_with_hashes(7, [](Record& r) { r.logical += Duration(1); });
  const auto report = verify(folder_.path(), printed);
  ASSERT_TRUE(report);
  EXPECT_FALSE(report->bad);
  EXPECT_EQ(report->head_match, HeadMatch::Absent);
  EXPECT_FALSE(report->clean());
}

TEST_F(Verify, PrintedHeadTellsACutEnd) {
  const std::string printed = head_text(records_.back().hash);
  EXPECT_EQ(verify(folder_.path(), printed)->head_match, HeadMatch::Last);
  forge("DELETE FROM event WHERE seq > 15");
  EXPECT_TRUE(verify(folder_.path())->clean());
  EXPECT_EQ(verify(folder_.path(), printed)->head_match, HeadMatch::Absent);
}

TEST_F(Verify, HeadThatIsNoneIsRefused) {
  for (const std::string& head :
       {std::string("1234567"), std::string("0123456789abcdeg"), std::string(65, 'a')}) {
    const auto report = verify(folder_.path(), head);
    ASSERT_FALSE(report) << head;
    EXPECT_EQ(report.error().code, Errc::InvalidInput);
  }
  EXPECT_TRUE(verify(folder_.path(), " " + to_hex(records_.back().hash) + "\n")->clean());
}

// Whatever byte of the file is damaged: an error or a bad record, or a byte that nothing uses.
// Never a crash, never a changed record called good.
TEST_F(Verify, DamagedBytesNeverPassAsGoodRecords) {
  const std::string good = file_bytes();
  constexpr std::size_t kStep = 37;
  for (std::size_t at = 0; at < good.size(); at += kStep) {
    std::string bad = good;
    bad[at] = static_cast<char>(bad[at] ^ 0x55);
    overwrite(bad);
    const auto report = verify(folder_.path());
    if (!report || !report->clean()) continue;
    const auto reader = JournalReader::open(folder_.path());
    ASSERT_TRUE(reader);
    std::vector<Record> read;
    ASSERT_TRUE(reader->read(1, [&](const Record& record) {
      read.push_back(record);
      return true;
    }));
    ASSERT_LE(read.size(), records_.size()) << "byte " << at;
    for (std::size_t i = 0; i < read.size(); ++i) EXPECT_EQ(read[i], records_[i]) << "byte " << at;
  }
}

TEST_F(Verify, TruncatedFileIsAnErrorOrBad) {
  const std::string good = file_bytes();
  constexpr std::size_t kStep = 1111;
  for (std::size_t keep = 0; keep < good.size(); keep += kStep) {
    overwrite(good.substr(0, keep));
    const auto report = verify(folder_.path(), head_text(records_.back().hash));
    EXPECT_FALSE(report && report->clean()) << keep;
  }
  overwrite(good);
  EXPECT_TRUE(verify(folder_.path())->clean());
}

}  // namespace
}  // namespace dienstbereit::journal
