// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"
#include "model/probes/evidence.h"

// LDAP messages (RFC 4511). Pure; any bytes.
namespace dienstbereit::probe {

inline constexpr std::size_t kLargestLdapMessage = 256u << 10;  // bytes
inline constexpr std::size_t kLongestLdapFilter = 2048;         // bytes of text
inline constexpr int kDeepestLdapFilter = 16;

std::string ldap_bind(int id, std::string_view name, std::string_view password);
std::string ldap_start_tls(int id);
std::string ldap_unbind(int id);
// For entries alone, without their attributes. `filter` as ldap_filter() gives it; `most`: the
// server may stop there.
std::string ldap_search(int id, std::string_view base, LdapScope scope, std::string_view filter,
                        unsigned most);

// RFC 4515, but for extensible matches. Errors say what is wrong with it.
Result<std::string> ldap_filter(std::string_view text);

enum class LdapOp : std::uint8_t { Bind, Entry, SearchDone, Reference, Extended, Other };

struct LdapResponse {
  int id = 0;  // 0: the server says so unasked
  LdapOp op = LdapOp::Other;
  std::int64_t result = 0;  // of Bind, SearchDone and Extended (RFC 4511, A)
  std::string diagnostic;   // what the server says to it
};

// Puts responses together from pieces as they arrive.
class LdapReader {
 public:
  void feed(std::string_view bytes) { pending_.append(bytes); }
  // The next whole response in what has arrived; none: more is needed. Errors are sentences about
  // the server; after one the reader is of no use.
  Result<std::optional<LdapResponse>> next();
  bool empty() const { return pending_.empty(); }

 private:
  std::string pending_;
};

inline constexpr std::int64_t kLdapSuccess = 0;
inline constexpr std::int64_t kLdapSizeLimit = 4;
// "invalidCredentials (49)".
std::string ldap_result_name(std::int64_t result);

}  // namespace dienstbereit::probe
