// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Deciding what is told, and to whom.
#include <algorithm>

#include <fmt/format.h>

#include "core/notice/notices.h"

namespace dienstbereit::core::notice {
namespace {

bool wants(const Recipient& recipient, NoticeKind kind) {
  switch (kind) {
    case NoticeKind::Alarm:
    case NoticeKind::Clear:
      return recipient.wants_incidents || recipient.wants_places;
    case NoticeKind::Change:
      return recipient.wants_places;
    case NoticeKind::Question:
      return recipient.wants_questions;
    case NoticeKind::Test:
      break;
  }
  return false;
}

void add(std::vector<QueuedMessage>& messages, const std::string& event, const Recipient& recipient,
         ChannelId channel, bool called) {
  messages.push_back({MessageId(fmt::format("{}.{}", event, messages.size() + 1)), recipient.id,
                      std::move(channel), called});
}

// The levels above `above` that somebody has, lowest first.
std::set<unsigned> levels_above(const Roster& roster, unsigned above) {
  std::set<unsigned> levels;
  for (const Recipient& recipient : roster.recipients) {
    if (recipient.level > above && !recipient.channels.empty()) levels.insert(recipient.level);
  }
  return levels;
}

// The next level with somebody on duty; else the next with anybody: better to wake somebody than
// to call nobody. 0: there is none.
unsigned level_to_call(const Roster& roster, const OnDuty& on_duty, unsigned above) {
  const std::set<unsigned> levels = levels_above(roster, above);
  for (const unsigned level : levels) {
    const bool manned =
        std::any_of(roster.recipients.begin(), roster.recipients.end(), [&](const Recipient& one) {
          return one.level == level && !one.channels.empty() && on_duty(one);
        });
    if (manned) return level;
  }
  return levels.empty() ? 0 : *levels.begin();
}

// Who is called at a level: those on duty, else all of it.
std::vector<const Recipient*> members(const Roster& roster, const OnDuty& on_duty, unsigned level) {
  std::vector<const Recipient*> all, manned;
  for (const Recipient& recipient : roster.recipients) {
    if (recipient.level != level || recipient.channels.empty()) continue;
    all.push_back(&recipient);
    if (on_duty(recipient)) manned.push_back(&recipient);
  }
  return manned.empty() ? all : manned;
}

}  // namespace

std::optional<Instant> Notices::raise_at(const Roster& roster) const {
  if (!to_tell_since_ || roster.empty()) return std::nullopt;
  Instant at = *to_tell_since_ + roster.gather_for;
  const bool known = !questions_.empty() || !incidents_.empty() ||
                     std::any_of(subjects_.begin(), subjects_.end(), [](const auto& entry) {
                       return entry.second.differs() && entry.second.now != Readiness::Unknown;
                     });
  if (!known && started_) at = std::max(at, *started_ + kAfterStart);
  // A new outage is told of at once; what follows in it is gathered.
  if (!outage_.empty() && told_at_ && !has_new_incident())
    at = std::max(at, *told_at_ + kGroupInterval);
  return at;
}

NoticeKind Notices::kind_now() const {
  bool bad = false, worse = false, differs = false;
  for (const auto& [id, subject] : subjects_) {
    bad = bad || subject.now != Readiness::Normal;
    differs = differs || subject.differs();
    worse = worse || (subject.differs() && subject.now != Readiness::Normal);
  }
  if (has_new_incident() || (outage_.empty() && worse)) return NoticeKind::Alarm;
  if (!outage_.empty() && !bad && incidents_.empty()) return NoticeKind::Clear;
  return differs ? NoticeKind::Change : NoticeKind::Question;
}

NoticeRaised Notices::notice_now(const std::string& id) const {
  NoticeRaised notice;
  notice.id = NoticeId(id);
  notice.kind = kind_now();
  notice.bad = bad_now();
  if (notice.kind == NoticeKind::Alarm) notice.cause = kNameless + id;
  for (const auto& [incident, affected] : incidents_) {
    if (affected.told) continue;
    if (notice.items.empty()) notice.cause = incident.str() + (affected.again ? "/" + id : "");
    NoticeItem item;
    item.kind = NoticeItemKind::Incident;
    item.subject = incident.str();
    item.since = affected.since;
    item.text = affected.title;
    notice.items.push_back(std::move(item));
  }
  const auto incidents = static_cast<std::ptrdiff_t>(notice.items.size());
  if (notice.kind == NoticeKind::Question) notice.cause = "questions/" + id;
  if (notice.cause.empty()) notice.cause = outage_;
  for (const auto& [subject, state] : subjects_) {
    if (!state.differs()) continue;
    NoticeItem item;
    item.subject = subject;
    item.from = state.told;
    item.to = state.now;
    item.since = state.since;
    notice.items.push_back(std::move(item));
  }
  // The worst first: what is left out of a long list is what works again.
  const auto rank = [](Readiness word) {
    return word == Readiness::Closed ? 0 : word == Readiness::Normal ? 2 : 1;
  };
  std::sort(notice.items.begin() + incidents, notice.items.end(),
            [&](const NoticeItem& a, const NoticeItem& b) {
              return std::pair(rank(a.to), a.subject) < std::pair(rank(b.to), b.subject);
            });
  for (const auto& [key, question] : questions_) notice.items.push_back(question);
  if (notice.items.size() > kMostItems) {
    notice.more = static_cast<unsigned>(notice.items.size() - kMostItems);
    notice.items.resize(kMostItems);
  }
  return notice;
}

unsigned Notices::bad_now() const {
  const auto bad = std::count_if(subjects_.begin(), subjects_.end(), [](const auto& entry) {
    return entry.second.now != Readiness::Normal;
  });
  return static_cast<unsigned>(bad);
}

std::optional<Instant> Notices::run_at(const Roster& roster) const {
  return roster.empty() ? std::nullopt : runs_.due(roster.gather_for);
}

// Nobody is told twice of one cause: whoever is on call hears of it when called, and of its end
// only if called.
void Notices::address(NoticeRaised& notice, const Roster& roster, const OnDuty& on_duty,
                      Instant now) const {
  const bool alarm = notice.kind == NoticeKind::Alarm;
  if (alarm) notice.level = level_to_call(roster, on_duty, 0);
  for (const Recipient& recipient : roster.recipients) {
    if (recipient.channels.empty() || recipient.level > 0) continue;
    if (!wants(recipient, notice.kind)) continue;
    add(notice.messages, notice.id.str(), recipient, first_channel(recipient, now), false);
  }
  if (alarm) {
    for (const Recipient* recipient : members(roster, on_duty, notice.level)) {
      if (notice.level == 0) break;
      add(notice.messages, notice.id.str(), *recipient, first_channel(*recipient, now), true);
    }
    return;
  }
  const auto knowing = is_of_run(notice) ? runs_.knowing(notice.cause) : knowing_;
  for (const Recipient& recipient : roster.recipients) {
    const bool called = recipient.level > 0 && knowing.contains(recipient.id);
    const bool asked = recipient.level > 0 && notice.kind == NoticeKind::Question;
    if (recipient.channels.empty() || !(called || asked)) continue;
    if (!wants(recipient, notice.kind)) continue;
    add(notice.messages, notice.id.str(), recipient, first_channel(recipient, now), false);
  }
}

// ---- escalation ---------------------------------------------------------------------------------

// True if no message to those who were called has a chance left.
bool Notices::called_in_vain(const Kept& kept) const {
  const auto lost = [&](const QueuedMessage& message) {
    return std::any_of(ended_.begin(), ended_.end(), [&](const MessageSituation& ended) {
      return ended.id == message.id && ended.state == MessageState::GivenUp;
    });
  };
  return std::all_of(kept.called.begin(), kept.called.end(), lost);
}

bool Notices::was_called(const Kept& kept, const RecipientId& id) const {
  const auto named = [&](const QueuedMessage& message) { return message.recipient == id; };
  return std::any_of(kept.called.begin(), kept.called.end(), named) ||
         std::any_of(kept.notice->messages.begin(), kept.notice->messages.end(), named);
}

std::optional<Instant> Notices::escalate_at(const Kept& kept, const Roster& roster) const {
  if (!kept.awaits_answer() || levels_above(roster, kept.level).empty()) return std::nullopt;
  return called_in_vain(kept) ? kept.level_at : kept.level_at + roster.escalate_after;
}

std::optional<NoticeEscalated> Notices::escalation(const Kept& kept, const Roster& roster,
                                                   const OnDuty& on_duty, Instant now,
                                                   const std::string& id) const {
  NoticeEscalated event;
  event.notice = kept.notice->id;
  event.level = level_to_call(roster, on_duty, kept.level);
  if (event.level == 0) return std::nullopt;
  for (const Recipient* recipient : members(roster, on_duty, event.level)) {
    if (was_called(kept, recipient->id)) continue;
    add(event.messages, id, *recipient, first_channel(*recipient, now), true);
  }
  return event;
}

// ---- the next step ------------------------------------------------------------------------------

std::optional<EventPayload> Notices::next(const Roster& roster, const OnDuty& on_duty, Instant now,
                                          const std::string& id) const {
  const auto raise = raise_at(roster);
  if (raise && *raise <= now) {
    NoticeRaised notice = notice_now(id);
    address(notice, roster, on_duty, now);
    return notice;
  }
  const auto run = run_at(roster);
  if (run && *run <= now) {
    NoticeRaised notice = *runs_.notice(roster.gather_for, now);
    notice.id = NoticeId(id);
    notice.bad = bad_now();
    address(notice, roster, on_duty, now);
    return notice;
  }
  for (const Kept& kept : notices_) {
    const auto at = escalate_at(kept, roster);
    if (!at || *at > now) continue;
    if (auto event = escalation(kept, roster, on_duty, now, id)) return *event;
  }
  return std::nullopt;
}

std::optional<Instant> Notices::next_due(const Roster& roster) const {
  std::optional<Instant> due = raise_at(roster);
  const auto sooner = [&](std::optional<Instant> t) {
    if (t && (!due || *t < *due)) due = t;
  };
  if (roster.empty()) return due;
  sooner(run_at(roster));
  for (const Kept& kept : notices_) sooner(escalate_at(kept, roster));
  for (const auto& [id, one] : pending_) {
    sooner(one.handed ? *one.handed + kPatience : one.due);
  }
  return due;
}

}  // namespace dienstbereit::core::notice
