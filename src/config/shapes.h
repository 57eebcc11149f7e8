// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "config/draft.h"
#include "config/keys.h"

// The shapes of a district's parts: the table of keys itself.
namespace dienstbereit::config {

const Shape& district_shape();        // DistrictDraft
const Shape& administration_shape();  // Administration
const Shape& accessibility_shape();   // Accessibility
const Shape& legal_shape();           // LegalDuties
const Shape& site_shape();            // SiteDraft
const Shape& office_shape();          // OfficeDraft
const Shape& office_site_shape();     // SitePart, of an office
const Shape& regular_shape();         // RegularCondition
const Shape& service_shape();         // ServiceDraft
const Shape& service_site_shape();    // SitePart, of a service
const Shape& offline_shape();         // Offline
const Shape& component_shape();       // ComponentDraft
const Shape& provider_shape();        // Provider
const Shape& uplink_shape();          // UplinkDraft
const Shape& outpost_shape();         // Outpost
const Shape& mutual_shape();          // LoopGroup
const Shape& local_shape();           // LocalDraft
const Shape& crew_shape();            // CrewDraft
const Shape& estimate_shape();        // EstimateDraft
const Shape& decision_shape();        // DecisionTimes
const Shape& deadlines_shape();       // DecisionTimes
const Shape& tls_shape();             // TlsOptions
const Shape& channel_shape();         // ChannelSpec
const Shape& subscriptions_shape();   // SubscriptionOffer
const Shape& handbook_shape();        // HandbookSpec
const Shape& handbook_role_shape();   // EmergencyRole
const Shape& pack_shape();            // PackDraft
const Shape& pack_site_shape();       // PackSiteDraft
const Shape& appointments_shape();    // AppointmentSource
const Shape& partner_shape();         // PartnerOffice
const Shape& mail_shape();            // BackupMail
const Shape& homepage_shape();        // HomepageSpec
const Shape& copy_bounds_shape();     // CopyBounds
const Shape& virtual_address_shape(); // VirtualAddress
const Shape& name_update_shape();     // NameUpdate
const Shape& intake_shape();          // IntakeDraft
const Shape& intake_service_shape();  // IntakeServiceDraft
const Shape& form_shape();            // FormDraft: the top of a file of forms/
const Shape& need_shape();            // internal to needs.cpp
const Shape& wording_shape();         // Wording

// Lists and maps that are read by functions of their own.
void read_estimates(Reader& reader, const Node& node, std::vector<EstimateDraft>& estimates);

// Of a ProbeDraft; one shape a kind, with the common keys in each.
const std::vector<const Shape*>& probe_shapes();
// Of a PublishDraft; one shape a kind.
const std::vector<const Shape*>& publish_shapes();
void read_targets(Reader& reader, const Node& node, std::vector<PublishDraft>& targets);
void read_probes(Reader& reader, const Node& node, std::vector<ProbeDraft>& probes);

}  // namespace dienstbereit::config
