// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The part of the decider that tells people.
#include <fmt/format.h>

#include "engine/decider.h"

namespace dienstbereit::engine {
namespace {

// What one turn may decide about notices: each step is one event.
constexpr int kMostSteps = 1000;

// The notice with civil times, as people read it.
std::shared_ptr<const NoticeRaised> to_civil(const std::shared_ptr<const NoticeRaised>& notice,
                                             Duration offset) {
  if (offset == Duration(0)) return notice;
  NoticeRaised moved = *notice;
  for (NoticeItem& item : moved.items) item.since += offset;
  return std::make_shared<const NoticeRaised>(std::move(moved));
}

}  // namespace

std::shared_ptr<const Roster> Decider::roster() const {
  static const auto nobody = std::make_shared<const Roster>();
  auto roster = roster_ ? roster_() : nullptr;
  return roster ? roster : nobody;
}

Decided Decider::notices(Instant now) {
  Decided out;
  if (!state_.loaded()) return out;
  const auto people = roster();
  const auto due = state_.notices().next_due(*people);
  if (!due || *due > now) return out;
  const auto zone = TimeZone::find(state_.district()->administration.time_zone);
  const auto duty = [&](const Recipient& recipient) {
    return !zone || on_duty(recipient, now + state_.civil_offset(), *zone);
  };
  for (int step = 0; step < kMostSteps; ++step) {
    const std::string id = std::to_string(next_seq_() + out.events.size());
    auto event = state_.notices().next(*people, duty, now, id);
    if (!event) break;
    emit(std::move(*event), now, out);
  }
  return out;
}

std::optional<Instant> Decider::next_notice() const { return state_.notices().next_due(*roster()); }

std::vector<OutMessage> Decider::messages(Instant now) {
  std::vector<OutMessage> out;
  for (auto& due : state_.notices().take_due(*roster(), now)) {
    OutMessage message;
    message.id = due.id;
    message.key = fmt::format("{}.{}", due.id.str(), due.queued.time_since_epoch().count());
    message.recipient = due.recipient;
    message.channel = due.channel;
    message.notice = to_civil(due.notice, state_.civil_offset());
    message.district = state_.district();
    message.raised = due.queued + state_.civil_offset();
    message.awaits_answer = due.awaits_answer;
    out.push_back(std::move(message));
  }
  return out;
}

Result<Answer> Decider::on(const NoteDelivery& delivery, Instant now, Decided& out) {
  auto event = state_.notices().result(delivery.result, *roster(), now);
  if (event) emit(std::move(*event), now, out);
  return Answer{};
}

Result<Answer> Decider::on(const Acknowledge& what, const Actor& actor, Instant now, Decided& out) {
  auto event = state_.notices().acknowledge(what.what, actor.id);
  if (!event) return tl::unexpected(event.error());
  Answer answer;
  answer.notes.push_back(fmt::format("notice {} is acknowledged", event->notice.str()));
  emit(std::move(*event), now, out);
  return answer;
}

Result<Answer> Decider::on(const SendTest& test, Instant now, Decided& out) {
  auto event = state_.notices().test(test.recipient, *roster(), std::to_string(next_seq_()));
  if (!event) return tl::unexpected(event.error());
  Answer answer;
  answer.notes.push_back(fmt::format("message {} to {} is queued for channel {}; 'dienstbereit "
                                     "messages' tells whether it went out",
                                     event->messages[0].id.str(), test.recipient.str(),
                                     event->messages[0].channel.str()));
  emit(std::move(*event), now, out);
  return answer;
}

}  // namespace dienstbereit::engine
