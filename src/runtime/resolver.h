// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "base/result.h"
#include "runtime/asio.h"
#include "runtime/dial.h"

namespace dienstbereit::runtime {

class CaresChannel;

// What a name server's answer came to, from its response code (RFC 1035, 4.1.1) or its silence.
enum class DnsStatus : std::uint8_t {
  Answered,      // records of the name (perhaps none of the wanted type)
  NoSuchName,    // NXDOMAIN
  NoData,        // the name exists, without records of this type
  ServerFailed,  // SERVFAIL
  Refused,       // REFUSED
  Malformed,     // FORMERR, NOTIMP or an answer that is not DNS
  Unreachable,   // the name server's machine refuses the port
  Silent,        // no answer in time
};
// "NXDOMAIN", "SERVFAIL", "no answer", ...
const char* name_of(DnsStatus status);

struct DnsReply {
  DnsStatus status = DnsStatus::Silent;
  std::string bytes;  // the raw answer (RFC 1035, 4.1), if one came
};

struct NameServer {
  asio::ip::address address;
  std::uint16_t port = 53;
  std::string from;  // local numeric address to ask from; empty: the system chooses
};

// Name resolution by c-ares on the loop: no threads. Lives on the loop's thread, outlives every
// lookup.
class Resolver {
 public:
  explicit Resolver(asio::io_context& context);
  ~Resolver();
  Resolver(const Resolver&) = delete;
  Resolver& operator=(const Resolver&) = delete;

  // Every address of `host`: numeric at once, else by /etc/hosts and the system's name servers
  // (/etc/resolv.conf is read again every kRereadAfter). NotFound: no such name or no address;
  // TimedOut: silence, or the root's end of time; Unavailable: the name servers cannot say.
  Async<Result<Addresses>> lookup(std::string host);

  // Asks one name server, over UDP with TCP where the answer is cut. `type` is the number of the
  // record type.
  Async<DnsReply> query(NameServer server, std::string name, std::uint16_t type);

  static constexpr std::chrono::seconds kRereadAfter{30};

 private:
  std::shared_ptr<CaresChannel> system_channel();

  asio::io_context& context_;
  std::shared_ptr<CaresChannel> system_;  // shared with lookups that outlive a re-reading
  std::chrono::steady_clock::time_point read_at_;
};

}  // namespace dienstbereit::runtime
