// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/services.h"

namespace dienstbereit::view {

std::optional<OfficePage> office_page(const Situation& situation, const OfficeId& id, Instant now) {
  const Office* office = find_office(*situation.district, id);
  if (office == nullptr) return std::nullopt;
  const PageSource source = source_of(situation, now);
  OfficePage page;
  page.stamp = stamp_of(situation, now);
  page.id = id;
  page.name = office->name;
  page.phone = office->phone;
  page.email = office->email;
  page.today = source.today;
  page.day = source.day;
  page.places = place_views(source, [&id](const PlaceSituation& at) { return at.office == id; });
  page.roll_up = roll_up_of(source.day, page.places, Among::Office);
  page.continuous_roll_up = continuous_roll_up_of(source.today, page.places, Among::Office);
  return page;
}

std::optional<SitePage> site_page(const Situation& situation, const SiteId& id, Instant now) {
  const Site* site = find_site(*situation.district, id);
  if (site == nullptr) return std::nullopt;
  const PageSource source = source_of(situation, now);
  SitePage page;
  page.stamp = stamp_of(situation, now);
  page.id = id;
  page.name = site->name;
  page.address = site->address;
  page.phone = site->phone;
  page.today = source.today;
  page.day = source.day;
  page.places = place_views(source, [&id](const PlaceSituation& at) { return at.site == id; });
  page.roll_up = roll_up_of(source.day, page.places, Among::Site);
  page.continuous_roll_up = continuous_roll_up_of(source.today, page.places, Among::Site);
  for (const SightLoss& loss : page.stamp.sight) {
    if (loss.what == SightLost::Site && loss.site == id) page.unseen = loss;
  }
  return page;
}

}  // namespace dienstbereit::view
