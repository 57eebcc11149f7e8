// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/snmp/session.h"

#include <limits>

#include <fmt/format.h>

namespace dienstbereit::probe {
namespace {

constexpr int kMostTries = 3;  // of one question: who it is, what time it is, the answer

const char* meaning(UsmReport report) {
  switch (report) {
    case UsmReport::Level:
      return "it does not offer this user that security; see 'auth' and 'privacy_credential'";
    case UsmReport::User:
      return "it does not know this user";
    case UsmReport::Digest:
      return "the passphrase, or 'auth', is not this user's";
    case UsmReport::Decryption:
      return "the passphrase of the encryption is not this user's";
    case UsmReport::TimeWindow:
      return "it doubts the time of the question again and again";
    case UsmReport::Engine:
      return "it does not know its own name any more";
    case UsmReport::None:
      break;
  }
  return "it reports an error that is not known";
}

// The device is there and keeps the probe out: how it is, nobody has said. Reports of most sorts
// are not even signed.
Verdict refused(const char* why) { return broken(fmt::format("the agent refuses: {}", why)); }

}  // namespace

// Never twice within a session, and not to be guessed at its beginning.
std::int32_t SnmpSession::next_number() {
  if (number_ == 0) {
    constexpr std::uint64_t kHalf = std::numeric_limits<std::int32_t>::max() / 2;
    number_ = static_cast<std::int32_t>(make_cookie() % kHalf) + 1;
    salt_ = make_cookie();
  }
  ++salt_;
  return ++number_;
}

Async<SnmpSession::Heard> SnmpSession::ask_v2c(SnmpPdu pdu) {
  Heard heard;
  ErrorCode ec;
  const std::int32_t request = pdu.request;
  IsAnswer is_answer = [&heard, request](std::string_view bytes) {
    auto answer = parse_snmp_v2c(bytes);
    if (!answer || answer->type != SnmpType::Response || answer->request != request) return false;
    heard.answer = SnmpV3Answer{0, true, {}, std::move(*answer)};
    return true;
  };
  std::string question = snmp_v2c(community_, pdu);
  co_await socket_.ask(std::move(question), std::move(is_answer), ec);
  if (ec) {
    heard.failure = run_.failure("asking by SNMP (an agent is silent too if it does not know the "
                                 "community)",
                                 ec);
  }
  co_return heard;
}

// Many agents drop what they cannot decrypt without a report. A dead one has not even said who it
// is.
Verdict SnmpSession::unanswered(ErrorCode why) const {
  const bool late = why == asio::error::operation_aborted;
  if (!late || understood_ || user_.privacy_key.empty()) {
    return run_.failure("asking by SNMP", why);
  }
  return broken("the agent says who it is, and is silent when asked: the passphrase of the "
                "encryption may not be this user's");
}

Async<SnmpSession::Heard> SnmpSession::ask_once(SnmpPdu pdu) {
  Heard heard;
  ErrorCode ec;
  const std::int32_t request = pdu.request;
  IsAnswer is_answer = [this, &heard, request](std::string_view bytes) {
    auto answer = parse_snmp_v3(bytes, user_);
    if (!answer || answer->message != request) return false;
    const bool report = answer->pdu.type == SnmpType::Report;
    if (!report && (!answer->authenticated || answer->pdu.request != request)) return false;
    understood_ = understood_ || !report;
    heard.answer = std::move(*answer);
    return true;
  };
  std::string question = snmp_v3(engine_, user_, request, salt_, pdu);
  co_await socket_.ask(std::move(question), std::move(is_answer), ec);
  if (ec) heard.failure = unanswered(ec);
  co_return heard;
}

// An agent that has restarted, or has not been asked before, first says what its clock is.
Async<SnmpSession::Heard> SnmpSession::ask_v3(SnmpPdu pdu) {
  for (int tries = 0;; ++tries) {
    auto heard = co_await ask_once(pdu);
    if (heard.failure) co_return heard;
    const UsmReport report = usm_report(heard.answer->pdu);
    if (heard.answer->pdu.type != SnmpType::Report) co_return heard;
    const bool again = report == UsmReport::TimeWindow && heard.answer->authenticated;
    if (again && tries + 1 < kMostTries) {
      engine_.boots = heard.answer->engine.boots;
      engine_.time = heard.answer->engine.time;
      pdu.request = next_number();
      continue;
    }
    heard.failure = refused(meaning(report));
    co_return heard;
  }
}

Async<SnmpReply> SnmpSession::ask(SnmpPdu pdu) {
  Heard heard;
  if (v3_) {
    heard = co_await ask_v3(std::move(pdu));
  } else {
    heard = co_await ask_v2c(std::move(pdu));
  }
  SnmpReply reply;
  reply.failure = std::move(heard.failure);
  if (reply.failure) co_return reply;
  SnmpPdu& answer = heard.answer->pdu;
  if (answer.error == kSnmpAuthorizationError) {
    reply.failure = refused("it does not show what is asked for (authorizationError)");
  } else if (answer.error != 0) {
    reply.failure = failed(run_.phase(), fmt::format("the agent answers with the error '{}'",
                                                     snmp_error_name(answer.error)));
  }
  reply.bindings = std::move(answer.bindings);
  co_return reply;
}

Async<SnmpReply> SnmpSession::get(std::vector<Oid> oids) {
  SnmpPdu pdu = snmp_get(next_number(), oids);
  co_return co_await ask(std::move(pdu));
}

Async<SnmpReply> SnmpSession::get_after(Oid oid, int repetitions) {
  SnmpPdu pdu = snmp_get_bulk(next_number(), oid, repetitions);
  co_return co_await ask(std::move(pdu));
}

Async<std::optional<Verdict>> SnmpSession::use_user(std::string user, SnmpAuth auth,
                                                    std::string passphrase, std::string privacy) {
  run_.enter("engine");
  v3_ = true;
  SnmpPdu empty = snmp_get(next_number(), {});
  auto heard = co_await ask_once(std::move(empty));
  if (heard.failure) co_return std::move(heard.failure);
  engine_ = heard.answer->engine;
  if (engine_.id.empty()) co_return failed("engine", "the agent does not say who it is");
  user_ = {std::move(user), auth, usm_key(auth, passphrase, engine_.id),
           usm_key(auth, privacy, engine_.id)};
  co_return std::nullopt;
}

}  // namespace dienstbereit::probe
