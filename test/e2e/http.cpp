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

class Socket {
 public:
  explicit Socket(int family) : fd_(::socket(family, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    const timeval patience{kPatienceSeconds, 0};
    ::setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    ::setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  }
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

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

// Without the elements that no reader sees.
std::string without(std::string html, const std::string& element) {
  const std::string close = "</" + element + ">";
  for (auto at = html.find("<" + element); at != std::string::npos;
       at = html.find("<" + element, at)) {
    const auto end = html.find(close, at);
    html.erase(at, end == std::string::npos ? end : end + close.size() - at);
  }
  return html;
}

}  // namespace

HttpReply ask_tcp(const std::string& address, std::uint16_t port, const std::string& path) {
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(port);
  ::inet_pton(AF_INET, address.c_str(), &to.sin_addr);
  const Socket socket(AF_INET);
  return socket.connect(to) ? socket.exchange(request_of("GET", path, "")) : HttpReply{};
}

HttpReply ask_socket(const std::filesystem::path& path, const std::string& method,
                     const std::string& target, const std::string& body) {
  sockaddr_un to{};
  to.sun_family = AF_UNIX;
  std::memcpy(to.sun_path, path.c_str(), path.string().size());
  const Socket socket(AF_UNIX);
  return socket.connect(to) ? socket.exchange(request_of(method, target, body)) : HttpReply{};
}

std::string visible_text(const std::string& html) {
  std::string text;
  bool tag = false;
  for (const char c : without(without(html, "style"), "script")) {
    if (c == '<') tag = true;
    if (!tag) text += c == '\n' ? ' ' : c;
    if (c == '>') tag = false;
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEntities{
      {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}};
  for (const auto& [entity, character] : kEntities) replace_all(text, entity, character);
  while (text.find("  ") != std::string::npos) replace_all(text, "  ", " ");
  return text;
}

}  // namespace dienstbereit::e2e
