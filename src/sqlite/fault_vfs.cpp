// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "sqlite/fault_vfs.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <new>
#include <random>

#include <sqlite3.h>

namespace dienstbereit::sqlite {
namespace {

// SQLite allocates this with the system's own file state behind it.
struct FaultFile {
  sqlite3_file base;
  std::string* path;
  sqlite3_file* real;
};

sqlite3_vfs* g_system = nullptr;  // set once, before the layer is registered

FaultFile* of(sqlite3_file* file) { return reinterpret_cast<FaultFile*>(file); }
sqlite3_file* real(sqlite3_file* file) { return of(file)->real; }
const sqlite3_io_methods& methods(sqlite3_file* file) { return *real(file)->pMethods; }
FaultDisk& disk() { return FaultDisk::instance(); }

std::string read_whole(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

int fault_close(sqlite3_file* file) {
  const int code = methods(file).xClose(real(file));
  delete of(file)->path;
  return code;
}

int fault_write(sqlite3_file* file, const void* bytes, int size, sqlite3_int64 offset) {
  if (!disk().strikes(false)) return methods(file).xWrite(real(file), bytes, size, offset);
  switch (disk().kind()) {
    case FaultKind::NoSpace:
      return SQLITE_FULL;
    case FaultKind::ShortWrite:
      methods(file).xWrite(real(file), bytes, size / 2, offset);
      return SQLITE_IOERR_WRITE;
    default:
      return SQLITE_IOERR_WRITE;
  }
}

int fault_truncate(sqlite3_file* file, sqlite3_int64 size) {
  if (disk().strikes(false)) return SQLITE_IOERR_TRUNCATE;
  return methods(file).xTruncate(real(file), size);
}

int fault_sync(sqlite3_file* file, int flags) {
  if (disk().strikes(true)) {
    return disk().kind() == FaultKind::SyncLies ? SQLITE_OK : SQLITE_IOERR_FSYNC;
  }
  const int code = methods(file).xSync(real(file), flags);
  if (code == SQLITE_OK) disk().synced(*of(file)->path);
  return code;
}

int fault_read(sqlite3_file* f, void* bytes, int size, sqlite3_int64 offset) {
  return methods(f).xRead(real(f), bytes, size, offset);
}
int fault_size(sqlite3_file* f, sqlite3_int64* size) { return methods(f).xFileSize(real(f), size); }
int fault_lock(sqlite3_file* f, int level) { return methods(f).xLock(real(f), level); }
int fault_unlock(sqlite3_file* f, int level) { return methods(f).xUnlock(real(f), level); }
int fault_reserved(sqlite3_file* f, int* out) {
  return methods(f).xCheckReservedLock(real(f), out);
}
int fault_control(sqlite3_file* f, int op, void* arg) {
  return methods(f).xFileControl(real(f), op, arg);
}
int fault_sector(sqlite3_file* f) { return methods(f).xSectorSize(real(f)); }
// Nothing is promised: no atomic writes, no power-safe overwrite.
int fault_device(sqlite3_file*) { return 0; }
int fault_shm_map(sqlite3_file* f, int page, int size, int extend, void volatile** out) {
  return methods(f).xShmMap(real(f), page, size, extend, out);
}
int fault_shm_lock(sqlite3_file* f, int offset, int n, int flags) {
  return methods(f).xShmLock(real(f), offset, n, flags);
}
void fault_shm_barrier(sqlite3_file* f) { methods(f).xShmBarrier(real(f)); }
int fault_shm_unmap(sqlite3_file* f, int remove) { return methods(f).xShmUnmap(real(f), remove); }

constexpr sqlite3_io_methods kMethods{2,
                                      fault_close,
                                      fault_read,
                                      fault_write,
                                      fault_truncate,
                                      fault_sync,
                                      fault_size,
                                      fault_lock,
                                      fault_unlock,
                                      fault_reserved,
                                      fault_control,
                                      fault_sector,
                                      fault_device,
                                      fault_shm_map,
                                      fault_shm_lock,
                                      fault_shm_barrier,
                                      fault_shm_unmap,
                                      nullptr,
                                      nullptr};

int fault_open(sqlite3_vfs*, const char* name, sqlite3_file* file, int flags, int* out) {
  FaultFile* opened = of(file);
  opened->base.pMethods = nullptr;
  const bool creates =
      name != nullptr && (flags & SQLITE_OPEN_CREATE) != 0 && !std::filesystem::exists(name);
  if (creates && disk().strikes(false)) return SQLITE_CANTOPEN;
  opened->real = reinterpret_cast<sqlite3_file*>(opened + 1);
  const int code = g_system->xOpen(g_system, name, opened->real, flags, out);
  if (opened->real->pMethods == nullptr) return code;
  opened->path = new std::string(name ? name : "");
  opened->base.pMethods = &kMethods;
  return code;
}

int fault_delete(sqlite3_vfs*, const char* name, int sync_folder) {
  if (disk().strikes(false)) return SQLITE_IOERR_DELETE;
  disk().removed(name);
  return g_system->xDelete(g_system, name, sync_folder);
}

sqlite3_vfs& layer() {
  static sqlite3_vfs vfs = *g_system;
  return vfs;
}

}  // namespace

FaultDisk& FaultDisk::instance() {
  static FaultDisk disk;
  return disk;
}

FaultDisk::FaultDisk() {
  g_system = sqlite3_vfs_find(nullptr);
  sqlite3_vfs& vfs = layer();
  vfs.szOsFile = static_cast<int>(sizeof(FaultFile)) + g_system->szOsFile;
  vfs.zName = kName;
  vfs.xOpen = fault_open;
  vfs.xDelete = fault_delete;
  sqlite3_vfs_register(&vfs, 0);
}

void FaultDisk::begin(FaultPlan plan) {
  plan_ = plan;
  count_ = 0;
  struck_ = false;
  durable_.clear();
}

bool FaultDisk::strikes(bool is_sync) {
  const bool of_syncs = plan_.kind == FaultKind::SyncError || plan_.kind == FaultKind::SyncLies;
  if (is_sync != of_syncs) return false;
  ++count_;
  const bool now = plan_.at != 0 && (count_ == plan_.at || (plan_.lasting && count_ > plan_.at));
  struck_ = struck_ || now;
  return now;
}

void FaultDisk::synced(const std::string& path) { durable_[path] = read_whole(path); }

void FaultDisk::cut_power(std::uint32_t seed) {
  constexpr std::size_t kSector = 512;
  std::minstd_rand random(seed);
  for (const auto& [path, before] : durable_) {
    std::string bytes = read_whole(path);
    bytes.resize(std::max(bytes.size(), before.size()));
    for (std::size_t at = 0; at < bytes.size(); at += kSector) {
      if (random() % 2 == 0) continue;
      const std::string old = at < before.size() ? before.substr(at, kSector) : std::string();
      std::string padded = old;
      padded.resize(std::min(kSector, bytes.size() - at));
      bytes.replace(at, padded.size(), padded);
    }
    std::ofstream(path, std::ios::binary | std::ios::trunc) << bytes;
    if (path.ends_with("-wal")) {
      std::filesystem::remove(path.substr(0, path.size() - 3) + "shm");
    }
  }
}

}  // namespace dienstbereit::sqlite
