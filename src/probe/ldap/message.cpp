// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/ldap/message.h"

#include <limits>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "model/names.h"
#include "probe/ber/ber.h"

namespace dienstbereit::probe {
namespace {

constexpr std::int64_t kVersion = 3;
constexpr std::uint8_t kBindRequest = 0x60;
constexpr std::uint8_t kBindResponse = 0x61;
constexpr std::uint8_t kUnbindRequest = 0x42;
constexpr std::uint8_t kSearchRequest = 0x63;
constexpr std::uint8_t kSearchEntry = 0x64;
constexpr std::uint8_t kSearchDone = 0x65;
constexpr std::uint8_t kSearchReference = 0x73;
constexpr std::uint8_t kExtendedRequest = 0x77;
constexpr std::uint8_t kExtendedResponse = 0x78;
constexpr std::uint8_t kSimple = 0x80;       // a password
constexpr std::uint8_t kRequestName = 0x80;  // of an extended request
constexpr std::string_view kStartTlsOid = "1.3.6.1.4.1.1466.20037";
constexpr std::string_view kNoAttributes = "1.1";

// Of a filter (RFC 4511, 4.5.1.7).
constexpr std::uint8_t kAnd = 0xA0;
constexpr std::uint8_t kOr = 0xA1;
constexpr std::uint8_t kNot = 0xA2;
constexpr std::uint8_t kEqual = 0xA3;
constexpr std::uint8_t kSubstrings = 0xA4;
constexpr std::uint8_t kGreater = 0xA5;
constexpr std::uint8_t kLess = 0xA6;
constexpr std::uint8_t kPresent = 0x87;
constexpr std::uint8_t kApproximate = 0xA8;
constexpr std::uint8_t kInitial = 0x80;
constexpr std::uint8_t kAny = 0x81;
constexpr std::uint8_t kFinal = 0x82;

constexpr NameTable<std::int64_t, 17> kResults{{{0, "success"},
                                                {1, "operationsError"},
                                                {2, "protocolError"},
                                                {3, "timeLimitExceeded"},
                                                {4, "sizeLimitExceeded"},
                                                {8, "strongerAuthRequired"},
                                                {10, "referral"},
                                                {11, "adminLimitExceeded"},
                                                {13, "confidentialityRequired"},
                                                {32, "noSuchObject"},
                                                {34, "invalidDNSyntax"},
                                                {48, "inappropriateAuthentication"},
                                                {49, "invalidCredentials"},
                                                {50, "insufficientAccessRights"},
                                                {51, "busy"},
                                                {52, "unavailable"},
                                                {53, "unwillingToPerform"}}};

std::string message(int id, const std::string& operation) {
  return to_ber(kBerSequence, to_ber_integer(id) + operation);
}

Error wrong(std::string why) {
  return Error(Errc::InvalidInput, fmt::format("the filter is wrong: {}", why));
}

// Reads a filter from left to right.
class FilterReader {
 public:
  explicit FilterReader(std::string_view text) : rest_(text) {}

  Result<std::string> read_whole() {
    auto filter = read(0);
    if (filter && !rest_.empty()) {
      return tl::unexpected(wrong(fmt::format("'{}' is left over", clean(rest_, kShown))));
    }
    return filter;
  }

 private:
  static constexpr std::size_t kShown = 40;

  bool take(char wanted) {
    if (rest_.empty() || rest_.front() != wanted) return false;
    rest_.remove_prefix(1);
    return true;
  }

  Result<std::string> read(int depth) {
    if (depth == kDeepestLdapFilter) {
      return tl::unexpected(wrong(fmt::format("more than {} deep", kDeepestLdapFilter)));
    }
    if (!take('(')) {
      return tl::unexpected(wrong(fmt::format("'(' is missing at '{}'", clean(rest_, kShown))));
    }
    Result<std::string> filter = take('&')   ? read_list(kAnd, depth)
                                 : take('|') ? read_list(kOr, depth)
                                 : take('!') ? read_not(depth)
                                             : read_item();
    if (filter && !take(')')) {
      return tl::unexpected(wrong(fmt::format("')' is missing at '{}'", clean(rest_, kShown))));
    }
    return filter;
  }

  Result<std::string> read_list(std::uint8_t tag, int depth) {
    std::string parts;
    while (!rest_.empty() && rest_.front() == '(') {
      auto part = read(depth + 1);
      if (!part) return part;
      parts += *part;
    }
    return to_ber(tag, parts);
  }

  Result<std::string> read_not(int depth) {
    auto part = read(depth + 1);
    if (!part) return part;
    return to_ber(kNot, *part);
  }

  Result<std::string> read_item() {
    const std::string_view item = rest_.substr(0, rest_.find(')'));
    rest_.remove_prefix(item.size());
    const auto at = item.find('=');
    if (at == std::string_view::npos || at == 0) {
      return tl::unexpected(wrong(fmt::format("'{}' lacks its '='", clean(item, kShown))));
    }
    std::string_view name = item.substr(0, at);
    const char before = name.back();
    std::uint8_t tag = kEqual;
    if (before == '>') tag = kGreater;
    if (before == '<') tag = kLess;
    if (before == '~') tag = kApproximate;
    if (tag != kEqual) name.remove_suffix(1);
    constexpr std::string_view kLetters =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-.;";
    if (name.empty() || name.find_first_not_of(kLetters) != std::string_view::npos) {
      return tl::unexpected(wrong(fmt::format("'{}' is no attribute", clean(name, kShown))));
    }
    return read_value(tag, name, item.substr(at + 1));
  }

  static Result<std::string> read_value(std::uint8_t tag, std::string_view name,
                                        std::string_view value) {
    if (tag == kEqual && value == "*") return to_ber(kPresent, name);
    const auto parts = split(value, '*');
    if (parts.size() > 1 && tag != kEqual)
      return tl::unexpected(wrong("'*' stands only after '='"));
    std::vector<std::string> plain;
    for (const auto part : parts) {
      auto text = unescaped(part);
      if (!text) return text;
      plain.push_back(std::move(*text));
    }
    if (plain.size() == 1) {
      return to_ber(tag, to_ber(kBerOctets, name) + to_ber(kBerOctets, plain.front()));
    }
    std::string list;
    for (std::size_t i = 0; i < plain.size(); ++i) {
      if (plain[i].empty()) continue;
      list += to_ber(i == 0 ? kInitial : i + 1 == plain.size() ? kFinal : kAny, plain[i]);
    }
    if (list.empty()) return tl::unexpected(wrong("it compares with nothing"));
    return to_ber(kSubstrings, to_ber(kBerOctets, name) + to_ber(kBerSequence, list));
  }

  // "\2a" is an asterisk.
  static Result<std::string> unescaped(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] != '\\') {
        out += text[i];
        continue;
      }
      const int high = i + 2 < text.size() ? digit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? digit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return tl::unexpected(wrong("'\\' needs two hexadecimal digits"));
      out += static_cast<char>(high << 4 | low);
      i += 2;
    }
    return out;
  }
  static int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
  }

  std::string_view rest_;
};

LdapOp op_of(std::uint8_t tag) {
  switch (tag) {
    case kBindResponse:
      return LdapOp::Bind;
    case kSearchEntry:
      return LdapOp::Entry;
    case kSearchDone:
      return LdapOp::SearchDone;
    case kSearchReference:
      return LdapOp::Reference;
    case kExtendedResponse:
      return LdapOp::Extended;
    default:
      return LdapOp::Other;
  }
}

std::optional<LdapResponse> parse(std::string_view body) {
  BerReader reader(body);
  const auto id = reader.next_integer();
  const auto operation = reader.next();
  if (!id || !operation || *id < 0 || *id > std::numeric_limits<std::int32_t>::max()) return {};
  LdapResponse response;
  response.id = static_cast<int>(*id);
  response.op = op_of(operation->tag);
  const bool has_result = response.op == LdapOp::Bind || response.op == LdapOp::SearchDone ||
                          response.op == LdapOp::Extended;
  if (!has_result) return response;
  BerReader result(operation->body);
  const auto code = result.next_integer(kBerEnumerated);
  const auto matched = result.next(kBerOctets);
  const auto diagnostic = result.next(kBerOctets);
  if (!code || !matched || !diagnostic) return std::nullopt;
  response.result = *code;
  response.diagnostic = *diagnostic;
  return response;
}

}  // namespace

std::string ldap_bind(int id, std::string_view name, std::string_view password) {
  return message(id, to_ber(kBindRequest, to_ber_integer(kVersion) + to_ber(kBerOctets, name) +
                                              to_ber(kSimple, password)));
}

std::string ldap_start_tls(int id) {
  return message(id, to_ber(kExtendedRequest, to_ber(kRequestName, kStartTlsOid)));
}

std::string ldap_unbind(int id) { return message(id, to_ber(kUnbindRequest, "")); }

std::string ldap_search(int id, std::string_view base, LdapScope scope, std::string_view filter,
                        unsigned most) {
  const std::string operation =
      to_ber(kBerOctets, base) + to_ber_integer(static_cast<int>(scope), kBerEnumerated) +
      to_ber_integer(0, kBerEnumerated) +  // aliases are not followed
      to_ber_integer(most) + to_ber_integer(0) + to_ber(kBerBoolean, "\xff") + std::string(filter) +
      to_ber(kBerSequence, to_ber(kBerOctets, kNoAttributes));
  return message(id, to_ber(kSearchRequest, operation));
}

Result<std::string> ldap_filter(std::string_view text) {
  if (text.size() > kLongestLdapFilter) {
    return tl::unexpected(wrong(fmt::format("longer than {} bytes", kLongestLdapFilter)));
  }
  return FilterReader(text).read_whole();
}

Result<std::optional<LdapResponse>> LdapReader::next() {
  // Another protocol's text can look like the begin of something long: nobody waits for its end.
  if (!pending_.empty() && static_cast<unsigned char>(pending_.front()) != kBerSequence) {
    return fail(Errc::InvalidInput, "the server does not speak LDAP");
  }
  const auto size = ber_size(pending_, kLargestLdapMessage);
  if (!size) {
    return fail(size.error().code,
                fmt::format("the server does not speak LDAP: {}", size.error().message));
  }
  if (*size == 0 || pending_.size() < *size) return std::optional<LdapResponse>();
  BerReader whole(std::string_view(pending_).substr(0, *size));
  const auto body = whole.next(kBerSequence);
  auto response = body ? parse(*body) : std::nullopt;
  if (!response) return fail(Errc::InvalidInput, "the server's message is no LDAP response");
  pending_.erase(0, *size);
  return std::optional<LdapResponse>(std::move(response));
}

std::string ldap_result_name(std::int64_t result) {
  for (const auto& [code, name] : kResults) {
    if (code == result) return fmt::format("{} ({})", name, code);
  }
  return fmt::format("result {}", result);
}

}  // namespace dienstbereit::probe
