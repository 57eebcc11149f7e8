// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "http.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <cstring>
#include <utility>

#include <fmt/format.h>

namespace dienstbereit::e2e {
namespace {

int patient_socket(int family) {
  const int fd = ::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{kPatienceSeconds, 0};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  return fd;
}

sockaddr_in endpoint(const std::string& address, std::uint16_t port) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  ::inet_pton(AF_INET, address.c_str(), &to.sin_addr);
  return to;
}

class Socket {
 public:
  explicit Socket(int family) : fd_(patient_socket(family)) {}
  ~Socket() { ::close(fd_); }
  Socket(const Socket&) = delete;
  Socket& operator=(const Socket&) = delete;

  template <class Address>
  bool connect(const Address& address) const {
    return ::connect(fd_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }

  HttpReply exchange(const std::string& request) const {
    if (::send(fd_, request.data(), request.size(), MSG_NOSIGNAL) !=
        static_cast<ssize_t>(request.size())) {
      return {};
    }
    std::string text;
    std::array<char, 65536> buffer{};
    ssize_t got = 0;
    while ((got = ::recv(fd_, buffer.data(), buffer.size(), 0)) > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(got));
    }
    return got < 0 ? HttpReply{} : parse(text);
  }

 private:
  static HttpReply parse(const std::string& text) {
    constexpr std::string_view kVersion = "HTTP/1.1 ";
    constexpr std::string_view kLength = "Content-Length: ";
    const auto end = text.find("\r\n\r\n");
    const auto length_at = text.find(kLength);
    if (!text.starts_with(kVersion) || end == std::string::npos || length_at > end) return {};
    HttpReply reply;
    std::size_t length = 0;
    std::from_chars(text.data() + kVersion.size(), text.data() + end, reply.status);
    std::from_chars(text.data() + length_at + kLength.size(), text.data() + end, length);
    reply.body = text.substr(end + 4);
    reply.fields = text.substr(0, end + 2);
    return reply.body.size() == length ? reply : HttpReply{};
  }

  int fd_;
};

std::string request_of(const std::string& method, const std::string& path,
                       const std::string& body) {
  return fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                     "Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{}",
                     method, path, body.size(), body);
}

}  // namespace

HttpReply ask_tcp(const std::string& address, std::uint16_t port, const std::string& path) {
  return ask_tcp(address, port, "GET", path, "Content-Type: application/json\r\n", "");
}

HttpReply ask_tcp(const std::string& address, std::uint16_t port, const std::string& method,
                  const std::string& path, const std::string& fields, const std::string& body) {
  const Socket socket(AF_INET);
  const std::string request = fmt::format(
      "{} {} HTTP/1.1\r\nHost: {}:{}\r\nConnection: close\r\n{}Content-Length: {}\r\n\r\n{}",
      method, path, address, port, fields, body.size(), body);
  return socket.connect(endpoint(address, port)) ? socket.exchange(request) : HttpReply{};
}

HttpReply post_tcp(const std::string& address, std::uint16_t port, const std::string& path,
                   const std::string& authorization) {
  const Socket socket(AF_INET);
  if (!socket.connect(endpoint(address, port))) return {};
  return socket.exchange(fmt::format("POST {} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                                     "Authorization: {}\r\nContent-Length: 0\r\n\r\n",
                                     path, authorization));
}

EventStream::EventStream(const std::string& address, std::uint16_t port, const std::string& path)
    : fd_(patient_socket(AF_INET)) {
  const sockaddr_in to = endpoint(address, port);
  ::connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to);
  const std::string request = fmt::format("GET {} HTTP/1.1\r\nHost: localhost\r\n\r\n", path);
  ::send(fd_, request.data(), request.size(), MSG_NOSIGNAL);
}

EventStream::~EventStream() { ::close(fd_); }

std::string EventStream::next() {
  constexpr std::string_view kData = "\ndata: ";
  std::array<char, 4096> buffer{};
  while (true) {
    const auto begin = read_.find(kData);
    const auto end = begin == std::string::npos ? begin : read_.find("\n\n", begin);
    if (end != std::string::npos) {
      std::string data = read_.substr(begin + kData.size(), end - begin - kData.size());
      read_.erase(0, end + 1);
      return data;
    }
    const ssize_t got = ::recv(fd_, buffer.data(), buffer.size(), 0);
    if (got <= 0) return {};
    read_.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

HttpReply ask_socket(const std::filesystem::path& path, const std::string& method,
                     const std::string& target, const std::string& body) {
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  std::memcpy(to.sun_path, path.c_str(), path.string().size());
  const Socket socket(AF_UNIX);
  return socket.connect(to) ? socket.exchange(request_of(method, target, body)) : HttpReply{};
}

}  // namespace dienstbereit::e2e
