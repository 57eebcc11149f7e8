// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/wording.h"

namespace dienstbereit {

// What the fallback homepage serves: the newest copy of the real one, the prepared dark site alone,
// or nothing (503).
enum class SiteMode : std::uint8_t { Mirror, Dark, Off };
const char* name_of(SiteMode mode);  // "mirror", "dark", "off"
std::optional<SiteMode> site_mode_of(std::string_view name);

// An address that moves to the machine that serves.
struct VirtualAddress {
  std::string address;  // "192.0.2.50/24"
  std::string interface;
};

// The name moves to the fallback by DNS update (RFC 2136).
struct NameUpdate {
  std::string server;  // numeric address of the primary
  std::uint16_t port = 53;
  std::string zone;
  std::string key_file;  // of the TSIG key, as nsupdate -k takes it
  std::vector<std::string> home;  // addresses of the real homepage
  std::vector<std::string> away;  // addresses of the fallback
  Duration ttl = std::chrono::minutes(1);
};

// Bounds on what is fetched in one night.
struct CopyBounds {
  std::uint64_t bytes = std::uint64_t{1} << 30;
  unsigned files = 50'000;
  unsigned depth = 8;  // links away from the first page
  Duration time = std::chrono::hours(2);
};

struct ListenAt {
  std::string address;  // numeric
  std::uint16_t port = 0;
  friend bool operator==(const ListenAt&, const ListenAt&) = default;
};

// The homepage that goes on while the real one is away.
struct HomepageSpec {
  std::string url;  // of its first page
  std::vector<std::string> names;  // host names that it has for readers
  std::vector<std::string> other_hosts;  // from where style sheets, fonts and images come too
  NodeId stands_for;  // what it is of this district; empty: nothing of it
  Minutes at = std::chrono::hours(2);  // civil time of the nightly copy
  unsigned keep = 7;  // copies
  Duration max_age = std::chrono::hours(72);  // an older copy is warned of
  CopyBounds bounds;
  std::string expects;  // text that the first page holds; empty: none
  std::string ca_file;  // PEM; empty: the system's trust store
  std::string dark;  // folder of the prepared dark site; empty: a page is made
  Wording banner;  // a sentence for the banner, besides what is always there
  Wording contact;  // how to reach the administration meanwhile, for the dark page
  std::string status_url;  // empty: the administration's public_url
  std::vector<ListenAt> listen;  // plain HTTP
  std::vector<ListenAt> listen_tls;  // with the certificate
  std::string certificate;  // PEM files
  std::string key;
  Duration renew_before = std::chrono::hours(24 * 21);  // warned of this long before its end
  std::string upstream;  // HOST:PORT of the real server, for the nginx snippet
  std::optional<VirtualAddress> address;
  std::optional<NameUpdate> dns;
};

// One finished copy, named by when it was taken: "2026-11-26T0200".
struct HomepageCopy {
  std::string name;
  Instant taken;
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
};

// What is known of it besides the record, as it is now.
struct HomepageFigures {
  std::vector<HomepageCopy> copies;  // newest first
  std::string current;  // empty: there is none
  bool fetching = false;
  std::string trouble;  // of the last attempt since the start; empty: it was good
  std::vector<std::uint16_t> ports;  // where it listens, in the order of the district
  std::string problem;  // why it does not listen; empty if it does
  std::optional<Instant> certificate_until;
  std::string certificate_problem;
  std::uint64_t requests = 0;
  std::optional<Instant> last_request;  // of a page, by a reader
};

}  // namespace dienstbereit
