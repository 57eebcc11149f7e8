// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>

#include "notify/request.h"
#include "runtime/asio.h"

namespace dienstbereit::notify {

// libcurl's transfers on an event loop: no thread of its own, no name resolution, no proxy, no
// environment, every transfer with an end of time. Lives on the loop's thread; outlives every
// transfer.
class CurlLoop {
 public:
  static constexpr std::size_t kMostRead = 4096;  // bytes of an answer that are kept

  explicit CurlLoop(asio::io_context& context);
  ~CurlLoop();
  CurlLoop(const CurlLoop&) = delete;
  CurlLoop& operator=(const CurlLoop&) = delete;

  // HTTP: 2xx is good; 4xx but 408, 425 and 429, and 3xx, are permanent. Mail: the server took the
  // message; 5xx is permanent. `detail` holds the other side's words, cleaned.
  runtime::Async<Posted> perform(Request request);

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared with handlers that outlive the loop's last turn
};

}  // namespace dienstbereit::notify
