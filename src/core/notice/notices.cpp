// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/notice/notices.h"

#include <algorithm>

#include <fmt/format.h>

namespace dienstbereit::core::notice {
namespace {

const char* question_name(WordQuestion question) {
  switch (question) {
    case WordQuestion::EndsSoon:
      return "ends_soon";
    case WordQuestion::Unrenewed:
      return "unrenewed";
    case WordQuestion::Doubted:
      break;
  }
  return "doubted";
}

// "incident-3", or "incident-3/4711" for a relapse.
bool is_of(const std::string& cause, const IncidentId& incident) {
  return cause == incident.str() || cause.starts_with(incident.str() + "/");
}

}  // namespace

// ---- what there is to tell ----------------------------------------------------------------------

void Notices::on(const ReadinessChanged& event, Instant at) {
  Subject& subject = subjects_[event.subject.str()];
  if (subject.now != event.to) subject.since = at;
  subject.now = event.to;
  if (!subject.differs() && subject.now == Readiness::Normal) subjects_.erase(event.subject.str());
  mark(at);
}

void Notices::keep(const std::set<std::string>& subjects, Instant at) {
  std::erase_if(subjects_, [&](const auto& entry) { return !subjects.contains(entry.first); });
  mark(at);
}

void Notices::on(const WordAsked& event, Instant at) {
  const std::string key = event.id.str() + "/" + question_name(event.question);
  // A word may be doubted at many nodes; its author is asked once.
  if (!asked_.insert(key).second) return;
  if (asked_.size() > kMostQuestions) asked_.erase(asked_.begin());
  NoticeItem item;
  item.kind = NoticeItemKind::Word;
  item.subject = event.id.str();
  item.since = at;
  item.question = question_name(event.question);
  questions_[key] = std::move(item);
  mark(at);
}

// An outage that people were told of before anybody gave it a name is no news by its name.
void Notices::on(const IncidentOpened& event, Instant at) {
  const bool told = outage_.starts_with(kNameless);
  incidents_[event.id] = {event.title, event.since, told, false};
  mark(at);
}

// The rest goes on under a name of its own; who knew of the whole knows of its parts.
void Notices::on(const IncidentSplit& event, Instant at) {
  const auto whole = incidents_.find(event.from);
  const bool told = whole != incidents_.end() && whole->second.told;
  incidents_[event.id] = {event.title, at, told, false};
  mark(at);
}

void Notices::on(const IncidentMerged& event, Instant at) {
  incidents_.erase(event.from);
  set_over(event.from, true);
  mark(at);
}

void Notices::on(const PhaseChanged& event, Instant at) {
  if (event.phase != Phase::Affected) {
    incidents_.erase(event.id);
    back_[event.id] = at;
    if (back_.size() > kMostNotices) back_.erase(back_.begin());
    set_over(event.id, true);
  } else if (!incidents_.contains(event.id)) {
    const auto back = back_.find(event.id);
    const bool again = back != back_.end();
    // Back for so short a time that nobody was told: people still think that it is affected.
    const bool told = again && at - back->second < kGroupInterval && knows_of(event.id);
    incidents_[event.id] = {{}, at, told, again};
    if (told) set_over(event.id, false);
  }
  mark(at);
}

// Whether an alarm told of it since all was as usual.
bool Notices::knows_of(const IncidentId& incident) const {
  return std::any_of(causes_.begin(), causes_.end(),
                     [&](const std::string& cause) { return is_of(cause, incident); });
}

// Once it is over nobody need answer any more.
void Notices::set_over(const IncidentId& incident, bool over) {
  for (Kept& kept : notices_) {
    if (is_of(kept.notice->cause, incident)) kept.over = over;
  }
}

bool Notices::has_new_incident() const {
  return std::any_of(incidents_.begin(), incidents_.end(),
                     [](const auto& entry) { return !entry.second.told; });
}

// Since when there is something to tell; what goes back to what was told before is nothing.
void Notices::mark(Instant at) {
  const bool differs = !questions_.empty() || has_new_incident() ||
                       (!causes_.empty() && kind_now() == NoticeKind::Clear) ||
                       std::any_of(subjects_.begin(), subjects_.end(),
                                   [](const auto& entry) { return entry.second.differs(); });
  if (!differs) {
    to_tell_since_.reset();
  } else if (!to_tell_since_) {
    to_tell_since_ = at;
  }
}

// ---- runs of plans ------------------------------------------------------------------------------

void Notices::on(const RunStarted& event, Instant at) {
  runs_.on(event, at);
  end_calls_of_runs();
}

void Notices::on(const RunApproved& event, Instant at) {
  runs_.on(event, at);
  end_calls_of_runs();
}

void Notices::on(const RunAborted& event, Instant at) {
  runs_.on(event, at);
  end_calls_of_runs();
}

void Notices::on(const StepMoved& event, Instant at) {
  runs_.on(event, at);
  end_calls_of_runs();
}

void Notices::on(const RunEnded& event, Instant at) {
  runs_.on(event, at);
  end_calls_of_runs();
}

// Once a run waits no longer for what was told, nobody need answer any more.
void Notices::end_calls_of_runs() {
  for (Kept& kept : notices_) {
    if (is_of_run(*kept.notice)) kept.over = kept.over || !runs_.still_waits(*kept.notice);
  }
}

// What is told of a run says nothing of an outage.
void Notices::on_run(const NoticeRaised& event, Instant at) {
  supersede(event, {event.cause}, at);
  runs_.told(event);
  queue(remember(event, at), event.messages, at);
  end_calls_of_runs();
  trim();
}

// ---- what was told ------------------------------------------------------------------------------

std::shared_ptr<const NoticeRaised> Notices::remember(const NoticeRaised& event, Instant at) {
  Kept kept;
  kept.notice = std::make_shared<const NoticeRaised>(event);
  kept.raised = at;
  kept.level = event.level;
  kept.level_at = at;
  for (const QueuedMessage& message : event.messages) {
    if (!message.called) continue;
    kept.called.push_back(message);
    kept.asking.insert(message.id);
  }
  notices_.push_back(std::move(kept));
  return notices_.back().notice;
}

void Notices::on(const NoticeRaised& event, Instant at) {
  if (is_of_run(event)) return on_run(event, at);
  const auto notice = remember(event, at);
  if (event.kind != NoticeKind::Test) {
    for (auto& [id, subject] : subjects_) subject.told = subject.now;
    std::erase_if(subjects_, [](const auto& entry) {
      return entry.second.now == Readiness::Normal && !entry.second.differs();
    });
    for (auto& [id, incident] : incidents_) incident.told = true;
    questions_.clear();
    told_at_ = at;
  }
  if (event.kind == NoticeKind::Clear) {
    supersede(event, causes_, at);
    outage_.clear();
    causes_.clear();
    knowing_.clear();
  }
  if (event.kind == NoticeKind::Alarm) {
    outage_ = event.cause;
    causes_.insert(event.cause);
  }
  mark(at);
  if (event.kind == NoticeKind::Alarm || event.kind == NoticeKind::Change) {
    for (const QueuedMessage& message : event.messages) knowing_.insert(message.recipient);
  }
  queue(notice, event.messages, at);
  trim();
}

void Notices::on(const NoticeEscalated& event, Instant at) {
  for (Kept& kept : notices_) {
    if (kept.notice->id != event.notice) continue;
    kept.level = event.level;
    kept.level_at = at;
    kept.called = event.messages;
    for (const QueuedMessage& message : event.messages) {
      if (!is_of_run(*kept.notice)) knowing_.insert(message.recipient);
      kept.asking.insert(message.id);
    }
    if (is_of_run(*kept.notice)) runs_.called(kept.notice->cause, event.messages);
    queue(kept.notice, event.messages, at);
  }
}

void Notices::on(const NoticeAcknowledged& event, Instant at) {
  for (Kept& kept : notices_) {
    if (kept.notice->id != event.notice) continue;
    kept.acknowledged_by = event.by;
    kept.acknowledged = at;
  }
}

Result<NoticeAcknowledged> Notices::acknowledge(const std::string& what,
                                                const std::string& by) const {
  const Kept* kept = find(NoticeId(what));
  for (const Kept& one : notices_) {
    if (one.asking.contains(MessageId(what))) kept = &one;
  }
  if (!kept) {
    return fail(Errc::NotFound,
                fmt::format("no notice '{}' is known, and no message '{}' that asks for an "
                            "answer; 'dienstbereit messages' lists them",
                            what, what));
  }
  if (kept->acknowledged) {
    return fail(Errc::Conflict, fmt::format("notice {} was acknowledged before, by {}",
                                            kept->notice->id.str(), kept->acknowledged_by));
  }
  if (kept->level == 0) {
    return fail(Errc::Conflict,
                fmt::format("notice {} asks nobody to acknowledge it", kept->notice->id.str()));
  }
  return NoticeAcknowledged{kept->notice->id, by};
}

const Notices::Kept* Notices::find(const NoticeId& id) const {
  for (const Kept& kept : notices_) {
    if (kept.notice->id == id) return &kept;
  }
  return nullptr;
}

void Notices::trim() {
  auto oldest = notices_.begin();
  while (notices_.size() > kMostNotices && oldest != notices_.end()) {
    oldest = oldest->awaits_answer() ? oldest + 1 : notices_.erase(oldest);
  }
}

// ---- what is shown ------------------------------------------------------------------------------

NoticeBoard Notices::board() const {
  NoticeBoard board;
  board.waiting = pending_.size();
  for (auto kept = notices_.rbegin(); kept != notices_.rend(); ++kept) {
    if (board.notices.size() == NoticeBoard::kMostShown) break;
    board.notices.push_back({kept->notice->id, kept->notice->kind, kept->notice->cause,
                             kept->raised, kept->level, kept->awaits_answer(),
                             kept->acknowledged_by, kept->acknowledged});
  }
  for (const auto& [id, one] : pending_) {
    if (board.messages.size() == NoticeBoard::kMostShown) break;
    board.messages.push_back({id, one.notice->id, one.recipient, one.channel, MessageState::Waiting,
                              one.failures, one.queued, std::nullopt, one.detail});
  }
  for (auto one = ended_.rbegin(); one != ended_.rend(); ++one) {
    if (board.messages.size() == NoticeBoard::kMostShown) break;
    board.messages.push_back(*one);
  }
  for (const auto& [id, trouble] : troubles_) {
    if (trouble.failures >= kTroubleFrom) board.troubles.push_back(trouble);
  }
  return board;
}

}  // namespace dienstbereit::core::notice
