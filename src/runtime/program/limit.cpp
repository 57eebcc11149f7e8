// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/program/limit.h"

#include <algorithm>

#include <poll.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/assert.h"

namespace dienstbereit::runtime {

Cancel::Cancel() : fd_(::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)) { dienstbereit_assert(fd_ >= 0); }

Cancel::~Cancel() { ::close(fd_); }

void Cancel::cancel() {
  const std::uint64_t one = 1;
  dienstbereit_assert(::write(fd_, &one, sizeof one) == sizeof one);
}

bool Cancel::cancelled() const {
  pollfd entry{fd_, POLLIN, 0};
  return ::poll(&entry, 1, 0) == 1;
}

Limit::Limit(Duration at_most, const Cancel& cancel)
    : end_(std::chrono::steady_clock::now() + at_most), cancel_(cancel) {}

Duration Limit::left() const {
  const auto left = end_ - std::chrono::steady_clock::now();
  return std::max(Duration(0), std::chrono::ceil<Duration>(left));
}

}  // namespace dienstbereit::runtime
