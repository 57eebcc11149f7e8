// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include "words/catalogue.h"
#include "words/typography.h"
#include "words/words.h"

namespace dienstbereit::words {
namespace {

// "Eingeschränkt (hier nur Annahme; nach heutigem Stand)" and the text said with it.
struct Statement {
  std::string head;
  std::vector<std::string> qualifiers;
  Phrase text;
};

Phrases rendered(const Voice& voice, Statement statement) {
  std::string head = capitalised(std::move(statement.head));
  std::string inside;
  for (const std::string& qualifier : statement.qualifiers) {
    if (qualifier.empty()) continue;
    inside += (inside.empty() ? "" : "; ") + qualifier;
  }
  if (!inside.empty()) head += " (" + inside + ")";
  if (statement.text.empty()) return {{sentence(std::move(head)), voice.language()}};
  statement.text.text = sentence(std::move(statement.text.text));
  return {{head + ": ", voice.language()}, std::move(statement.text)};
}

const char* closed_key(ClosedBy by) {
  switch (by) {
    case ClosedBy::Decision:
      return "verdict.closed_by.decision";
    case ClosedBy::Failure:
      return "verdict.closed_by.failure";
    case ClosedBy::Hours:
      return "verdict.closed_by.hours";
    case ClosedBy::None:
      break;
  }
  return nullptr;
}

std::string head_of(Language language, const Verdict& verdict, bool counter) {
  std::string plain_word = word(language, verdict, counter);
  if (verdict.readiness == Readiness::Limited && verdict.bound == Bound::AtLeastLimited) {
    return text(language, "bound.at_least_limited");
  }
  if (verdict.readiness == Readiness::Unknown && verdict.bound == Bound::AtMostLimited) {
    return plain_word + ", " + text(language, "bound.at_most_limited");
  }
  const char* key = closed_key(verdict.closed_by);
  if (verdict.readiness != Readiness::Closed || key == nullptr) return plain_word;
  return text(language, key, {{"word", std::move(plain_word)}});
}

// Who said so, where a person's word decided.
std::string speaker_of(Language language, const Verdict& verdict) {
  if (!verdict.by_word) return {};
  for (const ReasonStep& step : verdict.why) {
    if (step.kind == ReasonKind::WordInForce && !step.role.empty()) {
      return text(language, "verdict.says", {{"role", step.role}});
    }
  }
  return text(language, "verdict.says_administration");
}

// A limited service always says how: the district's text, the offline mode's, or the default.
Phrase text_of(const Voice& voice, const Verdict& verdict) {
  if (!verdict.text.empty()) return say(verdict.text, voice.language());
  if (verdict.readiness != Readiness::Limited) return {{}, voice.language()};
  if (verdict.offline != OfflineMode::None) return offline_text(voice, verdict.offline, {});
  return {text(voice.language(), "limit.default"), voice.language()};
}

Statement statement_of(const Voice& voice, const Verdict& verdict, bool counter) {
  return {head_of(voice.language(), verdict, counter),
          {speaker_of(voice.language(), verdict)},
          text_of(voice, verdict)};
}

// A reason that names a fault, as against one that only says what is not decided yet.
bool disturbed(const Verdict& verdict) {
  return verdict.readiness != Readiness::Normal && !verdict.by_word;
}

Phrases pending_sentence(const Voice& voice, const SlotVerdict& slot) {
  const char* key = disturbed(slot.verdict) ? "verdict.pending" : "verdict.pending_calm";
  Statement statement;
  statement.head = text(voice.language(), key, {{"clock", clock_of(voice, slot.begin)}});
  statement.text.language = voice.language();
  return rendered(voice, std::move(statement));
}

Phrases slot_phrases(const Voice& voice, const SlotVerdict& slot, bool counter,
                     std::string extent) {
  if (slot.pending) return pending_sentence(voice, slot);
  Statement statement = statement_of(voice, slot.verdict, counter);
  statement.qualifiers.push_back(std::move(extent));
  if (slot.carried) statement.qualifiers.push_back(text(voice.language(), "verdict.carried"));
  return rendered(voice, std::move(statement));
}

std::string calendar_name(const Voice& voice, const DayHours& hours) {
  return say({hours.cause_de, hours.cause_en}, voice.language()).text;
}

std::string closed_day(const Voice& voice, const DayHours& hours) {
  const std::string name = calendar_name(voice, hours);
  switch (hours.layer) {
    case HoursLayer::PublicHoliday:
      return text(voice.language(), "day_sentence.holiday", {{"name", name}});
    case HoursLayer::LocalRule:
      return text(voice.language(), "day_sentence.rule", {{"name", name}});
    case HoursLayer::SingleDate:
      return text(voice.language(), "day_sentence.date");
    case HoursLayer::Weekly:
      break;
  }
  return text(voice.language(), "day_sentence.weekly");
}

// What is left of the day, one sentence a slot where they differ.
Phrases open_day(const Voice& voice, const view::DayWord& day, bool counter,
                 const std::string& extent) {
  if (!day.differs) return slot_phrases(voice, day.slots[day.first_left], counter, extent);
  Phrases all;
  for (std::size_t i = day.first_left; i < day.slots.size(); ++i) {
    if (!all.empty()) all.push_back({" ", voice.language()});
    const SlotVerdict& slot = day.slots[i];
    all.push_back({capitalised(slot_time(voice, slot)) + ": ", voice.language()});
    for (Phrase& phrase : slot_phrases(voice, slot, counter, extent)) {
      all.push_back(std::move(phrase));
    }
  }
  return all;
}

Phrases day_phrases(const Voice& voice, const view::DayWord& day, bool counter,
                    const std::string& extent) {
  if (!day.has_slots()) return {{closed_day(voice, day.hours), voice.language()}};
  if (day.over()) return {{text(voice.language(), "day_sentence.over"), voice.language()}};
  Phrases all = open_day(voice, day, counter, extent);
  if (day.hours.layer == HoursLayer::LocalRule && !day.hours.cause_de.empty()) {
    const Args name{{"name", calendar_name(voice, day.hours)}};
    all.push_back({" " + text(voice.language(), "day_sentence.changed", name), voice.language()});
  }
  return all;
}

const char* door_key(const Verdict& verdict) {
  if (verdict.readiness == Readiness::Closed) return "door.closed";
  if (verdict.readiness == Readiness::Unknown) return "door.unknown";
  return view::presumed(verdict) ? "door.planned" : "door.open";
}

std::string next_hours(const Voice& voice, const view::Schedule& schedule) {
  if (!schedule.next) return text(voice.language(), "door.no_next");
  return text(
      voice.language(), "door.later",
      {{"day", day_of(voice, schedule.next->day)}, {"span", hours_of(voice, *schedule.next)}});
}

std::string shut_today(const Voice& voice, const DayHours& hours) {
  if (hours.cause_de.empty()) return text(voice.language(), "door.not_today");
  return text(voice.language(), "door.not_today_cause", {{"name", calendar_name(voice, hours)}});
}

std::string still_today(const Voice& voice, const view::DayWord& today) {
  view::DayWord rest = today;
  rest.slots.erase(rest.slots.begin(),
                   rest.slots.begin() + static_cast<std::ptrdiff_t>(today.first_left));
  return text(voice.language(), "door.later",
              {{"day", day_of(voice, today.day)}, {"span", hours_of(voice, rest)}});
}

}  // namespace

std::string word(Language language, Readiness readiness, bool counter) {
  const std::string name = name_of(readiness);
  return text(language, (counter ? "word.counter." : "word.continuous.") + name);
}

std::string word(Language language, const Verdict& verdict, bool counter) {
  if (view::presumed(verdict)) return text(language, "word.presumed");
  return word(language, verdict.readiness, counter);
}

std::string place_word(Language language, const view::PlaceView& place) {
  if (place.services.empty()) return text(language, "word.no_service");
  return word(language, place.shown(), place.slotted);
}

std::string bound_text(Language language, const Verdict& verdict) {
  if (view::presumed(verdict)) return text(language, "bound.not_measured");
  switch (verdict.bound) {
    case Bound::AtLeastLimited:
      return text(language, "bound.at_least_limited");
    case Bound::AtMostLimited:
      return text(language, "bound.at_most_limited");
    case Bound::Exact:
      break;
  }
  return {};
}

std::string extent_text(Language language, Extent extent) {
  if (extent == Extent::Full) return {};
  return text(language, std::string("extent.") + name_of(extent));
}

Phrase offline_text(const Voice& voice, OfflineMode mode, const Wording& wording) {
  if (!wording.empty()) return say(wording, voice.language());
  return {text(voice.language(), std::string("offline.") + name_of(mode)), voice.language()};
}

Phrases verdict_sentence(const Voice& voice, const Verdict& verdict, bool counter) {
  return rendered(voice, statement_of(voice, verdict, counter));
}

Phrases slot_sentence(const Voice& voice, const SlotVerdict& slot, bool counter) {
  return slot_phrases(voice, slot, counter, {});
}

Phrases day_sentence(const Voice& voice, const view::DayWord& day, bool counter) {
  return day_phrases(voice, day, counter, {});
}

Phrases service_sentence(const Voice& voice, const view::ServiceView& service) {
  const std::string extent = extent_text(voice.language(), service.extent);
  if (service.slotted && service.day) return day_phrases(voice, *service.day, true, extent);
  if (service.slotted) {
    return {{text(voice.language(), "day_sentence.weekly"), voice.language()}};
  }
  Statement statement = statement_of(voice, service.now, false);
  statement.qualifiers.push_back(extent);
  return rendered(voice, std::move(statement));
}

std::string door_sentence(const Voice& voice, const view::Schedule& schedule) {
  switch (schedule.door) {
    case view::Door::Open: {
      const SlotVerdict& slot = *schedule.running;
      const std::string until =
          text(voice.language(), "door.until", {{"clock", end_clock_of(voice, slot.end)}});
      return text(voice.language(), door_key(slot.verdict), {{"until", until}});
    }
    case view::Door::OpensLater:
      return still_today(voice, *schedule.today);
    case view::Door::ShutForToday:
      return text(voice.language(), "door.shut_for_today") + " " + next_hours(voice, schedule);
    case view::Door::NotToday:
      return shut_today(voice, schedule.today->hours) + " " + next_hours(voice, schedule);
    case view::Door::Always:
      return text(voice.language(), "door.always");
    case view::Door::NoCounter:
      break;
  }
  return text(voice.language(), "door.no_counter");
}

}  // namespace dienstbereit::words
