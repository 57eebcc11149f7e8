// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What people have reported of barriers: read, answered by other means, erased.
#include "web/operate/handlers.h"
#include "web/operate/record_parts.h"
#include "web/outside/feedback.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {

Outcome show_feedback(const Desk& desk, const Visit& visit) {
  return Deferred{[&desk, visit](std::function<void(Response)> done) {
    desk.control().list_feedback([&desk, visit, done](const std::vector<Control::Entry>& all) {
      done(desk.page(
          visit, {words::label(visit.language, "operate.feedback.title"), done_notice(visit),
                  [&](const Pen& pen) {
                    pen.html.leaf("p", pen.label("operate.feedback.intro"));
                    if (all.empty()) pen.html.leaf("p", pen.label("operate.feedback.none"));
                    const auto list = pen.html.open("ul", {{"class", "cards"}});
                    bool said = false;
                    for (auto it = all.rbegin(); it != all.rend(); ++it) {
                      if (full(pen, said)) continue;
                      const auto item = pen.html.open("li");
                      const Feedback one = feedback_in(it->second);
                      pen.html.leaf("p", words::time_of(pen.voice, one.at), {{"class", "hours"}});
                      pen.html.leaf("p", one.text, {{"class", "text"}, {"dir", "auto"}});
                      if (!one.contact.empty()) {
                        pen.html.leaf("p", one.contact, {{"dir", "auto"}});
                      }
                      FormWriter form(pen, visit, "erase-" + it->first, "/operate/feedback",
                                      pen.label("operate.feedback.erase"), FormKind::Inline);
                      form.hidden("id", it->first);
                    }
                  }}));
    });
  }};
}

Outcome erase_feedback(const Desk& desk, const Visit& visit) {
  return Deferred{[&desk, visit](std::function<void(Response)> done) {
    desk.control().erase_feedback(visit.form.value("id"), [&desk, visit, done](
                                                              const Result<std::string>& erased) {
      done(erased ? desk.redirect(visit, "/operate/feedback?done=1") : no_such_thing(desk, visit));
    });
  }};
}

}  // namespace dienstbereit::web::operate
