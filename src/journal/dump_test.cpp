// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/dump.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "journal/journal_fixture.h"
#include "journal/sqlite_journal.h"

namespace dienstbereit::journal {
namespace {

class Dump : public testing::Test {
 protected:
  void SetUp() override {
    auto journal = SqliteJournal::open(folder_.path());
    ASSERT_TRUE(journal);
    auto events = sample_events(1, 9);
    events[4].payload = SamplesDropped{3};
    ASSERT_TRUE((*journal)->append(events));
    records_ = all_of(**journal);
  }

  std::vector<std::string> exported(const Selection& selection) {
    std::vector<std::string> lines;
    const auto reader = JournalReader::open(folder_.path());
    EXPECT_TRUE(reader && export_lines(*reader, selection, [&](std::string_view line) {
                  lines.emplace_back(line);
                  return true;
                }));
    return lines;
  }

  ScratchFolder folder_;
  std::vector<Record> records_;
};

TEST_F(Dump, ExportHasEveryFieldOfEveryRecord) {
  const auto lines = exported({});
  ASSERT_EQ(lines.size(), records_.size());
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto json = nlohmann::json::parse(lines[i]);
    const Record& record = records_[i];
    EXPECT_EQ(json["site"], record.site);
    EXPECT_EQ(json["epoch"], record.epoch);
    EXPECT_EQ(json["seq"], record.seq);
    EXPECT_EQ(json["logical"], to_rfc3339(record.logical));
    EXPECT_EQ(json["observed"], to_rfc3339(record.observed));
    EXPECT_EQ(json["recorded"], to_rfc3339(record.recorded));
    EXPECT_EQ(json["actor"], record.actor);
    EXPECT_EQ(json["type"], record.type);
    EXPECT_EQ(json["version"], record.version);
    EXPECT_EQ(json["payload"], nlohmann::json::parse(record.payload));
    EXPECT_EQ(json["previous"], to_hex(record.previous));
    EXPECT_EQ(json["hash"], to_hex(record.hash));
    EXPECT_EQ(json.size(), 12u);
    EXPECT_NE(lines[i].find(record.payload), std::string::npos) << "payload bytes unchanged";
  }
}

TEST_F(Dump, FiltersByBeginningNumberAndType) {
  const auto tail = exported({.from = 8});
  ASSERT_EQ(tail.size(), 2u);
  EXPECT_EQ(nlohmann::json::parse(tail[0])["previous"], to_hex(records_[6].hash));
  EXPECT_EQ(exported({.from = 3, .limit = 2}).size(), 2u);
  EXPECT_EQ(exported({.type = "samples_dropped"}).size(), 1u);
  EXPECT_EQ(exported({.limit = 4, .type = "observation_settled"}).size(), 4u);
  EXPECT_TRUE(exported({.from = 99}).empty());
}

TEST_F(Dump, StopsWhenTheReaderOfThePipeIsGone) {
  const auto reader = JournalReader::open(folder_.path());
  ASSERT_TRUE(reader);
  int lines = 0;
  ASSERT_TRUE(show_lines(*reader, {}, [&](std::string_view) { return ++lines < 3; }));
  EXPECT_EQ(lines, 3);
}

TEST_F(Dump, ShowSaysWhenWhoAndWhatInOneLine) {
  const std::string line = to_show_line(records_[0]);
  for (const std::string& part : {to_rfc3339(records_[0].logical), records_[0].actor,
                                  records_[0].type, std::string("refused, try 1")}) {
    EXPECT_NE(line.find(part), std::string::npos) << line;
  }
}

TEST(DumpLine, HostilePayloadStaysOneHarmlessLine) {
  Record record = to_record(sample_event(1));
  record.payload = "evil\n\x1b[2J\xff" + std::string(5000, 'x');
  const std::string shown = to_show_line(record);
  EXPECT_LT(shown.size(), 300u);
  EXPECT_EQ(shown.find_first_of("\n\x1b"), std::string::npos);
  const std::string line = to_json_line(record);
  EXPECT_EQ(line.find('\n'), std::string::npos);
  EXPECT_TRUE(nlohmann::json::parse(line).contains("payload_text"));
}

}  // namespace
}  // namespace dienstbereit::journal
