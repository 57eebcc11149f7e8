// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "notify/curl_loop.h"

#include <curl/curl.h>
#include <unistd.h>

#include <map>

#include <fmt/format.h>
#include <boost/asio/posix/stream_descriptor.hpp>

#include "base/assert.h"
#include "base/text.h"

namespace dienstbereit::notify {
namespace {

constexpr std::size_t kLongestReply = 200;   // bytes of the other side's words that are told
constexpr long kHttpFirstGood = 200, kHttpAfterGood = 300;
constexpr std::chrono::milliseconds kConnectWithin{10'000};

// Once in the process, before any handle is made.
void start_curl() {
  static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
  dienstbereit_assert(started == CURLE_OK);
}

// The last line of a mail server that refuses something (4xx, 5xx); else its last line. After a
// refusal it still says goodbye.
std::string_view telling_line(std::string_view text) {
  std::string_view last, refusal;
  for (const std::string_view line : split(text, '\n')) {
    if (trim(line).empty()) continue;
    last = trim(line);
    if (last.front() == '4' || last.front() == '5') refusal = last;
  }
  return refusal.empty() ? last : refusal;
}

std::string_view first_line(std::string_view text) { return text.substr(0, text.find('\n')); }

// One transfer: the handle and what it borrows.
class Transfer {
 public:
  Transfer(asio::io_context& context, Request request)
      : done(context, asio::steady_timer::time_point::max()),
        request_(std::move(request)),
        handle_(curl_easy_init()) {
    dienstbereit_assert(handle_ != nullptr);
    set_common();
    request_.mail ? set_mail() : set_http();
  }
  ~Transfer() {
    curl_easy_cleanup(handle_);
    for (curl_slist* list : {headers_, addresses_, recipients_}) curl_slist_free_all(list);
  }
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;

  CURL* handle() const { return handle_; }
  void finish(CURLcode code) {
    code_ = code;
    finished = true;
    done.cancel();
  }
  Posted result() const;

  asio::steady_timer done;  // cancelled when finished
  bool finished = false;

 private:
  template <class T>
  void set(CURLoption option, T value) {
    dienstbereit_assert(curl_easy_setopt(handle_, option, value) == CURLE_OK);
  }
  void set_common();
  void set_mail();
  void set_http();

  static std::size_t keep(char* bytes, std::size_t, std::size_t size, void* text) {
    auto& kept = *static_cast<std::string*>(text);
    if (kept.size() + size > CurlLoop::kMostRead) kept.erase(0, kept.size() / 2);
    kept.append(bytes, std::min(size, CurlLoop::kMostRead));
    return size;
  }
  static std::size_t give(char* into, std::size_t, std::size_t room, void* self) {
    auto& transfer = *static_cast<Transfer*>(self);
    const std::size_t size = std::min(room, transfer.request_.body.size() - transfer.given_);
    transfer.request_.body.copy(into, size, transfer.given_);
    transfer.given_ += size;
    return size;
  }

  Request request_;
  CURL* handle_;
  curl_slist* headers_ = nullptr;
  curl_slist* addresses_ = nullptr;
  curl_slist* recipients_ = nullptr;
  std::size_t given_ = 0;
  std::string replies_;  // header lines, or lines of the mail server
  std::string body_;     // of the answer
  char error_[CURL_ERROR_SIZE] = {};
  CURLcode code_ = CURLE_OK;
};

// What every transfer needs, by the pitfalls of libcurl as Debian ships it: a folder of
// certificates is read anew each time, the resolver starts threads, the environment names proxies.
void Transfer::set_common() {
  set(CURLOPT_URL, request_.url.c_str());
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PROTOCOLS_STR, request_.mail ? "smtp,smtps" : "http,https");
  set(CURLOPT_TIMEOUT_MS, static_cast<long>(request_.timeout.count()));
  set(CURLOPT_CONNECTTIMEOUT_MS,
      static_cast<long>(std::min(request_.timeout, kConnectWithin).count()));
  set(CURLOPT_SSLVERSION, static_cast<long>(CURL_SSLVERSION_TLSv1_2));
  set(CURLOPT_CAPATH, static_cast<const char*>(nullptr));
  if (!request_.ca_file.empty()) set(CURLOPT_CAINFO, request_.ca_file.c_str());
  set(CURLOPT_SSL_VERIFYPEER, request_.verify ? 1L : 0L);
  set(CURLOPT_SSL_VERIFYHOST, request_.verify ? 2L : 0L);
  set(CURLOPT_ERRORBUFFER, error_);
  set(CURLOPT_HEADERFUNCTION, &Transfer::keep);
  set(CURLOPT_HEADERDATA, &replies_);
  set(CURLOPT_WRITEFUNCTION, &Transfer::keep);
  set(CURLOPT_WRITEDATA, &body_);
  set(CURLOPT_FRESH_CONNECT, 1L);  // few and far between: nothing is kept open
  set(CURLOPT_FORBID_REUSE, 1L);
  if (!request_.bind.empty()) set(CURLOPT_INTERFACE, ("host!" + request_.bind).c_str());
  if (!request_.resolved.empty()) {
    addresses_ = curl_slist_append(addresses_, request_.resolved.c_str());
    set(CURLOPT_RESOLVE, addresses_);
  }
  if (!request_.user.empty()) {
    set(CURLOPT_USERNAME, request_.user.c_str());
    set(CURLOPT_PASSWORD, request_.password.c_str());
  }
}

void Transfer::set_mail() {
  set(CURLOPT_USE_SSL, static_cast<long>(request_.starttls ? CURLUSESSL_ALL : CURLUSESSL_NONE));
  set(CURLOPT_MAIL_FROM, request_.from.c_str());
  recipients_ = curl_slist_append(recipients_, request_.to.c_str());
  set(CURLOPT_MAIL_RCPT, recipients_);
  set(CURLOPT_UPLOAD, 1L);
  set(CURLOPT_READFUNCTION, &Transfer::give);
  set(CURLOPT_READDATA, this);
  set(CURLOPT_INFILESIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
}

void Transfer::set_http() {
  for (const std::string& header : request_.headers) {
    headers_ = curl_slist_append(headers_, header.c_str());
  }
  headers_ = curl_slist_append(headers_, "Expect:");
  set(CURLOPT_HTTPHEADER, headers_);
  set(CURLOPT_USERAGENT, "dienstbereit");
  set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BASIC));
  if (request_.method == "GET") {
    set(CURLOPT_HTTPGET, 1L);
    return;
  }
  set(CURLOPT_POST, 1L);
  set(CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(request_.body.size()));
  set(CURLOPT_POSTFIELDS, request_.body.c_str());
}

Posted Transfer::result() const {
  long status = 0;
  curl_easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &status);
  Posted posted;
  if (request_.mail) {
    posted.ok = code_ == CURLE_OK;
    posted.permanent = !posted.ok && status >= 500 && status < 600;
    const std::string reply = clean(telling_line(replies_), kLongestReply);
    const char* error = error_[0] ? error_ : curl_easy_strerror(code_);
    posted.detail = posted.ok          ? fmt::format("the server said '{}'", reply)
                    : replies_.empty() ? fmt::format("{}", clean(error, kLongestReply))
                                       : fmt::format("{}; the server said '{}'",
                                                     clean(error, kLongestReply), reply);
    return posted;
  }
  if (code_ != CURLE_OK) {
    posted.detail = clean(error_[0] ? error_ : curl_easy_strerror(code_), kLongestReply);
    return posted;
  }
  posted.ok = status >= kHttpFirstGood && status < kHttpAfterGood;
  const bool later = status == 408 || status == 425 || status == 429;
  posted.permanent = !posted.ok && status >= 300 && status < 500 && !later;
  posted.detail =
      fmt::format("the server answered with status {}{}", status,
                  body_.empty() || posted.ok ? "" : ": " + clean(first_line(body_), kLongestReply));
  return posted;
}

}  // namespace

// ---- the sockets of libcurl on the loop --------------------------------------------------------

struct CurlLoop::State : std::enable_shared_from_this<CurlLoop::State> {
  // A duplicate of libcurl's descriptor: the original may be closed without a word.
  struct Watch {
    Watch(asio::io_context& context, int descriptor) : socket(context, descriptor) {}
    asio::posix::stream_descriptor socket;
    curl_socket_t original = CURL_SOCKET_BAD;
    int wanted = 0;
    bool reading = false;
    bool writing = false;
  };

  explicit State(asio::io_context& io) : context(io), timer(io) {
    start_curl();
    multi = curl_multi_init();
    dienstbereit_assert(multi != nullptr);
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, &State::on_socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, this);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, &State::on_timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, this);
  }

  static int on_socket(CURL*, curl_socket_t socket, int what, void* self, void*) {
    auto& state = *static_cast<State*>(self);
    if (what == CURL_POLL_REMOVE) {
      state.watches.erase(socket);
      return 0;
    }
    std::shared_ptr<Watch>& watch = state.watches[socket];
    if (!watch) {
      const int copy = ::dup(socket);
      if (copy < 0) return -1;  // out of descriptors: the transfer ends by its time
      watch = std::make_shared<Watch>(state.context, copy);
      watch->original = socket;
    }
    watch->wanted = what;
    state.arm(watch);
    return 0;
  }

  static int on_timer(CURLM*, long ms, void* self) {
    auto& state = *static_cast<State*>(self);
    if (ms < 0) {
      state.timer.cancel();
      return 0;
    }
    state.timer.expires_after(std::chrono::milliseconds(ms));
    state.timer.async_wait([state = state.shared_from_this()](runtime::ErrorCode failed) {
      if (!failed) state->act(CURL_SOCKET_TIMEOUT, 0);
    });
    return 0;
  }

  void arm(const std::shared_ptr<Watch>& watch) {
    using Socket = asio::posix::stream_descriptor;
    if ((watch->wanted & CURL_POLL_IN) != 0 && !std::exchange(watch->reading, true)) {
      watch->socket.async_wait(Socket::wait_read,
                               [state = shared_from_this(), watch](runtime::ErrorCode failed) {
                                 watch->reading = false;
                                 if (!failed) state->ready(watch, CURL_CSELECT_IN);
                               });
    }
    if ((watch->wanted & CURL_POLL_OUT) != 0 && !std::exchange(watch->writing, true)) {
      watch->socket.async_wait(Socket::wait_write,
                               [state = shared_from_this(), watch](runtime::ErrorCode failed) {
                                 watch->writing = false;
                                 if (!failed) state->ready(watch, CURL_CSELECT_OUT);
                               });
    }
  }

  bool watches_still(const std::shared_ptr<Watch>& watch) const {
    const auto found = watches.find(watch->original);
    return found != watches.end() && found->second == watch;
  }

  void ready(const std::shared_ptr<Watch>& watch, int event) {
    if (!watches_still(watch)) return;
    act(watch->original, event);
    if (watches_still(watch)) arm(watch);
  }

  void act(curl_socket_t socket, int event) {
    if (multi == nullptr) return;
    int running = 0;
    curl_multi_socket_action(multi, socket, event, &running);
    int left = 0;
    while (const CURLMsg* message = curl_multi_info_read(multi, &left)) {
      if (message->msg != CURLMSG_DONE) continue;
      void* transfer = nullptr;
      curl_easy_getinfo(message->easy_handle, CURLINFO_PRIVATE, &transfer);
      static_cast<Transfer*>(transfer)->finish(message->data.result);
    }
  }

  void close() {
    timer.cancel();
    watches.clear();
    curl_multi_cleanup(std::exchange(multi, nullptr));
  }

  asio::io_context& context;
  asio::steady_timer timer;
  CURLM* multi = nullptr;
  std::map<curl_socket_t, std::shared_ptr<Watch>> watches;  // shared with their handlers
};

CurlLoop::CurlLoop(asio::io_context& context) : state_(std::make_shared<State>(context)) {}
CurlLoop::~CurlLoop() { state_->close(); }

runtime::Async<Posted> CurlLoop::perform(Request request) {
  Transfer transfer(state_->context, std::move(request));
  curl_easy_setopt(transfer.handle(), CURLOPT_PRIVATE, &transfer);
  curl_multi_add_handle(state_->multi, transfer.handle());
  runtime::ErrorCode ended;
  co_await transfer.done.async_wait(runtime::into(ended));
  curl_multi_remove_handle(state_->multi, transfer.handle());
  if (!transfer.finished) co_return Posted{false, false, "the program is stopping"};
  co_return transfer.result();
}

}  // namespace dienstbereit::notify
