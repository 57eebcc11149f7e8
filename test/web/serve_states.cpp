// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Serves pages and API of every named situation (src/web/testing/states.h) on loopback ports, one
// server a state, for the tests in test/web that need a browser or a JSON validator. Prints one
// line a state, "NAME PORT SOCKET", then "ready", and ends when its standard input does.
#include <cstdio>
#include <iostream>
#include <memory>
#include <vector>

#include "web/server.h"
#include "web/testing/fakes.h"

namespace {

using namespace dienstbereit;

struct Stand {
  Stand(const std::string& state, const std::string& folder)
      : world(web::test::world_in(state)), control(world->now) {
    web::ServerOptions options;
    options.listen = {web::ListenAddress{}};
    options.socket = folder + "/" + state + ".sock";
    options.version = "0.0.0";
    server = std::make_unique<web::Server>(std::move(options), sink, control);
  }

  std::shared_ptr<web::test::World> world;
  web::test::FakeSink sink;
  web::test::FakeControl control;
  std::unique_ptr<web::Server> server;
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: serve_states FOLDER-FOR-SOCKETS\n");
    return 2;
  }
  std::vector<std::unique_ptr<Stand>> stands;
  for (const auto& [name, change] : web::test::states()) {
    auto& stand = stands.emplace_back(std::make_unique<Stand>(name, argv[1]));
    if (const auto started = stand->server->start(); !started) {
      std::fprintf(stderr, "%s\n", started.error().message.c_str());
      return 1;
    }
    stand->server->publish(web::test::situation_of(stand->world));
    std::printf("%s %u %s/%s.sock\n", name.c_str(), stand->server->ports().front(), argv[1],
                name.c_str());
  }
  std::printf("ready\n");
  std::fflush(stdout);
  std::string line;
  while (std::getline(std::cin, line)) {
  }
  return 0;
}
