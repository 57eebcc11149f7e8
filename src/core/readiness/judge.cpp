// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/readiness/judge.h"

#include <algorithm>

#include "base/assert.h"

namespace dienstbereit::core::readiness {
namespace {

bool includes_act(OfflineMode mode, Extent extent) {
  if (extent == Extent::Full) return true;
  switch (mode) {
    case OfflineMode::TakeIn:
      return extent == Extent::TakeInOnly;
    case OfflineMode::FromList:
      return extent == Extent::IssueOnly;
    case OfflineMode::RepeatList:
      return false;
    case OfflineMode::Full:
    case OfflineMode::Refer:
    case OfflineMode::None:
      return true;
  }
  return true;
}

bool serves_without_it(OfflineMode mode) {
  return mode != OfflineMode::None && mode != OfflineMode::Refer;
}

EndWords ends_of(const Service& service, const Offer& offer, const OfferState& state) {
  const auto at = [&](Health Interval::* end) {
    return word_at({state.offer.*end, state.site.*end, state.offline.*end}, service.offline.mode,
                   offer.extent);
  };
  return {at(&Interval::best), at(&Interval::worst)};
}

ReasonStep step(ReasonKind kind, NodeId subject, Interval state) {
  ReasonStep made;
  made.kind = kind;
  made.subject = std::move(subject);
  made.state = state;
  return made;
}

void prepend(Explanation& why, ReasonStep first) {
  why.insert(why.begin(), std::move(first));
  if (why.size() > kLongestExplanation) why.resize(kLongestExplanation);
}

void append(Explanation& why, ReasonStep last) {
  if (why.size() == kLongestExplanation) why.pop_back();
  why.push_back(std::move(last));
}

Readiness word_said(Said said) {
  switch (said) {
    case Said::Normal:
      return Readiness::Normal;
    case Said::Limited:
      return Readiness::Limited;
    case Said::Closed:
      return Readiness::Closed;
    case Said::Unknown:
      return Readiness::Unknown;
  }
  return Readiness::Unknown;
}

Verdict by_word(const WordSet& said, Explanation why) {
  Verdict verdict;
  verdict.readiness = word_said(said.said);
  if (verdict.readiness != Readiness::Unknown) {
    verdict.ends = {verdict.readiness, verdict.readiness};
  }
  verdict.by_word = true;
  verdict.closed_by = verdict.readiness == Readiness::Closed ? ClosedBy::Decision : ClosedBy::None;
  verdict.text = said.text;
  verdict.why = std::move(why);
  return verdict;
}

// A word that a new fault has overtaken, or that ran out unrenewed, says nothing any more.
Verdict by_lapsed_word(Explanation why) {
  Verdict verdict;
  verdict.why = std::move(why);
  return verdict;
}

void add_text(Verdict& verdict, const Service& service, const OfferState& state) {
  const bool may_be_down = state.offer.worst == Health::Down;
  if (verdict.readiness == Readiness::Limited && may_be_down) {
    verdict.offline = service.offline.mode;
    verdict.text = service.offline.text;
  } else if (verdict.readiness == Readiness::Limited) {
    verdict.text = service.limit;
  } else if (verdict.readiness == Readiness::Closed && service.offline.mode == OfflineMode::Refer) {
    verdict.offline = OfflineMode::Refer;
    verdict.text = service.offline.text;
  }
}

void add_reasons(Verdict& verdict, const Service& service, const Offer& offer,
                 const OfferState& state) {
  const NodeId node = offer_node(offer.office, offer.site, service.id);
  if (state.site.best == Health::Down) {
    prepend(verdict.why, step(ReasonKind::SiteUnusable, NodeId(offer.site.str()), state.site));
  } else if (verdict.readiness == Readiness::Closed && serves_without_it(service.offline.mode) &&
             includes_act(service.offline.mode, offer.extent)) {
    ReasonStep lacking = step(ReasonKind::OfflineModeUnavailable, node, state.offline);
    append(verdict.why, std::move(lacking));
  } else if (verdict.why.empty() && !state.measured) {
    verdict.why.push_back(step(ReasonKind::NotProbed, node, state.offer));
  }
}

struct Tally {
  std::size_t normal = 0;
  std::size_t closed = 0;
};

Tally tally(const std::vector<ServiceVerdict>& of, Readiness EndWords::* end) {
  Tally count;
  for (const ServiceVerdict& one : of) {
    count.normal += one.verdict->ends.*end == Readiness::Normal;
    count.closed += one.verdict->ends.*end == Readiness::Closed;
  }
  return count;
}

// How many of the services that the office's written minimum names are not closed at this end.
struct Minimum {
  std::size_t asked = 0;
  std::size_t open = 0;
  std::size_t need = 0;
  // A condition on services that this place does not offer says nothing about it.
  bool holds() const { return open >= need; }
};
Minimum minimum(const Office& office, const std::vector<ServiceVerdict>& of,
                Readiness EndWords::* end) {
  const auto& named = office.regular.services;
  Minimum found;
  for (const ServiceVerdict& one : of) {
    if (!named.empty() && std::find(named.begin(), named.end(), one.service) == named.end()) {
      continue;
    }
    ++found.asked;
    found.open += one.verdict->ends.*end != Readiness::Closed;
  }
  found.need = std::min<std::size_t>(office.regular.at_least, found.asked);
  return found;
}

Readiness place_word(const Office& office, const std::vector<ServiceVerdict>& of,
                     Readiness EndWords::* end) {
  const Tally count = tally(of, end);
  if (count.closed == of.size() || !minimum(office, of, end).holds()) {
    return Readiness::Closed;
  }
  return count.normal == of.size() ? Readiness::Normal : Readiness::Limited;
}

// The verdict that explains the place: the worst, the first among equals.
const ServiceVerdict& telling(const std::vector<ServiceVerdict>& of) {
  const auto badness = [](const ServiceVerdict& one) {
    switch (one.verdict->readiness) {
      case Readiness::Closed:
        return 3;
      case Readiness::Unknown:
        return 2;
      case Readiness::Limited:
        return 1;
      case Readiness::Normal:
        return 0;
    }
    return 0;
  };
  return *std::max_element(of.begin(), of.end(),
                           [&](const auto& a, const auto& b) { return badness(a) < badness(b); });
}

// True if words decided all that keeps the place from normal, or, where it is normal, all of it.
bool decided_by_words(const std::vector<ServiceVerdict>& of, Readiness place) {
  bool by_word = false;
  for (const ServiceVerdict& one : of) {
    if (place != Readiness::Normal && one.verdict->readiness == Readiness::Normal) continue;
    if (!one.verdict->by_word) return false;
    by_word = true;
  }
  return by_word;
}

ClosedBy closing_cause(const std::vector<ServiceVerdict>& of) {
  const bool decided = std::all_of(of.begin(), of.end(), [](const ServiceVerdict& one) {
    return one.verdict->closed_by != ClosedBy::Failure;
  });
  return decided ? ClosedBy::Decision : ClosedBy::Failure;
}

// What is to be said of one service is no news of the place; what is said of all of them is.
Wording shared_text(const std::vector<ServiceVerdict>& of) {
  const Wording& first = of.front().verdict->text;
  const bool same = std::all_of(of.begin(), of.end(), [&](const ServiceVerdict& one) {
    return one.verdict->text.de == first.de && one.verdict->text.en == first.en;
  });
  return same ? first : Wording{};
}

// The cause first; how many services it touches comes last.
void explain_place(Verdict& verdict, const Office& office, const std::vector<ServiceVerdict>& of) {
  const ServiceVerdict& one = telling(of);
  verdict.why = one.verdict->why;
  if (verdict.readiness == Readiness::Normal || of.size() == 1) return;
  ReasonStep count;
  count.subject = NodeId(office.id.str());
  count.object = one.node;
  const auto say = [&](ReasonKind kind, std::size_t have, std::size_t all) {
    count.kind = kind;
    count.have = static_cast<unsigned>(have);
    count.of = static_cast<unsigned>(all);
  };
  const auto certain = [&](Readiness readiness) {
    return std::count_if(of.begin(), of.end(), [&](const ServiceVerdict& service) {
      return service.verdict->readiness == readiness;
    });
  };
  const auto closed = static_cast<std::size_t>(certain(Readiness::Closed));
  const auto limited = static_cast<std::size_t>(certain(Readiness::Limited));
  const Minimum best = minimum(office, of, &EndWords::best);
  if (verdict.readiness == Readiness::Closed && !best.holds() && closed < of.size()) {
    say(ReasonKind::RegularConditionFails, best.open, best.asked);
    count.need = static_cast<unsigned>(best.need);
    prepend(verdict.why, std::move(count));  // by itself why a place is shut whose services are not
    return;
  } else if (closed > 0) {
    say(ReasonKind::ServicesClosed, closed, of.size());
  } else if (limited > 0) {
    say(ReasonKind::ServicesLimited, limited, of.size());
  } else {
    return;  // only unknown ones: their own reasons say all there is
  }
  append(verdict.why, std::move(count));
}

}  // namespace

Readiness word_at(const HealthAt& end, OfflineMode mode, Extent extent) {
  if (end.site == Health::Down) return Readiness::Closed;
  if (end.offer == Health::Operational) return Readiness::Normal;
  if (end.offer == Health::Degraded) return Readiness::Limited;
  const bool left =
      serves_without_it(mode) && includes_act(mode, extent) && end.offline != Health::Down;
  return left ? Readiness::Limited : Readiness::Closed;
}

OneWord combine(EndWords ends) {
  if (ends.best == ends.worst) return {ends.best, Bound::Exact};
  if (ends.best == Readiness::Normal && ends.worst == Readiness::Limited) {
    return {Readiness::Limited, Bound::AtLeastLimited};
  }
  return {Readiness::Unknown,
          ends.best == Readiness::Limited ? Bound::AtMostLimited : Bound::Exact};
}

Verdict judge_offer(const Service& service, const Offer& offer, const OfferState& state,
                    Explanation why) {
  if (state.word.status == WordStatus::InForce) {
    dienstbereit_assert(state.word.said != nullptr);
    return by_word(*state.word.said, std::move(why));
  }
  if (state.word.status != WordStatus::None) return by_lapsed_word(std::move(why));

  Verdict verdict;
  verdict.ends = ends_of(service, offer, state);
  const OneWord word = combine(verdict.ends);
  verdict.readiness = word.readiness;
  verdict.bound = word.bound;
  verdict.grade = state.measured ? Grade::Measured : Grade::Presumed;
  verdict.closed_by = verdict.readiness == Readiness::Closed ? ClosedBy::Failure : ClosedBy::None;
  verdict.why = std::move(why);
  add_text(verdict, service, state);
  add_reasons(verdict, service, offer, state);
  return verdict;
}

Verdict pending(const Verdict& now) {
  Verdict verdict;
  verdict.why = now.why;
  prepend(verdict.why, step(ReasonKind::DecisionPending, NodeId(), kUnknown));
  return verdict;
}

Verdict judge_place(const Office& office, const std::vector<ServiceVerdict>& of) {
  dienstbereit_assert(!of.empty());
  Verdict verdict;
  verdict.ends = {place_word(office, of, &EndWords::best),
                  place_word(office, of, &EndWords::worst)};
  const OneWord word = combine(verdict.ends);
  verdict.readiness = word.readiness;
  verdict.bound = word.bound;
  const bool measured = std::all_of(of.begin(), of.end(), [](const ServiceVerdict& one) {
    return one.verdict->by_word || one.verdict->grade == Grade::Measured;
  });
  verdict.grade = measured ? Grade::Measured : Grade::Presumed;
  verdict.by_word = decided_by_words(of, verdict.readiness);
  if (verdict.readiness == Readiness::Closed) verdict.closed_by = closing_cause(of);
  if (verdict.readiness != Readiness::Normal) verdict.text = shared_text(of);
  explain_place(verdict, office, of);
  return verdict;
}

}  // namespace dienstbereit::core::readiness
