// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "base/result.h"
#include "runtime/credentials.h"

namespace dienstbereit::fallback::mail {

// "ldaps://host[:port]/BASE?attribute,attribute?scope?filter" (RFC 4516).
struct LdapUrl {
  std::string server;  // "ldaps://host:port"
  std::string base;
  std::vector<std::string> attributes;  // default mail, mailAlternateAddress, proxyAddresses
  std::string scope = "sub";            // base, one, sub
  std::string filter;                   // default: whatever has one of the attributes
};
Result<LdapUrl> parse_ldap_url(const std::string& url);

struct LdapLogin {
  std::string dn;          // empty: anonymous
  std::string credential;  // name of the secret that holds the password
};

// What the directory holds, as LDIF, by ldapsearch(1), in pages; whole or not at all: an answer
// that a limit of the server has cut short is an error. Blocks, at most kLdapPatience.
inline constexpr std::chrono::minutes kLdapPatience{5};
Result<std::string> ask_directory(const LdapUrl& url, const LdapLogin& login,
                                  const runtime::Credentials& credentials);

}  // namespace dienstbereit::fallback::mail
