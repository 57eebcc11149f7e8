// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "config/report.h"
#include "model/district.h"

// The district as written, before what stands only once is spread out (compile.h).
namespace dienstbereit::config {

// All kinds of probes in one: `kind` says which part counts.
struct ProbeDraft {
  Mark mark;
  std::string name;  // empty: the kind
  ProbeAction action;
  std::optional<Proof> proves;
  UplinkId uplink;
  OutpostId from;
  NodeId component;  // of an anchor: the component it asks
  Duration every = std::chrono::seconds(60);
  Duration timeout = std::chrono::seconds(10);
  std::optional<Duration> slow;
  unsigned attempts = 2;
};

struct SiteDraft : Site {
  std::vector<ProbeDraft> probes;
};

// What a list of sites or a map from site to details gives.
struct SitePart {
  SiteId site;
  Mark mark;
  Extent extent = Extent::Full;
  std::optional<OpeningHours> hours;
  Needs needs;
  Duration last_admission{0};
  Wording note;
};

struct OfficeDraft : Office {
  std::optional<OpeningHours> hours;
  Duration last_admission{0};
  std::vector<SitePart> parts;
};

struct ServiceDraft : Service {
  std::vector<OfficeId> offered;
  std::vector<SitePart> parts;  // empty: every site of the offices
  std::optional<OpeningHours> hours;
  std::vector<ProbeDraft> probes;
};

struct ComponentDraft : Component {
  std::vector<ProbeDraft> probes;
};

struct UplinkDraft : Uplink {
  std::vector<ProbeDraft> probes;
};

struct PublishDraft : PublishTarget {
  Mark mark;
};

struct LocalDraft {
  Wording name;
  std::optional<OpeningHours> hours;
  std::vector<SiteId> sites;
  std::vector<OfficeId> offices;
};

struct CrewDraft : Crew {
  std::optional<OpeningHours> hours;
};

struct EstimateDraft : EstimateRule {
  Mark mark;
};

struct PackSiteDraft : PackSite {
  Mark mark;
};
struct PackDraft : PackSpec {
  std::vector<PackSiteDraft> at_sites;
};

struct StepDraft : Step {
  Mark mark;
};

struct PlanDraft : Plan {
  Mark mark;
  std::vector<StepDraft> drafts;  // of `steps`
};

struct FallbackDraft : Fallback {
  Mark mark;
};

struct IntakeServiceDraft : IntakeService {
  Mark mark;
};

struct IntakeDraft : IntakeRules {
  std::vector<IntakeServiceDraft> written;  // its services
};

struct FormDraft : IntakeForm {
  Mark mark;
};

struct DistrictDraft {
  std::optional<Mark> administration_at;
  Administration administration;
  std::vector<SiteDraft> sites;
  std::vector<OfficeDraft> offices;
  std::vector<ServiceDraft> services;
  std::vector<ComponentDraft> components;
  std::vector<Provider> providers;
  std::vector<UplinkDraft> uplinks;
  std::vector<LoopGroup> mutual;
  std::vector<LocalDraft> local;
  std::vector<PublishDraft> publish;
  std::optional<Mark> homepage_at;
  HomepageSpec homepage;
  std::vector<CrewDraft> crews;
  std::vector<EstimateDraft> estimates;
  std::optional<Mark> decision_at;
  DecisionTimes decision;
  std::vector<ChannelSpec> channels;
  std::optional<Mark> subscriptions_at;
  SubscriptionOffer subscriptions;
  std::optional<Mark> handbook_at;
  HandbookSpec handbook;
  std::optional<Mark> pack_at;
  PackDraft pack;
  std::optional<Mark> mail_at;
  BackupMail mail;
  std::vector<Outpost> outposts;
  std::vector<PlanDraft> plans;
  std::vector<FallbackDraft> fallbacks;
  std::optional<Mark> intake_at;
  IntakeDraft intake;
  std::vector<FormDraft> forms;  // of files of their own
};

}  // namespace dienstbereit::config
