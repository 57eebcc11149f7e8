// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "graph/reference_test.h"

#include <algorithm>
#include <cmath>

namespace dienstbereit::graph::reference {

namespace {

Ends ends(Interval value) { return {static_cast<int>(value.best), static_cast<int>(value.worst)}; }

int all_of(const Rule&, const std::vector<int>& values, const std::vector<double>&) {
  return *std::max_element(values.begin(), values.end());
}

int any_of(const Rule&, const std::vector<int>& values, const std::vector<double>&) {
  return *std::min_element(values.begin(), values.end());
}

int at_least(const Rule& rule, const std::vector<int>& values, const std::vector<double>&) {
  std::vector<int> sorted = values;
  std::sort(sorted.begin(), sorted.end());
  return sorted.at(rule.at_least - 1);
}

int degrades(const Rule&, const std::vector<int>& values, const std::vector<double>&) {
  for (const int value : values)
    if (value > 0) return 1;
  return 0;
}

int share(const Rule& rule, const std::vector<int>& values, const std::vector<double>& weights) {
  double have = 0;
  double whole = 0;
  for (std::size_t at = 0; at < values.size(); ++at) {
    whole += weights[at];
    if (values[at] == 0) have += weights[at];
    if (values[at] == 1) have += weights[at] / 2;
  }
  const double part = std::round(have / whole * 100'000) / 100'000;
  if (part >= rule.full) return 0;
  return part >= rule.limited ? 1 : 2;
}

}  // namespace

Operators true_operators() {
  return {{Operator::All, all_of},
          {Operator::Any, any_of},
          {Operator::AtLeast, at_least},
          {Operator::Degrades, degrades},
          {Operator::Share, share}};
}

Reference::Reference(Model model, Operators operators)
    : model_(std::move(model)), operators_(std::move(operators)) {
  const std::size_t count = model_.nodes.size();
  evidence_.resize(count);
  own_fell_.assign(count, false);
  sure_own_.assign(count, 0);
  sure_state_.assign(count, 0);
  state_.assign(count, {0, 0});
  needs_.assign(count, {0, 0});
  fell_at_.assign(count, Instant::min());
  find_units();
}

// Two nodes are in one unit if each reaches the other; units follow once all they need is there.
void Reference::find_units() {
  const std::size_t count = model_.nodes.size();
  std::vector<std::vector<bool>> reaches(count, std::vector<bool>(count, false));
  for (std::size_t node = 0; node < count; ++node)
    for (const RefNeed& need : model_.nodes[node].needs) reaches[node][need.on] = true;
  for (std::size_t via = 0; via < count; ++via)
    for (std::size_t from = 0; from < count; ++from)
      for (std::size_t to = 0; reaches[from][via] && to < count; ++to)
        if (reaches[via][to]) reaches[from][to] = true;
  std::vector<bool> done(count, false);
  unit_of_.assign(count, 0);
  while (std::find(done.begin(), done.end(), false) != done.end()) {
    for (std::size_t node = 0; node < count; ++node) {
      if (done[node]) continue;
      bool ready = true;
      std::vector<std::size_t> unit;
      for (std::size_t other = 0; other < count; ++other) {
        const bool together = other == node || (reaches[node][other] && reaches[other][node]);
        if (together) unit.push_back(other);
        if (!together && reaches[node][other] && !done[other]) ready = false;
      }
      if (!ready) continue;
      for (const std::size_t member : unit) done[member] = true;
      for (const std::size_t member : unit) unit_of_[member] = units_.size();
      units_.push_back(unit);
      loop_.push_back(reaches[node][node]);
      cold_.push_back({false, false});
    }
  }
}

Step Reference::settle(Instant now) {
  now = std::max(now, now_);
  out_ = {};
  for (auto due = next_due(); due && *due <= now; due = next_due()) step(*due);
  for (const auto& [node, word] : words_in_) {
    if (!word) words_.erase(node);
    if (word && !(words_.contains(node) && words_.at(node).word == *word))
      words_[node] = {*word, WordStatus::InForce};
  }
  for (const auto& [node, evidence] : evidence_in_) {
    const Ends own = ends(evidence.own);
    own_fell_[node] = own[0] > ends(evidence_[node].own)[0] && own[0] > sure_own_[node];
    if (own[0] == own[1]) sure_own_[node] = own[0];
    evidence_[node] = evidence;
  }
  words_in_.clear();
  evidence_in_.clear();
  step(now);
  own_fell_.assign(own_fell_.size(), false);
  return out_;
}

void Reference::step(Instant now) {
  before_ = state_;
  for (std::size_t index = 0; index < units_.size(); ++index)
    settle_unit(units_[index], index, now);
  for (std::size_t node = 0; node < state_.size(); ++node)
    if (state_[node] != before_[node]) out_.changed.insert(node);
  for (std::size_t node = 0; node < state_.size(); ++node)
    if (state_[node][0] == state_[node][1]) sure_state_[node] = state_[node][0];
  now_ = now;
}

void Reference::settle_unit(const std::vector<std::size_t>& unit, std::size_t index, Instant now) {
  do {
    restart(unit, index, now);
    do sweep_to_fixpoint(unit, index, now);
    while (drop(unit, now));
  } while (judge(unit, now));
  remember(unit, now);
  for (int end = 0; end < 2 && loop_[index]; ++end) {
    const bool down = std::all_of(unit.begin(), unit.end(),
                                  [&](std::size_t node) { return state_[node][end] == 2; });
    cold_[index][end] = cold_[index][end] || down;
  }
}

void Reference::restart(const std::vector<std::size_t>& unit, std::size_t index, Instant now) {
  for (const std::size_t node : unit) {
    const auto word = words_.find(node);
    const bool said = word != words_.end() && word->second.status == WordStatus::InForce &&
                      now < word->second.word.until &&
                      word->second.word.value.worst != Health::Down;
    if (said || (word == words_.end() && counts(node))) cold_[index] = {false, false};
  }
}

void Reference::sweep_to_fixpoint(const std::vector<std::size_t>& unit, std::size_t index,
                                  Instant now) {
  for (const std::size_t node : unit)
    for (int end = 0; end < 2; ++end) state_[node][end] = cold_[index][end] ? 2 : 0;
  bool moved = true;
  while (moved) {
    moved = false;
    for (const std::size_t node : unit) {
      const Ends value = value_of(node, now);
      moved = moved || value != state_[node];
      state_[node] = value;
    }
  }
}

bool Reference::drop(const std::vector<std::size_t>& unit, Instant now) {
  bool again = false;
  std::vector<std::size_t> fallen;
  for (const std::size_t node : unit)
    if (needs_now(node, now)[0] > needs_[node][0]) fallen.push_back(node);
  for (const std::size_t node : fallen) {
    const bool counted = counts(node);
    fell_at_[node] = now;
    if (!counted || counts(node)) continue;
    out_.dropped.insert(node);
    again = true;
  }
  return again;
}

bool Reference::judge(const std::vector<std::size_t>& unit, Instant now) {
  bool again = false;
  for (const std::size_t node : unit)
    if (words_.contains(node) && judge_one(node, now)) again = true;
  return again;
}

bool Reference::judge_one(std::size_t node, Instant now) {
  WordState& held = words_.at(node);
  const Ends said = ends(held.word.value);
  const Ends calc = calculate(node, now);
  const bool better = said[0] < calc[0] || said[1] < calc[1];
  const bool is_worse = said[0] > calc[0] || said[1] > calc[1];
  const WordStatus was = held.status;
  if (was != WordStatus::Unrenewed && now >= held.word.until) {
    if (!is_worse) {
      words_.erase(node);
      return true;
    }
    held.status = WordStatus::Unrenewed;
  } else if (was == WordStatus::InForce && better && now > held.word.set_at && fell(node, now)) {
    held.status = WordStatus::Doubted;
  }
  const Evidence& evidence = evidence_[node];
  const bool success =
      evidence.works_success_began && *evidence.works_success_began > held.word.until;
  const bool failure = evidence.works_fresh && evidence.own.best == Health::Down;
  if (held.status == WordStatus::Unrenewed && (success || failure)) {
    words_.erase(node);
    return true;
  }
  return held.status != was;
}

bool Reference::fell(std::size_t node, Instant now) const {
  if (own_fell_[node]) return true;
  const auto& needs = model_.nodes[node].needs;
  for (std::size_t at = 0; at < needs.size(); ++at) {
    const std::size_t on = needs[at].on;
    if (state_[on][0] > before_[on][0] && state_[on][0] > sure_state_[on]) return true;
    const auto history = histories_.find({node, at, 0});
    if (history == histories_.end()) continue;
    const Replayed last = replay(history->second, now_, needs[at].spec);
    const auto sure = sure_seen_.find({node, at});
    const int than = std::max(last.shown, sure == sure_seen_.end() ? 0 : sure->second);
    if (seen(node, at, 0, now) > than) return true;
  }
  return false;
}

void Reference::remember(const std::vector<std::size_t>& unit, Instant now) {
  for (const std::size_t node : unit) needs_[node] = needs_now(node, now);
  for (const std::size_t node : unit) {
    const auto& needs = model_.nodes[node].needs;
    for (std::size_t at = 0; at < needs.size(); ++at) {
      if (needs[at].spec.buffer == Duration(0)) continue;
      for (int end = 0; end < 2; ++end) {
        History& history = histories_[{node, at, static_cast<std::size_t>(end)}];
        const int real = state_[needs[at].on][end];
        if (history.empty() || history.back().real != real) history.push_back({now, real});
      }
      const int shown = seen(node, at, 0, now);
      if (shown == seen(node, at, 1, now)) sure_seen_[{node, at}] = shown;
    }
  }
}

bool Reference::counts(std::size_t node) const {
  const auto& began = evidence_[node].works_success_began;
  return began && *began > fell_at_[node];
}

Ends Reference::value_of(std::size_t node, Instant now) const {
  const auto word = words_.find(node);
  if (word == words_.end()) return calculate(node, now);
  if (word->second.status != WordStatus::InForce) return {0, 2};
  return ends(word->second.word.value);
}

Ends Reference::calculate(std::size_t node, Instant now) const {
  Ends value = ends(evidence_[node].own);
  if (counts(node)) return value;
  const Ends needs = needs_now(node, now);
  for (int end = 0; end < 2; ++end) value[end] = std::max(value[end], needs[end]);
  return value;
}

Ends Reference::calculated(std::size_t node) const { return calculate(node, now_); }

Ends Reference::needs_now(std::size_t node, Instant now) const {
  const RefNode& plan = model_.nodes[node];
  if (plan.needs.empty()) return {0, 0};
  Ends out{};
  for (int end = 0; end < 2; ++end) {
    std::vector<int> values;
    std::vector<double> weights;
    for (std::size_t at = 0; at < plan.needs.size(); ++at) {
      values.push_back(seen(node, at, end, now));
      weights.push_back(plan.needs[at].spec.weight);
    }
    out[end] = operators_.at(plan.rule.op)(plan.rule, values, weights);
  }
  return out;
}

int Reference::seen(std::size_t node, std::size_t need, int end, Instant now) const {
  const RefNeed& plan = model_.nodes[node].needs[need];
  const int real = state_[plan.on][end];
  const auto found = histories_.find({node, need, static_cast<std::size_t>(end)});
  if (found == histories_.end()) return real;
  History history = found->second;
  if (history.back().real != real) history.push_back({now, real});
  return replay(history, now, plan.spec).shown;
}

Reference::Replayed Reference::replay(const History& history, Instant now, const NeedSpec& spec) {
  const long span = spec.buffer.count();
  const long recharge = spec.recharge.count();
  int shown = history.front().real;
  long charge = shown == 2 ? 0 : span;
  for (std::size_t at = 0; at < history.size(); ++at) {
    const int real = history[at].real;
    if (real <= shown || charge == 0) shown = real;
    const Instant until = at + 1 < history.size() ? history[at + 1].at : now;
    const long passed = (until - history[at].at).count();
    if (shown < real) {
      if (at + 1 == history.size() && charge > passed)
        return {shown, history[at].at + Duration(charge)};
      charge = std::max(0L, charge - passed);
      if (charge == 0) shown = real;
    } else if (real == 0) {
      charge = recharge == 0 ? span : std::min(span, charge + passed * span / recharge);
    }
  }
  return {shown, std::nullopt};
}

WordStatus Reference::word_status(std::size_t node) const {
  const auto found = words_.find(node);
  return found == words_.end() ? WordStatus::None : found->second.status;
}

std::optional<Instant> Reference::held(std::size_t node, std::size_t need, int end) const {
  const auto found = histories_.find({node, need, static_cast<std::size_t>(end)});
  if (found == histories_.end()) return std::nullopt;
  return replay(found->second, now_, model_.nodes[node].needs[need].spec).until;
}

std::optional<Instant> Reference::next_due() const {
  std::optional<Instant> earliest;
  const auto consider = [&](std::optional<Instant> at) {
    if (at && (!earliest || *at < *earliest)) earliest = at;
  };
  for (const auto& [key, history] : histories_)
    consider(replay(history, now_, model_.nodes[key[0]].needs[key[1]].spec).until);
  for (const auto& [node, held] : words_)
    if (held.status != WordStatus::Unrenewed) consider(held.word.until);
  return earliest;
}

}  // namespace dienstbereit::graph::reference
