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

void write_feedback_form(const Pen& pen) {
  const std::string path = accessibility_path(pen.language());
  const auto form =
      pen.html.open("form", {{"method", "post"}, {"action", path}, {"class", "tell"}});
  {
    const auto field = pen.html.open("p");
    pen.html.leaf("label", pen.label("web.access.your_text"), {{"for", "text"}});
    const auto area = pen.html.open(
        "textarea",
        {{"id", "text"}, {"name", "text"}, {"rows", "6"}, {"required", ""}, {"maxlength", "2000"}});
  }
  {
    const auto field = pen.html.open("p");
    pen.html.leaf("label", pen.label("web.access.your_contact"), {{"for", "contact"}});
    pen.html.empty(
        "input",
        {{"id", "contact"}, {"name", "contact"}, {"maxlength", "100"}, {"autocomplete", "email"}});
  }
  pen.html.leaf("button", pen.label("web.access.send"));
  pen.html.leaf("p", pen.label("web.access.privacy"), {{"class", "hours"}});
}

void write_feedback(const Pen& pen, const Administration& administration, bool is_copy) {
  const auto section = pen.html.open("section");
  pen.html.leaf("h2", pen.label("web.access.feedback"));
  pen.html.leaf("p", pen.label("web.access.feedback_text"));
  const Wording& contact = administration.accessibility.contact;
  {
    const auto paragraph = pen.html.open("p");
    write(pen, contact.empty() ? administration.phone : contact);
  }
  // A copy has no server behind it that could take a form.
  if (!is_copy) write_feedback_form(pen);
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
    write_feedback(pen, administration, stamp.copy.has_value());
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

std::string feedback_html(const view::Stamp& stamp, Language language, std::string_view answer) {
  const words::Voice voice(language, stamp);
  Frame frame;
  frame.title = words::label(language, "web.access.feedback");
  frame.path = accessibility_path(language);
  frame.other_path = accessibility_path(other_than(language));
  return framed(frame, voice, stamp, [&](const Pen& pen) {
    const auto hero = pen.html.open("div", {{"class", "hero"}});
    pen.html.leaf("h1", frame.title);
    pen.html.leaf("p", pen.label(answer));
    const auto back = pen.html.open("p");
    pen.html.leaf("a", pen.label("web.access.back"), {{"href", frame.path}});
  });
}

}  // namespace dienstbereit::web
