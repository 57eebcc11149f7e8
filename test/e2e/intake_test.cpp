// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <map>

#include <fmt/format.h>
#include <sodium.h>

#include "base/base64.h"
#include "model/intake/case.h"
#include "model/intake/receipt.h"
#include "program.h"

namespace dienstbereit::e2e {
namespace {

constexpr const char* kDistrict = "examples/musterkreis/district";
// What a citizen says at the counter. None of it may be found anywhere on the server.
constexpr const char* kPlanted[] = {"Mustermann-Geheimdorf", "1971-05-31", "WVWZZZ1JZXW000471",
                                    "DE02120300000000202051"};

unsigned char* raw(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }
const unsigned char* raw(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// A counter's browser and an office's two people, in one.
struct Counter {
  std::string sign_public = std::string(crypto_sign_PUBLICKEYBYTES, '\0');
  std::string sign_secret = std::string(crypto_sign_SECRETKEYBYTES, '\0');
  std::string box_public = std::string(crypto_box_PUBLICKEYBYTES, '\0');
  std::string box_secret = std::string(crypto_box_SECRETKEYBYTES, '\0');
  Json enrolled;
  std::uint64_t sequence = 0;

  Counter() {
    EXPECT_GE(sodium_init(), 0);
    crypto_sign_keypair(raw(sign_public), raw(sign_secret));
    crypto_box_keypair(raw(box_public), raw(box_secret));
  }

  IntakeRecord next() {
    const Json content{{"fields",
                        {{"name", kPlanted[0]},
                         {"birth_date", kPlanted[1]},
                         {"vin", kPlanted[2]},
                         {"iban", kPlanted[3]}}}};
    const std::string plain = content.dump();
    IntakeRecord record;
    record.device = DeviceId(enrolled["device"].get<std::string>());
    record.sequence = ++sequence;
    record.id = IntakeId(fmt::format("{:032x}", sequence));
    record.form = "fahrzeug";
    record.form_version = 1;
    record.office = OfficeId("A36");
    record.service = ServiceId("V01");
    record.receipt = make_receipt(SiteId("S3"), 2, sequence);
    record.recorded_at = "2026-11-26T07:10:00Z";
    record.key_id = key_id_of(box_public);
    record.originals = {"ZB2"};
    record.sealed.resize(plain.size() + crypto_box_SEALBYTES);
    crypto_box_seal(raw(record.sealed), raw(plain), plain.size(), raw(box_public));
    record.signature.resize(crypto_sign_BYTES);
    const std::string text = signed_text(record);
    crypto_sign_detached(raw(record.signature), nullptr, raw(text), text.size(), raw(sign_secret));
    return record;
  }

  std::string open(const std::string& sealed) const {
    std::string plain(sealed.size() - crypto_box_SEALBYTES, '\0');
    const int opened = crypto_box_seal_open(raw(plain), raw(sealed), sealed.size(), raw(box_public),
                                            raw(box_secret));
    return opened == 0 ? plain : "";
  }
};

Json to_json(const IntakeRecord& r) {
  return {{"device", r.device.str()},
          {"sequence", r.sequence},
          {"id", r.id.str()},
          {"form", r.form},
          {"form_version", r.form_version},
          {"office", r.office.str()},
          {"service", r.service.str()},
          {"receipt", r.receipt},
          {"recorded_at", r.recorded_at},
          {"key_id", r.key_id},
          {"urgency", name_of(r.urgency)},
          {"originals", r.originals},
          {"hint", r.hint},
          {"sealed", to_base64(r.sealed)},
          {"signature", to_base64(r.signature)}};
}

class IntakeStory : public testing::Test {
 protected:
  static constexpr const char* kApi = "/api/v1/intake/";

  // Over the Unix socket.
  Json ask(const std::string& method, const std::string& path, const Json& body, int status = 200) {
    const HttpReply reply = server_.ask(method, path, body.is_null() ? std::string() : body.dump());
    EXPECT_EQ(reply.status, status) << path << reply.body;
    return Json::parse(reply.body, nullptr, false);
  }
  // Over TCP, with a token.
  Json call(const std::string& token, const std::string& method, const std::string& path,
            const Json& body, int status = 200) {
    const HttpReply reply = ask_tcp("127.0.0.1", server_.port(), method, kApi + path,
                                    token.empty() ? "" : "Authorization: Bearer " + token + "\r\n",
                                    body.is_null() ? std::string() : body.dump());
    EXPECT_EQ(reply.status, status) << path << reply.body;
    return Json::parse(reply.body, nullptr, false);
  }
  std::string token_of(const std::string& login) {
    ask("POST", "/api/v1/accounts",
        {{"login", login}, {"name", login}, {"roles", "operate,personal_data,administer"}});
    return ask("POST", "/api/v1/tokens",
               {{"login", login},
                {"name", "x"},
                {"roles", "operate,personal_data,administer"},
                {"days", 1}})["secret"];
  }
  void enrol(Counter& counter) {
    const Json made = call(anna_, "POST", "devices", {{"site", "S3"}, {"counter", 2}});
    counter.enrolled =
        call("", "POST", "enrol",
             {{"code", made["code"]}, {"public_key", to_base64(counter.sign_public)}});
    token_ = counter.enrolled["token"];
  }
  void give_key(const Counter& counter) {
    call(anna_, "POST", "keys", {{"office", "A36"}, {"public_key", to_base64(counter.box_public)}});
    const std::string confirm = "keys/" + key_id_of(counter.box_public) + "/confirm";
    call(anna_, "POST", confirm, nullptr, 403);
    call(bert_, "POST", confirm, nullptr);
  }
  std::string states_of(const Json& results) {
    std::string all;
    for (const Json& one : results["results"]) all += one["state"].get<std::string>() + " ";
    return all;
  }
  Json move(const std::string& token, const std::string& id, Json body, int status = 200) {
    return call(token, "POST", "records/" + id + "/move", body, status);
  }
  // Everything the server has written down anywhere: by file of its data folder, and what the
  // journal and the log say in words.
  std::map<std::string, std::string> everything() {
    std::map<std::string, std::string> all;
    for (const auto& file : std::filesystem::recursive_directory_iterator(server_.data())) {
      if (!file.is_regular_file()) continue;
      std::ifstream bytes(file.path(), std::ios::binary);
      EXPECT_TRUE(bytes) << file.path();
      const std::string name = std::filesystem::relative(file.path(), server_.data()).string();
      all[name].assign(std::istreambuf_iterator<char>(bytes), {});
      EXPECT_EQ(all[name].size(), file.file_size()) << name;
    }
    const Outcome journal = run({"journal", "export", server_.data().string()});
    EXPECT_EQ(journal.code, 0) << journal.err;
    all["the journal in words"] = journal.out;
    all["the log"] = server_.output();
    return all;
  }

  Server server_{kDistrict};
  std::string anna_ = token_of("anna");
  std::string bert_ = token_of("bert");
  std::string token_;
};

}  // namespace

TEST_F(IntakeStory, ACaseGoesFromTheCounterToItsDeletionByTwoPeople) {
  Counter counter;
  enrol(counter);
  give_key(counter);
  const Json setup = call(token_, "GET", "setup", nullptr);
  EXPECT_EQ(setup["offices"][0]["key_id"], key_id_of(counter.box_public)) << setup.dump();
  EXPECT_EQ(setup["forms"][0]["form"], "fahrzeug");

  const IntakeRecord record = counter.next();
  const Json upload{{"records", {to_json(record), to_json(counter.next())}}};
  EXPECT_EQ(states_of(call(token_, "POST", "records", upload)), "stored stored ");
  server_.kill();
  server_.start();
  server_.wait_until_ready();
  EXPECT_EQ(states_of(call(token_, "POST", "records", upload)), "already already ");

  const Json cases = call(anna_, "GET", "records?state=recorded", nullptr);
  ASSERT_EQ(cases["records"].size(), 2u);
  const std::string sealed = *from_base64(cases["records"][0]["sealed"].get<std::string>());
  EXPECT_NE(counter.open(sealed).find(kPlanted[0]), std::string::npos);

  const std::string id = record.id.str();
  move(anna_, id, {{"from", "recorded"}, {"to", "checked"}});
  move(anna_, id, {{"to", "entered"}}, 422);
  move(anna_, id, {{"to", "entered"}, {"file_number", "36-2026-17"}});
  move(anna_, id, {{"to", "confirmed"}}, 403);
  move(bert_, id, {{"to", "confirmed"}});
  move(bert_, id, {{"to", "deleted"}}, 409);  // its grace is not over
  const Json backlog = call(anna_, "GET", "backlog", nullptr);
  EXPECT_EQ(backlog["services"][0]["waiting"], 1);
  const std::string told = run({"intake", "backlog", "--data", server_.data().string()}).out;
  EXPECT_NE(told.find("1 wait"), std::string::npos) << told;
}

TEST_F(IntakeStory, NothingOfAPersonIsFoundOnTheServer) {
  Counter counter;
  enrol(counter);
  give_key(counter);
  const IntakeRecord record = counter.next();
  call(token_, "POST", "records", {{"records", {to_json(record)}}});
  // And in what is refused: a client that is broken, or means ill.
  Json wrong = to_json(counter.next());
  for (const char* key : {"id", "form", "receipt", "recorded_at", "hint", "sealed", "urgency"}) {
    Json one = wrong;
    one[key] = kPlanted[0];
    const Json answer = call(token_, "POST", "records", {{"records", {one}}});
    EXPECT_EQ(answer["results"][0]["state"], "refused") << key;
    EXPECT_EQ(answer.dump().find(kPlanted[0]), std::string::npos) << answer.dump();
  }
  call(token_, "POST", "records", Json(kPlanted[0]), 422);
  call(token_, "POST", std::string("heartbeat"), {{"pending", kPlanted[0]}}, 422);
  call("", "POST", "enrol", {{"code", kPlanted[0]}, {"public_key", ""}}, 422);
  move(anna_, record.id.str(), {{"to", kPlanted[0]}}, 422);
  server_.stop();  // what SQLite keeps beside a file goes into it, and the log is at its end
  const std::map<std::string, std::string> left = everything();
  const auto holds = [&left](const std::string& where, const std::string& text) {
    return left.contains(where) && left.at(where).find(text) != std::string::npos;
  };
  EXPECT_TRUE(holds("intake.db", record.id.str())) << "the store is looked at";
  EXPECT_TRUE(holds("intake.db", record.sealed)) << "what is sealed is looked at";
  EXPECT_TRUE(holds("journal.db", "intake_noted")) << "the journal is looked at";
  EXPECT_TRUE(holds("the journal in words", "intake_noted"));
  EXPECT_FALSE(left.at("the log").empty()) << "the log is looked at";
  for (const auto& [where, text] : left) {
    for (const char* planted : kPlanted) {
      EXPECT_EQ(text.find(planted), std::string::npos) << planted << " in " << where;
    }
  }
}

TEST_F(IntakeStory, AnIncidentIsNotClosedWhileCountersHoldCases) {
  Counter counter;
  enrol(counter);
  const Json opened =
      ask("POST", "/api/v1/record",
          {{"changes", {{{"type", "incident_opened"}, {"title", {{"de", "Ausfall"}}}}}}});
  const std::string id = opened["written"][0]["id"];
  ask("POST", "/api/v1/record",
      {{"changes", {{{"type", "phase_changed"}, {"id", id}, {"phase", "services_back"}}}}});
  call(token_, "POST", "heartbeat", {{"pending", 3}});
  Json close{{"type", "phase_changed"},
             {"id", id},
             {"phase", "closed"},
             {"evaluation", {{"went_well", "a"}, {"went_badly", ""}, {"improvements", "b"}}}};
  const Json refused = ask("POST", "/api/v1/record", {{"changes", {close}}}, 409);
  EXPECT_NE(refused.dump().find("counters hold 3 cases"), std::string::npos) << refused.dump();
  close["reason"] = "Das Gerät ist verbrannt";
  ask("POST", "/api/v1/record", {{"changes", {close}}});
}

}  // namespace dienstbereit::e2e
