// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "stage/conversation.h"

namespace dienstbereit::stage {
namespace {

constexpr std::string_view kBadSequence = "503 5.5.1 bad sequence of commands";

// "<someone@example.org>" and what follows -> "someone@example.org" in lower case; nothing if there
// is no such path.
std::optional<std::string> mailbox(std::string_view argument) {
  argument = trim(argument);
  const auto end = argument.find('>');
  if (argument.empty() || argument.front() != '<' || end == std::string_view::npos) return {};
  return to_lower_ascii(argument.substr(1, end - 1));
}

bool has(const std::vector<std::string>& list, std::string_view wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

// RFC 5321 up to the recipient; a message is never taken.
class SmtpConversation : public Conversation {
 public:
  explicit SmtpConversation(const Server& server) : server_(server) {}

  std::string greeting() override { return fmt::format("220 {} ESMTP\r\n", name()); }

  bool advance(std::string& in, std::string& out) override {
    while (true) {
      const auto end = in.find('\n');
      if (end == std::string::npos && in.size() <= kLongestLine) return true;
      if (end == std::string::npos || end > kLongestLine) {
        out += "500 5.5.2 line too long\r\n";
        return false;
      }
      const std::string line(trim(std::string_view(in).substr(0, end)));
      in.erase(0, end + 1);
      if (!obey(line, out)) return false;
    }
  }

 private:
  std::string name() const {
    return server_.domains.empty() ? "stage.invalid" : "mail." + server_.domains.front();
  }

  // False after the last answer.
  bool obey(const std::string& line, std::string& out) {
    if (equals_ignoring_case(line, "QUIT")) {
      out += "221 2.0.0 bye\r\n";
      return false;
    }
    const std::string said = answer(line);
    out += said + "\r\n";
    if (said.front() == '5' && ++mistakes_ >= kMostMistakes) {
      out += "421 4.7.0 too many errors\r\n";
      return false;
    }
    return true;
  }

  std::string answer(const std::string& line) {
    const std::string verb = to_lower_ascii(std::string_view(line).substr(0, line.find(' ')));
    const std::string lower = to_lower_ascii(line);
    if (verb == "ehlo" || verb == "helo") return greet(verb == "ehlo");
    if (lower.starts_with("mail from:")) return sender();
    if (lower.starts_with("rcpt to:")) return recipient(line.substr(8));
    if (verb == "rset") return reset();
    if (verb == "noop") return "250 2.0.0 ok";
    if (verb == "data")
      return has_recipient_ ? "554 5.7.1 no mail is taken here" : std::string(kBadSequence);
    return "502 5.5.1 command not implemented";
  }

  std::string greet(bool extended) {
    greeted_ = true;
    has_sender_ = has_recipient_ = false;
    if (!extended) return "250 " + name();
    return fmt::format("250-{}\r\n250-8BITMIME\r\n250 SIZE 10240000", name());
  }

  std::string sender() {
    if (!greeted_ || has_sender_) return std::string(kBadSequence);
    has_sender_ = true;
    return "250 2.1.0 ok";
  }

  std::string recipient(std::string_view argument) {
    if (!has_sender_) return std::string(kBadSequence);
    const auto box = mailbox(argument);
    if (!box || box->find('@') == std::string::npos) return "501 5.1.3 bad recipient address";
    if (has(server_.accepts, *box)) {
      has_recipient_ = true;
      return "250 2.1.5 ok";
    }
    const std::string domain = box->substr(box->rfind('@') + 1);
    return has(server_.domains, domain) ? "550 5.1.1 no such mailbox"
                                        : "554 5.7.1 relay access denied";
  }

  std::string reset() {
    has_sender_ = has_recipient_ = false;
    return "250 2.0.0 ok";
  }

  const Server& server_;
  bool greeted_ = false;
  bool has_sender_ = false;
  bool has_recipient_ = false;
  int mistakes_ = 0;
};

}  // namespace

std::unique_ptr<Conversation> converse_smtp(const Server& server) {
  return std::make_unique<SmtpConversation>(server);
}

}  // namespace dienstbereit::stage
