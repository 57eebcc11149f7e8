// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/working_state.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::engine {
namespace {

// The author is asked this long before a word ends.
constexpr Duration kRemindBefore = std::chrono::minutes(30);

template <class Payload>
const ProbeId* probe_in(const Payload& payload) {
  if constexpr (requires { payload.probe; }) {
    return &payload.probe;
  } else {
    return nullptr;
  }
}

// Other nodes may be carried by interim fixes after it.
template <class Payload>
constexpr bool kMovesFixes =
    std::is_same_v<Payload, FixSet> || std::is_same_v<Payload, FixMoved> ||
    std::is_same_v<Payload, TaskMoved> || std::is_same_v<Payload, PhaseChanged> ||
    std::is_same_v<Payload, IncidentMerged> || std::is_same_v<Payload, IncidentSplit>;

// What rules write of fixes and phases moves none: a fix that has expired or failed was put in.
template <class Payload>
bool moves_fixes(const Payload& payload) {
  if constexpr (std::is_same_v<Payload, FixMoved>) {
    return payload.state == FixState::InForce || payload.state == FixState::Ended;
  } else if constexpr (std::is_same_v<Payload, PhaseChanged>) {
    return payload.phase == Phase::Closed;
  } else {
    return kMovesFixes<Payload>;
  }
}

// Folds what the notices follow themselves; of readiness they get a part only.
template <class Payload>
void tell(core::notice::Notices& notices, const Payload& payload, Instant at) {
  if constexpr (!std::is_same_v<Payload, ReadinessChanged> &&
                requires { notices.on(payload, at); }) {
    notices.on(payload, at);
  }
}

// People are told of places, and of services that never close; the rest follows from these.
std::set<std::string> subjects_told_of(const District& district) {
  std::set<std::string> told;
  for (const Office& office : district.offices) {
    for (const OfficeSite& place : office.sites) {
      told.insert(office.id.str() + "@" + place.site.str());
    }
  }
  for (const Service& service : district.services) {
    for (const Offer& offer : service.offers) {
      if (has_slots(district, service, offer)) continue;
      told.insert(offer_node(offer.office, offer.site, service.id).str());
    }
  }
  return told;
}

}  // namespace

Result<void> WorkingState::prepare(std::shared_ptr<const District> district) {
  auto whole = make_whole(std::move(district));
  if (!whole) return tl::unexpected(whole.error());
  prepared_ = std::move(*whole);
  return {};
}

Result<WorkingState::Whole> WorkingState::make_whole(std::shared_ptr<const District> district) {
  auto topology = core::impact::compile(district);
  if (!topology) return tl::unexpected(topology.error());
  auto timetable = core::readiness::Timetable::compile(*district);
  if (!timetable) return tl::unexpected(timetable.error());
  return Whole{std::move(district), std::move(*topology), std::move(*timetable)};
}

template <class Observed>
Result<void> WorkingState::on(const Observed& event, Instant at) {
  observations_.apply(event, at);
  outposts_.apply(event, at);
  if (const ProbeId* probe = probe_in(event)) refresh_evidence(*probe);
  return {};
}

Result<void> WorkingState::fold(const EventPayload& payload, const Written& written) {
  return std::visit(
      [&]<class Payload>(const Payload& event) -> Result<void> {
        tell(notices_, event, written.at);
        if constexpr (std::is_constructible_v<RecordEvent, const Payload&>) {
          ledger_.apply(event, written);
          if constexpr (kMovesFixes<Payload>) follow_fixes();
          if constexpr (std::is_same_v<Payload, ForecastMade>) came_.on(event, written.at);
          return {};
        } else if constexpr (std::is_same_v<Payload, HomepageModeSet>) {
          homepage_.mode = event.mode;
          homepage_.mode_since = written.at;
          homepage_.reason = event.reason;
          homepage_.by = written.by;
          return {};
        } else if constexpr (std::is_constructible_v<InterimEvent, const Payload&>) {
          interim_.apply(event, written);
          return {};
        } else {
          return on(event, written.at);
        }
      },
      payload);
}

bool WorkingState::is_settled_at(const EventPayload& payload) {
  const bool of_record = std::visit(
      []<class Payload>(const Payload& event) {
        return (std::is_constructible_v<RecordEvent, const Payload&> && !moves_fixes(event)) ||
               std::is_constructible_v<InterimEvent, const Payload&>;
      },
      payload);
  return !of_record && !std::holds_alternative<ReadinessChanged>(payload) &&
         !std::holds_alternative<WordAsked>(payload) &&
         !std::holds_alternative<ClockStepped>(payload) &&
         !std::holds_alternative<SamplesDropped>(payload) &&
         !std::holds_alternative<PublishChanged>(payload) &&
         !std::holds_alternative<MailWaiting>(payload) &&
         !std::holds_alternative<HomepageModeSet>(payload) &&
         !std::holds_alternative<HomepageCopied>(payload) &&
         !std::holds_alternative<ObserverStopped>(payload) &&
         !std::holds_alternative<NoticeRaised>(payload) &&
         !std::holds_alternative<NoticeEscalated>(payload) &&
         !std::holds_alternative<NoticeAcknowledged>(payload) &&
         !std::holds_alternative<MessageSent>(payload) &&
         !std::holds_alternative<MessageFailed>(payload) &&
         !std::holds_alternative<Audited>(payload) &&
         !std::holds_alternative<OutpostTold>(payload) &&
         !std::holds_alternative<OutpostChanged>(payload) &&
         !std::holds_alternative<IntakeNoted>(payload) &&
         !std::holds_alternative<BacklogCounted>(payload) &&
         !std::holds_alternative<TraceNoted>(payload);
}

core::impact::Changes WorkingState::settle(Instant at) {
  if (!impact_) return {};
  core::impact::Changes changes = impact_->settle(at);
  for (const NodeId& node : changes.states) since_[node] = at;
  drop_silent_words();
  return changes;
}

// ---- folding -----------------------------------------------------------------------------------

Result<void> WorkingState::on(const ObserverStarted& event, Instant at) {
  ++epoch_;
  started_at_ = at;
  clock_doubted_ = event.clock_doubted;
  exercise_ = event.exercise.value_or(false);
  civil_offset_ = Duration(0);
  notices_.restarted(at);
  interim_.restarted(at, exercise_);
  traces_seen_.apply_clock_step(at);  // nobody watched the clock between two runs
  observations_.apply(event, at);
  outposts_.apply(event, at);
  refresh_evidence();
  return {};
}

Result<void> WorkingState::on(const DistrictLoaded& event, Instant at) {
  auto whole = whole_of(event);
  if (!whole) return tl::unexpected(whole.error());
  if (!event.bundle.empty()) bundles_[event.hash] = event.bundle;
  settle(at);  // what came due under the old one is handled before it goes
  if (district_ && district_->hash != whole->district->hash) ledger_.district_changed();
  district_ = whole->district;
  timetable_ = std::move(whole->timetable);
  interim_.use(district_);
  observations_.reload(*district_, at);
  outposts_.reload(*district_, at);
  traces_.reload(*district_);
  traces_seen_.reload(*district_);
  take_over(std::move(whole->topology));
  told_of_ = subjects_told_of(*district_);
  notices_.keep(told_of_, at);
  return {};
}

Result<WorkingState::Whole> WorkingState::whole_of(const DistrictLoaded& event) const {
  if (prepared_ && prepared_->district->hash == event.hash) return *prepared_;
  const auto bundle = bundles_.find(event.hash);
  if (event.bundle.empty() && bundle == bundles_.end()) {
    return fail(Errc::Corrupt, "the journal names a district whose text it does not hold");
  }
  auto district = loader_.load(event.bundle.empty() ? bundle->second : event.bundle);
  if (!district) return tl::unexpected(district.error());
  return make_whole(std::move(*district));
}

// A new whole in place of the old: what is remembered of nodes, needs and words goes on by id.
void WorkingState::take_over(std::shared_ptr<const core::impact::Topology> topology) {
  core::impact::Impact fresh(std::move(topology));
  if (impact_) {
    std::vector<core::impact::Impact::Spoken> kept;
    for (const auto& [id, word] : words_) kept.push_back({word.word, word.set_at});
    std::sort(kept.begin(), kept.end(),
              [](const auto& a, const auto& b) { return a.set_at < b.set_at; });
    fresh.adopt(*impact_, kept);
  }
  impact_ = std::move(fresh);
  refresh_evidence();
}

Result<void> WorkingState::on(const WordSet& event, Instant at) {
  auto word = std::make_shared<const WordSet>(event);
  words_[event.id.str()] = {word, at, false};
  if (impact_) impact_->add_word(std::move(word), at);
  return {};
}

Result<void> WorkingState::on(const WordWithdrawn& event, Instant) {
  words_.erase(event.id.str());
  if (impact_) impact_->withdraw(event.id);
  return {};
}

Result<void> WorkingState::on(const WordAsked& event, Instant) {
  const auto found = words_.find(event.id.str());
  // Who was asked after the end need not hear that it is near.
  if (found != words_.end() && event.question != WordQuestion::Doubted) {
    found->second.reminded = true;
  }
  return {};
}

Result<void> WorkingState::on(const ReadinessChanged& event, Instant at) {
  published_[event.subject] = event.to;
  came_.on(event, at);
  if (told_of_.contains(event.subject.str())) notices_.on(event, at);
  return {};
}

Result<void> WorkingState::on(const ClockConfirmed& event, Instant at) {
  clock_doubted_ = false;
  civil_offset_ = event.wall_clock - at;
  return {};
}

Result<void> WorkingState::on(const ClockStepped&, Instant at) {
  traces_seen_.apply_clock_step(at);
  return {};
}

Result<void> WorkingState::on(const SamplesDropped& event, Instant) {
  samples_dropped_ += event.count;
  return {};
}

Result<void> WorkingState::on(const MailWaiting& event, Instant at) {
  mail_[event.probe] = {event.probe, {event.waiting, event.bytes, event.oldest}, at};
  return {};
}

Result<void> WorkingState::on(const PublishChanged& event, Instant at) {
  publishing_[event.target] = {event.target, true, event.ok, at, event.detail};
  return {};
}

Result<void> WorkingState::on(const HomepageCopied& event, Instant at) {
  homepage_.detail = event.detail;
  if (event.ok) {
    homepage_.copy = event.copy;
    homepage_.copied_at = at;
    homepage_.failing_since.reset();
  } else if (!homepage_.failing_since) {
    homepage_.failing_since = at;
  }
  return {};
}

Result<void> WorkingState::on(const BacklogCounted& event, Instant) {
  backlog_ = event;
  return {};
}

Result<void> WorkingState::on(const TraceNoted& event, Instant at) {
  traces_.apply(event, at);
  traces_seen_.apply(event);
  return {};
}

// ---- keeping the parts in step -----------------------------------------------------------------

void WorkingState::refresh_evidence() {
  if (!impact_) return;
  for (const ProbeSpec& probe : district_->probes) refresh_evidence(probe.id);
  for (const NodeId& node : carried_in_part_) impact_->set_evidence(node, evidence(node));
}

void WorkingState::refresh_evidence(const ProbeId& probe) {
  const auto node = observations_.node_of(probe);
  if (impact_ && node) impact_->set_evidence(*node, evidence(*node));
}

Evidence WorkingState::evidence(const NodeId& node) const {
  Evidence seen = observations_.evidence(node);
  if (!seen.works_fresh && carried_in_part_.contains(node)) seen.own = worse(seen.own, kDegraded);
  return seen;
}

void WorkingState::follow_fixes() {
  std::set<NodeId> changed = dienstbereit::carried_in_part(*ledger_.record());
  changed.swap(carried_in_part_);
  changed.insert(carried_in_part_.begin(), carried_in_part_.end());
  if (!impact_) return;
  for (const NodeId& node : changed) impact_->set_evidence(node, evidence(node));
}

// A word that has ended on every node it spoke of is history.
void WorkingState::drop_silent_words() {
  std::erase_if(words_, [&](const auto& entry) { return !impact_->speaks(entry.second.word->id); });
}

std::optional<Instant> WorkingState::next_due() const {
  std::optional<Instant> due = observations_.next_due();
  const auto graph_due = impact_ ? impact_->next_due() : std::nullopt;
  if (graph_due && (!due || *graph_due < *due)) due = graph_due;
  const auto silence_due = outposts_.next_due();
  if (silence_due && (!due || *silence_due < *due)) due = silence_due;
  const auto reminder = next_reminder();
  if (reminder && (!due || reminder->at < *due)) due = reminder->at;
  return due;
}

std::optional<WorkingState::Reminder> WorkingState::next_reminder() const {
  std::optional<Reminder> next;
  for (const auto& [id, kept] : words_) {
    // A word shorter than the notice is not reminded of: its author has just set it.
    const Instant due = kept.word->until - kRemindBefore;
    if (kept.reminded || due <= kept.set_at) continue;
    if (!next || due < next->at) next = Reminder{kept.word->id, due};
  }
  return next;
}

Result<void> WorkingState::check_node(const NodeId& node) const {
  const auto& topology = impact_->topology();
  if (topology.find(node)) return {};
  std::vector<std::string> known;
  for (const auto& [id, index] : topology.index) known.push_back(id.str());
  const auto near = nearest(node.str(), known);
  return fail(Errc::NotFound, fmt::format("nothing is called '{}'{}", node.str(),
                                          near ? "; did you mean '" + *near + "'?" : ""));
}

core::impact::ProbesOf WorkingState::probes_of() const {
  return [this](const NodeId& node) {
    std::vector<ProbeSituation> found;
    const std::vector<ProbeId> ids = observations_.probes_of(node);
    const std::vector<core::health::Reading> readings = observations_.readings(node);
    for (std::size_t index = 0; index < ids.size(); ++index) {
      const core::health::Observation* seen = readings[index].observation;
      ProbeSituation probe;
      probe.id = ids[index];
      probe.works = readings[index].proof == Proof::Works;
      probe.outside = readings[index].outside;
      probe.fresh = seen->fresh;
      probe.outcome = seen->outcome.value_or(ProbeOutcome::Broken);
      probe.flapping = seen->flapping;
      probe.since = seen->since;
      probe.lost = seen->lost;
      probe.phase = seen->phase;
      probe.detail = seen->fresh ? seen->detail : seen->loss_detail;
      found.push_back(std::move(probe));
    }
    return found;
  };
}

}  // namespace dienstbereit::engine
