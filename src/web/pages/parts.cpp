// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/pages/parts.h"

#include <algorithm>
#include <iterator>
#include <set>

#include "base/text.h"
#include "web/pages/pages.h"
#include "words/catalogue.h"

namespace dienstbereit::web {
namespace {

using words::Language;

// Kept for the longest single entry and for what closes a page.
constexpr std::size_t kPageRoom = 9'000;

void write_shape(Html& html, Mark mark) {
  switch (mark) {
    case Mark::Normal:
      html.raw("<svg aria-hidden=\"true\"><use href=\"#n\"/></svg>");
      return;
    case Mark::Presumed:
      html.raw("<svg aria-hidden=\"true\"><use href=\"#p\"/></svg>");
      return;
    case Mark::Limited:
      html.raw("<svg aria-hidden=\"true\"><use href=\"#l\"/></svg>");
      return;
    case Mark::Closed:
      html.raw("<svg aria-hidden=\"true\"><use href=\"#c\"/></svg>");
      return;
    case Mark::Unknown:
      html.raw("<svg aria-hidden=\"true\"><use href=\"#u\"/></svg>");
      return;
    case Mark::Off:
      html.raw("<svg aria-hidden=\"true\"><use href=\"#o\"/></svg>");
      return;
  }
}

std::string_view class_of(Mark mark) {
  switch (mark) {
    case Mark::Normal:
      return "s n";
    case Mark::Presumed:
      return "s p";
    case Mark::Limited:
      return "s l";
    case Mark::Closed:
      return "s c";
    case Mark::Unknown:
      return "s u";
    case Mark::Off:
      break;
  }
  return "s o";
}

Mark mark_of(Readiness readiness, bool presumed) {
  switch (readiness) {
    case Readiness::Normal:
      return presumed ? Mark::Presumed : Mark::Normal;
    case Readiness::Limited:
      return Mark::Limited;
    case Readiness::Closed:
      return Mark::Closed;
    case Readiness::Unknown:
      break;
  }
  return Mark::Unknown;
}

}  // namespace

Mark mark_of(const Verdict& verdict) {
  if (verdict.readiness == Readiness::Closed && verdict.closed_by == ClosedBy::Hours) {
    return Mark::Off;
  }
  return mark_of(verdict.readiness, view::presumed(verdict));
}

Mark mark_of(const view::SummaryWord& word) {
  return word.counted == 0 ? Mark::Off : mark_of(word.readiness, word.presumed);
}

Mark mark_of(const view::PlaceView& place) {
  return place.services.empty() ? Mark::Off : mark_of(place.shown());
}

Mark mark_of(view::Tally tally) {
  switch (tally) {
    case view::Tally::Normal:
      return Mark::Normal;
    case view::Tally::Presumed:
      return Mark::Presumed;
    case view::Tally::Limited:
      return Mark::Limited;
    case view::Tally::Closed:
      return Mark::Closed;
    case view::Tally::Unknown:
      break;
  }
  return Mark::Unknown;
}

void write(const Pen& pen, const words::Phrase& phrase) {
  if (phrase.language == pen.language()) {
    pen.html.text(phrase.text);
  } else {
    pen.html.leaf("span", phrase.text, {{"lang", words::code_of(phrase.language)}});
  }
}

void write(const Pen& pen, const words::Phrases& phrases) {
  for (const words::Phrase& phrase : phrases) {
    write(pen, phrase);
  }
}

void write(const Pen& pen, const Wording& wording) {
  write(pen, words::say(wording, pen.language()));
}

void write_sentence(const Pen& pen, const words::Phrases& sentence, std::string_view word) {
  if (equals_ignoring_case(words::plain(sentence), std::string(word) + ".")) {
    return;
  }
  const auto paragraph = pen.html.open("p");
  write(pen, sentence);
}

void write_shapes(Html& html) {
  html.raw(
      "<svg class=\"defs\" aria-hidden=\"true\">"
      "<symbol id=\"n\" viewBox=\"0 0 20 20\"><circle cx=\"10\" cy=\"10\" r=\"9\"/>"
      "<path class=\"k\" d=\"M5.5 10.5l3 3 6-7\"/></symbol>"
      "<symbol id=\"p\" viewBox=\"0 0 20 20\"><circle class=\"h\" cx=\"10\" cy=\"10\" r=\"7.8\"/>"
      "</symbol>"
      "<symbol id=\"l\" viewBox=\"0 0 20 20\"><path d=\"M10 1l9.5 17.5H.5z\"/>"
      "<path class=\"k\" d=\"M10 7.5v5M10 15v1.4\"/></symbol>"
      "<symbol id=\"c\" viewBox=\"0 0 20 20\"><path d=\"M1.5 1.5h17v17h-17z\"/>"
      "<path class=\"k\" d=\"M6 6l8 8M14 6l-8 8\"/></symbol>"
      "<symbol id=\"u\" viewBox=\"0 0 20 20\"><path d=\"M10 0l10 10-10 10L0 10z\"/>"
      "<path class=\"k\" d=\"M7.6 8a2.4 2.4 0 1 1 3.4 2.2c-.7.4-1 .8-1 1.6M10 13.6v1.4\"/>"
      "</symbol>"
      "<symbol id=\"o\" viewBox=\"0 0 20 20\"><rect class=\"h\" x=\"2.2\" y=\"2.2\" width=\"15.6\""
      " height=\"15.6\" rx=\"3\"/><path class=\"h\" d=\"M6 10h8\"/></symbol></svg>");
}

void write_state(const Pen& pen, Mark mark, std::string_view word) {
  const auto state = pen.html.open("span", {{"class", class_of(mark)}});
  write_shape(pen.html, mark);
  pen.html.text(word);
}

void write_reasons(const Pen& pen, const Explanation& why) {
  const std::vector<std::string> lines = words::reasons(pen.voice, why);
  if (lines.empty()) {
    return;
  }
  pen.html.leaf("p", lines.front(), {{"class", "why"}});
  if (lines.size() == 1) {
    return;
  }
  const auto details = pen.html.open("details");
  pen.html.leaf("summary", pen.label("page.reasons"));
  const auto list = pen.html.open("ol");
  for (std::size_t i = 1; i < lines.size(); ++i) {
    pen.html.leaf("li", lines[i]);
  }
}

void write_notices(const Pen& pen, const std::vector<std::string>& notices) {
  if (notices.empty()) {
    return;
  }
  const std::string name = pen.label("page.notices");
  const auto section = pen.html.open("section", {{"class", "notices"}, {"aria-label", name}});
  const auto list = pen.html.open("ul");
  for (const std::string& notice : notices) {
    pen.html.leaf("li", notice);
  }
}

void write_stamp(const Pen& pen, const view::Stamp& stamp, std::string_view path) {
  const auto paragraph = pen.html.open("p", {{"class", "stamp"}});
  pen.html.leaf("strong", words::as_of(pen.voice, stamp)).text(" ");
  pen.html.leaf("span", words::next_update(pen.voice, stamp)).text(" ");
  pen.html.leaf("a", pen.label("page.reload"), {{"href", path}});
}

void write_service(const Pen& pen, const view::ServiceView& service) {
  const Verdict& verdict = service.shown();
  const std::string word = words::word(pen.language(), verdict, service.slotted);
  const auto item = pen.html.open("li");
  {
    const auto line = pen.html.open("div", {{"class", "row"}});
    {
      const auto name = pen.html.open("strong");
      write(pen, service.name);
    }
    write_state(pen, mark_of(verdict), word);
  }
  if (service.always) {
    pen.html.leaf("p", pen.label("door.always"), {{"class", "hours"}});
  }
  write_sentence(pen, words::service_sentence(pen.voice, service), word);
  if (verdict.readiness != Readiness::Normal) {
    write_reasons(pen, verdict.why);
  }
}

void write_services(const Pen& pen, std::string_view title,
                    const std::vector<view::ServiceView>& services) {
  if (services.empty()) {
    return;
  }
  pen.html.leaf("h3", title);
  const auto list = pen.html.open("ul", {{"class", "cards"}});
  bool said = false;
  for (const view::ServiceView& service : services) {
    if (!full(pen, said)) {
      write_service(pen, service);
    }
  }
}

void write_names(const Pen& pen, std::string_view key,
                 const std::vector<view::ServiceView>& services, std::size_t most) {
  if (services.empty()) {
    return;
  }
  pen.html.text(pen.label(key)).text(": ");
  for (std::size_t i = 0; i < services.size() && i < most; ++i) {
    if (i > 0) pen.html.text(", ");
    write(pen, services[i].name);
  }
  if (services.size() > most) {
    pen.html.text(" ").text(words::count(pen.language(), "web.and_more", services.size() - most));
  }
  pen.html.text(". ");
}

void write_without_it(const Pen& pen, const std::vector<view::ServiceView>& services) {
  const auto list = pen.html.open("ul", {{"class", "plain"}});
  std::set<ServiceId> told;
  bool said = false;
  for (const view::ServiceView& service : services) {
    if (!told.insert(service.service).second || full(pen, said)) {
      continue;
    }
    const auto item = pen.html.open("li");
    {
      const auto name = pen.html.open("strong");
      write(pen, service.name);
    }
    pen.html.text(": ");
    write(pen, words::offline_text(pen.voice, service.offline, service.offline_text));
    if (service.offline_in_use) {
      pen.html.text(" ").leaf("em", "(" + pen.label("page.without_it_in_use") + ")");
    }
  }
}

void write_legend(const Pen& pen) {
  const auto entry = [&](Mark mark, const std::string& word, std::string_view key) {
    const auto item = pen.html.open("li");
    write_state(pen, mark, word);
    pen.html.text(" ").leaf("span", pen.label(key));
  };
  const auto word = [&](Readiness readiness) { return words::word(pen.language(), readiness); };
  const auto section = pen.html.open("section", {{"class", "legend"}});
  pen.html.leaf("h2", pen.label("page.legend"));
  const auto list = pen.html.open("ul", {{"class", "plain"}});
  entry(Mark::Normal, word(Readiness::Normal), "web.legend.normal");
  entry(Mark::Presumed, pen.label("word.presumed"), "web.legend.presumed");
  entry(Mark::Limited, word(Readiness::Limited), "web.legend.limited");
  entry(Mark::Closed, word(Readiness::Closed), "web.legend.closed");
  entry(Mark::Unknown, word(Readiness::Unknown), "web.legend.unknown");
  entry(Mark::Off, pen.label("web.off"), "web.legend.off");
}

void write_fact(const Pen& pen, std::string_view key, std::string_view value) {
  write_fact(pen, key, words::Phrase{std::string(value), pen.language()});
}

void write_fact(const Pen& pen, std::string_view key, const words::Phrase& value) {
  if (value.empty()) {
    return;
  }
  const auto pair = pen.html.open("div");
  pen.html.leaf("dt", pen.label(key));
  const auto content = pen.html.open("dd");
  write(pen, value);
}

std::string office_path(Language language, const OfficeId& id) {
  return (language == Language::De ? "/amt/" : "/en/office/") + id.str();
}

std::string site_path(Language language, const SiteId& id) {
  return (language == Language::De ? "/standort/" : "/en/site/") + id.str();
}

std::string home_path(Language language) { return language == Language::De ? "/" : "/en/"; }

std::string accessibility_path(Language language) {
  return language == Language::De ? "/barrierefreiheit" : "/en/accessibility";
}

std::string news_path(Language language) {
  return language == Language::De ? "/mitteilungen" : "/en/statements";
}

Language other_than(Language language) {
  return language == Language::De ? Language::En : Language::De;
}

bool full(const Pen& pen, bool& said, Literal item) {
  if (pen.html.size() < kPageBytesMax - kPageRoom) {
    return false;
  }
  if (!said) {
    pen.html.leaf(item, pen.label("web.shortened"));
  }
  said = true;
  return true;
}

std::vector<view::ServiceView> for_citizens(const std::vector<view::ServiceView>& services) {
  std::vector<view::ServiceView> shown;
  std::copy_if(services.begin(), services.end(), std::back_inserter(shown),
               [](const view::ServiceView& service) { return !service.internal; });
  return shown;
}

}  // namespace dienstbereit::web
