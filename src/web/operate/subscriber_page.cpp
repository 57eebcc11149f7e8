// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Who has the public statements sent by mail: seen and erased by who may see personal data.
#include <algorithm>

#include "web/operate/handlers.h"
#include "web/operate/record_parts.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {

Outcome show_subscribers(const Desk& desk, const Visit& visit) {
  return Deferred{[&desk, visit](std::function<void(Response)> done) {
    desk.control().subscriptions().list([&desk, visit, done](const std::vector<Subscriber>& all) {
      const auto confirmed = std::count_if(all.begin(), all.end(),
                                           [](const Subscriber& one) { return one.confirmed; });
      done(desk.page(
          visit, {words::label(visit.language, "operate.subscribers.title"), done_notice(visit),
                  [&](const Pen& pen) {
                    pen.html.leaf("p", words::count(visit.language, "operate.subscribers.count",
                                                    static_cast<std::size_t>(confirmed)));
                    const auto list = pen.html.open("ul", {{"class", "cards"}});
                    bool said = false;
                    for (auto one = all.rbegin(); one != all.rend(); ++one) {
                      if (full(pen, said)) continue;
                      const auto item = pen.html.open("li");
                      pen.html.leaf("p", one->mail, {{"dir", "ltr"}});
                      pen.html.leaf(
                          "p",
                          pen.label(one->confirmed ? "operate.subscribers.since"
                                                   : "operate.subscribers.waiting") +
                              " " + words::time_of(pen.voice, one->confirmed.value_or(one->made)),
                          {{"class", "hours"}});
                      FormWriter form(pen, visit, "erase-" + one->id, "/operate/subscribers",
                                      pen.label("operate.subscribers.erase"), FormKind::Inline);
                      form.hidden("id", one->id);
                    }
                  }}));
    });
  }};
}

Outcome erase_subscriber(const Desk& desk, const Visit& visit) {
  return Deferred{[&desk, visit](std::function<void(Response)> done) {
    desk.control().subscriptions().end(
        visit.form.value("id"), [&desk, visit, done](const Result<Subscriber>& ended) {
          done(ended ? desk.redirect(visit, "/operate/subscribers?done=1")
                     : no_such_thing(desk, visit));
        });
  }};
}

}  // namespace dienstbereit::web::operate
