// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/session.h"

#include <array>

#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include <date/date.h>
#include <fmt/format.h>

#include "runtime/clock.h"
#include "web/documents.h"

namespace dienstbereit::web {
namespace {

using runtime::Async;
using runtime::ErrorCode;
using runtime::into;

constexpr std::size_t kFirstBufferBytes = 2048;
constexpr std::size_t kBufferSlack = 4096;  // beyond the longest header: the start of a body
constexpr std::size_t kLingerBytesMax = 256u << 10;
constexpr int kTimedOut = 408;
constexpr int kUnavailable = 503;
constexpr int kGatewayTimeout = 504;

SteadyTime in(std::chrono::milliseconds limit) { return std::chrono::steady_clock::now() + limit; }

template <class Stream>
constexpr bool kIsTls = std::is_same_v<Stream, runtime::TlsStream>;

bool has_news(const Router& router, const std::optional<std::uint64_t>& told) {
  return router.edition() != nullptr && told != router.edition()->situation().seq;
}

// The event that tells the situation now shown, if `told` is another; `told` becomes it.
std::string news(const Router& router, std::optional<std::uint64_t>& told) {
  if (!has_news(router, told)) {
    return {};
  }
  told = router.edition()->situation().seq;
  return fmt::format("event: situation\nid: {}\ndata: {}\n\n", *told,
                     event_data(router.edition()->overview()));
}

// One connection, from its first byte to its last. Owned by its coroutine.
template <class Stream>
class Session : public Connection {
 public:
  Session(Shared& shared, std::unique_ptr<Stream> stream, Peer peer,
          std::optional<AddressKey> address)
      : shared_(shared), stream_(std::move(stream)), peer_(std::move(peer)) {
    key = address;
    deadline = in(shared.limits.handshake);
    position_ = shared.connections.add(*this);
  }
  ~Session() override {
    if (position_) {
      shared_.connections.remove(*position_);
    }
  }

  bool admitted() const { return position_.has_value(); }
  void interrupt() override {
    interrupted_ = true;
    ErrorCode ignored;
    socket().cancel(ignored);
  }
  void abort() override {
    ErrorCode ignored;
    socket().close(ignored);
  }

  Async<void> run();

 private:
  enum class Next : std::uint8_t { Request, Close };

  auto& socket() {
    if constexpr (kIsTls<Stream>) {
      return stream_->next_layer();
    } else {
      return *stream_;
    }
  }
  void enter(Phase next, std::chrono::milliseconds limit) {
    phase = next;
    deadline = in(limit);
  }

  Async<Next> one_request();
  // Reads until the parser has a whole request or refuses; false if the client has gone.
  Async<bool> read_request(RequestParser& parser, RequestParser::State& state);
  Async<bool> read_more();
  Async<Next> respond(Response response, bool keep_alive, bool head_only);
  Async<Next> refuse(Response response);
  Async<Response> await_deferred(Deferred deferred);
  Async<void> stream_events();
  Async<bool> send(std::string text);
  Async<void> linger();

  Shared& shared_;
  std::unique_ptr<Stream> stream_;
  Peer peer_;
  std::optional<Connections::Position> position_;
  std::string buffer_;
  std::size_t filled_ = 0;
  std::string status_lines_;
  std::size_t served_ = 0;
  bool interrupted_ = false;
};

template <class Stream>
Async<void> Session<Stream>::run() {
  if constexpr (kIsTls<Stream>) {
    ErrorCode failed;
    co_await stream_->async_handshake(asio::ssl::stream_base::server, into(failed));
    if (failed) {
      co_return;
    }
  }
  ErrorCode ignored;
  socket().non_blocking(true, ignored);
  buffer_.resize(kFirstBufferBytes);
  Next next = Next::Request;
  while (next == Next::Request && served_ < shared_.limits.requests_per_connection) {
    next = co_await one_request();
    ++served_;
  }
  if constexpr (kIsTls<Stream>) {
    enter(Phase::Lingering, shared_.limits.linger);
    co_await stream_->async_shutdown(into(ignored));
  }
  socket().shutdown(asio::socket_base::shutdown_both, ignored);
}

template <class Stream>
Async<bool> Session<Stream>::read_more() {
  if (filled_ == buffer_.size()) {
    const std::size_t most = shared_.limits.header_bytes + kBufferSlack;
    buffer_.resize(std::min(most, buffer_.size() * 2));
  }
  ErrorCode failed;
  const std::size_t got = co_await stream_->async_read_some(
      asio::buffer(buffer_.data() + filled_, buffer_.size() - filled_), into(failed));
  filled_ += got;
  co_return !failed;
}

template <class Stream>
Async<bool> Session<Stream>::read_request(RequestParser& parser, RequestParser::State& state) {
  enter(Phase::Idle, shared_.limits.idle);
  bool body_begun = false;
  while (true) {
    if (filled_ > 0) {
      if (phase == Phase::Idle) {
        enter(Phase::Reading, shared_.limits.header);
      }
      std::size_t taken = 0;
      state = parser.feed(std::string_view(buffer_.data(), filled_), taken);
      buffer_.erase(0, taken);
      buffer_.resize(std::max(kFirstBufferBytes, buffer_.size()));
      filled_ -= taken;
      if (state == RequestParser::State::Complete || state == RequestParser::State::Refused) {
        co_return true;
      }
      if (state == RequestParser::State::Continue) {
        const bool sent = co_await send("HTTP/1.1 100 Continue\r\n\r\n");
        if (!sent) {
          co_return false;
        }
      }
      if (parser.header_done() && !body_begun) {
        body_begun = true;
        enter(Phase::Reading, parser.uploads() ? shared_.limits.upload : shared_.limits.body);
      }
    }
    const bool more = co_await read_more();
    if (!more) {
      co_return false;
    }
  }
}

template <class Stream>
Async<typename Session<Stream>::Next> Session<Stream>::one_request() {
  RequestParser parser(shared_.limits, [this](const Request& header) {
    return shared_.router->body_limit(header, shared_.limits);
  });
  auto state = RequestParser::State::NeedsMore;
  const bool read = co_await read_request(parser, state);
  if (interrupted_) {
    Response late = shared_.router->refusal(kTimedOut, parser.path());
    co_return co_await refuse(std::move(late));
  }
  if (!read) {
    co_return Next::Close;
  }
  ++shared_.counts.requests;
  if (state == RequestParser::State::Refused) {
    Response refusal = shared_.router->refusal(parser.refusal(), parser.path());
    co_return co_await refuse(std::move(refusal));
  }
  const Request request = parser.request(peer_);
  Outcome outcome = shared_.router->answer(request);
  const bool head_only = request.method == Method::Head;
  if (std::holds_alternative<EventStream>(outcome)) {
    co_await stream_events();
    co_return Next::Close;
  }
  if (auto* response = std::get_if<Response>(&outcome)) {
    co_return co_await respond(std::move(*response), request.keep_alive, head_only);
  }
  Response response = co_await await_deferred(std::move(std::get<Deferred>(outcome)));
  co_return co_await respond(std::move(response), request.keep_alive, head_only);
}

template <class Stream>
Async<typename Session<Stream>::Next> Session<Stream>::respond(Response response, bool keep_alive,
                                                               bool head_only) {
  enter(Phase::Writing, shared_.limits.write);
  const bool last =
      !keep_alive || response.close || served_ + 1 >= shared_.limits.requests_per_connection;
  status_lines_.clear();
  fmt::format_to(std::back_inserter(status_lines_), "HTTP/1.1 {} {}\r\nDate: {}\r\n{}",
                 response.status, reason_phrase(response.status), shared_.date.now(),
                 last ? "Connection: close\r\n" : "");
  const std::string_view rest =
      head_only ? response.payload->fields() : std::string_view(response.payload->text);
  ErrorCode failed;
  std::array<asio::const_buffer, 2> left{asio::buffer(status_lines_),
                                         asio::buffer(rest.data(), rest.size())};
  if constexpr (!kIsTls<Stream>) {
    // Most answers fit into the socket's buffer: no wait, no operation.
    const std::size_t sent = stream_->write_some(left, failed);
    left[1] += sent - std::min(sent, left[0].size());
    left[0] += sent;
    if (failed == asio::error::would_block) {
      failed.clear();
    }
  }
  if (!failed && asio::buffer_size(left) > 0) {
    co_await asio::async_write(*stream_, left, into(failed));
  }
  co_return failed || last ? Next::Close : Next::Request;
}

template <class Stream>
Async<typename Session<Stream>::Next> Session<Stream>::refuse(Response response) {
  interrupted_ = false;
  co_await respond(std::move(response), false, false);
  co_await linger();
  co_return Next::Close;
}

// Reads what the client still sends, so that it sees the refusal instead of a reset connection.
template <class Stream>
Async<void> Session<Stream>::linger() {
  enter(Phase::Lingering, shared_.limits.linger);
  ErrorCode failed;
  socket().shutdown(asio::socket_base::shutdown_send, failed);
  std::size_t drained = 0;
  while (!failed && drained < kLingerBytesMax) {
    drained += co_await socket().async_read_some(asio::buffer(buffer_), into(failed));
  }
}

template <class Stream>
Async<Response> Session<Stream>::await_deferred(Deferred deferred) {
  struct Slot {
    std::optional<Response> response;
    asio::steady_timer* signal = nullptr;
  };
  enter(Phase::Working, shared_.limits.command + shared_.limits.write);
  asio::steady_timer signal(stream_->get_executor(), shared_.limits.command);
  const auto slot = std::make_shared<Slot>();
  slot->signal = &signal;
  deferred.start([slot, door = shared_.door](Response response) {
    door->post([slot, response = std::move(response)] {
      slot->response = response;
      if (slot->signal != nullptr) {
        slot->signal->cancel();
      }
    });
  });
  ErrorCode ignored;
  co_await signal.async_wait(into(ignored));
  slot->signal = nullptr;
  if (!slot->response) {
    co_return shared_.router->refusal(kGatewayTimeout, kApiRoot);
  }
  co_return *slot->response;
}

template <class Stream>
Async<bool> Session<Stream>::send(std::string text) {
  ErrorCode failed;
  co_await asio::async_write(*stream_, asio::buffer(text), into(failed));
  co_return !failed;
}

template <class Stream>
Async<void> Session<Stream>::stream_events() {
  if (!shared_.connections.add_stream(key)) {
    Response full = shared_.router->refusal(kUnavailable, kApiRoot);
    co_await respond(std::move(full), false, false);
    co_return;
  }
  asio::steady_timer signal(stream_->get_executor());
  // Whatever ends the stream, also an exception: it is counted off.
  const auto done = [this, &signal](void*) {
    shared_.stream_signals.erase(&signal);
    shared_.connections.remove_stream(key);
  };
  const std::unique_ptr<void, decltype(done)> guard(this, done);
  shared_.stream_signals.insert(&signal);
  enter(Phase::Writing, shared_.limits.write);

  std::string text = fmt::format(
      "HTTP/1.1 200 OK\r\nDate: {}\r\nConnection: close\r\nContent-Type: text/event-stream\r\n"
      "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\r\nretry: 5000\n\n",
      shared_.date.now());
  std::optional<std::uint64_t> told;
  while (true) {
    const bool sent = co_await send(text + news(*shared_.router, told));
    if (!sent) {
      co_return;
    }
    text = ":\n\n";  // the sign of life, if nothing else is to be said
    if (has_news(*shared_.router, told)) {  // came while the last was being written
      text.clear();
      continue;
    }
    enter(Phase::Streaming, shared_.limits.stream_comment + shared_.limits.write);
    signal.expires_after(shared_.limits.stream_comment);
    ErrorCode woken;
    co_await signal.async_wait(into(woken));
    if (!socket().is_open()) {
      co_return;
    }
    enter(Phase::Writing, shared_.limits.write);
    if (has_news(*shared_.router, told)) {
      text.clear();
    }
  }
}

template <class Stream>
Async<void> serve(std::unique_ptr<Session<Stream>> session) {
  if (session->admitted()) {
    co_await session->run();
  }
}

template <class Stream>
std::unique_ptr<Session<Stream>> admit(Shared& shared, std::unique_ptr<Stream> stream, Peer peer,
                                       std::optional<AddressKey> key) {
  auto session = std::make_unique<Session<Stream>>(shared, std::move(stream), std::move(peer), key);
  if (!session->admitted()) {
    ++shared.counts.refused_connections;
  }
  return session;
}

}  // namespace

const std::string& DateField::now() {
  const auto second = date::floor<std::chrono::seconds>(runtime::Clock::wall());
  if (second != second_) {
    second_ = second;
    text_ = http_date(second);
  }
  return text_;
}

void Door::post(std::function<void()> work) {
  const std::lock_guard lock(mutex_);
  if (loop_ != nullptr) {
    loop_->post(std::move(work));
  }
}

void Door::shut() {
  const std::lock_guard lock(mutex_);
  loop_ = nullptr;
}

Async<void> serve_plain(Shared& shared, PlainSocket socket, Peer peer,
                        std::optional<AddressKey> key) {
  auto stream = std::make_unique<PlainSocket>(std::move(socket));
  return serve(admit(shared, std::move(stream), std::move(peer), key));
}

Async<void> serve_tls(Shared& shared, std::unique_ptr<runtime::TlsStream> stream, Peer peer,
                      std::optional<AddressKey> key) {
  return serve(admit(shared, std::move(stream), std::move(peer), key));
}

std::string http_date(Instant t) {
  static constexpr std::array<const char*, 7> kDays{"Sun", "Mon", "Tue", "Wed",
                                                    "Thu", "Fri", "Sat"};
  static constexpr std::array<const char*, 12> kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                       "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const auto seconds = date::floor<std::chrono::seconds>(t);
  const auto day = date::floor<date::days>(seconds);
  const date::year_month_day ymd(day);
  const date::hh_mm_ss<std::chrono::seconds> time(seconds - day);
  return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} GMT",
                     kDays[date::weekday(day).c_encoding()], static_cast<unsigned>(ymd.day()),
                     kMonths[static_cast<unsigned>(ymd.month()) - 1], static_cast<int>(ymd.year()),
                     time.hours().count(), time.minutes().count(), time.seconds().count());
}

}  // namespace dienstbereit::web
