// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "servers/device_servers.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

namespace dienstbereit::servers {
namespace {

constexpr const char* kLoopback = "127.0.0.1";

// A program's output, whatever it exits with.
std::string output_of(const std::string& command) {
  std::string text;
  FILE* pipe = popen((command + " 2>&1").c_str(), "r");
  if (pipe == nullptr) return text;
  char buffer[512];
  while (fgets(buffer, sizeof buffer, pipe) != nullptr) text += buffer;
  pclose(pipe);
  return text;
}

// True if anything comes back from a UDP port.
bool answers(std::uint16_t port, const std::string& question) {
  const int fd = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  sockaddr_in peer{};
  peer.sin_family = AF_INET;
  peer.sin_port = htons(port);
  ::inet_pton(AF_INET, kLoopback, &peer.sin_addr);
  const timeval patience{0, 300'000};
  ::setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  char byte = 0;
  const bool heard = ::connect(fd, reinterpret_cast<sockaddr*>(&peer), sizeof peer) == 0 &&
                     ::send(fd, question.data(), question.size(), 0) > 0 &&
                     ::recv(fd, &byte, 1, 0) > 0;
  ::close(fd);
  return heard;
}

}  // namespace

// ---- a UPS

Ups::Ups() : port_(free_port()) {
  const std::string root = folder_.path().string();
  folder_.write("nut.conf", "MODE=standalone\n");
  folder_.write("ups.conf",
                "[usv1]\n  driver = dummy-ups\n  port = usv1.dev\n  pollinterval = 1\n");
  folder_.write("upsd.conf", fmt::format("LISTEN {} {}\nMAXAGE 3\n", kLoopback, port_));
  folder_.write("upsd.users", "");
  variables_ = {{"ups.status", "OL CHRG"},        {"input.voltage", "231.4"},
                {"input.voltage.nominal", "230"}, {"input.transfer.low", "184"},
                {"input.transfer.high", "264"},   {"battery.charge", "100"},
                {"battery.runtime", "1820"}};
  write_variables();
  if (geteuid() == 0) run_program({"chown", "-R", "nut:", root});
  driver_ =
      std::make_unique<Process>(folder_, with_settings({"/lib/nut/dummy-ups", "-a", "usv1", "-F"}));
  upsd_ = std::make_unique<Process>(folder_, with_settings({"/lib/nut/upsd", "-F"}));
  upsd_->wait_for_port(kLoopback, port_);
  wait_for("ups.status", "OL CHRG");
}

std::vector<std::string> Ups::with_settings(std::vector<std::string> arguments) const {
  const std::string root = folder_.path().string();
  std::vector<std::string> whole{"/usr/bin/env", "NUT_CONFPATH=" + root, "NUT_STATEPATH=" + root,
                                 "NUT_ALTPIDPATH=" + root};
  whole.insert(whole.end(), arguments.begin(), arguments.end());
  return whole;
}

void Ups::write_variables() const {
  std::string text;
  for (const auto& [name, value] : variables_) text += name + ": " + value + "\n";
  folder_.write("usv1.dev", text);
}

void Ups::start() {
  upsd_->start();
  upsd_->wait_for_port(kLoopback, port_);
  wait_for("ups.status", variables_["ups.status"]);
}

void Ups::stop() { upsd_->stop(SIGTERM); }

void Ups::set(const std::string& variable, const std::string& value) {
  variables_[variable] = value;
  write_variables();
  wait_for(variable, value);
}

std::string Ups::upsc(const std::string& variable) const {
  return output_of(fmt::format("upsc usv1@{}:{} {}", kLoopback, port_, variable));
}

void Ups::wait_for(const std::string& variable, const std::string& value) {
  upsd_->wait_until([&] { return upsc(variable).find(value) != std::string::npos; });
}

void Ups::freeze_driver() {
  driver_->signal(SIGSTOP);
  wait_for("ups.status", "Data stale");
}

void Ups::thaw_driver() {
  driver_->signal(SIGCONT);
  wait_for("ups.status", variables_["ups.status"]);
}

void Ups::kill_driver() {
  driver_->stop(SIGTERM);
  wait_for("ups.status", "Driver not connected");
}

// ---- an SNMP agent

SnmpAgent::SnmpAgent() : port_(free_port()) {
  const auto config = folder_.write(
      "snmpd.conf",
      fmt::format("agentAddress udp:{}:{}\nview most included .1\n"
                  "view most excluded .1.3.6.1.2.1.25.1.1\nrocommunity geheim {} -V most\n"
                  "createUser observer SHA-256 \"authentication\" AES \"encryption\"\n"
                  "rouser observer priv -V most\ncreateUser weak MD5 \"authentication\"\n"
                  "rouser weak auth -V most\n"
                  "createUser stranger SHA-256 \"authentication\"\n",
                  kLoopback, port_, kLoopback));
  const auto kept = folder_.path() / "kept";  // at its end it writes a snmpd.conf of its own
  std::filesystem::create_directory(kept);
  process_ = std::make_unique<Process>(
      folder_,
      std::vector<std::string>{"/usr/bin/env", "MIBS=", "/usr/sbin/snmpd", "-f", "-Lo", "-C", "-c",
                               config.string(), "-I", "-smux", "--persistentDir=" + kept.string()});
  process_->wait_until([this] { return process_->output().find("NET-SNMP") != std::string::npos; });
}

void SnmpAgent::start() {
  process_->start();
  process_->wait_until([this] { return process_->output().find("NET-SNMP") != std::string::npos; });
}

// ---- a clock

TimeServer::TimeServer(bool synchronised) : port_(free_port()) {
  const std::string root = folder_.path().string();
  const auto config = folder_.write(
      "chrony.conf", fmt::format("port {0}\nbindaddress {1}\ncmdport 0\nbindcmdaddress /\n{2}"
                                 "allow {1}\ndriftfile {3}/drift\npidfile {3}/pid\n",
                                 port_, kLoopback, synchronised ? "local stratum 3\n" : "", root));
  process_ = std::make_unique<Process>(
      folder_, std::vector<std::string>{"/usr/sbin/chronyd", "-x", "-d", "-U", "-u", "root", "-f",
                                        config.string()});
  process_->wait_until([this] { return answers(port_, "\x23" + std::string(47, '\0')); });
}

void TimeServer::start() {
  process_->start();
  process_->wait_until([this] { return answers(port_, "\x23" + std::string(47, '\0')); });
}

}  // namespace dienstbereit::servers
