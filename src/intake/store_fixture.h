// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <gtest/gtest.h>

#include <array>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include "intake/store.h"
#include "model/intake/receipt.h"

namespace dienstbereit::intake {

// A counter as its browser is one: a key of its own, numbers that count up.
struct Counter {
  std::string public_key = std::string(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string secret_key = std::string(crypto_sign_SECRETKEYBYTES, '\0');
  IntakeDevice device;
  std::uint64_t sequence = 0;

  static unsigned char* raw(std::string& text) {
    return reinterpret_cast<unsigned char*>(text.data());
  }
  Counter() { crypto_sign_keypair(raw(public_key), raw(secret_key)); }

  void sign(IntakeRecord& record) {
    const std::string text = signed_text(record);
    record.signature.resize(crypto_sign_BYTES);
    crypto_sign_detached(raw(record.signature), nullptr,
                         reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                         raw(secret_key));
  }
  // The next case, sealed to nobody in particular.
  IntakeRecord next(const std::string& content) {
    IntakeRecord record;
    record.device = device.id;
    record.sequence = ++sequence;
    record.id = IntakeId(
        fmt::format("{:032x}", std::hash<std::string>()(device.id.str()) * 1000 + record.sequence));
    record.form = "fahrzeug";
    record.form_version = 1;
    record.office = OfficeId("AMT");
    record.service = ServiceId("DIENST");
    record.receipt = make_receipt(device.site, device.counter, record.sequence);
    record.recorded_at = "2026-11-26T07:10:00Z";
    record.recorded = *parse_rfc3339(record.recorded_at);
    record.key_id = "0123456789abcdef";
    record.sealed = content;
    sign(record);
    return record;
  }
};

// A store in a folder of its own, on virtual time.
class StoreTest : public testing::Test {
 protected:
  const Asker anna_{"user:u-anna", AccountId("u-anna")};
  const Asker bert_{"user:u-bert", AccountId("u-bert")};
  const Asker program_{"program", AccountId()};

  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "intake-XXXXXX").string();
    ASSERT_NE(::mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    open();
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }
  void open() {
    store_.reset();
    auto opened = Store::open(folder_, [this](const std::string& actor, const IntakeNoted& entry) {
      notes_.push_back(actor + " " + name_of(entry.step));
      entries_.push_back(entry);
    });
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = std::move(*opened);
  }

  IntakeAnswer ask(const IntakeCommand& command, const Asker& by) {
    auto answer = store_->handle(command, by, now_);
    EXPECT_TRUE(answer) << answer.error().message;
    return answer.value_or(IntakeAnswer());
  }
  Errc refusal(const IntakeCommand& command, const Asker& by) {
    const auto answer = store_->handle(command, by, now_);
    EXPECT_FALSE(answer);
    return answer ? Errc::Corrupt : answer.error().code;
  }
  Counter counter(unsigned number) {
    Counter one;
    const IntakeAnswer made = ask(MakeDevice{SiteId("S3"), number, "Schalter"}, anna_);
    const IntakeAnswer enrolled =
        ask(EnrolDevice{made.secret, one.public_key, "192.0.2.7"}, program_);
    EXPECT_TRUE(enrolled.device);
    if (enrolled.device) one.device = *enrolled.device;
    tokens_.push_back(enrolled.secret);
    return one;
  }
  std::vector<TakenRecord> send(const Counter& from, const std::vector<IntakeRecord>& records) {
    TakeRecords upload{from.device.id, {}};
    for (const IntakeRecord& one : records) upload.items.push_back({one.sequence, one});
    return ask(upload, {"device:" + from.device.id.str(), {}}).taken;
  }
  IntakeAnswer move(const IntakeId& id, IntakeState to, const Asker& by, std::string file = {}) {
    return ask(MoveRecord{id, {}, to, std::move(file), {}, {}, {}}, by);
  }
  IntakeCase find(const IntakeId& id) {
    const IntakeAnswer all = ask(FindRecords{"", "", {}, 100, ""}, anna_);
    for (const IntakeCase& one : all.cases) {
      if (one.record.id == id) return one;
    }
    ADD_FAILURE() << "no case " << id.str();
    return {};
  }

  std::filesystem::path folder_;
  std::unique_ptr<Store> store_;
  Instant now_ = *parse_rfc3339("2026-11-26T08:00:00Z");
  std::vector<std::string> notes_;
  std::vector<IntakeNoted> entries_;
  std::vector<std::string> tokens_;
};

}  // namespace dienstbereit::intake
