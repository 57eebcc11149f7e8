// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Bytes of a stranger, through parser and router, to the last answer: the whole request path but
// the socket. The first byte says whether it came over TCP or the Unix socket and in what pieces.
#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "web/router.h"
#include "web/testing/fakes.h"

namespace {

using namespace dienstbereit;

struct Desk {
  Desk()
      : world(web::test::world_in("mixed")),
        control(world->now),
        router("0", false, {sink, control, gatekeeper, counts}) {
    router.know(web::test::situation_of(world));
    router.renew();
  }
  std::shared_ptr<web::test::World> world;
  web::test::FakeSink sink;
  web::test::FakeControl control;
  web::test::FakeGatekeeper gatekeeper;
  web::ServerCounts counts;
  web::Router router;
};

void answer(Desk& desk, const web::Request& request) {
  web::Outcome outcome = desk.router.answer(request);
  if (auto* deferred = std::get_if<web::Deferred>(&outcome)) {
    deferred->start([](web::Response response) { dienstbereit_assert(response.payload); });
  } else if (auto* response = std::get_if<web::Response>(&outcome)) {
    dienstbereit_assert(response->status >= 200 && response->status < 600 && response->payload);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  static const web::Limits limits;
  static Desk desk;
  desk.sink.forget();
  const web::Peer peer = data[0] % 2 == 0 ? web::Peer() : web::Peer{1000};
  const std::size_t piece = std::size_t{1} << (data[0] / 2 % 16);
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  std::string buffer;
  auto parser = std::make_unique<web::RequestParser>(limits);
  while (!rest.empty()) {
    buffer += rest.substr(0, piece);
    rest.remove_prefix(std::min(piece, rest.size()));
    std::size_t taken = 0;
    const auto state = parser->feed(buffer, taken);
    buffer.erase(0, taken);
    if (state == web::RequestParser::State::Refused) {
      desk.router.refusal(parser->refusal(), parser->path());
      return 0;
    }
    if (state == web::RequestParser::State::Complete) {
      answer(desk, parser->request(peer));
      parser = std::make_unique<web::RequestParser>(limits);
    }
  }
  return 0;
}
