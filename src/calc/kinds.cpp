// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "calc/kinds.h"

#include <array>

#include "calc/cause.h"
#include "calc/forecast.h"
#include "calc/order.h"

namespace dienstbereit::calc {

std::span<const Kind> kinds() {
  static constexpr std::array kAll{kCause, kForecast, kOrder};
  return kAll;
}

Error stopped() {
  return Error(Errc::TimedOut, "stopped before the calculation was done; there is no answer");
}

}  // namespace dienstbereit::calc
