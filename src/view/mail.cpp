// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/mail.h"

namespace dienstbereit::view {
namespace {

enum class Primary { NotNamed, Works, DoesNot };

Primary primary_of(const Situation& situation) {
  const auto& mail = situation.district->mail;
  if (!mail || mail->component.empty()) return Primary::NotNamed;
  for (const NodeSituation& node : situation.nodes) {
    if (node.id != mail->component) continue;
    return node.state == kOperational ? Primary::Works : Primary::DoesNot;
  }
  return Primary::NotNamed;
}

}  // namespace

std::optional<HeldMail> held_mail(const Situation& situation, Instant now) {
  HeldMail held;
  for (const MailSituation& queue : situation.mail) {
    held.waiting += queue.backlog.waiting;
    const auto& oldest = queue.backlog.oldest;
    if (oldest && (!held.oldest || *oldest < *held.oldest)) held.oldest = oldest;
  }
  if (held.waiting == 0) return std::nullopt;
  const Primary primary = primary_of(situation);
  const bool old = held.oldest && now - *held.oldest >= kMailHeldUp;
  if (primary != Primary::DoesNot && !old) return std::nullopt;
  held.returning = primary == Primary::Works;
  return held;
}

}  // namespace dienstbereit::view
