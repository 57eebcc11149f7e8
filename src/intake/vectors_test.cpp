// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What the browser's code makes, read by the server's: both hold to test/golden/intake.
#include <gtest/gtest.h>

#include <sodium.h>
#include <nlohmann/json.hpp>

#include "base/base64.h"
#include "base/file.h"
#include "model/intake/case.h"
#include "model/intake/receipt.h"

namespace dienstbereit::intake {
namespace {

using Json = nlohmann::ordered_json;

const unsigned char* raw(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

class Vectors : public testing::Test {
 protected:
  const Json all_ = Json::parse(read_file("test/golden/intake/vectors.json", 1u << 20).value());

  std::string bytes(const Json& at) const { return from_base64(at.get<std::string>()).value(); }
};

TEST_F(Vectors, ReceiptsAreNumberedAlike) {
  for (const Json& one : all_["receipts"]) {
    const std::string number = one["receipt"];
    EXPECT_EQ(make_receipt(SiteId(one["site"].get<std::string>()), one["counter"], one["sequence"]),
              number);
    EXPECT_TRUE(is_receipt(number)) << number;
  }
  for (const Json& bad : all_["bad_receipts"]) EXPECT_FALSE(is_receipt(bad.get<std::string>()));
}

TEST_F(Vectors, ARecordIsReadSignedAndSealedAlike) {
  const auto items = parse_upload(Json{{"records", {all_["record"]}}}.dump());
  ASSERT_TRUE(items);
  const auto& record = items->front().record;
  ASSERT_TRUE(record) << record.error().message;
  const std::string text = signed_text(*record);
  EXPECT_EQ(text, all_["signature_text"].get<std::string>());
  const std::string device = bytes(all_["device"]["public_key"]);
  EXPECT_EQ(
      crypto_sign_verify_detached(raw(record->signature), raw(text), text.size(), raw(device)), 0);
  const std::string key = bytes(all_["key"]["public_key"]);
  const std::string secret = bytes(all_["key"]["secret_key"]);
  EXPECT_EQ(key_id_of(key), record->key_id);
  std::string plain(record->sealed.size() - crypto_box_SEALBYTES, '\0');
  ASSERT_EQ(crypto_box_seal_open(reinterpret_cast<unsigned char*>(plain.data()),
                                 raw(record->sealed), record->sealed.size(), raw(key), raw(secret)),
            0);
  EXPECT_EQ(Json::parse(plain), all_["content"]);
}

}  // namespace
}  // namespace dienstbereit::intake
