// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <functional>
#include <memory>

#include "model/interim/action.h"
#include "runtime/loop.h"

namespace dienstbereit::fallback {

// A helper that cannot be reached is tried again for this long: it may be starting.
inline constexpr Duration kReachFor = std::chrono::seconds(10);

// Asks the privileged helper over its Unix socket, one connection an action. Where the connection
// breaks, it asks again under the same key until the action's time is over: the helper does nothing
// twice.
class HelperPort final : public ActionPort {
 public:
  // Called on the loop's thread, once for each action, but for those that close() cuts off.
  using Report = std::function<void(ActionResult)>;

  // `loop` outlives it.
  HelperPort(runtime::Loop& loop, std::filesystem::path socket, Report report,
             Duration reach_for = kReachFor);
  ~HelperPort() override;

  void carry_out(Action action) override;
  // From another thread than the loop's; the loop is running. Nothing is asked afterwards.
  void close();

 private:
  class Desk;
  std::unique_ptr<Desk> desk_;
};

}  // namespace dienstbereit::fallback
