// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "journal/journal.h"

// The engine on virtual time over a journal that can be told to fail.
namespace dienstbereit::engine::test {

inline Instant at(const char* text) { return parse_rfc3339(text).value(); }

class FakeJournal final : public journal::Journal {
 public:
  bool broken = false;
  std::vector<journal::Record> records;

  Result<void> read(std::uint64_t from_seq, const journal::Visitor& visit) const override {
    for (const journal::Record& record : records) {
      if (record.seq >= from_seq && !visit(record)) break;
    }
    return {};
  }

 private:
  Result<void> store(std::span<const journal::Record> batch) override {
    if (broken) return fail(Errc::Io, "disk full");
    records.insert(records.end(), batch.begin(), batch.end());
    return {};
  }
};

// V01 needs SERVER, which needs POWER over a buffer; V02 needs SERVER or its spare, and paper will
// do. With `wide`, there is a second site and a third service.
std::shared_ptr<const District> small_district(bool wide = false);

class Bed final : public DistrictLoader, public ProbePort {
 public:
  explicit Bed(const char* start) : clock(at(start)), wall(clock) {}

  // A program started anew on the same journal.
  Result<void> start(bool doubted = false);
  void pass(Duration time);  // everything due meanwhile happens
  void turn() { engine->turn(std::chrono::milliseconds(0)); }
  void result(const char* probe, ProbeOutcome outcome, const char* phase = "");
  Result<Answer> ask(Command command);  // with its turn
  Answer say(const char* node, Said said, const char* until);
  const NodeSituation& node(const char* id) const;
  const OfferSituation& offer(const char* id) const;
  std::size_t count(const std::string& type, const std::string& part = "") const;

  Result<std::shared_ptr<const District>> load(const std::string& bundle) const override;
  void run_now(const ProbeId& probe) override { asked.push_back(probe); }
  void use(std::shared_ptr<const District> in_force) override { used = std::move(in_force); }

  FakeJournal journal;
  Instant clock;
  Instant wall;
  std::shared_ptr<const District> district = small_district();
  std::shared_ptr<const District> used;
  std::vector<ProbeId> asked;
  std::shared_ptr<const Roster> people;  // set both before start() to have somebody told
  MessagePort* outbox = nullptr;
  ActionPort* hand = nullptr;  // likewise, to have actions carried out
  Studies::Run calculate;      // likewise, to have calculations done beside the engine
  std::shared_ptr<const Situation> seen;
  unsigned published = 0;
  std::unique_ptr<Engine> engine;
};

// All that follows from the events, as text; not what the moment of asking adds.
std::string dump(const Situation& situation);

}  // namespace dienstbereit::engine::test
