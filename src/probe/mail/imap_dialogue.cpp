// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/mail/imap_dialogue.h"

#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kChunk = 4096;  // bytes read at once
constexpr std::size_t kShown = 160;   // bytes of a reply in a sentence

}  // namespace

Async<std::optional<Verdict>> ImapDialogue::start_tls(TlsOptions options, std::string host) {
  if (!reader_.empty()) {
    co_return failed("tls", "the server sent more than its reply before encryption began");
  }
  co_return co_await wire_.secure_all(std::move(options), std::move(host));
}

Async<ImapAnswer> ImapDialogue::hear(std::string tag) {
  ImapAnswer answer;
  std::array<char, kChunk> chunk;
  for (;;) {
    auto whole = reader_.next();
    if (!whole) {
      answer.failure = failed(run_.phase(), whole.error().message);
      co_return answer;
    }
    if (*whole) {
      const ImapReply& reply = **whole;
      for (const auto uid : imap_uids(reply.text)) answer.found.push_back(uid);
      if (answer.found.size() > kMostImapUids) answer.found.resize(kMostImapUids);
      auto offered = imap_capabilities(reply.text);
      if (!offered.empty()) answer.capabilities = std::move(offered);
      if (reply.tag != tag) continue;
      if (tag == "*") logged_in_ = reply.text.starts_with("PREAUTH");
      answer.last = reply;
      co_return answer;
    }
    ErrorCode ec;
    const std::size_t size = co_await wire_.read(asio::buffer(chunk), ec);
    if (ec) {
      answer.failure = run_.failure(fmt::format("waiting for the reply to {}", said_), ec);
      co_return answer;
    }
    reader_.feed({chunk.data(), size});
  }
}

Async<ImapAnswer> ImapDialogue::must(std::string command, std::string shown) {
  said_ = std::move(shown);
  std::string tag = fmt::format("a{}", ++commands_);
  std::string line = fmt::format("{} {}\r\n", tag, command);
  ErrorCode ec;
  co_await wire_.write(std::move(line), ec);
  ImapAnswer answer;
  if (ec) {
    answer.failure = run_.failure(fmt::format("sending {}", said_), ec);
    co_return answer;
  }
  answer = co_await hear(std::move(tag));
  if (!answer.failure && !answer.last.ok()) {
    answer.failure = failed(run_.phase(), fmt::format("after {} the server said '{}'", said_,
                                                      clean(answer.last.text, kShown)));
  }
  co_return answer;
}

Async<std::optional<Verdict>> open_imap(ImapDialogue& dialogue, Run& run, MailTls security,
                                        TlsOptions options, std::string host,
                                        std::string& greeting) {
  std::optional<Verdict> problem;
  if (security == MailTls::Tls) {
    problem = co_await dialogue.start_tls(options, host);
    if (problem) co_return problem;
  }
  run.enter("imap");
  auto first = co_await dialogue.hear("*");
  if (first.failure) co_return std::move(first.failure);
  greeting = first.last.text;
  if (!first.last.ok()) {
    co_return failed("imap", fmt::format("the server greets with '{}'", clean(greeting, kShown)));
  }
  if (security == MailTls::StartTls && dialogue.logged_in()) {
    co_return broken("the server needs no login and then offers no STARTTLS");
  }
  if (security == MailTls::StartTls) {
    auto granted = co_await dialogue.must("STARTTLS", "STARTTLS");
    if (granted.failure) co_return std::move(granted.failure);
    problem = co_await dialogue.start_tls(std::move(options), std::move(host));
  }
  co_return problem;
}

Async<std::optional<Verdict>> log_in(ImapDialogue& dialogue, Run& run, std::string user,
                                     std::string password) {
  if (dialogue.logged_in()) co_return std::nullopt;
  run.enter("imap login");
  const auto quoted_user = imap_quoted(user);
  const auto quoted_password = imap_quoted(password);
  if (!quoted_user || !quoted_password) {
    co_return broken("the user and the password must be of plain characters");
  }
  auto in =
      co_await dialogue.must(fmt::format("LOGIN {} {}", *quoted_user, *quoted_password), "LOGIN");
  co_return std::move(in.failure);
}

}  // namespace dienstbereit::probe
