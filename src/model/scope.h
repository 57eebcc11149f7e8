// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "model/district.h"
#include "model/ids.h"

namespace dienstbereit {

// What a person's word is about: ALL, SITE, OFFICE, OFFICE@SITE, OFFICE@SITE/SERVICE, SERVICE or
// NODE. Only the fields that narrow it are set; `node` alone names a component, site or service.
struct Scope {
  OfficeId office;
  SiteId site;
  ServiceId service;
  NodeId node;

  bool all() const { return office.empty() && site.empty() && service.empty() && node.empty(); }
  friend bool operator==(const Scope&, const Scope&) = default;
};

// "ALL", "AMT@HAUS", ... A bare id is looked up: a site or an office means its places, a service
// means it everywhere, anything else is a node. The error names the nearest known id.
Result<Scope> parse_scope(std::string_view text, const District& district);
std::string to_text(const Scope& scope);

// True if the word speaks of this place and service.
bool covers(const Scope& scope, const OfficeId& office, const SiteId& site,
            const ServiceId& service);
// True if it speaks of this offer: what is said of a building says nothing of a remote one.
bool covers(const Scope& scope, const Service& service, const Offer& offer);

}  // namespace dienstbereit
