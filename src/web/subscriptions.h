// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "base/result.h"
#include "model/outside/subscriber.h"

namespace dienstbereit::web {

// Who wants the public statements by mail. Implemented by the app; thread-safe, nothing here
// blocks. Each `done` is called once, from any thread; NotFound: there is no such subscription.
class Subscriptions {
 public:
  using Done = std::function<void(Result<Subscriber>)>;

  virtual ~Subscriptions() = default;

  // Asks the address to confirm. The answer does not tell whether it is known already.
  // LimitExceeded: there are too many.
  virtual void add(std::string mail, std::string language, Done done) = 0;
  // `token`: of the link in a mail.
  virtual void find(std::string id, std::string token, Done done) = 0;
  virtual void confirm(std::string id, std::string token, Done done) = 0;
  // Who knows the id may.
  virtual void end(std::string id, Done done) = 0;
  virtual void list(std::function<void(std::vector<Subscriber>)> done) = 0;  // oldest first
};

}  // namespace dienstbereit::web
