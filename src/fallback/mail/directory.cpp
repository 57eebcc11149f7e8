// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/mail/directory.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/text.h"
#include "fallback/mail/recipients.h"
#include "runtime/program/program.h"

namespace dienstbereit::fallback::mail {
namespace {

constexpr std::size_t kLongestUrl = 2'000;
constexpr std::size_t kShown = 120;
constexpr const char* kPageSize = "500";

std::string percent_decoded(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    unsigned byte = 0;
    if (text[i] == '%' && i + 2 < text.size()) {
      const auto [end, error] = std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16);
      if (error == std::errc() && end == text.data() + i + 3 && byte != 0) {
        out += static_cast<char>(byte);
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

std::vector<std::string> attributes_of(std::string_view list) {
  if (list.empty()) return {"mail", "mailAlternateAddress", "proxyAddresses"};
  std::vector<std::string> names;
  for (const std::string_view name : split(list, ',')) names.emplace_back(trim(name));
  return names;
}

bool is_attribute(const std::string& name) {
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-;.";
  return !name.empty() && name[0] != '-' && name.size() <= 100 &&
         name.find_first_not_of(kAllowed) == std::string::npos;
}

std::string any_of(const std::vector<std::string>& attributes) {
  std::string filter = "(|";
  for (const std::string& name : attributes) filter += fmt::format("({}=*)", name);
  return filter + ")";
}

// ldapsearch(1) ends with the result code of LDAP.
Error failure_of(const runtime::ProgramEnd& end, const LdapUrl& url) {
  constexpr int kSizeLimit = 4, kTimeLimit = 3, kInvalidCredentials = 49, kNoSuchObject = 32;
  const std::string said = end.errors.empty() ? fmt::format("code {}", end.status) : end.errors;
  if (end.status == kSizeLimit || end.status == kTimeLimit) {
    return Error(Errc::LimitExceeded,
                 fmt::format("{} gave a part of the list only ({}); raise its limit for this login",
                             url.server, said));
  }
  if (end.status == kInvalidCredentials) {
    return Error(Errc::Denied, fmt::format("{} refuses the login ({}); check --bind and the "
                                           "credential",
                                           url.server, said));
  }
  if (end.status == kNoSuchObject) {
    return Error(Errc::NotFound,
                 fmt::format("{} has no entry '{}'", url.server, clean(url.base, kShown)));
  }
  return Error(Errc::Unreachable, fmt::format("asking {} failed: {}", url.server, said));
}

}  // namespace

Result<LdapUrl> parse_ldap_url(const std::string& url) {
  const auto wrong = [&](const char* what) {
    return fail(Errc::InvalidInput,
                fmt::format("'{}': {}; write ldaps://SERVER/BASE?ATTRIBUTES?SCOPE?FILTER",
                            clean(url, kShown), what));
  };
  const auto scheme = url.find("://");
  const auto path = scheme == std::string::npos ? scheme : url.find('/', scheme + 3);
  if (path == std::string::npos || url.size() > kLongestUrl) return wrong("the base is missing");
  LdapUrl out;
  out.server = url.substr(0, path);
  const std::string whole = url.substr(path + 1);
  const auto parts = split(whole, '?');
  const auto part = [&](std::size_t i) {
    return i < parts.size() ? percent_decoded(parts[i]) : std::string();
  };
  out.base = part(0);
  out.attributes = attributes_of(part(1));
  if (!part(2).empty()) out.scope = to_lower_ascii(part(2));
  out.filter = part(3).empty() ? any_of(out.attributes) : part(3);
  if (out.base.empty()) return wrong("the base is missing");
  if (!out.filter.starts_with('(')) return wrong("a filter stands in ( )");
  if (out.scope != "base" && out.scope != "one" && out.scope != "sub") {
    return wrong("the scope is base, one or sub");
  }
  if (!std::all_of(out.attributes.begin(), out.attributes.end(), is_attribute)) {
    return wrong("a name of an attribute is wrong");
  }
  return out;
}

Result<std::string> ask_directory(const LdapUrl& url, const LdapLogin& login,
                                  const runtime::Credentials& credentials) {
  runtime::Program program;
  program.arguments = {"ldapsearch",
                       "-LLL",
                       "-x",
                       "-o",
                       "ldif-wrap=no",
                       "-o",
                       "nettimeout=30",
                       "-E",
                       fmt::format("pr={}/noprompt", kPageSize),
                       "-H",
                       url.server,
                       "-b",
                       url.base,
                       "-s",
                       url.scope};
  if (!login.dn.empty()) {
    auto secret = credentials.find(login.credential);
    if (!secret) return tl::unexpected(secret.error());
    // It takes the file as it is, a line's end too; our input is such a file.
    program.input = std::move(*secret);
    program.arguments.insert(program.arguments.end(), {"-D", login.dn, "-y", "/dev/stdin"});
  }
  program.arguments.push_back(url.filter);
  for (const std::string& name : url.attributes) program.arguments.push_back(name);
  std::string ldif;
  const auto end = runtime::run_program_now(std::move(program),
                                            runtime::into_text(ldif, kLargestList), kLdapPatience);
  if (!end) {
    const bool missing = end.error().code == Errc::NotFound;
    return fail(end.error().code,
                fmt::format("{}{}", end.error().message, missing ? " (ldap-utils)" : ""));
  }
  if (end->status != 0) return tl::unexpected(failure_of(*end, url));
  return ldif;
}

}  // namespace dienstbereit::fallback::mail
