// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <map>
#include <string>

namespace dienstbereit::sqlite {

// What the disk does wrong, for tests. Operations are counted from 1 in the order they come.
enum class FaultKind : std::uint8_t {
  WriteError,  // a write, truncate, create or delete fails and changes nothing
  ShortWrite,  // a write stops after half of its bytes
  NoSpace,     // a write finds the disk full
  SyncError,   // a sync fails
  SyncLies,    // a sync says it is done and is not
};

struct FaultPlan {
  FaultKind kind = FaultKind::WriteError;
  std::uint64_t at = 0;   // the n-th operation of the kind; 0: never
  bool lasting = false;   // every later one fails too
};

// A file layer of SQLite over the system's, named "fault", that keeps to the plan in force. It
// also remembers what each file held at its last sync, so that a test can cut the power.
// Process-wide, one thread.
class FaultDisk {
 public:
  static constexpr const char* kName = "fault";
  // The one layer, registered at the first call.
  static FaultDisk& instance();

  // Starts counting anew and forgets what was synced.
  void begin(FaultPlan plan);
  // True once the planned operation has come.
  bool struck() const { return struck_; }
  std::uint64_t operations() const { return count_; }
  // Puts every file back to its last sync. Each 512-byte sector written since then survives or
  // not, as `seed` decides: disks reorder. No connection may be open.
  void cut_power(std::uint32_t seed);

  // For the layer's own functions.
  bool strikes(bool is_sync);
  FaultKind kind() const { return plan_.kind; }
  void synced(const std::string& path);
  void removed(const std::string& path) { durable_.erase(path); }

 private:
  FaultDisk();

  FaultPlan plan_;
  std::uint64_t count_ = 0;
  bool struck_ = false;
  std::map<std::string, std::string> durable_;  // path -> bytes at the last sync
};

}  // namespace dienstbereit::sqlite
