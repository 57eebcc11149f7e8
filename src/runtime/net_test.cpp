// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fstream>

#include <gtest/gtest.h>

#include "runtime/bytes_received.h"
#include "runtime/dial.h"
#include "runtime/loop.h"
#include "runtime/resolver.h"
#include "runtime/tls.h"

namespace dienstbereit::runtime {
namespace {

asio::ip::address address(const char* text) { return asio::ip::make_address(text); }

struct Net : testing::Test {
  asio::io_context context;
  tcp::acceptor acceptor{context, tcp::endpoint(address("127.0.0.1"), 0)};
  std::uint16_t port = acceptor.local_endpoint().port();
};

}  // namespace

TEST_F(Net, DialConnectsToTheFirstAddressThatAnswers) {
  const Addresses both{address("127.0.0.2"), address("127.0.0.1")};
  const auto dialled = run_to_end(context, dial(both, port, ""));
  EXPECT_FALSE(dialled.failure) << dialled.failure.message();
  EXPECT_EQ(dialled.peer, acceptor.local_endpoint());
  EXPECT_EQ(bytes_received(const_cast<tcp::socket&>(dialled.socket).native_handle()), 0u);
}

TEST_F(Net, DialTellsWhyNobodyAnswers) {
  acceptor.close();
  const Addresses one{address("127.0.0.1")};
  const auto dialled = run_to_end(context, dial(one, port, ""));
  EXPECT_EQ(dialled.failure, asio::error::connection_refused);
  EXPECT_EQ(to_text(dialled.failure), "Connection refused");
  EXPECT_EQ(to_text(dialled.peer), "127.0.0.1 port " + std::to_string(port));
}

TEST_F(Net, DialSendsFromTheGivenAddressAndSkipsTheOtherFamily) {
  const Addresses both{address("::1"), address("127.0.0.1")};
  const auto dialled = run_to_end(context, dial(both, port, "127.0.0.9"));
  ASSERT_FALSE(dialled.failure) << dialled.failure.message();
  EXPECT_EQ(dialled.socket.local_endpoint().address(), address("127.0.0.9"));
  const Addresses other{address("::1")};
  const auto none = run_to_end(context, dial(other, port, "127.0.0.9"));
  EXPECT_EQ(none.failure, asio::error::address_family_not_supported);
}

TEST_F(Net, DialFromAnAddressThatIsNotHereFails) {
  const Addresses one{address("127.0.0.1")};
  const auto dialled = run_to_end(context, dial(one, port, "192.0.2.1"));
  EXPECT_EQ(dialled.failure, boost::system::errc::address_not_available);
}

TEST_F(Net, NumericAddressesAndTheHostsFileNeedNoNameServer) {
  Resolver resolver(context);
  EXPECT_EQ(*run_to_end(context, resolver.lookup("2001:db8::1")),
            Addresses{address("2001:db8::1")});
  const auto local = run_to_end(context, resolver.lookup("localhost"));
  ASSERT_TRUE(local) << local.error().message;
  EXPECT_TRUE(local->front().is_loopback());
}

TEST_F(Net, ServerContextsSayWhichFileIsWrong) {
  const auto missing = make_server_context("no-such-certificate.pem", "no-such-key.pem");
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("'no-such-certificate.pem'"), std::string::npos);
}

TEST_F(Net, ClientContextsAreMadeOnceAndSayWhichFileIsWrong) {
  TlsContexts contexts;
  EXPECT_FALSE(contexts.get("no-such-ca.pem"));
  EXPECT_EQ(*contexts.get({}), *contexts.get({}));
}

}  // namespace dienstbereit::runtime
