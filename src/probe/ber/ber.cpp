// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/ber/ber.h"

#include <limits>

#include <fmt/format.h>

namespace dienstbereit::probe {
namespace {

constexpr std::uint8_t kLongTag = 0x1F;
constexpr std::uint8_t kLongLength = 0x80;
constexpr std::size_t kMostLengthBytes = 4;
constexpr std::size_t kMostOidParts = 128;
constexpr std::uint32_t kSecondPart = 40;  // the first two parts share a number

std::uint8_t byte_at(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint8_t>(bytes[at]);
}

struct Head {
  std::size_t size = 0;  // bytes of tag and length; 0: not all has arrived
  std::uint64_t body = 0;
};

// Nothing: a form that is not used here.
std::optional<Head> read_head(std::string_view bytes) {
  if (bytes.empty()) return Head{};
  if ((byte_at(bytes, 0) & kLongTag) == kLongTag) return std::nullopt;
  if (bytes.size() < 2) return Head{};
  const std::uint8_t first = byte_at(bytes, 1);
  if (first < kLongLength) return Head{2, first};
  const std::size_t count = first - kLongLength;
  if (count == 0 || count > kMostLengthBytes) return std::nullopt;
  if (bytes.size() < 2 + count) return Head{};
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < count; ++i) length = length << 8 | byte_at(bytes, 2 + i);
  return Head{2 + count, length};
}

}  // namespace

std::optional<Ber> BerReader::next() {
  if (rest_.empty() || failed_) return std::nullopt;
  const auto head = read_head(rest_);
  if (!head || head->size == 0 || head->body > rest_.size() - head->size) {
    failed_ = true;
    return std::nullopt;
  }
  const Ber element{byte_at(rest_, 0), rest_.substr(head->size, head->body)};
  rest_.remove_prefix(head->size + head->body);
  return element;
}

std::optional<std::string_view> BerReader::next(std::uint8_t tag) {
  const auto element = next();
  if (element && element->tag == tag) return element->body;
  failed_ = true;
  return std::nullopt;
}

std::optional<std::int64_t> BerReader::next_integer(std::uint8_t tag) {
  const auto body = next(tag);
  const auto value = body ? ber_integer(*body) : std::nullopt;
  failed_ = failed_ || !value;
  return value;
}

Result<std::size_t> ber_size(std::string_view bytes, std::size_t most) {
  const auto head = read_head(bytes);
  if (!head) return fail(Errc::InvalidInput, "this is no BER element");
  if (head->size == 0) return 0;
  const std::uint64_t size = head->size + head->body;
  if (size > most) {
    return fail(Errc::LimitExceeded,
                fmt::format("an element of {} bytes, {} are the most", size, most));
  }
  return static_cast<std::size_t>(size);
}

std::optional<std::int64_t> ber_integer(std::string_view body) {
  if (body.empty() || body.size() > sizeof(std::int64_t)) return std::nullopt;
  std::uint64_t value = byte_at(body, 0) >= kLongLength ? ~std::uint64_t{0} : 0;
  for (std::size_t i = 0; i < body.size(); ++i) value = value << 8 | byte_at(body, i);
  return static_cast<std::int64_t>(value);
}

std::optional<std::uint64_t> ber_unsigned(std::string_view body) {
  if (body.size() == sizeof(std::uint64_t) + 1 && body[0] == 0) body.remove_prefix(1);
  if (body.empty() || body.size() > sizeof(std::uint64_t)) return std::nullopt;
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < body.size(); ++i) value = value << 8 | byte_at(body, i);
  return value;
}

std::optional<Oid> ber_oid(std::string_view body) {
  Oid oid;
  std::uint64_t part = 0;
  bool within = false;
  for (std::size_t i = 0; i < body.size(); ++i) {
    const std::uint8_t byte = byte_at(body, i);
    part = part << 7 | (byte & 0x7F);
    if (part > std::numeric_limits<std::uint32_t>::max()) return std::nullopt;
    within = byte >= kLongLength;
    if (within) continue;
    if (oid.empty()) {
      const auto first =
          static_cast<std::uint32_t>(part < 2 * kSecondPart ? part / kSecondPart : 2);
      oid = {first, static_cast<std::uint32_t>(part - first * kSecondPart)};
    } else if (oid.size() < kMostOidParts) {
      oid.push_back(static_cast<std::uint32_t>(part));
    } else {
      return std::nullopt;
    }
    part = 0;
  }
  if (oid.empty() || within) return std::nullopt;
  return oid;
}

std::string to_ber(std::uint8_t tag, std::string_view body) {
  std::string out(1, static_cast<char>(tag));
  if (body.size() < kLongLength) {
    out += static_cast<char>(body.size());
  } else {
    std::string length;
    for (std::size_t left = body.size(); left > 0; left >>= 8) {
      length.insert(length.begin(), static_cast<char>(left & 0xFF));
    }
    out += static_cast<char>(kLongLength + length.size());
    out += length;
  }
  return out.append(body);
}

std::string to_ber_integer(std::int64_t value, std::uint8_t tag) {
  std::string body;
  bool more = true;
  while (more) {
    body.insert(body.begin(), static_cast<char>(value & 0xFF));
    const bool negative = byte_at(body, 0) >= kLongLength;
    value >>= 8;
    more = value != (negative ? -1 : 0);
  }
  return to_ber(tag, body);
}

std::string to_ber_oid(const Oid& oid) {
  std::string body;
  for (std::size_t i = 1; i < oid.size(); ++i) {
    std::uint64_t part = i == 1 ? std::uint64_t{oid[0]} * kSecondPart + oid[1] : oid[i];
    std::string bytes(1, static_cast<char>(part & 0x7F));
    for (part >>= 7; part > 0; part >>= 7) {
      bytes.insert(bytes.begin(), static_cast<char>(kLongLength | (part & 0x7F)));
    }
    body += bytes;
  }
  return to_ber(kBerOid, body);
}

}  // namespace dienstbereit::probe
