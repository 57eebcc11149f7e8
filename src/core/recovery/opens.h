// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <unordered_map>
#include <utility>
#include <vector>

#include "core/recovery/bits.h"

// From nodes that are up to what visitors get. The caller knows the dependency graph; the
// calculation only asks.
namespace dienstbereit::core::recovery {

// What is reached while exactly some of the plan's nodes are up.
struct Reach {
  Bits normal;   // subjects (offers, places) whose best word is normal
  Bits limited;  // whose best word is normal or limited
  // Nodes of the plan that could be started: all they need is up. Left empty, always or never: all
  // of them. Inside a declared loop the members do not wait for each other.
  Bits startable;
};

class Opens {
 public:
  virtual ~Opens() = default;
  virtual std::size_t subjects() const = 0;
  // Those of `up` (by place in Plan::nodes) are up, all other nodes of the plan are down. With more
  // nodes up nothing may get worse.
  virtual Reach at(const Bits& up) = 0;
  // The same where those of `part`, all of them up, carry only a part of the usual load. Unless
  // said otherwise they count as down for normal and as up for the rest, which is exact where no
  // word depends on a sum of loads.
  virtual Reach in_part(const Bits& up, const Bits& part);
};

// Remembers what has been asked, up to a bound; then it forgets all and begins anew.
class RememberedOpens {
 public:
  static constexpr std::size_t kMostBytes = 64U << 20U;

  // Borrows `opens`.
  RememberedOpens(Opens& opens, std::size_t nodes, std::size_t most_bytes = kMostBytes);

  // Valid until the next call.
  const Reach& at(const Bits& up);
  const Reach& in_part(const Bits& up, const Bits& part);
  std::uint64_t asked() const { return asked_; }  // how often `opens` had to answer

 private:
  Opens& opens_;
  std::size_t most_;
  std::uint64_t asked_ = 0;
  std::unordered_map<Bits, Reach, BitsHash> known_;
};

// Subjects that each need one node out of every one of their groups; normal or nothing. For
// tests and benches; calculation files are played by Gates.
class GroupsOpen final : public Opens {
 public:
  using Groups = std::vector<std::vector<std::size_t>>;
  explicit GroupsOpen(std::vector<Groups> subjects) : subjects_(std::move(subjects)) {}

  std::size_t subjects() const override { return subjects_.size(); }
  Reach at(const Bits& up) override;

 private:
  std::vector<Groups> subjects_;
};

}  // namespace dienstbereit::core::recovery
