// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "model/telling/roster.h"
#include "notify/letter.h"
#include "runtime/clock.h"
#include "runtime/loop.h"

namespace dienstbereit::notify {

// Sends letters, a few at once, each within its channel's time. Every letter gets one result;
// what follows from it (another attempt, another channel) is the engine's to decide.
class Notifier {
 public:
  static constexpr std::size_t kMostAtOnce = 16;
  static constexpr std::size_t kMostPerChannel = 4;  // a channel that hangs does not stop others

  using Secret = std::function<Result<std::string>(const std::string& name)>;
  // Called on the loop's thread. Details name neither address nor secret.
  using Report = std::function<void(MessageResult)>;

  // All references outlive it. `folder` is the district's: names of CA files are relative to it.
  // `now` is civil time.
  Notifier(runtime::Loop& loop, std::function<Instant()> now, Secret secret, Report report,
           std::filesystem::path folder);
  ~Notifier();  // close() must have been called if the loop has run

  // Thread-safe. Nothing is sent after close().
  void send(Letter letter);
  // Cancels what is under way and waits for its end; nothing is reported afterwards. Not from the
  // loop's thread; the loop must be running.
  void close();

 private:
  class Office;
  std::unique_ptr<Office> office_;
};

// Takes every occurrence of `what` out of a text, whatever its case.
std::string without(std::string text, const std::string& what, const std::string& instead);

}  // namespace dienstbereit::notify
