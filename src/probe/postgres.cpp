// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <sys/socket.h>

#include <array>

#include <fmt/format.h>
#include <libpq-fe.h>

#include <boost/asio/posix/stream_descriptor.hpp>

#include "base/text.h"
#include "model/probes/defaults.h"
#include "probe/kinds.h"
#include "runtime/bytes_received.h"

namespace dienstbereit::probe {
namespace {

constexpr std::uint64_t kLargestAnswer = 1u << 20;  // bytes received for one query
constexpr int kReceiveWindow = 128 * 1024;  // smaller than two segments on loopback would crawl
constexpr std::size_t kShown = 200;               // bytes of the server's words in a sentence
constexpr std::size_t kMostAddresses = 4;  // tried of one name

struct ConnectionCloser {
  void operator()(PGconn* connection) const { PQfinish(connection); }
};
using ConnectionPointer = std::unique_ptr<PGconn, ConnectionCloser>;
struct ResultClearer {
  void operator()(PGresult* result) const { PQclear(result); }
};
using ResultPointer = std::unique_ptr<PGresult, ResultClearer>;

// Waits for libpq's socket, which libpq itself opens and closes between waits.
Async<void> ready(Run& run, int fd, asio::posix::descriptor_base::wait_type what, ErrorCode& ec) {
  asio::posix::stream_descriptor descriptor(run.tools().context);
  descriptor.assign(fd, ec);
  if (ec) co_return;
  co_await descriptor.async_wait(what, runtime::into(ec));
  descriptor.release();
}

// libpq's words on one line, without its "connection to server at ... failed: ".
std::string words(const char* text) {
  std::string line = clean(trim(text), kShown * 2);
  for (char& c : line) {
    if (c == '\n' || c == '\t') c = ' ';
  }
  const auto failed_at = line.find("failed: ");
  constexpr std::size_t kFailedLength = sizeof "failed: " - 1;
  if (failed_at != std::string::npos) line.erase(0, failed_at + kFailedLength);
  return clean(line, kShown);
}

// libpq tries one after the other; it wants a name for each address.
struct Hosts {
  std::string names;
  std::string addresses;
};
Hosts hosts_for(const std::string& name, const runtime::Addresses& addresses) {
  Hosts hosts{name, addresses.front().to_string()};
  for (std::size_t i = 1; i < std::min(addresses.size(), kMostAddresses); ++i) {
    hosts.names += "," + name;
    hosts.addresses += "," + addresses[i].to_string();
  }
  return hosts;
}

// Everything libpq would otherwise take from the environment or files is said here.
ConnectionPointer start_login(const PostgresProbe& probe, const Hosts& hosts, std::uint16_t port,
                              const std::string& password, Duration timeout) {
  const auto port_text = std::to_string(port);
  const auto options = fmt::format("-c statement_timeout={}", timeout.count());
  const std::array names{"host",
                         "hostaddr",
                         "port",
                         "dbname",
                         "user",
                         "password",
                         "sslmode",
                         "gssencmode",
                         "application_name",
                         "options",
                         "passfile",
                         "target_session_attrs",
                         "client_encoding",
                         static_cast<const char*>(nullptr)};
  const std::array values{hosts.names.c_str(),
                          hosts.addresses.c_str(),
                          port_text.c_str(),
                          probe.database.c_str(),
                          probe.user.c_str(),
                          password.c_str(),
                          probe.tls.c_str(),
                          "disable",
                          "dienstbereit",
                          options.c_str(),
                          "/dev/null/none",
                          "any",
                          "UTF8",
                          static_cast<const char*>(nullptr)};
  static_assert(names.size() == values.size());
  return ConnectionPointer(PQconnectStartParams(names.data(), values.data(), 0));
}

Verdict login_refused(Run& run, PGconn* connection, const std::string& where) {
  if (PQconnectionNeedsPassword(connection) != 0) {
    return failed("login",
                  fmt::format("{} asks for a password and the probe names no credential", where));
  }
  return failed(run.phase(), fmt::format("{}: {}", where, words(PQerrorMessage(connection))));
}

// libpq takes in all there is: a small window keeps that to a little more than kLargestAnswer.
void keep_window_small(int fd) {
  ::setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &kReceiveWindow, sizeof kReceiveWindow);
}

// Phases "connect" (until the server's first word) and "login".
Async<std::optional<Verdict>> log_in(Run& run, PGconn* connection, std::string where) {
  run.enter("connect");
  if (connection == nullptr) co_return broken("no memory for a connection");
  keep_window_small(PQsocket(connection));
  auto next = PGRES_POLLING_WRITING;
  while (PQstatus(connection) != CONNECTION_BAD && next != PGRES_POLLING_OK &&
         next != PGRES_POLLING_FAILED) {
    ErrorCode ec;
    const bool reading = next == PGRES_POLLING_READING;
    const auto what = reading ? asio::posix::descriptor_base::wait_read
                              : asio::posix::descriptor_base::wait_write;
    co_await ready(run, PQsocket(connection), what, ec);
    if (ec) co_return run.failure(fmt::format("logging in at {}", where), ec);
    next = PQconnectPoll(connection);
    const auto status = PQstatus(connection);
    const bool connected = status != CONNECTION_STARTED && status != CONNECTION_BAD;
    if (connected && std::string_view(run.phase()) == "connect") run.enter("login");
  }
  if (PQstatus(connection) != CONNECTION_OK) co_return login_refused(run, connection, where);
  PQsetnonblocking(connection, 1);
  co_return std::nullopt;
}

// Sends what libpq still holds back.
Async<std::optional<Verdict>> flush(Run& run, PGconn* connection) {
  for (;;) {
    const int left = PQflush(connection);
    if (left == 0) co_return std::nullopt;
    if (left < 0) co_return failed("query", words(PQerrorMessage(connection)));
    ErrorCode ec;
    co_await ready(run, PQsocket(connection), asio::posix::descriptor_base::wait_write, ec);
    if (ec) co_return run.failure("sending the query", ec);
  }
}

Verdict too_large() {
  return failed("query",
                fmt::format("the answer is larger than {} bytes; it was cut off", kLargestAnswer));
}

// Reads until a result is there, or kLargestAnswer bytes have come since the login began.
Async<std::optional<Verdict>> receive(Run& run, PGconn* connection) {
  while (PQisBusy(connection) != 0) {
    ErrorCode ec;
    co_await ready(run, PQsocket(connection), asio::posix::descriptor_base::wait_read, ec);
    if (ec) co_return run.failure("waiting for the answer to the query", ec);
    if (runtime::bytes_received(PQsocket(connection)) > kLargestAnswer) co_return too_large();
    if (PQconsumeInput(connection) == 0) {
      co_return failed("query", words(PQerrorMessage(connection)));
    }
  }
  co_return std::nullopt;
}

Verdict judged(const PostgresProbe& probe, PGresult* result) {
  const auto status = PQresultStatus(result);
  if (status == PGRES_COMMAND_OK && probe.expect.empty())
    return succeeded("the command was carried out");
  if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) {
    return failed("query",
                  fmt::format("the query failed: {}", words(PQresultErrorMessage(result))));
  }
  if (PQntuples(result) == 0 || PQnfields(result) == 0) {
    if (probe.expect.empty()) return succeeded("the query answers with no row");
    return failed("answer",
                  fmt::format("the query answers with no row, expected was '{}'", probe.expect));
  }
  // A fast server sends it all while libpq takes in the beginning.
  std::uint64_t bytes = 0;
  for (int field = 0; field < PQnfields(result); ++field) {
    bytes += static_cast<std::uint64_t>(PQgetlength(result, 0, field));
  }
  if (bytes > kLargestAnswer) return too_large();
  const std::string_view value(PQgetvalue(result, 0, 0),
                               static_cast<std::size_t>(PQgetlength(result, 0, 0)));
  if (!probe.expect.empty() && value != probe.expect) {
    return failed("answer", fmt::format("the query answers '{}', expected was '{}'",
                                        clean(value, kShown), probe.expect));
  }
  return succeeded(fmt::format("the query answers '{}'", clean(value, kShown)));
}

Async<Verdict> ask(const PostgresProbe& probe, Run& run, PGconn* connection) {
  run.enter("query");
  if (PQsendQuery(connection, probe.query.c_str()) == 0) {
    co_return failed("query", words(PQerrorMessage(connection)));
  }
  PQsetSingleRowMode(connection);  // the first row decides; no need to hold the rest
  auto problem = co_await flush(run, connection);
  if (!problem) problem = co_await receive(run, connection);
  if (problem) co_return std::move(*problem);
  const ResultPointer result(PQgetResult(connection));
  if (!result) co_return failed("query", words(PQerrorMessage(connection)));
  co_return judged(probe, result.get());
}

}  // namespace

Async<Verdict> run_postgres(const PostgresProbe& probe, Run& run) {
  std::string password;
  if (!probe.credential.empty()) {
    auto secret = run.tools().credentials.find(probe.credential);
    if (!secret) co_return broken(secret.error().message);
    password = std::move(*secret);
  }
  run.enter("resolve");
  auto addresses = co_await run.tools().resolver.lookup(probe.target.host);
  if (!addresses) co_return failed("resolve", addresses.error().message);
  const auto port = probe.target.port == 0 ? kPostgresPort : probe.target.port;
  const tcp::endpoint end(addresses->front(), port);
  const auto hosts = hosts_for(probe.target.host, *addresses);
  const auto connection = start_login(probe, hosts, port, password, run.timeout());
  auto refused = co_await log_in(run, connection.get(), runtime::to_text(end));
  if (refused) co_return std::move(*refused);
  co_return co_await ask(probe, run, connection.get());
}

}  // namespace dienstbereit::probe
