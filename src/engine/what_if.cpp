// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/what_if.h"

#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "core/readiness/judge.h"
#include "core/recovery/what_if.h"

namespace dienstbereit::engine {
namespace {

namespace readiness = core::readiness;
namespace recovery = core::recovery;
using core::impact::Impact;

constexpr Duration kAWeek = std::chrono::hours(24 * 7);

// The offers of the district, and its places behind them, as numbered subjects.
struct Subject {
  const Office* office = nullptr;
  SiteId site;
  const Service* service = nullptr;  // none: the place as a whole
  const Offer* offer = nullptr;
  bool slotted = false;
};

class Subjects {
 public:
  explicit Subjects(const WorkingState& state) : timetable_(state.timetable()) {
    const District& district = *state.district();
    for (const Service& service : district.services) {
      for (const Offer& offer : service.offers) {
        all_.push_back({find_office(district, offer.office), offer.site, &service, &offer,
                        timetable_.offer_has_slots(all_.size())});
      }
    }
    offers_ = all_.size();
    for (const Office& office : district.offices) {
      for (const OfficeSite& at : office.sites) {
        all_.push_back({&office, at.site, nullptr, nullptr, false});
      }
    }
    of_place_.resize(all_.size() - offers_);
    for (std::size_t offer = 0; offer < offers_; ++offer) {
      const std::size_t place = timetable_.place_of_offer(offer);
      of_place_[place].push_back(offer);
      if (all_[offer].slotted) all_[offers_ + place].slotted = true;
    }
  }

  std::size_t offers() const { return offers_; }
  std::size_t places() const { return of_place_.size(); }
  std::size_t size() const { return all_.size(); }
  std::size_t number_of_place(std::size_t place) const { return offers_ + place; }
  const std::vector<std::size_t>& offers_of(std::size_t place) const { return of_place_[place]; }
  const Subject& operator[](std::size_t number) const { return all_[number]; }

 private:
  const readiness::Timetable& timetable_;
  std::vector<Subject> all_;
  std::size_t offers_ = 0;
  std::vector<std::vector<std::size_t>> of_place_;
};

// ---- the words over time -----------------------------------------------------------------------

// One course of things: a copy of the impact that is taken forward, with nodes out for a while.
class Course final : public recovery::WordsOverTime {
 public:
  Course(const WorkingState& state, const Subjects& subjects)
      : state_(state), subjects_(subjects), impact_(state.impact()), words_(subjects.size()) {}

  void take_out(std::vector<NodeId> nodes, const recovery::Outage& outage) {
    out_ = std::move(nodes);
    edges_ = {outage.from, outage.until};
  }

  const std::vector<Readiness>& at(Instant t) override {
    while (next_edge_ < edges_.size() && edges_[next_edge_] <= t) {
      const Instant edge = edges_[next_edge_];
      next_edge_++ == 0 ? begin(edge) : end(edge);
    }
    impact_.settle(t);
    judge();
    return words_;
  }

  std::optional<Instant> next_change() const override {
    const auto due = impact_.next_due();
    if (next_edge_ == edges_.size()) return due;
    return due ? std::min(*due, edges_[next_edge_]) : edges_[next_edge_];
  }

 private:
  void begin(Instant t) {
    impact_.settle(t);
    Evidence down;
    down.own = kDown;
    down.probed = true;
    for (const NodeId& node : out_) impact_.set_evidence(node, down);
    for (const auto& kept : words_on_out()) impact_.withdraw(kept.word->id);
    impact_.settle(t);
  }

  // Usable again, its restart included: what comes later is as it would be without the outage.
  void end(Instant t) {
    for (const NodeId& node : out_) {
      impact_.set_evidence(node, state_.evidence(node));
    }
    for (const auto& kept : words_on_out()) impact_.add_word(kept.word, kept.set_at);
    impact_.settle(t);
  }

  // What people say of exactly these parts does not hold while they are out.
  std::vector<KeptWord> words_on_out() const {
    std::vector<KeptWord> kept;
    for (const auto& [id, word] : state_.words()) {
      const bool spoken = std::find(out_.begin(), out_.end(), word.word->scope.node) != out_.end();
      if (spoken) kept.push_back(word);
    }
    return kept;
  }

  void judge() {
    std::vector<Verdict> verdicts;
    for (std::size_t i = 0; i < subjects_.offers(); ++i) {
      const Subject& one = subjects_[i];
      verdicts.push_back(readiness::judge_offer(*one.service, *one.offer, impact_.offer(i), {}));
      words_[i] = verdicts.back().readiness;
    }
    for (std::size_t place = 0; place < subjects_.places(); ++place) {
      std::vector<readiness::ServiceVerdict> of;
      for (const std::size_t offer : subjects_.offers_of(place)) {
        const Subject& one = subjects_[offer];
        if (one.slotted) of.push_back({one.service->id, NodeId(), &verdicts[offer]});
      }
      const std::size_t number = subjects_.number_of_place(place);
      if (!of.empty()) {
        words_[number] = readiness::judge_place(*subjects_[number].office, of).readiness;
      }
    }
  }

  const WorkingState& state_;
  const Subjects& subjects_;
  Impact impact_;
  std::vector<NodeId> out_;
  std::vector<Instant> edges_;  // none, or begin and end of the outage
  std::size_t next_edge_ = 0;
  std::vector<Readiness> words_;
};

// ---- the opening intervals ---------------------------------------------------------------------

using Slots = std::map<Instant, Instant>;  // begin -> end

class Openings {
 public:
  Openings(const WorkingState& state, const Subjects& subjects, const recovery::Outage& outage)
      : state_(state), timetable_(state.timetable()), subjects_(subjects), outage_(outage) {}

  // By place, the place itself first.
  std::vector<recovery::AskedInterval> intervals() const {
    std::vector<recovery::AskedInterval> all;
    for (std::size_t place = 0; place < subjects_.places(); ++place) {
      std::vector<Slots> of_offers;
      for (const std::size_t offer : subjects_.offers_of(place)) {
        of_offers.push_back(slots_of_offer(offer));
      }
      const std::size_t number = subjects_.number_of_place(place);
      if (subjects_[number].slotted) add(number, slots_of_place(place, of_offers), all);
      for (std::size_t i = 0; i < of_offers.size(); ++i) {
        add(subjects_.offers_of(place)[i], of_offers[i], all);
      }
    }
    return all;
  }

 private:
  static void add(std::size_t subject, const Slots& slots,
                  std::vector<recovery::AskedInterval>& all) {
    for (const auto& [begin, end] : slots) all.push_back({subject, begin, end});
  }

  Slots slots_of_offer(std::size_t offer) const {
    const Subject& one = subjects_[offer];
    if (!one.slotted) return {{outage_.from, outage_.until}};
    return over_time(one, [&](const readiness::Now& t) { return timetable_.plan_offer(offer, t); });
  }

  // Its own hours, as far as a service has them too; where these are 24/7, those of its services.
  Slots slots_of_place(std::size_t place, const std::vector<Slots>& of_offers) const {
    Slots theirs;
    for (std::size_t i = 0; i < of_offers.size(); ++i) {
      if (!subjects_[subjects_.offers_of(place)[i]].slotted) continue;
      for (const auto& [begin, end] : of_offers[i]) {
        theirs[begin] = std::max(theirs[begin], end);
      }
    }
    if (timetable_.place_is_always_open(place)) return joined(theirs);
    Slots own = over_time(subjects_[subjects_.number_of_place(place)],
                          [&](const readiness::Now& t) { return timetable_.plan_place(place, t); });
    std::erase_if(own, [&](const auto& slot) {
      return std::none_of(theirs.begin(), theirs.end(), [&](const auto& their) {
        return their.first < slot.second && slot.first < their.second;
      });
    });
    return own;
  }

  static Slots joined(const Slots& slots) {
    Slots all;
    for (const auto& [begin, end] : slots) {
      if (!all.empty() && begin <= all.rbegin()->second) {
        all.rbegin()->second = std::max(all.rbegin()->second, end);
      } else {
        all[begin] = end;
      }
    }
    return all;
  }

  // The slots within the outage, less those that a decision has closed.
  template <class Plan>
  Slots over_time(const Subject& subject, Plan plan) const {
    Slots slots;
    for (Instant t = outage_.from; t < outage_.until; t += date::days(kDaysAhead - 1)) {
      for (const DayPlan& day : plan(state_.civil(t))) {
        const OpeningDecision* decision =
            decision_for(*state_.ledger().record(), subject.office->id, subject.site, day.day);
        if (decision && decision->word == Readiness::Closed) continue;
        for (const SlotVerdict& slot : day.slots) {
          const bool within = slot.begin < outage_.until && outage_.from < slot.end;
          if (within) slots[slot.begin] = slot.end;
        }
      }
    }
    return slots;
  }

  const WorkingState& state_;
  const readiness::Timetable& timetable_;
  const Subjects& subjects_;
  recovery::Outage outage_;
};

// ---- the question ------------------------------------------------------------------------------

Result<void> check_nodes(const WorkingState& state, const std::vector<NodeId>& nodes) {
  if (nodes.empty()) {
    return fail(Errc::InvalidInput, "nothing is taken out; name at least one node");
  }
  if (nodes.size() > kMostTakenOut) {
    return fail(Errc::LimitExceeded,
                fmt::format("{} nodes are named; at most {} at once", nodes.size(), kMostTakenOut));
  }
  for (const NodeId& node : nodes) {
    if (auto known = state.check_node(node); !known) return known;
  }
  return {};
}

// One that what_if refuses is not worth listing hours for.
bool has_sound_length(const recovery::Outage& outage) {
  return outage.from < outage.until && outage.until - outage.from <= recovery::kLongestOutage;
}

TouchedTime told(const Subject& subject, const recovery::TouchedSlot& slot) {
  TouchedTime touched;
  touched.office = subject.office->id;
  touched.site = subject.site;
  if (subject.service) touched.service = subject.service->id;
  touched.slotted = subject.slotted;
  touched.begin = slot.begin;
  touched.end = slot.end;
  touched.from = slot.from;
  touched.to = slot.to;
  touched.since = slot.since;
  return touched;
}

std::vector<NodeId> repaired_nodes(const Incident& incident) {
  std::set<NodeId> nodes;
  for (const Task& task : incident.tasks) {
    const bool to_come = task.state == TaskState::Planned || task.state == TaskState::Started;
    if (to_come && task.fix.empty()) nodes.insert(task.repairs.begin(), task.repairs.end());
  }
  return {nodes.begin(), nodes.end()};
}

}  // namespace

Result<std::vector<TouchedTime>> what_if(const WorkingState& state, const WhatIf& question,
                                         Instant now) {
  if (auto checked = check_nodes(state, question.nodes); !checked) {
    return tl::unexpected(checked.error());
  }
  const recovery::Outage outage{question.from, question.to};
  const Subjects subjects(state);
  recovery::WhatIfQuestion asked{outage, now, outage.until, {}};
  if (has_sound_length(outage)) asked.intervals = Openings(state, subjects, outage).intervals();
  Course without(state, subjects);
  Course with(state, subjects);
  with.take_out(question.nodes, outage);
  const auto slots = recovery::what_if(asked, without, with);
  if (!slots) return tl::unexpected(slots.error());
  if (slots->size() > kMostTouched) {
    return fail(Errc::LimitExceeded,
                fmt::format("{} slots are touched, and at most {} are told; ask for a shorter time",
                            slots->size(), kMostTouched));
  }
  std::vector<TouchedTime> touched;
  for (const recovery::TouchedSlot& slot : *slots) {
    touched.push_back(told(subjects[slot.subject], slot));
  }
  return touched;
}

Result<RepairsTouch> touched_by_repairs(const WorkingState& state, const IncidentId& incident,
                                        Instant now) {
  const Incident* found = find_incident(*state.ledger().record(), incident);
  if (!found) {
    return fail(Errc::NotFound, fmt::format("there is no incident '{}'; 'dienstbereit record "
                                            "show' lists them",
                                            incident.str()));
  }
  RepairsTouch repairs;
  repairs.until = now + kAWeek;
  if (!found->forecasts.empty()) {
    const auto late = found->forecasts.back()->all_repaired_late;
    if (late && *late > now) repairs.until = std::min(*late, now + recovery::kLongestOutage);
  }
  for (const NodeId& node : repaired_nodes(*found)) {
    if (state.check_node(node)) repairs.nodes.push_back(node);
  }
  if (repairs.nodes.empty()) return repairs;
  auto touched = what_if(state, {repairs.nodes, now, repairs.until}, now);
  if (!touched) return tl::unexpected(touched.error());
  repairs.touched = std::move(*touched);
  return repairs;
}

}  // namespace dienstbereit::engine
