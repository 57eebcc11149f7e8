// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The public page beside nginx with the same bytes, in one run:
//
//   web_bench [--json] [--seconds N]
//
// 1. The start page, plain, kept connections: `wrk -t1 -c64` on one core, the server (one thread,
//    or one nginx worker with sendfile and open_file_cache) on the other; rounds alternate, ratios
//    are medians over the rounds.
// 2. 500 new TLS readers a second for N seconds (30): each connects, shakes hands, reads the page
//    and goes. Meanwhile a command is given over the Unix socket ten times a second, and another
//    thread of the same process wakes a hundred times a second, as the probes' schedule does.
//    Readers come from the same machine: their work takes as much of it as the server's.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <boost/asio/local/stream_protocol.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

#include "app/open_files.h"
#include "beside/beside_nginx.h"
#include "runtime/gate.h"
#include "runtime/loop.h"
#include "runtime/tls.h"
#include "servers/servers.h"
#include "web/server.h"
#include "web/testing/fakes.h"

namespace {

using namespace dienstbereit;
using runtime::Async;
using runtime::ErrorCode;
using runtime::into;
using SteadyClock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr int kRounds = 5;
constexpr int kReadersPerSecond = 500;
constexpr milliseconds kReaderPatience{10'000};
constexpr milliseconds kCommandEvery{100};
constexpr milliseconds kWakeEvery{10};

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values.at(values.size() / 2);
}

double percentile(std::vector<double> values, double share) {
  if (values.empty()) return -1;
  std::sort(values.begin(), values.end());
  return values[static_cast<std::size_t>(share * static_cast<double>(values.size() - 1))];
}

double ms_since(SteadyClock::time_point start) {
  return std::chrono::duration<double, std::milli>(SteadyClock::now() - start).count();
}

struct Stand {
  explicit Stand(const servers::TempFolder& folder, std::optional<web::TlsFiles> tls)
      : world(web::test::world_in("mixed")), control(world->now) {
    web::ServerOptions options;
    options.listen = {web::ListenAddress{}};
    options.socket = folder.path() / (tls ? "tls.sock" : "plain.sock");
    socket = options.socket;
    options.tls = std::move(tls);
    server = std::make_unique<web::Server>(std::move(options), sink, control, gatekeeper);
    if (const auto started = server->start(); !started) {
      std::fprintf(stderr, "%s\n", started.error().message.c_str());
      std::exit(1);
    }
    server->publish(web::test::situation_of(world));
  }
  std::string address() const {
    return fmt::format("http://127.0.0.1:{}/", server->ports().front());
  }

  std::shared_ptr<web::test::World> world;
  web::test::FakeSink sink;
  web::test::FakeControl control;
  web::test::FakeGatekeeper gatekeeper;
  std::filesystem::path socket;
  std::unique_ptr<web::Server> server;
};

struct PlainResult {
  double own = 0;
  double nginx = 0;
  double ratio = 0;
  std::size_t bytes = 0;
};

PlainResult measure_plain() {
  const servers::TempFolder folder;
  bench::pin(bench::kServerCore);  // inherited by the server's thread
  Stand stand(folder, std::nullopt);
  bench::unpin();
  const std::string page = servers::run_program({"curl", "-sS", stand.address()});
  folder.write("index.html", page);
  const bench::NginxFiles nginx(folder, "");
  std::vector<double> own, theirs, ratios;
  for (int round = 0; round < kRounds; ++round) {
    own.push_back(bench::wrk(stand.address()));
    theirs.push_back(bench::wrk(nginx.address("index.html")));
    ratios.push_back(own.back() / theirs.back());
  }
  return {median(own), median(theirs), median(ratios), page.size()};
}

// ---- new TLS readers

struct Readers {
  std::vector<double> latencies_ms;
  unsigned failed = 0;
};

Async<void> read_once(asio::io_context& context, asio::ssl::context& tls, runtime::tcp::endpoint to,
                      Readers& readers) {
  const auto start = SteadyClock::now();
  runtime::TlsStream stream(context, tls);
  static const std::string request = "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
  ErrorCode failed;
  co_await stream.next_layer().async_connect(to, into(failed));
  if (!failed) {
    co_await stream.async_handshake(asio::ssl::stream_base::client, into(failed));
  }
  if (!failed) {
    co_await asio::async_write(stream, asio::buffer(request), into(failed));
  }
  std::string answer;
  if (!failed) {
    ErrorCode end;
    co_await asio::async_read(stream, asio::dynamic_buffer(answer), into(end));
  }
  if (failed || !answer.ends_with("</html>")) {
    ++readers.failed;
  } else {
    readers.latencies_ms.push_back(ms_since(start));
  }
}

Async<void> send_readers(runtime::Gate& gate, asio::io_context& context, asio::ssl::context& tls,
                         runtime::tcp::endpoint to, int seconds, Readers& readers) {
  const auto start = SteadyClock::now();
  const auto apart = std::chrono::nanoseconds(std::chrono::seconds(1)) / kReadersPerSecond;
  for (int i = 0; i < seconds * kReadersPerSecond; ++i) {
    co_await runtime::wait_until(start + i * apart);
    gate.spawn("reader", read_once(context, tls, to, readers), kReaderPatience);
  }
}

Async<void> give_commands(asio::io_context& context, std::filesystem::path path, int seconds,
                          std::vector<double>& latencies_ms) {
  using Unix = asio::local::stream_protocol;
  static const std::string request =
      "POST /api/v1/clock/confirm HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n"
      "Connection: close\r\n\r\n";
  const auto start = SteadyClock::now();
  for (int i = 0; i * kCommandEvery < std::chrono::seconds(seconds); ++i) {
    co_await runtime::wait_until(start + i * kCommandEvery);
    const auto asked = SteadyClock::now();
    Unix::socket socket(context);
    co_await socket.async_connect(Unix::endpoint(path.native()), asio::use_awaitable);
    co_await asio::async_write(socket, asio::buffer(request), asio::use_awaitable);
    std::string answer;
    ErrorCode end;
    co_await asio::async_read(socket, asio::dynamic_buffer(answer), into(end));
    latencies_ms.push_back(answer.starts_with("HTTP/1.1 200") ? ms_since(asked) : 1e9);
  }
}

Async<void> keep_schedule(int seconds, std::vector<double>& lateness_ms) {
  const auto start = SteadyClock::now();
  for (int i = 0; i * kWakeEvery < std::chrono::seconds(seconds); ++i) {
    const auto due = start + i * kWakeEvery;
    co_await runtime::wait_until(due);
    lateness_ms.push_back(ms_since(due));
  }
}

struct TlsResult {
  Readers readers;
  std::vector<double> commands_ms;
  std::vector<double> lateness_ms;
};

// Runs `work` on a loop and thread of its own; the future is set when the gate is empty.
class Side {
 public:
  explicit Side(const char* name) : loop(name), gate(loop.context()) { loop.start(); }
  void finish() {
    std::promise<void> empty;
    for (bool done = false; !done;) {
      loop.post_and_wait([&] { done = gate.size() == 0; });
      std::this_thread::sleep_for(milliseconds(20));
    }
    loop.post([&] { gate.close([&] { empty.set_value(); }); });
    empty.get_future().wait();
    loop.stop();
  }
  runtime::Loop loop;
  runtime::Gate gate;
};

TlsResult measure_tls(int seconds) {
  const servers::TempFolder folder;
  const servers::Authority authority(folder);
  const auto files = authority.issue("localhost", -1, 30);
  Stand stand(folder, web::TlsFiles{files.certificate, files.key});
  const runtime::tcp::endpoint to(asio::ip::make_address("127.0.0.1"),
                                  stand.server->ports().front());
  asio::ssl::context tls(asio::ssl::context::tls_client);
  tls.load_verify_file(authority.certificate().native());
  tls.set_verify_mode(asio::ssl::verify_peer);
  TlsResult result;
  Side readers("readers"), commands("commands"), schedule("schedule");
  readers.loop.post([&] {
    readers.gate.spawn(
        "readers",
        send_readers(readers.gate, readers.loop.context(), tls, to, seconds, result.readers),
        std::nullopt);
  });
  commands.loop.post([&] {
    commands.gate.spawn(
        "commands",
        give_commands(commands.loop.context(), stand.socket, seconds, result.commands_ms),
        std::nullopt);
  });
  schedule.loop.post([&] {
    schedule.gate.spawn("schedule", keep_schedule(seconds, result.lateness_ms), std::nullopt);
  });
  readers.finish();
  commands.finish();
  schedule.finish();
  return result;
}

void print(const PlainResult& plain, const TlsResult& tls, bool json) {
  const double command_p99 = percentile(tls.commands_ms, 0.99);
  const double late_p99 = percentile(tls.lateness_ms, 0.99);
  const double reader_p50 = percentile(tls.readers.latencies_ms, 0.5);
  const double reader_p99 = percentile(tls.readers.latencies_ms, 0.99);
  if (json) {
    fmt::print(
        "{{\"page_bytes\": {}, \"own_per_s\": {:.0f}, \"nginx_per_s\": {:.0f}, \"ratio\": {:.2f}, "
        "\"tls_readers\": {}, \"tls_failed\": {}, \"tls_p50_ms\": {:.1f}, \"tls_p99_ms\": {:.1f}, "
        "\"command_p99_ms\": {:.1f}, \"lateness_p99_ms\": {:.1f}}}\n",
        plain.bytes, plain.own, plain.nginx, plain.ratio, tls.readers.latencies_ms.size(),
        tls.readers.failed, reader_p50, reader_p99, command_p99, late_p99);
    return;
  }
  fmt::print("page of {} bytes: {:.0f}/s, nginx {:.0f}/s, ratio {:.2f} (target 1.0)\n", plain.bytes,
             plain.own, plain.nginx, plain.ratio);
  fmt::print("new TLS readers: {} served, {} failed; p50 {:.1f} ms, p99 {:.1f} ms\n",
             tls.readers.latencies_ms.size(), tls.readers.failed, reader_p50, reader_p99);
  fmt::print("meanwhile: command p99 {:.1f} ms (target 200), schedule late p99 {:.1f} ms (100)\n",
             command_p99, late_p99);
}

}  // namespace

int main(int argc, char** argv) {
  dienstbereit::app::raise_open_files();  // as the program does
  bool json = false;
  int seconds = 30;
  for (int i = 1; i < argc; ++i) {
    if (std::strcmp(argv[i], "--json") == 0) {
      json = true;
    } else if (std::strcmp(argv[i], "--seconds") == 0 && i + 1 < argc) {
      seconds = std::atoi(argv[++i]);
    } else {
      std::fprintf(stderr, "usage: web_bench [--json] [--seconds N]\n");
      return 2;
    }
  }
  const PlainResult plain = measure_plain();
  const TlsResult tls = measure_tls(seconds);
  print(plain, tls, json);
  return 0;
}
