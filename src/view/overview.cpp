// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <cstdlib>

#include "view/services.h"

namespace dienstbereit::view {
namespace {

// What today's calendar says of the places, for the nights, Sundays and holidays.
void add_today(Overview& page, const std::vector<PlaceView>& places) {
  bool any = false;
  bool same_cause = true;
  page.shut_today = true;
  page.shut_for_today = true;
  for (const PlaceView& place : places) {
    if (!place.slotted || !place.schedule.today) continue;
    const DayWord& today = *place.schedule.today;
    if (!any) {
      page.today_layer = today.hours.layer;
      page.today_cause = {today.hours.cause_de, today.hours.cause_en};
    }
    any = true;
    same_cause = same_cause && page.today_cause.de == today.hours.cause_de;
    page.shut_today = page.shut_today && !today.has_slots();
    page.shut_for_today = page.shut_for_today && (!today.has_slots() || today.over());
  }
  page.shut_today = page.shut_today && any;
  page.shut_for_today = page.shut_for_today && any && !page.shut_today;
  if (same_cause && page.shut_today) return;
  page.today_layer = HoursLayer::Weekly;
  page.today_cause = {};
}

std::vector<PlaceView> those_of(const std::vector<PlaceView>& places, const OfficeId& office) {
  std::vector<PlaceView> found;
  std::copy_if(places.begin(), places.end(), std::back_inserter(found),
               [&office](const PlaceView& place) { return place.place.office == office; });
  return found;
}

std::vector<PlaceView> those_at(const std::vector<PlaceView>& places, const SiteId& site) {
  std::vector<PlaceView> found;
  std::copy_if(places.begin(), places.end(), std::back_inserter(found),
               [&site](const PlaceView& place) { return place.place.site == site; });
  return found;
}

void add_lines(Overview& page, const std::vector<PlaceView>& places) {
  const District& district = *page.stamp.district;
  for (const Office& office : district.offices) {
    std::vector<PlaceView> at = those_of(places, office.id);
    OfficeLine line{
        office.id, office.name, summary_of(at), roll_up_of(page.day, at, Among::Office), {}};
    line.at = std::move(at);
    page.offices.push_back(std::move(line));
  }
  for (const Site& site : district.sites) {
    const std::vector<PlaceView> at = those_at(places, site.id);
    SiteLine line{
        site.id, site.name, site.address, summary_of(at), roll_up_of(page.day, at, Among::Site),
        {}};
    for (const SightLoss& loss : page.stamp.sight) {
      if (loss.what == SightLost::Site && loss.site == site.id) line.unseen = loss;
    }
    page.sites.push_back(std::move(line));
  }
}

void add_services(Overview& page, const PageSource& source) {
  for (const OfferSituation& offer : source.situation.offers) {
    ServiceView view = service_view(source, offer);
    if (!view.slotted) {
      page.continuous.push_back(std::move(view));
    } else if (view.offline != OfflineMode::None) {
      page.without_it.push_back(std::move(view));
    }
  }
}

WordView word_view(const WordSituation& word) {
  return {word.id,     word.scope, word.said,   word.text,       word.role,
          word.set_at, word.until, word.status, word.disagreeing};
}

OpenQuestion about(const WordView& word, QuestionKind kind) {
  OpenQuestion question;
  question.kind = kind;
  question.word = word.id;
  question.scope = word.scope;
  question.at = word.until;
  question.probes = word.disagreeing;
  return question;
}

void ask_about_words(Overview& page) {
  for (const WordView& word : page.words) {
    if (word.status == WordStatus::Doubted) {
      page.questions.push_back(about(word, QuestionKind::WordDoubted));
    } else if (word.status == WordStatus::Unrenewed) {
      page.questions.push_back(about(word, QuestionKind::WordUnrenewed));
    } else if (word.status == WordStatus::InForce) {
      if (!word.disagreeing.empty()) {
        page.questions.push_back(about(word, QuestionKind::ProbesDisagree));
      }
      if (word.until - page.stamp.now <= kEndsSoon) {
        page.questions.push_back(about(word, QuestionKind::WordEndsSoon));
      }
    }
  }
}

void ask(Overview& page, QuestionKind kind, NodeId about, Instant at, std::uint64_t amount) {
  OpenQuestion& question = page.questions.emplace_back();
  question.kind = kind;
  question.node = std::move(about);
  question.at = at;
  question.amount = amount;
}

// What is seen from outside and from the house, and who looks from outside.
void ask_about_views(Overview& page, const Situation& situation) {
  for (const NodeSituation& node : situation.nodes) {
    if (node.views == Views::Agree) continue;
    const bool inside = node.views == Views::OnlyInside;
    ask(page, inside ? QuestionKind::OnlyInside : QuestionKind::OnlyOutside, node.id,
        situation.as_of, 0);
  }
  for (const OutpostSituation& outpost : situation.outposts) {
    const NodeId id(outpost.id.str());
    const Instant since = outpost.since.value_or(situation.as_of);
    if (outpost.silent) ask(page, QuestionKind::OutpostSilent, id, since, 0);
    if (outpost.clock_off) {
      const auto off = std::chrono::round<std::chrono::seconds>(*outpost.clock_off).count();
      ask(page, QuestionKind::OutpostClock, id, since, static_cast<std::uint64_t>(std::abs(off)));
    }
    if (outpost.changes_lost > 0) {
      ask(page, QuestionKind::OutpostLost, id, since, outpost.changes_lost);
    }
  }
}

void add_questions(Overview& page, const Situation& situation) {
  if (page.stamp.clock_doubted) {
    page.questions.emplace_back().kind = QuestionKind::ClockUnchecked;
  }
  for (const SightLoss& loss : page.stamp.sight) {
    if (loss.what == SightLost::Uplink) continue;
    OpenQuestion& question = page.questions.emplace_back();
    question.kind = QuestionKind::SightLost;
    question.sight = loss;
  }
  ask_about_words(page);
  for (const NodeSituation& node : situation.nodes) {
    if (!node.contradiction) continue;
    OpenQuestion& question = page.questions.emplace_back();
    question.kind = QuestionKind::Contradiction;
    question.node = node.id;
  }
  ask_about_views(page, situation);
  for (const PublishSituation& copy : situation.publishing) {
    if (!copy.known || copy.ok) continue;
    OpenQuestion& question = page.questions.emplace_back();
    question.kind = QuestionKind::CopyFailing;
    question.copy = copy.id;
    question.at = copy.since.value_or(situation.as_of);
  }
  if (page.questions.size() <= kQuestionsMax) return;
  page.questions_left = page.questions.size() - kQuestionsMax;
  page.questions.resize(kQuestionsMax);
}

}  // namespace

Overview overview(const Situation& situation, Instant now) {
  const PageSource source = source_of(situation, now);
  const Administration& administration = situation.district->administration;
  Overview page;
  page.stamp = stamp_of(situation, now);
  page.name = administration.name;
  page.phone = administration.phone;
  page.imprint = administration.imprint;
  page.public_url = administration.public_url;
  page.told = first_told(situation);
  page.has_statements = !told(situation).empty();
  page.mail = held_mail(situation, now);
  page.today = source.today;
  page.day = source.day;
  const std::vector<PlaceView> places =
      place_views(source, [](const PlaceSituation&) { return true; });
  page.has_counters = std::any_of(places.begin(), places.end(),
                                  [](const PlaceView& place) { return place.slotted; });
  page.roll_up = roll_up_of(source.day, places);
  page.continuous_roll_up = continuous_roll_up_of(source.today, places);
  add_today(page, places);
  add_lines(page, places);
  add_services(page, source);
  for (const WordSituation& word : situation.words) page.words.push_back(word_view(word));
  add_questions(page, situation);
  return page;
}

}  // namespace dienstbereit::view
