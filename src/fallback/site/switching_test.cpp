// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/switching.h"

#include <gtest/gtest.h>

namespace dienstbereit::fallback::site {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Switching, SaysWhichKeyIsMissing) {
  HomepageSpec spec;
  EXPECT_TRUE(contains(nginx_upstream(spec, "").error().message, "'upstream'"));
  EXPECT_TRUE(contains(address_script(spec, true).error().message, "'address'"));
  EXPECT_TRUE(contains(dns_script(spec, true).error().message, "'dns'"));
  spec.upstream = "192.0.2.1:80";
  EXPECT_TRUE(contains(nginx_upstream(spec, "").error().message, "'listen'"));
  spec.listen = {{"0.0.0.0", 8090}};
  EXPECT_TRUE(contains(nginx_upstream(spec, "").error().message, "--at"));
  EXPECT_TRUE(
      contains(nginx_upstream(spec, "192.0.2.9:8090").value(), "server 192.0.2.9:8090 backup;"));
}

TEST(Switching, NamesMoveToTheAddressesOfTheirKind) {
  HomepageSpec spec;
  spec.names = {"www.kreis.example"};
  spec.dns = NameUpdate{"192.0.2.53",
                        53,
                        "kreis.example",
                        "/etc/it's.key",
                        {"192.0.2.1"},
                        {"198.51.100.9", "2001:db8::9"},
                        std::chrono::seconds(30)};
  const std::string away = dns_script(spec, true).value();
  EXPECT_TRUE(contains(away, "update delete www.kreis.example. A\n"));
  EXPECT_TRUE(contains(away, "update add www.kreis.example. 30 A 198.51.100.9\n"));
  EXPECT_TRUE(contains(away, "update add www.kreis.example. 30 AAAA 2001:db8::9\n"));
  EXPECT_TRUE(contains(away, "-k '/etc/it'\\''s.key'"));
  EXPECT_TRUE(contains(dns_script(spec, false).value(), "30 A 192.0.2.1\n"));
}

}  // namespace
}  // namespace dienstbereit::fallback::site
