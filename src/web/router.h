// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "web/control.h"
#include "web/edition.h"
#include "web/request.h"
#include "web/response.h"

namespace dienstbereit::web {

// The path below which every answer is JSON but for text that openapi.json names.
inline constexpr std::string_view kApiRoot = "/api/v1/";

// What the server counts of itself, for /metrics.
struct ServerCounts {
  std::uint64_t requests = 0;
  std::uint64_t refused_connections = 0;
  std::uint64_t connections = 0;
  std::uint64_t streams = 0;
};

// From a request to its answer. Knows no socket; one thread.
class Router {
 public:
  // `sink`, `control` and `counts` outlive the router.
  Router(std::string version, bool tls, InputSink& sink, Control& control,
         const ServerCounts& counts);

  // From now on pages tell of this situation; `renew` tells the same one at the present time.
  void show(std::shared_ptr<const Situation> situation);
  void renew();
  // Null before the first show().
  Edition* edition() const { return edition_.get(); }

  Outcome answer(const Request& request);
  // For a request that could not be read, and for limits of the server; closes the connection.
  // JSON if `path`, as sent, is the API's; a page if it is another or not known.
  Response refusal(int status, std::string_view path) const;

 private:
  using Handler = Outcome (Router::*)(const Request& request, std::string_view rest);
  // One line of the API. A pattern that ends in '/' takes the rest of the path.
  struct Route {
    Method method;
    std::string_view pattern;
    bool local_only;  // over the Unix socket
    Handler handler;
  };
  static std::span<const Route> routes();
  friend std::vector<std::string> api_operations();

  Outcome answer_api(const Request& request, const std::string& path);
  Outcome answer_page(const Request& request, const std::string& path);
  Outcome not_allowed(const std::string& path, std::string_view allow) const;
  Outcome conditional(const Request& request, PayloadPtr payload) const;
  Response starting() const;
  Deferred submit(Actor actor, Command command);

  Outcome document(const Request& request, std::string_view rest);
  Outcome copy(const Request& request, std::string_view rest);
  Outcome metrics(const Request& request, std::string_view rest);
  Outcome status(const Request& request, std::string_view rest);
  Outcome version(const Request& request, std::string_view rest);
  Outcome health(const Request& request, std::string_view rest);
  Outcome openapi(const Request& request, std::string_view rest);
  Outcome events(const Request& request, std::string_view rest);
  Outcome why(const Request& request, std::string_view rest);
  Outcome heartbeat(const Request& request, std::string_view rest);
  Outcome set_word(const Request& request, std::string_view rest);
  Outcome record(const Request& request, std::string_view rest);
  Outcome write_record(const Request& request, std::string_view rest);
  Outcome make_forecast(const Request& request, std::string_view rest);
  Outcome withdraw_word(const Request& request, std::string_view rest);
  Outcome acknowledge(const Request& request, std::string_view rest);
  Outcome test_message(const Request& request, std::string_view rest);
  Outcome reload(const Request& request, std::string_view rest);
  Outcome confirm_clock(const Request& request, std::string_view rest);
  Outcome backup(const Request& request, std::string_view rest);

  std::string version_;
  bool tls_;
  InputSink& sink_;
  Control& control_;
  const ServerCounts& counts_;
  std::shared_ptr<const Situation> situation_;
  std::unique_ptr<Edition> edition_;
  std::array<PayloadPtr, kEncodings> openapi_;  // made when first asked for
};

// "GET /api/v1/offices/", ...: every operation the router knows, for the test that holds
// openapi.json against it.
std::vector<std::string> api_operations();

}  // namespace dienstbereit::web
