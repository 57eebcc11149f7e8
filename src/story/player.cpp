// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "story/player.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>

#include "base/text.h"
#include "story/subjects.h"
#include "story/times.h"

namespace dienstbereit::story {
namespace {

const char* how_text(Test::How how) {
  switch (how) {
    case Test::How::Equals:
      return "is";
    case Test::How::Contains:
      return "contains";
    case Test::How::Lacks:
      break;
  }
  return "lacks";
}

std::string time_text(Instant t, const Story& story) {
  return told_time(t, view::zone_of(*story.district));
}

struct PushText {
  std::string operator()(const ProbesTurn& turn) const {
    std::vector<std::string> ids;
    for (const ProbeId& probe : turn.probes) ids.push_back(probe.str());
    return fmt::format("{}: {}", name_of(turn.outcome), join(ids, ", "));
  }
  std::string operator()(const TakeBack& back) const {
    return fmt::format("word taken back: {}", to_text(back.scope));
  }
  std::string operator()(const Command& command) const {
    if (const auto* word = std::get_if<SetWord>(&command)) {
      return fmt::format("word: {} {}", to_text(word->scope), name_of(word->said));
    }
    if (const auto* forecast = std::get_if<MakeForecast>(&command)) {
      return fmt::format("forecast of {}", forecast->incident.str());
    }
    std::vector<std::string> types;
    for (const RecordEvent& change : std::get<WriteRecord>(command).changes) {
      types.emplace_back(type_of(change));
    }
    return "record: " + join(types, ", ");
  }
};

}  // namespace

std::string to_text(const Want& want, const Story& story) {
  std::string text = spec_of(want.subject).name;
  for (const std::string& part : {want.id, want.place}) {
    if (!part.empty()) text += " " + part;
  }
  if (want.number != 0) text += fmt::format(" number {}", want.number);
  if (want.day) text += " on " + to_iso(*want.day);
  if (want.none) text += " not there";
  for (const Test& test : want.tests) {
    text += fmt::format(", {} {} '{}'", test.fact, how_text(test.how), test.text);
  }
  const std::string from = time_text(want.from, story);
  const std::string to = time_text(want.to, story);
  switch (want.when) {
    case When::At:
      return fmt::format("at {}: {}", from, text);
    case When::Between:
      return fmt::format("from between {} and {} on: {}", from, to, text);
    case When::Throughout:
      break;
  }
  return fmt::format("all the time from {} to {}: {}", from, to, text);
}

std::string to_text(const Failure& failure, const Story& story) {
  return fmt::format("{}:{}: wanted {}\n  seen: {}\n  last so: {}", story.name, failure.line,
                     failure.wanted, failure.seen,
                     failure.last_held ? time_text(*failure.last_held, story) : "never");
}

Player::Player(const Story& story, House& house, std::function<void(const std::string&)> told)
    : story_(story), house_(house), told_(std::move(told)), watches_(story.wants.size()) {
  for (std::size_t i = 0; i < story.pushes.size(); ++i) {
    agenda_.push_back({story.pushes[i].at, story.pushes[i].line, What::Push, i});
  }
  for (std::size_t i = 0; i < story.wants.size(); ++i) {
    const Want& want = story.wants[i];
    if (want.when != When::At) agenda_.push_back({want.from, want.line, What::WantBegins, i});
    agenda_.push_back({want.to, want.line, What::WantEnds, i});
  }
  const auto order = [this](const Due& due) {
    return std::tuple(due.at, !is_early(due), is_early(due) && due.what == What::Push, due.line,
                      due.index);
  };
  std::sort(agenda_.begin(), agenda_.end(),
            [&](const Due& a, const Due& b) { return order(a) < order(b); });
}

Result<void> Player::start() {
  house_.set_people(story_.people);
  return house_.start(story_.district, story_.start, story_.start, false);
}

// Probes that run at the very time see what comes in then; and what follows from it at once has
// become so within the want that begins then.
bool Player::is_early(const Due& due) const {
  switch (due.what) {
    case What::Push:
      return std::holds_alternative<ProbesTurn>(story_.pushes[due.index].what);
    case What::WantBegins:
      return story_.wants[due.index].when == When::Between;
    case What::WantEnds:
      break;
  }
  return false;
}

Scene Player::scene() const {
  return {house_.situation(), house_.now() + house_.situation().civil_offset, house_.captured()};
}

void Player::play_until(Instant t) {
  while (next_ < agenda_.size() && agenda_[next_].at <= t) {
    const Due due = agenda_[next_++];
    const Instant until = is_early(due) ? due.at - Duration(1) : due.at;
    if (until > house_.now()) house_.pass_until(until);
    switch (due.what) {
      case What::Push:
        put_in(story_.pushes[due.index]);
        break;
      case What::WantBegins:
        begin(due.index);
        break;
      case What::WantEnds:
        end(due.index);
        break;
    }
  }
  if (t > house_.now()) house_.pass_until(t);
}

void Player::put_in(const Push& push) {
  const std::string what = std::visit(PushText(), push.what);
  told_(fmt::format("{}  {}{}{}", at_text(push.at), what, push.note.empty() ? "" : "  - ",
                    push.note));
  if (const auto* turn = std::get_if<ProbesTurn>(&push.what)) {
    for (const ProbeId& probe : turn->probes) house_.tell(probe, turn->outcome, turn->detail);
    return;
  }
  const auto* back = std::get_if<TakeBack>(&push.what);
  const auto answer = house_.ask(push.by, back ? withdrawal(*back) : std::get<Command>(push.what));
  if (answer.has_value() != push.refused) return;
  const std::string wanted =
      fmt::format("at {}: {} is {}", at_text(push.at), what, push.refused ? "refused" : "taken");
  failures_.push_back({push.line,
                       wanted,
                       answer ? "it was taken" : "it was refused: " + answer.error().message,
                       {}});
}

// Words stand newest first.
Command Player::withdrawal(const TakeBack& back) const {
  for (const WordSituation& word : house_.situation().words) {
    if (word.scope == back.scope) return WithdrawWord{word.id, back.reason};
  }
  return WithdrawWord{WordId(to_text(back.scope)), back.reason};
}

std::string Player::at_text(Instant t) const { return time_text(t, story_); }

// Only what is still wanted, and only when something has happened: time alone is looked at where a
// want begins and ends.
void Player::look() {
  if (house_.situation().seq == looked_at_) return;
  looked_at_ = house_.situation().seq;
  const Scene now = scene();
  for (std::size_t i = 0; i < watches_.size(); ++i) {
    if (!watches_[i].done) look_at(i, now);
  }
}

void Player::look_at(std::size_t index, const Scene& now) {
  const Want& want = story_.wants[index];
  Watch& watch = watches_[index];
  const Scene::Look look = now.look(want);
  if (look.holds) watch.last_held = house_.now();
  if (watch.held.value_or(false) && !look.holds) watch.last_held = house_.now();
  watch.held = look.holds;
  if (watch.begun && want.when == When::Throughout && !look.holds && watch.broken.empty()) {
    watch.broken = fmt::format("at {}: {}", at_text(house_.now()), look.seen);
  }
}

void Player::begin(std::size_t index) {
  Watch& watch = watches_[index];
  watch.begun = true;
  look_at(index, scene());
  watch.early = story_.wants[index].when == When::Between && watch.held.value_or(false);
}

void Player::end(std::size_t index) {
  const Want& want = story_.wants[index];
  Watch& watch = watches_[index];
  const Scene now = scene();
  look_at(index, now);
  watch.done = true;
  const bool good = *watch.held && !watch.early && watch.broken.empty();
  if (good) {
    ++met_;
    return;
  }
  std::string seen = watch.broken.empty() ? now.look(want).seen : watch.broken;
  if (watch.early) seen = "it was so before already; " + seen;
  failures_.push_back({want.line, to_text(want, story_), std::move(seen), watch.last_held});
}

}  // namespace dienstbereit::story
