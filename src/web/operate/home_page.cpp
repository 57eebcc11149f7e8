// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/operate/handlers.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {

Outcome show_home(const Desk& desk, const Visit& visit) {
  return desk.page(
      visit,
      {words::label(visit.language, "operate.home.title"), std::nullopt, [&](const Pen& pen) {
         pen.html.leaf("p", words::text(pen.language(), "operate.home.roles",
                                        {{"roles", role_names(pen, visit.by().roles)}}));
         const auto profile = desk.gatekeeper().profile(visit.by().account);
         if (profile && !profile->has_totp) {
           const auto hint = pen.html.open("p");
           pen.html.text(pen.label("operate.home.no_totp")).text(" ");
           pen.html.leaf("a", pen.label("operate.menu.account"), {{"href", "/operate/account"}});
         }
         const auto link = pen.html.open("p");
         pen.html.leaf("a", pen.label("operate.home.public"), {{"href", "/"}});
       }});
}

}  // namespace dienstbereit::web::operate
