// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/cares_channel.h"

#include <fmt/format.h>

#include "base/assert.h"

namespace dienstbereit::runtime {
namespace {

// c-ares asks to be initialised once a process, before other threads use it; it has no state that
// could be given back earlier than the process ends.
bool library_ready() {
  static const bool ready = ares_library_init(ARES_LIB_INIT_ALL) == ARES_SUCCESS;
  return ready;
}

void bind_locally(ares_channel channel, const std::string& from) {
  ErrorCode ec;
  const auto address = asio::ip::make_address(from, ec);
  if (ec) return;
  if (address.is_v4()) {
    ares_set_local_ip4(channel, address.to_v4().to_uint());
  } else {
    auto bytes = address.to_v6().to_bytes();
    ares_set_local_ip6(channel, bytes.data());
  }
}

std::string as_csv(const NameServer& server) {
  const auto address = server.address.to_string();
  return server.address.is_v6() ? fmt::format("[{}]:{}", address, server.port)
                                : fmt::format("{}:{}", address, server.port);
}

}  // namespace

std::shared_ptr<CaresChannel> CaresChannel::make(asio::io_context& context,
                                                 std::optional<NameServer> server) {
  std::shared_ptr<CaresChannel> made(new CaresChannel(context));
  if (!library_ready() || !made->start(server)) {
    if (made->channel_ != nullptr) ares_destroy(made->channel_);
    made->channel_ = nullptr;
  }
  return made;
}

CaresChannel::CaresChannel(asio::io_context& context) : context_(context), timer_(context) {}

CaresChannel::~CaresChannel() {
  if (channel_ != nullptr) ares_destroy(channel_);
  dienstbereit_assert(sockets_.empty());
}

bool CaresChannel::start(const std::optional<NameServer>& server) {
  ares_options options{};
  options.timeout = kPatienceMs;
  options.tries = kTries;
  options.sock_state_cb = interest_changed;
  options.sock_state_cb_data = this;
  int given = ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB;
  if (server) {
    // Ask once what is asked, of this server only; a bad answer is an answer.
    options.flags = ARES_FLAG_NOSEARCH | ARES_FLAG_NOALIASES | ARES_FLAG_NOCHECKRESP;
    given |= ARES_OPT_FLAGS;
  }
  if (ares_init_options(&channel_, &options, given) != ARES_SUCCESS) return false;
  if (!server) return true;
  if (!server->from.empty()) bind_locally(channel_, server->from);
  return ares_set_servers_ports_csv(channel_, as_csv(*server).c_str()) == ARES_SUCCESS;
}

void CaresChannel::resolve(const std::string& host, const ares_addrinfo_hints& hints,
                           ares_addrinfo_callback done, void* argument) {
  if (channel_ == nullptr) return done(argument, ARES_ENOTINITIALIZED, 0, nullptr);
  ares_getaddrinfo(channel_, host.c_str(), nullptr, &hints, done, argument);
  set_timer();
}

void CaresChannel::ask(const std::string& name, int record_class, int type, ares_callback done,
                       void* argument) {
  if (channel_ == nullptr) return done(argument, ARES_ENOTINITIALIZED, 0, nullptr, 0);
  ares_query(channel_, name.c_str(), record_class, type, done, argument);
  set_timer();
}

void CaresChannel::interest_changed(void* self, ares_socket_t fd, int readable, int writable) {
  static_cast<CaresChannel*>(self)->watch(fd, readable != 0, writable != 0);
}

void CaresChannel::watch(ares_socket_t fd, bool readable, bool writable) {
  auto found = sockets_.find(fd);
  if (!readable && !writable) {
    if (found == sockets_.end()) return;
    found->second->wants_read = false;
    found->second->wants_write = false;
    found->second->descriptor.release();  // c-ares closes it
    sockets_.erase(found);
    return;
  }
  if (found == sockets_.end()) {
    found = sockets_.emplace(fd, std::make_shared<Watched>(context_, fd)).first;
  }
  found->second->wants_read = readable;
  found->second->wants_write = writable;
  // While ~CaresChannel runs there is no one left to wait for.
  if (weak_from_this().lock()) wait_for(found->second);
}

void CaresChannel::wait_for(const std::shared_ptr<Watched>& watched) {
  const std::weak_ptr<CaresChannel> self = weak_from_this();
  if (watched->wants_read && !watched->reading) {
    watched->reading = true;
    watched->descriptor.async_wait(asio::posix::descriptor_base::wait_read,
                                   [self, watched](ErrorCode ec) {
                                     watched->reading = false;
                                     const auto channel = self.lock();
                                     if (channel && !ec) channel->became_ready(watched, true);
                                   });
  }
  if (watched->wants_write && !watched->writing) {
    watched->writing = true;
    watched->descriptor.async_wait(asio::posix::descriptor_base::wait_write,
                                   [self, watched](ErrorCode ec) {
                                     watched->writing = false;
                                     const auto channel = self.lock();
                                     if (channel && !ec) channel->became_ready(watched, false);
                                   });
  }
}

void CaresChannel::became_ready(const std::shared_ptr<Watched>& watched, bool readable) {
  const bool wanted = readable ? watched->wants_read : watched->wants_write;
  if (!wanted) return;  // closed meanwhile
  const ares_socket_t fd = watched->descriptor.native_handle();
  ares_process_fd(channel_, readable ? fd : ARES_SOCKET_BAD, readable ? ARES_SOCKET_BAD : fd);
  wait_for(watched);  // nothing to wait for if c-ares closed it
  set_timer();
}

void CaresChannel::set_timer() {
  timeval left{};
  if (ares_timeout(channel_, nullptr, &left) == nullptr) {
    timer_.cancel();
    return;
  }
  timer_.expires_after(std::chrono::seconds(left.tv_sec) + std::chrono::microseconds(left.tv_usec));
  timer_.async_wait([self = weak_from_this()](ErrorCode ec) {
    const auto channel = self.lock();
    if (!channel || ec) return;
    ares_process_fd(channel->channel_, ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    channel->set_timer();
  });
}

}  // namespace dienstbereit::runtime
