// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <array>

#include <fmt/format.h>
#include <openssl/rand.h>

#include "base/log.h"
#include "base/text.h"
#include "probe/http_reply.h"
#include "probe/kinds.h"
#include "probe/relay/reply.h"
#include "probe/url.h"

namespace dienstbereit::probe {
namespace {

constexpr const char* kSignature = "X-Dienstbereit-Signature";
// The relay gives up sooner than we do, so that its answer still arrives.
constexpr Duration kWayThere = std::chrono::seconds(2);
constexpr Duration kShortestLook = std::chrono::seconds(1);
constexpr std::size_t kShownAnswer = 120;

// A fault of the relay tells nothing of what it was to look at.
Verdict relay_broken(const std::string& why) { return broken("the relay is broken: " + why); }

Result<std::string> make_nonce() {
  std::array<unsigned char, 8> bytes{};
  if (RAND_bytes(bytes.data(), bytes.size()) != 1) {
    return fail(Errc::Io, "this machine gives no random numbers");
  }
  std::string text;
  for (const unsigned char byte : bytes) text += fmt::format("{:02x}", byte);
  return text;
}

std::string request_text(const Url& url, const std::string& body, const std::string& secret) {
  return fmt::format("POST {} HTTP/1.1\r\nHost: {}\r\nUser-Agent: dienstbereit\r\n"
                     "Content-Type: application/json\r\nContent-Length: {}\r\n{}: {}\r\n"
                     "Connection: close\r\n\r\n{}",
                     url.target, authority(url), body.size(), kSignature,
                     signature_of(secret, body), body);
}

Verdict judged(const HttpProbe& probe, Run& run, const HttpReply& reply, const std::string& secret,
               const std::string& nonce) {
  constexpr int kOk = 200;
  if (reply.result_int() != kOk) {
    return relay_broken(fmt::format("it answers with status {}: '{}'", reply.result_int(),
                                    clean(reply.body(), kShownAnswer)));
  }
  const auto signature = reply[kSignature];
  const auto answer =
      parse_relay_answer(reply.body(), {signature.data(), signature.size()}, secret, nonce);
  if (!answer) return relay_broken(answer.error().message);
  if (answer->certificate_days) {
    const Duration left = std::chrono::days(*answer->certificate_days);
    if (left <= probe.tls.expires_within) {
      run.degrade(fmt::format("the certificate of '{}' {}, as the relay sees it", probe.url,
                              end_in_words(left, {})));
    }
  }
  return judge_relay(probe, *answer);
}

Async<Verdict> ask(const HttpProbe& probe, Run& run) {
  auto url = parse_url(probe.relay.url);
  if (!url) co_return relay_broken(url.error().message);
  const auto secret = run.tools().credentials.find(probe.relay.credential);
  if (!secret) co_return relay_broken(secret.error().message);
  const auto nonce = make_nonce();
  if (!nonce) co_return relay_broken(nonce.error().message);
  const auto now = runtime::Clock::wall().time_since_epoch();
  const RelayQuestion question{
      *nonce, std::chrono::duration_cast<std::chrono::seconds>(now).count(), probe.url,
      std::max(kShortestLook, run.timeout() - kWayThere), probe.expect.text};
  HttpRequest request;
  request.url = *url;
  request.text = request_text(*url, to_json(question), *secret);
  auto exchange = co_await http_exchange(run, std::move(request));
  if (!exchange.reply) co_return relay_broken(exchange.failure.detail);
  co_return judged(probe, run, *exchange.reply, *secret, *nonce);
}

}  // namespace

Async<Verdict> run_relay(const HttpProbe& probe, Run& run) {
  // Its end at the deadline is the relay's too.
  try {
    co_return co_await ask(probe, run);
  } catch (const runtime::system_error& e) {
    co_return relay_broken(
        e.code() == asio::error::operation_aborted
            ? fmt::format("no answer within {}", dienstbereit::to_text(run.timeout()))
            : e.code().message());
  }
}

}  // namespace dienstbereit::probe
