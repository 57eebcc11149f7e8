// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// "Einfache Sprache" from blocks with slots: one statement a line, at most kSimpleWords words, no
// subjunctive. Not "Leichte Sprache": that needs readers of the target group who have tested it.
#include <algorithm>
#include <array>

#include "base/text.h"
#include "words/draft/kinds.h"
#include "words/typography.h"

namespace dienstbereit::words {
namespace {

constexpr std::array<std::string_view, 9> kGermanSubjunctives{
    "könnte", "würde", "wäre", "hätte", "sollte", "müsste", "dürfte", "möchte", "gäbe"};
constexpr std::array<std::string_view, 4> kEnglishSubjunctives{"could", "would", "should", "might"};

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> found;
  for (const std::string_view word : split(line, ' ')) {
    if (!word.empty() && word != "-") found.push_back(to_lower_ascii(word));
  }
  return found;
}

template <class List>
bool begins_as_one_of(const std::string& word, const List& list) {
  return std::any_of(list.begin(), list.end(),
                     [&](std::string_view one) { return word.starts_with(one); });
}

bool has_subjunctive(const std::vector<std::string>& line, bool german) {
  return std::any_of(line.begin(), line.end(), [german](const std::string& word) {
    return german ? begins_as_one_of(word, kGermanSubjunctives)
                  : begins_as_one_of(word, kEnglishSubjunctives);
  });
}

}  // namespace

std::vector<std::string> not_simple(std::string_view text, bool german) {
  std::vector<std::string> found;
  for (const std::string_view line : split(text, '\n')) {
    const auto line_words = words_of(line);
    const bool two =
        line.find("! ") != std::string_view::npos || line.find("? ") != std::string_view::npos;
    if (line_words.size() > kSimpleWords || has_subjunctive(line_words, german) || two) {
      found.emplace_back(line);
    }
  }
  return found;
}

namespace drafts {
namespace {

constexpr std::size_t kPlacesListed = 12;
constexpr std::size_t kWordsOfName = 9;

// A name of many words would make a line that nobody reads to its end.
std::string short_name(const std::string& name) {
  std::string all;
  std::size_t told = 0;
  for (const std::string_view word : split(name, ' ')) {
    if (word.empty()) continue;
    if (told++ == kWordsOfName) return all + " …";
    if (!all.empty()) all += ' ';
    all += word;
  }
  return all;
}

class Lines {
 public:
  explicit Lines(const Teller& teller) : teller_(teller) {}
  void add(const char* key, const Args& args = {}) {
    lines_ += (lines_.empty() ? "" : "\n") + text(teller_.language(), key, args);
  }
  void add_places(const char* key, const std::vector<Place>& places) {
    if (places.empty()) return;
    add(key);
    for (std::size_t i = 0; i < places.size() && i < kPlacesListed; ++i) {
      lines_ += "\n- " + short_name(teller_.place(places[i]));
    }
    if (places.size() > kPlacesListed) {
      lines_ += "\n- " + count(teller_.language(), "draft.more", places.size() - kPlacesListed);
    }
  }
  std::string take() { return std::move(lines_); }

 private:
  const Teller& teller_;
  std::string lines_;
};

void add_opening(Lines& lines, const Teller& teller, const Opening& day) {
  const Args args{{"day", teller.long_day(day.day)}};
  lines.add("simple.day", args);
  if (day.normal.size() + day.presumed.size() == day.of()) return lines.add("simple.all_open");
  if (day.closed.size() == day.of()) return lines.add("simple.all_closed");
  if (day.limited.size() == day.of()) {
    lines.add("simple.all_limited");
    return lines.add("simple.takes_longer");
  }
  if (day.unknown.size() == day.of()) return lines.add("simple.not_known");
  lines.add("simple.not_all");
  lines.add_places("simple.these_closed", day.closed);
  lines.add_places("simple.these_limited", day.limited);
  lines.add_places("simple.these_unknown", day.unknown);
}

}  // namespace

Text simple(const Teller& teller) {
  Lines lines(teller);
  lines.add(teller.over() ? "simple.back" : "simple.fault");
  if (teller.over() && !teller.closed()) lines.add("simple.repairs_go_on");
  if (!teller.over()) lines.add("simple.we_work");
  for (const Opening& day : openings(teller.facts())) add_opening(lines, teller, day);
  if (!teller.facts().district.administration.phone.empty()) {
    lines.add("simple.questions");
    lines.add("simple.call");
    lines.add("simple.phone",
              {{"phone", short_name(teller.quoted(teller.facts().district.administration.phone))}});
  }
  if (const auto at = next_information(teller.facts())) {
    lines.add("simple.next");
    lines.add("simple.time", {{"time", teller.moment(*at)}});
  }
  lines.add("simple.stand", {{"time", teller.moment_with_year(teller.facts().now)}});
  return {text(teller.language(), "simple.title"), lines.take()};
}

}  // namespace drafts
}  // namespace dienstbereit::words
