// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/time.h"
#include "model/district.h"
#include "model/hours.h"
#include "model/ids.h"
#include "model/telling/notice.h"

namespace dienstbereit {

// Whom to tell, outside the journal (docs/formats/contacts.md): here without names and addresses,
// which only the sender of messages knows.
struct Recipient {
  RecipientId id;
  std::vector<ChannelId> channels;  // in the order to try; all of them usable
  bool wants_incidents = true;      // alarms and their end
  bool wants_places = false;        // every settled change of a place too
  bool wants_questions = false;     // questions about people's words
  unsigned level = 0;               // on call: 1 is called first; 0: not on call
  PlaceCalendar duty;               // when on call; always if it has no hours
  bool always = true;
};

// Without an answer the next level is called.
inline constexpr Duration kEscalateAfter = std::chrono::minutes(15);
// What belongs together is told together: this long after the first change.
inline constexpr Duration kGatherFor = std::chrono::seconds(30);

struct Roster {
  static constexpr std::size_t kMostRecipients = 500;
  static constexpr unsigned kHighestLevel = 9;

  std::vector<Recipient> recipients;
  Duration escalate_after = kEscalateAfter;
  Duration gather_for = kGatherFor;

  bool empty() const { return recipients.empty(); }
  const Recipient* find(const RecipientId& id) const;
};

// True if the recipient is on call at the civil time `t`.
bool on_duty(const Recipient& recipient, Instant t, const TimeZone& zone);

// One message on its way out. `key` is the same for every attempt: receivers drop what they have
// already.
struct OutMessage {
  MessageId id;
  std::string key;  // [0-9.]+
  RecipientId recipient;
  ChannelId channel;
  std::shared_ptr<const NoticeRaised> notice;  // times are civil
  std::shared_ptr<const District> district;
  Instant raised;              // civil
  bool awaits_answer = false;  // the recipient is asked to acknowledge
  bool exercise = false;       // nothing may leave the house
};

// What an attempt came to; goes back to the engine as a command.
struct MessageResult {
  MessageId id;
  ChannelId channel;
  bool ok = false;
  bool permanent = false;
  std::string detail;  // one sentence without addresses or secrets
};

// The way out for messages. Thread-safe, never blocks; every message gets one result.
class MessagePort {
 public:
  virtual ~MessagePort() = default;
  virtual void send(OutMessage message) = 0;
};

}  // namespace dienstbereit
