// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/catalogue.h"
#include "words/mail.h"
#include "words/typography.h"
#include "words/words.h"

namespace dienstbereit::words {
namespace {

// "07:10 Uhr" on the same day, else with its day: reads well after "seit".
std::string since_text(const Voice& voice, Instant t) {
  const bool same_day = voice.zone().day_of(t) == voice.today();
  return same_day ? clock_of(voice, t) : time_of(voice, t);
}

std::string sight_key(view::SightLost what) {
  switch (what) {
    case view::SightLost::HouseNetwork:
      return "sight.house";
    case view::SightLost::Site:
      return "sight.site";
    case view::SightLost::Uplink:
      break;
  }
  return "sight.uplink";
}

std::string shut_notice(const Voice& voice, const view::Overview& overview) {
  const Language language = voice.language();
  if (overview.shut_for_today) return text(language, "notice.shut.over");
  if (!overview.shut_today) return {};
  const Phrase name = say(overview.today_cause, language);
  if (name.empty()) return text(language, "notice.shut.weekly");
  const bool holiday = overview.today_layer == HoursLayer::PublicHoliday;
  return text(language, holiday ? "notice.shut.holiday" : "notice.shut.rule",
              {{"name", name.text}});
}

std::vector<std::string> trust_notices(const Voice& voice, const view::Stamp& stamp) {
  const Language language = voice.language();
  std::vector<std::string> all;
  if (stamp.journal_failed_at) {
    all.push_back(
        text(language, "notice.journal", {{"time", since_text(voice, *stamp.journal_failed_at)}}));
  }
  if (stamp.stale) {
    all.push_back(text(language, "notice.stale", {{"time", time_of(voice, stamp.as_of)}}));
  }
  if (stamp.held_until) {
    all.push_back(text(language, "notice.held",
                       {{"clock", clock_of(voice, stamp.started_at)},
                        {"until", until_of(voice, *stamp.held_until)}}));
  }
  if (stamp.clock_doubted) all.push_back(text(language, "notice.clock"));
  return all;
}

void add_sight(std::vector<std::string>& all, const Voice& voice, const view::Stamp& stamp,
               bool house_too) {
  for (const view::SightLoss& loss : stamp.sight) {
    if (loss.what == view::SightLost::HouseNetwork && !house_too) continue;
    all.push_back(sight_sentence(voice, loss));
  }
}

void add_dropped(std::vector<std::string>& all, const Voice& voice, const view::Stamp& stamp) {
  if (stamp.samples_dropped == 0) return;
  all.push_back(count(voice.language(), "notice.dropped", stamp.samples_dropped));
}

// What a page says that is not news any more, or not sure to be.
bool only_last_known(const view::Stamp& stamp) {
  return stamp.journal_failed_at || stamp.stale || stamp.held_until;
}

const char* question_key(view::QuestionKind kind) {
  switch (kind) {
    case view::QuestionKind::WordDoubted:
      return "question.word_doubted";
    case view::QuestionKind::WordUnrenewed:
      return "question.word_unrenewed";
    case view::QuestionKind::WordEndsSoon:
      return "question.word_ends_soon";
    case view::QuestionKind::ProbesDisagree:
      return "question.probes_disagree";
    case view::QuestionKind::Contradiction:
      return "question.contradiction";
    case view::QuestionKind::SightLost:
      return "question.sight_lost";
    case view::QuestionKind::CopyFailing:
      return "question.copy_failing";
    case view::QuestionKind::OnlyInside:
      return "question.only_inside";
    case view::QuestionKind::OnlyOutside:
      return "question.only_outside";
    case view::QuestionKind::OutpostSilent:
      return "question.outpost_silent";
    case view::QuestionKind::OutpostClock:
      return "question.outpost_clock";
    case view::QuestionKind::OutpostLost:
      return "question.outpost_lost";
    case view::QuestionKind::ClockUnchecked:
      break;
  }
  return "question.clock";
}

std::string probe_names(const Voice& voice, const std::vector<ProbeId>& probes) {
  std::vector<std::string> names;
  for (const ProbeId& probe : probes) names.push_back(probe_name(voice, probe));
  return list(voice.language(), names);
}

const char* status_key(WordStatus status) {
  if (status == WordStatus::Doubted) return "word_of.doubted";
  return status == WordStatus::Unrenewed ? "word_of.unrenewed" : nullptr;
}

// Who is open on the page's day. Places without a counter follow where one of them is in trouble,
// or where nothing else is to be said.
std::string who_serves(const Voice& voice, const view::Overview& overview) {
  const view::RollUp& continuous = overview.continuous_roll_up;
  const bool alone = !overview.has_counters && continuous.of > 0;
  std::string open = alone ? std::string() : roll_up_sentence(voice, overview.roll_up);
  const bool said = overview.roll_up.of > 0 && !continuous.troubled();
  if (continuous.of == 0 || said) return open;
  if (!open.empty()) open += " ";
  return open + roll_up_sentence(voice, continuous);
}

}  // namespace

std::string sight_sentence(const Voice& voice, const view::SightLoss& loss) {
  const std::string key = sight_key(loss.what);
  Args args{{"name", say(loss.name, voice.language()).text}};
  if (!loss.since) return text(voice.language(), key + "_open", args);
  args.push_back({"time", since_text(voice, *loss.since)});
  return text(voice.language(), key, args);
}

std::string headline(const view::Overview& overview, Language language) {
  const view::Stamp& stamp = overview.stamp;
  const Voice voice(language, stamp);
  std::string main = who_serves(voice, overview);
  if (stamp.house_unseen()) {
    main = text(
        language, "headline.sight",
        {{"sight", sight_sentence(voice, stamp.sight.front())}, {"headline", std::move(main)}});
  }
  if (only_last_known(stamp)) {
    main = text(language, "headline.last_known",
                {{"time", time_of(voice, stamp.as_of)}, {"headline", std::move(main)}});
  }
  if (!stamp.clock_doubted) return main;
  return text(language, "headline.clock_doubted", {{"headline", std::move(main)}});
}

std::vector<std::string> notices(const view::Stamp& stamp, Language language) {
  const Voice voice(language, stamp);
  std::vector<std::string> all = trust_notices(voice, stamp);
  add_sight(all, voice, stamp, true);
  add_dropped(all, voice, stamp);
  return all;
}

std::vector<std::string> notices(const view::Overview& overview, Language language) {
  const Voice voice(language, overview.stamp);
  std::vector<std::string> all = trust_notices(voice, overview.stamp);
  add_sight(all, voice, overview.stamp, false);
  add_dropped(all, voice, overview.stamp);
  if (overview.mail) all.push_back(held_mail_sentence(voice, *overview.mail));
  std::string shut = shut_notice(voice, overview);
  if (!shut.empty()) all.push_back(std::move(shut));
  return all;
}

std::string as_of(const Voice& voice, const view::Stamp& stamp) {
  return text(voice.language(), "stamp.as_of", {{"time", time_of(voice, stamp.as_of)}});
}

std::string next_update(const Voice& voice, const view::Stamp& stamp) {
  if (stamp.copy) {
    const std::string until = time_of(voice, stamp.copy->valid_until);
    return stamp.copy->check_at.empty()
               ? text(voice.language(), "stamp.copy_nowhere", {{"time", until}})
               : text(voice.language(), "stamp.copy",
                      {{"time", until}, {"address", stamp.copy->check_at}});
  }
  if (stamp.journal_failed_at || stamp.stale) return text(voice.language(), "stamp.next_unsure");
  return text(voice.language(), "stamp.next", {{"time", time_of(voice, stamp.next_update)}});
}

std::string said(Language language, Said said) {
  return text(language, std::string("said.") + name_of(said));
}

Phrases word_sentence(const Voice& voice, const view::WordView& word) {
  const Language language = voice.language();
  const std::string role =
      word.role.empty() ? capitalised(text(language, "reason.administration")) : word.role;
  Phrases all{{text(language, "word_of.says",
                    {{"role", role},
                     {"scope", scope_name(voice, word.scope)},
                     {"said", said(language, word.said)},
                     {"until", until_of(voice, word.until)}}),
               language}};
  if (!word.text.empty()) {
    Phrase own = say(word.text, language);
    own.text = sentence(std::move(own.text));
    all.push_back({" ", language});
    all.push_back(std::move(own));
  }
  if (const char* key = status_key(word.status)) {
    all.push_back({" " + text(language, key), language});
  }
  if (!word.disagreeing.empty()) {
    all.push_back({" " + text(language, "word_of.disagreeing"), language});
  }
  return all;
}

std::string question_sentence(const Voice& voice, const view::OpenQuestion& question) {
  Args args{{"scope", scope_name(voice, question.scope)},
            {"word", question.word.str()},
            {"time", until_of(voice, question.at)},
            {"probes", probe_names(voice, question.probes)},
            {"name", node_name(voice, question.node)}};
  if (question.kind == view::QuestionKind::SightLost) {
    args.push_back({"sight", sight_sentence(voice, question.sight)});
  } else if (question.kind == view::QuestionKind::CopyFailing) {
    args.push_back({"copy", question.copy.str()});
    args.push_back({"since", time_of(voice, question.at)});
  } else if (question.kind == view::QuestionKind::OutpostSilent) {
    args.push_back({"since", since_text(voice, question.at)});
  } else if (question.kind == view::QuestionKind::OutpostClock) {
    args.push_back({"seconds", std::to_string(question.amount)});
  } else if (question.kind == view::QuestionKind::OutpostLost) {
    return count(voice.language(), question_key(question.kind), question.amount, args);
  }
  return text(voice.language(), question_key(question.kind), args);
}

}  // namespace dienstbereit::words
