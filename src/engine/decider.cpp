// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/decider.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/assert.h"
#include "base/text.h"
#include "core/impact/why.h"
#include "core/incident/changes.h"
#include "engine/ahead/scores.h"
#include "engine/ahead/studies.h"
#include "engine/civil.h"
#include "engine/outlook.h"
#include "engine/snapshot.h"
#include "engine/what_if.h"
#include "journal/record.h"
#include "model/codec.h"

namespace dienstbereit::engine {
namespace {

constexpr std::size_t kLongestText = 600;      // bytes of a limit text, each language
constexpr std::size_t kLongestRole = 200;      // bytes
constexpr std::size_t kLongestDetail = 600;    // bytes of what failed about a copy
constexpr std::size_t kMostWords = 1000;       // in force at once
constexpr Duration kLongestWord = std::chrono::hours(24 * 366);

// Whether an order that was looked for then fits now.
bool same_work(const Incident& now, const Incident& then) {
  const auto task = [](const Task& a, const Task& b) {
    return a.id == b.id && a.version == b.version && a.state == b.state;
  };
  const auto fix = [](const Fix& a, const Fix& b) {
    return a.id == b.id && a.version == b.version && a.state == b.state;
  };
  const auto fault = [](const Fault& a, const Fault& b) {
    return a.node == b.node && a.ended == b.ended;
  };
  return std::equal(now.tasks.begin(), now.tasks.end(), then.tasks.begin(), then.tasks.end(),
                    task) &&
         std::equal(now.fixes.begin(), now.fixes.end(), then.fixes.begin(), then.fixes.end(),
                    fix) &&
         std::equal(now.faults.begin(), now.faults.end(), then.faults.begin(), then.faults.end(),
                    fault);
}

Result<void> check_text(const Wording& text) {
  for (const std::string* part : {&text.de, &text.en}) {
    if (part->size() > kLongestText || !is_utf8(*part)) {
      return fail(Errc::InvalidInput,
                  fmt::format("the text must be UTF-8 of at most {} bytes", kLongestText));
    }
  }
  return {};
}

// Whoever asks, the journal takes no more: a record that breaks its bound would end all writing.
Result<void> check_actor(const Actor& actor) {
  if (actor.id.size() > journal::kLongestActor || !is_utf8(actor.id)) {
    return fail(Errc::InvalidInput,
                fmt::format("the actor's id must be UTF-8 of at most {} bytes; shorten it",
                            journal::kLongestActor));
  }
  if (actor.role.size() > kLongestRole || !is_utf8(actor.role)) {
    return fail(
        Errc::InvalidInput,
        fmt::format("the role must be UTF-8 of at most {} bytes; shorten it", kLongestRole));
  }
  return {};
}

// What the journal would not take, or not read back.
Result<void> check_bounds(const ForecastMade& forecast) {
  const bool fits = forecast.places.size() <= codec::kMostItems &&
                    encode(EventPayload(forecast)).text.size() <= kLargestPayload;
  if (fits) return {};
  return fail(Errc::LimitExceeded,
              fmt::format("the forecast tells of {} places and services, more than the journal "
                          "keeps; mark what works with a word of yours, then ask again",
                          forecast.places.size()));
}

}  // namespace

// ---- events ---------------------------------------------------------------------------------

void Decider::emit(EventPayload payload, Instant now, Decided& out) {
  const auto folded = state_.fold(payload, {now, author_});
  dienstbereit_assert(folded.has_value());
  suspects_.note(payload);
  out.events.push_back(std::move(payload));
}

void Decider::take(core::health::Observations::Outcome outcome, Instant now, Decided& out) {
  for (EventPayload& event : outcome.events) emit(std::move(event), now, out);
  out.ask_now.insert(out.ask_now.end(), outcome.ask_now.begin(), outcome.ask_now.end());
}

// Settles what was folded at `now`, and asks what follows: probes whose success was dropped,
// authors whose word a new fault has overtaken.
void Decider::settle(Instant now, Decided& out) {
  const core::impact::Changes changes = state_.settle(now);
  for (const NodeId& node : changes.dropped) {
    const auto outcome = state_.observations().forget_success(node);
    state_.outposts().forget_success(node);
    dienstbereit_assert(outcome.events.empty());
    out.ask_now.insert(out.ask_now.end(), outcome.ask_now.begin(), outcome.ask_now.end());
  }
  for (const auto& lapsed : changes.words) {
    const auto question =
        lapsed.status == WordStatus::Doubted ? WordQuestion::Doubted : WordQuestion::Unrenewed;
    emit(WordAsked{lapsed.word, lapsed.node, question}, now, out);
  }
}

// After events of which few move a node.
void Decider::settle_if_due(Instant now, Decided& out) {
  const bool due = std::any_of(out.events.begin(), out.events.end(), WorkingState::is_settled_at);
  if (due) settle(now, out);
}

Decided Decider::start(const ObserverStarted& started, std::shared_ptr<const District> district,
                       Instant now) {
  Decided out;
  emit(started, now, out);
  settle(now, out);  // words that ended while nobody looked, before the old whole goes
  const bool known = state_.knows_bundle(district->hash);
  emit(DistrictLoaded{district->hash, known ? "" : district->text}, now, out);
  settle(now, out);
  return out;
}

Decided Decider::stop(Instant now) {
  Decided out;
  emit(ObserverStopped{}, now, out);
  return out;
}

Decided Decider::report(const ProbeResult& result, Instant now) {
  Decided out;
  state_.interim().saw(result);
  take(state_.observations().on_result(result, now), now, out);
  if (!out.events.empty()) settle(now, out);
  if (result.mail && is_news(*result.mail, result.probe, now)) {
    emit(MailWaiting{result.probe, result.mail->waiting, result.mail->bytes, result.mail->oldest},
         now, out);
  }
  note_traces(result, now, out);
  return out;
}

// Of probes of an earlier district nothing is kept.
void Decider::note_traces(const ProbeResult& result, Instant now, Decided& out) {
  if (result.traces.empty() || find_probe(*state_.district(), result.probe) == nullptr) return;
  for (TraceNoted& event : state_.traces().on_result(result)) emit(std::move(event), now, out);
}

// A queue that fills and empties with every message is told of every ten seconds; that it is no
// longer empty, or empty again, at once.
bool Decider::is_news(const MailBacklog& backlog, const ProbeId& probe, Instant now) const {
  const auto known = state_.mail().find(probe);
  if (known == state_.mail().end()) return true;
  const MailSituation& last = known->second;
  if (last.backlog == backlog) return false;
  const bool turned = (last.backlog.waiting == 0) != (backlog.waiting == 0);
  return turned || now - last.at >= kMailTold;
}

Decided Decider::due(Instant now) {
  Decided out;
  const auto graph_due = state_.impact().next_due();
  if (graph_due && *graph_due <= now) emit(TimerFired{}, now, out);
  take(state_.observations().on_due(now), now, out);
  for (EventPayload& event : state_.outposts().on_due(now)) emit(std::move(event), now, out);
  if (!out.events.empty()) settle(now, out);
  remind(now, out);
  return out;
}

void Decider::remind(Instant now, Decided& out) {
  for (auto next = state_.next_reminder(); next && next->at <= now; next = state_.next_reminder()) {
    emit(WordAsked{next->word, NodeId(), WordQuestion::EndsSoon}, now, out);
  }
}

Decided Decider::step(Duration by, Instant now) {
  Decided out;
  emit(ClockStepped{by}, now, out);
  return out;
}

Decided Decider::dropped(std::uint64_t samples, Instant now) {
  Decided out;
  emit(SamplesDropped{samples}, now, out);
  return out;
}

Decided Decider::readiness(Instant now) {
  Decided out;
  const core::readiness::Assessment assessment = assess(state_, state_.impact(), now);
  for_each_subject(assessment, now, [&](const NodeId& subject, const Verdict& verdict) {
    const auto before = state_.published().find(subject);
    const bool known = before != state_.published().end();
    if (known && before->second == verdict.readiness) return;
    emit(ReadinessChanged{subject, assessment.headline_day,
                          known ? before->second : Readiness::Unknown, verdict.readiness,
                          verdict.why},
         now, out);
  });
  const auto affected = affected_by_failure(state_, assessment.offers);
  for (const RecordEvent& event : core::incident::follow(state_.ledger(), *state_.district(),
                                                         affected, unseen_faults(state_), now)) {
    std::visit([&](const auto& one) { emit(one, now, out); }, event);
  }
  for (ForecastsScored& scored : score_closed(state_)) emit(std::move(scored), now, out);
  return out;
}

Decided Decider::suspects(Instant now) {
  Decided out;
  for (SuspectsFound& found : suspects_.find(state_, now)) emit(std::move(found), now, out);
  return out;
}

// ---- commands and questions -----------------------------------------------------------------

Result<Answer> Decider::command(const Command& command, const Actor& actor, Instant wall,
                                Instant now, Decided& out) {
  if (auto checked = check_actor(actor); !checked) return tl::unexpected(checked.error());
  author_ = actor.id;
  auto answer = dispatch(command, actor, wall, now, out);
  author_ = kObserver;
  return answer;
}

Result<Answer> Decider::dispatch(const Command& command, const Actor& actor, Instant wall,
                                 Instant now, Decided& out) {
  if (const auto* set = std::get_if<SetWord>(&command)) return on(*set, actor, now, out);
  if (const auto* gone = std::get_if<WithdrawWord>(&command)) return on(*gone, now, out);
  if (const auto* load = std::get_if<LoadDistrict>(&command)) return on(*load, now, out);
  if (const auto* write = std::get_if<WriteRecord>(&command)) return on(*write, actor, now, out);
  if (is_study(command)) return on(study(state_, command, now, StopFlag()), now, out);
  if (const auto* told = std::get_if<ReportStudy>(&command)) return on(*told, now, out);
  if (const auto* delivery = std::get_if<NoteDelivery>(&command)) return on(*delivery, now, out);
  if (const auto* known = std::get_if<Acknowledge>(&command)) return on(*known, actor, now, out);
  if (const auto* test = std::get_if<SendTest>(&command)) return on(*test, now, out);
  if (const auto* preview = std::get_if<PreviewWord>(&command)) return on(*preview, actor, now);
  if (const auto* why = std::get_if<Why>(&command)) return on(*why, now);
  if (const auto* audit = std::get_if<RecordAudit>(&command)) {
    emit(audit->entry, now, out);
    return Answer{};
  }
  if (const auto* noted = std::get_if<NoteIntake>(&command)) {
    emit(noted->entry, now, out);
    return Answer{};
  }
  if (const auto* counted = std::get_if<ReportBacklog>(&command)) {
    emit(counted->backlog, now, out);
    return Answer{};
  }
  if (const auto* work = std::get_if<WhatIf>(&command)) return on(*work, now);
  if (const auto* told = std::get_if<ReportPublish>(&command)) return on(*told, now, out);
  if (const auto* sent = std::get_if<TakeOutpostReport>(&command)) {
    return on(*sent, wall, now, out);
  }
  if (const auto* set = std::get_if<SetHomepageMode>(&command)) return on(*set, now, out);
  if (const auto* copy = std::get_if<ReportCopy>(&command)) return on(*copy, now, out);
  if (const auto* plan = std::get_if<PlanCommand>(&command)) return on(*plan, actor, now, out);
  emit(ClockConfirmed{wall}, now, out);
  settle(now, out);
  return Answer{};
}

Result<WordSet> Decider::word_of(const SetWord& word, const Actor& actor, Instant now) const {
  if (auto checked = check_text(word.text); !checked) return tl::unexpected(checked.error());
  // A part may be degraded without a word to visitors; what they get may not.
  if (word.said == Said::Limited && word.scope.node.empty() && trim(word.text.de).empty()) {
    return fail(Errc::InvalidInput,
                fmt::format("'{}' limited needs a text for visitors: say what works and what does "
                            "not (--text, in the API 'text')",
                            to_text(word.scope)));
  }
  if (state_.words().size() >= kMostWords) {
    return fail(Errc::LimitExceeded,
                fmt::format("{} words are in force already, the most there can be; withdraw some",
                            kMostWords));
  }
  if (!state_.impact().covers_anything(word.scope)) {
    return fail(Errc::NotFound,
                fmt::format("the district has nothing that '{}' names; 'dienstbereit "
                            "check' lists what there is",
                            to_text(word.scope)));
  }
  WordSet set;
  set.id = WordId(std::to_string(next_seq_()));
  set.scope = word.scope;
  set.said = word.said;
  set.text = word.text;
  set.role = actor.role;
  // People say civil time.
  set.until = word.until ? *word.until - state_.civil_offset()
                         : state_.timetable().last_slot_end(word.scope, state_.civil(now));
  if (set.until <= now || set.until - now > kLongestWord) {
    const Instant said = set.until + state_.civil_offset();
    return fail(Errc::InvalidInput,
                fmt::format("{} is not a time from now to a year ahead; say until when it holds",
                            to_rfc3339(said, state_.timetable().zone())));
  }
  return set;
}

std::vector<PlaceChange> Decider::changes_by(const WordSet& word, Instant now) const {
  core::impact::Impact with = state_.impact();
  with.add_word(std::make_shared<const WordSet>(word), now);
  with.settle(now);
  std::unordered_map<NodeId, Readiness> before;
  for_each_subject(
      assess(state_, state_.impact(), now), now,
      [&](const NodeId& subject, const Verdict& verdict) { before[subject] = verdict.readiness; });
  std::vector<PlaceChange> changes;
  for_each_subject(assess(state_, with, now), now,
                   [&](const NodeId& subject, const Verdict& verdict) {
                     if (before[subject] == verdict.readiness) return;
                     changes.push_back({subject, before[subject], verdict.readiness});
                   });
  return changes;
}

Result<Answer> Decider::on(const SetWord& word, const Actor& actor, Instant now, Decided& out) {
  auto set = word_of(word, actor, now);
  if (!set) return tl::unexpected(set.error());
  Answer answer;
  answer.word = set->id;
  answer.until = set->until + state_.civil_offset();
  answer.changes = changes_by(*set, now);
  answer.disagreeing = Unspoken(state_, now).disagreeing(set->scope, set->said);
  emit(std::move(*set), now, out);
  settle(now, out);
  return answer;
}

Result<Answer> Decider::on(const PreviewWord& preview, const Actor& actor, Instant now) {
  const auto set = word_of(preview.word, actor, now);
  if (!set) return tl::unexpected(set.error());
  Answer answer;
  answer.until = set->until + state_.civil_offset();
  answer.changes = changes_by(*set, now);
  answer.disagreeing = Unspoken(state_, now).disagreeing(set->scope, set->said);
  return answer;
}

Result<Answer> Decider::on(const WithdrawWord& word, Instant now, Decided& out) {
  if (!state_.words().contains(word.id.str())) {
    return fail(
        Errc::NotFound,
        fmt::format("no word '{}' is in force; 'dienstbereit status' lists them", word.id.str()));
  }
  if (auto checked = check_text({word.reason, ""}); !checked) {
    return tl::unexpected(checked.error());
  }
  emit(WordWithdrawn{word.id, word.reason}, now, out);
  settle(now, out);
  return Answer{};
}

Result<Answer> Decider::on(const WriteRecord& write, const Actor& actor, Instant now,
                           Decided& out) {
  std::vector<RecordEvent> changes = write.changes;
  for (RecordEvent& change : changes) to_logical(change, state_.civil_offset());
  auto accepted =
      core::incident::accept(std::move(changes), state_.ledger(),
                             {*state_.district(), now, state_.timetable().today(state_.civil(now)),
                              actor.id, next_seq_() - 1, state_.backlog().unsent});
  if (!accepted) return tl::unexpected(accepted.error());
  for (const RecordEvent& change : *accepted) {
    std::visit([&](const auto& one) { emit(one, now, out); }, change);
  }
  settle_if_due(now, out);
  Answer answer;
  answer.written = std::move(*accepted);
  return answer;
}

Result<Answer> Decider::on(const ReportStudy& report, Instant now, Decided& out) {
  if (!report.made) return tl::unexpected(report.made.error());
  if (!report.under || report.under->hash != state_.district()->hash) {
    return fail(Errc::Conflict, "the district's files were loaded anew while it was calculated; "
                                "ask again");
  }
  const Incident* incident =
      report.of ? find_incident(*state_.ledger().record(), report.of->id) : nullptr;
  if (!incident || is_open(*incident) != is_open(*report.of) || !same_work(*incident, *report.of)) {
    return fail(Errc::Conflict, "tasks, interim fixes or faults changed while it was calculated; "
                                "ask again");
  }
  Answer answer;
  if (const auto* made = std::get_if<OrderProposed>(&*report.made)) {
    OrderProposed order = *made;
    order.id = OrderId(state_.ledger().next_id("order"));
    answer.written.push_back(order);
    emit(std::move(order), now, out);
    return answer;
  }
  ForecastMade forecast = std::get<ForecastMade>(*report.made);
  forecast.id = ForecastId(state_.ledger().next_id("forecast"));
  if (auto kept = check_bounds(forecast); !kept) return tl::unexpected(kept.error());
  const std::vector<OpeningProposed> proposals = propose_openings(state_, forecast, now);
  answer.written.push_back(forecast);
  emit(std::move(forecast), now, out);
  for (const OpeningProposed& proposal : proposals) {
    answer.written.push_back(proposal);
    emit(proposal, now, out);
  }
  return answer;
}

Result<Answer> Decider::on(const LoadDistrict& load, Instant now, Decided& out) {
  const District& fresh = *load.district;
  if (fresh.hash == state_.district()->hash) {
    Answer answer;
    answer.notes.push_back("nothing has changed in the district's files");
    return answer;
  }
  const bool known = state_.knows_bundle(fresh.hash);
  const DistrictLoaded loaded{fresh.hash, known ? "" : fresh.text};
  if (encode(loaded).text.size() > kLargestPayload) {
    return fail(Errc::LimitExceeded,
                fmt::format("the district's files are larger than the {} bytes the journal takes; "
                            "split the administration",
                            kLargestPayload));
  }

  if (auto usable = state_.prepare(load.district); !usable) return tl::unexpected(usable.error());
  Answer answer;
  answer.notes.push_back(fmt::format(
      "{} offices, {} sites, {} services, {} components, {} probes", fresh.offices.size(),
      fresh.sites.size(), fresh.services.size(), fresh.components.size(), fresh.probes.size()));
  settle(now, out);
  emit(loaded, now, out);
  settle(now, out);
  return answer;
}

Result<Answer> Decider::on(const Why& why, Instant now) {
  if (auto known = state_.check_node(why.node); !known) return tl::unexpected(known.error());
  Answer answer;
  answer.node = state_.impact().node(why.node);
  answer.node->probed = !state_.observations().probes_of(why.node).empty();
  const auto since = state_.since().find(why.node);
  if (since != state_.since().end()) answer.node->since = since->second;
  answer.why = core::impact::explain(state_.impact(), why.node, state_.probes_of(), true);
  // An offer's word has reasons of its own: hours, offline mode.
  for (const OfferSituation& offer : assess(state_, state_.impact(), now).offers) {
    if (offer.node == why.node && !offer.now.why.empty()) answer.why = offer.now.why;
  }
  return answer;
}

Result<Answer> Decider::on(const WhatIf& question, Instant now) {
  WhatIf logical = question;
  logical.from -= state_.civil_offset();
  logical.to -= state_.civil_offset();
  auto touched = what_if(state_, logical, now);
  if (!touched) return tl::unexpected(touched.error());
  Answer answer;
  answer.touched = std::move(*touched);
  return answer;
}

// The same again is no news, and the target may be gone with the last district.
Result<Answer> Decider::on(const ReportPublish& report, Instant now, Decided& out) {
  const auto& targets = state_.district()->publish;
  const bool there = std::any_of(targets.begin(), targets.end(), [&](const PublishTarget& target) {
    return target.id == report.target;
  });
  const auto known = state_.publishing().find(report.target);
  if (!there || (known != state_.publishing().end() && known->second.ok == report.ok)) {
    return Answer{};
  }
  emit(PublishChanged{report.target, report.ok, clean(report.detail, kLongestDetail)}, now, out);
  return Answer{};
}

Result<Answer> Decider::on(const TakeOutpostReport& take, Instant wall, Instant now, Decided& out) {
  auto events = state_.outposts().on_report(take.report, wall, now);
  if (!events) return tl::unexpected(events.error());
  for (EventPayload& event : *events) emit(std::move(event), now, out);
  if (!out.events.empty()) settle(now, out);
  Answer answer;
  answer.disagreeing = state_.outposts().never_told(take.report);
  return answer;
}

// Who switches says why; the same again is no decision.
Result<Answer> Decider::on(const SetHomepageMode& set, Instant now, Decided& out) {
  if (!state_.district()->homepage) {
    return fail(Errc::NotFound, "the district has no 'homepage:'; describe it there first "
                                "(docs/operating/homepage.md)");
  }
  const std::string reason = clean(trim(set.reason), kLongestDetail);
  if (reason.empty()) {
    return fail(Errc::InvalidInput, "say why: what the homepage shows is a decision on record");
  }
  const HomepageSituation& known = state_.homepage();
  if (known.mode == set.mode && known.mode_since) {
    return fail(Errc::Conflict,
                fmt::format("the fallback homepage is in mode '{}' already", name_of(set.mode)));
  }
  emit(HomepageModeSet{set.mode, reason}, now, out);
  return Answer{};
}

// Every good copy is news; of equal failures in a row the first.
Result<Answer> Decider::on(const ReportCopy& report, Instant now, Decided& out) {
  HomepageCopied copied = report.what;
  copied.copy = clean(copied.copy, kLongestDetail);
  copied.detail = clean(copied.detail, kLongestDetail);
  const bool known = !copied.ok && state_.homepage().failing_since.has_value() &&
                     state_.homepage().detail == copied.detail;
  if (!state_.district()->homepage || known) return Answer{};
  emit(std::move(copied), now, out);
  return Answer{};
}

}  // namespace dienstbereit::engine
