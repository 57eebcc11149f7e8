// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/catalogue.h"
#include "words/typography.h"
#include "words/words.h"

namespace dienstbereit::words {
namespace {

// Columns in characters: sign, word, hours, name. Longer text widens its own line only.
constexpr std::size_t kWordWidth = 18;
constexpr std::size_t kHoursWidth = 44;
// The longest list in a terminal; the page and --json have all of it.
constexpr std::size_t kLinesMax = 200;

// One sign a word, so that a glance and grep need no colour.
char sign_of(Readiness readiness, bool presumed) {
  switch (readiness) {
    case Readiness::Normal:
      return presumed ? '~' : '+';
    case Readiness::Limited:
      return '!';
    case Readiness::Closed:
      return 'x';
    case Readiness::Unknown:
      break;
  }
  return '?';
}

void add_line(std::string& out, std::string line) { out += one_line(std::move(line)) + "\n"; }

std::string columns(char sign, std::string word, std::string hours, const std::string& name) {
  return std::string(1, sign) + " " + padded(std::move(word), kWordWidth) + " " +
         padded(std::move(hours), kHoursWidth) + " " + name;
}

void add_heading(std::string& out, std::string heading) {
  out += "\n";
  add_line(out, std::move(heading));
}

std::string short_word(Language language, const Verdict& verdict, bool counter) {
  return view::presumed(verdict) ? text(language, "bound.not_measured")
                                 : word(language, verdict.readiness, counter);
}

std::string place_line(const Voice& voice, const view::PlaceView& place) {
  const std::string name = place_name(voice, place.place);
  if (!place.day) return columns('-', text(voice.language(), "word.no_hours"), {}, name);
  const view::DayWord& day = *place.day;
  if (day.over()) {
    return columns('-', text(voice.language(), "word.over"), hours_of(voice, day), name);
  }
  // Of several slots the normal ones may be presumed: the day's own mark decides.
  const std::string shown = day.presumed ? text(voice.language(), "bound.not_measured")
                                         : word(voice.language(), day.readiness);
  return columns(sign_of(day.readiness, day.presumed), shown, hours_of(voice, day), name);
}

// Why a place is not normal, below its line.
void add_reason(std::string& out, const Voice& voice, const view::PlaceView& place) {
  if (!place.day || place.day->over() || place.day->readiness == Readiness::Normal) return;
  add_line(out, "    " + plain(day_sentence(voice, *place.day)));
  const Explanation& why = place.day->verdict.why;
  if (!why.empty()) add_line(out, "    " + reason(voice, why.front()));
}

void add_offices(std::string& out, const view::Overview& overview, const Voice& voice) {
  if (!overview.has_counters) return;
  add_heading(out,
              text(voice.language(), "status.offices") + " (" + day_of(voice, overview.day) + ")");
  std::size_t lines = 0;
  std::size_t left = 0;
  for (const view::OfficeLine& office : overview.offices) {
    for (const view::PlaceView& place : office.at) {
      if (!place.slotted) continue;
      if (++lines > kLinesMax) {
        ++left;
        continue;
      }
      add_line(out, place_line(voice, place));
      add_reason(out, voice, place);
    }
  }
  if (left > 0) add_line(out, "- " + count(voice.language(), "status.more", left));
}

void add_continuous(std::string& out, const view::Overview& overview, const Voice& voice) {
  if (overview.continuous.empty()) return;
  add_heading(out, text(voice.language(), "status.continuous"));
  std::size_t lines = 0;
  for (const view::ServiceView& service : overview.continuous) {
    if (++lines > kLinesMax) break;
    add_line(out, columns(sign_of(service.now.readiness, view::presumed(service.now)),
                          short_word(voice.language(), service.now, false), {},
                          node_name(voice, service.node)));
    if (service.now.readiness == Readiness::Normal) continue;
    add_line(out, "    " + plain(service_sentence(voice, service)));
  }
  const std::size_t all = overview.continuous.size();
  if (all > kLinesMax) {
    add_line(out, "- " + count(voice.language(), "status.more", all - kLinesMax));
  }
}

void add_words(std::string& out, const view::Overview& overview, const Voice& voice) {
  if (overview.words.empty()) return;
  add_heading(out, text(voice.language(), "status.words"));
  for (const view::WordView& word : overview.words) {
    add_line(out, "  " + word.id.str() + "  " + plain(word_sentence(voice, word)));
  }
}

void add_questions(std::string& out, const view::Overview& overview, const Voice& voice) {
  if (overview.questions.empty()) return;
  add_heading(out, text(voice.language(), "status.questions"));
  for (const view::OpenQuestion& question : overview.questions) {
    add_line(out, "  " + question_sentence(voice, question));
  }
  if (overview.questions_left == 0) return;
  add_line(out, "  " + count(voice.language(), "status.more", overview.questions_left));
}

}  // namespace

std::string status_text(const view::Overview& overview, Language language) {
  const view::Stamp& stamp = overview.stamp;
  const Voice voice(language, stamp);
  std::string out;
  if (stamp.exercise) add_line(out, "! " + text(language, "page.exercise"));
  add_line(out, say(overview.name, language).text);
  add_line(out, headline(overview, language));
  add_line(out, as_of(voice, stamp) + ". " + next_update(voice, stamp) + ".");
  for (const std::string& notice : notices(overview, language)) add_line(out, "! " + notice);
  add_offices(out, overview, voice);
  add_continuous(out, overview, voice);
  add_words(out, overview, voice);
  add_questions(out, overview, voice);
  add_heading(out, text(language, "status.head",
                        {{"seq", std::to_string(stamp.seq)}, {"head", stamp.head}}));
  add_line(out, text(language, "status.key"));
  return out;
}

}  // namespace dienstbereit::words
