// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/subscriptions.h"

#include <algorithm>

#include <fmt/format.h>

#include "accounts/secrets.h"
#include "app/messenger.h"
#include "base/hash.h"
#include "base/log.h"
#include "web/outside/statuspage.h"
#include "web/outside/subscribe.h"

namespace dienstbereit::app {
namespace {

words::Language language_of(const Subscriber& one) {
  return one.language == "en" ? words::Language::En : words::Language::De;
}

std::string link_of(const District& district, const Subscriber& one) {
  return district.subscriptions.url + web::subscription_link(one);
}

}  // namespace

Subscriptions::Subscriptions(const runtime::Clock& clock, const engine::Engine& engine,
                             runtime::Loop& worker, runtime::Loop& mail,
                             const runtime::Credentials& credentials, std::filesystem::path folder)
    : clock_(clock),
      engine_(engine),
      worker_(worker),
      notifier_(
          mail, [this] { return now(); },
          [&credentials](const std::string& name) { return credentials.find(name); },
          [this](MessageResult result) {
            worker_.post([this, result = std::move(result)] { settle(result); });
          },
          std::move(folder)),
      timer_(worker.context()) {}

Result<void> Subscriptions::open(const std::filesystem::path& data) {
  auto store = subscribers::Store::open(data);
  if (!store) return tl::unexpected(store.error());
  store_ = std::move(*store);
  return {};
}

void Subscriptions::show(std::shared_ptr<const Situation> situation) {
  worker_.post([this, situation = std::move(situation)]() mutable {
    situation_ = std::move(situation);
    work();
  });
}

void Subscriptions::add(std::string mail, std::string language, Done done) {
  worker_.post([=, this, mail = std::move(mail), language = std::move(language)] {
    Subscriber one;
    one.token = accounts::random_token();
    one.id = web::statuspage_id(accounts::random_token());
    one.mail = mail;
    one.language = language;
    one.made = now();
    done(store_->add(std::move(one)));
    work();
  });
}

void Subscriptions::find(std::string id, std::string token, Done done) {
  worker_.post([=, this] { done(store_->find(id, token)); });
}

void Subscriptions::confirm(std::string id, std::string token, Done done) {
  worker_.post([=, this] { done(store_->confirm(id, token, now())); });
}

void Subscriptions::end(std::string id, Done done) {
  worker_.post([=, this] { done(store_->end(id)); });
}

void Subscriptions::list(std::function<void(std::vector<Subscriber>)> done) {
  worker_.post([this, done = std::move(done)] {
    std::vector<Subscriber> all;
    for (const auto& [id, one] : store_->all()) all.push_back(one);
    std::sort(all.begin(), all.end(),
              [](const Subscriber& a, const Subscriber& b) { return a.made < b.made; });
    done(std::move(all));
  });
}

std::vector<view::PublicUpdate> Subscriptions::statements() const {
  std::vector<view::PublicUpdate> all = view::public_history(*situation_).updates;
  std::erase_if(all, [](const view::PublicUpdate& update) { return update.word.has_value(); });
  std::reverse(all.begin(), all.end());
  return all;
}

// Starts every mail that is due, as far as there is room.
void Subscriptions::work() {
  if (!situation_ || situation_->exercise || !situation_->district->subscriptions.offered()) return;
  if (auto purged = store_->purge(now()); !purged) log::error("{}", purged.error().message);
  if (store_->all().empty()) return;
  const std::vector<view::PublicUpdate> all = statements();
  for (const auto& [id, one] : store_->all()) {
    if (under_way_.size() >= kMostUnderWay) break;
    const auto delay = delays_.find(id);
    const bool early = delay != delays_.end() && now() < delay->second.until;
    if (early || under_way_.contains(id)) continue;
    start(one, all);
  }
  wake_up();
}

// Nothing if there is nothing to send it.
void Subscriptions::start(const Subscriber& one,
                          const std::vector<view::PublicUpdate>& statements) {
  const auto news =
      std::find_if(statements.begin(), statements.end(),
                   [&](const view::PublicUpdate& update) { return update.at > one.told; });
  if (one.confirmed ? news == statements.end() : one.asked) return;
  const words::Voice voice(language_of(one), *situation_->district, now());
  const std::string link = link_of(*situation_->district, one);
  if (!one.confirmed) return send(one, words::subscription_mail(voice, link), one.told);
  const auto count = static_cast<std::size_t>(statements.end() - news);
  const std::size_t left_out = count - std::min(count, kMostInOneMail);
  const std::vector<view::PublicUpdate> fresh(news + static_cast<std::ptrdiff_t>(left_out),
                                              statements.end());
  send(one, words::statement_mail(voice, fresh, left_out, link), fresh.back().at);
}

void Subscriptions::send(const Subscriber& one, const words::MailText& text, Instant told) {
  const District& district = *situation_->district;
  const ChannelSpec* channel = find_channel(district, district.subscriptions.channel);
  if (channel == nullptr) return;
  notify::Letter letter;
  letter.id = MessageId(one.id);
  letter.key = fmt::format("{}.{}", stable_hash(one.id), told.time_since_epoch().count());
  letter.recipient = RecipientId(one.id);
  letter.channel = *channel;
  letter.bind = bind_of(district, *channel);
  letter.to = one.mail;
  letter.cause = "statements";
  letter.raised = told;
  letter.sender = words::say(district.administration.name, language_of(one)).text;
  letter.subject = text.subject;
  letter.text = text.text;
  letter.languages = {one.language};
  if (one.confirmed) letter.unsubscribe = link_of(district, one);
  under_way_[one.id] = told;
  notifier_.send(std::move(letter));
}

void Subscriptions::settle(const MessageResult& result) {
  const std::string id = result.id.str();
  const auto found = under_way_.find(id);
  if (found == under_way_.end()) return;
  const Instant told = found->second;
  under_way_.erase(found);
  if (result.ok) {
    delays_.erase(id);
    if (auto noted = store_->note_sent(id, told); !noted) log::error("{}", noted.error().message);
    return work();
  }
  log::warning("a mail to subscriber {} did not go out: {}", id, result.detail);
  if (result.permanent) {
    const auto dropped = store_->note_refused(id);
    if (!dropped) log::error("{}", dropped.error().message);
    if (dropped && *dropped) log::warning("subscriber {} is dropped: refused too often", id);
  }
  Delay& delay = delays_[id];
  delay.until = now() + delay.next;
  delay.next = std::min(delay.next * 2, kLongestRetry);
  work();
}

// At the end of the next delay; who is gone needs none.
void Subscriptions::wake_up() {
  std::erase_if(delays_, [&](const auto& entry) { return !store_->all().contains(entry.first); });
  std::optional<Instant> next;
  for (const auto& [id, delay] : delays_) {
    if (!under_way_.contains(id) && (!next || delay.until < *next)) next = delay.until;
  }
  if (!next) return;
  timer_.expires_after(std::max(*next - now(), Duration(1)));
  timer_.async_wait([this](const runtime::ErrorCode& cancelled) {
    if (!cancelled) work();
  });
}

}  // namespace dienstbereit::app
