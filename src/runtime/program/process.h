// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "base/result.h"
#include "runtime/program/limit.h"

namespace dienstbereit::runtime {

// The most that is kept of what a program prints; the rest is read and dropped.
inline constexpr std::size_t kLargestOutput = 8u << 10;

struct Ended {
  int code = 0;
  std::string output;  // both kinds
};

// As run_program, for programs whose codes other than 0 mean something too: an error is a program
// that could not be run, was ended by a signal or by the limit.
Result<Ended> run_to_code(const std::vector<std::string>& arguments, const Limit& limit);

// Runs a program, found on the usual path, without a shell, to its end; what it prints, both kinds.
// It gets no input and a plain environment. When the limit is over, it and its children are
// killed. The error of an end other than 0 holds its last line.
Result<std::string> run_program(const std::vector<std::string>& arguments, const Limit& limit);

}  // namespace dienstbereit::runtime
