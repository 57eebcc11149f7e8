// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>

#include "servers/process.h"

namespace dienstbereit::bench {

// A server of ours beside Debian's nginx: each has one thread on one core, and wrk loads it from
// the other. Two cores are needed.

inline constexpr int kServerCore = 1;

// From now on this thread, and those it starts, run on that core only; or on all again.
void pin(int core);
void unpin();

// One worker that serves the files of a folder as well as it can: sendfile, open files and
// connections kept, no log, NAME.gz to whoever takes it. Throws std::runtime_error if it does not
// start.
class NginxFiles {
 public:
  // `types`: the inside of nginx's types { }.
  NginxFiles(const servers::TempFolder& folder, const std::string& types);
  ~NginxFiles();
  std::string address(const std::string& file) const;

 private:
  std::uint16_t port_;
  servers::Process process_;
};

// Requests a second that `wrk -t1 -c64` gets answered in two seconds; `field`: "Name: value" of
// each, or empty. Any error or answer other than 2xx or 3xx ends the program.
double wrk(const std::string& address, const std::string& field = {});

}  // namespace dienstbereit::bench
