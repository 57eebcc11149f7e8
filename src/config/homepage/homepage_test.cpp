// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "config/bundle.h"
#include "config/load.h"

namespace dienstbereit::config {
namespace {

Loaded load(const std::string& homepage) {
  const std::string text =
      "administration: {name: {de: K}, ags: '05999', public_url: 'https://lage.example/'}\n"
      "sites: [{id: S, name: {de: S}}]\n" +
      homepage;
  return load_bundle(to_bundle({SourceFile{"kreis.yaml", text}}));
}

bool says(const Loaded& loaded, const std::string& part) {
  return to_lines(loaded.diagnostics).find(part) != std::string::npos;
}

constexpr const char* kWhole = R"yaml(
homepage:
  url: https://www.kreis.example/
  names: [www.kreis.example, kreis.example]
  at: "03:30"
  keep: 3
  bounds: {megabytes: 5, files: 100, depth: 2, time: 10 min}
  expects: Kreis Probe
  listen: ["127.0.0.1:8090", "[::1]:8090"]
  stands_for: S
  upstream: 192.0.2.1:80
  address: {address: 192.0.2.50/24, interface: eth0}
  dns: {server: 192.0.2.53, zone: kreis.example, key_file: /etc/k, home: 192.0.2.1, away: 192.0.2.9}
)yaml";

TEST(Homepage, IsReadWithItsDefaults) {
  const Loaded loaded = load(kWhole);
  ASSERT_TRUE(loaded.district) << to_lines(loaded.diagnostics);
  EXPECT_FALSE(says(loaded, "homepage")) << to_lines(loaded.diagnostics);
  const HomepageSpec& spec = *loaded.district->homepage;
  EXPECT_EQ(spec.at, std::chrono::minutes(210));
  EXPECT_EQ(spec.bounds.bytes, 5u << 20);
  EXPECT_EQ(spec.listen[1], (ListenAt{"::1", 8090}));
  EXPECT_EQ(spec.status_url, "https://lage.example/");
  EXPECT_EQ(spec.address->interface, "eth0");
  EXPECT_EQ(spec.dns->ttl, std::chrono::minutes(1));
  EXPECT_EQ(spec.max_age, std::chrono::hours(72));
  EXPECT_FALSE(load("").district->homepage);
}

TEST(Homepage, WrongValuesAreErrorsThatNameThem) {
  for (const auto& [line, said] : std::vector<std::pair<std::string, std::string>>{
           {"at: '25:00'", "no time of day"},
           {"keep: 0", "between 1 and 100"},
           {"names: 'a b'", "no host name"},
           {"names: '-x'", "no host name"},
           {"listen: '8090'", "nothing to listen on"},
           {"listen: 'localhost:80'", "nothing to listen on"},
           {"dark: ../x", "without '..'"},
           {"address: {address: 192.0.2.1, interface: eth0}", "with its prefix"},
           {"address: {address: 192.0.2.1/24, interface: 'a;b'}", "no name of an interface"},
           {"upstream: 'a;b'", "HOST:PORT"},
           {"bounds: {megabytes: 0}", "megabytes"},
           {"bounds: {time: 1 s}", "are possible"},
           {"certificate: c.pem", "belong together"},
           {"listen_tls: '127.0.0.1:1'", "needs 'certificate'"},
           {"dns: {zone: 'a b'}", "no zone"}}) {
    const Loaded loaded = load("homepage:\n  url: https://www.kreis.example/\n  " + line + "\n");
    EXPECT_FALSE(loaded.district) << line;
    EXPECT_TRUE(says(loaded, said)) << line << to_lines(loaded.diagnostics);
  }
  EXPECT_TRUE(says(load("homepage: {names: a}\n"), "url"));
}

TEST(Homepage, WarnsOfWhatWouldFailLater) {
  const Loaded loaded = load("homepage: {url: 'https://www.kreis.example/'}\n");
  ASSERT_TRUE(loaded.district);
  for (const char* part : {"served nowhere", "no 'names'", "no 'expects'", "no 'stands_for'"}) {
    EXPECT_TRUE(says(loaded, part)) << part;
  }
}

}  // namespace
}  // namespace dienstbereit::config
