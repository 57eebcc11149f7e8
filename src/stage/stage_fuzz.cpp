// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstddef>
#include <cstdint>

#include "stage/conversation.h"

// The first byte chooses the server; the rest arrives in two pieces.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit::stage;
  if (size == 0) return 0;
  Server server;
  server.kind = static_cast<Kind>(data[0] % 5);
  server.domains = {"example.org"};
  server.accepts = {"post@example.org"};
  server.records = {{"a", "A", "192.0.2.1"}, {"b", "CNAME", "a"}};
  const std::string_view bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  server.ups = "usv1";
  const Supply supply;
  const auto conversation = converse(server, supply);
  std::string in(bytes.substr(0, bytes.size() / 2));
  std::string out = conversation->greeting();
  if (!conversation->advance(in, out)) return 0;
  in += bytes.substr(bytes.size() / 2);
  conversation->advance(in, out);
  answer_dns(server.records, bytes, kLongestUdpAnswer);
  return 0;
}
