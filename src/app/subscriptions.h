// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/engine.h"
#include "notify/notifier.h"
#include "runtime/asio.h"
#include "runtime/clock.h"
#include "runtime/credentials.h"
#include "runtime/loop.h"
#include "subscribers/store.h"
#include "view/public_history.h"
#include "web/subscriptions.h"
#include "words/subscription.h"

namespace dienstbereit::app {

// Keeps who wants the public statements by mail, asks them to confirm, and sends each of them what
// was published since. What a mail came to is remembered durably: after a restart the rest is sent,
// with the same Message-ID. Lives on the worker's thread.
class Subscriptions final : public web::Subscriptions {
 public:
  static constexpr std::size_t kMostUnderWay = 100;
  static constexpr std::size_t kMostInOneMail = 5;  // statements
  static constexpr Duration kFirstRetry = std::chrono::minutes(1);
  static constexpr Duration kLongestRetry = std::chrono::hours(1);

  // All references outlive it; `mail` runs the sending, `folder` is the district's.
  Subscriptions(const runtime::Clock& clock, const engine::Engine& engine, runtime::Loop& worker,
                runtime::Loop& mail, const runtime::Credentials& credentials,
                std::filesystem::path folder);

  // Before the worker starts.
  Result<void> open(const std::filesystem::path& data);
  // What there is to tell now. Any thread; cheap.
  void show(std::shared_ptr<const Situation> situation);
  // After the worker has stopped, while `mail` still runs.
  void close() { notifier_.close(); }

  void add(std::string mail, std::string language, Done done) override;
  void find(std::string id, std::string token, Done done) override;
  void confirm(std::string id, std::string token, Done done) override;
  void end(std::string id, Done done) override;
  void list(std::function<void(std::vector<Subscriber>)> done) override;

 private:
  struct Delay {
    Duration next = kFirstRetry;
    Instant until;
  };

  Instant now() const { return clock_.now() + engine_.civil_offset(); }
  void work();
  std::vector<view::PublicUpdate> statements() const;  // oldest first
  void start(const Subscriber& one, const std::vector<view::PublicUpdate>& statements);
  void send(const Subscriber& one, const words::MailText& text, Instant told);
  void settle(const MessageResult& result);
  void wake_up();

  const runtime::Clock& clock_;
  const engine::Engine& engine_;
  runtime::Loop& worker_;
  notify::Notifier notifier_;
  asio::steady_timer timer_;
  std::optional<subscribers::Store> store_;
  std::shared_ptr<const Situation> situation_;
  std::map<std::string, Instant> under_way_;  // by id: the newest statement in the mail
  std::map<std::string, Delay> delays_;
};

}  // namespace dienstbereit::app
