// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/catalogue.h"
#include "words/typography.h"
#include "words/words.h"

namespace dienstbereit::words {
namespace {

using view::Among;
using view::RollUp;
using view::RollUpEntry;
using view::RollUpForm;
using view::Tally;

const char* name_of(Tally tally) {
  switch (tally) {
    case Tally::Normal:
      return "normal";
    case Tally::Presumed:
      return "presumed";
    case Tally::Limited:
      return "limited";
    case Tally::Closed:
      return "closed";
    case Tally::Unknown:
      break;
  }
  return "unknown";
}

std::string word_of(Language language, Tally tally, bool counter) {
  switch (tally) {
    case Tally::Normal:
      return word(language, Readiness::Normal, counter);
    case Tally::Presumed:
      return text(language, "word.presumed");
    case Tally::Limited:
      return word(language, Readiness::Limited, counter);
    case Tally::Closed:
      return word(language, Readiness::Closed, counter);
    case Tally::Unknown:
      break;
  }
  return word(language, Readiness::Unknown, counter);
}

// Places without a counter have sentences of their own: they are available, never open.
std::string all_key(const RollUp& roll_up) {
  const char* begin = roll_up.counter ? "roll_up.all." : "roll_up.continuous.all.";
  return std::string(begin) + name_of(roll_up.main);
}

std::string count_key(const RollUp& roll_up, Tally tally) {
  const char* begin = roll_up.counter ? "roll_up.count." : "roll_up.continuous.count.";
  return std::string(begin) + name_of(tally);
}

const char* name_of(Among among) {
  switch (among) {
    case Among::Administration:
      return "administration";
    case Among::Office:
      return "office";
    case Among::Site:
      break;
  }
  return "site";
}

const char* counted_key(const RollUp& roll_up) {
  if (roll_up.among == Among::Office) return "roll_up.of_sites";
  const bool offices = roll_up.single_places || roll_up.among == Among::Site;
  return offices ? "roll_up.of_offices" : "roll_up.of_places";
}

// Those counted, with what sets them apart from the places that are not.
std::string apart(Language language, const RollUp& roll_up, std::string of) {
  if (!roll_up.counter) of = text(language, "roll_up.continuous.of", {{"of", std::move(of)}});
  if (roll_up.over == 0) return of;
  return text(language, "roll_up.of_left", {{"of", std::move(of)}});
}

// "alle Ämter", "all sites of this office": `key` is the beginning of the case they stand in.
std::string all_places(Language language, const RollUp& roll_up, const char* key) {
  return apart(language, roll_up, text(language, std::string(key) + name_of(roll_up.among)));
}

// "von 14 Ämtern", or "Anlaufstellen" where an office counts at more than one site.
std::string places_text(Language language, const RollUp& roll_up, unsigned n) {
  std::string of = count(language, counted_key(roll_up), n);
  if (roll_up.counter) return of;
  return text(language, "roll_up.continuous.of", {{"of", std::move(of)}});
}

Args args_of(const Voice& voice, const RollUp& roll_up) {
  const Language language = voice.language();
  return {{"day", capitalised(on_day(voice, roll_up.day))},
          {"all", all_places(language, roll_up, "roll_up.who.")},
          {"at_all", all_places(language, roll_up, "roll_up.at.")},
          {"the", all_places(language, roll_up, "roll_up.the.")},
          {"of", apart(language, roll_up, count(language, counted_key(roll_up), roll_up.of))}};
}

std::string all_text(const Voice& voice, const RollUp& roll_up) {
  return text(voice.language(), all_key(roll_up), args_of(voice, roll_up));
}

std::string all_but_text(const Voice& voice, const RollUp& roll_up) {
  std::string named;
  for (const RollUpEntry& entry : roll_up.exceptions) {
    if (!named.empty()) named += text(voice.language(), "roll_up.but_comma");
    named += text(voice.language(), "roll_up.but_item",
                  {{"place", place_name(voice, entry.place)},
                   {"word", word_of(voice.language(), entry.tally, roll_up.counter)}});
  }
  return text(voice.language(), "roll_up.but",
              {{"main", all_text(voice, roll_up)}, {"list", std::move(named)}});
}

// The trouble that touches most places leads; without any, those known to be normal.
Tally leading(const RollUp& roll_up) {
  Tally lead = Tally::Normal;
  for (const Tally tally : {Tally::Unknown, Tally::Limited, Tally::Closed}) {
    const bool first = lead == Tally::Normal;
    if (roll_up.count(tally) > 0 && (first || roll_up.count(tally) >= roll_up.count(lead))) {
      lead = tally;
    }
  }
  return lead;
}

std::string lead_text(const Voice& voice, const RollUp& roll_up, Tally lead) {
  const unsigned n = roll_up.count(lead);
  Args args = args_of(voice, roll_up);
  if (lead == Tally::Unknown) {
    args.push_back({"n", std::to_string(n)});
    return text(voice.language(), count_key(roll_up, lead), args);
  }
  return count(voice.language(), count_key(roll_up, lead), n, args);
}

std::string counts_text(const Voice& voice, const RollUp& roll_up) {
  const Tally lead = leading(roll_up);
  std::string rest;
  for (const Tally tally :
       {Tally::Closed, Tally::Limited, Tally::Unknown, Tally::Normal, Tally::Presumed}) {
    if (tally == lead || roll_up.count(tally) == 0) continue;
    if (!rest.empty()) rest += text(voice.language(), "list.comma");
    rest += text(voice.language(), "roll_up.rest_item",
                 {{"word", word_of(voice.language(), tally, roll_up.counter)},
                  {"n", std::to_string(roll_up.count(tally))}});
  }
  return text(voice.language(), "roll_up.rest",
              {{"main", lead_text(voice, roll_up, lead)}, {"rest", std::move(rest)}});
}

std::string pending_text(Language language, const RollUp& roll_up) {
  if (roll_up.pending == roll_up.of) return text(language, "roll_up.pending_all");
  return count(language, "roll_up.pending", roll_up.pending);
}

std::string main_text(const Voice& voice, const RollUp& roll_up) {
  if (roll_up.form == RollUpForm::None) return text(voice.language(), "roll_up.none");
  if (roll_up.of == 1) {
    return text(voice.language(), "roll_up.one",
                {{"day", capitalised(roll_up.counter ? day_of(voice, roll_up.day)
                                                     : text(voice.language(), "time.now"))},
                 {"place", place_name(voice, roll_up.only.place)},
                 {"word", word_of(voice.language(), roll_up.only.tally, roll_up.counter)}});
  }
  switch (roll_up.form) {
    case RollUpForm::All:
      return all_text(voice, roll_up);
    case RollUpForm::AllBut:
      return all_but_text(voice, roll_up);
    default:
      return counts_text(voice, roll_up);
  }
}

}  // namespace

std::string roll_up_sentence(const Voice& voice, const RollUp& roll_up) {
  std::string main = main_text(voice, roll_up);
  if (roll_up.carried > 0) {
    main = text(voice.language(), "roll_up.carried", {{"main", std::move(main)}});
  }
  main = sentence(std::move(main));
  if (roll_up.pending > 0) main += " " + pending_text(voice.language(), roll_up);
  if (roll_up.by_word > 0) {
    const std::string of = places_text(voice.language(), roll_up, roll_up.by_word);
    main += " " + text(voice.language(), "roll_up.by_word", {{"of", of}});
  }
  return main;
}

std::string summary_word(Language language, const view::SummaryWord& summary) {
  if (summary.counted == 0) return text(language, "word.no_hours");
  if (summary.presumed) return text(language, "word.presumed");
  return word(language, summary.readiness, summary.counter);
}

}  // namespace dienstbereit::words
