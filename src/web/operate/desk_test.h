// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <gtest/gtest.h>

#include "web/operate/desk.h"
#include "web/testing/fakes.h"

// The desk with one person who has logged in, asked as a browser asks.
namespace dienstbereit::web::operate {

inline constexpr const char* kToken = "token-of-anna";
inline constexpr const char* kFormType = "application/x-www-form-urlencoded";

inline bool contains(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

class DeskTest : public testing::Test {
 protected:
  explicit DeskTest(bool tls = false, const std::string& state = "normal")
      : tls_(tls), world_(test::world_in(state)), desk_(tls, sink_, control_, gatekeeper_) {
    desk_.show(test::situation_of(world_));
    gatekeeper_.let_in(kToken, "u-anna", RoleSet::all());
  }

  Response ask(Request request, const std::string& path) {
    const auto question = path.find('?');
    request.path = std::string_view(path).substr(0, question);
    if (question != std::string::npos) request.query = std::string_view(path).substr(question + 1);
    request.host = "amt.example";
    Outcome outcome = desk_.answer(request, path.substr(0, question));
    if (auto* response = std::get_if<Response>(&outcome)) return *response;
    Response given;
    std::get<Deferred>(outcome).start([&](Response response) { given = std::move(response); });
    return given;
  }
  Peer near() const {
    Peer peer;
    peer.address = "127.0.0.1";
    peer.loopback = true;
    return peer;
  }
  std::string cookie_of(const std::string& token) const {
    return std::string(session_cookie(tls_)) + "=" + token;
  }
  Response get(const std::string& path, const std::string& token = kToken) {
    Request request;
    request.peer = near();
    const std::string cookie = cookie_of(token);
    if (!token.empty()) request.cookie = cookie;
    return ask(request, path);
  }
  // As a browser sends the form that it was given.
  Response post(const std::string& path, const std::string& fields,
                const std::string& token = kToken, Request more = {}) {
    more.method = Method::Post;
    more.peer = near();
    const std::string cookie = cookie_of(token);
    const std::string body = fields + "&csrf=" + csrf_of(token);
    more.cookie = cookie;
    more.content_type = kFormType;
    more.body = body;
    return ask(more, path);
  }

  bool tls_;
  std::shared_ptr<test::World> world_;
  test::FakeSink sink_;
  test::FakeControl control_{world_->now};
  test::FakeGatekeeper gatekeeper_;
  Desk desk_;
};

inline std::string_view location(const Response& response) {
  const std::string_view fields = response.payload->fields();
  const auto begin = fields.find("Location: ");
  if (begin == std::string_view::npos) return {};
  return fields.substr(begin + 10, fields.find("\r\n", begin) - begin - 10);
}

}  // namespace dienstbereit::web::operate
