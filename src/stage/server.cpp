// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "stage/server.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "stage/conversation.h"

namespace dienstbereit::stage {
namespace {

constexpr int kBacklog = 128;
constexpr int kTurnMs = 1000;            // silent connections are looked for this often
constexpr std::size_t kDatagram = 4096;  // bytes of the longest DNS question read

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;
  const sockaddr* get() const { return reinterpret_cast<const sockaddr*>(&storage); }
};

Address to_address(const Listen& listen) {
  Address address;
  if (listen.host.find(':') == std::string::npos) {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(listen.port);
    ::inet_pton(AF_INET, listen.host.c_str(), &v4.sin_addr);
    std::memcpy(&address.storage, &v4, sizeof v4);
    address.size = sizeof v4;
    return address;
  }
  sockaddr_in6 v6{};
  v6.sin6_family = AF_INET6;
  v6.sin6_port = htons(listen.port);
  ::inet_pton(AF_INET6, listen.host.c_str(), &v6.sin6_addr);
  std::memcpy(&address.storage, &v6, sizeof v6);
  address.size = sizeof v6;
  return address;
}

// A bound socket, or -1 with errno set.
int open_socket(const Listen& listen, int type) {
  const Address address = to_address(listen);
  const int fd = ::socket(address.storage.ss_family, type | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
  if (fd < 0) return -1;
  const int on = 1;
  ::setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  const bool ready = ::bind(fd, address.get(), address.size) == 0 &&
                     (type != SOCK_STREAM || ::listen(fd, kBacklog) == 0);
  if (ready) return fd;
  const int reason = errno;
  ::close(fd);
  errno = reason;
  return -1;
}

using Clock = std::chrono::steady_clock;

volatile std::sig_atomic_t surged = 0;
void note_surge(int) { surged = 1; }

struct Connection {
  int fd = -1;
  std::unique_ptr<Conversation> conversation;
  std::string in;
  std::string out;
  bool closing = false;  // as soon as `out` is sent
  Clock::time_point last_heard;
};

// The loop of one server: one thread, poll, no allocation beyond the bounds.
class Loop {
 public:
  Loop(const Server& server, int tcp, int udp) : server_(server), tcp_(tcp), udp_(udp) {}

  void turn() {
    std::vector<pollfd> polled{{tcp_, POLLIN, 0}, {udp_, POLLIN, 0}};
    for (const Connection& c : connections_) {
      const bool writes = !c.out.empty();
      polled.push_back({c.fd, static_cast<short>(writes ? POLLOUT : POLLIN), 0});
    }
    ::poll(polled.data(), polled.size(), kTurnMs);
    look_at_supply();
    for (std::size_t i = 2; i < polled.size(); ++i) {
      if (polled[i].revents != 0) move(connections_[i - 2]);
    }
    if (polled[1].revents != 0) answer_datagram();
    if (polled[0].revents != 0) accept_one();
    drop_closed();
  }

 private:
  // A surge reaches a UPS as a signal.
  void look_at_supply() {
    if (surged != 0) surge_ = Clock::now();
    surged = 0;
    std::optional<std::chrono::milliseconds> since;
    if (surge_)
      since = std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - *surge_);
    supply_ = supply_after(since);
  }

  void accept_one() {
    const int fd = ::accept4(tcp_, nullptr, nullptr, SOCK_CLOEXEC | SOCK_NONBLOCK);
    if (fd < 0) return;
    if (connections_.size() >= kMostConnections) {
      ::close(fd);
      return;
    }
    Connection connection{fd, converse(server_, supply_), {}, {}, false, Clock::now()};
    connection.out = connection.conversation->greeting();
    connections_.push_back(std::move(connection));
  }

  void answer_datagram() {
    std::array<char, kDatagram> buffer;
    sockaddr_storage peer{};
    socklen_t size = sizeof peer;
    auto* address = reinterpret_cast<sockaddr*>(&peer);
    const ssize_t got = ::recvfrom(udp_, buffer.data(), buffer.size(), 0, address, &size);
    if (got <= 0) return;
    const std::string_view query(buffer.data(), static_cast<std::size_t>(got));
    const auto answer = answer_dns(server_.records, query, kLongestUdpAnswer);
    if (answer) ::sendto(udp_, answer->data(), answer->size(), 0, address, size);
  }

  static void move(Connection& c) {
    if (!c.out.empty()) {
      send(c);
    } else {
      receive(c);
    }
  }

  static void send(Connection& c) {
    const ssize_t sent = ::send(c.fd, c.out.data(), c.out.size(), MSG_NOSIGNAL);
    if (sent > 0) c.out.erase(0, static_cast<std::size_t>(sent));
    if (sent < 0 && errno != EAGAIN && errno != EINTR) drop(c);
  }

  static void receive(Connection& c) {
    std::array<char, 4096> buffer;
    const ssize_t got = ::recv(c.fd, buffer.data(), buffer.size(), 0);
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
    if (got <= 0) return drop(c);
    c.last_heard = Clock::now();
    c.in.append(buffer.data(), static_cast<std::size_t>(got));
    if (!c.conversation->advance(c.in, c.out)) c.closing = true;
    if (c.out.size() > kLargestBacklog) drop(c);
  }

  static void drop(Connection& c) {
    c.out.clear();
    c.closing = true;
  }

  void drop_closed() {
    const auto oldest = Clock::now() - kLongestSilence;
    std::erase_if(connections_, [&](const Connection& c) {
      const bool over = (c.closing && c.out.empty()) || c.last_heard < oldest;
      if (over) ::close(c.fd);
      return over;
    });
  }

  const Server& server_;
  int tcp_;
  int udp_;
  Supply supply_;
  std::optional<Clock::time_point> surge_;
  std::vector<Connection> connections_;
};

}  // namespace

Result<ListeningServer> ListeningServer::open(const Server& server) {
  const int tcp = open_socket(server.listen, SOCK_STREAM);
  const int udp =
      tcp >= 0 && server.kind == Kind::Dns ? open_socket(server.listen, SOCK_DGRAM) : -1;
  if (tcp >= 0 && (udp >= 0 || server.kind != Kind::Dns)) return ListeningServer(tcp, udp);
  const int reason = errno;
  if (tcp >= 0) ::close(tcp);
  return fail(
      Errc::Unreachable,
      fmt::format("server '{}' cannot listen on {}: {}; free the address or change 'listen'",
                  server.id, server.listen.text(), std::strerror(reason)));
}

ListeningServer::ListeningServer(ListeningServer&& other) noexcept
    : tcp_(std::exchange(other.tcp_, -1)), udp_(std::exchange(other.udp_, -1)) {}

ListeningServer::~ListeningServer() {
  if (tcp_ >= 0) ::close(tcp_);
  if (udp_ >= 0) ::close(udp_);
}

void ListeningServer::serve(const Server& server) {
  ::signal(kSurgeSignal, note_surge);
  Loop loop(server, tcp_, udp_);
  while (true) loop.turn();
}

}  // namespace dienstbereit::stage
