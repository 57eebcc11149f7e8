// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "view/pages.h"
#include "web/pages/html.h"
#include "words/words.h"

namespace dienstbereit::web {

// The pieces that pages are made of. Each state has a fixed shape, colour and word; none of the
// three stands alone (WCAG 1.4.1).
enum class Mark : std::uint8_t { Normal, Presumed, Limited, Closed, Unknown, Off };
Mark mark_of(const Verdict& verdict);
Mark mark_of(const view::SummaryWord& word);
Mark mark_of(const view::PlaceView& place);
Mark mark_of(view::Tally tally);

// What a page is written with.
struct Pen {
  Html& html;
  const words::Voice& voice;

  words::Language language() const { return voice.language(); }
  std::string label(std::string_view key) const { return words::label(language(), key); }
};

// Text in whatever languages its pieces are; lang marks those that are not the page's.
void write(const Pen& pen, const words::Phrase& phrase);
void write(const Pen& pen, const words::Phrases& phrases);
void write(const Pen& pen, const Wording& wording);

// As a paragraph, unless it says no more than `word`, which stands beside it already.
void write_sentence(const Pen& pen, const words::Phrases& sentence, std::string_view word);
// The shapes of write_state(), drawn once a page and used by reference. Each is told from the
// others without colour.
void write_shapes(Html& html);
void write_state(const Pen& pen, Mark mark, std::string_view word);
// The first reason plain, the others to unfold; nothing for an empty explanation.
void write_reasons(const Pen& pen, const Explanation& why);
void write_notices(const Pen& pen, const std::vector<std::string>& notices);
// "Stand", the next update and the link that loads the page again.
void write_stamp(const Pen& pen, const view::Stamp& stamp, std::string_view path);
// One service: name, state, what there is to say and why.
void write_service(const Pen& pen, const view::ServiceView& service);
// Services under a heading of level 3; nothing for none.
void write_services(const Pen& pen, std::string_view title,
                    const std::vector<view::ServiceView>& services);
// Services by name in one line, under a label: "Das geht nicht: A, B und 3 weitere."; nothing for
// none. At most `most` names.
inline constexpr std::size_t kAllNames = 1'000;
void write_names(const Pen& pen, std::string_view key,
                 const std::vector<view::ServiceView>& services, std::size_t most = kAllNames);
void write_without_it(const Pen& pen, const std::vector<view::ServiceView>& services);
void write_legend(const Pen& pen);
// A published statement, cut where its markup would exceed `room` bytes; says so then. Each
// paragraph is set apart from the text around it, whatever its direction.
void write_told(const Pen& pen, const view::ToldStatement& told, std::size_t room);
// "key: value" lines of an address block; empty values are left out.
void write_fact(const Pen& pen, std::string_view key, std::string_view value);
void write_fact(const Pen& pen, std::string_view key, const words::Phrase& value);

// True once a list must end here, so that the page keeps its bound; says so, once, where it does.
// `item` is what the list is made of: "li" or a paragraph beside sections.
bool full(const Pen& pen, bool& said, Literal item = "li");
// Without the services of kinds Shared and Internal only: those are for operators.
std::vector<view::ServiceView> for_citizens(const std::vector<view::ServiceView>& services);

std::string office_path(words::Language language, const OfficeId& id);
std::string site_path(words::Language language, const SiteId& id);
std::string home_path(words::Language language);
std::string accessibility_path(words::Language language);
std::string news_path(words::Language language);
words::Language other_than(words::Language language);

// The frame around every page: head, skip link, banner, main, footer. `path` and `other_path` are
// this page in the two languages.
struct Frame {
  std::string title;
  std::string path;
  std::string other_path;
  std::string json_ld;  // empty: none
  bool home = false;
  bool exercise = false;  // set by framed()
};
std::string framed(Frame frame, const words::Voice& voice, const view::Stamp& stamp,
                   const std::function<void(const Pen&)>& content);

}  // namespace dienstbereit::web
