// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <deque>
#include <filesystem>
#include <memory>
#include <mutex>

#include "accounts/store.h"
#include "engine/engine.h"
#include "runtime/clock.h"
#include "runtime/loop.h"
#include "web/gatekeeper.h"

namespace dienstbereit::app {

// The accounts as the web server sees them: questions from memory, everything that hashes or
// writes on the worker's thread. Each event goes to the engine, into the log, and to the page.
class AppGatekeeper final : public web::Gatekeeper {
 public:
  // All of it outlives the gatekeeper; `worker` is the only thread that changes accounts.
  AppGatekeeper(const runtime::Clock& clock, engine::Engine& engine, runtime::Loop& worker);

  // Once, before anything else.
  Result<void> open(const std::filesystem::path& data);
  // Reads what the journal up to `last` says of accounts, for the page; on the worker's thread.
  void read_trail(std::filesystem::path data, std::uint64_t last);
  // The path of a new link for the first administrator; empty if there is one already. Waits for
  // the worker: only while nothing else runs on it.
  std::string setup_path();
  // What is left to write, once the worker has stopped.
  void close();

  std::optional<Visitor> visitor(std::string_view token) override;
  Result<Identity> bearer(std::string_view token, const Caller& from) override;
  std::optional<LinkState> link(std::string_view token) const override;
  bool has_administrator() const override { return store_->has_administrator(); }
  std::optional<Profile> profile(const AccountId& id) const override;
  std::optional<Profile> profile_of_login(std::string_view login) const override;
  std::vector<Profile> profiles() const override;
  std::vector<SessionEntry> sessions(const AccountId& account) const override;
  std::vector<TokenEntry> tokens(const AccountId& account) const override;
  std::optional<Instant> emergency_code_made() const override;
  std::vector<web::AuditLine> audit_trail() const override;
  void submit(AccountCommand command, Identity by, AccountReply reply) override;

 private:
  void audit(const Actor& by, const Audited& entry);
  void save_uses_if_any();
  accounts::Moment moment() const;
  // Logical time as people read it.
  Instant civil(Instant t) const { return t + engine_.civil_offset(); }

  const runtime::Clock& clock_;
  engine::Engine& engine_;
  runtime::Loop& worker_;
  std::unique_ptr<accounts::Store> store_;
  std::atomic<unsigned> waiting_ = 0;      // commands that the worker has not answered
  std::atomic<bool> saving_ = false;
  mutable std::mutex mutex_;
  std::deque<web::AuditLine> trail_;  // newest first, logical times; under mutex_
};

}  // namespace dienstbereit::app
