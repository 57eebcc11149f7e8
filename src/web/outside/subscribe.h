// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "view/pages.h"
#include "web/outside/stranger_gate.h"
#include "web/request.h"
#include "web/response.h"
#include "web/subscriptions.h"
#include "words/language.h"

namespace dienstbereit::web {

// The form that people subscribe with: "/abo", "/en/subscription".
std::string subscription_path(words::Language language);
// Below the district's address, what a mail's link leads to; without the leading '/'.
std::string subscription_link(const Subscriber& subscriber);

// Whether the pages that bear this stamp can offer subscriptions: not those of an exercise, nor
// copies, which have no server behind them.
bool offers_subscriptions(const view::Stamp& stamp);

// Subscriptions for strangers: by pages, and by the status page API (docs/formats/statuspage.md).
class SubscriptionCounter {
 public:
  // Both outlive it.
  SubscriptionCounter(bool tls, Subscriptions& subscriptions)
      : tls_(tls), subscriptions_(subscriptions) {}

  // Whether `path` is answered here, whatever the method.
  static bool serves(std::string_view path);
  Outcome answer(const Request& request, const std::string& path, const view::Stamp& stamp,
                 Instant now);

 private:
  Outcome answer_api(const Request& request, std::string_view path, Instant now);
  Outcome answer_form(const Request& request, const view::Stamp& stamp, words::Language language,
                      Instant now);
  Outcome answer_link(const Request& request, std::string_view rest, const view::Stamp& stamp,
                      words::Language language);

  bool tls_;
  Subscriptions& subscriptions_;
  StrangerGate gate_;
};

}  // namespace dienstbereit::web
