// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

// The little of BER (X.690) that SNMP and LDAP use: tags below 31, definite lengths up to four
// bytes. Pure; any bytes.
namespace dienstbereit::probe {

inline constexpr std::uint8_t kBerBoolean = 0x01;
inline constexpr std::uint8_t kBerInteger = 0x02;
inline constexpr std::uint8_t kBerOctets = 0x04;
inline constexpr std::uint8_t kBerNull = 0x05;
inline constexpr std::uint8_t kBerOid = 0x06;
inline constexpr std::uint8_t kBerEnumerated = 0x0A;
inline constexpr std::uint8_t kBerSequence = 0x30;
inline constexpr std::uint8_t kBerSet = 0x31;

using Oid = std::vector<std::uint32_t>;

// One element: its tag, and what it holds.
struct Ber {
  std::uint8_t tag = 0;
  std::string_view body;
};

// Goes over the elements that stand one behind the other. After the first that is broken there
// are no more, and failed() is true.
class BerReader {
 public:
  explicit BerReader(std::string_view bytes) : rest_(bytes) {}

  std::optional<Ber> next();
  // The next one, if it has this tag; any other is a failure.
  std::optional<std::string_view> next(std::uint8_t tag);
  // The next one as a number.
  std::optional<std::int64_t> next_integer(std::uint8_t tag = kBerInteger);

  bool failed() const { return failed_; }
  bool empty() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
  bool failed_ = false;
};

// How many bytes the element at the front has, head included: 0 while too little has arrived to
// know. An element of more than `most` bytes, or of a form that is not used here, is an error.
Result<std::size_t> ber_size(std::string_view bytes, std::size_t most);

// Two's complement of 1 to 8 bytes; counters of nine bytes begin with 0.
std::optional<std::int64_t> ber_integer(std::string_view body);
std::optional<std::uint64_t> ber_unsigned(std::string_view body);
std::optional<Oid> ber_oid(std::string_view body);  // at most 128 parts

std::string to_ber(std::uint8_t tag, std::string_view body);
std::string to_ber_integer(std::int64_t value, std::uint8_t tag = kBerInteger);
std::string to_ber_oid(const Oid& oid);

}  // namespace dienstbereit::probe
