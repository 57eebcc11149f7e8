// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "model/outside/subscriber.h"
#include "sqlite/records.h"

namespace dienstbereit::subscribers {

inline constexpr const char* kFile = "subscribers.db";
inline constexpr std::size_t kMostConfirmed = 5'000;
inline constexpr std::size_t kMostWaiting = 1'000;  // to be confirmed
// So often one address may be asked while it has not confirmed; then it is silently left in peace.
inline constexpr std::size_t kMostAsked = 3;
// An address that refuses so often in a row is dropped.
inline constexpr unsigned kMostRefused = 3;

// Who wants the public statements by mail, in memory and on disk. A change is durable before it is
// answered or seen. One thread.
class Store {
 public:
  static Result<Store> open(const std::filesystem::path& data);

  // `subscriber` with id, token, mail, language and `made`. LimitExceeded: there are too many.
  // Which addresses are known already, nobody can tell from the answer.
  Result<Subscriber> add(Subscriber subscriber);
  // NotFound: none has this id and token.
  Result<Subscriber> find(std::string_view id, std::string_view token) const;
  // Whoever had the same address goes into it.
  Result<Subscriber> confirm(std::string_view id, std::string_view token, Instant now);
  // Erases all there is of it. NotFound: there is none.
  Result<Subscriber> end(std::string_view id);

  // What came of a mail to it; nothing happens if it is gone meanwhile.
  Result<void> note_sent(std::string_view id, Instant told);
  // The other side will never take it. True: that was once too often, it is dropped.
  Result<bool> note_refused(std::string_view id);
  // Drops who has not confirmed in time (kConfirmSubscriptionWithin).
  Result<void> purge(Instant now);

  using All = std::map<std::string, Subscriber, std::less<>>;
  const All& all() const { return all_; }  // by id

 private:
  explicit Store(sqlite::Records records) : records_(std::move(records)) {}
  Result<void> write(const Subscriber& changed);
  Result<void> erase(const std::vector<std::string>& ids);

  sqlite::Records records_;
  All all_;
};

}  // namespace dienstbereit::subscribers
