// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "web/control.h"
#include "web/testing/fake_gatekeeper.h"
#include "web/testing/fake_intake.h"
#include "web/testing/states.h"

namespace dienstbereit::web::test {

// Answers every command at once, and remembers what it was asked.
class FakeSink : public InputSink {
 public:
  bool report(ProbeResult) override { return true; }
  void clock_stepped(Duration) override {}
  void command(Actor actor, Command command, Reply reply) override {
    Answer answer;
    answer.seq = 12;
    answer.until = dienstbereit::test::at("2026-11-23T16:30:00Z");
    if (std::holds_alternative<Why>(command)) {
      answer.node.emplace();
      answer.node->id = std::get<Why>(command).node;
      answer.why = {dienstbereit::test::step(ReasonKind::NeedDown, "A1@S1/V1", "DB")};
    } else if (const auto* plan = std::get_if<WhatIf>(&command)) {
      answer.touched = {{OfficeId("A1"), SiteId("S1"), ServiceId(), true, plan->from, plan->to,
                         Readiness::Normal, Readiness::Closed, plan->from}};
    } else if (std::holds_alternative<SetWord>(command)) {
      answer.word = WordId("12");
      answer.changes = {{NodeId("A1@S1"), Readiness::Limited, Readiness::Closed}};
      answer.disagreeing = {ProbeId("DB/sql")};
    }
    {
      const std::lock_guard lock(mutex_);
      actors_.push_back(actor);
      commands_.push_back(command);
    }
    if (refuses) {
      reply(fail(*refuses, "the engine says no"));
    } else if (!silent) {
      reply(answer);
    }
  }
  std::vector<Actor> actors() const {
    const std::lock_guard lock(mutex_);
    return actors_;
  }
  std::vector<Command> commands() const {
    const std::lock_guard lock(mutex_);
    return commands_;
  }
  void forget() {
    const std::lock_guard lock(mutex_);
    actors_.clear();
    commands_.clear();
  }

  bool silent = false;  // never answers
  std::optional<Errc> refuses;

 private:
  mutable std::mutex mutex_;
  std::vector<Actor> actors_;
  std::vector<Command> commands_;
};

// Keeps them in memory; the token of every link is "link".
class FakeSubscriptions : public Subscriptions {
 public:
  void add(std::string mail, std::string language, Done done) override {
    if (refuses) return done(fail(*refuses, "the program says no"));
    Subscriber one;
    one.id = "abcdefghijk" + std::to_string(kept.size());
    one.mail = std::move(mail);
    one.language = std::move(language);
    one.token = "link";
    one.made = dienstbereit::test::at("2026-11-23T06:10:00Z");
    kept[one.id] = one;
    done(one);
  }
  void find(std::string id, std::string token, Done done) override {
    const auto found = kept.find(id);
    done(found == kept.end() || token != "link" ? none() : Result<Subscriber>(found->second));
  }
  void confirm(std::string id, std::string token, Done done) override {
    if (kept.contains(id) && token == "link") kept[id].confirmed = kept[id].made;
    find(id, token, done);
  }
  void end(std::string id, Done done) override {
    find(id, "link", done);
    kept.erase(id);
  }
  void list(std::function<void(std::vector<Subscriber>)> done) override {
    std::vector<Subscriber> all;
    for (const auto& [id, one] : kept) all.push_back(one);
    done(all);
  }

  std::map<std::string, Subscriber> kept;
  std::optional<Errc> refuses;

 private:
  static Result<Subscriber> none() { return fail(Errc::NotFound, "there is no such subscription"); }
};

class FakeControl : public Control {
 public:
  explicit FakeControl(Instant at) : now_(at) {}

  Instant now() const override { return now_; }
  std::optional<std::string> heartbeat_token(const ProbeId& probe) const override {
    return probe.str() == "DB/beat" ? std::optional<std::string>("geheim") : std::nullopt;
  }
  bool heartbeat(const ProbeId&) override { return !full; }
  void acknowledge(Actor, std::string what, Reply reply) override {
    Answer answer;
    answer.notes = {what};
    give(answer, reply);
  }
  void reload(Actor, Reply reply) override {
    Answer answer;
    answer.notes = {"1 component is new"};
    give(answer, reply);
  }
  void backup(Actor, std::string file, Reply reply) override {
    Answer answer;
    answer.notes = {file};
    give(answer, reply);
  }
  void keep_photo(std::string picture, Kept done) override {
    photos["p-1"] = std::move(picture);
    done(std::string("p-1"));
  }
  void find_photo(const std::string& id, Kept done) override {
    const auto found = photos.find(id);
    done(found == photos.end() ? Result<std::string>(fail(Errc::NotFound, "no such photo"))
                               : Result<std::string>(found->second));
  }
  void erase_photo(const std::string& id, Kept done) override {
    photos.erase(id);
    done(std::string());
  }
  void keep_feedback(std::string given, Kept done) override {
    if (refuses) {
      done(fail(*refuses, "the program says no"));
      return;
    }
    feedback.emplace_back("f-1", std::move(given));
    done(std::string("f-1"));
  }
  void list_feedback(std::function<void(std::vector<Entry>)> done) override { done(feedback); }
  void erase_feedback(const std::string&, Kept done) override {
    feedback.clear();
    done(std::string());
  }
  Subscriptions& subscriptions() override { return subscribers; }
  void make_handbook(Papers done) override { give_papers("handbook.de.html", done); }
  void make_packs(const SiteId& site, Papers done) override {
    give_papers("pack-" + site.str() + ".html", done);
  }
  std::vector<Wording> papers_due() const override { return due; }
  std::optional<HomepageFigures> homepage() const override { return figures; }
  Result<void> fetch_homepage(bool anew) override {
    if (refuses) return fail(*refuses, "the program says no");
    fetches.push_back(anew);
    return {};
  }
  void prune_homepage(unsigned keep, Kept done) override {
    if (silent) return;
    if (refuses) return done(fail(*refuses, "the program says no"));
    done("copies removed: " + std::to_string(keep));
  }
  IntakePort* intake() const override { return &counters; }
  std::vector<Gauge> gauges() const override {
    return {{"input_queue_length", "Inputs that wait for the engine", 3}};
  }
  std::optional<Wording> warning() const override { return warns; }

  FakeSubscriptions subscribers;
  std::optional<Wording> warns;
  std::vector<Wording> due;
  std::optional<HomepageFigures> figures;
  std::vector<bool> fetches;
  std::map<std::string, std::string> photos;
  std::vector<Entry> feedback;
  mutable FakeIntake counters;
  bool full = false;    // takes no heartbeat
  bool silent = false;  // never answers
  std::optional<Errc> refuses;

 private:
  void give(const Answer& answer, const Reply& reply) const {
    if (refuses) {
      reply(fail(*refuses, "the program says no"));
    } else if (!silent) {
      reply(answer);
    }
  }

  void give_papers(std::string path, const Papers& done) const {
    if (refuses) {
      done(fail(*refuses, "the program says no"));
    } else if (!silent) {
      done(std::vector<StaticFile>{{std::move(path), std::string("\0\xFF%PDF", 6)}});
    }
  }

  Instant now_;
};

inline std::shared_ptr<const Situation> situation_of(const std::shared_ptr<World>& world) {
  return {world, &world->situation};
}

}  // namespace dienstbereit::web::test
