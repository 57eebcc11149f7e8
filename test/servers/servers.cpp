// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "servers/servers.h"

#include <unistd.h>

#include <cstdlib>
#include <ctime>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>

namespace dienstbereit::servers {
namespace fs = std::filesystem;
namespace {

constexpr const char* kLoopback = "127.0.0.1";
constexpr const char* kPostgresBin = "/usr/lib/postgresql/15/bin/";

bool is_root() { return geteuid() == 0; }

// Arguments that run as `user`; as they are where we are nobody special.
std::vector<std::string> as_user(const std::string& user, std::vector<std::string> arguments) {
  if (!is_root()) return arguments;
  std::vector<std::string> whole{"/usr/bin/setpriv", "--reuid", user,
                                 "--regid",          user,      "--init-groups"};
  whole.insert(whole.end(), arguments.begin(), arguments.end());
  return whole;
}

void give_to(const std::string& user, const fs::path& folder) {
  if (is_root()) run_program({"chown", "-R", user + ":", folder.string()});
}

std::string days_from_now(int days) {
  constexpr std::time_t kSecondsPerDay = 86400;
  const std::time_t then = std::time(nullptr) + days * kSecondsPerDay;
  std::tm civil{};
  gmtime_r(&then, &civil);
  char text[] = "YYYYMMDDhhmmssZ";
  std::strftime(text, sizeof text, "%Y%m%d%H%M%SZ", &civil);
  return text;
}

void make_key(const fs::path& file) {
  run_program(
      {"openssl", "ecparam", "-name", "prime256v1", "-genkey", "-noout", "-out", file.string()});
}

}  // namespace

Authority::Authority(const TempFolder& folder) : folder_(folder) {
  const auto key = folder.path() / "ca.key";
  make_key(key);
  run_program({"openssl", "req", "-x509", "-new", "-key", key.string(), "-out",
               certificate().string(), "-days", "3650", "-subj", "/CN=Test Authority"});
  folder.write("index.txt", "");
  folder.write("index.txt.attr", "unique_subject = no\n");
  folder.write("serial", "1000\n");
  folder.write("ca.cnf", fmt::format("[ca]\ndefault_ca = own\n[own]\ndatabase = {0}/index.txt\n"
                                     "serial = {0}/serial\nnew_certs_dir = {0}\n"
                                     "certificate = {0}/ca.pem\nprivate_key = {0}/ca.key\n"
                                     "default_md = sha256\npolicy = any\nunique_subject = no\n"
                                     "[any]\ncommonName = supplied\n",
                                     folder.path().string()));
}

Authority::Files Authority::issue(const std::string& name, int begin_days, int end_days) const {
  const auto stem = fmt::format("{}/{}_{}", folder_.path().string(), name, end_days);
  const Files files{stem + ".pem", stem + ".key"};
  make_key(files.key);
  run_program({"openssl", "req", "-new", "-key", files.key.string(), "-out", stem + ".csr", "-subj",
               "/CN=" + name});
  const auto extensions = folder_.write(
      "extensions.cnf", fmt::format("subjectAltName=DNS:{},IP:{}\n", name, kLoopback));
  run_program({"openssl", "ca", "-batch", "-notext", "-config",
               (folder_.path() / "ca.cnf").string(), "-startdate", days_from_now(begin_days),
               "-enddate", days_from_now(end_days), "-in", stem + ".csr", "-out",
               files.certificate.string(), "-extfile", extensions.string()});
  fs::permissions(files.key, fs::perms(0644));  // servers drop root before they read it
  return files;
}

Nginx::Nginx(const std::string& server_block, bool ssl, const std::string& address,
             const std::string& http_block)
    : address_(address), port_(free_port(address)) {
  const auto config = folder_.write(
      "nginx.conf",
      fmt::format("daemon off;\nmaster_process off;\npid {0}/nginx.pid;\nerror_log stderr warn;\n"
                  "events {{ worker_connections 4096; }}\nhttp {{\n  access_log off;\n"
                  "  client_body_temp_path {0}/body;\n  proxy_temp_path {0}/proxy;\n"
                  "  fastcgi_temp_path {0}/fastcgi;\n  uwsgi_temp_path {0}/uwsgi;\n"
                  "  scgi_temp_path {0}/scgi;\n{5}\n  server {{\n    listen {1}:{2}{3};\n"
                  "    root {0}/www;\n{4}\n  }}\n}}\n",
                  folder_.path().string(), address, port_, ssl ? " ssl" : "", server_block,
                  http_block));
  fs::create_directories(folder_.path() / "www");
  process_ = std::make_unique<Process>(
      folder_, std::vector<std::string>{"/usr/sbin/nginx", "-c", config.string(), "-e", "stderr"});
  process_->wait_for_port(address_, port_);
}

void Nginx::start() {
  process_->start();
  process_->wait_for_port(address_, port_);
}

Postfix::Postfix(const Authority::Files* tls) : port_(free_port()) {
  if (!is_root()) throw std::runtime_error("postfix's master runs as root only: run the test so");
  const auto root = folder_.path().string();
  std::string main = fmt::format(
      "compatibility_level = 3.6\nqueue_directory = {0}/spool\ndata_directory = {0}/data\n"
      "command_directory = /usr/sbin\ndaemon_directory = /usr/lib/postfix/sbin\n"
      "mail_owner = postfix\nsetgid_group = postdrop\nmyhostname = mx.mail.example\n"
      "mydestination = mail.example\nlocal_recipient_maps = inline:{{ user=x }}\n"
      "inet_interfaces = {1}\ninet_protocols = ipv4\nmynetworks =\n"
      "smtpd_relay_restrictions = reject_unauth_destination\n"
      "smtpd_peername_lookup = no\nalias_maps =\nalias_database =\n"
      "maillog_file = {0}/log/mail.log\nmaillog_file_prefixes = {0}\n"
      "smtpd_error_sleep_time = 0\nimport_environment = MAIL_CONFIG\n",
      root, kLoopback);
  if (tls != nullptr) {
    main += fmt::format("smtpd_tls_security_level = may\nsmtpd_tls_cert_file = {}\n"
                        "smtpd_tls_key_file = {}\n",
                        tls->certificate.string(), tls->key.string());
  }
  folder_.write("etc/main.cf", main);
  folder_.write("etc/master.cf",
                fmt::format("{}:{} inet n - n - - smtpd\n"
                            "cleanup unix n - n - 0 cleanup\nqmgr unix n - n 300 1 qmgr\n"
                            "rewrite unix - - n - - trivial-rewrite\nbounce unix - - n - 0 bounce\n"
                            "defer unix - - n - 0 bounce\nlocal unix - n n - - local\n"
                            "anvil unix - - n - 1 anvil\nproxymap unix - - n - - proxymap\n"
                            "tlsmgr unix - - n 1000? 1 tlsmgr\n"
                            "postlog unix-dgram n - n - 1 postlogd\n",
                            kLoopback, port_));
  for (const char* name : {"spool", "data", "log"}) fs::create_directories(folder_.path() / name);
  give_to("postfix", folder_.path() / "data");
  run_program({"/usr/sbin/postfix", "-c", root + "/etc", "check"});
  process_ = std::make_unique<Process>(
      folder_, std::vector<std::string>{"/usr/lib/postfix/sbin/master", "-c", root + "/etc", "-d"});
  process_->wait_for_port(kLoopback, port_);
}

Postfix::~Postfix() {
  if (process_ && process_->running()) stop();
}

void Postfix::start() {
  process_->start();
  process_->wait_for_port(kLoopback, port_);
}

void Postfix::stop() { process_->stop(SIGTERM); }

// Postfix makes a file executable once the mail in it is complete; the envelope of a client that
// has left without one lies there a moment longer, unmarked.
std::size_t Postfix::queued() const {
  std::size_t count = 0;
  for (const char* queue : {"maildrop", "incoming", "active", "deferred", "hold"}) {
    for (const auto& entry : fs::recursive_directory_iterator(folder_.path() / "spool" / queue)) {
      const auto mode = entry.status().permissions();
      const bool complete = (mode & fs::perms::owner_exec) != fs::perms::none;
      if (entry.is_regular_file() && complete) ++count;
    }
  }
  return count;
}

Named::Named(const std::string& zone, const std::string& records, const fs::path& key)
    : port_(free_port()) {
  const auto root = folder_.path().string();
  folder_.write("zone",
                fmt::format("$TTL 60\n@ IN SOA ns.{0}. hostmaster.{0}. 7 3600 600 86400 60\n"
                            "@ IN NS ns.{0}.\nns IN A 127.0.0.1\n{1}\n",
                            zone, records));
  // Its own copy: it runs as another user.
  std::string grant;
  if (!key.empty()) {
    std::stringstream text;
    text << std::ifstream(key).rdbuf();
    grant = folder_.write("update.key", text.str()).string();
  }
  const auto config = folder_.write(
      "named.conf",
      fmt::format("options {{ directory \"{0}\"; pid-file none; session-keyfile none; "
                  "lock-file none; listen-on port {1} {{ {2}; }}; listen-on-v6 {{ none; }}; "
                  "recursion no; dnssec-validation no; check-integrity no;  managed-keys-directory "
                  "\"{0}\"; }};\n"
                  "controls {{ }};\n{4}zone \"{3}\" {{ type master; file \"{0}/zone\"; {5} }};\n"
                  "zone \"broken.example\" {{ type master; file \"{0}/missing\"; }};\n",
                  root, port_, kLoopback, zone,
                  grant.empty() ? "" : fmt::format("include \"{}\";\n", grant),
                  grant.empty() ? "" : "allow-update { key \"switch\"; };"));
  give_to("bind", folder_.path());
  process_ = std::make_unique<Process>(
      folder_, as_user("bind", {"/usr/sbin/named", "-c", config.string(), "-g", "-n", "1"}));
  wait_until_loaded();
}

void Named::start() {
  process_->start();
  wait_until_loaded();
}

// The port opens before the zones are read.
void Named::wait_until_loaded() {
  process_->wait_until(
      [this] { return process_->output().find(" running\n") != std::string::npos; });
}

Postgres::Postgres() : port_(free_port()) {
  const auto data = (folder_.path() / "data").string();
  give_to("postgres", folder_.path());
  run_program(
      as_user("postgres", {std::string(kPostgresBin) + "initdb", "-D", data, "-U", "postgres", "-A",
                           "trust", "--no-sync", "-E", "UTF8", "--locale", "C"}));
  std::ofstream(data + "/pg_hba.conf") << "local all postgres trust\n"
                                          "host all probe 127.0.0.1/32 scram-sha-256\n"
                                          "host all postgres 127.0.0.1/32 trust\n";
  process_ = std::make_unique<Process>(
      folder_,
      as_user("postgres", {std::string(kPostgresBin) + "postgres", "-D", data, "-h", kLoopback,
                           "-p", std::to_string(port_), "-k", folder_.path().string(), "-F"}));
  start();
  run_sql("postgres", "CREATE ROLE probe LOGIN PASSWORD 'geheim'");
  run_sql("postgres", "CREATE DATABASE fach OWNER probe");
  run_sql("fach", "CREATE TABLE amt(name text); INSERT INTO amt VALUES ('offen'); "
                  "GRANT SELECT ON amt TO probe");
}

// The port opens before the server is ready: it is asked itself.
void Postgres::start() {
  if (!process_->running()) process_->start();
  process_->wait_until([this] {
    return std::system(fmt::format("{}pg_isready -q -h {} -p {}", kPostgresBin, kLoopback, port_)
                           .c_str()) == 0;
  });
}

void Postgres::run_sql(const std::string& database, const std::string& sql) const {
  run_program({std::string(kPostgresBin) + "psql", "-h", kLoopback, "-p", std::to_string(port_),
               "-U", "postgres", "-v", "ON_ERROR_STOP=1", "-c", sql, database});
}

void Postgres::freeze() { process_->signal(SIGSTOP); }
void Postgres::thaw() { process_->signal(SIGCONT); }

}  // namespace dienstbereit::servers
