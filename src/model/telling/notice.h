// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/district.h"
#include "model/ids.h"
#include "model/readiness.h"

namespace dienstbereit {

// What people are told, as facts; `words` makes the text when it is sent. The rules are in
// docs/formats/notices.md.

// Alarm: the first of a cause, or a run that waits for a person or stands half way. Change: the
// same cause, places changed. Clear: all is as usual, or the run waits no longer.
// Question: asks about a person's word. Test: sent by hand.
enum class NoticeKind : std::uint8_t { Alarm, Change, Clear, Question, Test };
const char* name_of(NoticeKind kind);
std::optional<NoticeKind> notice_kind_of(std::string_view name);

enum class NoticeItemKind : std::uint8_t { Place, Word, Incident, Run };
const char* name_of(NoticeItemKind kind);  // place word incident run
std::optional<NoticeItemKind> notice_item_kind_of(std::string_view name);

struct NoticeItem {
  NoticeItemKind kind = NoticeItemKind::Place;
  std::string
      subject;  // "OFFICE@SITE", an offer that never closes, or the id of a word, incident or run
  Readiness from = Readiness::Normal;  // what people were told last
  Readiness to = Readiness::Normal;
  Instant since;
  // Of a word: ends_soon, unrenewed, doubted. Of a run: approval, by_hand, unsure, undo_by_hand,
  // half_way, failed; where it waits no longer, goes_on, done, undone.
  std::string question;
  Wording text;  // title of an incident; of a run with that of the step
};

struct QueuedMessage {
  MessageId id;
  RecipientId recipient;
  ChannelId channel;  // tried first
  bool called = false;  // on call, and asked to acknowledge
};

// ---- events -------------------------------------------------------------------------------------

// Something is told, by these messages: in the journal at once, so that a crash sends all or none.
struct NoticeRaised {
  NoticeId id;
  NoticeKind kind = NoticeKind::Change;
  std::string cause;  // "incident-3", "outage/4711": the same in all that is told of it
  unsigned level = 0;  // on-call level that was called; 0: nobody has to answer
  unsigned bad = 0;  // how many places are not as usual now
  unsigned more = 0;  // how many items were left out
  std::vector<NoticeItem> items;
  std::vector<QueuedMessage> messages;
};

// Nobody of the level before has answered in time.
struct NoticeEscalated {
  NoticeId notice;
  unsigned level = 0;
  std::vector<QueuedMessage> messages;
};

struct NoticeAcknowledged {
  NoticeId notice;
  std::string by;  // actor id
};

struct MessageSent {
  MessageId id;
  ChannelId channel;
};

// One attempt has failed. `next` is the channel of the next one; empty: given up.
struct MessageFailed {
  MessageId id;
  ChannelId channel;
  std::string detail;  // what the other side said, without addresses or secrets
  bool permanent = false;  // this channel will never take it
  ChannelId next;
  Instant retry_at;
};

// ---- what a situation shows of it ---------------------------------------------------------------

enum class MessageState : std::uint8_t { Waiting, Sent, GivenUp };
const char* name_of(MessageState state);  // waiting sent given_up

struct MessageSituation {
  MessageId id;
  NoticeId notice;
  RecipientId recipient;
  ChannelId channel;
  MessageState state = MessageState::Waiting;
  unsigned failures = 0;
  Instant queued;
  std::optional<Instant> ended;
  std::string detail;  // of the last failure
};

struct NoticeSituation {
  NoticeId id;
  NoticeKind kind = NoticeKind::Change;
  std::string cause;
  Instant raised;
  unsigned level = 0;
  bool awaits_answer = false;
  std::string acknowledged_by;
  std::optional<Instant> acknowledged;
};

// A channel whose last messages all failed.
struct ChannelTrouble {
  ChannelId channel;
  unsigned failures = 0;
  Instant last;
  std::string detail;
};

// Newest first, the newest kMostShown each.
struct NoticeBoard {
  static constexpr std::size_t kMostShown = 200;
  std::vector<NoticeSituation> notices;
  std::vector<MessageSituation> messages;
  std::vector<ChannelTrouble> troubles;
  std::size_t waiting = 0;  // messages in all
};

}  // namespace dienstbereit
