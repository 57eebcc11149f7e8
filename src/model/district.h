// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/time.h"
#include "model/hours.h"
#include "model/ids.h"
#include "model/intake/form.h"
#include "model/interim/plan.h"
#include "model/outside/homepage.h"
#include "model/outside/mail.h"
#include "model/outside/outpost.h"
#include "model/outside/papers.h"
#include "model/outside/publish.h"
#include "model/outside/subscriber.h"
#include "model/probe.h"
#include "model/recovery.h"
#include "model/telling/channel.h"
#include "model/wording.h"

namespace dienstbereit {

// How the states of needs make one (DESIGN of the algebra: docs/formats/impact.md).
enum class Operator : std::uint8_t { All, Any, AtLeast, Degrades, Share };

struct Needs;

// One need: a node by id, or a group of its own. A buffer keeps the old value for what is left of
// `buffer` after the need fell, and refills over `recharge`.
struct Need {
  NodeId node;               // empty if `group` holds one element
  std::vector<Needs> group;  // none or one
  double weight = 1.0;       // for Operator::Share
  Duration buffer{0};
  Duration recharge{0};      // 0: refills at once
};

struct Needs {
  Operator op = Operator::All;
  std::vector<Need> of;
  unsigned at_least = 0;  // for AtLeast
  double full = 1.0;      // for Share: share from which it is operational
  double limited = 0.5;   // for Share: share from which it is degraded
  bool empty() const { return of.empty(); }
};

// What the accessibility statement says besides what the program knows of its own pages.
struct Accessibility {
  Wording contact;      // who takes feedback, by what telephone and at what postal address
  Wording enforcement;  // the body to turn to if no answer comes
  Wording gaps;         // what is known not to be accessible
  std::string reviewed;  // the day the statement was last looked at, as "2026-11-23"
};

// Which legal clocks the administration keeps; a profile that it sets itself, no legal advice.
struct LegalDuties {
  bool gdpr = true;       // 72 h from knowledge to the data protection authority
  bool nis2 = false;      // 24 h, 72 h and a final report
  bool voluntary = true;  // a voluntary report of a suspected attack is offered
  Wording authority;      // who takes data protection reports
};

struct Administration {
  std::string id;  // short name for files and feeds: "beispielkreis"
  Wording name;    // "Kreisverwaltung Beispielkreis"
  std::string ags;  // five digits of the Kreis
  std::string time_zone = "Europe/Berlin";
  std::optional<Land> land = Land::NW;
  std::string public_url;  // address citizens use for the status page; may be empty
  Wording phone;           // shown on every page: "Telefon 115 oder 02104 99-0"
  Wording imprint;         // who answers for the page
  Accessibility accessibility;
  bool second_approval = false;  // statements are approved by a second person before they go out
  LegalDuties legal;
  SiteId observer_at;      // the site where Dienstbereit's machine stands
};

struct Site {
  SiteId id;
  Wording name;
  std::string ags;  // eight digits
  std::string address;
  std::string phone;
  Needs needs;  // what the building itself needs to be usable (power, heating)
  Needs link;   // its ways to the centre; empty: it needs none
};

// An office's place at a site, and when it is open there.
struct OfficeSite {
  SiteId site;
  OpeningHours hours;
  Duration last_admission{0};  // before closing; 0: none
  Wording note;
};

// "Regular service": by default at least one service of the place is not closed.
struct RegularCondition {
  unsigned at_least = 1;            // how many of `services` must not be closed
  std::vector<ServiceId> services;  // empty: of all with a slot
};

struct Office {
  OfficeId id;
  Wording name;
  std::string phone;
  std::string email;
  std::vector<OfficeSite> sites;
  RegularCondition regular;
};

enum class ServiceKind : std::uint8_t {
  Counter,
  Desk,
  Phone,
  Inbound,
  Appointment,
  Outreach,
  Inspection,  // take the office's hours
  Online,
  Channel,
  Payment,
  Shared,
  Internal,
  Statutory              // continuous
};

// What a site gives of a service: voll / nur Annahme / nur Ausgabe / Auskunft.
enum class Extent : std::uint8_t { Full, TakeInOnly, IssueOnly, InformationOnly };

// What is left of a service when its IT is down.
enum class OfflineMode : std::uint8_t { None, Full, TakeIn, FromList, RepeatList, Refer };

struct Offline {
  OfflineMode mode = OfflineMode::None;
  Wording text;  // "Anträge werden auf Papier angenommen, Sie bekommen eine Quittung."
  Needs needs;   // what the mode itself needs: telephone, a printed list younger than 12 h
};

// One service of one office at one site.
struct Offer {
  OfficeId office;
  SiteId site;
  bool remote = false;  // not bound to the site: needs neither the building nor its link
  Extent extent = Extent::Full;
  std::optional<OpeningHours> hours;  // where they differ from the office's
  Needs needs;                        // what only this place needs (its printer, its terminal)
};

struct Service {
  ServiceId id;
  Wording name;
  std::vector<ServiceKind> kinds;  // at least one
  bool always = false;             // 24/7
  std::vector<Offer> offers;
  Needs needs;
  std::optional<Duration> rto;   // time to reach the emergency level
  std::optional<Duration> mtpd;  // absolute limit
  std::optional<Duration> rpo;   // tolerable loss of data
  Wording emergency_level;       // Notbetriebsniveau in words
  Needs emergency_needs;         // and as a condition; empty: none given
  Offline offline;
  Wording limit;       // what to say when it is degraded; a default exists
  std::string leika;   // 14 digits, optional
};

// True if the service has opening slots (counter and its kin, not 24/7): only these count as
// "geöffnet".
bool has_slots(const Service& service);

struct Component {
  NodeId id;
  Wording name;
  Wording public_name;  // what citizens read instead; empty: `name`
  std::string kind;     // "server", "switch", "ups", "feed", "link", "database", ...; free word
  SiteId site;          // empty: outside the house
  Needs needs;
  ProviderId provider;
  std::optional<Duration> rto;
  Duration restart_time{0};
  std::vector<NodeId> restart_after;
};

struct Provider {
  ProviderId id;
  Wording name;
  std::string contact;  // how to reach them when the house's telephone and mail are dead
  std::string contract_time;  // "Mo-Fr 08:00-18:00, Reaktion 4 h"
};

// A way from the observer to the world.
struct Uplink {
  UplinkId id;
  Wording name;
  std::string bind;  // local numeric address to send from; empty: the system chooses
  bool house = false;  // the administration's own network: its loss is named in the headline
  OutpostId outpost = {};  // whose leg it is; empty: this machine's
};

struct LoopGroup {
  std::string id;
  std::vector<NodeId> members;
};

// The whole configuration of one administration: immutable, swapped as a whole.
struct District {
  Administration administration;
  std::vector<Site> sites;
  std::vector<Office> offices;
  std::vector<Service> services;
  std::vector<Component> components;
  std::vector<Provider> providers;
  std::vector<Uplink> uplinks;
  std::vector<LoopGroup> mutual;
  std::vector<LocalRule> local_rules;
  std::vector<Crew> crews;
  std::vector<EstimateRule> estimates;  // before the shipped ones, in the order of writing
  DecisionTimes decision_times;
  std::vector<ChannelSpec> channels;
  SubscriptionOffer subscriptions;  // to the public statements
  std::vector<ProbeSpec> probes;  // of components, services, sites and anchors alike
  std::vector<PublishTarget> publish;  // copies outside the house
  HandbookSpec handbook;
  PackSpec pack;
  std::optional<BackupMail> mail;      // who takes mail while the house cannot
  std::vector<Outpost> outposts;       // second places from which probes run
  std::optional<HomepageSpec> homepage;  // that goes on while the real one is away
  std::vector<Plan> plans;
  std::vector<Fallback> fallbacks;
  IntakeRules intake;                  // emergency intake; off without services
  std::vector<IntakeForm> forms;       // its forms
  std::string text;  // the whole source, as journaled (docs/formats/district.md, "bundle")
  std::string hash;  // SHA-256 of `text`, hex
};

// Lookups; nullptr where there is none. Linear: districts have hundreds of entries, and the engine
// compiles what it needs often.
const Site* find_site(const District& district, const SiteId& id);
const Office* find_office(const District& district, const OfficeId& id);
const Service* find_service(const District& district, const ServiceId& id);
const Component* find_component(const District& district, const NodeId& id);
const ChannelSpec* find_channel(const District& district, const ChannelId& id);
const ProbeSpec* find_probe(const District& district, const ProbeId& id);
const Outpost* find_outpost(const District& district, const OutpostId& id);
const Plan* find_plan(const District& district, const PlanId& id);
const Fallback* find_fallback(const District& district, const FallbackId& id);

const IntakeForm* find_form(const District& district, std::string_view id);

const OfficeSite* find_place(const District& district, const OfficeId& office, const SiteId& site);

// True if people get the service without going anywhere: of kind Online only.
bool is_remote(const Service& service);

// The hours that count for an offer: its own, else those of its office there; nullptr if the office
// is not there.
const OpeningHours* hours_of(const District& district, const Offer& offer);
// True if the service has opening slots there: has_slots(service), and those hours are not 24/7.
bool has_slots(const District& district, const Service& service, const Offer& offer);

// When the office is open there: its hours, public holidays and the local rules for it.
PlaceCalendar calendar_of(const District& district, const OpeningHours& hours,
                          const OfficeId& office, const SiteId& site);

// "AMT@HAUS/DIENST".
NodeId offer_node(const OfficeId& office, const SiteId& site, const ServiceId& service);

// The names used in the district's YAML, in JSON and in the journal.
const char* name_of(Operator op);  // all any at_least degrades share
const char* name_of(ServiceKind kind);  // counter desk phone ...
const char* name_of(Extent extent);  // full take_in issue information
const char* name_of(OfflineMode mode);  // none full take_in from_list repeat_list refer

// Turns the bundle text of a district into a District; config implements it for the engine.
class DistrictLoader {
 public:
  virtual ~DistrictLoader() = default;
  // The error's message lists the problems of the file, one a line.
  virtual Result<std::shared_ptr<const District>> load(const std::string& bundle) const = 0;
};

}  // namespace dienstbereit
