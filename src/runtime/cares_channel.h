// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <ares.h>

#include <map>
#include <memory>
#include <optional>
#include <string>

#include <boost/asio/posix/stream_descriptor.hpp>

#include "runtime/asio.h"
#include "runtime/resolver.h"

namespace dienstbereit::runtime {

// One c-ares channel driven by an Asio loop. Private to resolver.cpp. Handlers of the loop hold it
// weakly: destroying it ends every open query with ARES_EDESTRUCTION.
class CaresChannel : public std::enable_shared_from_this<CaresChannel> {
 public:
  static constexpr int kPatienceMs = 2000;  // for the first try at each server
  static constexpr int kTries = 3;

  // Without a server: the system's configuration.
  static std::shared_ptr<CaresChannel> make(asio::io_context& context,
                                            std::optional<NameServer> server);
  ~CaresChannel();
  CaresChannel(const CaresChannel&) = delete;
  CaresChannel& operator=(const CaresChannel&) = delete;

  // `done` is called once, maybe before the return, with `argument`.
  void resolve(const std::string& host, const ares_addrinfo_hints& hints,
               ares_addrinfo_callback done, void* argument);
  void ask(const std::string& name, int record_class, int type, ares_callback done, void* argument);

 private:
  // A socket of c-ares (which opens and closes it) and what c-ares waits for on it.
  struct Watched {
    Watched(asio::io_context& context, int fd) : descriptor(context, fd) {}
    asio::posix::stream_descriptor descriptor;
    bool wants_read = false;
    bool wants_write = false;
    bool reading = false;
    bool writing = false;
  };

  explicit CaresChannel(asio::io_context& context);
  bool start(const std::optional<NameServer>& server);
  static void interest_changed(void* self, ares_socket_t fd, int readable, int writable);
  void watch(ares_socket_t fd, bool readable, bool writable);
  void wait_for(const std::shared_ptr<Watched>& watched);
  void became_ready(const std::shared_ptr<Watched>& watched, bool readable);
  void set_timer();

  asio::io_context& context_;
  ares_channel channel_ = nullptr;  // null: c-ares could not start
  asio::steady_timer timer_;
  std::map<ares_socket_t, std::shared_ptr<Watched>> sockets_;  // shared with waiting handlers
};

}  // namespace dienstbereit::runtime
