// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "servers/mail_account.h"

#include <fstream>
#include <iterator>
#include <stdexcept>

#include <fmt/format.h>
#include <unistd.h>

namespace dienstbereit::servers {
namespace fs = std::filesystem;
namespace {

constexpr const char* kLoopback = "127.0.0.1";
constexpr const char* kName = "mx.aussen.example";

std::string main_cf(const std::string& root, const Authority::Files& tls) {
  return fmt::format(
      "compatibility_level = 3.6\nqueue_directory = {0}/spool\ndata_directory = {0}/data\n"
      "command_directory = /usr/sbin\ndaemon_directory = /usr/lib/postfix/sbin\n"
      "mail_owner = postfix\nsetgid_group = postdrop\nmyhostname = {2}\nmydestination =\n"
      "virtual_mailbox_domains = ziel.example\nvirtual_mailbox_base = {0}/mail\n"
      "virtual_mailbox_maps = static:all/\nvirtual_uid_maps = static:65534\n"
      "virtual_gid_maps = static:65534\nvirtual_minimum_uid = 1\n"
      "inet_interfaces = {1}\ninet_protocols = ipv4\nmynetworks =\n"
      "smtpd_recipient_restrictions =\n"
      "  check_recipient_access inline:{{{{unbekannt@ziel.example = 550 5.1.1 unknown user}}}}\n"
      "smtpd_relay_restrictions = permit_sasl_authenticated, reject\n"
      "smtpd_sasl_auth_enable = yes\nsmtpd_sasl_type = cyrus\nsmtpd_sasl_path = smtpd\n"
      "cyrus_sasl_config_path = {0}/etc/sasl\nsmtpd_tls_auth_only = yes\n"
      "smtpd_tls_security_level = may\nsmtpd_tls_cert_file = {3}\nsmtpd_tls_key_file = {4}\n"
      "smtpd_tls_received_header = yes\nsmtpd_peername_lookup = no\nalias_maps =\n"
      "alias_database =\nmaillog_file = {0}/log/mail.log\nmaillog_file_prefixes = {0}\n"
      "smtpd_error_sleep_time = 0\nimport_environment = MAIL_CONFIG\n",
      root, kLoopback, kName, tls.certificate.string(), tls.key.string());
}

std::string master_cf(std::uint16_t port, std::uint16_t wrapped) {
  return fmt::format(
      "{0}:{1} inet n - n - - smtpd\n{0}:{2} inet n - n - - smtpd\n"
      "  -o smtpd_tls_wrappermode=yes\ncleanup unix n - n - 0 cleanup\n"
      "qmgr unix n - n 300 1 qmgr\nrewrite unix - - n - - trivial-rewrite\n"
      "bounce unix - - n - 0 bounce\ndefer unix - - n - 0 bounce\n"
      "virtual unix - n n - - virtual\nerror unix - - n - - error\nanvil unix - - n - 1 anvil\n"
      "proxymap unix - - n - - proxymap\ntlsmgr unix - - n 1000? 1 tlsmgr\n"
      "postlog unix-dgram n - n - 1 postlogd\n",
      kLoopback, port, wrapped);
}

std::string decoded(const std::string& text) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0, have = 0;
  for (const char c : text) {
    const auto digit = kDigits.find(c);
    if (digit == std::string_view::npos) continue;
    bits = bits << 6 | static_cast<unsigned>(digit);
    have += 6;
    if (have < 8) continue;
    have -= 8;
    out += static_cast<char>(bits >> have & 255);
  }
  return out;
}

}  // namespace

MailAccount::MailAccount(const Authority::Files& tls) : port_(free_port()), wrapped_(free_port()) {
  if (geteuid() != 0) throw std::runtime_error("postfix's master runs as root only");
  const auto root = folder_.path().string();
  for (const char* name : {"spool", "data", "log", "mail/all", "etc/sasl"}) {
    fs::create_directories(folder_.path() / name);
  }
  folder_.write("etc/main.cf", main_cf(root, tls));
  folder_.write("etc/master.cf", master_cf(port_, wrapped_));
  folder_.write("etc/sasl/smtpd.conf",
                fmt::format("pwcheck_method: auxprop\nauxprop_plugin: sasldb\n"
                            "mech_list: PLAIN LOGIN\nsasldb_path: {}/etc/sasl/users\n",
                            root));
  run_program(
      {"/bin/sh", "-c",
       fmt::format("printf %s {} | /usr/sbin/saslpasswd2 -p -c -u {} -f {}/etc/sasl/users {}",
                   kPassword, kName, root, kUser)});
  run_program({"chown", "postfix:", root + "/etc/sasl/users"});
  run_program({"chown", "-R", "postfix:", root + "/data"});
  run_program({"chown", "-R", "65534:65534", root + "/mail"});
  run_program({"/usr/sbin/postfix", "-c", root + "/etc", "check"});
  process_ = std::make_unique<Process>(
      folder_, std::vector<std::string>{"/usr/lib/postfix/sbin/master", "-c", root + "/etc", "-d"});
  process_->wait_for_port(kLoopback, port_);
}

MailAccount::~MailAccount() {
  if (process_ && process_->running()) stop();
}

void MailAccount::start() {
  process_->start();
  process_->wait_for_port(kLoopback, port_);
}

std::vector<std::string> MailAccount::delivered() const {
  std::vector<std::string> mails;
  const fs::path box = folder_.path() / "mail" / "all" / "new";
  if (!fs::exists(box)) return mails;
  for (const auto& entry : fs::directory_iterator(box)) {
    std::ifstream file(entry.path());
    mails.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }
  return mails;
}

std::string header_of(const std::string& mail, const std::string& name) {
  const std::string head = "\n" + mail.substr(0, mail.find("\n\n")) + "\n";
  const auto begin = head.find("\n" + name + ": ");
  if (begin == std::string::npos) return {};
  std::size_t end = head.find('\n', begin + 1);
  while (end + 1 < head.size() && (head[end + 1] == ' ' || head[end + 1] == '\t')) {
    end = head.find('\n', end + 1);
  }
  const std::string value = head.substr(begin + name.size() + 3, end - begin - name.size() - 3);
  constexpr std::string_view kBegin = "=?UTF-8?B?";
  if (value.find(kBegin) == std::string::npos) return value;
  std::string out;
  for (auto at = value.find(kBegin); at != std::string::npos; at = value.find(kBegin, at + 1)) {
    const auto text = at + kBegin.size();
    out += decoded(value.substr(text, value.find("?=", text) - text));
  }
  return out;
}

std::string body_of(const std::string& mail) { return decoded(mail.substr(mail.find("\n\n"))); }

}  // namespace dienstbereit::servers
