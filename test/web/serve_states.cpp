// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Serves pages and API on loopback ports for the tests in test/web that need a browser or a JSON
// validator: one server for every named situation (src/web/testing/states.h), and one for every
// way in which an answer is refused. Prints a line for each, "state NAME PORT SOCKET" or
// "refusal NAME PORT SOCKET", then "ready", and ends when its standard input does.
#include <cstdio>
#include <iostream>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "web/server.h"
#include "web/testing/fakes.h"

namespace {

using namespace dienstbereit;

struct Stand {
  Stand(std::string kind, std::string name, const std::string& state)
      : kind(std::move(kind)),
        name(std::move(name)),
        world(web::test::world_in(state)),
        control(world->now) {
    let_operators_in();
    web::test::take_in(*world);
    if (this->name != "normal") add_homepage();
  }

  // One that needs looking into in every way.
  void add_homepage() {
    const Instant now = world->now;
    HomepageSpec spec;
    spec.url = "https://www.kreis.example/";
    world->district->homepage = spec;
    HomepageSituation& page = world->situation.homepage.emplace();
    page.mode = SiteMode::Dark;
    page.mode_since = now - std::chrono::hours(1);
    page.reason = "Kopie veraltet";
    page.by = "user:u-de";
    page.failing_since = now - std::chrono::hours(30);
    page.detail = "wget ended with 4";
    HomepageFigures& figures = control.figures.emplace();
    figures.copies = {{"2026-11-19T0200", now - std::chrono::hours(100), 812, 73'400'000},
                      {"2026-11-18T0200", now - std::chrono::hours(124), 800, 73'000'000}};
    figures.current = "2026-11-19T0200";
    figures.ports = {8090};
    figures.certificate_until = now + std::chrono::hours(48);
    figures.requests = 12;
    figures.last_request = now - std::chrono::minutes(1);
  }

  // Two sessions that operate.test.mjs knows, and something for each operator page to show.
  void let_operators_in() {
    gatekeeper.let_in("session-de", "u-de", RoleSet::all(), "de");
    gatekeeper.let_in("session-en", "u-en", RoleSet::all(), "en");
    gatekeeper.known[1].has_totp = true;
    gatekeeper.known[1].recovery_left = 1;
    gatekeeper.bearers["narrow"] = {{"token:t-2", ""}, {}, AccountId("u-de"), ""};
    gatekeeper.links["setup"] = {true, ""};
    gatekeeper.links["reset"] = {false, "ben"};
    const Instant now = world->now;
    const std::string agent =
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0";
    gatekeeper.listed = {
        {"s-u-de", AccountId("u-de"), "", SessionStage::Full, now, now, "192.0.2.7", agent},
        {"s-other", AccountId("u-de"), "", SessionStage::Full, now, now,
         "2001:db8:1234:5678:9abc:def0:1234:5678", agent},
        {"s-paper", AccountId(), "e-1", SessionStage::Full, now, now, "192.0.2.9", agent}};
    gatekeeper.made = {{"t-1",
                        AccountId("u-de"),
                        "Leitstand",
                        {Role::Operate},
                        now,
                        Instant(),
                        now + std::chrono::hours(24)}};
    gatekeeper.trail = {{now,
                         "emergency:e-1",
                         {AccountId(), AuditKind::EmergencyLogin, "the code on paper was used"}}};
    gatekeeper.answer.secret = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
    gatekeeper.answer.address = "otpauth://totp/Dienstbereit:anna?secret=JBSWY3DPEHPK3PXP";
  }

  Result<void> start(const std::string& folder) {
    web::ServerOptions options;
    options.listen = {web::ListenAddress{}};
    options.socket = fmt::format("{}/{}.sock", folder, name);
    options.version = "0.0.0";
    options.limits = limits;
    server = std::make_unique<web::Server>(std::move(options), sink, control, gatekeeper);
    auto started = server->start();
    if (started && published) {
      server->publish(web::test::situation_of(world));
    }
    return started;
  }
  void announce(const std::string& folder) const {
    std::printf("%s %s %u %s/%s.sock\n", kind.c_str(), name.c_str(), server->ports().front(),
                folder.c_str(), name.c_str());
  }

  std::string kind;
  std::string name;
  std::shared_ptr<web::test::World> world;
  web::test::FakeSink sink;
  web::test::FakeControl control;
  web::test::FakeGatekeeper gatekeeper;
  web::Limits limits;
  bool published = true;
  std::unique_ptr<web::Server> server;
};

using Stands = std::vector<std::unique_ptr<Stand>>;

Stand& add_refusal(Stands& stands, const std::string& name) {
  return *stands.emplace_back(std::make_unique<Stand>("refusal", name, "normal"));
}

Stands all_stands() {
  Stands stands;
  for (const auto& [name, change] : web::test::states()) {
    stands.push_back(std::make_unique<Stand>("state", name, name));
  }
  add_refusal(stands, "starting").published = false;
  add_refusal(stands, "full").control.full = true;
  stands.back()->limits.streams = 1;
  add_refusal(stands, "silent").sink.silent = true;
  stands.back()->control.silent = true;
  stands.back()->control.counters.silent = true;
  stands.back()->limits.command = std::chrono::milliseconds(50);
  add_refusal(stands, "no_intake").world->district->intake.services.clear();
  add_refusal(stands, "guessed").gatekeeper.limited = true;
  add_refusal(stands, "hasty").limits.body = std::chrono::milliseconds(50);
  for (const Errc code : {Errc::InvalidInput, Errc::NotFound, Errc::Conflict, Errc::LimitExceeded,
                          Errc::Io, Errc::Unavailable}) {
    Stand& stand = add_refusal(stands, name_of(code));
    stand.sink.refuses = code;
    stand.control.refuses = code;
    stand.control.counters.refuses = code;
    if (code == Errc::Unavailable || code == Errc::Io) stand.gatekeeper.broken = code;
    if (code == Errc::NotFound) stand.gatekeeper.answer.refused = Refusal::NoSuchAccount;
    if (code == Errc::Conflict) stand.gatekeeper.answer.refused = Refusal::LoginTaken;
    if (code == Errc::InvalidInput) stand.gatekeeper.answer.refused = Refusal::NameInvalid;
  }
  return stands;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: serve_states FOLDER-FOR-SOCKETS\n");
    return 2;
  }
  const Stands stands = all_stands();
  for (const auto& stand : stands) {
    if (const auto started = stand->start(argv[1]); !started) {
      std::fprintf(stderr, "%s\n", started.error().message.c_str());
      return 1;
    }
    stand->announce(argv[1]);
  }
  std::printf("ready\n");
  std::fflush(stdout);
  std::string line;
  while (std::getline(std::cin, line)) {
  }
  return 0;
}
