// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "base/text.h"
#include "stage/conversation.h"

namespace dienstbereit::stage {
namespace {

std::string response(std::string_view status, std::string_view type, std::string_view body,
                     bool with_body) {
  return fmt::format(
      "HTTP/1.1 {}\r\nContent-Type: {}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{}",
      status, type, body.size(), with_body ? body : std::string_view());
}

// One request a connection, by RFC 9112 as far as GET and HEAD go.
class HttpConversation : public Conversation {
 public:
  explicit HttpConversation(const Server& server) : server_(server) {}

  bool advance(std::string& in, std::string& out) override {
    const auto end = in.find("\r\n\r\n");
    if (end == std::string::npos) {
      if (in.size() <= kLongestRequest) return true;
      out += response("431 Request Header Fields Too Large", "text/plain", "too large\n", true);
      return false;
    }
    out += answer(std::string_view(in).substr(0, in.find("\r\n")));
    in.clear();
    return false;
  }

 private:
  std::string answer(std::string_view request_line) const {
    const auto words = split(request_line, ' ');
    if (words.size() != 3 || !words[2].starts_with("HTTP/1.")) {
      return response("400 Bad Request", "text/plain", "no HTTP request\n", true);
    }
    const bool head = words[0] == "HEAD";
    if (!head && words[0] != "GET") {
      return response("405 Method Not Allowed", "text/plain", "GET and HEAD only\n", true);
    }
    if (words[1].substr(0, words[1].find('?')) != server_.path) {
      return response("404 Not Found", "text/plain", "no such page\n", !head);
    }
    return response("200 OK", server_.media_type, server_.body, !head);
  }

  const Server& server_;
};

}  // namespace

std::unique_ptr<Conversation> converse_http(const Server& server) {
  return std::make_unique<HttpConversation>(server);
}

}  // namespace dienstbereit::stage
