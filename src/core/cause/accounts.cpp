// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/accounts.h"

#include <algorithm>
#include <map>
#include <queue>
#include <utility>

namespace dienstbereit::core::cause {
namespace {

constexpr double kLikelierThanNot = 0.5;
constexpr double kNegligible = 1e-7;  // probability
constexpr std::size_t kMostInAll = 4'000'000;  // nodes of all accounts

// One variant of each part, by what differs from the likeliest of each; their probabilities
// multiply.
struct Choice {
  double share = 1;
  std::vector<std::pair<std::size_t, std::size_t>> changed;  // place of the part, variant
  bool operator<(const Choice& other) const {
    return share != other.share ? share < other.share : changed > other.changed;
  }
};

// All choices, the likeliest first. The parts stand in the order of what their second variant
// costs, so that each choice follows from one that is likelier, and only from that: by the next
// variant of the last part changed, by a change of the part after it, or by that in its place.
class Choices {
 public:
  explicit Choices(const std::vector<Part>& parts) {
    Choice first;
    for (const Part& part : parts) {
      first.share *= part.variants.front().share;
      if (part.variants.size() > 1) parts_.push_back(&part);
      base_.insert(base_.end(), part.variants.front().toggled.begin(),
                   part.variants.front().toggled.end());
    }
    std::ranges::sort(parts_, [](const Part* a, const Part* b) {
      const double of_a = step(*a, 1);
      const double of_b = step(*b, 1);
      return of_a != of_b ? of_a > of_b : a->suspects < b->suspects;
    });
    open_.push(std::move(first));
  }

  bool any() const { return !open_.empty(); }
  Choice take() {
    Choice best = open_.top();
    open_.pop();
    if (best.changed.empty()) {
      change_next(best, 0);
      return best;
    }
    const auto [part, variant] = best.changed.back();
    if (variant + 1 < parts_[part]->variants.size()) {
      Choice next = best;
      next.changed.back().second = variant + 1;
      next.share *= step(*parts_[part], variant + 1);
      open_.push(std::move(next));
    }
    change_next(best, part + 1);
    if (variant == 1) {
      Choice without = best;
      without.changed.pop_back();
      without.share /= step(*parts_[part], 1);
      change_next(std::move(without), part + 1);
    }
    return best;
  }

  // What is in or out of the likeliest roots; ascending.
  std::vector<Node> toggled(const Choice& choice) const {
    std::vector<Node> all = base_;
    const auto flip = [&](const std::vector<Node>& nodes) {
      std::ranges::sort(all);
      std::vector<Node> flipped;
      std::ranges::set_symmetric_difference(all, nodes, std::back_inserter(flipped));
      all = std::move(flipped);
    };
    for (const auto& [part, variant] : choice.changed) {
      flip(parts_[part]->variants.front().toggled);
      flip(parts_[part]->variants[variant].toggled);
    }
    std::ranges::sort(all);
    return all;
  }

 private:
  // By what the variant is less likely than the one before it.
  static double step(const Part& part, std::size_t variant) {
    return part.variants[variant].share / part.variants[variant - 1].share;
  }

  void change_next(Choice from, std::size_t part) {
    if (part >= parts_.size()) return;
    from.changed.emplace_back(part, 1);
    from.share *= step(*parts_[part], 1);
    open_.push(std::move(from));
  }

  std::vector<const Part*> parts_;  // that have a choice
  std::vector<Node> base_;
  std::priority_queue<Choice> open_;
};

// Leaves that are said to be down: their damage stands in no set of roots.
std::vector<Node> leaves_in_doubt(const WeighQuestion& question, const Belief& belief) {
  std::vector<Node> leaves;
  for (Node node = 0; node < question.network->node_count(); ++node) {
    if (belief.leaf(node) && question.seen.log_ratio[node] > 0) leaves.push_back(node);
  }
  return leaves;
}

using Told = std::vector<std::pair<std::vector<Node>, double>>;  // sets, and their probabilities

// Of a row with damage: which node is the first that is damaged, and so cuts off the others.
std::vector<std::pair<Node, double>> firsts_of(const Belief& belief, Node head) {
  if (belief.before(head) == kNone) return {{head, 1}};
  std::vector<Node> row;
  for (Node node = head; node != kNone; node = belief.before(node)) row.push_back(node);
  std::vector<std::pair<Node, double>> firsts;
  double undamaged = 1;
  double sum = 0;
  for (auto node = row.rbegin(); node != row.rend(); ++node) {
    const double first = undamaged * belief.prior(*node);
    firsts.emplace_back(*node, first);
    sum += first;
    undamaged *= 1 - belief.prior(*node);
  }
  if (sum == 0) return {{head, 1}};
  for (auto& [node, share] : firsts) share /= sum;
  return firsts;
}

// The sets of nodes that a set of heads can stand for, the likeliest kMostAccounts of them.
Told by_node(const Belief& belief, const std::vector<Node>& heads, double probability) {
  Told told{{{}, probability}};
  for (const Node head : heads) {
    const std::vector<std::pair<Node, double>> firsts = firsts_of(belief, head);
    if (firsts.size() == 1) {
      for (auto& [nodes, chance] : told) nodes.push_back(firsts.front().first);
      continue;
    }
    Told longer;
    for (const auto& [nodes, chance] : told) {
      for (const auto& [first, share] : firsts) {
        if (chance * share < kNegligible) continue;
        longer.emplace_back(nodes, chance * share).first.push_back(first);
      }
    }
    std::ranges::sort(longer, [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    if (longer.size() > kMostAccounts) longer.resize(kMostAccounts);
    told = std::move(longer);
  }
  return told;
}

}  // namespace

std::vector<Account> accounts_of(const WeighQuestion& question, Belief& belief, Search& search,
                                 const std::vector<Posterior>& posteriors) {
  const std::vector<Node> leaves = leaves_in_doubt(question, belief);
  std::map<std::vector<Node>, double> sums;
  std::size_t in_all = 0;
  for (const Posterior& posterior : posteriors) {
    search.stand_at(posterior.common, posterior.roots);
    const std::vector<Node>& roots = posterior.roots;
    Spread place(belief, *question.network, question.bounds, roots);
    Choices choices(posterior.parts);
    for (std::size_t taken = 0; choices.any() && taken < kMostAccounts; ++taken) {
      if (search.stopped() || in_all > kMostInAll) break;
      const Choice choice = choices.take();
      if (posterior.share * choice.share < kNegligible) break;
      const std::vector<Node> toggled = choices.toggled(choice);
      place.stand_at(toggled);
      std::vector<Node> damaged;
      std::ranges::set_symmetric_difference(roots, toggled, std::back_inserter(damaged));
      std::erase_if(damaged, [&](Node node) { return !belief.met(node); });
      for (const Node leaf : leaves) {
        const bool likely = belief.met(leaf) && belief.leaf_damage(leaf) > kLikelierThanNot;
        if (likely) damaged.push_back(leaf);
      }
      for (auto& [nodes, probability] : by_node(belief, damaged, posterior.share * choice.share)) {
        std::ranges::sort(nodes);
        in_all += nodes.size();
        sums[std::move(nodes)] += probability;
      }
    }
    place.stand_at({});
  }
  std::vector<Account> accounts;
  for (const auto& [damaged, probability] : sums) accounts.push_back({damaged, probability});
  std::ranges::sort(accounts, [](const Account& a, const Account& b) {
    return a.probability != b.probability ? a.probability > b.probability : a.damaged < b.damaged;
  });
  if (accounts.size() > kMostAccounts) accounts.resize(kMostAccounts);
  return accounts;
}

}  // namespace dienstbereit::core::cause
