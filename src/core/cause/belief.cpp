// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/belief.h"

#include <algorithm>
#include <cmath>

#include "base/assert.h"
#include "base/mixed.h"

namespace dienstbereit::core::cause {
namespace {

// Finite, so that sums can be undone; no sum of reports comes near it.
constexpr double kLogOfNever = -1e9;

// log(e^a + e^b)
double log_sum(double a, double b) {
  const double high = std::max(a, b);
  return high + std::log1p(std::exp(std::min(a, b) - high));
}

}  // namespace

Belief::Belief(const WeighQuestion& question)
    : network_(*question.network),
      log_ratio_(question.seen.log_ratio),
      common_log_ratio_(question.seen.common_log_ratio) {
  const std::uint32_t count = network_.node_count();
  dienstbereit_assert(log_ratio_.size() == count);
  dienstbereit_assert(common_log_ratio_.empty() ||
                      common_log_ratio_.size() == network_.common_count());
  up_.resize(count);
  cut_.resize(count);
  damaged_.resize(count);
  unmet_.assign(count, 0);
  root_.assign(count, 0);
  leaf_.assign(count, 0);
  relevant_.assign(count, 0);
  suspect_.assign(count, 0);
  for (std::uint32_t group = 0; group < network_.group_count(); ++group)
    members_up_.push_back(static_cast<std::uint32_t>(network_.members(group).size()));
  for (auto at = network_.order().rbegin(); at != network_.order().rend(); ++at) {
    const Node node = *at;
    relevant_[node] = log_ratio_[node] != 0 ? 1 : relevant_[node];
    leaf_[node] = relevant_[node] != 0 && network_.uses(node).empty() ? 1 : 0;
    if (relevant_[node] == 0) continue;
    for (std::uint32_t group = network_.first_group(node); group < network_.end_group(node);
         ++group)
      for (const Node member : network_.members(group)) relevant_[member] = 1;
  }
  find_rows();
  for (Node node = 0; node < count; ++node) {
    const Node head = head_[node];
    if (relevant_[node] != 0 && leaf_[node] == 0 && can_be_damaged(node)) suspect_[head] = 1;
    set_terms(node);
    score_ += up_[node];
  }
  for (std::uint32_t group = 0; group < network_.group_count(); ++group)
    if (network_.members(group).empty()) never_meet(network_.owner(group));
}

// One of its groups has no members.
void Belief::never_meet(Node node) {
  if (unmet_[node]++ != 0) return;
  score_ += cut_[node] - up_[node];
  seen_key_ ^= sight_of(node);
  pass_on(node, true);
}

void Belief::find_rows() {
  const std::uint32_t count = network_.node_count();
  head_.resize(count);
  before_.assign(count, kNone);
  for (auto at = network_.order().rbegin(); at != network_.order().rend(); ++at) {
    const Node node = *at;
    head_[node] = node;
    const auto uses = network_.uses(node);
    if (relevant_[node] == 0 || log_ratio_[node] != 0 || uses.size() != 1) continue;
    const Node next = network_.owner(uses.front());
    const bool one_need = network_.end_group(next) - network_.first_group(next) == 1 &&
                          network_.members(uses.front()).size() == 1;
    if (!one_need || leaf_[next] != 0) continue;
    before_[next] = node;
    head_[node] = head_[next];
  }
}

bool Belief::can_be_damaged(Node node) const {
  return network_.prior(node) > 0 ||
         std::ranges::any_of(network_.exposures(node),
                             [&](std::uint32_t common) { return network_.damage(common) > 0; });
}

std::vector<Node> Belief::exposed_heads(std::uint32_t common) const {
  std::vector<Node> heads;
  for (const Node node : network_.exposed(common)) heads.push_back(head_[node]);
  std::ranges::sort(heads);
  heads.erase(std::ranges::unique(heads).begin(), heads.end());
  return heads;
}

bool Belief::is_exposed(Node head, std::uint32_t common) const {
  for (Node node = head; node != kNone; node = before_[node])
    if (network_.is_exposed(node, common)) return true;
  return false;
}

double Belief::prior(Node node, std::uint32_t common) const {
  const double own = network_.prior(node);
  if (common == kNone || !network_.is_exposed(node, common)) return own;
  return 1 - (1 - own) * (1 - network_.damage(common));
}

double Belief::log_undamaged(Node head, std::uint32_t common) const {
  double sum = 0;
  for (Node node = head; node != kNone; node = before_[node])
    sum += std::log1p(-prior(node, common));
  return sum;
}

Belief::Terms Belief::terms(Node node, std::uint32_t common) const {
  if (head_[node] != node) return {kLogOfNever, 0};  // its head has them
  const double undamaged = log_undamaged(node, common);
  const double chance = -std::expm1(undamaged);
  Terms terms;
  terms.damaged = (chance > 0 ? std::log(chance) : kLogOfNever) + log_ratio_[node];
  if (relevant_[node] != 0) terms.up = undamaged;
  if (leaf_[node] != 0) terms.up = log_sum(terms.up, terms.damaged);
  return terms;
}

void Belief::set_terms(Node node) {
  const Terms found = terms(node, common_);
  cut_[node] = log_ratio_[node];
  damaged_[node] = found.damaged;
  up_[node] = found.up;
}

double Belief::leaf_damage(Node node) const { return std::exp(damaged_[node] - up_[node]); }

double Belief::range(Node node) const {
  if (relevant_[node] == 0) return 0;
  return std::abs(cut_[node] - (root_[node] != 0 ? damaged_[node] : up_[node]));
}

double Belief::own_range(Node node) const {
  return suspect(node) ? std::abs(damaged_[node] - up_[node]) : 0;
}

double Belief::log_odds(std::uint32_t common) const {
  const double evidence = common_log_ratio_.empty() ? 0 : common_log_ratio_[common];
  return network_.log_prior_odds(common) + evidence;
}

void Belief::suppose(std::uint32_t common) {
  const auto change = [this](std::uint32_t to) {
    const std::uint32_t from = common_;
    common_ = to;
    const std::uint32_t changed = to == kNone ? from : to;
    for (const Node node : exposed_heads(changed)) {
      score_ -= term(node);
      set_terms(node);
      score_ += term(node);
    }
  };
  if (common == common_) return;
  if (common_ != kNone) {
    score_ -= log_odds(common_);
    change(kNone);
  }
  if (common != kNone) {
    score_ += log_odds(common);
    change(common);
  }
}

void Belief::toggle(Node node) {
  ++visits_;
  const bool was_up = !down(node);
  score_ -= term(node);
  root_[node] ^= 1;
  score_ += term(node);
  if (touched_ != nullptr) touched_->push_back(node);
  if (unmet_[node] != 0) return;
  seen_key_ ^= sight_of(node);
  pass_on(node, was_up);
}

double Belief::gain(Node node) {
  const double before = score_;
  std::vector<Node>* const recorded = touched_;
  toggle(node);
  const double gained = score_ - before;
  touched_ = nullptr;
  toggle(node);
  touched_ = recorded;
  score_ = before;
  return gained;
}

double Belief::gain_below(Node node) {
  const double before = score_;
  std::vector<Node>* const recorded = touched_;
  touched_ = nullptr;
  pass_on(node, true);
  const double gained = score_ - before;
  pass_on(node, false);
  touched_ = recorded;
  score_ = before;
  return gained;
}

Node Belief::falls_through(Node node) const {
  Node next = kNone;
  bool falls = false;
  for (const std::uint32_t group : network_.uses(node)) {
    const Node owner = network_.owner(group);
    if (!relevant(owner)) continue;
    if (next != kNone && owner != next) return kNone;
    next = owner;
    falls = falls || members_up_[group] == 1;
  }
  return falls && !down(next) ? next : kNone;
}

void Belief::pass_on(Node start, bool falls) {
  stack_.assign(1, start);
  while (!stack_.empty()) {
    const Node node = stack_.back();
    stack_.pop_back();
    for (const std::uint32_t group : network_.uses(node)) {
      const Node owner = network_.owner(group);
      ++visits_;
      if (touched_ != nullptr) touched_->push_back(owner);
      const bool turns = falls ? --members_up_[group] == 0 && unmet_[owner]++ == 0
                               : members_up_[group]++ == 0 && --unmet_[owner] == 0;
      if (!turns) continue;
      const double met = root_[owner] != 0 ? damaged_[owner] : up_[owner];
      score_ += falls ? cut_[owner] - met : met - cut_[owner];
      if (root_[owner] != 0) continue;
      seen_key_ ^= sight_of(owner);
      stack_.push_back(owner);
    }
  }
}

std::uint64_t Belief::key_of(const std::vector<Node>& nodes) {
  std::uint64_t key = 0;
  for (const Node node : nodes) key ^= key_of(node);
  return key;
}

std::uint64_t Belief::key_of(Node node) { return mixed(std::uint64_t{node} * 2 + 1); }

std::uint64_t Belief::sight_of(Node node) const {
  return log_ratio_[node] == 0 ? 0 : mixed(std::uint64_t{node} * 2);
}

}  // namespace dienstbereit::core::cause
