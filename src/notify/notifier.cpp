// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "notify/notifier.h"

#include <algorithm>
#include <future>
#include <list>
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "notify/curl_loop.h"
#include "notify/request.h"
#include "runtime/gate.h"
#include "runtime/resolver.h"

namespace dienstbereit::notify {
namespace {

// The name lookup gets this much of a channel's time at most.
constexpr Duration kLookupWithin = std::chrono::seconds(10);
// Beyond the channel's time: for the lookup, and for libcurl to notice the end of its own.
constexpr Duration kGrace = kLookupWithin + std::chrono::seconds(2);

std::string bracketed(const std::string& host) {
  return host.find(':') == std::string::npos ? host : "[" + host + "]";
}

// The url with another host; the rest stays.
std::string with_host(const std::string& url, const std::string& host) {
  const auto begin = url.find("://") + 3;
  std::size_t end = url.find_first_of("/?#", begin);
  if (end == std::string::npos) end = url.size();
  const std::string authority = url.substr(begin, end - begin);
  const auto colon = authority.rfind(':');
  const bool port = colon != std::string::npos && authority.find(']', colon) == std::string::npos;
  return url.substr(0, begin) + host + (port ? authority.substr(colon) : "") + url.substr(end);
}

std::string resolved_text(const ChannelHost& host, const std::string& name,
                          const std::vector<std::string>& addresses) {
  return fmt::format("{}:{}:{}", name, host.port, join(addresses, ","));
}

}  // namespace

std::string without(std::string text, const std::string& what, const std::string& instead) {
  if (what.empty()) return text;
  const std::string wanted = to_lower_ascii(what);
  std::string lower = to_lower_ascii(text);
  for (auto at = lower.find(wanted); at != std::string::npos;
       at = lower.find(wanted, at + instead.size())) {
    text.replace(at, what.size(), instead);
    lower.replace(at, what.size(), instead);
  }
  return text;
}

// Lives on the loop's thread.
class Notifier::Office {
 public:
  Office(runtime::Loop& loop, std::function<Instant()> now, Secret secret, Report report,
         std::filesystem::path folder)
      : loop_(loop),
        now_(std::move(now)),
        secret_(std::move(secret)),
        report_(std::move(report)),
        folder_(std::move(folder)),
        resolver_(loop.context()),
        curl_(loop.context()),
        gate_(loop.context()) {}

  void add(Letter letter) {
    if (gate_.closing()) return;
    waiting_.push_back(std::move(letter));
    go_on();
  }

  void close(std::function<void()> when_empty) {
    waiting_.clear();
    gate_.close(std::move(when_empty));
  }

  runtime::Loop& loop() { return loop_; }

 private:
  void go_on() {
    for (auto letter = waiting_.begin(); letter != waiting_.end() && running_ < kMostAtOnce;) {
      std::size_t& here = running_here_[letter->channel.id];
      if (here >= kMostPerChannel) {
        ++letter;
        continue;
      }
      ++running_;
      ++here;
      const Duration limit = letter->channel.timeout + kGrace;
      Letter taken = std::move(*letter);
      letter = waiting_.erase(letter);
      gate_.spawn("message", post(std::move(taken)), limit);
    }
  }

  runtime::Async<void> post(Letter letter) {
    std::string secret;
    Posted posted;
    auto request = prepare(letter, secret);
    if (!request) {
      posted = {false, false, request.error().message};
      posted.permanent = request.error().code == Errc::InvalidInput;
    } else {
      posted = co_await deliver(letter, std::move(*request));
    }
    --running_;
    --running_here_[letter.channel.id];
    if (gate_.closing()) co_return;
    std::string detail = without(std::move(posted.detail), letter.to, "(recipient)");
    detail = without(std::move(detail), secret, "(secret)");
    report_({letter.id, letter.channel.id, posted.ok, posted.permanent, std::move(detail)});
    go_on();
  }

  Result<Request> prepare(const Letter& letter, std::string& secret) const {
    if (!letter.channel.credential.empty()) {
      auto found = secret_(letter.channel.credential);
      // A credential that is missing today may be there tomorrow.
      if (!found) return fail(Errc::Denied, found.error().message);
      secret = std::move(*found);
    }
    auto request = request_for(letter, secret, now_());
    if (request && !letter.channel.tls.ca_file.empty()) {
      request->ca_file = folder_ / letter.channel.tls.ca_file;
    }
    return request;
  }

  // Names are asked for by our own resolver; the certificate must carry the name all the same.
  runtime::Async<Posted> deliver(const Letter& letter, Request request) {
    const ChannelSpec& channel = letter.channel;
    const auto host = host_of(channel);
    if (!host) co_return Posted{false, true, "the channel's url cannot be read"};
    std::string name = channel.tls.server_name.empty() ? host->host : channel.tls.server_name;
    std::vector<std::string> addresses;
    if (!channel.connect_to.empty()) {
      addresses.push_back(channel.connect_to);
    } else if (is_numeric_address(host->host)) {
      addresses.push_back(host->host);
    } else {
      auto found = co_await resolver_.lookup(host->host);
      if (!found) co_return Posted{false, false, found.error().message};
      for (const auto& address : *found) addresses.push_back(address.to_string());
    }
    if (!is_numeric_address(name)) request.resolved = resolved_text(*host, name, addresses);
    request.url = with_host(request.url, bracketed(name));
    auto posted = co_await curl_.perform(std::move(request));
    co_return posted;
  }

  runtime::Loop& loop_;
  std::function<Instant()> now_;
  Secret secret_;
  Report report_;
  std::filesystem::path folder_;
  runtime::Resolver resolver_;
  CurlLoop curl_;
  runtime::Gate gate_;
  std::list<Letter> waiting_;
  std::size_t running_ = 0;
  std::map<ChannelId, std::size_t> running_here_;
};

Notifier::Notifier(runtime::Loop& loop, std::function<Instant()> now, Secret secret, Report report,
                   std::filesystem::path folder)
    : office_(std::make_unique<Office>(loop, std::move(now), std::move(secret), std::move(report),
                                       std::move(folder))) {}

Notifier::~Notifier() = default;

void Notifier::send(Letter letter) {
  office_->loop().post(
      [office = office_.get(), letter = std::move(letter)] { office->add(letter); });
}

void Notifier::close() {
  std::promise<void> empty;
  auto done = empty.get_future();
  office_->loop().post([this, &empty] {
    // Told in a turn of its own, after the last root's handler has returned.
    office_->close([this, &empty] { office_->loop().post([&empty] { empty.set_value(); }); });
  });
  done.wait();
}

}  // namespace dienstbereit::notify
