// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "base/assert.h"
#include "fallback/mail/log.h"

// Any bytes, in two pieces; the parts always make the whole.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit;
  using namespace dienstbereit::fallback::mail;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  static const TimeZone zone = TimeZone::find("Europe/Berlin").value();
  MailLog log({"[192.0.2.25]:25", {}, Instant(), Instant(std::chrono::hours(500'000)), zone});
  log.feed(bytes.substr(0, size / 2));
  log.feed(bytes.substr(size / 2));
  const std::set<std::string> queue;
  const LogSum sum = log.sum(&queue, Instant(std::chrono::hours(500'000)));
  dienstbereit_assert(sum.accepted == sum.delivered + sum.open + sum.lost());
  return 0;
}
