// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/mail/log.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <optional>

#include "base/hash.h"
#include "base/text.h"

namespace dienstbereit::fallback::mail {
namespace {

constexpr std::size_t kShortestId = 10, kLongestId = 32;  // of a long queue id
constexpr auto kClockSteps = std::chrono::seconds(2);  // log and queue may disagree by so much

std::optional<int> number_of(std::string_view text) {
  int value = 0;
  text = trim(text);
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// "Nov 26 04:20:37", in the last year before `now`.
std::optional<Instant> syslog_time(std::string_view text, const LogOptions& options) {
  constexpr std::string_view kMonths = "JanFebMarAprMayJunJulAugSepOctNovDec";
  const auto month = kMonths.find(text.substr(0, 3));
  const auto day = number_of(text.substr(4, 2));
  const auto minute = parse_hhmm(text.substr(7, 5));
  const auto second = number_of(text.substr(13, 2));
  if (month == std::string_view::npos || month % 3 != 0 || !day || !minute || !second) {
    return std::nullopt;
  }
  const int this_year =
      static_cast<int>(date::year_month_day(options.zone.day_of(options.now)).year());
  for (const int year : {this_year, this_year - 1}) {
    const date::year_month_day civil{date::year(year),
                                     date::month(static_cast<unsigned>(month / 3 + 1)),
                                     date::day(static_cast<unsigned>(*day))};
    if (!civil.ok()) continue;
    const Instant at = options.zone.at(Day(civil), *minute) + std::chrono::seconds(*second);
    if (at <= options.now + std::chrono::hours(24)) return at;
  }
  return std::nullopt;
}

struct Line {
  Instant at;
  std::string_view service;  // "cleanup", "relay/smtp"
  std::string_view id;
  std::string_view fact;  // what follows "ID: "
};

bool is_queue_id(std::string_view text) {
  return text.size() >= kShortestId && text.size() <= kLongestId &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
         });
}

// "... host postfix/relay/smtp[4711]: ID: to=<...>". A line about no message has no id.
std::optional<Line> parse_line(std::string_view text, const LogOptions& options) {
  constexpr std::size_t kSyslogTime = 15;
  Line line;
  const bool rfc3339 = text.size() > kSyslogTime && text[4] == '-' && text[10] == 'T';
  const std::size_t time_end = rfc3339 ? text.find(' ') : kSyslogTime;
  if (text.size() <= kSyslogTime || time_end == std::string_view::npos) return std::nullopt;
  if (rfc3339) {
    const auto at = parse_rfc3339(text.substr(0, time_end));
    if (!at) return std::nullopt;
    line.at = *at;
  } else {
    const auto at = syslog_time(text, options);
    if (!at) return std::nullopt;
    line.at = *at;
  }
  const auto host = text.find_first_not_of(' ', time_end);
  const auto tag = host == std::string_view::npos ? host : text.find(' ', host);
  const auto tag_end = tag == std::string_view::npos ? tag : text.find(": ", tag);
  if (tag_end == std::string_view::npos) return line;
  const std::string_view name = trim(text.substr(tag, tag_end - tag));
  const auto slash = name.find('/');
  if (slash == std::string_view::npos) return line;
  line.service = name.substr(slash + 1, name.find('[') - slash - 1);
  const std::string_view rest = text.substr(tag_end + 2);
  const auto id_end = rest.find(": ");
  if (id_end == std::string_view::npos || !is_queue_id(rest.substr(0, id_end))) return line;
  line.id = rest.substr(0, id_end);
  line.fact = rest.substr(id_end + 2);
  return line;
}

// "sent" of "..., status=sent (250 ...)".
std::string_view word_after(std::string_view fact, std::string_view key) {
  const auto at = fact.find(key);
  if (at == std::string_view::npos) return {};
  const std::string_view rest = fact.substr(at + key.size());
  return rest.substr(0, rest.find_first_of(" ,"));
}

}  // namespace

void MailLog::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto end = bytes.find('\n');
    const std::string_view piece = bytes.substr(0, end);
    if (!skipping_ && pending_.size() + piece.size() > kLongestLogLine) {
      skipping_ = true;
      pending_.clear();
      ++sum_.unreadable;
    }
    if (!skipping_) pending_.append(piece);
    if (end == std::string_view::npos) return;
    if (!skipping_) take_line(pending_);
    pending_.clear();
    skipping_ = false;
    bytes.remove_prefix(end + 1);
  }
}

void MailLog::take_line(std::string_view text) {
  if (trim(text).empty()) return;
  const auto line = parse_line(text, options_);
  if (!line) {
    ++sum_.unreadable;
    return;
  }
  if (line->id.empty()) return;
  const std::string id(line->id);
  const auto found = messages_.find(id);
  if (found == messages_.end() && messages_.size() >= kMostLogged) {
    sum_.cut = true;
    return;
  }
  Message& message = found != messages_.end() ? found->second : messages_[id];
  if (message.came == Instant()) message.came = line->at;
  take_fact(message, line->service, line->fact);
}

void MailLog::take_fact(Message& message, std::string_view service, std::string_view fact) const {
  if (fact.starts_with("client=")) {
    message.from_outside = true;
  } else if (fact.starts_with("message-id=") && service.ends_with("cleanup")) {
    message.id = stable_hash(fact.substr(std::string_view("message-id=").size()));
  } else if (fact.starts_with("from=<") && service.ends_with("qmgr")) {
    message.taken = true;
    const std::string_view status = word_after(fact, "status=");
    if (status == "expired" || status == "force-expired") message.expired = true;
  } else if (fact.starts_with("to=<")) {
    take_delivery(message, fact);
  } else if (fact == "removed" || fact == "requeued" || fact.starts_with("removed ")) {
    message.gone = true;
  }
}

void MailLog::take_delivery(Message& message, std::string_view fact) const {
  const std::string_view recipient = fact.substr(4, fact.find('>') - 4);
  if (!counts(recipient)) return;
  const std::string_view status = word_after(fact, "status=");
  if (status == "sent" && goes_to_primary(fact)) message.sent = true;
  if (status == "bounced") message.bounced = true;
}

bool MailLog::counts(std::string_view recipient) const {
  if (options_.domains.empty()) return true;
  const auto at = recipient.rfind('@');
  return at != std::string_view::npos &&
         options_.domains.contains(to_lower_ascii(recipient.substr(at + 1)));
}

// "relay=192.0.2.25[192.0.2.25]:25".
bool MailLog::goes_to_primary(std::string_view fact) const {
  const std::string_view relay = word_after(fact, "relay=");
  return options_.primary.empty() ? relay != "none" : relay.ends_with(options_.primary);
}

LogSum MailLog::sum(const std::set<std::string>* queue, Instant seen) {
  if (!skipping_) take_line(pending_);
  pending_.clear();

  // All that was told of one Message-ID, over its copies.
  struct Whole {
    bool open = false, sent = false, bounced = false, expired = false, missing = false;
    bool counted = false;
  };
  std::unordered_map<std::uint64_t, Whole> by_id;
  for (const auto& [queue_id, message] : messages_) {
    const std::uint64_t id = message.id != 0 ? message.id : stable_hash(queue_id);
    Whole& whole = by_id[id];
    const bool waits = message.taken && !message.gone;
    const bool looked = queue != nullptr && message.came < seen - kClockSteps;
    const bool missing = waits && looked && !queue->contains(queue_id);
    whole.counted =
        whole.counted || (message.from_outside && message.taken && message.came >= options_.since);
    whole.open = whole.open || (waits && !missing);
    whole.missing = whole.missing || missing;
    whole.sent = whole.sent || message.sent;
    whole.bounced = whole.bounced || message.bounced;
    whole.expired = whole.expired || message.expired;
  }
  LogSum sum = sum_;
  for (const auto& [id, whole] : by_id) {
    if (!whole.counted) continue;
    ++sum.accepted;
    auto& part = whole.open      ? sum.open
                 : whole.missing ? sum.missing
                 : whole.bounced ? sum.bounced
                 : whole.sent    ? sum.delivered
                 : whole.expired ? sum.expired
                                 : sum.deleted;
    ++part;
  }
  return sum;
}

}  // namespace dienstbereit::fallback::mail
