// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "config/draft.h"
#include "config/reader.h"

// What must hold across the entries of a district. Each function reports all it finds.
namespace dienstbereit::config {

// Every id that is used is defined, and is of the kind wanted there.
void check_uses(Reader& reader);
// The sites' official keys begin with that of the Kreis.
void check_keys_of_municipalities(const District& district, Reader& reader);
// RTO <= MTPD; RTO of each component that a service cannot do without <= RTO of the service.
void check_times(const District& district, Reader& reader);
// Loops of needs outside `mutual:`, and loops of `restart_after`, with their paths of ids.
void check_loops(const District& district, Reader& reader);
// Crews that work at some time and have a possible size; estimates that can be, one a kind and
// fault; deadlines within a week.
void check_recovery(const DistrictDraft& draft, Reader& reader);
// Warnings: a mutual group that no `works` probe can end; an anchor that stands on what services
// need.
void warn_of_blind_spots(const District& district, const DistrictDraft& draft, Reader& reader);
// Each channel has what its kind needs. Warnings: it depends on what it is to tell of (a node of
// the district, the house's network or names); it is the only one.
void check_channels(const District& district, Reader& reader);
// Subscriptions have a mail channel, and an address for the links in the mails.
void check_subscriptions(const District& district, const DistrictDraft& draft, Reader& reader);

// Packs are for sites that are there, once each; their appointments are of offices that are there.
void check_papers(const District& district, const DistrictDraft& draft, Reader& reader);
// The backup MX reads function addresses outside, has room for its messages, and is no domain of
// its own. Warnings: nothing proves that it works, nobody sees what waits.
void check_mail(const District& district, const DistrictDraft& draft, Reader& reader);

// Each service of emergency intake has its form, and is offered somewhere; forms are sound.
// Warnings: counters could not open its page, a form asks more than it may.
void check_intake(const District& district, const DistrictDraft& draft, Reader& reader);

// Warnings: a copy outside the house that stands on the house itself, on a name server, or that
// nothing proves.
void warn_of_targets(const District& district, const DistrictDraft& draft, Reader& reader);

// Probes and uplinks that do not fit their outpost; outposts that would mistake their own cut line
// for an outage.
void check_outposts(const District& district, const DistrictDraft& draft, Reader& reader);

// Keys of the homepage that belong together. Warnings: what would fail when it is needed.
void check_homepage(const District& district, const DistrictDraft& draft, Reader& reader);

}  // namespace dienstbereit::config
