// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "helper/server.h"

#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <list>
#include <optional>
#include <thread>

#include <fmt/format.h>
#include <poll.h>
#include <pwd.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/log.h"
#include "helper/protocol.h"

namespace dienstbereit::helper {
namespace {

constexpr std::size_t kMostConnections = 16;
constexpr int kRequestSeconds = 5;  // a request must have come by then
constexpr int kBacklog = 16;

class Descriptor {
 public:
  explicit Descriptor(int fd = -1) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Result<uid_t> user_id(const std::string& name) {
  char buffer[16384];
  passwd entry{};
  passwd* found = nullptr;
  ::getpwnam_r(name.c_str(), &entry, buffer, sizeof buffer, &found);
  if (found != nullptr) return entry.pw_uid;
  return fail(Errc::NotFound,
              fmt::format("there is no user '{}'; name who may ask with --peer", name));
}

// Binds the socket. One that nobody answers on any more is taken away; one that somebody answers on
// is a conflict.
Result<int> listen_on(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.string().size() >= sizeof address.sun_path) {
    return fail(Errc::InvalidInput, fmt::format("{} is too long for a socket", path.string()));
  }
  path.string().copy(address.sun_path, sizeof address.sun_path - 1);
  const auto* name = reinterpret_cast<const sockaddr*>(&address);
  {
    const Descriptor probe(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (::connect(probe.get(), name, sizeof address) == 0) {
      return fail(Errc::Conflict, fmt::format("a helper runs on {} already", path.string()));
    }
    struct stat info{};
    if (::lstat(path.c_str(), &info) == 0 && S_ISSOCK(info.st_mode)) ::unlink(path.c_str());
  }
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const mode_t before = ::umask(0117);  // owner and group
  const bool bound =
      fd >= 0 && ::bind(fd, name, sizeof address) == 0 && ::listen(fd, kBacklog) == 0;
  const int error = errno;
  ::umask(before);
  if (bound) return fd;
  if (fd >= 0) ::close(fd);
  return fail(Errc::Io,
              fmt::format("cannot listen on {}: {}", path.string(), std::strerror(error)));
}

// Empty if it does not come in time, or is longer than it may be.
std::string read_line(int fd) {
  std::string line;
  char buffer[4096];
  while (line.size() <= kLargestLine) {
    const ssize_t got = ::recv(fd, buffer, sizeof buffer, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return {};
    line.append(buffer, static_cast<std::size_t>(got));
    if (const auto end = line.find('\n'); end != std::string::npos) return line.substr(0, end);
  }
  return {};
}

void send_all(int fd, std::string_view text) {
  while (!text.empty()) {
    const ssize_t sent = ::send(fd, text.data(), text.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return;  // whoever asked is gone, and asks again
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void converse(Desk& desk, int fd) {
  timeval patience{kRequestSeconds, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const auto action = parse_action(read_line(fd));
  if (!action) {
    send_all(fd, to_line(ActionResult{"", ActionMode::Do, ActionOutcome::Refused,
                                      action.error().message}));
    return;
  }
  send_all(fd, to_line(desk.answer(*action)));
}

// One thread a connection: a command that takes long keeps no other waiting.
class Connections {
 public:
  explicit Connections(Desk& desk) : desk_(desk) {}
  ~Connections() {
    for (One& one : all_) one.thread.join();
  }

  void add(int fd) {
    all_.remove_if([](One& one) {
      if (!one.over) return false;
      one.thread.join();
      return true;
    });
    if (all_.size() >= kMostConnections) {
      ::close(fd);
      return;
    }
    One& one = all_.emplace_back();
    one.thread = std::thread([this, fd, &one] {
      const Descriptor owned(fd);
      converse(desk_, fd);
      one.over = true;
    });
  }

 private:
  struct One {
    std::thread thread;
    std::atomic<bool> over = false;
  };
  Desk& desk_;
  std::list<One> all_;
};

// The user at the other end, told by the kernel.
std::optional<uid_t> peer_of(int fd) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) return std::nullopt;
  return peer.uid;
}

}  // namespace

Result<void> serve(const Options& options) {
  const auto peer = user_id(options.peer);
  if (!peer) return tl::unexpected(peer.error());
  auto desk = Desk::open(options);
  if (!desk) return tl::unexpected(desk.error());
  sigset_t ends;
  sigemptyset(&ends);
  sigaddset(&ends, SIGTERM);
  sigaddset(&ends, SIGINT);
  ::pthread_sigmask(SIG_BLOCK, &ends, nullptr);
  const Descriptor signals(::signalfd(-1, &ends, SFD_CLOEXEC));
  const auto bound = listen_on(options.socket);
  if (!bound) return tl::unexpected(bound.error());
  const Descriptor listener(*bound);
  log::info("the helper listens on {} for user {}", options.socket.string(), options.peer);
  Connections connections(**desk);
  while (true) {
    pollfd entries[2] = {{listener.get(), POLLIN, 0}, {signals.get(), POLLIN, 0}};
    if (::poll(entries, 2, -1) < 0 && errno != EINTR) break;
    if (entries[1].revents != 0) break;
    if (entries[0].revents == 0) continue;
    const int fd = ::accept4(listener.get(), nullptr, nullptr, SOCK_CLOEXEC);
    if (fd < 0) continue;
    if (peer_of(fd) == *peer) {
      connections.add(fd);
      continue;
    }
    log::warning("a connection of another user than {} was turned away", options.peer);
    send_all(fd, to_line(ActionResult{"", ActionMode::Do, ActionOutcome::Refused,
                                      "only the service's own user may ask the helper"}));
    ::close(fd);
  }
  ::unlink(options.socket.c_str());
  log::info("the helper ends");
  return {};
}

}  // namespace dienstbereit::helper
