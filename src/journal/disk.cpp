// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/disk.h"

#include <cerrno>
#include <cstring>

#include <fmt/format.h>
#include <sys/statvfs.h>

namespace dienstbereit::journal {
namespace {

std::uint64_t in_mib(std::uint64_t bytes) { return bytes >> 20; }

Wording advice_on_size(const DiskBounds& bounds, std::uint64_t used, bool full) {
  return {
      fmt::format("{}: {} von {} MiB belegt. Erhöhen Sie die Grenze (serve --journal-max) oder "
                  "sichern Sie das Journal und beginnen Sie einen neuen Datenordner; danach neu "
                  "starten.",
                  full ? "Das Journal ist voll, es wird nichts mehr festgehalten"
                       : "Das Journal ist bald voll",
                  in_mib(used), in_mib(bounds.max_bytes)),
      fmt::format(
          "{}: {} of {} MiB used. Raise the bound (serve --journal-max), or back the "
          "journal up and begin a new data folder; then restart.",
          full ? "The journal is full, nothing more is recorded" : "The journal is nearly full",
          in_mib(used), in_mib(bounds.max_bytes))};
}

Wording advice_on_space(const DiskBounds& bounds, std::uint64_t free, bool full) {
  return {
      fmt::format("{}: noch {} MiB frei, {} MiB müssen frei bleiben. Schaffen Sie Platz auf "
                  "dem Dateisystem des Datenordners{}.",
                  full ? "Der Datenträger ist voll, es wird nichts mehr festgehalten"
                       : "Der Datenträger ist bald voll",
                  in_mib(free), in_mib(bounds.min_free_bytes), full ? " und starten Sie neu" : ""),
      fmt::format("{}: {} MiB free, {} MiB must stay free. Make room on the data folder's file "
                  "system{}.",
                  full ? "The disk is full, nothing more is recorded" : "The disk is nearly full",
                  in_mib(free), in_mib(bounds.min_free_bytes), full ? " and restart" : "")};
}

}  // namespace

DiskState judge_disk(const DiskBounds& bounds, std::uint64_t used, std::uint64_t free,
                     std::uint64_t coming) {
  const std::uint64_t after = used + coming;
  const bool too_big = after > bounds.max_bytes;
  const bool too_tight = free < coming || free - coming < bounds.min_free_bytes;
  const double share = static_cast<double>(after) / static_cast<double>(bounds.max_bytes);
  const bool big = share > kWarnAtShare;
  const bool tight = free / kWarnAtFree < bounds.min_free_bytes;
  DiskState state{DiskLevel::Ok, used, free, {}};
  if (too_big || too_tight) {
    state.level = DiskLevel::Full;
    state.advice =
        too_big ? advice_on_size(bounds, used, true) : advice_on_space(bounds, free, true);
  } else if (big || tight) {
    state.level = DiskLevel::Warning;
    state.advice = big ? advice_on_size(bounds, used, false) : advice_on_space(bounds, free, false);
  }
  return state;
}

Result<std::uint64_t> free_bytes(const std::filesystem::path& dir) {
  struct statvfs fs{};
  if (::statvfs(dir.c_str(), &fs) != 0) {
    return fail(Errc::Io, fmt::format("cannot ask how much space is free for {}: {}", dir.string(),
                                      std::strerror(errno)));
  }
  return static_cast<std::uint64_t>(fs.f_bavail) * fs.f_frsize;
}

}  // namespace dienstbereit::journal
