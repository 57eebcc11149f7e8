// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <gtest/gtest.h>

#include <condition_variable>
#include <map>
#include <mutex>
#include <vector>

#include "notify/notifier.h"
#include "servers/mail_account.h"

namespace dienstbereit::servers {

// A notifier on a loop of its own; send() waits for the result.
class Sending {
 public:
  explicit Sending(const std::filesystem::path& folder = {})
      : loop_("edges"),
        notifier_(
            loop_, [] { return runtime::Clock::wall(); },
            [this](const std::string& name) -> Result<std::string> {
              const auto found = secrets.find(name);
              if (found == secrets.end()) return fail(Errc::NotFound, "no credential " + name);
              return found->second;
            },
            [this](MessageResult result) {
              const std::lock_guard lock(mutex_);
              results_.push_back(std::move(result));
              more_.notify_all();
            },
            folder) {
    loop_.start();
  }
  ~Sending() {
    notifier_.close();
    loop_.stop();
  }

  MessageResult send(notify::Letter letter) {
    std::unique_lock lock(mutex_);
    const std::size_t before = results_.size();
    notifier_.send(std::move(letter));
    more_.wait(lock, [&] { return results_.size() > before; });
    return results_.back();
  }
  std::vector<MessageResult> send_all(std::vector<notify::Letter> letters) {
    std::unique_lock lock(mutex_);
    results_.clear();
    for (notify::Letter& letter : letters) notifier_.send(std::move(letter));
    more_.wait(lock, [&] { return results_.size() == letters.size(); });
    return results_;
  }

  std::map<std::string, std::string> secrets{{"post", MailAccount::kPassword}, {"hook", "s3cret"}};

 private:
  std::mutex mutex_;
  std::condition_variable more_;
  std::vector<MessageResult> results_;
  runtime::Loop loop_;
  notify::Notifier notifier_;
};

inline notify::Letter letter(ChannelKind kind, const std::string& url) {
  notify::Letter one;
  one.id = MessageId("47.1");
  one.key = "47.1.1795414200000";
  one.recipient = RecipientId("it-1");
  one.channel.id = ChannelId("out");
  one.channel.kind = kind;
  one.channel.url = url;
  one.channel.timeout = std::chrono::seconds(10);
  one.kind = NoticeKind::Alarm;
  one.cause = "outage/47";
  one.sender = "Kreisverwaltung Prüfkreis";
  one.subject = "Störung: 2 Orte – prüfen";
  one.text = "Guten Tag,\n.\n..\nes grüßt\n";
  one.short_text = "Störung: 2 Orte";
  one.languages = {"de"};
  return one;
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace dienstbereit::servers
