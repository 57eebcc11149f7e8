// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "view/pages.h"
#include "words/language.h"

namespace dienstbereit::web {

// schema.org/GovernmentOrganization: who answers for the page.
std::string organisation_json_ld(const view::Overview& overview, words::Language language);

// schema.org/GovernmentOffice, one for each place with a counter: openingHoursSpecification is the
// plain week; specialOpeningHoursSpecification overrides it for each of the next kDaysAhead days
// that differs, by the calendar or because the place is closed. A specification without `opens`
// says closed.
std::string places_json_ld(const std::vector<view::PlaceView>& places, const Situation& situation,
                           words::Language language);

}  // namespace dienstbereit::web
