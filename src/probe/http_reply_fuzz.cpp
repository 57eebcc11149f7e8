// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <cstdint>

#include "base/assert.h"
#include "probe/http_reply.h"
#include "probe/url.h"

namespace {

using namespace dienstbereit::probe;

void judge(const HttpReply& reply) {
  dienstbereit_assert(reply.body().size() <= kLargestHttpBody);
  dienstbereit::HttpExpectation expect;
  expect.headers["server"] = "x";
  expect.text = "ok";
  unmet(expect, reply);
  expect = {};
  expect.json["/a/0/b~1c"] = "1";
  unmet(expect, reply);
  const auto location = reply[boost::beast::http::field::location];
  const Url base{true, "host", 443, "/a/b?c"};
  const auto next = resolve_reference(base, {location.data(), location.size()});
  if (next) dienstbereit_assert(*parse_url(to_text(*next)) == *next);
}

}  // namespace

// The first byte says in pieces of which size the rest arrives.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t piece = data[0] + 1u;
  HttpReplyReader reader(false);
  while (!rest.empty()) {
    const auto done = reader.feed(rest.substr(0, piece));
    if (!done) return 0;
    if (*done) break;
    rest.remove_prefix(std::min(piece, rest.size()));
  }
  if (rest.empty() && !reader.end()) return 0;
  judge(reader.reply());
  return 0;
}
