// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "publish/curl.h"

#include <curl/curl.h>
#include <fmt/format.h>

#include "base/assert.h"
#include "base/text.h"

namespace dienstbereit::publish {
namespace {

constexpr long kConnectMs = 10'000;
constexpr std::size_t kShownUrl = 120;  // bytes in a sentence

// Once for the process, before the first handle.
void make_ready() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  dienstbereit_assert(ready);
}

class List {
 public:
  ~List() { curl_slist_free_all(list_); }
  List() = default;
  List(const List&) = delete;
  List& operator=(const List&) = delete;
  void add(const std::string& text) { list_ = curl_slist_append(list_, text.c_str()); }
  curl_slist* get() const { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

std::size_t keep(char* bytes, std::size_t, std::size_t count, void* target) {
  auto& body = *static_cast<std::string*>(target);
  if (body.size() + count > kLargestAnswer) return 0;
  body.append(bytes, count);
  return count;
}

// Asked several times a second while a request runs.
int look(void* limit, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<const Limit*>(limit)->cancel().cancelled() ? 1 : 0;
}

// "host" and "443" of an address, as curl itself reads it.
Result<std::pair<std::string, std::string>> host_and_port(const std::string& url) {
  CURLU* parts = curl_url();
  char* host = nullptr;
  char* port = nullptr;
  const bool whole = curl_url_set(parts, CURLUPART_URL, url.c_str(), 0) == CURLUE_OK &&
                     curl_url_get(parts, CURLUPART_HOST, &host, 0) == CURLUE_OK &&
                     curl_url_get(parts, CURLUPART_PORT, &port, CURLU_DEFAULT_PORT) == CURLUE_OK;
  std::pair<std::string, std::string> both;
  if (whole) both = {host, port};
  curl_free(host);
  curl_free(port);
  curl_url_cleanup(parts);
  if (whole) return both;
  return fail(Errc::InvalidInput, fmt::format("'{}' is no web address", clean(url, kShownUrl)));
}

Errc code_of(CURLcode code) {
  switch (code) {
    case CURLE_OPERATION_TIMEDOUT:
      return Errc::TimedOut;
    case CURLE_PEER_FAILED_VERIFICATION:
      return Errc::Denied;
    case CURLE_WRITE_ERROR:
      return Errc::LimitExceeded;
    default:
      return Errc::Unreachable;
  }
}

}  // namespace

class Connection::Handle {
 public:
  explicit Handle(Way way) : way_(std::move(way)) {
    make_ready();
    curl_ = curl_easy_init();
    dienstbereit_assert(curl_ != nullptr);
  }
  ~Handle() { curl_easy_cleanup(curl_); }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  Result<Answer> ask(const Ask& request, const Limit& limit) {
    curl_easy_reset(curl_);  // keeps the connections
    List resolved;
    if (auto placed = place(request.url, resolved); !placed) {
      return tl::unexpected(placed.error());
    }
    set_ways();
    List fields;
    fields.add("Expect:");
    if (std::string_view(request.method) != "PUT") fields.add("Content-Type:");
    for (const std::string& field : request.fields) fields.add(field);
    set(CURLOPT_HTTPHEADER, fields.get());
    set(CURLOPT_CUSTOMREQUEST, request.method);
    if (std::string_view(request.method) != "GET") {
      set(CURLOPT_POSTFIELDS, request.body.data() == nullptr ? "" : request.body.data());
      set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request.body.size()));
    }
    set(CURLOPT_TIMEOUT_MS, std::max<long>(1, static_cast<long>(limit.left().count())));
    set(CURLOPT_NOPROGRESS, 0L);
    set(CURLOPT_XFERINFOFUNCTION, look);
    set(CURLOPT_XFERINFODATA, &limit);
    Answer answer;
    set(CURLOPT_WRITEFUNCTION, keep);
    set(CURLOPT_WRITEDATA, &answer.body);
    char why[CURL_ERROR_SIZE] = "";
    set(CURLOPT_ERRORBUFFER, why);
    const CURLcode code = curl_easy_perform(curl_);
    set(CURLOPT_ERRORBUFFER, nullptr);
    if (code != CURLE_OK) {
      return fail(code_of(code),
                  fmt::format("{} {}: {}", request.method, clean(request.url, kShownUrl),
                              *why != '\0' ? why : curl_easy_strerror(code)));
    }
    long status = 0;
    curl_easy_getinfo(curl_, CURLINFO_RESPONSE_CODE, &status);
    answer.status = static_cast<int>(status);
    return answer;
  }

 private:
  template <class Value>
  void set(CURLoption option, Value value) {
    curl_easy_setopt(curl_, option, value);
  }

  // Where the host of `url` is.
  Result<void> place(const std::string& url, List& resolved) {
    set(CURLOPT_URL, url.c_str());
    set(CURLOPT_PROTOCOLS_STR, "http,https");
    if (way_.connect_to.empty()) return {};
    const auto target = host_and_port(url);
    if (!target) return tl::unexpected(target.error());
    const bool v6 = way_.connect_to.find(':') != std::string::npos;
    resolved.add(fmt::format("{}:{}:{}", target->first, target->second,
                             v6 ? "[" + way_.connect_to + "]" : way_.connect_to));
    set(CURLOPT_RESOLVE, resolved.get());
    return {};
  }

  void set_ways() {
    set(CURLOPT_NOSIGNAL, 1L);
    set(CURLOPT_PROXY, "");
    set(CURLOPT_CAPATH, static_cast<char*>(nullptr));  // reading it costs more than a handshake
    set(CURLOPT_CONNECTTIMEOUT_MS, kConnectMs);
    set(CURLOPT_USERAGENT, "dienstbereit");
    if (!way_.ca_file.empty()) set(CURLOPT_CAINFO, way_.ca_file.c_str());
    if (!way_.from.empty()) set(CURLOPT_INTERFACE, ("host!" + way_.from).c_str());
    if (way_.secret.empty()) return;
    if (way_.user.empty()) {
      set(CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
      set(CURLOPT_XOAUTH2_BEARER, way_.secret.c_str());
    } else {
      set(CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
      set(CURLOPT_USERNAME, way_.user.c_str());
      set(CURLOPT_PASSWORD, way_.secret.c_str());
    }
  }

  Way way_;
  CURL* curl_ = nullptr;
};

Connection::Connection(Way way) : handle_(std::make_unique<Handle>(std::move(way))) {}
Connection::~Connection() = default;

Result<Answer> Connection::ask(const Ask& request, const Limit& limit) {
  return handle_->ask(request, limit);
}

}  // namespace dienstbereit::publish
