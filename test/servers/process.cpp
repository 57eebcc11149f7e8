// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "servers/process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstring>
#include <fstream>
#include <random>
#include <sstream>
#include <stdexcept>

namespace dienstbereit::servers {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::chrono::milliseconds kBetweenTries{10};
constexpr std::chrono::seconds kPatienceToEnd{20};  // after a signal

std::string read_all(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

struct Address {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

Address address_of(const std::string& text, std::uint16_t port) {
  Address address;
  auto* v4 = reinterpret_cast<sockaddr_in*>(&address.storage);
  if (inet_pton(AF_INET, text.c_str(), &v4->sin_addr) == 1) {
    v4->sin_family = AF_INET;
    v4->sin_port = htons(port);
    address.size = sizeof *v4;
    return address;
  }
  auto* v6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
  inet_pton(AF_INET6, text.c_str(), &v6->sin6_addr);
  v6->sin6_family = AF_INET6;
  v6->sin6_port = htons(port);
  address.size = sizeof *v6;
  return address;
}

const sockaddr* plain(const Address& address) {
  return reinterpret_cast<const sockaddr*>(&address.storage);
}

bool accepts(const Address& address) {
  const int fd = socket(address.storage.ss_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const bool connected = connect(fd, plain(address), address.size) == 0;
  close(fd);
  return connected;
}

bool can_bind(const std::string& text, std::uint16_t port, int type) {
  const auto address = address_of(text, port);
  const int fd = socket(address.storage.ss_family, type | SOCK_CLOEXEC, 0);
  const bool free = bind(fd, plain(address), address.size) == 0;
  close(fd);
  return free;
}

// The first of those that the kernel gives to outgoing connections.
int first_outgoing_port() {
  constexpr int kUsual = 32768;
  int first = 0;
  return std::ifstream("/proc/sys/net/ipv4/ip_local_port_range") >> first ? first : kUsual;
}

[[noreturn]] void become(const std::vector<std::string>& arguments, int output) {
  dup2(output, STDOUT_FILENO);
  dup2(output, STDERR_FILENO);
  const int nothing = open("/dev/null", O_RDONLY);
  dup2(nothing, STDIN_FILENO);
  setsid();  // so that stop() reaches children too
  std::vector<char*> pointers;
  for (const auto& argument : arguments) pointers.push_back(const_cast<char*>(argument.c_str()));
  pointers.push_back(nullptr);
  execvp(pointers[0], pointers.data());
  dprintf(STDERR_FILENO, "%s: %s\n", pointers[0], strerror(errno));
  _exit(127);
}

}  // namespace

TempFolder::TempFolder() {
  std::string name = (std::filesystem::temp_directory_path() / "dienstbereit-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw std::runtime_error("no temporary folder");
  path_ = name;
  std::filesystem::permissions(path_, std::filesystem::perms(0755));
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

std::filesystem::path TempFolder::write(const std::string& name, const std::string& text) const {
  const auto file = path_ / name;
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file) << text;
  std::filesystem::permissions(file, std::filesystem::perms(0644));
  return file;
}

std::uint16_t free_port(const std::string& address) {
  constexpr int kTries = 100;
  constexpr int kLowest = 10'000;
  constexpr int kHighest = 65'535;
  const int outgoing = first_outgoing_port();
  std::random_device random;
  std::uniform_int_distribution ports(kLowest, outgoing > 2 * kLowest ? outgoing - 1 : kHighest);
  for (int i = 0; i < kTries; ++i) {
    const auto port = static_cast<std::uint16_t>(ports(random));
    if (can_bind(address, port, SOCK_STREAM) && can_bind(address, port, SOCK_DGRAM)) return port;
  }
  throw std::runtime_error("no free port on " + address);
}

std::string run_program(const std::vector<std::string>& arguments) {
  TempFolder folder;
  const auto log = folder.write("output", "");
  const pid_t pid = fork();
  if (pid == 0) become(arguments, open(log.c_str(), O_WRONLY | O_APPEND));
  int status = 0;
  waitpid(pid, &status, 0);
  const auto output = read_all(log);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw std::runtime_error(arguments.front() + " failed:\n" + output);
  }
  return output;
}

Process::Process(const TempFolder& folder, std::vector<std::string> arguments)
    : arguments_(std::move(arguments)) {
  const auto name = std::filesystem::path(arguments_.front()).filename().string();
  log_ = folder.write(name + "-output", "");
  std::filesystem::permissions(log_, std::filesystem::perms(0666));
  start();
}

Process::~Process() {
  if (pid_ > 0) {
    kill(pid_, SIGCONT);
    stop(SIGKILL);
  }
}

void Process::start() {
  prctl(PR_SET_CHILD_SUBREAPER, 1);  // orphans of a server come to us, so that stop() waits for all
  const int output = open(log_.c_str(), O_WRONLY | O_APPEND | O_TRUNC | O_CLOEXEC);
  pid_ = fork();
  if (pid_ == 0) become(arguments_, output);
  close(output);
  if (pid_ < 0) throw std::runtime_error("fork failed");
}

// Watches the process itself, so that its end is noticed at once.
bool Process::ended_within(std::chrono::milliseconds patience) const {
  const int fd = static_cast<int>(syscall(SYS_pidfd_open, pid_, 0));
  pollfd watched{fd, POLLIN, 0};
  const bool ended = poll(&watched, 1, static_cast<int>(patience.count())) > 0;
  close(fd);
  return ended;
}

void Process::wait_until(const std::function<bool()>& ready) {
  const auto deadline = Clock::now() + kPatience;
  while (!ready()) {
    if (ended_within(kBetweenTries) || Clock::now() > deadline) {
      throw std::runtime_error(arguments_.front() + " does not get ready:\n" + output());
    }
  }
}

void Process::wait_for_port(const std::string& address, std::uint16_t port) {
  const auto end = address_of(address, port);
  wait_until([&end] { return accepts(end); });
}

void Process::signal(int number) const {
  kill(pid_, number);
  // Every thread stands still only when the kernel says so.
  if (number == SIGSTOP) waitpid(pid_, nullptr, WUNTRACED);
}

void Process::stop(int number) {
  kill(pid_, number);
  if (!ended_within(kPatienceToEnd)) kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  kill(-pid_, SIGKILL);  // children of the same group that did not end with it
  while (waitpid(-pid_, nullptr, 0) > 0) {
  }
  pid_ = -1;
}

std::string Process::output() const { return read_all(log_); }

}  // namespace dienstbereit::servers
