// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/district.h"

#include <gtest/gtest.h>

namespace dienstbereit {

TEST(District, FindsByIdOrSaysThereIsNone) {
  District district;
  district.sites.push_back(Site{SiteId("S1"), {}, {}, {}, {}, {}, {}});
  EXPECT_EQ(find_site(district, SiteId("S1")), &district.sites[0]);
  EXPECT_EQ(find_site(district, SiteId("S2")), nullptr);
  EXPECT_EQ(find_probe(district, ProbeId("S1/http")), nullptr);
}

TEST(District, OnlyCounterKindsHaveSlotsAndNotAroundTheClock) {
  Service service;
  service.kinds = {ServiceKind::Online};
  EXPECT_FALSE(has_slots(service));
  service.kinds = {ServiceKind::Counter, ServiceKind::Online};
  EXPECT_TRUE(has_slots(service));
  service.always = true;
  EXPECT_FALSE(has_slots(service));
}

TEST(District, AnOfferHasSlotsByTheHoursThatCountForIt) {
  District district;
  Office office;
  office.id = OfficeId("B1");
  office.sites.resize(1);
  office.sites[0].site = SiteId("S1");
  office.sites[0].hours = parse_hours("24/7").value();
  district.offices = {office};
  Service service;
  service.kinds = {ServiceKind::Counter};
  Offer offer;
  offer.office = OfficeId("B1");
  offer.site = SiteId("S1");
  EXPECT_FALSE(has_slots(district, service, offer));
  offer.hours = parse_hours("Mo-Fr 08:00-12:00").value();
  EXPECT_TRUE(has_slots(district, service, offer));
  offer.hours.reset();
  offer.site = SiteId("S2");
  EXPECT_EQ(hours_of(district, offer), nullptr);
  EXPECT_FALSE(has_slots(district, service, offer));
}

TEST(District, OnlyWhatIsOnlineAndNothingElseIsRemote) {
  Service service;
  service.kinds = {ServiceKind::Online};
  EXPECT_TRUE(is_remote(service));
  service.kinds = {ServiceKind::Online, ServiceKind::Counter};
  EXPECT_FALSE(is_remote(service));
  service.kinds = {ServiceKind::Channel};  // a switchboard stands in a building
  EXPECT_FALSE(is_remote(service));
}

TEST(District, AnOffersNodeNamesOfficeSiteAndService) {
  EXPECT_EQ(offer_node(OfficeId("B1"), SiteId("S3"), ServiceId("V01")).str(), "B1@S3/V01");
}

TEST(District, NamesAreThoseOfTheYaml) {
  EXPECT_STREQ(name_of(Operator::AtLeast), "at_least");
  EXPECT_STREQ(name_of(ServiceKind::Statutory), "statutory");
  EXPECT_STREQ(name_of(Extent::IssueOnly), "issue");
  EXPECT_STREQ(name_of(OfflineMode::Refer), "refer");
}

}  // namespace dienstbereit
