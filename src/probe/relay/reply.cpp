// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/relay/reply.h"

#include <array>

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "base/text.h"
#include "probe/http_reply.h"

namespace dienstbereit::probe {
namespace {

using Json = nlohmann::ordered_json;

constexpr int kVersion = 1;
constexpr std::size_t kLargestAnswer = 16u << 10;
constexpr std::size_t kLongestPhase = 20;
constexpr std::size_t kLongestDetail = 200;

bool same(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

template <class T>
T number(const Json& json, const char* key, T most) {
  const auto found = json.find(key);
  if (found == json.end() || !found->is_number_unsigned()) return 0;
  return static_cast<T>(
      std::min<std::uint64_t>(found->get<std::uint64_t>(), static_cast<std::uint64_t>(most)));
}

bool flag(const Json& json, const char* key) {
  const auto found = json.find(key);
  return found != json.end() && found->is_boolean() && found->get<bool>();
}

std::string text(const Json& json, const char* key, std::size_t most) {
  const auto found = json.find(key);
  return found != json.end() && found->is_string() ? clean(found->get<std::string>(), most)
                                                   : std::string();
}

std::optional<int> days(const Json& json) {
  constexpr std::int64_t kMost = 100'000;
  const auto found = json.find("certificate_days");
  if (found == json.end() || !found->is_number_integer()) return std::nullopt;
  const auto value = found->get<std::int64_t>();
  if (value < -kMost || value > kMost) return std::nullopt;
  return static_cast<int>(value);
}

}  // namespace

std::string to_json(const RelayQuestion& question) {
  return Json{{"version", kVersion},
              {"nonce", question.nonce},
              {"time", question.time},
              {"url", question.url},
              {"timeout_ms", question.timeout.count()},
              {"text", question.text}}
      .dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string signature_of(std::string_view secret, std::string_view body) {
  Digest digest{};
  unsigned size = digest.size();
  HMAC(EVP_sha256(), secret.data(), static_cast<int>(secret.size()),
       reinterpret_cast<const unsigned char*>(body.data()), body.size(), digest.data(), &size);
  return to_hex(digest);
}

Result<RelayAnswer> parse_relay_answer(std::string_view body, std::string_view signature,
                                       std::string_view secret, const std::string& nonce) {
  if (body.size() > kLargestAnswer) return fail(Errc::Corrupt, "it answers more than 16 KiB");
  if (!same(signature, signature_of(secret, body))) {
    return fail(Errc::Corrupt, "its answer is not signed with the secret that it shares with us");
  }
  bool deep = false;
  const auto watch = [&](int depth, Json::parse_event_t, Json&) {
    deep = deep || depth > 3;
    return !deep;
  };
  const Json json = Json::parse(body, watch, false);
  if (deep || !json.is_object() || number<int>(json, "version", kVersion + 1) != kVersion) {
    return fail(Errc::Corrupt, "its answer is not of version 1 of the protocol");
  }
  if (text(json, "nonce", nonce.size() + 1) != nonce) {
    return fail(Errc::Corrupt, "it answers another question");
  }
  constexpr int kMostStatus = 999;
  constexpr unsigned kMostMs = 1'000'000;
  RelayAnswer answer;
  answer.reached = flag(json, "reached");
  answer.phase = text(json, "phase", kLongestPhase);
  answer.detail = text(json, "detail", kLongestDetail);
  answer.status = number<int>(json, "status", kMostStatus);
  answer.text_found = flag(json, "text_found");
  answer.bytes = number<std::size_t>(json, "bytes", kLargestHttpBody);
  answer.took_ms = number<unsigned>(json, "ms", kMostMs);
  answer.certificate_days = days(json);
  return answer;
}

Verdict judge_relay(const HttpProbe& probe, const RelayAnswer& answer) {
  if (!answer.reached) {
    const std::string phase = answer.phase.empty() ? "connect" : answer.phase;
    return failed(phase, fmt::format("as the relay sees it: {}",
                                     answer.detail.empty() ? "not reached" : answer.detail));
  }
  if (!status_is_expected(probe.expect, answer.status)) {
    return failed("status", fmt::format("as the relay sees it: status {}", answer.status));
  }
  if (!probe.expect.text.empty() && !answer.text_found) {
    return failed("text", fmt::format("as the relay sees it: status {}, but '{}' does not stand "
                                      "in its {} bytes",
                                      answer.status, clean(probe.expect.text, 60), answer.bytes));
  }
  return succeeded(fmt::format("as the relay sees it: status {}, {} bytes, {} ms", answer.status,
                               answer.bytes, answer.took_ms));
}

}  // namespace dienstbereit::probe
