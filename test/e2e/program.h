// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <csignal>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "http.h"
#include "servers/process.h"

// The real program, as its users run it.
namespace dienstbereit::e2e {

using Json = nlohmann::json;
using Words = std::vector<std::string>;

// The path of the program under test.
std::string program();

// True as soon as `holds` is; asks again every few milliseconds until `limit` is over.
inline constexpr std::chrono::seconds kSoon{10};
bool await(const std::function<bool()>& holds, std::chrono::milliseconds limit = kSoon);

// How a command of the program ended.
struct Outcome {
  int code = -1;
  std::string out;
  std::string err;
  Json json() const { return Json::parse(out, nullptr, false); }
};
// `dienstbereit ARGUMENTS`, to its end.
Outcome run(const Words& arguments);

// `dienstbereit serve` on a data directory and a port of its own.
class Server {
 public:
  // Returns once the first situation is published; throws with the program's output if it does not
  // come. `before`: a program that starts it, with arguments; `listen`: another ADDR:PORT; `more`:
  // further options.
  explicit Server(std::filesystem::path district, Words before = {}, std::string listen = {},
                  const Words& more = {});

  // After an end: on the same data. Only the constructor calls wait_until_ready() by itself.
  void start();
  void wait_until_ready();
  void kill() { process_->stop(SIGKILL); }
  void stop() { process_->stop(SIGTERM); }
  void reload_by_signal() { process_->signal(SIGHUP); }
  // True if it ended by itself within `time`.
  bool ends_within(std::chrono::microseconds time) const;

  // The public port.
  HttpReply get(const std::string& path) const { return ask_tcp(kAddress, port_, path); }
  std::uint16_t port() const { return port_; }
  std::string page(const std::string& path) const { return visible_text(get(path).body); }
  // The Unix socket.
  HttpReply ask(const std::string& method, const std::string& path,
                const std::string& body = {}) const;
  Json json(const std::string& path) const;
  std::string headline(const char* language) const;
  // The state and the sentence of OFFICE at SITE as they are now, whatever its hours.
  std::string state_at(const std::string& office, const std::string& site) const;
  Json place(const std::string& office, const std::string& site) const;
  // A command that talks to it: `dienstbereit NAME ... --data DIR`.
  Outcome command(Words words) const;

  // Of the public port: the events that tell a new situation.
  EventStream events() const { return {kAddress, port_, "/api/v1/events"}; }
  std::filesystem::path data() const { return folder_.path() / "data"; }
  const servers::TempFolder& folder() const { return folder_; }
  std::string output() const { return process_->output(); }
  pid_t pid() const { return process_->pid(); }

 private:
  static constexpr const char* kAddress = "127.0.0.1";

  servers::TempFolder folder_;
  std::uint16_t port_;
  std::unique_ptr<servers::Process> process_;
};

}  // namespace dienstbereit::e2e
