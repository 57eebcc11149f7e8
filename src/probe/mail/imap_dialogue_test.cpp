// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/mail/imap_dialogue.h"

#include <array>

#include <gtest/gtest.h>

#include <boost/asio/write.hpp>

#include "runtime/gate.h"

namespace dienstbereit::probe {
namespace {

// Greets, takes every command, and keeps what it was told.
Async<void> serve(tcp::acceptor& acceptor, std::string greeting, std::string& heard) {
  auto socket = co_await acceptor.async_accept(asio::use_awaitable);
  ErrorCode ec;
  co_await asio::async_write(socket, asio::buffer(greeting), runtime::into(ec));
  std::array<char, 256> chunk;
  while (!ec) {
    const auto size = co_await socket.async_read_some(asio::buffer(chunk), runtime::into(ec));
    heard.append(chunk.data(), size);
    const std::string done = "a1 OK done\r\n";
    if (!ec) co_await asio::async_write(socket, asio::buffer(done), runtime::into(ec));
  }
}

struct Attempt {
  std::optional<Verdict> problem;
  std::string heard;  // by the server
};

Async<void> attempt(Run& run, Endpoint server, MailTls security, Attempt& made) {
  auto connection = co_await connect(run, std::move(server), {});
  ImapDialogue dialogue(run, std::move(*connection.socket));
  std::string greeting;
  made.problem = co_await open_imap(dialogue, run, security, {}, "imap.example", greeting);
  if (!made.problem) made.problem = co_await log_in(dialogue, run, "probe", "secret");
}

Attempt log_in_to(const std::string& greeting, MailTls security) {
  constexpr auto kLimit = std::chrono::seconds(10);
  asio::io_context context;
  const runtime::Clock clock(runtime::Clock::wall());
  const runtime::Credentials credentials({});
  Tools tools(context, clock, credentials, {});
  tcp::acceptor acceptor(context, {asio::ip::make_address("127.0.0.1"), 0});
  const ProbeSpec spec;
  Run run(tools, spec, {});
  Attempt made;
  runtime::Gate gate(context);
  gate.spawn("server", serve(acceptor, greeting, made.heard), kLimit);
  gate.spawn("probe", attempt(run, {"127.0.0.1", acceptor.local_endpoint().port()}, security, made),
             kLimit);
  while (gate.size() > 0) context.run_one();
  context.poll();
  return made;
}

TEST(ImapDialogue, LogsInWhereTheServerWantsIt) {
  const Attempt made = log_in_to("* OK ready\r\n", MailTls::None);
  EXPECT_FALSE(made.problem);
  EXPECT_EQ(made.heard, "a1 LOGIN \"probe\" \"secret\"\r\n");
}

TEST(ImapDialogue, WhereItIsLoggedInAlreadyNoLoginIsSent) {
  const Attempt made = log_in_to("* PREAUTH ready\r\n", MailTls::None);
  EXPECT_FALSE(made.problem);
  EXPECT_EQ(made.heard, "");
}

TEST(ImapDialogue, WhereItIsLoggedInAlreadyThereIsNoStartTls) {
  const Attempt made = log_in_to("* PREAUTH ready\r\n", MailTls::StartTls);
  ASSERT_TRUE(made.problem);
  EXPECT_EQ(made.problem->outcome, ProbeOutcome::Broken);
  EXPECT_EQ(made.problem->detail, "the server needs no login and then offers no STARTTLS");
  EXPECT_EQ(made.heard, "");
}

}  // namespace
}  // namespace dienstbereit::probe
