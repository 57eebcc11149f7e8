// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <memory>
#include <mutex>

#include "app/ack_codes.h"
#include "config/telling/contacts.h"
#include "model/input.h"
#include "notify/notifier.h"

namespace dienstbereit::app {

// Where messages of this channel are sent from: the local address of its uplink; may be empty.
std::string bind_of(const District& district, const ChannelSpec& channel);

// Between the engine, which knows recipients by their ids, and the notifier, which wants words and
// addresses: keeps the contacts, words each message, hands results back. Thread-safe.
class Messenger final : public MessagePort {
 public:
  // All references outlive it. `worker` words the messages; `codes` may be absent: then messages
  // carry none.
  Messenger(runtime::Loop& worker, notify::Notifier& notifier, InputSink& engine,
            std::optional<AckCodes> codes);

  // What follows from contacts and district together; sentences about what is left out go to the
  // log, once a change.
  void use(config::ContactBook book);
  void use(std::shared_ptr<const District> district);
  std::shared_ptr<const Roster> roster() const;

  void send(OutMessage message) override;
  void report(MessageResult result);

  // The message a code belongs to; the text itself if it is none.
  std::string resolved(const std::string& what, const NoticeBoard& board) const;

 private:
  void refresh();  // under the lock
  void word(const OutMessage& message);

  runtime::Loop& worker_;
  notify::Notifier& notifier_;
  InputSink& engine_;
  std::optional<AckCodes> codes_;
  mutable std::mutex mutex_;
  std::shared_ptr<const config::ContactBook> book_;
  std::shared_ptr<const District> district_;
  std::shared_ptr<const Roster> roster_;
};

}  // namespace dienstbereit::app
