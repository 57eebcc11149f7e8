// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/mail/check.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "fallback/mail/plan.h"
#include "fallback/mail/queue.h"
#include "model/outside/mail.h"
#include "model/telling/channel.h"
#include "runtime/clock.h"

namespace dienstbereit::fallback::mail {
namespace {

constexpr std::size_t kLongestAnswer = 1u << 20;  // of Postfix' commands

// "14d", "1209600s", "336h"; Postfix' default unit is the caller's.
std::optional<Duration> parse_time(const std::string& text, char unit) {
  long long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || number < 0 || number > 1'000'000'000) return std::nullopt;
  const std::string_view rest(end, text.data() + text.size());
  if (rest.size() > 1) return std::nullopt;
  if (!rest.empty()) unit = rest[0];
  constexpr std::pair<char, long long> kUnits[] = {
      {'s', 1}, {'m', 60}, {'h', 3600}, {'d', 86400}, {'w', 604800}};
  for (const auto& [name, seconds] : kUnits) {
    if (name == unit) return std::chrono::seconds(number * seconds);
  }
  return std::nullopt;
}

class Rules {
 public:
  explicit Rules(const BackupFiles& files) : files_(files) {}

  std::vector<Finding> run() {
    nothing_is_delivered_here();
    only_known_recipients();
    nobody_asks_the_primary();
    mail_waits_long_enough();
    way_is_numeric();
    nothing_taken_is_sent_back();
    list_is_sound();
    copies_leave_the_house();
    return std::move(findings_);
  }

 private:
  std::string value(const char* name, const char* otherwise) const {
    const auto found = files_.settings.find(name);
    return found != files_.settings.end() ? found->second : otherwise;
  }

  bool is_ours(const std::string& domain) const {
    return files_.domains && std::any_of(files_.domains->begin(), files_.domains->end(),
                                         [&](const auto& row) { return row.first == domain; });
  }

  void nothing_is_delivered_here() {
    if (!files_.domains || files_.domains->empty()) {
      problem(fmt::format("{} is missing or empty: no mail would be taken", kDomainsFile));
    }
    const std::string host = value("myhostname", "");
    for (const char* name : {"mydestination", "virtual_alias_domains", "virtual_mailbox_domains"}) {
      const bool here = std::string_view(name) == "mydestination";
      for (std::string item : items_of(value(name, here ? "$myhostname localhost" : ""))) {
        if (item == "$myhostname") item = host;
        if (is_ours(to_lower_ascii(item))) {
          problem(fmt::format("{} holds '{}': its mail would be looked for on this machine and "
                              "refused or lost; it belongs in relay_domains only",
                              name, clean(item, 80)));
        } else if (item.find(':') != std::string::npos) {
          problem(fmt::format("{} is the table '{}': what it holds cannot be seen here; a backup "
                              "needs none",
                              name, clean(item, 80)));
        }
      }
    }
  }

  void only_known_recipients() {
    const std::string relay = value("smtpd_relay_restrictions", "");
    const std::string rcpt = value("smtpd_recipient_restrictions", "");
    bool rejected = false;
    for (const std::string& item : items_of(relay + " " + rcpt)) {
      rejected = rejected || item == "reject_unauth_destination" || item == "reject" ||
                 item == "defer_unauth_destination";
      if (!rejected && item.starts_with("permit") && item != "permit_sasl_authenticated") {
        problem(fmt::format("'{}' stands before reject_unauth_destination: strangers could send "
                            "through this machine",
                            clean(item, 80)));
      }
    }
    const auto items = items_of(relay + " " + rcpt);
    if (std::find(items.begin(), items.end(), "reject_unauth_destination") == items.end()) {
      problem("smtpd_relay_restrictions lacks reject_unauth_destination: strangers could send "
              "through this machine");
    }
    const std::string maps = value("relay_recipient_maps", "");
    if (maps.empty() || maps.starts_with("static:")) {
      problem("relay_recipient_maps names no list: mail to addresses that do not exist would be "
              "taken, and later sent back to people who never wrote it");
    }
    if (value("smtpd_reject_unlisted_recipient", "yes") == "no") {
      problem("smtpd_reject_unlisted_recipient is 'no': the list of recipients is not used");
    }
  }

  void nobody_asks_the_primary() {
    for (const auto& [name, text] : files_.settings) {
      if (!name.starts_with("smtpd_") || !name.ends_with("_restrictions")) continue;
      if (text.find("reject_unverified_recipient") == std::string::npos) continue;
      problem(
          fmt::format("{} asks the primary whether an address exists: just when it is down, all "
                      "mail would be put off; take the list",
                      name));
    }
    if (!value("luser_relay", "").empty()) problem("luser_relay is set: it takes what is unknown");
  }

  void mail_waits_long_enough() {
    for (const char* name : {"maximal_queue_lifetime", "bounce_queue_lifetime"}) {
      const auto keep = parse_time(value(name, "5d"), 'd');
      if (keep && *keep >= kShortestMailKeeping) continue;
      problem(fmt::format("{} is '{}': mail goes back to its senders before a longer repair is "
                          "done; at least {} are needed",
                          name, clean(value(name, "5d"), 40), to_text(kShortestMailKeeping)));
    }
    if (value("enable_long_queue_ids", "no") != "yes") {
      problem("enable_long_queue_ids is not 'yes': names of messages are used again, and a report "
              "could count two as one");
    }
    if (value("queue_minfree", "0") == "0") {
      problem("queue_minfree is not set: mail is taken until the disk is full");
    }
  }

  void way_is_numeric() {
    const bool maps = !value("transport_maps", "").empty();
    if (!maps || !files_.transport) {
      problem(fmt::format("transport_maps or its file {} is missing: mail would be sent to the MX, "
                          "which is this machine",
                          kTransportFile));
      return;
    }
    for (const auto& [domain, hop] : *files_.transport) {
      const auto begin = hop.find('[');
      const auto end = hop.find(']');
      const bool bracketed = begin != std::string::npos && end != std::string::npos && begin < end;
      std::string host = bracketed ? hop.substr(begin + 1, end - begin - 1) : hop;
      if (host.starts_with("ipv6:")) host = host.substr(5);
      if (bracketed && is_numeric_address(host)) continue;
      problem(
          fmt::format("the way of '{}' is '{}': write a numeric address in [ ], as name servers "
                      "may be down with the house",
                      clean(domain, 80), clean(hop, 80)));
    }
  }

  void nothing_taken_is_sent_back() {
    if (files_.master.find("soft_bounce=yes") == std::string::npos &&
        value("soft_bounce", "no") != "yes") {
      problem("the service 'relay' of master.cf lacks soft_bounce=yes: what the primary refuses "
              "would be sent back after it was taken");
    }
    if (value("smtpd_milters", "").empty()) {
      hint("no filter is named (smtpd_milters): take the one of the primary, so that the same mail "
           "is refused while the sender is still connected");
    }
    if (value("smtpd_tls_security_level", "").find("none") == 0 ||
        value("smtpd_tls_security_level", "").empty()) {
      hint("TLS is not offered (smtpd_tls_security_level); senders that insist on it will wait");
    }
  }

  void list_is_sound() {
    if (!files_.recipients || files_.recipients->empty()) {
      problem(
          fmt::format("{} is missing or empty: every sender would be refused; run 'dienstbereit "
                      "mail recipients'",
                      kRecipientsFile));
      return;
    }
    std::size_t foreign = 0, anybody = 0;
    for (const auto& [address, value] : *files_.recipients) {
      const auto at = address.rfind('@');
      if (at == 0) ++anybody;
      if (at == std::string::npos || !is_ours(address.substr(at + 1))) ++foreign;
    }
    if (anybody > 0)
      problem("the list of recipients holds an entry for a whole domain: everything "
              "would be taken");
    if (foreign > 0) {
      problem(fmt::format("{} entries of the list of recipients are of no domain that is taken",
                          foreign));
    }
    if (files_.list_age && *files_.list_age > kOldestList) {
      problem(fmt::format("the list of recipients is older than {}: new people's mail is refused; "
                          "run 'dienstbereit mail recipients' every night",
                          to_text(kOldestList)));
    }
  }

  void copies_leave_the_house() {
    if (!files_.copies) return;
    for (const auto& [address, target] : *files_.copies) {
      const auto at = target.rfind('@');
      if (at == std::string::npos || is_ours(to_lower_ascii(target.substr(at + 1)))) {
        problem(
            "a copy of a function address goes to a mailbox of the house, where nobody can read "
            "it while the house is down");
      }
      const bool listed =
          files_.recipients && std::any_of(files_.recipients->begin(), files_.recipients->end(),
                                           [&](const auto& row) { return row.first == address; });
      if (!listed)
        problem("a function address is not in the list of recipients: its mail is refused");
    }
  }

  void problem(std::string text) { findings_.push_back({true, std::move(text)}); }
  void hint(std::string text) { findings_.push_back({false, std::move(text)}); }

  const BackupFiles& files_;
  std::vector<Finding> findings_;
};

std::optional<BackupFiles::Table> table_of(const std::filesystem::path& file) {
  const auto text = read_file(file, kLargestPostfixFile);
  if (!text) return std::nullopt;
  return parse_table(*text);
}

// What postconf(1) and `postfix check` complain of. Not installed is no finding.
void ask_postfix(const std::filesystem::path& folder, std::vector<Finding>& findings) {
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"postconf", "-c", folder.string(), "-n"},
        std::vector<std::string>{"postfix", "-c", folder.string(), "check"}}) {
    std::string out;
    const auto end = runtime::run_program_now(
        {command, {}}, runtime::into_text(out, kLongestAnswer), kPostfixPatience);
    if (!end && end.error().code == Errc::NotFound) {
      findings.push_back({false, fmt::format("'{}' is not installed here: only our own rules were "
                                             "checked",
                                             command[0])});
    } else if (!end) {
      findings.push_back({true, end.error().message});
    } else if (end->status != 0) {
      if (end->errors.empty()) {
        findings.push_back(
            {true, fmt::format("'{}' finds a fault; Postfix' log says which", command[0])});
        continue;
      }
      const bool rights = end->errors.find("superuser") != std::string::npos;
      findings.push_back({!rights, postfix_problem(command[0], end->status, end->errors)});
    } else if (!end->errors.empty()) {
      findings.push_back({true, fmt::format("'{}' says: {}", command[0], end->errors)});
    }
  }
}

}  // namespace

std::vector<Finding> check_rules(const BackupFiles& files) { return Rules(files).run(); }

Result<BackupFiles> read_backup(const std::filesystem::path& folder) {
  const auto main = read_file(folder / kMainFile, kLargestPostfixFile);
  if (!main) return tl::unexpected(main.error());
  BackupFiles files;
  files.settings = parse_settings(*main);
  files.master = read_file(folder / kMasterFile, kLargestPostfixFile).value_or("");
  files.domains = table_of(folder / kDomainsFile);
  files.recipients = table_of(folder / kRecipientsFile);
  files.transport = table_of(folder / kTransportFile);
  files.copies = table_of(folder / kCopiesFile);
  std::error_code ec;
  const auto written = std::filesystem::last_write_time(folder / kRecipientsFile, ec);
  if (!ec) {
    const auto wall = std::chrono::file_clock::to_sys(written);
    files.list_age = runtime::Clock::wall() - std::chrono::floor<Duration>(wall);
  }
  return files;
}

Result<std::vector<Finding>> check_backup(const std::filesystem::path& folder) {
  const auto files = read_backup(folder);
  if (!files) return tl::unexpected(files.error());
  std::vector<Finding> findings = check_rules(*files);
  ask_postfix(folder, findings);
  return findings;
}

}  // namespace dienstbereit::fallback::mail
