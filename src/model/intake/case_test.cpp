// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/intake/case.h"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "base/base64.h"
#include "base/hash.h"

namespace dienstbereit {
namespace {

using Json = nlohmann::ordered_json;

Json good() {
  return {{"device", "d-7f3k2m9q"},
          {"sequence", 42},
          {"id", "00112233445566778899aabbccddeeff"},
          {"form", "fahrzeug"},
          {"form_version", 1},
          {"office", "AMT"},
          {"service", "DIENST"},
          {"receipt", "S3-02-0042-7"},
          {"recorded_at", "2026-11-26T07:10:00Z"},
          {"key_id", "0123456789abcdef"},
          {"urgency", "urgent"},
          {"originals", {"ZB2", "SCHILD"}},
          {"hint", "00112233445566778899aabbccddeeff"},
          {"sealed", to_base64(std::string(64, 'x'))},
          {"signature", to_base64(std::string(64, 's'))}};
}

Result<IntakeRecord> read(const Json& record) {
  const auto items = parse_upload(Json{{"records", {record}}}.dump());
  EXPECT_TRUE(items) << items.error().message;
  return items->front().record;
}

TEST(Upload, ARecordIsReadAsItWasSent) {
  const auto record = read(good());
  ASSERT_TRUE(record) << record.error().message;
  EXPECT_EQ(record->sequence, 42u);
  EXPECT_EQ(record->urgency, Urgency::Urgent);
  EXPECT_EQ(record->originals, (std::vector<std::string>{"ZB2", "SCHILD"}));
  EXPECT_EQ(record->sealed, std::string(64, 'x'));
  EXPECT_EQ(record->recorded, *parse_rfc3339("2026-11-26T07:10:00Z"));
}

TEST(Upload, TheSignedTextHasEveryFieldOnALineOfItsOwn) {
  EXPECT_EQ(signed_text(*read(good())),
            "dienstbereit-intake-1\nd-7f3k2m9q\n42\n00112233445566778899aabbccddeeff\nfahrzeug\n1\n"
            "AMT\nDIENST\nS3-02-0042-7\n2026-11-26T07:10:00Z\n0123456789abcdef\nurgent\nZB2,SCHILD"
            "\n00112233445566778899aabbccddeeff\n" +
                to_hex(sha256(std::string(64, 'x'))));
}

// Nothing that a field could hold makes one signed text out of two records.
TEST(Upload, WhatIsWrongIsNamedAndItsValueIsNot) {
  const std::vector<std::pair<const char*, Json>> wrong{
      {"device", "a\nb"},
      {"sequence", 0},
      {"sequence", -1},
      {"sequence", "1"},
      {"id", "Erika Mustermann"},
      {"form", ""},
      {"office", std::string(41, 'a')},
      {"recorded_at", "2026-11-26T07:10:00+01:00"},
      {"recorded_at", "2026-13-26T07:10:00Z"},
      {"key_id", "0123"},
      {"urgency", "sofort"},
      {"originals", {"Erika Mustermann"}},
      {"originals", {"a,b"}},
      {"hint", "xyz"},
      {"sealed", "Erika"},
      {"sealed", to_base64(std::string(kSealedBytesMax + 1, 'x'))},
      {"signature", to_base64("short")}};
  for (const auto& [key, value] : wrong) {
    Json record = good();
    record[key] = value;
    const auto got = read(record);
    ASSERT_FALSE(got) << key << value;
    EXPECT_NE(got.error().message.find(key), std::string::npos) << got.error().message;
    EXPECT_EQ(got.error().message.find("Erika"), std::string::npos) << got.error().message;
    record.erase(key);
    EXPECT_FALSE(read(record)) << key << " missing";
  }
}

TEST(Upload, TheWholeIsBounded) {
  EXPECT_FALSE(parse_upload("[]"));
  EXPECT_FALSE(parse_upload("{\"records\": 1}"));
  EXPECT_FALSE(parse_upload(std::string(10'000, '[')));
  Json many{{"records", Json::array()}};
  for (std::size_t i = 0; i <= kRecordsAtOnceMax; ++i) many["records"].push_back(Json::object());
  EXPECT_EQ(parse_upload(many.dump()).error().code, Errc::LimitExceeded);
  const auto items = parse_upload(R"({"records": [3, {"sequence": 7}]})");
  ASSERT_TRUE(items);
  EXPECT_FALSE(items->at(0).record);
  EXPECT_EQ(items->at(1).sequence, 7u);
}

TEST(Case, GoesItsWayOneStepAtATime) {
  using enum IntakeState;
  EXPECT_TRUE(may_follow(Recorded, Checked));
  EXPECT_TRUE(may_follow(Checked, Entered));
  EXPECT_TRUE(may_follow(Entered, Confirmed));
  EXPECT_TRUE(may_follow(Confirmed, Deleted));
  EXPECT_FALSE(may_follow(Recorded, Entered));
  EXPECT_FALSE(may_follow(Recorded, Deleted));
  EXPECT_FALSE(may_follow(Entered, Deleted));
  for (const IntakeState to : {Recorded, Checked, Entered, Confirmed, Deleted, Duplicate}) {
    EXPECT_FALSE(may_follow(Deleted, to));
  }
}

}  // namespace
}  // namespace dienstbereit
