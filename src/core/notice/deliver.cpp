// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The way of each message: attempts, other channels, the end.
#include <algorithm>

#include <fmt/format.h>

#include "core/notice/notices.h"

namespace dienstbereit::core::notice {
namespace {

Duration delay_after(unsigned failures) {
  Duration delay = kFirstRetry;
  for (unsigned i = 1; i < failures && delay < kLongestRetry; ++i) delay *= 2;
  return std::min(delay, kLongestRetry);
}

// The channel after `current` in the recipient's order, round and round, that may still take it.
ChannelId channel_after(const Recipient& recipient, const ChannelId& current,
                        const std::set<ChannelId>& closed) {
  const auto& all = recipient.channels;
  const auto at = std::find(all.begin(), all.end(), current);
  const std::size_t begin = at == all.end() ? 0 : static_cast<std::size_t>(at - all.begin()) + 1;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const ChannelId& candidate = all[(begin + i) % all.size()];
    if (!closed.contains(candidate)) return candidate;
  }
  return {};
}

}  // namespace

ChannelId Notices::first_channel(const Recipient& recipient, Instant now) const {
  for (const ChannelId& channel : recipient.channels) {
    const auto found = troubles_.find(channel);
    const bool troubled = found != troubles_.end() && found->second.failures >= kTroubleFrom &&
                          now - found->second.last < kTroubleLasts;
    if (!troubled) return channel;
  }
  return recipient.channels.front();
}

void Notices::queue(const std::shared_ptr<const NoticeRaised>& notice,
                    const std::vector<QueuedMessage>& messages, Instant at) {
  for (const QueuedMessage& message : messages) {
    Pending one;
    one.notice = notice;
    one.recipient = message.recipient;
    one.channel = message.channel;
    one.queued = at;
    one.due = at;
    one.tried.insert(message.channel);
    pending_[message.id] = std::move(one);
  }
  while (pending_.size() > kMostPending) {
    const auto oldest = std::min_element(
        pending_.begin(), pending_.end(),
        [](const auto& a, const auto& b) { return a.second.queued < b.second.queued; });
    end(oldest->first, MessageState::GivenUp, at,
        fmt::format("more than {} messages wait", kMostPending));
  }
}

void Notices::end(const MessageId& id, MessageState state, Instant at, std::string detail) {
  const auto found = pending_.find(id);
  if (found == pending_.end()) return;
  const Pending& one = found->second;
  ended_.push_back({id, one.notice->id, one.recipient, one.channel, state, one.failures, one.queued,
                    at, std::move(detail)});
  if (ended_.size() > NoticeBoard::kMostShown) ended_.pop_front();
  pending_.erase(found);
}

// Whoever hears that all is as usual again, or how a run stands now, needs no older news of the
// same cause.
void Notices::supersede(const NoticeRaised& newer, const std::set<std::string>& causes,
                        Instant at) {
  std::vector<MessageId> old;
  for (const auto& [id, one] : pending_) {
    const bool told_now = std::any_of(newer.messages.begin(), newer.messages.end(),
                                      [&, &who = one.recipient](const QueuedMessage& message) {
                                        return message.recipient == who;
                                      });
    if (causes.contains(one.notice->cause) && told_now) old.push_back(id);
  }
  for (const MessageId& id : old) {
    end(id, MessageState::GivenUp, at, "newer news of the same cause takes its place");
  }
  for (Kept& kept : notices_) kept.over = kept.over || causes.contains(kept.notice->cause);
}

std::optional<EventPayload> Notices::result(const MessageResult& result, const Roster& roster,
                                            Instant now) const {
  const auto found = pending_.find(result.id);
  if (found == pending_.end() || found->second.channel != result.channel) return std::nullopt;
  if (result.ok) return MessageSent{result.id, result.channel};
  const Pending& one = found->second;
  MessageFailed failed{result.id, result.channel, result.detail, result.permanent, {}, now};
  const Recipient* recipient = roster.find(one.recipient);
  if (!recipient || now - one.queued >= kGiveUpAfter) return failed;
  std::set<ChannelId> closed = one.closed;
  if (result.permanent) closed.insert(result.channel);
  const bool change = result.permanent || one.failures_here + 1 >= kTriesPerChannel;
  failed.next = change ? channel_after(*recipient, one.channel, closed) : one.channel;
  const bool fresh = !one.tried.contains(failed.next);
  failed.retry_at = fresh ? now : now + delay_after(one.failures + 1);
  return failed;
}

void Notices::on(const MessageSent& event, Instant at) {
  troubles_.erase(event.channel);
  end(event.id, MessageState::Sent, at, {});
}

void Notices::on(const MessageFailed& event, Instant at) {
  ChannelTrouble& trouble = troubles_[event.channel];
  trouble.channel = event.channel;
  // What the other side refuses for good says nothing of the channel.
  if (!event.permanent) ++trouble.failures;
  trouble.last = at;
  trouble.detail = event.detail;
  const auto found = pending_.find(event.id);
  if (found == pending_.end()) return;
  Pending& one = found->second;
  ++one.failures;
  one.detail = event.detail;
  if (event.next.empty()) return end(event.id, MessageState::GivenUp, at, event.detail);
  if (event.permanent) one.closed.insert(event.channel);
  const bool same = event.next == event.channel && one.failures_here + 1 < kTriesPerChannel;
  one.failures_here = same ? one.failures_here + 1 : 0;
  one.channel = event.next;
  one.tried.insert(event.next);
  one.due = event.retry_at;
  one.handed.reset();
}

void Notices::restarted(Instant at) {
  for (auto& [id, one] : pending_) {
    one.due = at;
    one.handed.reset();
  }
  troubles_.clear();
  started_ = at;
}

std::vector<Notices::Due> Notices::take_due(const Roster& roster, Instant now) {
  std::vector<Due> due;
  if (roster.empty()) return due;
  for (auto& [id, one] : pending_) {
    const Instant at = one.handed ? *one.handed + kPatience : one.due;
    if (at > now) continue;
    one.handed = now;
    const Kept* kept = find(one.notice->id);
    const bool called = kept && kept->awaits_answer() &&
                        std::any_of(kept->called.begin(), kept->called.end(),
                                    [&, &message = id](const auto& q) { return q.id == message; });
    due.push_back({id, one.recipient, one.channel, one.notice, one.queued, called});
  }
  return due;
}

Result<NoticeRaised> Notices::test(const RecipientId& recipient, const Roster& roster,
                                   const std::string& id) const {
  const Recipient* found = roster.find(recipient);
  if (!found) {
    return fail(Errc::NotFound,
                fmt::format("no recipient '{}' stands in the contacts", recipient.str()));
  }
  if (found->channels.empty()) {
    return fail(Errc::InvalidInput,
                fmt::format("recipient '{}' has no channel that can be used", recipient.str()));
  }
  NoticeRaised notice;
  notice.id = NoticeId(id);
  notice.kind = NoticeKind::Test;
  notice.cause = "test/" + id;
  notice.messages.push_back({MessageId(id + ".1"), recipient, found->channels.front(), false});
  return notice;
}

}  // namespace dienstbereit::core::notice
