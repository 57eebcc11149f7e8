// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Loaded before a program's libraries (LD_PRELOAD): its clock of the day goes ahead of the
// machine's by the seconds of WORLD_CLOCK_AHEAD. Timers and the monotonic clock stay as they are.
#include <cstdlib>
#include <ctime>

#include <dlfcn.h>
#include <sys/time.h>

namespace {

time_t ahead() {
  static const time_t seconds = [] {
    const char* text = std::getenv("WORLD_CLOCK_AHEAD");
    return text == nullptr ? 0 : std::strtol(text, nullptr, 10);
  }();
  return seconds;
}

}  // namespace

extern "C" {

int clock_gettime(clockid_t clock, timespec* now) noexcept {
  using Real = int (*)(clockid_t, timespec*);
  static const auto kReal = reinterpret_cast<Real>(::dlsym(RTLD_NEXT, "clock_gettime"));
  const int status = kReal(clock, now);
  if (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE) now->tv_sec += ahead();
  return status;
}

int gettimeofday(timeval* __restrict now, void* __restrict) noexcept {
  timespec exact{};
  const int status = clock_gettime(CLOCK_REALTIME, &exact);
  *now = {exact.tv_sec, static_cast<suseconds_t>(exact.tv_nsec / 1000)};
  return status;
}

time_t time(time_t* seconds) noexcept {
  timespec exact{};
  clock_gettime(CLOCK_REALTIME, &exact);
  if (seconds != nullptr) *seconds = exact.tv_sec;
  return exact.tv_sec;
}

}  // extern "C"
