// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "servers/mail_house.h"

#include <stdexcept>

#include <fmt/format.h>
#include <unistd.h>

namespace dienstbereit::servers {
namespace fs = std::filesystem;
namespace {

constexpr const char* kLoopback = "127.0.0.1";
constexpr const char* kDaemon = "/usr/lib/postfix/sbin/master";

// What every Postfix of a test needs to be none of the system's.
std::string own_place(const std::string& root, const fs::path& memory) {
  return fmt::format("queue_directory = {1}/spool\ndata_directory = {0}/data\n"
                     "command_directory = /usr/sbin\ndaemon_directory = /usr/lib/postfix/sbin\n"
                     "maillog_file = {0}/log/mail.log\nmaillog_file_prefixes = {0}\n"
                     "inet_protocols = ipv4\nsmtpd_peername_lookup = no\n"
                     "import_environment = MAIL_CONFIG LD_PRELOAD WORLD_CLOCK_AHEAD\n",
                     root, memory.string());
}

void make_folders(const fs::path& root, const fs::path& memory) {
  if (geteuid() != 0) throw std::runtime_error("postfix's master runs as root only");
  for (const char* name : {"data", "log", "etc"}) fs::create_directories(root / name);
  fs::create_directories(memory / "spool");
  run_program({"chown", "-R", "postfix:", (root / "data").string()});
}

}  // namespace

MemoryFolder::MemoryFolder() {
  constexpr std::uintmax_t kRoom = 512u << 20;  // bytes; containers often have 64 MiB only
  const fs::path memory = "/dev/shm";
  std::error_code ec;
  const auto space = fs::space(memory, ec);
  const bool fits = !ec && space.available >= kRoom;
  std::string name =
      ((fits ? memory : fs::temp_directory_path()) / "dienstbereit-mail-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no folder in memory");
  path_ = name;
  fs::permissions(path_, fs::perms(0755));
}

MemoryFolder::~MemoryFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

MailHouse::MailHouse(const fs::path& sieve, const std::vector<std::string>& addresses,
                     const Authority::Files& tls)
    : port_(free_port()), lmtp_(free_port()), imap_(free_port()), imaps_(free_port()) {
  const std::string root = folder_.path().string();
  make_folders(folder_.path(), memory_.path());
  // Dovecot keeps its list of what it has seen there, from the first message on.
  for (const std::string& address : addresses) {
    fs::create_directories(memory_.path() / "mail" / address);
  }
  run_program({"chown", "-R", "nobody:nogroup", (memory_.path() / "mail").string()});
  fs::create_directories(folder_.path() / "sieve");
  fs::copy_file(sieve, folder_.path() / "sieve/duplicates.sieve");
  write_postfix(addresses, tls);
  write_dovecot(folder_.path() / "sieve/duplicates.sieve", tls);
  // Dovecot's own process may not write beside it, and would compile it for every message.
  run_program({"/usr/bin/sievec", "-c", root + "/dovecot.conf", "-x", "+duplicate",
               root + "/sieve/duplicates.sieve"});
  dovecot_ = std::make_unique<Process>(
      folder_, std::vector<std::string>{"/usr/sbin/dovecot", "-F", "-c", root + "/dovecot.conf"});
  dovecot_->wait_for_port(kLoopback, lmtp_);
  dovecot_->wait_for_port(kLoopback, imap_);
  run_program({"/usr/sbin/postfix", "-c", root + "/etc", "check"});
  postfix_ = std::make_unique<Process>(
      folder_, std::vector<std::string>{kDaemon, "-c", root + "/etc", "-d"});
  postfix_->wait_for_port(kLoopback, port_);
}

MailHouse::~MailHouse() {
  if (postfix_ && postfix_->running()) postfix_->stop(SIGTERM);
  if (dovecot_ && dovecot_->running()) dovecot_->stop(SIGTERM);
}

void MailHouse::start() {
  postfix_->start();
  postfix_->wait_for_port(kLoopback, port_);
}

void MailHouse::cut() {
  kill();
  dovecot_->stop(SIGKILL);
}

void MailHouse::restore() {
  dovecot_->start();
  dovecot_->wait_for_port(kLoopback, lmtp_);
  start();
}

bool MailHouse::idle() const {
  const auto etc = (folder_.path() / "etc").string();
  return run_program({"/usr/sbin/postqueue", "-c", etc, "-j"}).empty();
}

void MailHouse::write_postfix(const std::vector<std::string>& addresses,
                              const Authority::Files& tls) const {
  std::string known;
  for (const std::string& address : addresses) known += address + "=x, ";
  const std::string domain = addresses.front().substr(addresses.front().find('@') + 1);
  folder_.write(
      "etc/main.cf",
      fmt::format("compatibility_level = 3.6\n{}mail_owner = postfix\nsetgid_group = postdrop\n"
                  "mydomain = {}\nmyhostname = mx1.$mydomain\nmydestination =\n"
                  "virtual_mailbox_domains = $mydomain\n"
                  "virtual_mailbox_maps = inline:{{{}}}\n"
                  "virtual_transport = lmtp:inet:{}:{}\n"
                  // One after the other for each mailbox, as duplicates.sieve asks for.
                  "lmtp_destination_recipient_limit = 1\nlmtp_destination_concurrency_limit = 1\n"
                  "smtpd_relay_restrictions = reject_unauth_destination\n"
                  "minimal_backoff_time = 1s\nmaximal_backoff_time = 2s\nqueue_run_delay = 1s\n"
                  "inet_interfaces = {}\nmynetworks =\nalias_maps =\nalias_database =\n"
                  "smtpd_tls_security_level = may\nsmtpd_tls_cert_file = {}\n"
                  "smtpd_tls_key_file = {}\n",
                  own_place(folder_.path().string(), memory_.path()), domain, known, kLoopback,
                  lmtp_, kLoopback, tls.certificate.string(), tls.key.string()));
  folder_.write("etc/master.cf",
                fmt::format("{}:{} inet n - n - - smtpd\ncleanup unix n - n - 0 cleanup\n"
                            "qmgr unix n - n 300 1 qmgr\nrewrite unix - - n - - trivial-rewrite\n"
                            "bounce unix - - n - 0 bounce\ndefer unix - - n - 0 bounce\n"
                            "error unix - - n - - error\nretry unix - - n - - error\n"
                            "lmtp unix - - n - - lmtp\nanvil unix - - n - 1 anvil\n"
                            "proxymap unix - - n - - proxymap\nshowq unix n - n - - showq\n"
                            "tlsmgr unix - - n 1000? 1 tlsmgr\nscache unix - - n - 1 scache\n"
                            "postlog unix-dgram n - n - 1 postlogd\n",
                            kLoopback, port_));
}

void MailHouse::write_dovecot(const fs::path& sieve, const Authority::Files& tls) const {
  folder_.write(
      "dovecot.conf",
      fmt::format(
          "base_dir = {0}/run\nlog_path = {0}/dovecot.log\nprotocols = imap lmtp\nlisten = {1}\n"
          "ssl = yes\nssl_cert = <{2}\nssl_key = <{3}\ndisable_plaintext_auth = no\n"
          "first_valid_uid = 1\nmail_location = sdbox:~/dbox\nmail_fsync = never\n"
          "passdb {{\n  driver = static\n  args = password=geheim\n}}\n"
          "userdb {{\n  driver = static\n"
          "  args = uid=nobody gid=nogroup home={8}/mail/%u allow_all_users=yes\n}}\n"
          "service imap-login {{\n  inet_listener imap {{\n    port = {4}\n  }}\n"
          "  inet_listener imaps {{\n    port = {5}\n  }}\n}}\n"
          // A process that serves one message after the other, not one for each.
          "service lmtp {{\n  service_count = 0\n  inet_listener lmtp {{\n    port = {6}\n  "
          "}}\n}}\n"
          "protocol lmtp {{\n  mail_plugins = sieve\n}}\n"
          "plugin {{\n  sieve_before = {7}\n  sieve_extensions = +duplicate\n"
          "  sieve_duplicate_max_period = 90d\n}}\n",
          folder_.path().string(), kLoopback, tls.certificate.string(), tls.key.string(), imap_,
          imaps_, lmtp_, sieve.string(), memory_.path().string()));
}

PlannedPostfix::PlannedPostfix()
    : port_(free_port()),
      own_(folder_.write("own.cf",
                         own_place(folder_.path().string(), memory_.path()) + "mynetworks =\n")) {
  make_folders(folder_.path(), memory_.path());
}

PlannedPostfix::~PlannedPostfix() {
  if (process_ && process_->running()) stop();
}

void PlannedPostfix::start() {
  if (!process_) {
    process_ = std::make_unique<Process>(
        folder_, std::vector<std::string>{kDaemon, "-c", etc().string(), "-d"});
  } else {
    process_->start();
  }
  process_->wait_for_port(kLoopback, port_);
}

Slapd::Slapd(int people, int limit, const Authority::Files* tls)
    : port_(free_port()), tls_port_(tls != nullptr ? free_port() : 0) {
  const std::string root = folder_.path().string();
  std::string encryption;
  if (tls != nullptr) {
    encryption = fmt::format("TLSCertificateFile {}\nTLSCertificateKeyFile {}\n",
                             tls->certificate.string(), tls->key.string());
  }
  fs::create_directories(folder_.path() / "db");
  const auto config = folder_.write(
      "slapd.conf",
      fmt::format("include /etc/ldap/schema/core.schema\ninclude /etc/ldap/schema/cosine.schema\n"
                  "include /etc/ldap/schema/inetorgperson.schema\nmodulepath /usr/lib/ldap\n"
                  "moduleload back_mdb\npidfile {0}/slapd.pid\n{2}database mdb\nmaxsize 33554432\n"
                  "suffix \"dc=kreis,dc=example\"\nrootdn \"cn=admin,dc=kreis,dc=example\"\n"
                  "rootpw geheim\ndirectory {0}/db\nsizelimit {1}\n",
                  root, limit, encryption));
  std::string ldif = "dn: dc=kreis,dc=example\nobjectClass: dcObject\nobjectClass: organization\n"
                     "o: Kreis\ndc: kreis\n\n";
  for (int i = 0; i < people; ++i) {
    ldif += fmt::format("dn: uid=p{0},dc=kreis,dc=example\nobjectClass: inetOrgPerson\nuid: p{0}\n"
                        "cn: P {0}\nsn: P\nmail: Person{0}@Kreis.example\n"
                        "mail: person{0}@fremd.example\n\n",
                        i);
  }
  const auto data = folder_.write("data.ldif", ldif);
  run_program({"/usr/sbin/slapadd", "-q", "-f", config.string(), "-l", data.string()});
  std::string urls = fmt::format("ldap://{}:{}", kLoopback, port_);
  if (tls != nullptr) urls += fmt::format(" ldaps://{}:{}", kLoopback, tls_port_);
  process_ = std::make_unique<Process>(
      folder_,
      std::vector<std::string>{"/usr/sbin/slapd", "-f", config.string(), "-h", urls, "-d", "0"});
  process_->wait_for_port(kLoopback, port_);
}

void Slapd::start() {
  process_->start();
  process_->wait_for_port(kLoopback, port_);
}

std::string Slapd::url() const {
  return fmt::format("ldap://{}:{}/dc=kreis,dc=example?mail", kLoopback, port_);
}

}  // namespace dienstbereit::servers
