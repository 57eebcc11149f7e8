// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/mail/plan.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"
#include "fallback/mail/main_cf.h"

namespace dienstbereit::fallback::mail {
namespace {

constexpr std::uint64_t kMib = 1u << 20;
const std::string kHead = std::string(kPlanHead) + " Change the district and write it again.\n";

std::string days(Duration keep) {
  return fmt::format("{}d", std::chrono::duration_cast<std::chrono::hours>(keep).count() / 24);
}

// "[192.0.2.25]:25": no MX lookup, no name server.
std::string next_hop(const Endpoint& end) {
  const bool v6 = end.host.find(':') != std::string::npos;
  return fmt::format("[{}{}]:{}", v6 ? "ipv6:" : "", end.host, end.port);
}

std::string identity_part(const BackupMail& mail) {
  return fmt::format(
      "compatibility_level = 3.6\n"
      "myhostname = {0}\n"
      "inet_interfaces = all\n\n"
      "# Nothing is delivered on this machine. A domain of the house that stood in mydestination "
      "or\n"
      "# in a virtual map would be looked for here, and its mail refused or lost.\n"
      "mydestination =\nlocal_recipient_maps =\nlocal_transport = error:5.1.1 no mailbox here\n"
      "virtual_alias_domains =\nvirtual_mailbox_domains =\nalias_maps =\nalias_database =\n"
      "biff = no\nappend_dot_mydomain = no\n\n",
      mail.host);
}

std::string relay_part(const std::string& folder) {
  return fmt::format(
      "# What is taken: these domains, and of them only addresses that exist. Whoever takes mail "
      "and\n"
      "# sends it back later hits people who never wrote it. The list is exported from the "
      "directory\n"
      "# ('dienstbereit mail recipients'); asking the primary would fail just when it is down.\n"
      "relay_domains = texthash:{0}/{1}\n"
      "relay_recipient_maps = texthash:{0}/{2}\n"
      "parent_domain_matches_subdomains =\n"
      "unknown_relay_recipient_reject_code = 550\n"
      "smtpd_relay_restrictions = reject_unauth_destination\n"
      "smtpd_recipient_restrictions = reject_non_fqdn_recipient, reject_unlisted_recipient\n"
      "smtpd_helo_required = yes\ndisable_vrfy_command = yes\nmynetworks = 127.0.0.0/8 "
      "[::1]/128\n\n",
      folder, kDomainsFile, kRecipientsFile);
}

std::string way_part(const BackupMail& mail, const PlanOptions& options) {
  return fmt::format(
      "# Where it goes: to the primary, by its address, so that no name server is needed. The "
      "service\n"
      "# 'relay' of master.cf treats a refusal by the primary as 'later': mail that was taken "
      "waits\n"
      "# for a person instead of being sent back.\n"
      "transport_maps = texthash:{0}/{1}\n"
      "relay_transport = relay\n"
      "relay_destination_concurrency_limit = {2}\n"
      "relay_initial_destination_concurrency = {3}\n"
      "# While this names 'relay', mail waits for 'dienstbereit mail flush' instead of rushing to "
      "a\n"
      "# primary that has just come up ('dienstbereit mail hold' and 'mail release' set it; "
      "another\n"
      "# plan keeps it).\n"
      "{4} ={5}\n\n",
      options.folder.string(), kTransportFile, mail.connections, std::min(mail.connections, 5u),
      kHoldSetting, options.held ? std::string(" ") + kHeldTransport : "");
}

std::string queue_part(const BackupMail& mail) {
  return fmt::format(
      "# How long it waits: longer than any outage this is for. Postfix' own 5 days are not "
      "enough,\n"
      "# and senders must not be told 'delayed' by a machine that they do not know.\n"
      "maximal_queue_lifetime = {0}\nbounce_queue_lifetime = {0}\ndelay_warning_time = 0\n"
      "queue_run_delay = 300s\nminimal_backoff_time = 300s\nmaximal_backoff_time = 1800s\n"
      "# Names of messages that are never used twice: reports and flushing count by them.\n"
      "enable_long_queue_ids = yes\n"
      "# Senders are told at once of what is too large, and to wait when the disk gets full.\n"
      "message_size_limit = {1}\nmailbox_size_limit = 0\nqueue_minfree = {2}\n"
      "# Postmasters hear of it from Dienstbereit; mail about mail would only wait as well.\n"
      "notify_classes =\n\n",
      days(mail.keep), mail.largest_message * kMib, mail.least_free * kMib);
}

std::string copies_part(const BackupMail& mail, const std::string& folder) {
  if (mail.emergency_mailbox.empty()) return {};
  return fmt::format(
      "# Copies of what comes to the function addresses, to be read in the emergency\n"
      "# mailbox. There is no automatic answer: lists and forged senders would get it.\n"
      "recipient_bcc_maps = texthash:{}/{}\n\n",
      folder, kCopiesFile);
}

std::string tls_part(const BackupMail& mail) {
  std::string text =
      "# Encrypted where the other side can; the name in the certificate is the one in the MX\n"
      "# record, and MTA-STS or DANE must name this machine too.\n";
  if (mail.certificate.empty()) {
    text += "# No certificate is named ('certificate' and 'key' of the district): not offered.\n"
            "smtpd_tls_security_level = none\n";
  } else {
    text += fmt::format("smtpd_tls_security_level = may\nsmtpd_tls_cert_file = {}\n"
                        "smtpd_tls_key_file = {}\nsmtpd_tls_mandatory_protocols = >=TLSv1.2\n"
                        "smtpd_tls_protocols = >=TLSv1.2\nsmtpd_tls_received_header = yes\n",
                        mail.certificate, mail.key);
  }
  text += "smtp_tls_security_level = may\nsmtp_tls_CApath = /etc/ssl/certs\n\n";
  if (mail.milter.empty()) {
    return text +
           "# No filter is named ('milter' of the district). Take the one that the primary uses: "
           "what\n"
           "# it would refuse must be refused here, while the sender is still connected.\n\n";
  }
  const auto colon = mail.milter.rfind(':');
  return text +
         fmt::format(
             "# The same filter as the primary's: what it refuses is refused while the sender is\n"
             "# still connected. Without the filter mail has to wait at the sender's.\n"
             "smtpd_milters = inet:{}:{}\nmilter_default_action = tempfail\n\n",
             mail.milter.substr(0, colon), mail.milter.substr(colon + 1));
}

// What `own` sets stays as a comment only: Postfix complains of a setting that stands twice at
// every command. Each setting of ours is one line.
std::string without(const Settings& own, const std::string& text) {
  std::string result;
  for (const std::string_view line : split(trim(text), '\n')) {
    const std::string name(trim(line.substr(0, line.find('='))));
    result += own.contains(name) ? "# yours stands below: " : "";
    result.append(line) += '\n';
  }
  return result + '\n';
}

std::string main_cf(const BackupMail& mail, const PlanOptions& options) {
  const std::string folder = options.folder.string();
  std::string text = kHead;
  text +=
      "# Postfix as backup MX, seven demands met in order: what is taken, where it goes, how long "
      "it\n"
      "# waits, what is copied, how it is protected. 'dienstbereit mail check' proves them.\n\n";
  text += identity_part(mail) + relay_part(folder) + way_part(mail, options) + queue_part(mail) +
          copies_part(mail, folder) + tls_part(mail);
  if (options.own.empty()) return text;
  return without(parse_settings(options.own), text) +
         "# ---- settings of your own (--append); they win over what stands above\n" + options.own +
         (options.own.ends_with('\n') ? "" : "\n");
}

std::string master_cf(const BackupMail& mail) {
  const std::string listen = mail.listen.empty() ? "smtp" : mail.listen;
  return fmt::format(
      "{0}"
      "# No postscreen in front: its tests make good senders come back later, and a backup that "
      "is\n"
      "# asked once in a while would put off most of them. The filter is the primary's (main.cf).\n"
      "# service type private unpriv chroot wakeup maxproc command\n"
      "{1} inet n - n - - smtpd\n"
      "pickup unix n - n 60 1 pickup\ncleanup unix n - n - 0 cleanup\n"
      "qmgr unix n - n 300 1 qmgr\ntlsmgr unix - - n 1000? 1 tlsmgr\n"
      "rewrite unix - - n - - trivial-rewrite\nbounce unix - - n - 0 bounce\n"
      "defer unix - - n - 0 bounce\ntrace unix - - n - 0 bounce\nverify unix - - n - 1 verify\n"
      "# flush: 'postqueue -i', by which 'mail flush' hands over one message after the other.\n"
      "flush unix n - n 1000? 0 flush\nproxymap unix - - n - - proxymap\n"
      "proxywrite unix - - n - 1 proxymap\nsmtp unix - - n - - smtp\n"
      "# To the primary. soft_bounce: its 'no' to mail that was taken here means 'later'.\n"
      "relay unix - - n - - smtp\n  -o syslog_name=postfix/relay\n  -o soft_bounce=yes\n"
      "  -o smtp_tls_security_level={2}\n"
      "showq unix n - n - - showq\nerror unix - - n - - error\nretry unix - - n - - error\n"
      "discard unix - - n - - discard\nlocal unix - n n - - local\nanvil unix - - n - 1 anvil\n"
      "scache unix - - n - 1 scache\npostlog unix-dgram n - n - 1 postlogd\n",
      kHead, listen, mail.primary_tls ? "encrypt" : "may");
}

std::string table(const char* what, const std::vector<std::pair<std::string, std::string>>& rows) {
  std::string text = fmt::format("{}# {}\n", kHead, what);
  for (const auto& [key, value] : rows) text += fmt::format("{} {}\n", key, value);
  return text;
}

PlanFile domains_file(const BackupMail& mail) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const std::string& domain : mail.domains) rows.emplace_back(domain, "OK");
  return {kDomainsFile, table("Whose mail is taken.", rows)};
}

PlanFile transport_file(const BackupMail& mail) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const std::string& domain : mail.domains) {
    rows.emplace_back(domain, "relay:" + next_hop(mail.primary));
  }
  if (!mail.emergency_mailbox.empty() && mail.emergency_relay) {
    rows.emplace_back(mail.emergency_mailbox, "smtp:" + next_hop(*mail.emergency_relay));
  }
  return {kTransportFile, table("Where mail goes to.", rows)};
}

PlanFile recipients_file(const BackupMail& mail) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const std::string& address : mail.function_addresses) rows.emplace_back(address, "OK");
  return {kRecipientsFile,
          table("Only the function addresses yet: run 'dienstbereit mail recipients'.", rows)};
}

PlanFile copies_file(const BackupMail& mail) {
  std::vector<std::pair<std::string, std::string>> rows;
  for (const std::string& address : mail.function_addresses) {
    rows.emplace_back(address, mail.emergency_mailbox);
  }
  return {kCopiesFile, table("Who is read in the emergency mailbox too.", rows)};
}

// What the primary has to know. The address is the backup's own, which the district does not hold.
std::vector<PlanFile> primary_files(const BackupMail& mail) {
  return {
      {"primary/backup_mx.cidr",
       fmt::format(
           "{}# Clients that need no proof of being who they say: SPF and DMARC cannot hold\n"
           "# for mail that comes over the backup. Put in the backup's address; name this file\n"
           "# as 'check_client_access cidr:...' before every policy check of\n"
           "# smtpd_recipient_restrictions, and in rspamd's external_relay.\n"
           "# 203.0.113.25 OK\n",
           kHead)},
      {"primary/duplicates.sieve",
       fmt::format(
           "{}# A server that dies between taking a message and saying so gets it again. Dovecot\n"
           "# drops the second by its Message-ID (RFC 7352): sieve_before = this file.\n"
           "# It remembers safely only what it gets one after the other for each mailbox; in "
           "main.cf:\n"
           "# lmtp_destination_recipient_limit = 1, lmtp_destination_concurrency_limit = 1.\n"
           "require [\"duplicate\"];\nif duplicate :seconds {} {{ discard; stop; }}\n",
           kHead, std::chrono::duration_cast<std::chrono::seconds>(mail.keep).count())}};
}

}  // namespace

bool is_held(std::string_view main_cf) {
  const Settings settings = parse_settings(main_cf);
  const auto set = settings.find(kHoldSetting);
  if (set == settings.end()) return false;
  const auto items = items_of(set->second);
  return std::find(items.begin(), items.end(), kHeldTransport) != items.end();
}

std::vector<PlanFile> make_plan(const BackupMail& mail, const PlanOptions& options) {
  std::vector<PlanFile> files{{kMainFile, main_cf(mail, options)},
                              {kMasterFile, master_cf(mail)},
                              domains_file(mail),
                              transport_file(mail),
                              recipients_file(mail)};
  if (!mail.emergency_mailbox.empty()) files.push_back(copies_file(mail));
  for (PlanFile& file : primary_files(mail)) files.push_back(std::move(file));
  return files;
}

}  // namespace dienstbereit::fallback::mail
