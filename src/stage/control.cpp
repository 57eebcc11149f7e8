// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "stage/control.h"

#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "stage/stage.h"

namespace dienstbereit::stage {
namespace {

constexpr std::array kErrors{
    Errc::InvalidInput, Errc::NotFound,      Errc::Conflict, Errc::Denied,  Errc::TimedOut,
    Errc::Unreachable,  Errc::LimitExceeded, Errc::Io,       Errc::Corrupt, Errc::Unavailable};

// An open file descriptor with bounds on waiting.
class Socket {
 public:
  explicit Socket(int fd) : fd_(fd) {
    const timeval limit{kControlSeconds, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
  }
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int get() const { return fd_; }

  bool send_all(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t sent = ::send(fd_, text.data(), text.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      text.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }

  // Up to `end` or the peer's close, at most `limit` bytes.
  std::string receive(char end, std::size_t limit) const {
    std::string text;
    std::array<char, 4096> buffer;
    while (text.size() < limit && text.find(end) == std::string::npos) {
      const ssize_t got = ::recv(fd_, buffer.data(), buffer.size(), 0);
      if (got <= 0) break;
      text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return text;
  }

  // True if the other side runs as this user or as root.
  bool is_ours() const {
    ucred peer{};
    socklen_t size = sizeof peer;
    return ::getsockopt(fd_, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 &&
           (peer.uid == ::geteuid() || peer.uid == 0);
  }

 private:
  int fd_;
};

Result<sockaddr_un> to_address(const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string text = path.string();
  if (text.empty() || text.size() >= sizeof address.sun_path) {
    return fail(Errc::InvalidInput, fmt::format("the socket path '{}' is empty or longer than {} "
                                                "bytes; give a shorter one with --control",
                                                text, sizeof address.sun_path - 1));
  }
  std::memcpy(address.sun_path, text.data(), text.size());
  return address;
}

int open_socket() { return ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0); }

bool connect_to(int fd, const sockaddr_un& address) {
  return ::connect(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

Result<std::string> parse_answer(const std::string& text) {
  const auto end = text.find('\n');
  const std::string code = text.substr(0, end);
  const std::string rest = end == std::string::npos ? "" : text.substr(end + 1);
  if (code == "ok") return rest;
  for (Errc known : kErrors) {
    if (code == name_of(known)) return fail(known, rest);
  }
  return fail(Errc::Unreachable, "the stage broke off its answer; see what 'stage run' printed");
}

}  // namespace

std::filesystem::path default_control() {
  const char* runtime = std::getenv("XDG_RUNTIME_DIR");
  if (runtime != nullptr && *runtime == '/') {
    return std::filesystem::path(runtime) / "dienstbereit-stage.sock";
  }
  return fmt::format("/tmp/dienstbereit-stage-{}.sock", ::geteuid());
}

Result<ControlSocket> ControlSocket::open(const std::filesystem::path& path) {
  const auto address = to_address(path);
  if (!address) return tl::make_unexpected(address.error());
  {
    const Socket probe(open_socket());
    if (connect_to(probe.get(), *address)) {
      return fail(Errc::Conflict,
                  fmt::format("a stage already runs on {}; stop it, or give another "
                              "socket with --control",
                              path.string()));
    }
    if (errno == ECONNREFUSED) ::unlink(address->sun_path);
  }
  ControlSocket control(open_socket(), path);
  const mode_t before = ::umask(0177);
  const bool bound =
      ::bind(control.fd_, reinterpret_cast<const sockaddr*>(&*address), sizeof *address) == 0;
  const int reason = errno;
  ::umask(before);
  if (bound && ::listen(control.fd_, SOMAXCONN) == 0) return control;
  if (!bound) control.path_.clear();
  return fail(Errc::Io, fmt::format("cannot create the socket {}: {}; give another with --control",
                                    path.string(), std::strerror(reason)));
}

ControlSocket::ControlSocket(ControlSocket&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), path_(std::exchange(other.path_, {})) {}

ControlSocket::~ControlSocket() {
  if (fd_ >= 0) ::close(fd_);
  if (!path_.empty()) ::unlink(path_.c_str());
}

void ControlSocket::answer(const std::function<Result<std::string>(std::string_view)>& obey) const {
  const Socket peer(::accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC));
  if (peer.get() < 0 || !peer.is_ours()) return;
  const std::string command = peer.receive('\n', kLongestCommand);
  if (command.empty() || command.back() != '\n') return;
  const auto done = obey(std::string_view(command).substr(0, command.size() - 1));
  peer.send_all(done ? "ok\n" + *done
                     : fmt::format("{}\n{}", name_of(done.error().code), done.error().message));
}

Result<std::string> send_command(const std::filesystem::path& control, std::string_view command) {
  const auto address = to_address(control);
  if (!address) return tl::make_unexpected(address.error());
  const Socket stage(open_socket());
  if (!connect_to(stage.get(), *address) || !stage.is_ours()) {
    return fail(Errc::Unreachable,
                fmt::format("no stage of yours answers on {}; start one with "
                            "'stage run FILE', or name its socket with --control",
                            control.string()));
  }
  if (command.size() >= kLongestCommand || command.find('\n') != std::string_view::npos) {
    return fail(Errc::InvalidInput, "the command is too long; see 'stage --help'");
  }
  stage.send_all(std::string(command) + "\n");
  return parse_answer(stage.receive('\0', kLongestAnswer));
}

}  // namespace dienstbereit::stage
