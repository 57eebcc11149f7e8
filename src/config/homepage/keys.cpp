// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The keys of the homepage that goes on while the real one is away.
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/text.h"
#include "config/shapes.h"
#include "config/values.h"

namespace dienstbereit::config {
namespace {

const Type kClockTime{"clock_time", "time of day: `02:00`",
                      R"({"type":"string","pattern":"^[0-2][0-9]:[0-5][0-9]$"})"};
const Type kHostName{"host_name", "host name: `www.kreis.example`",
                     R"({"type":"string","pattern":"^[A-Za-z0-9.-]+$"})"};
const Type kHostOfFetch{"fetch_host", "host name, where needed with its port",
                        R"({"type":"string","pattern":"^[A-Za-z0-9.:-]+$"})"};
const Type kListenAt{"listen_at", "`ADDRESS:PORT`, the address numeric, IPv6 in brackets",
                     R"({"type":"string","pattern":"^.+:[0-9]+$"})"};
const Type kPathOfFile{"path_of_file", "path of a file or folder, from the district's folder on",
                       R"({"type":"string","minLength":1})"};
const Type kNetAddress{"net_address", "numeric address with its prefix: `192.0.2.50/24`",
                       R"({"type":"string","pattern":"^[0-9a-fA-F.:]+/[0-9]+$"})"};
const Type kInterface{"interface", "name of a network interface: `eth0`",
                      R"({"type":"string","pattern":"^[A-Za-z0-9._-]{1,15}$"})"};
const Type kMegabytes{"megabytes", "a number of megabytes, 1 to 100000",
                      R"({"type":"integer","minimum":1,"maximum":100000})"};

constexpr unsigned kMostMegabytes = 100'000;
constexpr unsigned kMostSiteFiles = 500'000;
constexpr unsigned kDeepest = 50;
constexpr unsigned kMostKeptCopies = 100;
constexpr Duration kShortestFetch = std::chrono::seconds(10);
constexpr Duration kLongestFetch = std::chrono::hours(12);
constexpr Duration kShortestTtl = std::chrono::seconds(1);
constexpr Duration kLongestTtl = std::chrono::hours(24);

bool made_of(std::string_view text, std::string_view letters) {
  return !text.empty() && text.find_first_not_of(letters) == std::string_view::npos;
}
constexpr std::string_view kHostLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-";

void read_clock_time(Reader& reader, const Node& node, Minutes& at) {
  std::string text;
  read_text(reader, node, text);
  const auto minute = parse_hhmm(text);
  if (minute && *minute < std::chrono::hours(24)) {
    at = *minute;
  } else {
    reader.report.error(
        node.mark, fmt::format("'{}' is no time of day; write one like 02:00", clean(text, 40)));
  }
}

template <bool kWithPort>
void read_hosts(Reader& reader, const Node& node, std::vector<std::string>& hosts) {
  for (const Node* item : one_or_items(node)) {
    std::string& host = hosts.emplace_back();
    read_text(reader, *item, host);
    const std::string_view bare =
        kWithPort ? std::string_view(host).substr(0, host.rfind(':')) : std::string_view(host);
    if (made_of(bare, kHostLetters) && host.front() != '-') continue;
    reader.report.error(item->mark, fmt::format("'{}' is no host name", clean(host, 80)));
  }
}

void read_listen(Reader& reader, const Node& node, std::vector<ListenAt>& all) {
  for (const Node* item : one_or_items(node)) {
    std::string text;
    read_text(reader, *item, text);
    const auto colon = text.rfind(':');
    ListenAt at;
    at.address = text.substr(0, colon);
    if (at.address.starts_with('[') && at.address.ends_with(']')) {
      at.address = at.address.substr(1, at.address.size() - 2);
    }
    const char* begin =
        text.data() + std::min(text.size(), colon == std::string::npos ? 0 : colon + 1);
    const char* end = text.data() + text.size();
    const auto [stop, wrong] = std::from_chars(begin, end, at.port);
    if (colon != std::string::npos && wrong == std::errc() && stop == end && begin != end &&
        is_numeric_address(at.address)) {
      all.push_back(at);
      continue;
    }
    reader.report.error(item->mark, fmt::format("'{}' is nothing to listen on; write one like "
                                                "192.0.2.9:8090 or [2001:db8::9]:8090",
                                                clean(text, 80)));
  }
}

void read_path(Reader& reader, const Node& node, std::string& path) {
  read_text(reader, node, path);
  if (!path.empty() && ("/" + path + "/").find("/../") == std::string::npos) return;
  reader.report.error(node.mark, "a path without '..' is wanted");
}

void read_net_address(Reader& reader, const Node& node, std::string& address) {
  read_text(reader, node, address);
  const auto slash = address.find('/');
  const std::string prefix = slash == std::string::npos ? "" : address.substr(slash + 1);
  if (is_numeric_address(address.substr(0, slash)) && made_of(prefix, "0123456789") &&
      prefix.size() <= 3) {
    return;
  }
  reader.report.error(node.mark, fmt::format("'{}' is no address with its prefix; write one like "
                                             "192.0.2.50/24",
                                             clean(address, 60)));
}

void read_interface(Reader& reader, const Node& node, std::string& name) {
  read_text(reader, node, name);
  if (name.size() <= 15 && made_of(name, std::string(kHostLetters) + "_") && name[0] != '-') return;
  reader.report.error(node.mark, fmt::format("'{}' is no name of an interface", clean(name, 40)));
}

void read_megabytes(Reader& reader, const Node& node, std::uint64_t& bytes) {
  unsigned count = 0;
  read_count(reader, node, count);
  if (count < 1 || count > kMostMegabytes) {
    reader.report.error(node.mark, fmt::format("between 1 and {} megabytes", kMostMegabytes));
  }
  bytes = std::uint64_t{count} << 20;
}

template <unsigned kMost>
void read_up_to(Reader& reader, const Node& node, unsigned& count) {
  read_count(reader, node, count);
  if (count >= 1 && count <= kMost) return;
  reader.report.error(node.mark, fmt::format("between 1 and {} are possible", kMost));
}

void check_span(Reader& reader, const Node& node, Duration value, Duration least, Duration most) {
  if (value >= least && value <= most) return;
  reader.report.error(node.mark,
                      fmt::format("between {} and {} are possible", to_text(least), to_text(most)));
}

void read_fetch_time(Reader& reader, const Node& node, Duration& time) {
  read_duration(reader, node, time);
  check_span(reader, node, time, kShortestFetch, kLongestFetch);
}

void read_ttl(Reader& reader, const Node& node, Duration& ttl) {
  read_duration(reader, node, ttl);
  check_span(reader, node, ttl, kShortestTtl, kLongestTtl);
}

void read_update_port(Reader& reader, const Node& node, std::uint16_t& port) {
  unsigned count = 0;
  read_count(reader, node, count);
  if (count < 1 || count > 65535) reader.report.error(node.mark, "a port lies between 1 and 65535");
  port = static_cast<std::uint16_t>(count);
}

void read_addresses(Reader& reader, const Node& node, std::vector<std::string>& all) {
  for (const Node* item : one_or_items(node)) {
    read_numeric_address(reader, *item, all.emplace_back());
  }
}

void read_zone(Reader& reader, const Node& node, std::string& zone) {
  read_text(reader, node, zone);
  if (made_of(zone, kHostLetters) && zone.front() != '-') return;
  reader.report.error(node.mark, fmt::format("'{}' is no zone", clean(zone, 80)));
}

void read_upstream(Reader& reader, const Node& node, std::string& upstream) {
  read_text(reader, node, upstream);
  if (made_of(upstream, std::string(kHostLetters) + ":[]")) return;
  reader.report.error(node.mark, "the real server is named as HOST:PORT");
}

template <class T, const Shape& (*ShapeOf)()>
void read_optional(Reader& reader, const Node& node, std::optional<T>& value) {
  read_shape(reader, node, ShapeOf(), &value.emplace());
}

// A map of its own shape in an optional member.
template <auto Member, class T, const Shape& (*ShapeOf)()>
Key optional_map(const char* name, const char* meaning) {
  Key key{name, meaning, nullptr, ShapeOf, Form::One, false, nullptr};
  key.read = [](Reader& reader, const Node& node, void* target) {
    read_optional<T, ShapeOf>(reader, node, static_cast<HomepageSpec*>(target)->*Member);
  };
  return key;
}

std::vector<Key> copying_keys() {
  using K = Keys<HomepageSpec>;
  return {K::as<&HomepageSpec::url, read_url>("url", kUrl, "first page of the real site").needed(),
          K::as<&HomepageSpec::names, read_hosts<false>>(
              "names", kHostName, "host names that readers know it by", Form::OneOrList),
          K::as<&HomepageSpec::other_hosts, read_hosts<true>>(
              "other_hosts", kHostOfFetch, "from where style sheets, fonts and images come too",
              Form::OneOrList),
          K::of<&HomepageSpec::stands_for>("stands_for", "the service or component that it is"),
          K::as<&HomepageSpec::at, read_clock_time>("at", kClockTime,
                                                    "when it is copied each night; "
                                                    "default 02:00"),
          K::as<&HomepageSpec::keep, read_up_to<kMostKeptCopies>>("keep", kCount,
                                                                  "copies kept; default 7"),
          K::of<&HomepageSpec::max_age>("max_age", "an older copy is warned of; default 72 h"),
          K::map<&HomepageSpec::bounds, copy_bounds_shape>("bounds", "of one copy"),
          K::of<&HomepageSpec::expects>(
              "expects", "text that the first page holds, so that no error page is kept"),
          K::as<&HomepageSpec::ca_file, read_file_name>("ca_file", kFileName,
                                                        "default: the system's trust store")};
}

std::vector<Key> serving_keys() {
  using K = Keys<HomepageSpec>;
  return {
      K::as<&HomepageSpec::dark, read_path>("dark", kPathOfFile,
                                            "folder of the prepared dark site; default: a page is "
                                            "made"),
      K::of<&HomepageSpec::banner>("banner", "a sentence of your own for the banner"),
      K::of<&HomepageSpec::contact>("contact", "how to reach you meanwhile, for the dark page"),
      K::as<&HomepageSpec::status_url, read_url>("status_url", kUrl,
                                                 "of the page of states; default `public_url`"),
      K::as<&HomepageSpec::listen, read_listen>("listen", kListenAt, "where it is served by HTTP",
                                                Form::OneOrList),
      K::as<&HomepageSpec::listen_tls, read_listen>("listen_tls", kListenAt,
                                                    "where it is served by HTTPS", Form::OneOrList),
      K::as<&HomepageSpec::certificate, read_path>("certificate", kPathOfFile,
                                                   "PEM, with its chain, for `names`"),
      K::as<&HomepageSpec::key, read_path>("key", kPathOfFile, "PEM, of the certificate"),
      K::of<&HomepageSpec::renew_before>("renew_before",
                                         "a certificate that ends sooner is warned of; default "
                                         "21 d"),
      K::as<&HomepageSpec::upstream, read_upstream>("upstream", kText,
                                                    "HOST:PORT of the real server, for nginx"),
      optional_map<&HomepageSpec::address, VirtualAddress, virtual_address_shape>(
          "address", "a virtual address that moves"),
      optional_map<&HomepageSpec::dns, NameUpdate, name_update_shape>("dns",
                                                                      "the names move by update")};
}

}  // namespace

const Shape& homepage_shape() {
  static const Shape shape = [] {
    Shape made{"homepage", "the homepage meanwhile",
               "The homepage that goes on while the real one is away "
               "([homepage.md](../operating/homepage.md)).",
               copying_keys()};
    const auto serving = serving_keys();
    made.keys.insert(made.keys.end(), serving.begin(), serving.end());
    return made;
  }();
  return shape;
}

const Shape& copy_bounds_shape() {
  using K = Keys<CopyBounds>;
  static const Shape shape{
      "copy_bounds",
      "bounds of a copy",
      "A site that goes beyond `megabytes` or `files` is not copied: half a copy is none.",
      {K::as<&CopyBounds::bytes, read_megabytes>("megabytes", kMegabytes, "default 1024"),
       K::as<&CopyBounds::files, read_up_to<kMostSiteFiles>>("files", kCount, "default 50000"),
       K::as<&CopyBounds::depth, read_up_to<kDeepest>>("depth", kCount,
                                                       "links away from the first page; default 8"),
       K::as<&CopyBounds::time, read_fetch_time>("time", kDuration, "default 2 h")}};
  return shape;
}

const Shape& virtual_address_shape() {
  using K = Keys<VirtualAddress>;
  static const Shape shape{
      "virtual_address",
      "a virtual address",
      "",
      {K::as<&VirtualAddress::address, read_net_address>("address", kNetAddress, "with its prefix")
           .needed(),
       K::as<&VirtualAddress::interface, read_interface>("interface", kInterface,
                                                         "of the machine that takes it")
           .needed()}};
  return shape;
}

const Shape& name_update_shape() {
  using K = Keys<NameUpdate>;
  static const Shape shape{
      "name_update",
      "a DNS update",
      "RFC 2136, signed with TSIG.",
      {K::as<&NameUpdate::server, read_numeric_address>("server", kAddress, "the primary").needed(),
       K::as<&NameUpdate::port, read_update_port>("port", kCount, "default 53"),
       K::as<&NameUpdate::zone, read_zone>("zone", kHostName, "that the names are in").needed(),
       K::as<&NameUpdate::key_file, read_path>("key_file", kPathOfFile,
                                               "with the TSIG key, as `nsupdate -k` takes it")
           .needed(),
       K::as<&NameUpdate::home, read_addresses>("home", kAddress, "of the real homepage",
                                                Form::OneOrList)
           .needed(),
       K::as<&NameUpdate::away, read_addresses>("away", kAddress, "of the fallback",
                                                Form::OneOrList)
           .needed(),
       K::as<&NameUpdate::ttl, read_ttl>("ttl", kDuration, "default 1 min")}};
  return shape;
}

}  // namespace dienstbereit::config
