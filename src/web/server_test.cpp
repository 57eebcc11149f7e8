// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The server over real sockets on loopback. Times are injected and short; nothing sleeps.
#include "web/server.h"

#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include <gtest/gtest.h>
#include <openssl/x509.h>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>

#include "base/file.h"
#include "runtime/asio.h"
#include "web/json.h"
#include "web/testing/fakes.h"

namespace dienstbereit::web {
namespace {

using runtime::ErrorCode;
using runtime::tcp;
using std::chrono::milliseconds;

constexpr int kReadTimeoutSeconds = 20;

struct Running {
  explicit Running(ServerOptions options = {}, bool published = true)
      : world(test::world_in("mixed")), control(world->now) {
    char pattern[] = "/tmp/dienstbereit-web-XXXXXX";
    folder = ::mkdtemp(pattern);
    options.listen = {ListenAddress{}};
    options.socket = folder / "s.sock";
    options.limits.tick = milliseconds(10);
    server = std::make_unique<Server>(std::move(options), sink, control, gatekeeper);
    const auto started = server->start();
    EXPECT_TRUE(started) << (started ? "" : started.error().message);
    if (published) server->publish(test::situation_of(world));
  }
  ~Running() {
    server.reset();
    std::filesystem::remove_all(folder);
  }
  tcp::endpoint endpoint() const {
    return {asio::ip::make_address("127.0.0.1"), server->ports().front()};
  }

  std::filesystem::path folder;
  std::shared_ptr<test::World> world;
  test::FakeSink sink;
  test::FakeControl control;
  test::FakeGatekeeper gatekeeper;
  std::unique_ptr<Server> server;
};

// A blocking client; every read ends within kReadTimeoutSeconds.
template <class Protocol>
class Client {
 public:
  explicit Client(const typename Protocol::endpoint& to) : socket_(context_) {
    socket_.connect(to);
    const timeval limit{kReadTimeoutSeconds, 0};
    ::setsockopt(socket_.native_handle(), SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
  }
  void send(const std::string& bytes) {
    ErrorCode ignored;
    asio::write(socket_, asio::buffer(bytes), ignored);
  }
  // Until `end` has come, or the server closed.
  std::string read_until(const std::string& end) {
    std::string part(4096, '\0');
    while (read_.find(end) == std::string::npos) {
      const ssize_t got = ::recv(socket_.native_handle(), part.data(), part.size(), 0);
      if (got <= 0) break;
      read_.append(part, 0, static_cast<std::size_t>(got));
    }
    const auto found = read_.find(end);
    const auto size = found == std::string::npos ? read_.size() : found + end.size();
    std::string out = read_.substr(0, size);
    read_.erase(0, size);
    return out;
  }
  std::string read_all() { return read_until("\x01 never sent"); }
  // Head and body of one answer with a Content-Length.
  std::string answer(bool with_body = true) {
    std::string head = read_until("\r\n\r\n");
    const std::string key = "Content-Length: ";
    const auto at = head.find(key);
    if (at == std::string::npos || !with_body) return head;
    std::size_t left = std::stoul(head.substr(at + key.size()));
    std::string part(4096, '\0');
    while (read_.size() < left) {
      const ssize_t got = ::recv(socket_.native_handle(), part.data(), part.size(), 0);
      if (got <= 0) break;
      read_.append(part, 0, static_cast<std::size_t>(got));
    }
    head += read_.substr(0, left);
    read_.erase(0, left);
    return head;
  }

 private:
  asio::io_context context_;
  typename Protocol::socket socket_;
  std::string read_;
};
using TcpClient = Client<tcp>;

std::string get(const std::string& path, const std::string& more = "") {
  return "GET " + path + " HTTP/1.1\r\nHost: x\r\n" + more + "\r\n";
}

TEST(Server, ServesAPageAndKeepsTheConnection) {
  Running running;
  TcpClient client(running.endpoint());
  for (int i = 0; i < 3; ++i) {
    client.send(get("/"));
    const std::string answer = client.answer();
    EXPECT_TRUE(answer.starts_with("HTTP/1.1 200 OK\r\nDate: ")) << answer.substr(0, 200);
    EXPECT_TRUE(answer.ends_with("</html>"));
  }
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  Running running;
  TcpClient client(running.endpoint());
  client.send(get("/") + get("/missing") + get("/en/", "Connection: close\r\n"));
  EXPECT_NE(client.answer().find("lang=\"de\""), std::string::npos);
  EXPECT_TRUE(client.answer().starts_with("HTTP/1.1 404"));
  const std::string last = client.read_all();
  EXPECT_NE(last.find("Connection: close"), std::string::npos);
  EXPECT_TRUE(last.ends_with("</html>"));
}

TEST(Server, HeadHasTheLengthAndNoBody) {
  Running running;
  TcpClient client(running.endpoint());
  client.send("HEAD / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  const std::string answer = client.read_all();
  EXPECT_NE(answer.find("Content-Length: "), std::string::npos);
  EXPECT_TRUE(answer.ends_with("\r\n\r\n"));
}

TEST(Server, SaysThatItIsStartingBeforeTheFirstSituation) {
  Running running({}, false);
  TcpClient client(running.endpoint());
  client.send(get("/"));
  EXPECT_TRUE(client.answer().starts_with("HTTP/1.1 503"));
}

TEST(Server, RefusalsReachAClientThatStillSends) {
  Running running;
  TcpClient client(running.endpoint());
  client.send("POST /api/v1/words HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n" +
              std::string(200000, 'x'));
  const std::string answer = client.read_all();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 413"));
  EXPECT_NE(answer.find("Content-Type: application/json\r\n"), std::string::npos) << answer;
}

TEST(Server, ASlowHeaderIsCutOffWith408) {
  ServerOptions options;
  options.limits.header = milliseconds(60);
  Running running(options);
  TcpClient client(running.endpoint());
  client.send("GET / HTTP/1.1\r\nHost:");
  EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 408"));
}

TEST(Server, ASlowBodyIsCutOffWith408) {
  ServerOptions options;
  options.limits.body = milliseconds(60);
  Running running(options);
  TcpClient client(running.endpoint());
  client.send("POST /api/v1/words HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n{");
  EXPECT_TRUE(client.read_all().starts_with("HTTP/1.1 408"));
}

TEST(Server, IdleConnectionsAreClosedWithoutAnAnswer) {
  ServerOptions options;
  options.limits.idle = milliseconds(60);
  Running running(options);
  TcpClient client(running.endpoint());
  EXPECT_EQ(client.read_all(), "");
}

// Asks for the metrics until they count connections, or none: they are counted each tick, and the
// one that asks may be among them. False after a long while.
bool await_connections(const Running& running, bool any) {
  const std::string name = "\ndienstbereit_web_connections ";
  const auto deadline =
      std::chrono::steady_clock::now() + std::chrono::seconds(kReadTimeoutSeconds);
  while (std::chrono::steady_clock::now() < deadline) {
    TcpClient client(running.endpoint());
    client.send(get("/metrics", "Connection: close\r\n"));
    const std::string text = client.read_all();
    const auto at = text.find(name);
    if (at != std::string::npos && (std::stoi(text.substr(at + name.size())) > 0) == any) {
      return true;
    }
  }
  return false;
}

TEST(Server, AClientThatDoesNotReadIsCutOffAndDelaysNobody) {
  constexpr int kPages = 2000;  // far beyond what the kernel keeps for a reader
  ServerOptions options;
  options.limits.write = milliseconds(1000);
  Running running(options);
  TcpClient deaf(running.endpoint());
  std::string requests;
  for (int i = 0; i < kPages; ++i) requests += get("/");
  deaf.send(requests);
  TcpClient reader(running.endpoint());
  reader.send(get("/", "Connection: close\r\n"));
  EXPECT_TRUE(reader.read_all().ends_with("</html>"));
  EXPECT_TRUE(await_connections(running, true));
  EXPECT_TRUE(await_connections(running, false)) << "nobody but the one that does not read";
  // What was under way is all that is left to read.
  const std::string got = deaf.read_all();
  int pages = 0;
  for (auto at = got.find("</html>"); at != std::string::npos; at = got.find("</html>", at + 1)) {
    ++pages;
  }
  EXPECT_GT(pages, 0);
  EXPECT_LT(pages, kPages);
}

TEST(Server, AThousandIdleConnectionsDelayNobody) {
  Running running;
  std::vector<std::unique_ptr<TcpClient>> idle;
  for (int i = 0; i < 1000; ++i) {
    idle.push_back(std::make_unique<TcpClient>(running.endpoint()));
    if (i % 2 == 0) idle.back()->send("GET / HT");
  }
  TcpClient reader(running.endpoint());
  reader.send(get("/"));
  EXPECT_TRUE(reader.answer().ends_with("</html>"));
}

TEST(Server, WhenFullTheLongestIdleConnectionGivesWay) {
  ServerOptions options;
  options.limits.connections = 2;
  Running running(options);
  TcpClient first(running.endpoint());
  first.send(get("/"));
  first.answer();
  TcpClient second(running.endpoint());
  second.send(get("/"));
  second.answer();
  TcpClient third(running.endpoint());
  third.send(get("/"));
  EXPECT_TRUE(third.answer().starts_with("HTTP/1.1 200"));
  EXPECT_EQ(first.read_all(), "");
  second.send(get("/"));
  EXPECT_TRUE(second.answer().starts_with("HTTP/1.1 200"));
}

TEST(Server, OneAddressHasABoundOfItsOwn) {
  ServerOptions options;
  options.limits.exempt_loopback = false;
  options.limits.connections_per_address = 2;
  Running running(options);
  TcpClient first(running.endpoint());
  TcpClient second(running.endpoint());
  first.send(get("/"));
  EXPECT_TRUE(first.answer().starts_with("HTTP/1.1 200"));
  second.send(get("/"));
  EXPECT_TRUE(second.answer().starts_with("HTTP/1.1 200"));
  TcpClient third(running.endpoint());
  third.send(get("/"));
  EXPECT_EQ(third.read_all(), "");
}

TEST(Server, StreamsTellEachChangeOnce) {
  ServerOptions options;
  options.limits.edition = milliseconds(0);
  Running running(options);
  TcpClient client(running.endpoint());
  client.send(get("/api/v1/events", "Last-Event-ID: 4000\r\n"));
  EXPECT_NE(client.read_until("\n\n").find("text/event-stream"), std::string::npos);
  EXPECT_NE(client.read_until("\n\n").find("id: 4711\ndata: {"), std::string::npos);
  auto next = test::world_in("closed");
  next->situation.seq = 4712;
  running.server->publish(test::situation_of(next));
  const std::string event = client.read_until("\n\n");
  EXPECT_NE(event.find("event: situation\nid: 4712"), std::string::npos) << event;
}

TEST(Server, StreamsAreBoundedAndCommented) {
  ServerOptions options;
  options.limits.streams = 1;
  options.limits.stream_comment = milliseconds(30);
  Running running(options);
  TcpClient first(running.endpoint());
  first.send(get("/api/v1/events"));
  EXPECT_NE(first.read_until("\n:\n\n").find("4711"), std::string::npos);
  TcpClient second(running.endpoint());
  second.send(get("/api/v1/events"));
  EXPECT_TRUE(second.read_all().starts_with("HTTP/1.1 503"));
}

TEST(Server, TheSocketIsForTheGroupAndTellsTheUser) {
  Running running;
  const auto path = running.folder / "s.sock";
  struct stat status{};
  ASSERT_EQ(::stat(path.c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0660u);
  Client<asio::local::stream_protocol> client(
      asio::local::stream_protocol::endpoint(path.string()));
  client.send("POST /api/v1/clock/confirm HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
  EXPECT_TRUE(client.answer().starts_with("HTTP/1.1 200"));
  ASSERT_EQ(running.sink.actors().size(), 1u);
  EXPECT_EQ(running.sink.actors()[0].id, "cli:uid=" + std::to_string(::getuid()));
}

TEST(Server, ACommandWithoutAnAnswerEndsWith504AndStopDropsIt) {
  ServerOptions options;
  options.limits.command = milliseconds(50);
  Running running(options);
  running.sink.silent = true;
  Client<asio::local::stream_protocol> client(
      asio::local::stream_protocol::endpoint((running.folder / "s.sock").string()));
  client.send("POST /api/v1/clock/confirm HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n");
  const std::string answer = client.read_all();
  EXPECT_TRUE(answer.starts_with("HTTP/1.1 504"));
  EXPECT_NE(answer.find("\"timed_out\""), std::string::npos) << answer;
}

TEST(Server, ASecondServerOnTheSameSocketIsRefusedAndAStaleOneReplaced) {
  Running running;
  ServerOptions options;
  options.socket = running.folder / "s.sock";
  Server second(options, running.sink, running.control, running.gatekeeper);
  const auto refused = second.start();
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().code, Errc::Conflict);
  running.server->stop();
  ASSERT_TRUE(write_file(running.folder / "note", "x"));
  Server third(options, running.sink, running.control, running.gatekeeper);
  EXPECT_TRUE(third.start());
}

TEST(Server, ErrorsNameTheAddressOrTheFile) {
  Running running;
  ServerOptions options;
  options.listen = {ListenAddress{"127.0.0.1", running.server->ports().front()}};
  Server taken(options, running.sink, running.control, running.gatekeeper);
  const auto in_use = taken.start();
  ASSERT_FALSE(in_use);
  EXPECT_NE(in_use.error().message.find("127.0.0.1"), std::string::npos);
  options.listen = {ListenAddress{"localhost", 0}};
  Server named(options, running.sink, running.control, running.gatekeeper);
  EXPECT_FALSE(named.start());
  options.listen = {};
  options.tls = TlsFiles{running.folder / "none.pem", running.folder / "none.key"};
  Server uncertified(options, running.sink, running.control, running.gatekeeper);
  const auto missing = uncertified.start();
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("none.pem"), std::string::npos);
}

// ---- TLS

// A self-signed certificate for "localhost" with this serial number, as PEM files.
void write_certificate(const TlsFiles& files, int serial) {
  EVP_PKEY* key = EVP_EC_gen("P-256");
  X509* certificate = X509_new();
  ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate), 0);
  X509_gmtime_adj(X509_getm_notAfter(certificate), 3600);
  X509_set_pubkey(certificate, key);
  X509_sign(certificate, key, EVP_sha256());
  BIO* out = BIO_new_file(files.certificate.c_str(), "w");
  PEM_write_bio_X509(out, certificate);
  BIO_free(out);
  out = BIO_new_file(files.key.c_str(), "w");
  PEM_write_bio_PrivateKey(out, key, nullptr, nullptr, 0, nullptr, nullptr);
  BIO_free(out);
  X509_free(certificate);
  EVP_PKEY_free(key);
}

// The serial number of the certificate the server shows, and its answer to GET /.
std::pair<long, std::string> visit(const tcp::endpoint& to) {
  asio::io_context context;
  asio::ssl::context tls(asio::ssl::context::tls_client);
  asio::ssl::stream<tcp::socket> stream(context, tls);
  stream.next_layer().connect(to);
  stream.handshake(asio::ssl::stream_base::client);
  X509* shown = SSL_get1_peer_certificate(stream.native_handle());
  const long serial = ASN1_INTEGER_get(X509_get0_serialNumber(shown));
  X509_free(shown);
  asio::write(stream, asio::buffer(get("/", "Connection: close\r\n")));
  std::string answer;
  ErrorCode end;
  asio::read(stream, asio::dynamic_buffer(answer), end);
  return {serial, answer};
}

TEST(ServerTls, ServesWithItsOwnCertificateAndTakesUpANewOne) {
  char pattern[] = "/tmp/dienstbereit-tls-XXXXXX";
  const std::filesystem::path folder = ::mkdtemp(pattern);
  ServerOptions options;
  options.tls = TlsFiles{folder / "c.pem", folder / "c.key"};
  options.limits.certificate = milliseconds(20);
  write_certificate(*options.tls, 1);
  std::filesystem::last_write_time(folder / "c.pem", std::filesystem::file_time_type::min());
  {
    Running running(options);
    const auto [serial, answer] = visit(running.endpoint());
    EXPECT_EQ(serial, 1);
    EXPECT_NE(answer.find("Strict-Transport-Security"), std::string::npos);
    EXPECT_TRUE(answer.ends_with("</html>"));
    write_certificate(*options.tls, 2);
    long now = 1;
    for (int i = 0; i < 500 && now != 2; ++i) now = visit(running.endpoint()).first;
    EXPECT_EQ(now, 2);
  }
  std::filesystem::remove_all(folder);
}

TEST(ServerTls, AHandshakeThatNeverComesIsCutOff) {
  char pattern[] = "/tmp/dienstbereit-tls-XXXXXX";
  const std::filesystem::path folder = ::mkdtemp(pattern);
  ServerOptions options;
  options.tls = TlsFiles{folder / "c.pem", folder / "c.key"};
  options.limits.handshake = milliseconds(50);
  write_certificate(*options.tls, 1);
  {
    Running running(options);
    TcpClient silent(running.endpoint());
    EXPECT_EQ(silent.read_all(), "");
  }
  std::filesystem::remove_all(folder);
}

}  // namespace
}  // namespace dienstbereit::web
