// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "office.h"

#include <set>
#include <stdexcept>

#include <fmt/format.h>
#include <sodium.h>

#include "base/base64.h"
#include "model/intake/case.h"

namespace dienstbereit::lived {
namespace {

using e2e::Json;

constexpr const char* kRoles = "operate,personal_data,administer";
constexpr const char* kName = "Erika Musterfrau";

unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* raw(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Json read(const e2e::HttpReply& reply, const std::string& path) {
  if (reply.status != 200) throw std::runtime_error(path + ": " + reply.body);
  return Json::parse(reply.body);
}

}  // namespace

Office::Office(const e2e::Server& server)
    : server_(server),
      box_public_(crypto_box_PUBLICKEYBYTES, '\0'),
      box_secret_(crypto_box_SECRETKEYBYTES, '\0') {
  if (sodium_init() < 0) throw std::runtime_error("no libsodium");
  crypto_box_keypair(raw(box_public_), raw(box_secret_));
  first_ = token_of("kfz1");
  second_ = token_of("kfz2");
  call(first_, "POST", "keys", {{"office", "A36"}, {"public_key", to_base64(box_public_)}});
  call(second_, "POST", "keys/" + key_id_of(box_public_) + "/confirm");
}

Json Office::ask(const std::string& method, const std::string& path, const Json& body) const {
  return read(server_.ask(method, path, body.dump()), path);
}

Json Office::call(const std::string& token, const std::string& method, const std::string& path,
                  const Json& body) const {
  return read(
      e2e::ask_tcp("127.0.0.1", server_.port(), method, "/api/v1/intake/" + path,
                   "Authorization: Bearer " + token + "\r\n", body.is_null() ? "" : body.dump()),
      path);
}

std::string Office::token_of(const std::string& login) const {
  ask("POST", "/api/v1/accounts", {{"login", login}, {"name", login}, {"roles", kRoles}});
  return ask("POST", "/api/v1/tokens",
             {{"login", login}, {"name", "Notannahme"}, {"roles", kRoles}, {"days", 14}})["secret"];
}

std::string Office::code_for(int counter) const {
  return call(first_, "POST", "devices", {{"site", "S3"}, {"counter", counter}})["code"];
}

std::vector<Json> Office::cases(int counter, int count) {
  std::vector<Json> all;
  for (int i = 0; i < count; ++i) {
    all.push_back({{"act", "new"},
                   {"name", fmt::format("{} {}-{}", kName, counter, i)},
                   {"birth_date", "23.11.1981"},
                   {"birth_place", "Musterstadt"},
                   {"address", "Am Ufer 1"},
                   {"phone", "+49 2999 12345"},
                   {"vin", "WVWZZZ1JZXW000001"},
                   {"evb", "A1B2C3D"},
                   {"iban", "DE89370400440532013000"}});
  }
  return all;
}

std::size_t Office::arrived() const {
  std::set<std::string> receipts;
  const Json records = call(second_, "GET", "records?state=recorded")["records"];
  for (const Json& record : records) receipts.insert(record["receipt"]);
  if (receipts.size() != records.size()) throw std::runtime_error("a case has arrived twice");
  return receipts.size();
}

bool Office::opens(const std::string& sealed) const {
  if (sealed.size() < crypto_box_SEALBYTES) return false;
  std::string plain(sealed.size() - crypto_box_SEALBYTES, '\0');
  return crypto_box_seal_open(raw(plain), raw(sealed), sealed.size(), raw(box_public_),
                              raw(box_secret_)) == 0 &&
         plain.find(kName) != std::string::npos;
}

std::size_t Office::enter_all() const {
  std::size_t entered = 0;
  const Json listed = call(first_, "GET", "records?state=recorded");
  for (const Json& record : listed["records"]) {
    if (!opens(from_base64(record["sealed"].get<std::string>()).value())) continue;
    const std::string move = "records/" + record["id"].get<std::string>() + "/move";
    call(first_, "POST", move, {{"from", "recorded"}, {"to", "checked"}});
    call(first_, "POST", move,
         {{"to", "entered"}, {"file_number", fmt::format("36-2026-{}", entered)}});
    call(second_, "POST", move, {{"to", "confirmed"}});
    ++entered;
  }
  return entered;
}

}  // namespace dienstbereit::lived
