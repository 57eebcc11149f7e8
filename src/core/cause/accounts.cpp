// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/cause/accounts.h"

#include <algorithm>
#include <map>
#include <queue>

namespace dienstbereit::core::cause {
namespace {

constexpr double kLikelierThanNot = 0.5;

// One variant of each part; their probabilities multiply.
struct Choice {
  double share = 1;
  std::vector<std::uint32_t> variants;  // by part
  std::size_t last = 0;  // the part that was changed last; what follows changes it or later ones
  bool operator<(const Choice& other) const {
    return share != other.share ? share < other.share : variants > other.variants;
  }
};

// All choices, the likeliest first. Each is reached once, by the one way that changes the parts in
// their order.
class Choices {
 public:
  explicit Choices(const std::vector<Part>& parts) : parts_(parts) {
    Choice first;
    first.variants.assign(parts.size(), 0);
    for (const Part& part : parts) first.share *= part.variants.front().share;
    open_.push(std::move(first));
  }

  bool any() const { return !open_.empty(); }
  Choice take() {
    Choice best = open_.top();
    open_.pop();
    for (std::size_t part = best.last; part < parts_.size(); ++part) {
      const std::vector<Variant>& variants = parts_[part].variants;
      const std::uint32_t at = best.variants[part];
      if (at + 1 >= variants.size()) continue;
      Choice next = best;
      ++next.variants[part];
      next.share *= variants[at + 1].share / variants[at].share;
      next.last = part;
      open_.push(std::move(next));
    }
    return best;
  }

 private:
  const std::vector<Part>& parts_;
  std::priority_queue<Choice> open_;
};

std::vector<Node> toggled_by(const Choice& choice, const std::vector<Part>& parts) {
  std::vector<Node> toggled;
  for (std::size_t part = 0; part < parts.size(); ++part) {
    const std::vector<Node>& more = parts[part].variants[choice.variants[part]].toggled;
    toggled.insert(toggled.end(), more.begin(), more.end());
  }
  std::ranges::sort(toggled);
  return toggled;
}

// Leaves that are said to be down: their damage stands in no set of roots.
std::vector<Node> leaves_in_doubt(const WeighQuestion& question, const Belief& belief) {
  std::vector<Node> leaves;
  for (Node node = 0; node < question.network->node_count(); ++node) {
    if (belief.leaf(node) && question.seen.log_ratio[node] > 0) leaves.push_back(node);
  }
  return leaves;
}

}  // namespace

std::vector<Account> accounts_of(const WeighQuestion& question, Belief& belief, Search& search,
                                 const std::vector<Posterior>& posteriors) {
  const std::vector<Node> leaves = leaves_in_doubt(question, belief);
  std::map<std::vector<Node>, double> sums;
  for (const Posterior& posterior : posteriors) {
    search.recall(posterior.likeliest);
    const std::vector<Node>& roots = posterior.likeliest.roots;
    Spread place(belief, *question.network, question.bounds, roots);
    Choices choices(posterior.parts);
    for (std::size_t taken = 0; choices.any() && taken < kMostAccounts; ++taken) {
      const Choice choice = choices.take();
      const std::vector<Node> toggled = toggled_by(choice, posterior.parts);
      place.stand_at(toggled);
      std::vector<Node> damaged;
      std::ranges::set_symmetric_difference(roots, toggled, std::back_inserter(damaged));
      std::erase_if(damaged, [&](Node node) { return !belief.met(node); });
      for (const Node leaf : leaves) {
        const bool likely = belief.met(leaf) && belief.leaf_damage(leaf) > kLikelierThanNot;
        if (likely) damaged.push_back(leaf);
      }
      std::ranges::sort(damaged);
      sums[std::move(damaged)] += posterior.share * choice.share;
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
