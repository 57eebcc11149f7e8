// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/result.h"
#include "model/telling/notice.h"

namespace dienstbereit::app {

// The code that a message carries, to acknowledge its alarm with: eight characters that follow from
// the message's id and a key of this installation, so that nothing about it need be kept. It is
// good once: an alarm is acknowledged once. Immutable, thread-safe.
class AckCodes {
 public:
  // Reads the key in the data directory, or makes one (mode 0600).
  static Result<AckCodes> open(const std::filesystem::path& data);

  // "7K3M-Q2XD"; no letters that are mistaken for digits.
  std::string code_of(const MessageId& message) const;
  // The message of the board that carries this code, however it is written (case, hyphens,
  // blanks); nothing if none does.
  std::optional<MessageId> message_of(const std::string& code, const NoticeBoard& board) const;

 private:
  explicit AckCodes(std::string key) : key_(std::move(key)) {}

  std::string key_;
};

}  // namespace dienstbereit::app
