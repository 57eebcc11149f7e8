// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "servers/sshd.h"

#include <pwd.h>
#include <unistd.h>

#include <fstream>
#include <sstream>

#include <fmt/format.h>

namespace dienstbereit::servers {
namespace fs = std::filesystem;
namespace {

constexpr const char* kLoopback = "127.0.0.1";

void make_key(const fs::path& file) {
  run_program({"ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", file.string()});
}

std::string text_of(const fs::path& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

}  // namespace

Sshd::Sshd() : port_(free_port()) {
  const std::string base = folder_.path().string();
  for (const char* name : {"host", "other", "login"}) make_key(folder_.path() / name);
  write_hosts("known_hosts", "host.pub");
  write_hosts("other_hosts", "other.pub");
  if (geteuid() == 0) fs::create_directories("/run/sshd");  // it will not start without
  const auto config = folder_.write(
      "sshd_config",
      fmt::format("ListenAddress {1}\nPort {2}\nHostKey {0}/host\nPidFile none\nUsePAM no\n"
                  "AuthorizedKeysFile {0}/login.pub\nStrictModes no\nPasswordAuthentication no\n"
                  "KbdInteractiveAuthentication no\nPermitRootLogin prohibit-password\n"
                  "MaxStartups 100\n",
                  base, kLoopback, port_));
  process_ = std::make_unique<Process>(
      folder_, std::vector<std::string>{"/usr/sbin/sshd", "-D", "-e", "-f", config.string()});
  process_->wait_for_port(kLoopback, port_);
}

void Sshd::start() {
  process_->start();
  process_->wait_for_port(kLoopback, port_);
}

std::string Sshd::user() const { return getpwuid(geteuid())->pw_name; }

void Sshd::write_hosts(const char* file, const char* key) const {
  folder_.write(file, fmt::format("[{}]:{} {}", kLoopback, port_, text_of(folder_.path() / key)));
  fs::permissions(folder_.path() / file, fs::perms(0600));
}

}  // namespace dienstbereit::servers
