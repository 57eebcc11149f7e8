// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/server.h"

#include <future>

#include "base/log.h"
#include "web/listeners.h"
#include "web/session.h"

namespace dienstbereit::web {
namespace {

using runtime::Async;
using runtime::ErrorCode;
using runtime::into;
using runtime::tcp;

constexpr std::chrono::milliseconds kAcceptPause{100};  // after the system refused a connection

using FileTimes = std::pair<std::filesystem::file_time_type, std::filesystem::file_time_type>;

FileTimes times_of(const TlsFiles& files) {
  std::error_code ignored;
  return {std::filesystem::last_write_time(files.certificate, ignored),
          std::filesystem::last_write_time(files.key, ignored)};
}

}  // namespace

Result<void> rehearse(const ServerOptions& options) {
  if (options.tls) {
    const auto context = runtime::make_server_context(options.tls->certificate, options.tls->key);
    if (!context) return tl::unexpected(context.error());
  }
  asio::io_context context;
  std::vector<tcp::acceptor> open;  // all at once: one address twice is an error too
  for (const ListenAddress& address : options.listen) {
    auto acceptor = listen_tcp(context, address);
    if (!acceptor) return tl::unexpected(acceptor.error());
    if (address.port != 0) open.push_back(std::move(*acceptor));
  }
  return {};
}

class Server::Impl {
 public:
  Impl(ServerOptions options, InputSink& sink, Control& control, Gatekeeper& gatekeeper)
      : options_(std::move(options)),
        loop_("web"),
        gate_(loop_.context()),
        shared_(options_.limits, loop_),
        router_(options_.version, options_.tls.has_value(),
                {sink, control, gatekeeper, shared_.counts, options_.console}),
        edition_timer_(loop_.context()) {
    shared_.router = &router_;
  }

  Result<void> start();
  void stop();
  void publish(std::shared_ptr<const Situation> situation);
  const std::vector<std::uint16_t>& ports() const { return ports_; }

 private:
  Result<void> bind();
  Result<void> load_certificate();
  void begin();
  void close(std::function<void()> when_closed);

  // Coroutine roots on the loop; each ends when its socket or timer is cancelled.
  Async<void> accept_tcp(tcp::acceptor& acceptor);
  Async<void> accept_unix(UnixProtocol::acceptor& acceptor);
  Async<void> tick();
  Async<void> watch_certificate();
  Async<void> renew();
  Async<void> after_refused_accept();

  void admit(tcp::socket socket);
  void take_pending();
  void make_edition();

  ServerOptions options_;
  runtime::Loop loop_;
  runtime::Gate gate_;
  Shared shared_;
  Router router_;
  std::vector<tcp::acceptor> acceptors_;
  std::optional<UnixProtocol::acceptor> unix_;
  std::vector<std::uint16_t> ports_;
  std::optional<asio::ssl::context> tls_;
  FileTimes certificate_times_;
  bool running_ = false;

  asio::steady_timer edition_timer_;
  bool edition_waits_ = false;
  SteadyTime last_edition_;
  std::mutex pending_mutex_;
  std::shared_ptr<const Situation> pending_;  // guarded by pending_mutex_
};

Result<void> Server::Impl::start() {
  if (options_.tls) {
    if (auto loaded = load_certificate(); !loaded) {
      return loaded;
    }
  }
  if (auto bound = bind(); !bound) {
    acceptors_.clear();
    return bound;
  }
  loop_.post([this] { begin(); });
  loop_.start();
  running_ = true;
  return {};
}

Result<void> Server::Impl::bind() {
  for (const ListenAddress& address : options_.listen) {
    auto acceptor = listen_tcp(loop_.context(), address);
    if (!acceptor) {
      return tl::unexpected(acceptor.error());
    }
    ports_.push_back(acceptor->local_endpoint().port());
    acceptors_.push_back(std::move(*acceptor));
  }
  if (!options_.socket.empty()) {
    auto acceptor = listen_unix(loop_.context(), options_.socket);
    if (!acceptor) {
      return tl::unexpected(acceptor.error());
    }
    unix_.emplace(std::move(*acceptor));
  }
  return {};
}

Result<void> Server::Impl::load_certificate() {
  certificate_times_ = times_of(*options_.tls);
  auto context = runtime::make_server_context(options_.tls->certificate, options_.tls->key);
  if (!context) {
    return tl::unexpected(context.error());
  }
  // Buffers of idle connections are given back; running ones keep the context they began with.
  SSL_CTX_set_mode(context->native_handle(), SSL_MODE_RELEASE_BUFFERS);
  tls_.emplace(std::move(*context));
  return {};
}

void Server::Impl::begin() {
  for (tcp::acceptor& acceptor : acceptors_) {
    gate_.spawn("accept", accept_tcp(acceptor), std::nullopt);
  }
  if (unix_) {
    gate_.spawn("accept on the socket", accept_unix(*unix_), std::nullopt);
  }
  gate_.spawn("connection deadlines", tick(), std::nullopt);
  gate_.spawn("page renewal", renew(), std::nullopt);
  if (options_.tls) {
    gate_.spawn("certificate watch", watch_certificate(), std::nullopt);
  }
}

void Server::Impl::close(std::function<void()> when_closed) {
  ErrorCode ignored;
  for (tcp::acceptor& acceptor : acceptors_) {
    acceptor.close(ignored);
  }
  if (unix_) {
    unix_->close(ignored);
  }
  edition_timer_.cancel();
  gate_.close(std::move(when_closed));
}

void Server::Impl::stop() {
  if (!running_) {
    return;
  }
  running_ = false;
  std::promise<void> closed;
  loop_.post([this, &closed] { close([&closed] { closed.set_value(); }); });
  closed.get_future().wait();
  shared_.door->shut();
  loop_.stop();
  if (!options_.socket.empty()) {
    std::error_code ignored;
    std::filesystem::remove(options_.socket, ignored);
  }
}

void Server::Impl::publish(std::shared_ptr<const Situation> situation) {
  const std::lock_guard lock(pending_mutex_);
  const bool first = pending_ == nullptr;
  pending_ = std::move(situation);
  if (first) {
    shared_.door->post([this] { take_pending(); });
  }
}

// Operators see at once what they have just written; the public's pages follow, in editions.
void Server::Impl::take_pending() {
  {
    const std::lock_guard lock(pending_mutex_);
    router_.know(std::move(pending_));
    pending_ = nullptr;
  }
  make_edition();
}

// Situations in quick succession become one edition: rendering costs a bounded share of the time.
void Server::Impl::make_edition() {
  const SteadyTime now = std::chrono::steady_clock::now();
  if (edition_waits_ || gate_.closing()) {
    return;
  }
  if (router_.edition() != nullptr && now < last_edition_ + options_.limits.edition) {
    edition_waits_ = true;
    edition_timer_.expires_at(last_edition_ + options_.limits.edition);
    edition_timer_.async_wait([this](ErrorCode cancelled) {
      edition_waits_ = false;
      if (!cancelled) {
        make_edition();
      }
    });
    return;
  }
  last_edition_ = now;
  router_.renew();
  for (asio::steady_timer* signal : shared_.stream_signals) {
    signal->cancel();
  }
}

Async<void> Server::Impl::tick() {
  while (!gate_.closing()) {
    const auto now = std::chrono::steady_clock::now();
    shared_.connections.tick(now);
    shared_.counts.connections = shared_.connections.size();
    shared_.counts.streams = shared_.connections.streams();
    co_await runtime::wait_until(now + options_.limits.tick);
  }
}

Async<void> Server::Impl::renew() {
  while (!gate_.closing()) {
    co_await runtime::wait_until(std::chrono::steady_clock::now() + options_.limits.renewal);
    router_.renew();
  }
}

Async<void> Server::Impl::watch_certificate() {
  while (!gate_.closing()) {
    co_await runtime::wait_until(std::chrono::steady_clock::now() + options_.limits.certificate);
    if (gate_.closing() || times_of(*options_.tls) == certificate_times_) {
      continue;
    }
    if (const auto loaded = load_certificate(); loaded) {
      log::info("the certificate {} was read again", options_.tls->certificate.native());
    } else {
      log::warning("the changed certificate is not used, the old one stays: {}",
                   loaded.error().message);
    }
  }
}

Async<void> Server::Impl::after_refused_accept() {
  shared_.connections.evict();  // perhaps out of descriptors
  co_await runtime::wait_until(std::chrono::steady_clock::now() + kAcceptPause);
}

Async<void> Server::Impl::accept_tcp(tcp::acceptor& acceptor) {
  while (acceptor.is_open()) {
    ErrorCode failed;
    tcp::socket socket = co_await acceptor.async_accept(into(failed));
    if (!failed) {
      admit(std::move(socket));
    } else if (acceptor.is_open()) {
      co_await after_refused_accept();
    }
  }
}

void Server::Impl::admit(tcp::socket socket) {
  ErrorCode failed;
  const auto remote = socket.remote_endpoint(failed);
  if (failed) {
    return;
  }
  socket.set_option(tcp::no_delay(true), failed);
  const auto key = key_of(remote.address(), options_.limits);
  Peer peer = peer_of(remote.address(), options_.limits);
  if (!tls_) {
    gate_.spawn("web connection",
                serve_plain(shared_, PlainSocket(std::move(socket)), std::move(peer), key),
                std::nullopt);
    return;
  }
  auto stream = std::make_unique<runtime::TlsStream>(std::move(socket), *tls_);
  gate_.spawn("web connection", serve_tls(shared_, std::move(stream), std::move(peer), key),
              std::nullopt);
}

Async<void> Server::Impl::accept_unix(UnixProtocol::acceptor& acceptor) {
  while (acceptor.is_open()) {
    ErrorCode failed;
    UnixProtocol::socket socket = co_await acceptor.async_accept(into(failed));
    if (failed) {
      if (acceptor.is_open()) {
        co_await after_refused_accept();
      }
      continue;
    }
    Peer peer;
    peer.uid = peer_uid(socket);
    if (peer.local()) {
      gate_.spawn("command line", serve_plain(shared_, PlainSocket(std::move(socket)), peer, {}),
                  std::nullopt);
    }
  }
}

Server::Server(ServerOptions options, InputSink& sink, Control& control, Gatekeeper& gatekeeper)
    : impl_(std::make_unique<Impl>(std::move(options), sink, control, gatekeeper)) {}
Server::~Server() { impl_->stop(); }

Result<void> Server::start() { return impl_->start(); }
void Server::stop() { impl_->stop(); }
void Server::publish(std::shared_ptr<const Situation> situation) {
  impl_->publish(std::move(situation));
}
const std::vector<std::uint16_t>& Server::ports() const { return impl_->ports(); }

}  // namespace dienstbereit::web
