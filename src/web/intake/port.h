// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string_view>

#include "model/account/account.h"
#include "model/intake/command.h"

namespace dienstbereit::web {

// Emergency intake, as the server asks it. Implemented by the app over its store. Thread-safe;
// nothing here blocks: what touches the disk is submitted.
class IntakePort {
 public:
  virtual ~IntakePort() = default;

  // The counter whose token this is; nothing if nobody's.
  virtual std::optional<IntakeDevice> device(std::string_view token) const = 0;
  // `reply` is called once, from any thread, after the change is durable. Too much waiting is
  // Errc::Unavailable at once.
  virtual void submit(IntakeCommand command, Identity by, IntakeReply reply) = 0;
};

}  // namespace dienstbereit::web
