// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "story/house.h"
#include "words/words.h"

namespace dienstbereit::stories {

// A house on virtual time with a district in its own language, people, and the public sentences,
// each looked up on its page too.
class World final {
 public:
  // `start` and all times: "2026-11-23T07:00+01:00".
  World(const std::string& yaml, const std::string& start);
  // The same journal, read by a program started anew while its machine's clock says `start`.
  void restart(const std::string& start);

  // From the next run of the probe on. Every probe succeeds until told otherwise.
  void fails(const std::string& probe, const std::string& detail = "connection refused");
  void slow(const std::string& probe);
  void works(const std::string& probe);
  void all_fail(const std::vector<std::string>& probes);
  void all_work(const std::vector<std::string>& probes);

  // Lets time pass; everything that is due meanwhile happens.
  void pass(Duration time);
  void until(const std::string& time);

  // A person's word; the answer must be good.
  Answer set(const std::string& scope, Said said, const std::string& until = "",
             const std::string& text = "");
  // The machine's clock from now on; `confirm_clock` vouches for it.
  void set_clock(const std::string& time);
  // Any other command of a person; the answer must be good.
  Answer ask(Command command);
  void confirm_clock();
  void reload(const std::string& yaml);

  const Situation& now() const;
  const Record& outage() const { return *now().record; }
  // The public sentences. Each is looked for where its page shows it ("/", "/en/", "/amt/KFZ"): a
  // page that says something else fails the story.
  std::string headline(words::Language language) const;
  std::string de() const { return headline(words::Language::De); }
  std::string en() const { return headline(words::Language::En); }
  // What is said of "OFFICE@SITE/SERVICE", and its reasons, a line each; as the page of its office.
  std::string says(const std::string& offer, words::Language language) const;
  std::string why(const std::string& offer, words::Language language) const;
  // What 'dienstbereit why' says of any node, in plain words.
  std::string explains(const std::string& node, words::Language language);
  // What qualifies the whole home page, and people's words on it; a line each.
  std::string notices(words::Language language) const;
  std::string statements(words::Language language) const;
  // What 'dienstbereit status' asks people; a line each.
  std::string questions(words::Language language) const;
  // What a reader sees at a path; fails the story if there is no such page.
  std::string page(const std::string& path) const;
  const OfferSituation& offer(const std::string& node) const;
  const PlaceSituation& place(const std::string& subject) const;
  Readiness word(const std::string& subject) const;  // of an offer or place, hours left aside
  Interval state(const std::string& node) const;
  const std::vector<std::string>& asked() const { return house_.asked(); }
  // Every event so far as text, for comparing replays.
  std::string record() const;

  // From now on these people are told.
  void tell(Roster people) { house_.set_people(std::move(people)); }
  // A channel that fails until told otherwise; every other delivers at once.
  void breaks(const std::string& channel) { house_.break_channel(channel); }
  void heals(const std::string& channel) { house_.heal_channel(channel); }
  using Delivered = story::House::Captured;
  // What arrived, oldest first.
  const std::vector<Delivered>& delivered() const { return house_.captured(); }

 private:
  void tell(const std::string& probe, ProbeOutcome outcome, const std::string& detail = "");
  Instant civil_now() const { return house_.now() + now().civil_offset; }
  view::Overview overview() const;
  std::string html(const std::string& path) const;
  view::ServiceView service(const std::string& offer) const;
  // The item of a service in the part of its place, on the page of its office.
  std::string card(const view::ServiceView& service, words::Language language) const;

  journal::MemoryJournal journal_;
  story::House house_;
};

}  // namespace dienstbereit::stories
