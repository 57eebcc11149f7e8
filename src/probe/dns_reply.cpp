// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/dns_reply.h"

#include <array>

#include <fmt/format.h>

#include <boost/asio/ip/address.hpp>

#include "base/text.h"

namespace dienstbereit::probe {
namespace {

namespace ip = boost::asio::ip;

enum : std::uint16_t {
  kA = 1,
  kNs = 2,
  kCname = 5,
  kSoa = 6,
  kPtr = 12,
  kMx = 15,
  kTxt = 16,
  kAaaa = 28,
  kSrv = 33,
};

struct TypeName {
  std::string_view name;
  std::uint16_t number;
};
constexpr std::array kTypes{
    TypeName{"A", kA},     TypeName{"AAAA", kAaaa},   TypeName{"MX", kMx},
    TypeName{"NS", kNs},   TypeName{"TXT", kTxt},     TypeName{"SOA", kSoa},
    TypeName{"PTR", kPtr}, TypeName{"CNAME", kCname}, TypeName{"SRV", kSrv}};

constexpr std::size_t kHeaderBytes = 12;     // RFC 1035, 4.1.1
constexpr std::size_t kLongestName = 255;    // RFC 1035, 2.3.4
constexpr int kMostPointers = 64;            // jumps while reading one name
constexpr unsigned kPointerMark = 0xC0;      // RFC 1035, 4.1.4
constexpr std::size_t kLongestRecord = 512;  // bytes of one record that are kept

// Reads a message from front to back; after the first step beyond its end everything reads as zero
// and ok() is false.
class Cursor {
 public:
  explicit Cursor(std::string_view message) : message_(message) {}

  bool ok() const { return ok_; }
  std::size_t at() const { return at_; }
  void go_to(std::size_t at) {
    ok_ = ok_ && at <= message_.size();
    at_ = at;
  }

  unsigned byte() {
    if (!ok_ || at_ >= message_.size()) {
      ok_ = false;
      return 0;
    }
    return static_cast<unsigned char>(message_[at_++]);
  }
  std::uint16_t word() {
    const unsigned high = byte();
    return static_cast<std::uint16_t>(high << 8 | byte());
  }
  std::uint32_t number() {
    const std::uint32_t high = word();
    return high << 16 | word();
  }
  std::string_view bytes(std::size_t size) {
    if (!ok_ || size > message_.size() - at_) {
      ok_ = false;
      return {};
    }
    at_ += size;
    return message_.substr(at_ - size, size);
  }

  // A name with compression pointers (RFC 1035, 4.1.4). The root is ".".
  std::string name() {
    std::string text;
    std::size_t resume = 0;
    int jumps = 0;
    for (;;) {
      const unsigned length = byte();
      if (!ok_ || length == 0) break;
      if ((length & kPointerMark) == kPointerMark) {
        const std::size_t target = (length & ~kPointerMark) << 8 | byte();
        if (jumps == 0) resume = at_;
        if (++jumps > kMostPointers) ok_ = false;
        go_to(target);
        continue;
      }
      if ((length & kPointerMark) != 0 || text.size() + length > kLongestName) ok_ = false;
      if (!text.empty()) text += '.';
      text += bytes(length);
    }
    if (jumps > 0 && ok_) at_ = resume;
    return text.empty() ? "." : text;
  }

 private:
  std::string_view message_;
  std::size_t at_ = 0;
  bool ok_ = true;
};

std::string address_text(std::string_view data) {
  if (data.size() == std::tuple_size<ip::address_v4::bytes_type>()) {
    ip::address_v4::bytes_type bytes;
    std::copy(data.begin(), data.end(), bytes.begin());
    return ip::address_v4(bytes).to_string();
  }
  if (data.size() == std::tuple_size<ip::address_v6::bytes_type>()) {
    ip::address_v6::bytes_type bytes;
    std::copy(data.begin(), data.end(), bytes.begin());
    return ip::address_v6(bytes).to_string();
  }
  return "(no address)";
}

std::string text_of(Cursor& cursor, std::size_t end) {
  std::string text;
  while (cursor.ok() && cursor.at() < end && text.size() < kLongestRecord) {
    const auto size = cursor.byte();
    text += cursor.bytes(size);
  }
  return text;
}

std::string soa_of(Cursor& cursor) {
  constexpr int kNumbers = 5;  // serial, refresh, retry, expire, minimum
  std::string text = cursor.name();
  text += " " + cursor.name();
  for (int i = 0; i < kNumbers; ++i) text += fmt::format(" {}", cursor.number());
  return text;
}

std::string srv_of(Cursor& cursor) {
  const auto priority = cursor.word();
  const auto weight = cursor.word();
  const auto port = cursor.word();
  return fmt::format("{} {} {} {}", priority, weight, port, cursor.name());
}

std::string record_text(Cursor& cursor, std::uint16_t type, std::size_t size) {
  switch (type) {
    case kA:
    case kAaaa:
      return address_text(cursor.bytes(size));
    case kMx: {
      const auto preference = cursor.word();
      return fmt::format("{} {}", preference, cursor.name());
    }
    case kTxt:
      return text_of(cursor, cursor.at() + size);
    case kSoa:
      return soa_of(cursor);
    case kSrv:
      return srv_of(cursor);
    default:
      return cursor.name();  // NS, CNAME, PTR
  }
}

std::string canonical(std::string_view record) {
  std::string text = to_lower_ascii(trim(record));
  if (text.size() > 1 && text.back() == '.') text.pop_back();
  return text;
}

}  // namespace

std::optional<std::uint16_t> dns_type(std::string_view name) {
  for (const auto& type : kTypes) {
    if (equals_ignoring_case(type.name, name)) return type.number;
  }
  return std::nullopt;
}

Result<std::vector<std::string>> dns_records(std::string_view message, std::uint16_t type) {
  constexpr std::size_t kIdAndFlags = 4;
  Cursor cursor(message);
  cursor.go_to(kIdAndFlags);
  const unsigned questions = cursor.word();
  const unsigned answers = cursor.word();
  cursor.go_to(kHeaderBytes);
  for (unsigned i = 0; i < questions && cursor.ok(); ++i) {
    cursor.name();
    cursor.number();  // type and class
  }
  std::vector<std::string> records;
  for (unsigned i = 0; i < answers && i < kMostDnsRecords && cursor.ok(); ++i) {
    cursor.name();
    const auto record_type = cursor.word();
    cursor.word();    // class
    cursor.number();  // time to live
    const std::size_t size = cursor.word();
    const std::size_t next = cursor.at() + size;
    if (cursor.ok() && record_type == type) {
      records.push_back(clean(record_text(cursor, type, size), kLongestRecord));
    }
    cursor.go_to(next);
  }
  if (!cursor.ok()) return fail(Errc::InvalidInput, "the answer is cut off or not DNS");
  return records;
}

bool dns_record_is(std::string_view record, std::string_view expected, std::uint16_t type) {
  if (type == kTxt) return record == expected;
  if (type == kA || type == kAaaa) {
    boost::system::error_code ec;
    const auto wanted = ip::make_address(std::string(expected), ec);
    if (!ec) return wanted.to_string() == record;
  }
  return canonical(record) == canonical(expected);
}

std::string reverse_name(const std::string& address) {
  boost::system::error_code ec;
  const auto parsed = ip::make_address(address, ec);
  if (ec) return address;
  std::string name;
  if (parsed.is_v4()) {
    const auto bytes = parsed.to_v4().to_bytes();
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte)
      name += fmt::format("{}.", *byte);
    return name + "in-addr.arpa";
  }
  const auto bytes = parsed.to_v6().to_bytes();
  for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
    name += fmt::format("{:x}.{:x}.", *byte & 0x0F, *byte >> 4);
  }
  return name + "ip6.arpa";
}

}  // namespace dienstbereit::probe
