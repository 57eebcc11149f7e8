// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/result.h"
#include "core/notice/waiting.h"
#include "model/event.h"
#include "model/telling/notice.h"
#include "model/telling/roster.h"

// Who is told what, when, and by which way (docs/formats/notices.md). Folded from events; deciding
// takes the roster and the time as data.
namespace dienstbereit::core::notice {

// Within one outage people are told not more often than this.
inline constexpr Duration kGroupInterval = std::chrono::minutes(5);
// Attempts: the delay doubles up to the longest; another channel after so many failures.
inline constexpr Duration kFirstRetry = std::chrono::seconds(5);
inline constexpr Duration kLongestRetry = std::chrono::minutes(15);
inline constexpr unsigned kTriesPerChannel = 3;
inline constexpr Duration kGiveUpAfter = std::chrono::hours(24);
// A channel that failed so often in a row is not taken first for this long.
inline constexpr unsigned kTroubleFrom = 3;
inline constexpr Duration kTroubleLasts = std::chrono::minutes(15);
// Right after a start much is unknown, and soon will not be.
inline constexpr Duration kAfterStart = std::chrono::minutes(3);
// Whoever sends answers within this; else the message is handed over once more.
inline constexpr Duration kPatience = std::chrono::minutes(5);

inline constexpr std::size_t kMostItems = 100;     // of one notice
inline constexpr std::size_t kMostPending = 5000;  // messages that wait; the oldest is given up
inline constexpr std::size_t kMostNotices = 200;   // remembered after their end
inline constexpr std::size_t kMostQuestions = 1000;

// How the cause of an outage begins for which no incident was opened.
inline constexpr const char* kNameless = "outage/";

using OnDuty = std::function<bool(const Recipient&)>;

class Notices {
 public:
  // ---- folding; the same live and in replay. Only subjects that are told of: places, and offers
  // that never close.
  void on(const ReadinessChanged& event, Instant at);
  void on(const WordAsked& event, Instant at);
  void on(const IncidentOpened& event, Instant at);
  void on(const IncidentMerged& event, Instant at);
  void on(const IncidentSplit& event, Instant at);
  void on(const PhaseChanged& event, Instant at);
  void on(const RunStarted& event, Instant at);
  void on(const RunApproved& event, Instant at);
  void on(const RunAborted& event, Instant at);
  void on(const StepMoved& event, Instant at);
  void on(const RunEnded& event, Instant at);
  void on(const NoticeRaised& event, Instant at);
  void on(const NoticeEscalated& event, Instant at);
  void on(const NoticeAcknowledged& event, Instant at);
  void on(const MessageSent& event, Instant at);
  void on(const MessageFailed& event, Instant at);
  // The district has only these subjects now: what is gone is not out of order.
  void keep(const std::set<std::string>& subjects, Instant at);
  // The program has started anew: what was under way is sent again.
  void restarted(Instant at);

  // ---- deciding
  // The next event that is due, or nothing; fold it and ask again. `id` is the sequence number
  // which that event will get.
  std::optional<EventPayload> next(const Roster& roster, const OnDuty& on_duty, Instant now,
                                   const std::string& id) const;
  // What follows from an attempt; nothing if the message waits no longer.
  std::optional<EventPayload> result(const MessageResult& result, const Roster& roster,
                                     Instant now) const;
  // `what` is the id of a notice or of one of its messages.
  Result<NoticeAcknowledged> acknowledge(const std::string& what, const std::string& by) const;
  // A message to one recipient, to see whether it arrives.
  Result<NoticeRaised> test(const RecipientId& recipient, const Roster& roster,
                            const std::string& id) const;
  // When next(), or take_due() has something to do.
  std::optional<Instant> next_due(const Roster& roster) const;

  struct Due {
    MessageId id;
    RecipientId recipient;
    ChannelId channel;
    std::shared_ptr<const NoticeRaised> notice;
    Instant queued;
    bool awaits_answer = false;
  };
  // What is to be handed to the sender now. Remembers that it was, which is no part of the record:
  // after a restart all of it is handed over again. Nothing while the roster is empty: the contacts
  // are missing then, not the people.
  std::vector<Due> take_due(const Roster& roster, Instant now);

  NoticeBoard board() const;

 private:
  struct Subject {
    Readiness told = Readiness::Normal;  // until people are told, all is as usual
    Readiness now = Readiness::Normal;
    Instant since;
    bool differs() const { return told != now; }
  };
  struct Kept {
    std::shared_ptr<const NoticeRaised> notice;
    Instant raised;
    unsigned level = 0;
    Instant level_at;
    bool over = false;  // the cause is
    std::string acknowledged_by;
    std::optional<Instant> acknowledged;
    std::vector<QueuedMessage> called;  // of the level
    std::set<MessageId> asking;  // every message that asked for an answer
    bool awaits_answer() const { return level > 0 && !over && !acknowledged; }
  };
  struct Pending {
    std::shared_ptr<const NoticeRaised> notice;
    RecipientId recipient;
    ChannelId channel;
    Instant queued;
    Instant due;
    unsigned failures = 0;
    unsigned failures_here = 0;  // on this channel in a row
    std::set<ChannelId> tried;
    std::set<ChannelId> closed;  // will never take it
    std::string detail;
    std::optional<Instant> handed;  // to the sender; not folded
  };

  struct Affected {  // an incident whose services are not back
    Wording title;
    Instant since;
    bool told = false;
    bool again = false;  // they were back before
  };

  // what there is to tell (raise.cpp)
  void mark(Instant at);
  void set_over(const IncidentId& incident, bool over);
  bool knows_of(const IncidentId& incident) const;
  bool has_new_incident() const;
  std::optional<Instant> raise_at(const Roster& roster) const;
  NoticeKind kind_now() const;
  NoticeRaised notice_now(const std::string& id) const;
  unsigned bad_now() const;
  std::optional<Instant> run_at(const Roster& roster) const;
  void address(NoticeRaised& notice, const Roster& roster, const OnDuty& on_duty,
               Instant now) const;
  std::optional<Instant> escalate_at(const Kept& kept, const Roster& roster) const;
  std::optional<NoticeEscalated> escalation(const Kept& kept, const Roster& roster,
                                            const OnDuty& on_duty, Instant now,
                                            const std::string& id) const;
  bool called_in_vain(const Kept& kept) const;
  bool was_called(const Kept& kept, const RecipientId& id) const;

  // the ways (deliver.cpp)
  ChannelId first_channel(const Recipient& recipient, Instant now) const;
  void queue(const std::shared_ptr<const NoticeRaised>& notice,
             const std::vector<QueuedMessage>& messages, Instant at);
  void end(const MessageId& id, MessageState state, Instant at, std::string detail);
  void supersede(const NoticeRaised& newer, const std::set<std::string>& causes, Instant at);
  void on_run(const NoticeRaised& event, Instant at);
  void end_calls_of_runs();
  std::shared_ptr<const NoticeRaised> remember(const NoticeRaised& event, Instant at);
  void trim();
  const Kept* find(const NoticeId& id) const;

  std::map<std::string, Subject> subjects_;  // those that differ, or are not as usual
  std::map<std::string, NoticeItem> questions_;  // not yet told, by word and question
  std::set<std::string> asked_;
  std::optional<Instant> to_tell_since_;
  std::optional<Instant> started_;
  std::optional<Instant> told_at_;
  std::map<IncidentId, Affected> incidents_;
  std::map<IncidentId, Instant> back_;  // incidents whose services are back, since when
  std::string outage_;  // the last cause an alarm told of, while it is not over
  std::set<std::string> causes_;  // all that were told of since all was as usual
  std::set<RecipientId> knowing_;  // who was told of it
  WaitingRuns runs_;
  std::deque<Kept> notices_;  // oldest first
  std::map<MessageId, Pending> pending_;
  std::deque<MessageSituation> ended_;  // newest last
  std::map<ChannelId, ChannelTrouble> troubles_;
};

}  // namespace dienstbereit::core::notice
