// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/intake/port.h"

namespace dienstbereit::web::test {

inline constexpr const char* kCaseId = "00112233445566778899aabbccddeeff";
inline constexpr const char* kDeviceToken = "dbi_counter";

// Knows one counter, one key, one case; answers at once, and remembers what it was asked.
class FakeIntake : public IntakePort {
 public:
  std::optional<IntakeDevice> device(std::string_view token) const override {
    return token == kDeviceToken ? std::optional(counter()) : std::nullopt;
  }
  void submit(IntakeCommand command, Identity by, IntakeReply reply) override {
    commands.push_back(command);
    askers.push_back(by.actor.id);
    if (refuses) return reply(fail(*refuses, "the store says no"));
    if (!silent) reply(answer_to(command));
  }

  static IntakeDevice counter() {
    IntakeDevice device;
    device.id = DeviceId("d-7f3k2m9q");
    device.site = SiteId("S1");
    device.counter = 2;
    device.label = "Schalter 2";
    device.enrolled = true;
    device.pending = 3;
    device.oldest_pending = device.made_at;
    device.heard = device.made_at;
    return device;
  }
  static OfficeKey key() {
    OfficeKey key;
    key.public_key = std::string(32, 'k');
    key.id = key_id_of(key.public_key);
    key.office = OfficeId("A1");
    key.made_by = "u-de";
    key.confirmed_by = "u-en";
    key.confirmed_at = key.made_at;
    return key;
  }

  std::vector<IntakeCommand> commands;
  std::vector<std::string> askers;
  bool silent = false;
  std::optional<Errc> refuses;

 private:
  static IntakeCase one_case() {
    IntakeCase one;
    one.record.device = counter().id;
    one.record.sequence = 1;
    one.record.id = IntakeId(kCaseId);
    one.record.form = "antrag";
    one.record.form_version = 1;
    one.record.office = OfficeId("A1");
    one.record.service = ServiceId("V1");
    one.record.receipt = "S1-02-0001-5";
    one.record.recorded_at = "2026-11-23T07:10:00Z";
    one.record.key_id = key().id;
    one.record.originals = {"ZB2"};
    one.record.sealed = std::string(64, 'x');
    one.record.signature = std::string(64, 's');
    one.state = IntakeState::Duplicate;
    one.duplicate_of = IntakeId(kCaseId);
    one.duplicates = {IntakeId(kCaseId)};
    one.history = {{IntakeState::Recorded, Instant(), "device:d-7f3k2m9q", ""},
                   {IntakeState::Duplicate, Instant(), "u-de", "derselbe Mensch"}};
    return one;
  }

  static Result<IntakeAnswer> answer_to(const IntakeCommand& command) {
    IntakeAnswer answer;
    answer.device = counter();
    answer.secret = std::holds_alternative<MakeDevice>(command)    ? "7F3K2-M9QXA"
                    : std::holds_alternative<EnrolDevice>(command) ? kDeviceToken
                                                                   : "";
    answer.hint_key = std::string(32, 'h');
    answer.devices = {counter()};
    answer.keys = {key()};
    answer.cases = {one_case()};
    answer.next = kCaseId;
    answer.custody = {
        {IntakeId(kCaseId), "ZB2", CustodyKind::PassedOn, "Archiv", Instant(), "u-de"}};
    answer.conflicts = {{counter().id, 1, IntakeId(kCaseId), "00ff", Instant()}};
    answer.backlog.services = {{OfficeId("A1"), ServiceId("V1"), 12, Instant(), 3.5, Instant()},
                               {OfficeId("A1"), ServiceId("V2"), 0, std::nullopt, 0, std::nullopt}};
    answer.backlog.unsent = 3;
    const auto* enrols = std::get_if<EnrolDevice>(&command);
    if (enrols != nullptr && enrols->code == "00000-00000") {
      return fail(Errc::Denied, "this code is wrong");
    }
    if (const auto* takes = std::get_if<TakeRecords>(&command)) {
      for (const UploadItem& item : takes->items) {
        TakenRecord& taken = answer.taken.emplace_back();
        taken.sequence = item.sequence;
        taken.state = item.record ? TakenState::Stored : TakenState::Refused;
        if (!item.record) taken.error = item.record.error();
      }
    }
    return answer;
  }
};

}  // namespace dienstbereit::web::test
