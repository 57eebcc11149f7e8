// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <array>
#include <cstdint>

#include <arpa/inet.h>

#include "base/text.h"
#include "stage/conversation.h"

// RFC 1035 for one question about a handful of records; names are never compressed but for the
// pointer to the question.
namespace dienstbereit::stage {
namespace {

constexpr std::size_t kHeader = 12;
constexpr std::size_t kLongestName = 253;
constexpr std::size_t kLongestLabel = 63;
constexpr std::uint16_t kInternet = 1;
constexpr std::uint16_t kAny = 255;
constexpr std::uint16_t kCname = 5;
constexpr std::uint32_t kTtl = 5;  // seconds; short, so that a change is seen at once
constexpr int kLongestChain = 8;   // CNAMEs followed
constexpr std::uint8_t kNotImplemented = 4;
constexpr std::uint8_t kNoSuchName = 3;
constexpr std::uint8_t kFormatError = 1;

struct TypeName {
  std::string_view name;
  std::uint16_t number;
};
constexpr std::array kTypes{TypeName{"A", 1},    TypeName{"NS", 2},  TypeName{"CNAME", kCname},
                            TypeName{"PTR", 12}, TypeName{"MX", 15}, TypeName{"TXT", 16},
                            TypeName{"AAAA", 28}};

std::uint16_t type_number(std::string_view name) {
  for (const TypeName& type : kTypes) {
    if (type.name == name) return type.number;
  }
  return 0;
}

void put16(std::string& out, std::uint32_t value) {
  out += static_cast<char>((value >> 8) & 0xFF);
  out += static_cast<char>(value & 0xFF);
}

std::uint16_t get16(std::string_view bytes, std::size_t at) {
  return static_cast<std::uint16_t>((static_cast<std::uint8_t>(bytes[at]) << 8) |
                                    static_cast<std::uint8_t>(bytes[at + 1]));
}

std::optional<std::string> wire_name(std::string_view name) {
  if (name.ends_with('.')) name.remove_suffix(1);
  if (name.empty() || name.size() > kLongestName) return {};
  std::string out;
  for (std::string_view label : split(name, '.')) {
    if (label.empty() || label.size() > kLongestLabel) return {};
    out += static_cast<char>(label.size());
    out += label;
  }
  return out + '\0';
}

struct Question {
  std::string name;  // lower case
  std::uint16_t type = 0;
  std::size_t end = 0;  // of the question in the message
};

std::optional<Question> read_question(std::string_view query) {
  Question question;
  std::size_t at = kHeader;
  while (at < query.size() && query[at] != 0) {
    const std::size_t length = static_cast<std::uint8_t>(query[at]);
    if (length > kLongestLabel || at + 1 + length >= query.size()) return {};
    if (!question.name.empty()) question.name += '.';
    question.name += to_lower_ascii(query.substr(at + 1, length));
    if (question.name.size() > kLongestName) return {};
    at += 1 + length;
  }
  if (at + 5 > query.size() || get16(query, at + 3) != kInternet) return {};
  question.type = get16(query, at + 1);
  question.end = at + 5;
  return question;
}

void put_record(std::string& out, const std::string& owner, const Record& record) {
  const std::string data = dns_data(record).value_or("");
  out += owner;
  put16(out, type_number(record.type));
  put16(out, kInternet);
  put16(out, kTtl >> 16);
  put16(out, kTtl & 0xFFFF);
  put16(out, static_cast<std::uint32_t>(data.size()));
  out += data;
}

struct Found {
  std::string records;
  int count = 0;
  bool name_exists = false;
};

// All records of the name and type; a CNAME is followed inside the list.
Found look_up(const std::vector<Record>& records, std::string name, std::uint16_t type) {
  Found found;
  std::string owner = "\xC0\x0C";  // pointer to the question's name
  for (int step = 0; step < kLongestChain; ++step) {
    const Record* alias = nullptr;
    for (const Record& record : records) {
      if (record.name != name) continue;
      found.name_exists = true;
      const std::uint16_t number = type_number(record.type);
      if (number == type || type == kAny) {
        put_record(found.records, owner, record);
        ++found.count;
      } else if (number == kCname) {
        alias = &record;
      }
    }
    if (alias == nullptr) return found;
    put_record(found.records, owner, *alias);
    ++found.count;
    name = to_lower_ascii(alias->value);
    if (name.ends_with('.')) name.pop_back();
    owner = wire_name(name).value_or(std::string(1, '\0'));
  }
  return found;
}

constexpr std::uint8_t kTruncated = 0x02;

// A header that answers `query` with this code and these counts.
std::string header(std::string_view query, std::uint8_t code, int questions, int answers) {
  std::string out(query.substr(0, 2));
  const auto flags = static_cast<std::uint8_t>(query[2]);
  out += static_cast<char>(0x84 | (flags & 0x79));  // answer, authoritative; opcode and RD kept
  out += static_cast<char>(0x80 | code);  // recursion available, so stub resolvers ask on
  put16(out, static_cast<std::uint32_t>(questions));
  put16(out, static_cast<std::uint32_t>(answers));
  put16(out, 0);
  put16(out, 0);
  return out;
}

class DnsConversation : public Conversation {
 public:
  explicit DnsConversation(const Server& server) : server_(server) {}

  // Over TCP each message is preceded by its length in two bytes.
  bool advance(std::string& in, std::string& out) override {
    while (in.size() >= 2) {
      const std::size_t length = get16(in, 0);
      if (length > kLongestRequest) return false;
      if (in.size() < 2 + length) return true;
      const auto answer =
          answer_dns(server_.records, std::string_view(in).substr(2, length), kLongestTcpAnswer);
      if (!answer) return false;
      put16(out, static_cast<std::uint32_t>(answer->size()));
      out += *answer;
      in.erase(0, 2 + length);
    }
    return true;
  }

 private:
  const Server& server_;
};

std::optional<std::string> address_data(int family, const std::string& value) {
  std::array<char, sizeof(in6_addr)> bytes{};
  if (::inet_pton(family, value.c_str(), bytes.data()) != 1) return {};
  return std::string(bytes.data(), family == AF_INET ? sizeof(in_addr) : sizeof(in6_addr));
}

std::optional<std::string> mail_data(std::string_view value) {
  const auto parts = split(value, ' ');
  if (parts.size() != 2 || parts[0].empty() || parts[0].size() > 5) return {};
  std::uint32_t preference = 0;
  for (char c : parts[0]) {
    if (c < '0' || c > '9') return {};
    preference = preference * 10 + static_cast<std::uint32_t>(c - '0');
  }
  const auto name = wire_name(parts[1]);
  if (!name || preference > 0xFFFF) return {};
  std::string out;
  put16(out, preference);
  return out + *name;
}

}  // namespace

std::optional<std::string> dns_data(const Record& record) {
  if (record.type == "A") return address_data(AF_INET, record.value);
  if (record.type == "AAAA") return address_data(AF_INET6, record.value);
  if (record.type == "MX") return mail_data(record.value);
  if (record.type == "TXT") {
    if (record.value.size() > 255) return {};  // one character-string (RFC 1035 3.3.14)
    return static_cast<char>(record.value.size()) + record.value;
  }
  if (type_number(record.type) == 0) return {};
  return wire_name(record.value);
}

std::optional<std::string> answer_dns(const std::vector<Record>& records, std::string_view query,
                                      std::size_t limit) {
  if (query.size() < kHeader || (static_cast<std::uint8_t>(query[2]) & 0x80) != 0) return {};
  if ((static_cast<std::uint8_t>(query[2]) & 0x78) != 0) {
    return header(query, kNotImplemented, 0, 0);
  }
  const auto question = read_question(query);
  if (get16(query, 4) != 1 || !question) return header(query, kFormatError, 0, 0);
  const Found found = look_up(records, question->name, question->type);
  const std::uint8_t code = found.name_exists ? 0 : kNoSuchName;
  const std::string_view asked = query.substr(kHeader, question->end - kHeader);
  if (kHeader + asked.size() + found.records.size() > limit) {
    std::string cut = header(query, code, 1, 0);
    cut[2] = static_cast<char>(cut[2] | kTruncated);
    return cut.append(asked);
  }
  return header(query, code, 1, found.count).append(asked) + found.records;
}

std::unique_ptr<Conversation> converse_dns(const Server& server) {
  return std::make_unique<DnsConversation>(server);
}

}  // namespace dienstbereit::stage
