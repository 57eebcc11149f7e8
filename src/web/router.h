// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "model/intake/case.h"
#include "web/control.h"
#include "web/edition.h"
#include "web/gatekeeper.h"
#include "web/intake/console_files.h"
#include "web/intake/intake_api.h"
#include "web/operate/desk.h"
#include "web/outside/feedback.h"
#include "web/outside/stranger_gate.h"
#include "web/outside/subscribe.h"
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
  // All of it outlives the router.
  struct Ports {
    InputSink& sink;
    Control& control;
    Gatekeeper& gatekeeper;
    const ServerCounts& counts;
    std::filesystem::path console = {};  // the built pages of the counters; empty: none
  };
  Router(std::string version, bool tls, Ports ports);

  // How long the body of a request may be: longer for photos of who has logged in.
  std::size_t body_limit(const Request& header, const Limits& limits) const {
    if (is_intake_upload(header, control_)) return kUploadBytesMax;
    return desk_.may_upload(header) ? limits.upload_bytes : limits.body_bytes;
  }

  // From now on operators and commands see this situation, and the public once it is rendered anew.
  void know(std::shared_ptr<const Situation> situation);
  // Renders the pages of what is known, at the present time.
  void renew();
  // Null before the first renew().
  Edition* edition() const { return edition_.get(); }

  Outcome answer(const Request& request);
  // For a request that could not be read, and for limits of the server; closes the connection.
  // JSON if `path`, as sent, is the API's; a page if it is another or not known.
  Response refusal(int status, std::string_view path) const;

 private:
  using Handler = Outcome (Router::*)(const Request& request, std::string_view rest);
  // Who may: anyone; the Unix socket alone; the socket, or a token with a role as its scope.
  struct Needs {
    std::optional<Role> role;
    bool socket = false;
    bool outpost = false;  // the token of the outpost that the path names, and nobody else
  };
  // One line of the API. A pattern that ends in '/' takes the rest of the path, up to `suffix`.
  struct Route {
    Method method;
    std::string_view pattern;
    Needs needs;
    Handler handler;
    std::string_view suffix = {};

    bool takes_rest() const { return pattern.ends_with('/'); }
    bool fits(std::string_view path) const {
      if (!takes_rest()) return path == pattern;
      return path.size() > pattern.size() + suffix.size() && path.starts_with(pattern) &&
             path.ends_with(suffix);
    }
    std::string_view rest_of(std::string_view path) const {
      if (!takes_rest()) return path;
      return path.substr(pattern.size(), path.size() - pattern.size() - suffix.size());
    }
  };
  static std::array<std::span<const Route>, 3> tables();  // web/api/routes.cpp
  static std::span<const Route> routes();
  static std::span<const Route> account_routes();
  static std::span<const Route> intake_routes();
  friend std::vector<std::string> api_operations();

  // Nothing: none; `allow` names the methods that the path takes, if any.
  static const Route* find_route(std::string_view path, Method wanted, std::string& allow);
  Outcome answer_api(const Request& request, const std::string& path);
  // The actor of an API call, or the answer to one who may not.
  std::variant<Identity, Response> admit(const Request& request, const Needs& needs) const;
  Outcome answer_console(const Request& request, const std::string& path) const;
  Outcome answer_page(const Request& request, const std::string& path);
  Outcome subscriptions(const Request& request, const std::string& path);
  Outcome take_feedback(const Request& request, words::Language language);
  Outcome not_allowed(const std::string& path, std::string_view allow) const;
  Outcome conditional(const Request& request, PayloadPtr payload) const;
  Response starting() const;
  // Of one incident of the record, as `text` tells it.
  using IncidentText = std::string (*)(const Incident&, const Situation&, Instant);
  Outcome of_incident(std::string_view id, IncidentText text) const;
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
  Outcome draft(const Request& request, std::string_view rest);
  Outcome poster(const Request& request, std::string_view rest);
  Outcome make_forecast(const Request& request, std::string_view rest);
  Outcome outlook(const Request& request, std::string_view rest);
  Outcome propose_order(const Request& request, std::string_view rest);
  Outcome what_if(const Request& request, std::string_view rest);
  Outcome suspects(const Request& request, std::string_view rest);
  Outcome withdraw_word(const Request& request, std::string_view rest);
  Outcome plans(const Request& request, std::string_view rest);
  Outcome restart_order(const Request& request, std::string_view rest);
  Outcome start_run(const Request& request, std::string_view rest);
  Outcome move_run(const Request& request, std::string_view rest);
  Outcome switch_fallback(const Request& request, std::string_view rest);
  Outcome acknowledge(const Request& request, std::string_view rest);
  Outcome test_message(const Request& request, std::string_view rest);
  Outcome reload(const Request& request, std::string_view rest);
  Outcome confirm_clock(const Request& request, std::string_view rest);
  Outcome backup(const Request& request, std::string_view rest);
  Outcome papers(const Request& request, std::string_view rest);
  Outcome pack_sites(const Request& request, std::string_view rest);
  Outcome accounts(const Request& request, std::string_view rest);
  Outcome outpost_orders(const Request& request, std::string_view rest);
  Outcome outpost_report(const Request& request, std::string_view rest);
  Outcome homepage(const Request& request, std::string_view rest);
  Outcome set_homepage_mode(const Request& request, std::string_view rest);
  Outcome fetch_homepage(const Request& request, std::string_view rest);
  Outcome prune_homepage(const Request& request, std::string_view rest);
  Outcome intake(const Request& request, std::string_view rest);

  std::string version_;
  bool tls_;
  InputSink& sink_;
  Control& control_;
  Gatekeeper& gatekeeper_;
  operate::Desk desk_;
  StrangerGate feedback_gate_;
  ConsoleFiles console_;
  SubscriptionCounter subscriptions_;
  const ServerCounts& counts_;
  std::shared_ptr<const Situation> situation_;
  std::unique_ptr<Edition> edition_;
  std::array<PayloadPtr, kEncodings> openapi_;  // made when first asked for
};

// "GET /api/v1/offices/", ...: every operation the router knows, for the test that holds
// openapi.json against it.
std::vector<std::string> api_operations();

}  // namespace dienstbereit::web
