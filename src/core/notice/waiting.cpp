// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/notice/waiting.h"

#include <algorithm>

#include "model/interim/asking.h"

namespace dienstbereit::core::notice {
namespace {

// "Datenbank übernehmen: Alte Datenbank absperren"
Wording joined(const Wording& plan, const Wording& step) {
  if (plan.empty() || step.empty()) return plan.empty() ? step : plan;
  Wording both;
  both.de = plan.de + ": " + step.de;
  const auto english = [](const Wording& one) { return one.en.empty() ? one.de : one.en; };
  if (!plan.en.empty() || !step.en.empty()) both.en = english(plan) + ": " + english(step);
  return both;
}

NoticeItem item_of(const RunStarted& start, std::string question, Wording text) {
  NoticeItem item;
  item.kind = NoticeItemKind::Run;
  item.subject = start.id.str();
  item.question = std::move(question);
  item.text = std::move(text);
  return item;
}

bool is_same_wish(const NoticeItem& a, const NoticeItem& b) {
  return a.question == b.question && a.text.de == b.text.de;
}

}  // namespace

bool is_of_run(const NoticeRaised& notice) {
  return !notice.items.empty() && notice.items.front().kind == NoticeItemKind::Run;
}

// ---- folding ------------------------------------------------------------------------------------

void WaitingRuns::on(const RunStarted& event, Instant at) {
  if (event.dry) return;
  // Who begins it again has seen what the last one left.
  for (Run& run : runs_) {
    const bool same = run.start->plan == event.plan ||
                      (!event.fallback.empty() && run.start->fallback == event.fallback);
    if (!same || !run.result) continue;
    run.taken_up = true;
    look(run, at);
  }
  Run run;
  run.start = std::make_shared<const RunStarted>(event);
  run.steps.resize(event.steps.size());
  runs_.push_back(std::move(run));
  look(runs_.back(), at);
  trim();
}

void WaitingRuns::on(const RunApproved& event, Instant at) {
  Run* run = find(event.run);
  if (!run) return;
  run->approved = true;
  look(*run, at);
}

void WaitingRuns::on(const RunAborted& event, Instant at) {
  Run* run = find(event.run);
  if (!run) return;
  run->aborted = true;
  look(*run, at);
}

void WaitingRuns::on(const StepMoved& event, Instant at) {
  Run* run = find(event.run);
  if (!run || event.step >= run->steps.size()) return;
  run->steps[event.step] = event.state;
  look(*run, at);
}

void WaitingRuns::on(const RunEnded& event, Instant at) {
  Run* run = find(event.run);
  if (!run) return;
  run->result = event.result;
  look(*run, at);
  trim();
}

void WaitingRuns::told(const NoticeRaised& event) {
  Run* run = find(RunId(event.cause));
  if (!run) return;
  if (event.kind == NoticeKind::Alarm) {
    run->told = event.items.front();
    called(event.cause, event.messages);
  } else {
    run->told.reset();
    run->knowing.clear();
  }
  trim();
}

void WaitingRuns::called(const std::string& cause, const std::vector<QueuedMessage>& messages) {
  Run* run = find(RunId(cause));
  if (!run) return;
  for (const QueuedMessage& message : messages) run->knowing.insert(message.recipient);
}

WaitingRuns::Run* WaitingRuns::find(const RunId& id) {
  const auto found =
      std::find_if(runs_.begin(), runs_.end(), [&](const Run& run) { return run.start->id == id; });
  return found == runs_.end() ? nullptr : &*found;
}

std::optional<NoticeItem> WaitingRuns::Run::reason() const {
  if (taken_up) return std::nullopt;
  if (result) {
    if (*result == RunResult::Partial) return item_of(*start, "half_way", start->title);
    if (*result == RunResult::Done || aborted) return std::nullopt;
    return item_of(*start, "failed", start->title);
  }
  if (start->approval && !approved) return item_of(*start, "approval", start->title);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const char* wish = wish_of(start->steps[i], steps[i]);
    if (wish) return item_of(*start, wish, joined(start->title, start->steps[i].title));
  }
  return std::nullopt;
}

void WaitingRuns::look(Run& run, Instant at) {
  auto now = run.reason();
  if (now && run.waits && is_same_wish(*now, *run.waits)) return;
  if (!now && !run.waits) return;
  if (now) now->since = at;
  run.waits = std::move(now);
  run.changed = at;
}

void WaitingRuns::trim() {
  std::erase_if(runs_, [](const Run& run) { return run.result && !run.waits && !run.told; });
  while (runs_.size() > kMostWaiting) runs_.pop_front();
}

// ---- deciding -----------------------------------------------------------------------------------

bool WaitingRuns::Run::differs() const {
  if (!waits || !told) return waits.has_value() != told.has_value();
  return waits->since != told->since || !is_same_wish(*waits, *told);
}

NoticeItem WaitingRuns::Run::news() const {
  if (waits) return *waits;
  const bool again = taken_up && result != RunResult::Done;
  const char* went = !result || again ? "goes_on" : name_of(*result);
  NoticeItem item = item_of(*start, went, start->title);
  item.since = changed;
  return item;
}

bool WaitingRuns::still_waits(const NoticeRaised& notice) const {
  if (!is_of_run(notice)) return false;
  const NoticeItem& item = notice.items.front();
  return std::any_of(runs_.begin(), runs_.end(), [&](const Run& run) {
    return run.start->id.str() == notice.cause && run.waits && run.waits->since == item.since &&
           is_same_wish(*run.waits, item);
  });
}

std::optional<Instant> WaitingRuns::due(Duration gather) const {
  std::optional<Instant> due;
  for (const Run& run : runs_) {
    if (!run.differs()) continue;
    if (!due || run.changed + gather < *due) due = run.changed + gather;
  }
  return due;
}

std::optional<NoticeRaised> WaitingRuns::notice(Duration gather, Instant now) const {
  for (const Run& run : runs_) {
    if (!run.differs() || run.changed + gather > now) continue;
    NoticeRaised notice;
    notice.kind = run.waits ? NoticeKind::Alarm : NoticeKind::Clear;
    notice.cause = run.start->id.str();
    notice.items.push_back(run.news());
    return notice;
  }
  return std::nullopt;
}

std::set<RecipientId> WaitingRuns::knowing(const std::string& cause) const {
  for (const Run& run : runs_) {
    if (run.start->id.str() == cause) return run.knowing;
  }
  return {};
}

}  // namespace dienstbereit::core::notice
