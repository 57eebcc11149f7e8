// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/probe.h"

namespace dienstbereit {

// The shortest time a backup MX may keep mail: longer than any outage it is there for.
inline constexpr Duration kShortestMailKeeping = std::chrono::hours(24 * 14);

// A machine outside the house that takes mail while the primary mail server is away
// (docs/operating/mail.md). Postfix is told of it by `dienstbereit mail plan`.
struct BackupMail {
  std::string host;                  // its name in the MX record and in its certificate
  std::vector<std::string> domains;  // whose mail it takes; lower case
  Endpoint primary;                  // where that goes; a numeric address
  bool primary_tls = false;          // mail goes there encrypted or not at all
  NodeId component;  // the primary in the district; empty: pages tell of waiting mail by its age
  std::string listen;  // "[ADDRESS:]PORT" as master.cf takes it; empty: smtp, on every address
  std::vector<std::string> function_addresses;  // copied to the emergency mailbox
  std::string emergency_mailbox;                // outside the house; empty: no copies
  std::optional<Endpoint> emergency_relay;      // its server; none: by DNS
  Duration keep = kShortestMailKeeping;
  unsigned largest_message = 50;  // MiB
  unsigned least_free = 2048;     // MiB; with less free disk no mail is taken
  unsigned connections = 10;      // to the primary, at the same time
  std::string milter;  // "host:port" of the filter that the primary uses too; empty: none
  std::string certificate;  // PEM files on that machine; empty: TLS is not offered
  std::string key;
};

// A backlog is told anew when it comes, when it goes, and at most this often between.
inline constexpr Duration kMailTold = std::chrono::seconds(10);
// Without a component to go by, a message that waits this long says that mail is held up.
inline constexpr Duration kMailHeldUp = std::chrono::minutes(15);

// What a queue was last known to hold.
struct MailSituation {
  ProbeId probe;
  MailBacklog backlog;
  Instant at;
};

}  // namespace dienstbereit
