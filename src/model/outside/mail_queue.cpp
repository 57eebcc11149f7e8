// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/outside/mail_queue.h"

#include <algorithm>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"

namespace dienstbereit {
namespace {

using nlohmann::json;

constexpr std::size_t kLongestQueueId = 64;  // bytes
constexpr std::size_t kLongestReason = 200;
constexpr std::size_t kMostRecipients = 10'000;  // of one message that are looked at
constexpr std::int64_t kLatestSecond = 253'402'300'799;  // 9999-12-31
constexpr const char* kOther = "other";

std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

std::optional<std::uint64_t> number_of(const json& object, const char* key) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_integer() || found->get<std::int64_t>() < 0) {
    return std::nullopt;
  }
  return found->get<std::uint64_t>();
}

std::optional<Instant> instant_of(const json& object, const char* key, std::int64_t per_second) {
  const auto number = number_of(object, key);
  const auto latest = static_cast<std::uint64_t>(kLatestSecond * per_second);
  if (!number || *number > latest) return std::nullopt;
  return Instant(Duration(static_cast<std::int64_t>(*number) * (1000 / per_second)));
}

bool is_queue_id(const std::string& id) {
  return !id.empty() && id.size() <= kLongestQueueId &&
         std::all_of(id.begin(), id.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
         });
}

std::string domain_of(const std::string& address) {
  const auto at = address.rfind('@');
  return at == std::string::npos ? std::string() : to_lower_ascii(address.substr(at + 1));
}

// The reply of a server may name a person: what stands in <> and what holds an @ goes.
std::string without_addresses(const std::string& reason) {
  std::string out;
  for (const std::string_view word : split(reason, ' ')) {
    const bool address = word.find('@') != std::string_view::npos;
    out += out.empty() ? "" : " ";
    out += address ? std::string_view("...") : word;
  }
  return clean(out, kLongestReason);
}

struct Recipients {
  std::vector<std::string> domains;  // each once
  std::string reason;
};

Recipients recipients_of(const json& message) {
  Recipients out;
  const auto found = message.find("recipients");
  if (found == message.end() || !found->is_array()) return out;
  std::size_t looked = 0;
  for (const json& one : *found) {
    if (++looked > kMostRecipients) break;
    if (!one.is_object()) continue;
    std::string domain = domain_of(text_of(one, "address"));
    if (std::find(out.domains.begin(), out.domains.end(), domain) == out.domains.end()) {
      out.domains.push_back(std::move(domain));
    }
    if (out.reason.empty()) out.reason = without_addresses(text_of(one, "delay_reason"));
  }
  return out;
}

}  // namespace

void MailQueueReader::feed(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto end = bytes.find('\n');
    const std::string_view piece = bytes.substr(0, end);
    if (!skipping_ && pending_.size() + piece.size() > kLongestQueueLine) {
      skipping_ = true;
      pending_.clear();
      ++queue_.unreadable;
    }
    if (!skipping_) pending_.append(piece);
    if (end == std::string_view::npos) return;
    if (!skipping_) take_line(pending_);
    pending_.clear();
    skipping_ = false;
    bytes.remove_prefix(end + 1);
  }
}

bool MailQueueReader::count_domains(const std::vector<std::string>& of_message) {
  const auto counts = [this](const std::string& domain) {
    return domains_.empty() ||
           std::find(domains_.begin(), domains_.end(), domain) != domains_.end();
  };
  bool any = false;
  for (const std::string& domain : of_message) {
    if (!counts(domain)) continue;
    any = true;
    const bool room = queue_.domains.size() < kMostQueueDomains || queue_.domains.contains(domain);
    ++queue_.domains[room ? clean(domain, kLongestReason) : kOther];
  }
  return any;
}

void MailQueueReader::take_line(std::string_view line) {
  if (trim(line).empty()) return;
  const json message = json::parse(line, nullptr, false);
  const auto arrived =
      message.is_object() ? instant_of(message, "arrival_time", 1) : std::optional<Instant>();
  const std::string id = arrived ? text_of(message, "queue_id") : std::string();
  if (!is_queue_id(id)) {
    ++queue_.unreadable;
    return;
  }
  Recipients recipients = recipients_of(message);
  if (!count_domains(recipients.domains)) return;
  const std::string queue = clean(text_of(message, "queue_name"), kLongestQueueId);
  MailBacklog& backlog = queue_.backlog;
  ++backlog.waiting;
  backlog.bytes += number_of(message, "message_size").value_or(0);
  if (!backlog.oldest || *arrived < *backlog.oldest) backlog.oldest = *arrived;
  if (queue == "hold") ++queue_.held;
  if (queue_.messages.size() >= kMostQueueListed) return;
  queue_.messages.push_back({id, queue, std::move(recipients.reason), *arrived});
}

MailQueue MailQueueReader::take() {
  if (!skipping_) take_line(pending_);
  pending_.clear();
  std::sort(queue_.messages.begin(), queue_.messages.end(), [](const auto& a, const auto& b) {
    return std::tie(a.arrived, a.id) < std::tie(b.arrived, b.id);
  });
  return std::move(queue_);
}

std::string postfix_problem(const std::string& program, int status, const std::string& errors) {
  const auto says = [&](const char* part) { return errors.find(part) != std::string::npos; };
  const char* what = "";
  if (says("mail system is down") || says("not running") || says("Connection refused")) {
    what = "Postfix is not running there: start it ('postfix -c DIR start'). ";
  } else if (says("ermission denied") || says("not allowed") || says("superuser")) {
    what = "this user may not do that: run it as root, or name it in authorized_mailq_users and "
           "authorized_flush_users. ";
  } else if (says("main.cf") && says("No such file")) {
    what = "there is no Postfix configuration there: name its folder with --config. ";
  } else if (says("lock") || says("temporarily unavailable")) {
    what = "another program holds a lock on the queue: wait for it, or see what it is with fuser. ";
  }
  return fmt::format("{}'{}' ended with {}{}{}", what, program, status, errors.empty() ? "" : ": ",
                     errors);
}

std::string to_json(const MailQueueReport& report) {
  nlohmann::ordered_json out{{"at_ms", report.at.time_since_epoch().count()},
                             {"waiting", report.backlog.waiting},
                             {"bytes", report.backlog.bytes},
                             {"held", report.held},
                             {"free_bytes", report.free_bytes}};
  if (report.backlog.oldest) out["oldest_ms"] = report.backlog.oldest->time_since_epoch().count();
  return out.dump() + "\n";
}

Result<MailQueueReport> parse_queue_report(std::string_view text) {
  const json object = json::parse(text.substr(0, kLargestQueueReport), nullptr, false);
  MailQueueReport report;
  const auto at = object.is_object() ? instant_of(object, "at_ms", 1000) : std::optional<Instant>();
  const auto waiting = at ? number_of(object, "waiting") : std::optional<std::uint64_t>();
  const auto free = at ? number_of(object, "free_bytes") : std::optional<std::uint64_t>();
  if (!at || !waiting || !free) {
    return fail(Errc::InvalidInput, "this is no report of a mail queue; 'dienstbereit mail queue "
                                    "--output FILE' writes one");
  }
  report.at = *at;
  report.backlog = {*waiting, number_of(object, "bytes").value_or(0),
                    instant_of(object, "oldest_ms", 1000)};
  report.held = number_of(object, "held").value_or(0);
  report.free_bytes = *free;
  return report;
}

}  // namespace dienstbereit
