// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/client.h"

#include <cerrno>
#include <charconv>
#include <cstring>

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "app/application.h"
#include "base/text.h"

namespace dienstbereit::app {
namespace {

class Socket {
 public:
  Socket() : fd_(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0)) {}
  ~Socket() {
    if (fd_ >= 0) ::close(fd_);
  }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;
  int get() const { return fd_; }

 private:
  int fd_;
};

Result<void> connect(const Socket& socket, const std::filesystem::path& path) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  if (path.string().size() >= sizeof address.sun_path) {
    return fail(Errc::InvalidInput, fmt::format("{} is too long for a socket", path.string()));
  }
  std::memcpy(address.sun_path, path.c_str(), path.string().size());
  const timeval patience{kAnswerSeconds, 0};
  ::setsockopt(socket.get(), SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket.get(), SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  if (::connect(socket.get(), reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) {
    return {};
  }
  if (errno == EACCES) {
    return fail(Errc::Denied,
                fmt::format("you may not use {}; only members of its group may", path.string()));
  }
  return fail(
      Errc::Unreachable,
      fmt::format("no server answers on {}: {}; start one with 'dienstbereit serve', or name "
                  "its data directory with --data",
                  path.string(), std::strerror(errno)));
}

Result<void> send_all(const Socket& socket, std::string_view text) {
  while (!text.empty()) {
    const ssize_t sent = ::send(socket.get(), text.data(), text.size(), MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return fail(Errc::Io, "the server closed the connection");
    text.remove_prefix(static_cast<std::size_t>(sent));
  }
  return {};
}

Result<std::string> receive_all(const Socket& socket) {
  std::string text;
  char buffer[65536];
  while (true) {
    const ssize_t got = ::recv(socket.get(), buffer, sizeof buffer, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return fail(Errc::TimedOut,
                  fmt::format("no answer from the server within {} s", kAnswerSeconds));
    }
    if (got == 0) return text;
    text.append(buffer, static_cast<std::size_t>(got));
    if (text.size() > kLargestReply) return fail(Errc::LimitExceeded, "the answer is too large");
  }
}

Result<ServerReply> parse(const std::string& text) {
  constexpr std::string_view kVersion = "HTTP/1.1 ";
  const auto end = text.find("\r\n\r\n");
  ServerReply reply;
  if (!text.starts_with(kVersion) || end == std::string::npos) {
    return fail(Errc::Corrupt, "what answers on the socket is no server of ours");
  }
  const char* code = text.data() + kVersion.size();
  std::from_chars(code, code + 3, reply.status);
  reply.body = text.substr(end + 4);
  return reply;
}

}  // namespace

Result<ServerReply> ask(const std::filesystem::path& data, std::string_view method,
                        std::string_view path, std::string_view body) {
  const Socket socket;
  if (auto connected = connect(socket, socket_of(data)); !connected) {
    return tl::unexpected(connected.error());
  }
  const std::string request =
      fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
                  method, path, body.size(), body);
  if (auto sent = send_all(socket, request); !sent) return tl::unexpected(sent.error());
  const auto text = receive_all(socket);
  if (!text) return tl::unexpected(text.error());
  return parse(*text);
}

}  // namespace dienstbereit::app
