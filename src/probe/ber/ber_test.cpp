// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/ber/ber.h"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace dienstbereit::probe {
namespace {

TEST(Ber, IntegersAreWrittenAsShortAsTheyGo) {
  EXPECT_EQ(to_ber_integer(0), std::string("\x02\x01\x00", 3));
  EXPECT_EQ(to_ber_integer(127), "\x02\x01\x7f");
  EXPECT_EQ(to_ber_integer(128), std::string("\x02\x02\x00\x80", 4));
  EXPECT_EQ(to_ber_integer(-1), "\x02\x01\xff");
  EXPECT_EQ(to_ber_integer(-129), "\x02\x02\xff\x7f");
}

TEST(Ber, AnyIntegerAndOidComesBack) {
  EXPECT_TRUE(rc::check([](std::int64_t value) {
    const std::string bytes = to_ber_integer(value);
    BerReader reader(bytes);
    RC_ASSERT(reader.next_integer() == value);
    RC_ASSERT(reader.empty() && !reader.failed());
  }));
  EXPECT_TRUE(rc::check([](const std::vector<std::uint32_t>& tail) {
    Oid oid{1, 3};
    oid.insert(oid.end(), tail.begin(),
               tail.begin() + std::min<std::ptrdiff_t>(126, std::ssize(tail)));
    const std::string bytes = to_ber_oid(oid);
    BerReader reader(bytes);
    RC_ASSERT(ber_oid(*reader.next(kBerOid)) == oid);
  }));
}

TEST(Ber, LongBodiesHaveLongLengths) {
  for (const std::size_t size : {127u, 128u, 255u, 256u, 70'000u}) {
    const std::string bytes = to_ber(kBerOctets, std::string(size, 'x'));
    BerReader reader(bytes);
    EXPECT_EQ(reader.next(kBerOctets)->size(), size);
    EXPECT_EQ(*ber_size(bytes, 100'000), bytes.size());
    EXPECT_EQ(*ber_size(bytes.substr(0, 1), 100'000), 0u);
  }
}

TEST(Ber, RefusesWhatIsBrokenTooLongOrOfAnotherForm) {
  const std::string too_long = to_ber(kBerOctets, std::string(100, 'x'));
  EXPECT_EQ(ber_size(too_long, 101).error().code, Errc::LimitExceeded);
  EXPECT_EQ(ber_size("\x30\x80", 100).error().code, Errc::InvalidInput);  // indefinite
  EXPECT_EQ(ber_size("\x1f\x01", 100).error().code, Errc::InvalidInput);  // a long tag
  EXPECT_EQ(ber_size("\x30\x85\x01\x01\x01\x01\x01", 100).error().code, Errc::InvalidInput);
  for (const char* text : {"\x02", "\x02\x02\x01", "\x1f\x01\x01", "\x02\x81"}) {
    BerReader reader(text);
    EXPECT_FALSE(reader.next());
    EXPECT_TRUE(reader.failed());
  }
  EXPECT_FALSE(ber_integer(""));
  EXPECT_FALSE(ber_integer("123456789"));
  EXPECT_FALSE(ber_oid(""));
  EXPECT_FALSE(ber_oid("\x2b\x86"));
  EXPECT_FALSE(ber_oid("\xff\xff\xff\xff\xff\x7f"));
}

TEST(Ber, AnotherTagThanIsWantedIsAFailure) {
  const std::string bytes = to_ber_integer(5) + to_ber_integer(6);
  BerReader reader(bytes);
  EXPECT_FALSE(reader.next(kBerOctets));
  EXPECT_TRUE(reader.failed());
  EXPECT_FALSE(reader.next());
}

}  // namespace
}  // namespace dienstbereit::probe
