// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "intake/tables.h"
#include "model/account/account.h"
#include "model/intake/command.h"

namespace dienstbereit::intake {

// Who asks: an account, the command line, a device, or the program itself.
struct Asker {
  std::string actor;  // "user:u-...", "device:d-...", "program"
  AccountId account;  // empty: none
};

// The cases that counters have taken in. What is in them is sealed to the offices' keys; nobody
// here can read it. A change is durable before it is answered.
//
// handle() belongs to one thread and waits for the disk. device() is thread-safe and does not.
class Store {
 public:
  // Gets what the journal is to hold, in order, on the thread of handle().
  using Note = std::function<void(const std::string& actor, const IntakeNoted& entry)>;

  static Result<std::unique_ptr<Store>> open(const std::filesystem::path& data, Note note,
                                             const std::string& vfs = {});

  // Role and session are checked by whoever asks; four eyes, order and proofs are checked here.
  Result<IntakeAnswer> handle(const IntakeCommand& command, const Asker& by, Instant now);

  // How many cases the counters say they hold. handle()'s thread.
  std::uint64_t unsent() const;

  // Whose token it is; nothing if nobody's.
  std::optional<IntakeDevice> device(std::string_view token) const;

 private:
  struct Work;  // one handle() under way

  Store(Tables tables, Note note) : tables_(std::move(tables)), note_(std::move(note)) {}
  Result<void> read_devices();

  Result<IntakeAnswer> on(Work& work, const EnrolDevice& command);
  Result<IntakeAnswer> on(Work& work, const SetUpDevice& command);
  Result<IntakeAnswer> on(Work& work, const TakeRecords& command);
  Result<IntakeAnswer> on(Work& work, const NoteHeartbeat& command);
  Result<IntakeAnswer> on(Work& work, const MakeDevice& command);
  Result<IntakeAnswer> on(Work& work, const RemoveDevice& command);
  Result<IntakeAnswer> on(Work& work, const AddOfficeKey& command);
  Result<IntakeAnswer> on(Work& work, const ConfirmOfficeKey& command);
  Result<IntakeAnswer> on(Work& work, const FindRecords& command);
  Result<IntakeAnswer> on(Work& work, const FindRecord& command);
  Result<IntakeAnswer> on(Work& work, const MoveRecord& command);
  Result<IntakeAnswer> on(Work& work, const MoveOriginal& command);
  Result<IntakeAnswer> on(Work& work, const FindCustody& command);
  Result<IntakeAnswer> on(Work& work, const FindConflicts& command);
  Result<IntakeAnswer> on(Work& work, const PurgeRecords& command);
  Result<IntakeAnswer> on(Work& work, const CountBacklog& command);
  Result<IntakeAnswer> on(Work& work, const ListDevices& command);
  Result<IntakeAnswer> on(Work& work, const ListKeys& command);

  Result<StoredDevice> device_of(const DeviceId& id) const;
  Result<TakenRecord> take(Work& work, const StoredDevice& from, const UploadItem& item,
                           std::string& digests);
  Result<void> judge_move(const Work& work, const MoveRecord& command, const IntakeCase& one) const;
  Result<void> erase(Work& work, const IntakeCase& one);
  // All that `change` writes, or nothing; then seen, then noted.
  Result<void> write(Work& work, const std::function<Result<void>()>& change);
  bool may_try(const std::string& from, Instant now);

  Tables tables_;
  Note note_;
  mutable std::mutex mutex_;
  std::map<DeviceId, StoredDevice> devices_;  // written by handle()'s thread alone, under mutex_
  struct Tries {
    Instant since;
    unsigned wrong = 0;
  };
  std::map<std::string, Tries> tries_;  // wrong codes, by where they came from
};

}  // namespace dienstbereit::intake
