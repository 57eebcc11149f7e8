// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/outside/accessibility.h"

#include "web/pages/parts.h"

namespace dienstbereit::web {
namespace {

using words::Language;

// The district's own text, else a plain one.
void write_text(const Pen& pen, const Wording& own, std::string_view fallback) {
  const auto paragraph = pen.html.open("p");
  if (own.empty()) {
    pen.html.text(pen.label(fallback));
  } else {
    write(pen, own);
  }
}

void write_feedback(const Pen& pen, const Administration& administration) {
  const auto section = pen.html.open("section");
  pen.html.leaf("h2", pen.label("web.access.feedback"));
  pen.html.leaf("p", pen.label("web.access.feedback_text"));
  const Wording& contact = administration.accessibility.contact;
  const auto paragraph = pen.html.open("p");
  write(pen, contact.empty() ? administration.phone : contact);
}

}  // namespace

std::string accessibility_html(const view::Stamp& stamp, Language language) {
  const Administration& administration = stamp.district->administration;
  const Accessibility& own = administration.accessibility;
  const words::Voice voice(language, stamp);
  Frame frame;
  frame.title = words::label(language, "web.access.title");
  frame.path = accessibility_path(language);
  frame.other_path = accessibility_path(other_than(language));
  return framed(frame, voice, stamp, [&](const Pen& pen) {
    {
      const auto hero = pen.html.open("div", {{"class", "hero"}});
      pen.html.leaf("h1", pen.label("web.access.title"));
      pen.html.leaf("p", words::accessibility_scope(language, administration.name));
      write_stamp(pen, stamp, frame.path);
    }
    {
      const auto section = pen.html.open("section");
      pen.html.leaf("h2", pen.label("web.access.state"));
      pen.html.leaf("p", pen.label("web.access.state_text"));
    }
    {
      const auto section = pen.html.open("section");
      pen.html.leaf("h2", pen.label("web.access.gaps"));
      write_text(pen, own.gaps, "web.access.gaps_none");
    }
    write_feedback(pen, administration);
    {
      const auto section = pen.html.open("section");
      pen.html.leaf("h2", pen.label("web.access.enforcement"));
      write_text(pen, own.enforcement, "web.access.enforcement_none");
    }
    if (!own.reviewed.empty()) {
      pen.html.leaf("p", words::accessibility_reviewed(voice, own.reviewed));
    }
  });
}

}  // namespace dienstbereit::web
