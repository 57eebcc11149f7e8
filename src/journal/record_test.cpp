// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Recomputes the worked example of docs/formats/journal.md.
#include "journal/record.h"

#include <gtest/gtest.h>

#include "journal/journal.h"

namespace dienstbereit::journal {
namespace {

Record example(std::uint64_t seq, const char* time, const char* actor, const char* payload) {
  Record record;
  record.site = "z";
  record.epoch = 1;
  record.seq = seq;
  record.logical = *parse_rfc3339(time);
  record.observed = record.logical;
  record.recorded = record.logical;
  record.actor = actor;
  record.type = "samples_dropped";
  record.payload = payload;
  return record;
}

TEST(Record, HashIsThatOfTheWorkedExample) {
  Record first = example(1, "2026-11-23T07:10:00Z", "observer", R"({"count":3})");
  first.observed -= Duration(20);
  first.recorded += Duration(3);
  std::string bytes;
  const Digest hash = hash_of(first, bytes);
  EXPECT_EQ(bytes.size(), 151u);
  EXPECT_EQ(to_hex(hash), "67f1e428d76c34a69c5b0d55e2b1f4e3ba53cb5b136f1ca13301b1b184809674");
  EXPECT_EQ(head_text(hash), "67f1e428d76c34a6");

  Record second = example(2, "2026-11-23T07:11:00Z", "cli:uid=1000", R"({"count":4})");
  second.recorded += Duration(2);
  second.previous = hash;
  EXPECT_EQ(to_hex(hash_of(second, bytes)),
            "862367a152c9c581bb7c0679dd4c7517f0e4a9f3c569977faf7f33bbed0b79cf");
}

TEST(Record, EveryFieldChangesTheHash) {
  const Record record = example(7, "2026-11-23T07:10:00Z", "observer", R"({"count":3})");
  std::string scratch;
  const Digest hash = hash_of(record, scratch);
  using Change = void (*)(Record&);
  const Change changes[] = {
      [](Record& r) { r.site = "y"; },
      [](Record& r) { r.epoch = 2; },
      [](Record& r) { r.seq = 8; },
      [](Record& r) { r.logical += Duration(1); },
      [](Record& r) { r.observed += Duration(1); },
      [](Record& r) { r.recorded += Duration(1); },
      [](Record& r) { r.actor = "observes"; },
      [](Record& r) { r.type = "samples_droppee"; },
      [](Record& r) { r.version = 2; },
      [](Record& r) { r.payload = R"({"count":4})"; },
      [](Record& r) { r.previous[31] = 1; },
      // The same bytes, divided otherwise.
      [](Record& r) {
        r.actor = "observersamples_";
        r.type = "dropped";
      },
  };
  for (const Change change : changes) {
    Record changed = record;
    change(changed);
    EXPECT_NE(hash_of(changed, scratch), hash);
  }
}

TEST(Record, AnUndecodablePayloadNamesItsRecord) {
  const auto event = to_event(example(7, "2026-11-23T07:10:00Z", "observer", "nonsense"));
  ASSERT_FALSE(event);
  EXPECT_EQ(event.error().code, Errc::Corrupt);
  EXPECT_NE(event.error().message.find("record 7"), std::string::npos);
}

}  // namespace
}  // namespace dienstbereit::journal
