// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/situation.h"
#include "view/day.h"
#include "view/mail.h"
#include "view/roll_up.h"
#include "view/stamp.h"
#include "view/told.h"

namespace dienstbereit::view {

// Read models shaped for pages: pure functions of a situation and `now`, holding what they show by
// value. Texts come from dienstbereit::words.

// One service as offered at one place.
struct ServiceView {
  NodeId node;  // "ROADS@S3/REGISTER"
  PlaceName place;
  ServiceId service;
  Wording name;
  std::vector<ServiceKind> kinds;
  Extent extent = Extent::Full;
  bool slotted = true;   // false: continuous; only `now` counts
  bool always = false;   // 24/7, by its own hours or by those of its place
  bool internal = false;  // only of kinds Shared and Internal: for operators
  bool several = false;  // the service is offered at more than one place
  Verdict now;           // by state alone
  Schedule schedule;     // slotted only
  std::optional<DayWord> day;  // slotted: on the page's day; none: no slot that day
  OfflineMode offline = OfflineMode::None;  // what is left when its IT is down
  Wording offline_text;
  bool offline_in_use = false;  // it is what is left just now

  // What the page says of the service: of the page's day if it has slots then, else `now`.
  const Verdict& shown() const { return day ? day->verdict : now; }
};

// One office at one site.
struct PlaceView {
  PlaceName place;
  bool slotted = true;   // false: only continuous services, or none; only `now` counts
  Verdict now;
  Schedule schedule;
  std::optional<DayWord> day;  // on the page's day; none: no slot that day
  std::string phone;           // of the office, else of the site
  Duration last_admission{0};
  Wording note;
  std::vector<ServiceView> services;  // all of the place, in district order

  const Verdict& shown() const { return day ? day->verdict : now; }
};

// Over several places: what is certain of them together. Without any place with slots: over those
// with continuous services as they are now (`counter` false). `counted` places; 0: none that day.
struct SummaryWord {
  Readiness readiness = Readiness::Closed;
  bool presumed = false;
  bool counter = true;
  unsigned counted = 0;
};

// A line in the lists of the administration's page. `places` are its roll-up for the page's day.
struct OfficeLine {
  OfficeId id;
  Wording name;
  SummaryWord word;
  RollUp places;
  std::vector<PlaceView> at;  // one a site
};
struct SiteLine {
  SiteId id;
  Wording name;
  std::string address;
  SummaryWord word;
  RollUp places;
  std::optional<SightLoss> unseen;
};

// A person's word as it stands.
struct WordView {
  WordId id;
  Scope scope;
  Said said = Said::Unknown;
  Wording text;
  std::string role;
  Instant set_at;
  Instant until;
  WordStatus status = WordStatus::InForce;
  std::vector<ProbeId> disagreeing;
};

enum class QuestionKind {
  WordDoubted,     // a new fault came up since the word was given
  WordUnrenewed,   // it ran out
  WordEndsSoon,    // within kEndsSoon
  ProbesDisagree,  // fresh probes say otherwise
  Contradiction,   // measured working although its needs are down
  SightLost,       // please say the states of what cannot be seen
  ClockUnchecked,  // please confirm the clock
  CopyFailing,     // a copy of the pages outside the house is not up to date
  OnlyInside,      // fails as seen from outside, works as seen from the house
  OnlyOutside,     // the reverse
  OutpostSilent,   // it does not report
  OutpostClock,    // its clock is wrong
  OutpostLost,     // its outbox was full
};
inline constexpr Duration kEndsSoon = std::chrono::minutes(30);

// What a person should answer or look into.
struct OpenQuestion {
  QuestionKind kind = QuestionKind::WordDoubted;
  WordId word;       // the first four
  Scope scope;       // the first four
  NodeId node;       // Contradiction, OnlyInside, OnlyOutside; of outposts: the outpost's id
  SightLoss sight;   // SightLost
  Instant at;        // WordEndsSoon, WordUnrenewed: its end; CopyFailing: since when
  std::vector<ProbeId> probes;  // ProbesDisagree
  PublishId copy;               // CopyFailing
  std::uint64_t amount = 0;     // OutpostClock: seconds it is off; OutpostLost: changes
};
// The longest list of open questions a page carries; `questions_left` counts the rest.
inline constexpr std::size_t kQuestionsMax = 50;

// The page of the administration.
struct Overview {
  Stamp stamp;
  Wording name;
  Wording phone;
  Wording imprint;
  std::string public_url;
  Day today;
  Day day;  // the day answered for
  bool has_counters = false;  // any place has slots, whatever the day
  RollUp roll_up;             // of the places with slots
  RollUp continuous_roll_up;  // of those with continuous services only that citizens use
  // Why the offices are shut today, where `day` is later: one cause for all places, else empty.
  HoursLayer today_layer = HoursLayer::Weekly;
  Wording today_cause;
  bool shut_today = false;       // no place has a slot today
  bool shut_for_today = false;   // there were slots today, all are over
  std::optional<ToldStatement> told;  // what the administration says first
  bool has_statements = false;        // there is more to read on their page
  std::optional<HeldMail> mail;
  std::vector<OfficeLine> offices;
  std::vector<SiteLine> sites;
  std::vector<ServiceView> continuous;  // online, channels, ...: all of them
  std::vector<ServiceView> without_it;  // slotted services with an offline mode
  std::vector<WordView> words;          // newest first
  std::vector<OpenQuestion> questions;
  std::size_t questions_left = 0;
};
Overview overview(const Situation& situation, Instant now);

// How the services of a page sort: by the word shown.
struct ServiceGroups {
  std::vector<ServiceView> works;       // normal, presumed ones included (see `presumed`)
  std::vector<ServiceView> limited;
  std::vector<ServiceView> does_not;    // closed
  std::vector<ServiceView> unknown;
  std::vector<ServiceView> not_that_day;  // no slot on the page's day
  std::vector<ServiceView> without_it;  // those with an offline mode, in any state
};
ServiceGroups group(const std::vector<ServiceView>& services);

struct OfficePage {
  Stamp stamp;
  OfficeId id;
  Wording name;
  std::string phone;
  std::string email;
  Day today;
  Day day;
  RollUp roll_up;
  RollUp continuous_roll_up;
  std::vector<PlaceView> places;  // one a site, those without a counter too
};
// None if the district has no such office.
std::optional<OfficePage> office_page(const Situation& situation, const OfficeId& id, Instant now);

struct SitePage {
  Stamp stamp;
  SiteId id;
  Wording name;
  std::string address;
  std::string phone;
  Day today;
  Day day;
  RollUp roll_up;
  RollUp continuous_roll_up;
  std::optional<SightLoss> unseen;
  std::vector<PlaceView> places;  // one an office
};
std::optional<SitePage> site_page(const Situation& situation, const SiteId& id, Instant now);

}  // namespace dienstbereit::view
