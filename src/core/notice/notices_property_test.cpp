// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>

#include "core/notice/bed_test.h"

namespace dienstbereit::core::notice {
namespace {

using namespace test;

// A random life: places fall and rise, channels break and heal, people answer or do not, the
// program starts anew. `changes` counts how often a place settled in another word.
void live(Bed& bed, std::size_t& changes) {
  const auto steps = *rc::gen::inRange(1, 120);
  std::map<std::string, Readiness> words;
  for (int step = 0; step < steps; ++step) {
    const auto act = *rc::gen::inRange(0, 10);
    const std::string place = "A" + std::to_string(*rc::gen::inRange(0, 4)) + "@S";
    const auto word = static_cast<Readiness>(*rc::gen::inRange(0, 4));
    const std::string channel = *rc::gen::element<std::string>("mail", "sms", "hook");
    if (act < 5) {
      changes += words[place] == word ? 0 : 1;
      words[place] = word;
      bed.place(place.c_str(), word);
    } else if (act == 5) {
      bed.broken.insert(channel);
    } else if (act == 6) {
      bed.broken.clear();
    } else if (act == 7) {
      bed.notices.restarted(bed.now);
    } else if (act == 8 && !bed.sent.empty()) {
      const auto event = bed.notices.acknowledge(bed.sent.back().id, "cli:uid=0");
      if (event) bed.fold(*event);
    }
    bed.pass(std::chrono::seconds(*rc::gen::inRange(0, 1200)));
  }
  bed.broken.clear();
  bed.pass(std::chrono::hours(1));
}

Bed people() {
  Bed bed;
  bed.roster.recipients = {recipient("a", {"mail", "sms"}), recipient("b", {"sms"}),
                           recipient("first", {"sms", "mail"}, 1),
                           recipient("second", {"hook"}, 2)};
  bed.roster.recipients[1].wants_places = false;
  return bed;
}

}  // namespace

RC_GTEST_PROP(NoticesProperty, OneAlarmForRecipientAndCauseAndOneMessageForAChange, ()) {
  Bed bed = people();
  std::size_t changes = 0;
  live(bed, changes);
  std::map<std::string, std::set<std::string>> ids;     // recipient, cause and kind -> messages
  std::map<std::string, std::set<std::string>> by_who;  // recipient -> messages
  for (const auto& one : bed.sent) {
    by_who[one.recipient].insert(one.id);
    if (one.kind == NoticeKind::Change) continue;
    ids[one.recipient + "/" + one.cause + "/" + name_of(one.kind)].insert(one.id);
  }
  for (const auto& [key, messages] : ids) RC_ASSERT(messages.size() == 1u);
  for (const auto& [who, messages] : by_who) RC_ASSERT(messages.size() <= changes + 1);
}

RC_GTEST_PROP(NoticesProperty, AnOutageBeginsWithItsOnlyAlarmAndEndsWithItsOnlyClear, ()) {
  Bed bed = people();
  std::size_t changes = 0;
  live(bed, changes);
  bool outage = false;
  std::string cause;
  for (const EventPayload& event : bed.events) {
    const auto* raised = std::get_if<NoticeRaised>(&event);
    if (raised == nullptr) continue;
    RC_ASSERT(outage == (raised->kind != NoticeKind::Alarm));
    if (outage) RC_ASSERT(raised->cause == cause);
    outage = raised->kind != NoticeKind::Clear;
    cause = raised->cause;
    std::set<RecipientId> once;
    for (const QueuedMessage& message : raised->messages) {
      RC_ASSERT(once.insert(message.recipient).second);
    }
  }
}

RC_GTEST_PROP(NoticesProperty, NobodyGetsAMessageTwiceOnceItArrived, ()) {
  Bed bed = people();
  std::size_t changes = 0;
  live(bed, changes);
  std::map<std::string, int> arrived;
  for (const EventPayload& event : bed.events) {
    if (const auto* sent = std::get_if<MessageSent>(&event)) ++arrived[sent->id.str()];
  }
  for (const auto& [id, times] : arrived) RC_ASSERT(times == 1);
  RC_ASSERT(bed.notices.board().waiting == 0u);
}

RC_GTEST_PROP(NoticesProperty, InTheEndPeopleKnowTheTruth, ()) {
  Bed bed = people();
  std::size_t changes = 0;
  live(bed, changes);
  for (const char* place : {"A0@S", "A1@S", "A2@S", "A3@S"}) bed.place(place, Readiness::Normal);
  bed.pass(std::chrono::hours(1));
  const NoticeRaised* last = nullptr;
  for (const EventPayload& event : bed.events) {
    if (const auto* raised = std::get_if<NoticeRaised>(&event)) last = raised;
  }
  if (last != nullptr) RC_ASSERT(last->kind == NoticeKind::Clear);
}

}  // namespace dienstbereit::core::notice
