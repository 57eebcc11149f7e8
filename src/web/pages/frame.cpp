// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "web/outside/feeds.h"
#include "web/outside/subscribe.h"
#include "web/pages/pages.h"
#include "web/pages/parts.h"
#include "web/pages/style.h"

namespace dienstbereit::web {
namespace {

using words::Language;

constexpr std::string_view kMain = "#inhalt";

void write_head(Html& html, const Frame& frame, Language language, Language other) {
  const auto head = html.open("head");
  html.empty("meta", {{"charset", "utf-8"}});
  html.empty("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  html.empty("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  html.leaf("title", words::marked(language, frame.exercise, frame.title));
  html.empty("link", {{"rel", "icon"}, {"href", "/favicon.svg"}, {"type", "image/svg+xml"}});
  if (!frame.other_path.empty()) {
    html.empty(
        "link",
        {{"rel", "alternate"}, {"hreflang", words::code_of(language)}, {"href", frame.path}});
    html.empty(
        "link",
        {{"rel", "alternate"}, {"hreflang", words::code_of(other)}, {"href", frame.other_path}});
  }
  html.style(style_sheet());
  // Search engines are told nothing that is not so.
  if (frame.exercise) {
    html.empty("meta", {{"name", "robots"}, {"content", "noindex"}});
  } else if (!frame.json_ld.empty()) {
    html.data_block(frame.json_ld);
  }
}

void write_banner(const Pen& pen, const Frame& frame, const Wording& name, Language other) {
  const auto header = pen.html.open("header");
  if (frame.exercise) pen.html.leaf("p", pen.label("page.exercise"), {{"class", "exercise"}});
  {
    const auto brand = pen.html.open("p", {{"class", "brand"}});
    const std::string home = home_path(pen.language());
    const auto link = pen.html.open("a", {{"href", home}});
    write(pen, name);
  }
  const std::string language_label = pen.label("page.language");
  const auto nav = pen.html.open("nav", {{"aria-label", language_label}});
  const auto code = words::code_of(other);
  pen.html.leaf("a", pen.label("page.other_language"),
                {{"href", frame.other_path}, {"lang", code}, {"hreflang", code}});
}

void write_footer(const Pen& pen, const view::Stamp& stamp) {
  const Administration& own = stamp.district->administration;
  const auto footer = pen.html.open("footer");
  {
    const auto facts = pen.html.open("dl");
    write_fact(pen, "page.contact", words::say(own.phone, pen.language()));
    write_fact(pen, "page.imprint", words::say(own.imprint, pen.language()));
    write_fact(pen, "page.journal_head", fmt::format("{} · {}", stamp.head, stamp.seq));
  }
  const auto line = pen.html.open("p");
  pen.html.text(pen.label("web.still")).text(" ");
  pen.html.leaf("a", pen.label("page.data"), {{"href", "/api/v1/situation"}}).text(" ");
  pen.html.leaf("a", pen.label("page.feed"), {{"href", feed_path(FeedForm::Atom, pen.language())}})
      .text(" ");
  if (offers_subscriptions(stamp)) {
    pen.html.leaf("a", pen.label("web.abo.title"), {{"href", subscription_path(pen.language())}})
        .text(" ");
  }
  pen.html.leaf("a", pen.label("page.accessibility"),
                {{"href", accessibility_path(pen.language())}});
}

void write_document(Html& html, const Frame& frame, Language language,
                    const std::function<void()>& body) {
  html.raw("<!DOCTYPE html>");
  const auto root = html.open("html", {{"lang", words::code_of(language)}});
  write_head(html, frame, language, other_than(language));
  const auto all = html.open("body");
  body();
}

// A page that knows no district yet, or none at all.
std::string bare_html(Language language, const std::string& title,
                      const std::vector<std::pair<Language, std::string>>& lines) {
  Html html;
  write_document(html, Frame{title, {}, {}, {}, false}, language, [&] {
    const auto main = html.open("main", {{"id", "inhalt"}});
    html.leaf("h1", title);
    for (const auto& [of, line] : lines) {
      html.leaf("p", line, {{"lang", words::code_of(of)}});
    }
  });
  return html.take();
}

std::string error_text(Language language, int status) {
  switch (status) {
    case 400:
    case 404:
    case 405:
    case 408:
    case 413:
    case 503:
      return words::label(language, fmt::format("web.error.{}", status));
    default:
      return words::label(language, "web.error.other");
  }
}

}  // namespace

std::string framed(Frame frame, const words::Voice& voice, const view::Stamp& stamp,
                   const std::function<void(const Pen&)>& content) {
  Html html;
  const Pen pen{html, voice};
  frame.exercise = stamp.exercise;
  write_document(html, frame, voice.language(), [&] {
    html.leaf("a", pen.label("page.skip"), {{"class", "skip"}, {"href", kMain}});
    write_shapes(html);
    write_banner(pen, frame, stamp.district->administration.name, other_than(voice.language()));
    {
      const auto main = html.open("main", {{"id", "inhalt"}});
      if (!frame.home) {
        const std::string home = home_path(voice.language());
        const std::string name = pen.label("page.home");
        const auto nav = html.open("nav", {{"class", "back"}, {"aria-label", name}});
        html.leaf("a", "← " + name, {{"href", home}});
      }
      content(pen);
    }
    write_footer(pen, stamp);
  });
  return html.take();
}

std::string starting_html(Language language) {
  const Language other = other_than(language);
  return bare_html(language, "Dienstbereit",
                   {{language, words::label(language, "page.starting")},
                    {other, words::label(other, "page.starting")}});
}

std::string error_html(int status, Language language) {
  const Language other = other_than(language);
  return bare_html(language, words::label(language, "web.error.title"),
                   {{language, error_text(language, status)}, {other, error_text(other, status)}});
}

}  // namespace dienstbereit::web
