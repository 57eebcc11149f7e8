// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "engine/bed_test.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/assert.h"

namespace dienstbereit::engine::test {
namespace {

using std::chrono::minutes;

Need on(const char* id, Duration buffer = {}, Duration recharge = {}) {
  Need need;
  need.node = NodeId(id);
  need.buffer = buffer;
  need.recharge = recharge;
  return need;
}

Component component(const char* id, std::vector<Need> needs = {}) {
  Component made;
  made.id = NodeId(id);
  made.site = SiteId("S1");
  made.needs.of = std::move(needs);
  return made;
}

ProbeSpec probe(const char* node, const char* name, Proof proof) {
  ProbeSpec made;
  made.id = ProbeId(std::string(node) + "/" + name);
  made.node = NodeId(node);
  made.action = TcpProbe{};
  made.proof = proof;
  made.interval = minutes(5);
  made.attempts = 1;
  return made;
}

Service counter(const char* id, Needs needs, bool wide) {
  Service made;
  made.id = ServiceId(id);
  made.kinds = {ServiceKind::Counter};
  made.needs = std::move(needs);
  for (const char* site : {"S1", "S2"}) {
    if (site[1] == '2' && !wide) continue;
    Offer offer;
    offer.office = OfficeId("A1");
    offer.site = SiteId(site);
    made.offers.push_back(offer);
  }
  return made;
}

Office office(bool wide) {
  Office made;
  made.id = OfficeId("A1");
  for (const char* site : {"S1", "S2"}) {
    if (site[1] == '2' && !wide) continue;
    OfficeSite place;
    place.site = SiteId(site);
    place.hours = parse_hours("Mo-Fr 08:00-12:00,13:00-17:00; PH off").value();
    made.sites.push_back(place);
  }
  return made;
}

std::string text(std::optional<Instant> t) { return t ? to_rfc3339(*t) : "-"; }
std::string text(Interval interval) {
  return fmt::format("{}..{}", static_cast<int>(interval.best), static_cast<int>(interval.worst));
}
std::string text(const Verdict& verdict) {
  std::string line = fmt::format(
      "{} bound {} ends {}..{} grade {} by {} word {} mode {} '{}'", name_of(verdict.readiness),
      static_cast<int>(verdict.bound), name_of(verdict.ends.best), name_of(verdict.ends.worst),
      static_cast<int>(verdict.grade), static_cast<int>(verdict.closed_by), verdict.by_word,
      name_of(verdict.offline), verdict.text.de);
  for (const ReasonStep& step : verdict.why) {
    line += fmt::format(" <{} {} {} {} since {} until {} {}/{}/{} {}>", name_of(step.kind),
                        step.subject.str(), step.object.str(), text(step.state), text(step.since),
                        text(step.until), step.have, step.need, step.of, step.detail);
  }
  return line + "\n";
}
std::string text(const std::vector<DayPlan>& days) {
  std::string lines;
  for (const DayPlan& plan : days) {
    for (const SlotVerdict& slot : plan.slots) {
      lines += fmt::format("  {} {} {}-{} {} {} {}", to_iso(plan.day), plan.hours.cause_de,
                           to_rfc3339(slot.begin), to_rfc3339(slot.end), slot.carried, slot.pending,
                           text(slot.verdict));
    }
  }
  return lines;
}

}  // namespace

std::shared_ptr<const District> small_district(bool wide) {
  auto made = std::make_shared<District>();
  for (const char* id : {"S1", "S2"}) {
    Site site;
    site.id = SiteId(id);
    if (id[1] == '2' && !wide) continue;
    if (wide && id[1] == '2') site.link.of = {on("LINE")};
    made->sites.push_back(site);
  }
  made->offices = {office(wide)};
  made->components = {component("POWER"),
                      component("SERVER", {on("POWER", minutes(30), minutes(60))}),
                      component("SPARE")};
  if (wide) made->components.push_back(component("LINE"));
  Needs direct;
  direct.of = {on("SERVER")};
  Needs either;
  either.op = Operator::Any;
  either.of = {on("SERVER"), on("SPARE")};
  made->services = {counter("V01", direct, wide), counter("V02", either, wide)};
  made->services[1].offline.mode = OfflineMode::Full;
  made->services[1].offline.text = {"auf Papier", ""};
  made->probes = {probe("SERVER", "sql", Proof::Works), probe("SERVER", "tcp", Proof::Alive),
                  probe("POWER", "ups", Proof::Works), probe("SPARE", "tcp", Proof::Alive)};
  if (wide) made->probes.push_back(probe("V02", "page", Proof::Works));
  made->text = wide ? "wide" : "small";
  made->hash = "hash of " + made->text;
  return made;
}

Result<std::shared_ptr<const District>> Bed::load(const std::string& bundle) const {
  if (bundle == "small" || bundle == "wide") return small_district(bundle == "wide");
  return fail(Errc::Corrupt, "no such district");
}

Result<void> Bed::start(bool doubted) {
  Ports ports{journal,
              *this,
              *this,
              [this] { return clock; },
              [this] { return wall; },
              [this](std::shared_ptr<const Situation> situation) {
                seen = std::move(situation);
                ++published;
              },
              {},
              [this] { return people; },
              outbox};
  ports.actions = hand;
  ports.calculate = calculate;
  engine = std::make_unique<Engine>(Identity{"test", "1"}, std::move(ports));
  return engine->start(district, doubted);
}

void Bed::pass(Duration time) {
  const Instant end = clock + time;
  while (true) {
    const auto due = engine->next_due();
    const Instant next = due ? std::min(std::max(*due, clock + Duration(1)), end) : end;
    wall += next - clock;
    clock = next;
    turn();
    if (clock >= end) return;
  }
}

void Bed::result(const char* probe, ProbeOutcome outcome, const char* phase) {
  clock += std::chrono::seconds(1);
  wall += std::chrono::seconds(1);
  ProbeResult result;
  result.probe = ProbeId(probe);
  result.began = clock - Duration(10);
  result.ended = clock;
  result.outcome = outcome;
  result.phase = phase;
  result.detail = name_of(outcome);
  engine->report(std::move(result));
  turn();
}

Result<Answer> Bed::ask(Command command) {
  std::optional<Result<Answer>> answer;
  engine->command({"cli:uid=1", "IT"}, std::move(command),
                  [&](Result<Answer> reply) { answer = std::move(reply); });
  turn();
  if (!answer) return fail(Errc::TimedOut, "no answer");
  return *answer;
}

Answer Bed::say(const char* node, Said said, const char* until) {
  SetWord word;
  word.scope.node = NodeId(node);
  word.said = said;
  word.until = at(until);
  return ask(word).value();
}

const NodeSituation& Bed::node(const char* id) const {
  for (const NodeSituation& node : seen->nodes) {
    if (node.id == NodeId(id)) return node;
  }
  assertion_failed(id, __FILE__, __LINE__);
}

const OfferSituation& Bed::offer(const char* id) const {
  for (const OfferSituation& offer : seen->offers) {
    if (offer.node == NodeId(id)) return offer;
  }
  assertion_failed(id, __FILE__, __LINE__);
}

std::size_t Bed::count(const std::string& type, const std::string& part) const {
  std::size_t found = 0;
  for (const journal::Record& record : journal.records) {
    found += record.type == type && record.payload.find(part) != std::string::npos;
  }
  return found;
}

std::string dump(const Situation& situation) {
  std::string lines = fmt::format("{} {} {}\n", situation.district->hash, situation.samples_dropped,
                                  to_iso(situation.headline_day));
  for (const NodeSituation& node : situation.nodes) {
    lines += fmt::format("{} {} {} {} {} {} {} {} since {}\n", node.id.str(), text(node.state),
                         text(node.calculated), text(node.own), node.probed, node.works_fresh,
                         node.contradiction, name_of(node.word), text(node.since));
  }
  for (const OfferSituation& offer : situation.offers) {
    lines += offer.node.str() + " " + text(offer.now) + text(offer.days);
  }
  for (const PlaceSituation& place : situation.places) {
    lines += place.office.str() + "@" + place.site.str() + " " + text(place.now) + text(place.days);
  }
  for (const ProbeSituation& probe : situation.probes) {
    lines += fmt::format("{} {} {} {} {} {} {}\n", probe.id.str(), probe.fresh,
                         name_of(probe.outcome), probe.flapping, text(probe.since),
                         probe.lost ? name_of(*probe.lost) : "-", probe.detail);
  }
  for (const PathSituation& path : situation.paths) {
    lines +=
        fmt::format("{}{} {} {}\n", path.uplink.str(), path.site.str(), path.up, text(path.since));
  }
  for (const WordSituation& word : situation.words) {
    lines += fmt::format("{} {} {} {}-{} {} {} {}\n", word.id.str(), to_text(word.scope),
                         name_of(word.said), to_rfc3339(word.set_at), to_rfc3339(word.until),
                         word.role, name_of(word.status), word.disagreeing.size());
  }
  return lines;
}

}  // namespace dienstbereit::engine::test
