// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/server.h"

#include <array>
#include <cerrno>
#include <future>

#include <boost/asio/write.hpp>

#include <fmt/format.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include "base/log.h"
#include "runtime/gate.h"
#include "runtime/listen.h"
#include "runtime/tls.h"

namespace dienstbereit::fallback::site {
namespace {

using runtime::Async;
using runtime::ErrorCode;
using runtime::into;
using runtime::tcp;

constexpr std::size_t kReadBytes = 2048;
constexpr std::size_t kSendfileBytes = 256u << 10;  // between two looks at the deadline
constexpr std::size_t kTlsBytes = 64u << 10;
constexpr std::chrono::milliseconds kAcceptPause{100};
constexpr std::chrono::seconds kHandshakeWithin{10};
constexpr std::chrono::seconds kLingerWithin{2};
constexpr std::size_t kMostLingered = 256u << 10;

struct Shared {
  Shelf& shelf;
  ServedFigures& figures;
  std::function<Instant()> now;
  std::size_t connections = 0;
};

// One connection. Owned by its coroutine.
template <class Stream>
class Session {
 public:
  Session(Shared& shared, std::unique_ptr<Stream> stream)
      : shared_(shared), stream_(std::move(stream)) {
    ++shared_.connections;
  }
  ~Session() { --shared_.connections; }
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  Async<void> run() {
    ErrorCode failed;
    if constexpr (kTls) {
      runtime::Deadline limit(stream_->get_executor(), kHandshakeWithin, [this] { close(); });
      co_await stream_->async_handshake(asio::ssl::stream_base::server, into(failed));
      if (failed) co_return;
    }
    socket().non_blocking(true, failed);
    bool more = true;
    for (unsigned served = 0; more && served < kMostRequests; ++served) {
      more = co_await one_request(served + 1 == kMostRequests);
    }
    socket().shutdown(asio::socket_base::shutdown_both, failed);
  }

 private:
  static constexpr bool kTls = std::is_same_v<Stream, runtime::TlsStream>;

  tcp::socket& socket() {
    if constexpr (kTls) {
      return stream_->next_layer();
    } else {
      return *stream_;
    }
  }
  void close() {
    ErrorCode ignored;
    socket().close(ignored);
  }

  // The head of the next request within buffer_; 0: there is none.
  Async<std::size_t> read_head() {
    runtime::Deadline limit(stream_->get_executor(), kHeadWithin, [this] { close(); });
    while (true) {
      const auto end = buffer_.find("\r\n\r\n");
      if (end != std::string::npos) co_return end + 4;
      if (buffer_.size() > kLongestHead) co_return std::size_t{0};
      const std::size_t before = buffer_.size();
      buffer_.resize(before + kReadBytes);
      ErrorCode failed;
      const std::size_t got = co_await stream_->async_read_some(
          asio::buffer(buffer_.data() + before, kReadBytes), into(failed));
      buffer_.resize(before + got);
      if (failed) co_return std::size_t{0};
    }
  }

  Async<bool> one_request(bool last) {
    const std::size_t size = co_await read_head();
    if (size == 0) co_return false;
    const std::string head = buffer_.substr(0, size);
    buffer_.erase(0, size);
    const auto asked = parse_head(head);
    if (!asked) {
      co_await send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
      co_return false;
    }
    ++shared_.figures.requests;
    const Reply reply = shared_.shelf.answer(*asked);
    const Instant now = shared_.now();
    if (reply.body) shared_.figures.last_ms = now.time_since_epoch().count();
    const bool close = last || !asked->keep_alive || asked->body;
    const bool bodiless = reply.status == 304;
    const std::uint64_t length = reply.body ? reply.body->size() : reply.file_size;
    const std::string lines = fmt::format(
        "HTTP/1.1 {} {}\r\nDate: {}\r\n{}{}{}\r\n", reply.status, reason_of(reply.status),
        date_field(now), bodiless ? "" : fmt::format("Content-Length: {}\r\n", length),
        close ? "Connection: close\r\n" : "", reply.fields);
    const bool head_only = asked->method == "HEAD" || bodiless;
    const std::string_view body = reply.body && !head_only ? *reply.body : std::string_view();
    bool sent = co_await send(lines, body);
    if (sent && reply.file && !head_only) sent = co_await send_file(reply);
    if (sent && asked->body) co_await linger();
    co_return sent && !close;
  }

  Async<bool> send(std::string_view lines, std::string_view body = {}) {
    runtime::Deadline limit(stream_->get_executor(), kChunkWithin, [this] { close(); });
    const std::array<asio::const_buffer, 2> both{asio::buffer(lines.data(), lines.size()),
                                                 asio::buffer(body.data(), body.size())};
    ErrorCode failed;
    co_await asio::async_write(*stream_, both, into(failed));
    co_return !failed;
  }

  // Reads what is still being sent, so that the client sees the answer and no reset.
  Async<void> linger() {
    ErrorCode failed;
    socket().shutdown(asio::socket_base::shutdown_send, failed);
    runtime::Deadline limit(stream_->get_executor(), kLingerWithin, [this] { close(); });
    buffer_.resize(kReadBytes);
    for (std::size_t drained = 0; !failed && drained < kMostLingered;) {
      drained += co_await socket().async_read_some(asio::buffer(buffer_), into(failed));
    }
  }

  // A file that got shorter meanwhile ends the connection: the length was told already.
  Async<bool> send_file(const Reply& reply) {
    off_t at = 0;
    const auto size = static_cast<off_t>(reply.file_size);
    while (at < size) {
      if constexpr (kTls) {
        std::string chunk(static_cast<std::size_t>(std::min<off_t>(kTlsBytes, size - at)), '\0');
        const ssize_t got = ::pread(reply.file.get(), chunk.data(), chunk.size(), at);
        if (got <= 0) co_return false;
        at += got;
        const bool sent = co_await send(std::string_view(chunk).substr(0, std::size_t(got)));
        if (!sent) co_return false;
      } else {
        const auto most = static_cast<std::size_t>(std::min<off_t>(kSendfileBytes, size - at));
        const ssize_t got = ::sendfile(socket().native_handle(), reply.file.get(), &at, most);
        if (got > 0 || (got < 0 && errno == EINTR)) continue;
        if (got == 0 || errno != EAGAIN) co_return false;
        runtime::Deadline limit(stream_->get_executor(), kChunkWithin, [this] { close(); });
        ErrorCode failed;
        co_await socket().async_wait(tcp::socket::wait_write, into(failed));
        if (failed) co_return false;
      }
    }
    co_return true;
  }

  Shared& shared_;
  std::unique_ptr<Stream> stream_;
  std::string buffer_;
};

template <class Stream>
Async<void> serve(std::unique_ptr<Session<Stream>> session) {
  co_await session->run();
}

}  // namespace

class Server::Impl {
 public:
  Impl(runtime::Loop& loop, Shelf& shelf, ServedFigures& figures, std::function<Instant()> now)
      : loop_(loop), gate_(loop.context()), shared_{shelf, figures, std::move(now)} {}

  Result<void> start(const Options& options) {
    options_ = options;
    if (!options.listen_tls.empty()) {
      auto context = read_certificate();
      if (!context) return tl::unexpected(context.error());
      tls_.emplace(std::move(*context));
    }
    for (const auto* list : {&options.listen, &options.listen_tls}) {
      for (const ListenAt& at : *list) {
        auto acceptor = runtime::listen_tcp(loop_.context(), at.address, at.port);
        if (!acceptor) return tl::unexpected(acceptor.error());
        ports_.push_back(acceptor->local_endpoint().port());
        acceptors_.push_back(std::move(*acceptor));
      }
    }
    running_ = true;
    loop_.post([this] {
      for (std::size_t i = 0; i < acceptors_.size(); ++i) {
        gate_.spawn("homepage", accept(acceptors_[i], i >= options_.listen.size()), std::nullopt);
      }
    });
    return {};
  }

  void renew_certificate() {
    if (!tls_) return;
    std::error_code ignored;
    if (std::filesystem::last_write_time(options_.certificate, ignored) == certificate_time_) {
      return;
    }
    auto context = read_certificate();
    if (context) {
      tls_.emplace(std::move(*context));
      log::info("homepage: the certificate {} was read again", options_.certificate.string());
    } else {
      log::warning("homepage: the changed certificate is not used: {}", context.error().message);
    }
  }

  void stop() {
    if (!std::exchange(running_, false)) return;
    std::promise<void> closed;
    loop_.post([this, &closed] {
      ErrorCode ignored;
      for (tcp::acceptor& acceptor : acceptors_) acceptor.close(ignored);
      gate_.close([&closed] { closed.set_value(); });
    });
    closed.get_future().wait();
  }

  const std::vector<std::uint16_t>& ports() const { return ports_; }

 private:
  Result<asio::ssl::context> read_certificate() {
    std::error_code ignored;
    certificate_time_ = std::filesystem::last_write_time(options_.certificate, ignored);
    return runtime::make_server_context(options_.certificate, options_.key);
  }

  Async<void> accept(tcp::acceptor& acceptor, bool secure) {
    while (acceptor.is_open()) {
      ErrorCode failed;
      tcp::socket socket = co_await acceptor.async_accept(into(failed));
      if (!failed && shared_.connections < kMostConnections) {
        admit(std::move(socket), secure);
      } else if (failed && acceptor.is_open()) {
        co_await runtime::wait_until(std::chrono::steady_clock::now() + kAcceptPause);
      }
    }
  }

  void admit(tcp::socket socket, bool secure) {
    ErrorCode ignored;
    socket.set_option(tcp::no_delay(true), ignored);
    if (secure) {
      auto stream = std::make_unique<runtime::TlsStream>(std::move(socket), *tls_);
      gate_.spawn("homepage connection",
                  serve(std::make_unique<Session<runtime::TlsStream>>(shared_, std::move(stream))),
                  std::nullopt);
      return;
    }
    auto stream = std::make_unique<tcp::socket>(std::move(socket));
    gate_.spawn("homepage connection",
                serve(std::make_unique<Session<tcp::socket>>(shared_, std::move(stream))),
                std::nullopt);
  }

  runtime::Loop& loop_;
  runtime::Gate gate_;
  Shared shared_;
  Options options_;
  std::vector<tcp::acceptor> acceptors_;
  std::vector<std::uint16_t> ports_;
  std::optional<asio::ssl::context> tls_;
  std::filesystem::file_time_type certificate_time_;
  bool running_ = false;
};

Server::Server(runtime::Loop& loop, Shelf& shelf, ServedFigures& figures,
               std::function<Instant()> now)
    : impl_(std::make_unique<Impl>(loop, shelf, figures, std::move(now))) {}
Server::~Server() { stop(); }

Result<void> Server::start(const Options& options) { return impl_->start(options); }
void Server::renew_certificate() { impl_->renew_certificate(); }
const std::vector<std::uint16_t>& Server::ports() const { return impl_->ports(); }
void Server::stop() { impl_->stop(); }

}  // namespace dienstbereit::fallback::site
