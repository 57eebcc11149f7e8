// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/gatekeeper.h"

#include "base/log.h"
#include "journal/reader.h"

namespace dienstbereit::app {
namespace {

// Hashing takes a seventh of a second: a longer queue would be answered after its asker has gone.
constexpr unsigned kMostWaiting = 32;
constexpr std::size_t kTrailLength = 500;
constexpr const char* kAuditedType = "audited";

const Identity& program() {
  static const Identity identity{{"start", ""}, RoleSet::all(), AccountId(), ""};
  return identity;
}

}  // namespace

AppGatekeeper::AppGatekeeper(const runtime::Clock& clock, engine::Engine& engine,
                             runtime::Loop& worker)
    : clock_(clock), engine_(engine), worker_(worker) {}

Result<void> AppGatekeeper::open(const std::filesystem::path& data) {
  auto store = accounts::Store::open(
      data, [this](const Actor& by, const Audited& entry) { audit(by, entry); });
  if (!store) return tl::unexpected(store.error());
  store_ = std::move(*store);
  return {};
}

void AppGatekeeper::audit(const Actor& by, const Audited& entry) {
  log::info("account {}: {} by {}{}{}", entry.account.empty() ? "-" : entry.account.str(),
            name_of(entry.what), by.id.empty() ? "nobody" : by.id, entry.detail.empty() ? "" : ": ",
            entry.detail);
  {
    const std::lock_guard lock(mutex_);
    trail_.push_front({clock_.now(), by.id, entry});
    if (trail_.size() > kTrailLength) trail_.pop_back();
  }
  engine_.command({by.id.empty() ? "web:nobody" : by.id, ""}, RecordAudit{entry},
                  [what = name_of(entry.what)](const Result<Answer>& answer) {
                    if (answer) return;
                    log::error("'{}' is in this log alone, the journal did not take it: {}", what,
                               answer.error().message);
                  });
}

void AppGatekeeper::read_trail(std::filesystem::path data, std::uint64_t last) {
  worker_.post([this, data = std::move(data), last] {
    const auto reader = journal::JournalReader::open(data);
    if (!reader) {
      log::warning("the accounts' page shows what happens from now on only: {}",
                   reader.error().message);
      return;
    }
    std::deque<web::AuditLine> old;
    const auto read = reader->read(1, [&](const journal::Record& record) {
      if (record.seq > last) return false;
      if (record.type != kAuditedType) return true;
      const auto payload = decode(record.type, record.version, record.payload);
      if (payload) {
        old.push_front({record.logical, record.actor, std::get<Audited>(*payload)});
        if (old.size() > kTrailLength) old.pop_back();
      }
      return true;
    });
    if (!read) log::warning("{}", read.error().message);
    const std::lock_guard lock(mutex_);
    for (web::AuditLine& line : old) {
      if (trail_.size() < kTrailLength) trail_.push_back(std::move(line));
    }
  });
}

std::string AppGatekeeper::setup_path() {
  std::string path;
  worker_.post_and_wait([&] {
    if (store_->has_administrator()) return;
    const auto made = store_->handle(MakeSetupLink{}, program(), moment());
    if (made && made->refused == Refusal::None) path = "/operate/link/" + made->secret;
    if (!made) log::error("{}", made.error().message);
  });
  return path;
}

accounts::Moment AppGatekeeper::moment() const { return {clock_.now(), runtime::Clock::wall()}; }

void AppGatekeeper::submit(AccountCommand command, Identity by, AccountReply reply) {
  if (++waiting_ > kMostWaiting) {
    --waiting_;
    reply(fail(Errc::Unavailable, "too many logins at once; try again in a moment"));
    return;
  }
  worker_.post([this, command = std::move(command), by = std::move(by), reply = std::move(reply)] {
    auto answer = store_->handle(command, by, moment());
    if (!answer) log::error("{}", answer.error().message);
    --waiting_;
    reply(std::move(answer));
  });
}

void AppGatekeeper::save_uses_if_any() {
  if (!store_->has_unsaved_uses() || saving_.exchange(true)) return;
  worker_.post([this] {
    saving_ = false;
    if (auto saved = store_->save_uses(); !saved) log::warning("{}", saved.error().message);
  });
}

void AppGatekeeper::close() {
  if (!store_) return;
  if (auto saved = store_->save_uses(); !saved) log::warning("{}", saved.error().message);
}

// ---- questions ---------------------------------------------------------------------------------

std::optional<Visitor> AppGatekeeper::visitor(std::string_view token) {
  auto visitor = store_->visitor(token, clock_.now());
  save_uses_if_any();
  return visitor;
}

Result<Identity> AppGatekeeper::bearer(std::string_view token, const Caller& from) {
  auto identity = store_->bearer(token, from, clock_.now());
  save_uses_if_any();
  return identity;
}

std::optional<web::Gatekeeper::LinkState> AppGatekeeper::link(std::string_view token) const {
  auto state = store_->link(token, clock_.now());
  if (!state) return std::nullopt;
  return LinkState{state->setup, std::move(state->login)};
}

std::optional<Profile> AppGatekeeper::profile(const AccountId& id) const {
  auto profile = store_->profile(id);
  if (profile) profile->made_at = civil(profile->made_at);
  return profile;
}

std::optional<Profile> AppGatekeeper::profile_of_login(std::string_view login) const {
  auto profile = store_->profile_of_login(login);
  if (profile) profile->made_at = civil(profile->made_at);
  return profile;
}

std::vector<Profile> AppGatekeeper::profiles() const {
  auto all = store_->profiles();
  for (Profile& one : all) one.made_at = civil(one.made_at);
  return all;
}

std::vector<SessionEntry> AppGatekeeper::sessions(const AccountId& account) const {
  auto all = store_->sessions(account, clock_.now());
  for (SessionEntry& one : all) {
    one.made_at = civil(one.made_at);
    one.used_at = civil(one.used_at);
  }
  return all;
}

std::vector<TokenEntry> AppGatekeeper::tokens(const AccountId& account) const {
  auto all = store_->tokens(account);
  for (TokenEntry& one : all) {
    one.made_at = civil(one.made_at);
    one.expires_at = civil(one.expires_at);
    if (one.used_at != Instant()) one.used_at = civil(one.used_at);
  }
  return all;
}

std::optional<Instant> AppGatekeeper::emergency_code_made() const {
  const auto made = store_->emergency_code_made();
  return made ? std::optional(civil(*made)) : std::nullopt;
}

std::vector<web::AuditLine> AppGatekeeper::audit_trail() const {
  const std::lock_guard lock(mutex_);
  std::vector<web::AuditLine> lines(trail_.begin(), trail_.end());
  for (web::AuditLine& line : lines) line.at = civil(line.at);
  return lines;
}

}  // namespace dienstbereit::app
