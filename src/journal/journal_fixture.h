// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <unistd.h>

#include "journal/journal.h"

// For this folder's tests.
namespace dienstbereit::journal {

// In memory where there is such a place: the fault loops sync thousands of times, and what a sync
// is good for they judge by FaultDisk. Else the usual folder.
inline std::filesystem::path fast_folder() {
  const std::filesystem::path memory = "/dev/shm";
  return ::access(memory.c_str(), W_OK) == 0 ? memory : std::filesystem::temp_directory_path();
}

// A folder that is gone with the object.
class ScratchFolder {
 public:
  explicit ScratchFolder(const std::filesystem::path& parent = fast_folder()) {
    std::string name = (parent / "journal-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~ScratchFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline constexpr Instant kStart{std::chrono::milliseconds(1'795'000'000'000)};

inline Event sample_event(std::uint64_t seq) {
  Event event;
  event.site = "zentrale";
  event.epoch = 1;
  event.seq = seq;
  event.logical = kStart + std::chrono::seconds(seq);
  event.observed = event.logical - std::chrono::milliseconds(20);
  event.recorded = event.logical + std::chrono::milliseconds(3);
  event.actor = "observer";
  event.payload = ObservationSettled{ProbeId("F-KFZ/sql"),
                                     ProbeOutcome::Failure,
                                     event.observed,
                                     "connect",
                                     fmt::format("refused, try {}", seq),
                                     false};
  return event;
}

// `count` events from `first` on.
inline std::vector<Event> sample_events(std::uint64_t first, std::size_t count) {
  std::vector<Event> events;
  for (std::size_t i = 0; i < count; ++i) events.push_back(sample_event(first + i));
  return events;
}

inline std::vector<Record> all_of(const Journal& journal, std::uint64_t from = 1) {
  std::vector<Record> records;
  const auto read = journal.read(from, [&](const Record& record) {
    records.push_back(record);
    return true;
  });
  return read ? records : std::vector<Record>();
}

}  // namespace dienstbereit::journal
