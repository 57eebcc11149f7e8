// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "intake/store.h"

#include <fstream>
#include <sstream>

#include "intake/store_fixture.h"

namespace dienstbereit::intake {
namespace {

const std::string kBox(64, 'x');

std::string all_bytes(const std::filesystem::path& folder) {
  std::ostringstream all;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    if (file.is_regular_file()) all << std::ifstream(file.path(), std::ios::binary).rdbuf();
  }
  return all.str();
}

// ---- devices -----------------------------------------------------------------------------------

TEST_F(StoreTest, ACodeEnrolsOneCounterOnce) {
  const IntakeAnswer made = ask(MakeDevice{SiteId("S3"), 2, "Schalter 2"}, anna_);
  const Counter one;
  const IntakeAnswer enrolled = ask(EnrolDevice{made.secret, one.public_key, ""}, program_);
  ASSERT_TRUE(store_->device(enrolled.secret));
  EXPECT_EQ(store_->device(enrolled.secret)->id, made.device->id);
  EXPECT_EQ(enrolled.hint_key.size(), 32u);
  EXPECT_EQ(refusal(EnrolDevice{made.secret, one.public_key, ""}, program_), Errc::Denied);
  EXPECT_FALSE(store_->device(made.secret));
}

TEST_F(StoreTest, ACodeEndsAfterADay) {
  const IntakeAnswer made = ask(MakeDevice{SiteId("S3"), 2, ""}, anna_);
  now_ += std::chrono::hours(24);
  EXPECT_EQ(refusal(EnrolDevice{made.secret, Counter().public_key, ""}, program_), Errc::Denied);
}

TEST_F(StoreTest, WhoGuessesCodesWaits) {
  const IntakeAnswer made = ask(MakeDevice{SiteId("S3"), 2, ""}, anna_);
  const std::string key = Counter().public_key;
  for (int i = 0; i < 10; ++i) {
    EXPECT_EQ(refusal(EnrolDevice{"00000-00000", key, "192.0.2.9"}, program_), Errc::Denied);
  }
  EXPECT_EQ(refusal(EnrolDevice{made.secret, key, "192.0.2.9"}, program_), Errc::LimitExceeded);
  EXPECT_TRUE(ask(EnrolDevice{made.secret, key, "192.0.2.10"}, program_).device);
}

TEST_F(StoreTest, ACountersNumberIsNeverGivenTwice) {
  const Counter one = counter(2);
  EXPECT_EQ(refusal(MakeDevice{SiteId("S3"), 2, ""}, anna_), Errc::Conflict);
  ask(RemoveDevice{one.device.id, ""}, anna_);
  EXPECT_EQ(refusal(MakeDevice{SiteId("S3"), 2, ""}, anna_), Errc::Conflict);
  EXPECT_FALSE(store_->device(tokens_.front()));
}

TEST_F(StoreTest, ACounterThatHoldsCasesIsRemovedForAReasonOnly) {
  const Counter one = counter(2);
  ask(NoteHeartbeat{one.device.id, 3, now_}, program_);
  EXPECT_EQ(ask(CountBacklog{}, anna_).backlog.unsent, 3u);
  EXPECT_EQ(refusal(RemoveDevice{one.device.id, ""}, anna_), Errc::Conflict);
  ask(RemoveDevice{one.device.id, "gestohlen"}, anna_);
  EXPECT_EQ(ask(CountBacklog{}, anna_).backlog.unsent, 0u);
}

TEST_F(StoreTest, AKeyCountsOnceASecondPersonVouchesForIt) {
  const std::string key(32, 'k');
  const IntakeAnswer added = ask(AddOfficeKey{OfficeId("AMT"), key}, anna_);
  EXPECT_FALSE(added.keys.front().confirmed_at);
  EXPECT_EQ(refusal(ConfirmOfficeKey{added.keys.front().id}, anna_), Errc::Denied);
  EXPECT_EQ(refusal(ConfirmOfficeKey{added.keys.front().id}, program_), Errc::Denied);
  EXPECT_TRUE(ask(ConfirmOfficeKey{added.keys.front().id}, bert_).keys.front().confirmed_at);
  EXPECT_EQ(refusal(AddOfficeKey{OfficeId("AMT"), key}, anna_), Errc::Conflict);
}

// ---- taking in ---------------------------------------------------------------------------------

TEST_F(StoreTest, WhatIsSentAgainIsTakenOnce) {
  Counter one = counter(2);
  const IntakeRecord record = one.next(kBox);
  EXPECT_EQ(send(one, {record}).front().state, TakenState::Stored);
  EXPECT_EQ(send(one, {record}).front().state, TakenState::Already);
  open();  // and after a restart
  EXPECT_EQ(send(one, {record}).front().state, TakenState::Already);
  EXPECT_EQ(ask(FindRecords{}, anna_).cases.size(), 1u);
  EXPECT_EQ(find(record.id).record.sealed, kBox);
}

TEST_F(StoreTest, AnotherContentForTheSameNumberIsKeptAside) {
  Counter one = counter(2);
  const IntakeRecord record = one.next(kBox);
  IntakeRecord other = record;
  other.sealed = std::string(64, 'y');
  one.sign(other);
  send(one, {record});
  EXPECT_EQ(send(one, {other}).front().state, TakenState::Conflict);
  EXPECT_EQ(send(one, {other}).front().state, TakenState::Conflict);
  EXPECT_EQ(find(record.id).record.sealed, kBox);
  EXPECT_EQ(ask(FindConflicts{}, anna_).conflicts.size(), 1u);
}

TEST_F(StoreTest, OnlyWhatTheDeviceHasSignedIsTaken) {
  Counter one = counter(2);
  Counter two = counter(3);
  IntakeRecord changed = one.next(kBox);
  changed.urgency = Urgency::Urgent;
  IntakeRecord foreign = two.next(kBox);
  IntakeRecord numbered = one.next(kBox);
  numbered.receipt = "S3-02-0001-0";
  one.sign(numbered);
  for (const IntakeRecord& record : {changed, foreign, numbered}) {
    const auto taken = send(one, {record});
    EXPECT_EQ(taken.front().state, TakenState::Refused);
    EXPECT_TRUE(taken.front().error);
  }
  EXPECT_TRUE(ask(FindRecords{}, anna_).cases.empty());
}

TEST_F(StoreTest, OneBadRecordHoldsBackNoOther) {
  Counter one = counter(2);
  IntakeRecord bad = one.next(kBox);
  bad.hint = "00";
  const auto taken = send(one, {bad, one.next(kBox)});
  EXPECT_EQ(taken[0].state, TakenState::Refused);
  EXPECT_EQ(taken[1].state, TakenState::Stored);
}

TEST_F(StoreTest, WhatHasComeInNoLongerWaitsAtTheCounter) {
  Counter one = counter(2);
  ask(NoteHeartbeat{one.device.id, 2, now_}, program_);
  send(one, {one.next(kBox)});
  EXPECT_EQ(ask(CountBacklog{}, anna_).backlog.unsent, 1u);
}

TEST_F(StoreTest, TheSameHintIsShownOnBothCases) {
  Counter one = counter(2);
  Counter two = counter(3);
  IntakeRecord a = one.next(kBox);
  IntakeRecord b = two.next(kBox);
  a.hint = b.hint = "00112233445566778899aabbccddeeff";
  one.sign(a);
  two.sign(b);
  send(one, {a});
  send(two, {b});
  EXPECT_EQ(find(a.id).duplicates, std::vector<IntakeId>{b.id});
  EXPECT_EQ(find(b.id).duplicates, std::vector<IntakeId>{a.id});
}

// ---- the way of a case -------------------------------------------------------------------------

TEST_F(StoreTest, ACaseIsEnteredByOneAndConfirmedByAnother) {
  Counter one = counter(2);
  const IntakeRecord record = one.next(kBox);
  send(one, {record});
  move(record.id, IntakeState::Checked, anna_);
  EXPECT_EQ(refusal(MoveRecord{record.id, {}, IntakeState::Entered, "", {}, {}, {}}, anna_),
            Errc::InvalidInput);
  move(record.id, IntakeState::Entered, anna_, "36.2/2026/17");
  const MoveRecord confirm{record.id, {}, IntakeState::Confirmed, "", {}, {}, {}};
  EXPECT_EQ(refusal(confirm, anna_), Errc::Denied);
  EXPECT_EQ(refusal(confirm, program_), Errc::Denied);
  const IntakeAnswer confirmed = ask(confirm, bert_);
  EXPECT_EQ(confirmed.cases.front().history.size(), 4u);
  EXPECT_EQ(confirmed.cases.front().file_number, "36.2/2026/17");
}

TEST_F(StoreTest, WhoSawAnOlderStateIsToldSo) {
  Counter one = counter(2);
  const IntakeRecord record = one.next(kBox);
  send(one, {record});
  move(record.id, IntakeState::Checked, anna_);
  const MoveRecord late{record.id, IntakeState::Recorded, IntakeState::Checked, "", {}, {}, {}};
  EXPECT_EQ(refusal(late, bert_), Errc::Conflict);
}

TEST_F(StoreTest, WhatIsDeletedIsNowhereAnyMore) {
  Counter one = counter(2);
  IntakeRecord record = one.next("SEALED" + std::string(60, 'x') + "MUSTERBOX");
  record.hint = "0f1e2d3c4b5a69788796a5b4c3d2e1f0";
  record.originals = {"ZB2"};
  one.sign(record);
  send(one, {record});
  move(record.id, IntakeState::Checked, anna_);
  move(record.id, IntakeState::Entered, anna_, "AKTENZEICHEN-4711");
  move(record.id, IntakeState::Confirmed, bert_);
  const Duration grace = std::chrono::hours(24);
  const MoveRecord gone{record.id, {}, IntakeState::Deleted, "", {}, {}, grace};
  EXPECT_EQ(refusal(gone, bert_), Errc::Conflict);  // too early
  EXPECT_EQ(ask(PurgeRecords{grace}, program_).count, 0u);
  now_ += grace;
  EXPECT_EQ(refusal(gone, bert_), Errc::Conflict);  // an original is still held
  ask(MoveOriginal{record.id, "ZB2", CustodyKind::Returned, ""}, bert_);
  EXPECT_NE(all_bytes(folder_).find("MUSTERBOX"), std::string::npos);
  const IntakeAnswer purged = ask(PurgeRecords{grace}, program_);
  EXPECT_EQ(purged.count, 1u);
  EXPECT_EQ(purged.hash.size(), 64u);
  const std::string left = all_bytes(folder_);
  for (const char* planted : {"MUSTERBOX", "AKTENZEICHEN-4711", "0f1e2d3c4b5a6978"}) {
    EXPECT_EQ(left.find(planted), std::string::npos) << planted;
  }
  EXPECT_EQ(send(one, {record}).front().state, TakenState::Already);  // and stays deleted
}

TEST_F(StoreTest, ADuplicateIsDeletedByASecondPerson) {
  Counter one = counter(2);
  const IntakeRecord a = one.next(kBox);
  const IntakeRecord b = one.next(kBox);
  send(one, {a, b});
  MoveRecord twice{b.id, {}, IntakeState::Duplicate, "", b.id, {}, {}};
  EXPECT_EQ(refusal(twice, anna_), Errc::InvalidInput);
  twice.duplicate_of = a.id;
  ask(twice, anna_);
  const MoveRecord gone{b.id, {}, IntakeState::Deleted, "", {}, {}, {}};
  EXPECT_EQ(refusal(gone, anna_), Errc::Denied);
  ask(gone, bert_);
  EXPECT_EQ(entries_.back().step, IntakeStep::Deleted);
}

TEST_F(StoreTest, OriginalsAreFollowedUntilTheyGoBack) {
  Counter one = counter(2);
  IntakeRecord record = one.next(kBox);
  record.originals = {"ZB2"};
  one.sign(record);
  send(one, {record});
  EXPECT_EQ(ask(FindCustody{}, anna_).custody.size(), 1u);
  EXPECT_EQ(refusal(MoveOriginal{record.id, "ZB2", CustodyKind::Received, ""}, anna_),
            Errc::Conflict);
  EXPECT_EQ(refusal(MoveOriginal{record.id, "ZB2", CustodyKind::PassedOn, ""}, anna_),
            Errc::InvalidInput);
  ask(MoveOriginal{record.id, "ZB2", CustodyKind::PassedOn, "Zulassungsstelle"}, anna_);
  EXPECT_TRUE(ask(FindCustody{}, anna_).custody.empty());
  EXPECT_EQ(ask(FindCustody{record.id}, anna_).custody.size(), 2u);
}

TEST_F(StoreTest, TheBacklogIsCountedByService) {
  Counter one = counter(2);
  std::vector<IntakeRecord> records;
  for (int i = 0; i < 4; ++i) records.push_back(one.next(kBox));
  send(one, records);
  now_ += std::chrono::hours(30);
  for (int i = 0; i < 2; ++i) {
    move(records[static_cast<std::size_t>(i)].id, IntakeState::Checked, anna_);
    move(records[static_cast<std::size_t>(i)].id, IntakeState::Entered, anna_, "1");
  }
  now_ += std::chrono::hours(24);
  const BacklogCounted backlog = ask(CountBacklog{}, anna_).backlog;
  ASSERT_EQ(backlog.services.size(), 1u);
  EXPECT_EQ(backlog.services[0].waiting, 2u);
  EXPECT_EQ(backlog.services[0].oldest, records[2].recorded);
  EXPECT_DOUBLE_EQ(backlog.services[0].per_day, 2);
  EXPECT_EQ(backlog.services[0].expected_end, now_ + std::chrono::hours(24));
}

TEST_F(StoreTest, TheFileIsItsOwnersAlone) {
  const auto mode = std::filesystem::status(folder_ / kIntakeFile).permissions();
  using std::filesystem::perms;
  EXPECT_EQ(mode & perms::all, perms::owner_read | perms::owner_write);
}

}  // namespace
}  // namespace dienstbereit::intake
