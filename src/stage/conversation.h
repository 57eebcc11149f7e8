// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stage/plan.h"

// What the stage's servers say: pure, no sockets, no clock. Bytes come from strangers; a peer that
// breaks a bound or the protocol is answered so and its connection closed.
namespace dienstbereit::stage {

inline constexpr std::size_t kLongestRequest = 8192;  // bytes of one HTTP head
inline constexpr std::size_t kLongestLine = 1000;  // bytes of one SMTP line (RFC 5321 4.5.3.1)
inline constexpr std::size_t kLongestUdpAnswer = 512;  // bytes (RFC 1035 4.2.1)
inline constexpr std::size_t kLongestTcpAnswer = 65535;  // bytes; its length has 16 bits
inline constexpr int kMostMistakes = 10;  // SMTP errors before 421

// One connection's side of a protocol.
class Conversation {
 public:
  virtual ~Conversation() = default;

  // What the server says before it hears anything.
  virtual std::string greeting() { return {}; }
  // Takes what is complete from `in` and appends answers to `out`. False: close once `out` is sent.
  virtual bool advance(std::string& in, std::string& out) = 0;
};

// What a UPS has at its input.
struct Supply {
  bool on_battery = false;
  bool over_voltage = false;
};
// A surge: the voltage is too high for kOverVoltage, then the UPS runs on battery for kOnBattery,
// half of which the voltage is still too high; then all is as it was. Nothing: there was none.
inline constexpr std::chrono::milliseconds kOverVoltage{4000};
inline constexpr std::chrono::milliseconds kOnBattery{8000};
Supply supply_after(std::optional<std::chrono::milliseconds> since_surge);

// `server` and `supply`, which a UPS tells of, must outlive the conversation.
std::unique_ptr<Conversation> converse(const Server& server, const Supply& supply);

// The answer to one DNS message without TCP's length, or nothing if it is no question. An answer
// above `limit` bytes is cut to its question and marked so.
std::optional<std::string> answer_dns(const std::vector<Record>& records, std::string_view query,
                                      std::size_t limit);

// One record's data in wire form; nothing if `value` is not of that type.
std::optional<std::string> dns_data(const Record& record);

// The parts of converse, one file each.
std::unique_ptr<Conversation> converse_http(const Server& server);
std::unique_ptr<Conversation> converse_smtp(const Server& server);
std::unique_ptr<Conversation> converse_dns(const Server& server);
std::unique_ptr<Conversation> converse_nut(const Server& server, const Supply& supply);

}  // namespace dienstbereit::stage
