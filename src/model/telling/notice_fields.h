// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "model/codec.h"
#include "model/telling/notice.h"

// The fields of notices and messages, as codec.h wants them. Included by event.cpp only.
namespace dienstbereit {

template <class A>
void fields(A& a, NoticeItem& e) {
  a("kind", e.kind, notice_item_kind_of);
  a("subject", e.subject);
  a("from", e.from, readiness_of);
  a("to", e.to, readiness_of);
  a("since", e.since);
  a("question", e.question);
  a("text", e.text);
}
template <class A>
void fields(A& a, QueuedMessage& e) {
  a("id", e.id);
  a("recipient", e.recipient);
  a("channel", e.channel);
  a("called", e.called);
}
template <class A>
void fields(A& a, NoticeRaised& e) {
  a("id", e.id);
  a("kind", e.kind, notice_kind_of);
  a("cause", e.cause);
  a("level", e.level);
  a("bad", e.bad);
  a("more", e.more);
  a("items", e.items);
  a("messages", e.messages);
}
template <class A>
void fields(A& a, NoticeEscalated& e) {
  a("notice", e.notice);
  a("level", e.level);
  a("messages", e.messages);
}
template <class A>
void fields(A& a, NoticeAcknowledged& e) {
  a("notice", e.notice);
  a("by", e.by);
}
template <class A>
void fields(A& a, MessageSent& e) {
  a("id", e.id);
  a("channel", e.channel);
}
template <class A>
void fields(A& a, MessageFailed& e) {
  a("id", e.id);
  a("channel", e.channel);
  a("detail", e.detail);
  a("permanent", e.permanent);
  a("next", e.next);
  a("retry_at", e.retry_at);
}

}  // namespace dienstbereit
