// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What the administration has told the public: one statement, and the page of all of them.
#include "base/markup.h"
#include "base/text.h"
#include "web/pages/pages.h"
#include "web/pages/parts.h"

namespace dienstbereit::web {
namespace {

using words::Language;

// The beginning of `text` whose escaped form has at most `room` bytes, ended on a character.
std::string fitting(const std::string& text, std::size_t room) {
  std::string escaped;
  append_escaped(escaped, text);
  std::size_t cut = text.size();
  while (escaped.size() > room && cut > 0) {
    cut = cut * 3 / 4;
    escaped.clear();
    append_escaped(escaped, clean(text, cut));
  }
  return cut == text.size() ? text : clean(text, cut);
}

void write_lines(const Pen& pen, std::string_view paragraph) {
  bool first = true;
  for (const std::string_view line : split(paragraph, '\n')) {
    if (!first) pen.html.empty("br");
    pen.html.text(line);
    first = false;
  }
}

// dir="auto" isolates: text that runs the other way cannot turn what stands around it.
void write_paragraphs(const Pen& pen, const std::string& text) {
  std::string_view rest = text;
  while (!rest.empty()) {
    const auto end = std::min(rest.find("\n\n"), rest.size());
    if (const std::string_view paragraph = trim(rest.substr(0, end)); !paragraph.empty()) {
      const auto element = pen.html.open("p", {{"dir", "auto"}});
      write_lines(pen, paragraph);
    }
    rest.remove_prefix(std::min(end + 2, rest.size()));
  }
}

const char* kind_key(StatementKind kind) {
  if (kind == StatementKind::Press) return "web.news.press";
  return kind == StatementKind::Simple ? "web.news.simple" : nullptr;
}

}  // namespace

void write_told(const Pen& pen, const view::ToldStatement& told, std::size_t room) {
  const words::Phrase title = words::say(told.title, pen.language());
  const words::Phrase text = words::say(told.text, pen.language());
  const std::string shown = fitting(text.text, room);
  const auto article =
      pen.html.open("article", {{"class", "place"}, {"lang", words::code_of(text.language)}});
  pen.html.leaf("h2", title.text, {{"dir", "auto"}});
  write_paragraphs(pen, shown);
  {
    const auto facts =
        pen.html.open("p", {{"class", "hours"}, {"lang", words::code_of(pen.language())}});
    if (const char* kind = kind_key(told.kind)) pen.html.text(pen.label(kind)).text(". ");
    pen.html.text(pen.label("web.news.at")).text(": ");
    pen.html.text(words::time_of(pen.voice, told.at)).text(".");
    if (shown.size() < text.text.size()) pen.html.text(" ").text(pen.label("web.news.cut"));
  }
}

std::string news_html(const Situation& situation, const view::Stamp& stamp, Language language) {
  constexpr std::size_t kRoom = 7'500;
  const words::Voice voice(language, stamp);
  Frame frame;
  frame.title = words::label(language, "page.news");
  frame.path = news_path(language);
  frame.other_path = news_path(other_than(language));
  return framed(frame, voice, stamp, [&](const Pen& pen) {
    {
      const auto hero = pen.html.open("div", {{"class", "hero"}});
      pen.html.leaf("h1", pen.label("page.news"));
      write_stamp(pen, stamp, frame.path);
    }
    const auto all = view::told(situation);
    if (all.empty()) pen.html.leaf("p", pen.label("web.news.none"));
    bool said = false;
    for (const view::ToldStatement& one : all) {
      if (!full(pen, said, "p")) write_told(pen, one, kRoom);
    }
  });
}

}  // namespace dienstbereit::web
