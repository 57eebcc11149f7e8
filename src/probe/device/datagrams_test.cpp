// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/device/datagrams.h"

#include <gtest/gtest.h>

namespace dienstbereit::probe {
namespace {

TEST(Datagrams, OfBothFamiliesTheOlderOneIsAskedFirst) {
  const auto at = [](const char* text) { return asio::ip::make_address(text); };
  EXPECT_EQ(
      in_order({at("2001:db8::1"), at("192.0.2.2"), at("2001:db8::2"), at("192.0.2.1")}),
      (runtime::Addresses{at("192.0.2.2"), at("192.0.2.1"), at("2001:db8::1"), at("2001:db8::2")}));
}

}  // namespace
}  // namespace dienstbereit::probe
