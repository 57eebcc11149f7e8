// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

namespace dienstbereit::servers {

// A folder that vanishes with the object. Others may look into it: servers run as other users.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  // Writes a file into it, readable by all, and gives its path.
  std::filesystem::path write(const std::string& name, const std::string& text) const;

 private:
  std::filesystem::path path_;
};

// A port nothing listens on at this moment, on TCP and UDP. No outgoing connection takes it while
// its server is stopped: it lies below theirs.
std::uint16_t free_port(const std::string& address = "127.0.0.1");

// Runs a program to its end; its output, both kinds. Throws std::runtime_error with the output if
// it does not exit with 0.
std::string run_program(const std::vector<std::string>& arguments);

// A program that runs until stop(). Its output goes to a file in `folder`.
class Process {
 public:
  static constexpr std::chrono::seconds kPatience{30};

  Process(const TempFolder& folder, std::vector<std::string> arguments);
  ~Process();  // kill
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  // Starts it (again).
  void start();
  // Asks `ready` until it says so; throws with the program's output if the program ends before or
  // kPatience is over.
  void wait_until(const std::function<bool()>& ready);
  // Waits until a TCP connection is accepted.
  void wait_for_port(const std::string& address, std::uint16_t port);
  // Sends the signal to the program and returns when it and its children are gone.
  void stop(int signal);
  // Sends a signal; after SIGSTOP the program stands still on return.
  void signal(int number) const;

  bool running() const { return pid_ > 0; }
  pid_t pid() const { return pid_; }
  // Since the last start.
  std::string output() const;

 private:
  bool ended_within(std::chrono::milliseconds patience) const;

  std::vector<std::string> arguments_;
  std::filesystem::path log_;
  pid_t pid_ = -1;
};

}  // namespace dienstbereit::servers
