// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/ldap/dialogue.h"

#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kChunk = 4096;  // bytes read at once
constexpr std::size_t kShown = 160;   // bytes of a server's words in a sentence

Verdict refused(Run& run, const std::string& said, const LdapResponse& response) {
  const std::string words = clean(response.diagnostic, kShown);
  return failed(run.phase(),
                fmt::format("the server refuses {}: {}{}{}", said,
                            ldap_result_name(response.result), words.empty() ? "" : ", ", words));
}

}  // namespace

Async<LdapAnswer> LdapDialogue::ask(std::string question, std::string said) {
  LdapAnswer answer;
  ErrorCode ec;
  co_await wire_.write(std::move(question), ec);
  std::array<char, kChunk> chunk;
  while (!ec) {
    auto response = reader_.next();
    if (!response) {
      answer.failure = failed(run_.phase(), response.error().message);
      co_return answer;
    }
    if (*response) {
      if ((*response)->id == 0) {
        answer.failure = refused(run_, said, **response);
        co_return answer;
      }
      if ((*response)->id != id_) continue;
      if ((*response)->op == LdapOp::Entry) ++answer.entries;
      const LdapOp op = (*response)->op;
      if (op != LdapOp::Bind && op != LdapOp::SearchDone && op != LdapOp::Extended) continue;
      answer.last = std::move(**response);
      co_return answer;
    }
    const std::size_t size = co_await wire_.read(asio::buffer(chunk), ec);
    reader_.feed({chunk.data(), size});
  }
  answer.failure = run_.failure(fmt::format("waiting for the answer to {}", said), ec);
  co_return answer;
}

Async<std::optional<Verdict>> LdapDialogue::secure_all(TlsOptions options, std::string host) {
  co_return co_await wire_.secure_all(std::move(options), std::move(host));
}

Async<std::optional<Verdict>> LdapDialogue::start_tls(TlsOptions options, std::string host) {
  run_.enter("starttls");
  std::string question = ldap_start_tls(++id_);
  auto answer = co_await ask(std::move(question), "StartTLS");
  if (answer.failure) co_return std::move(answer.failure);
  if (answer.last.result != kLdapSuccess) co_return refused(run_, "StartTLS", answer.last);
  if (!reader_.empty()) {
    co_return failed("starttls", "the server sent more than its answer before encryption began");
  }
  co_return co_await secure_all(std::move(options), std::move(host));
}

Async<std::optional<Verdict>> LdapDialogue::bind(std::string name, std::string password) {
  run_.enter("bind");
  std::string question = ldap_bind(++id_, name, password);
  auto answer = co_await ask(std::move(question), "the bind");
  if (answer.failure) co_return std::move(answer.failure);
  if (answer.last.result != kLdapSuccess) co_return refused(run_, "the bind", answer.last);
  co_return std::nullopt;
}

Async<LdapAnswer> LdapDialogue::search(std::string base, LdapScope scope, std::string filter,
                                       unsigned most) {
  run_.enter("search");
  std::string question = ldap_search(++id_, base, scope, filter, most);
  auto answer = co_await ask(std::move(question), "the search");
  if (answer.failure) co_return answer;
  const auto result = answer.last.result;
  if (result != kLdapSuccess && result != kLdapSizeLimit) {
    answer.failure = refused(run_, "the search", answer.last);
  }
  co_return answer;
}

Async<void> LdapDialogue::unbind() {
  std::string question = ldap_unbind(++id_);
  ErrorCode ignored;
  co_await wire_.write(std::move(question), ignored);
}

}  // namespace dienstbereit::probe
