// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "base/assert.h"
#include "model/outside/mail_queue.h"

// Any bytes, in two pieces; each counted message is listed.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  MailQueueReader reader({});
  reader.feed(bytes.substr(0, size / 2));
  reader.feed(bytes.substr(size / 2));
  const MailQueue queue = reader.take();
  dienstbereit_assert(queue.messages.size() == queue.backlog.waiting);
  static_cast<void>(parse_queue_report(bytes));
  return 0;
}
