// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "probe/device/datagrams.h"
#include "probe/snmp/usm.h"

namespace dienstbereit::probe {

struct SnmpReply {
  std::vector<SnmpBinding> bindings;
  std::optional<Verdict> failure;  // Broken where the agent keeps the probe out
};

// Questions to one agent, in version 2c or 3. `run` outlives it.
class SnmpSession {
 public:
  SnmpSession(Run& run, Datagrams socket) : run_(run), socket_(std::move(socket)) {}

  // Version 2c.
  void use_community(std::string community) { community_ = std::move(community); }
  // Version 3, phase "engine": asks the agent who it is, as the keys hang on it. Empty passphrases:
  // none. Nothing: it is known.
  Async<std::optional<Verdict>> use_user(std::string user, SnmpAuth auth, std::string passphrase,
                                         std::string privacy);

  Async<SnmpReply> get(std::vector<Oid> oids);
  Async<SnmpReply> get_after(Oid oid, int repetitions);

 private:
  struct Heard {
    std::optional<SnmpV3Answer> answer;
    std::optional<Verdict> failure;
  };
  Async<SnmpReply> ask(SnmpPdu pdu);
  Async<Heard> ask_v2c(SnmpPdu pdu);
  Async<Heard> ask_v3(SnmpPdu pdu);
  Async<Heard> ask_once(SnmpPdu pdu);
  Verdict unanswered(ErrorCode why) const;
  std::int32_t next_number();

  Run& run_;
  Datagrams socket_;
  bool v3_ = false;
  std::string community_ = "public";
  UsmUser user_;
  UsmEngine engine_;
  bool understood_ = false;  // the engine has answered a question of this user
  std::int32_t number_ = 0;  // of the last question
  std::uint64_t salt_ = 0;
};

}  // namespace dienstbereit::probe
