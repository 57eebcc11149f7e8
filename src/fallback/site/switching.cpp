// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/switching.h"

#include <fmt/format.h>

namespace dienstbereit::fallback::site {
namespace {

tl::unexpected<Error> missing(const char* key) {
  return fail(Errc::NotFound,
              fmt::format("'homepage:' of the district lacks '{}'; 'dienstbereit check --keys' "
                          "explains it",
                          key));
}

std::string quoted(const std::string& text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? "'\\''" : std::string(1, c);
  return out + "'";
}

std::string host_and_port(const ListenAt& at) {
  const bool v6 = at.address.find(':') != std::string::npos;
  return v6 ? fmt::format("[{}]:{}", at.address, at.port)
            : fmt::format("{}:{}", at.address, at.port);
}

const char* kScriptHead = "#!/bin/sh\n# Written by 'dienstbereit fallback-site'.\nset -eu\n";

}  // namespace

Result<std::string> nginx_upstream(const HomepageSpec& spec, const std::string& at) {
  if (spec.upstream.empty()) return missing("upstream");
  std::string fallback = at;
  if (fallback.empty()) {
    if (spec.listen.empty()) return missing("listen");
    const ListenAt& first = spec.listen.front();
    if (first.address == "0.0.0.0" || first.address == "::") {
      return fail(Errc::InvalidInput, "the fallback listens on every address; say with --at which "
                                      "one nginx is to use");
    }
    fallback = host_and_port(first);
  }
  return fmt::format(R"(# Written by 'dienstbereit fallback-site nginx': for http {{ }}.
proxy_cache_path /var/cache/nginx/dienstbereit levels=1:2 keys_zone=dienstbereit:10m
                 max_size=1g inactive=14d use_temp_path=off;
upstream dienstbereit_homepage {{
  server {} max_fails=2 fail_timeout=10s;
  server {} backup;
}}
)",
                     spec.upstream, fallback);
}

Result<std::string> nginx_location(const HomepageSpec& spec) {
  if (spec.upstream.empty()) return missing("upstream");
  return R"(# Written by 'dienstbereit fallback-site nginx --location': for server { }.
location / {
  proxy_pass http://dienstbereit_homepage;
  proxy_http_version 1.1;
  proxy_set_header Connection "";
  proxy_set_header Host $host;
  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_connect_timeout 3s;
  proxy_read_timeout 20s;
  # The fallback answers for a server that is away or broken; what people send is never sent twice.
  proxy_next_upstream error timeout invalid_header http_500 http_502 http_503 http_504;
  proxy_next_upstream_tries 2;
  proxy_next_upstream_timeout 25s;
  # If the fallback is away too: what was read before, of readers who are not logged in. It is
  # fresh for a moment only, and not served while it is renewed: it would hide the banner.
  proxy_cache dienstbereit;
  proxy_cache_valid 200 301 302 1s;
  proxy_cache_use_stale error timeout invalid_header http_500 http_502 http_503 http_504;
  proxy_cache_lock on;
  proxy_cache_bypass $http_cookie $http_authorization;
  proxy_no_cache $http_cookie $http_authorization;
}
)";
}

Result<std::string> address_script(const HomepageSpec& spec, bool take) {
  if (!spec.address) return missing("address");
  const std::string& whole = spec.address->address;
  const std::string plain = whole.substr(0, whole.find('/'));
  const std::string& interface = spec.address->interface;
  if (!take) {
    return fmt::format("{0}if ip -o address show dev {1} | grep -qwF {2}; then\n"
                       "  ip address delete {3} dev {1}\nfi\n",
                       kScriptHead, quoted(interface), quoted(plain), quoted(whole));
  }
  // Two machines with one address are worse than none: first it is asked who has it.
  return fmt::format("{0}if ip -o address show dev {1} | grep -qwF {2}; then exit 0; fi\n"
                     "if [ {1} != lo ] && command -v arping >/dev/null; then\n"
                     "  if ! arping -D -q -c 2 -w 3 -I {1} {2}; then\n"
                     "    echo 'another machine still answers for '{2}'; nothing was changed' >&2\n"
                     "    exit 3\n  fi\nfi\n"
                     "ip address add {3} dev {1}\n"
                     "if [ {1} != lo ] && command -v arping >/dev/null; then\n"
                     "  arping -U -q -c 3 -w 4 -I {1} {2} || true\nfi\n",
                     kScriptHead, quoted(interface), quoted(plain), quoted(whole));
}

Result<std::string> dns_script(const HomepageSpec& spec, bool away) {
  if (!spec.dns) return missing("dns");
  if (spec.names.empty()) return missing("names");
  const NameUpdate& dns = *spec.dns;
  const auto& addresses = away ? dns.away : dns.home;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(dns.ttl).count();
  std::string out = fmt::format("{}exec nsupdate -v -t 10 -k {} <<'END'\nserver {} {}\nzone {}.\n",
                                kScriptHead, quoted(dns.key_file), dns.server, dns.port, dns.zone);
  for (const std::string& name : spec.names) {
    out += fmt::format("update delete {0}. A\nupdate delete {0}. AAAA\n", name);
    for (const std::string& address : addresses) {
      const char* type = address.find(':') == std::string::npos ? "A" : "AAAA";
      out += fmt::format("update add {}. {} {} {}\n", name, seconds, type, address);
    }
  }
  return out + "send\nEND\n";
}

}  // namespace dienstbereit::fallback::site
