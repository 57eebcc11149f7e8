// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The contract of every journal, and that all of them come to the same.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "journal/journal_fixture.h"
#include "journal/sqlite_journal.h"

namespace dienstbereit::journal {
namespace {

struct InMemory {
  std::unique_ptr<Journal> open() { return std::make_unique<MemoryJournal>(); }
};

struct InSqlite {
  ScratchFolder folder;
  std::unique_ptr<Journal> open() {
    auto opened = SqliteJournal::open(folder.path());
    EXPECT_TRUE(opened) << opened.error().message;
    return std::move(*opened);
  }
};

template <class Storage>
class JournalContract : public testing::Test {
 protected:
  Storage storage_;
  std::unique_ptr<Journal> journal_ = storage_.open();
};
using Storages = testing::Types<InMemory, InSqlite>;
TYPED_TEST_SUITE(JournalContract, Storages);

TYPED_TEST(JournalContract, IsEmptyAtFirst) {
  EXPECT_EQ(this->journal_->head(), Head{});
  EXPECT_TRUE(all_of(*this->journal_).empty());
}

TYPED_TEST(JournalContract, GivesBackWhatWasAppended) {
  const auto events = sample_events(1, 5);
  const auto head = this->journal_->append(events);
  ASSERT_TRUE(head) << head.error().message;
  const auto records = all_of(*this->journal_);
  ASSERT_EQ(records.size(), 5u);
  for (std::size_t i = 0; i < 5; ++i) {
    const auto event = to_event(records[i]);
    ASSERT_TRUE(event) << event.error().message;
    EXPECT_EQ(event->seq, events[i].seq);
    EXPECT_EQ(event->logical, events[i].logical);
    EXPECT_EQ(event->observed, events[i].observed);
    EXPECT_EQ(event->recorded, events[i].recorded);
    EXPECT_EQ(event->actor, events[i].actor);
    EXPECT_EQ(encode(event->payload).text, encode(events[i].payload).text);
  }
  EXPECT_EQ(*head, head_after(records.back()));
}

TYPED_TEST(JournalContract, ChainsEachRecordToTheOneBefore) {
  ASSERT_TRUE(this->journal_->append(sample_events(1, 2)));
  ASSERT_TRUE(this->journal_->append(sample_events(3, 2)));
  Digest previous{};
  std::string scratch;
  for (const Record& record : all_of(*this->journal_)) {
    EXPECT_EQ(record.previous, previous);
    EXPECT_EQ(record.hash, hash_of(record, scratch));
    previous = record.hash;
  }
}

TYPED_TEST(JournalContract, ReadsFromAnyRecordAndStopsWhenToldTo) {
  ASSERT_TRUE(this->journal_->append(sample_events(1, 10)));
  const auto whole = all_of(*this->journal_);
  const auto tail = all_of(*this->journal_, 8);
  ASSERT_EQ(tail.size(), 3u);
  EXPECT_EQ(tail.front(), whole[7]);
  EXPECT_TRUE(all_of(*this->journal_, 11).empty());
  std::size_t seen = 0;
  ASSERT_TRUE(this->journal_->read(1, [&](const Record&) { return ++seen < 4; }));
  EXPECT_EQ(seen, 4u);
}

TYPED_TEST(JournalContract, TakesAnEmptyBatchAsNothing) {
  ASSERT_TRUE(this->journal_->append(sample_events(1, 1)));
  const Head before = this->journal_->head();
  const auto head = this->journal_->append({});
  ASSERT_TRUE(head);
  EXPECT_EQ(*head, before);
}

// What a batch is refused for, as a change of its last event.
struct Breach {
  const char* what;
  void (*apply)(Event&);
};
constexpr Breach kBreaches[] = {
    {"gap", [](Event& e) { e.seq += 1; }},
    {"repeated seq", [](Event& e) { e.seq -= 1; }},
    {"falling epoch", [](Event& e) { e.epoch = 0; }},
    {"falling time", [](Event& e) { e.logical = kStart; }},
    {"other site", [](Event& e) { e.site = "filiale"; }},
    {"no site", [](Event& e) { e.site.clear(); }},
    {"endless actor", [](Event& e) { e.actor.assign(kLongestActor + 1, 'x'); }},
    {"endless payload",
     [](Event& e) { e.payload = DistrictLoaded{"h", std::string(kLargestPayload, 'x')}; }},
};

TYPED_TEST(JournalContract, RefusesABatchThatBreaksTheOrderWholeAndForGood) {
  for (const Breach& breach : kBreaches) {
    TypeParam storage;
    auto journal = storage.open();
    ASSERT_TRUE(journal->append(sample_events(1, 3)));
    const Head before = journal->head();
    auto batch = sample_events(4, 3);
    breach.apply(batch.back());
    const auto refused = journal->append(batch);
    ASSERT_FALSE(refused) << breach.what;
    const auto later = journal->append(sample_events(4, 1));
    ASSERT_FALSE(later) << breach.what;
    EXPECT_EQ(later.error().code, Errc::Unavailable);
    EXPECT_NE(later.error().message.find(refused.error().message), std::string::npos);
    ASSERT_TRUE(journal->failure());
    EXPECT_EQ(journal->head(), before);
    EXPECT_EQ(all_of(*journal).size(), 3u) << breach.what;
  }
}

TYPED_TEST(JournalContract, RefusesTooLargeABatch) {
  EXPECT_FALSE(this->journal_->append(sample_events(1, kMostInBatch + 1)));
  EXPECT_TRUE(all_of(*this->journal_).empty());
}

TYPED_TEST(JournalContract, KeepsAnyBytesOfAPayloadAsTheyAre) {
  Record record = to_record(sample_event(1));
  record.payload = std::string("a\0b\xff\n\"", 6);
  record.actor = "";
  ASSERT_TRUE(this->journal_->append_records({&record, 1}));
  const auto records = all_of(*this->journal_);
  ASSERT_EQ(records.size(), 1u);
  EXPECT_EQ(records[0], record);
  EXPECT_FALSE(to_event(records[0]));
}

RC_GTEST_PROP(Journals, AllComeToTheSameHeadAndRecords, ()) {
  ScratchFolder folder;
  MemoryJournal memory;
  auto sqlite = SqliteJournal::open(folder.path());
  RC_ASSERT(sqlite.has_value());
  Record next = to_record(sample_event(1));
  const auto batches = *rc::gen::resize(8, rc::gen::arbitrary<std::vector<std::uint8_t>>());
  for (const std::uint8_t size : batches) {
    std::vector<Record> batch;
    for (int i = 0; i < size % 7; ++i) {
      next.epoch += *rc::gen::inRange(0, 2);
      next.logical += Duration(*rc::gen::inRange(0, 100'000));
      next.actor = *rc::gen::arbitrary<std::string>();
      next.payload = *rc::gen::arbitrary<std::string>();
      batch.push_back(next);
      ++next.seq;
    }
    auto copy = batch;
    const auto a = memory.append_records(batch);
    const auto b = (*sqlite)->append_records(copy);
    RC_ASSERT(a.has_value() == b.has_value());
    if (a) RC_ASSERT(*a == *b);
  }
  RC_ASSERT(all_of(memory) == all_of(**sqlite));
  sqlite->reset();
  sqlite = SqliteJournal::open(folder.path());
  RC_ASSERT(sqlite.has_value());
  RC_ASSERT((*sqlite)->head() == memory.head());
}

}  // namespace
}  // namespace dienstbereit::journal
