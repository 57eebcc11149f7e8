// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "stage/conversation.h"

#include <gtest/gtest.h>

namespace dienstbereit::stage {
namespace {

using namespace std::string_literals;

// What a server of this plan answers to these bytes, greeting included.
std::string talk(const Server& server, std::string in) {
  const Supply supply;
  const auto conversation = converse(server, supply);
  std::string out = conversation->greeting();
  conversation->advance(in, out);
  return out;
}

Server web() {
  Server server;
  server.kind = Kind::Http;
  server.path = "/start";
  server.body = "<p>Willkommen</p>";
  return server;
}

Server mail() {
  Server server;
  server.kind = Kind::Smtp;
  server.accepts = {"post@example.org"};
  server.domains = {"example.org"};
  return server;
}

TEST(StageHttp, ServesItsPageAndNothingElse) {
  const std::string page = talk(web(), "GET /start?x=1 HTTP/1.1\r\nHost: a\r\n\r\n");
  EXPECT_TRUE(page.starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(page.ends_with("\r\n\r\n<p>Willkommen</p>"));
  EXPECT_TRUE(talk(web(), "GET / HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 404 "));
  EXPECT_TRUE(talk(web(), "POST /start HTTP/1.1\r\n\r\n").starts_with("HTTP/1.1 405 "));
  EXPECT_TRUE(talk(web(), "nonsense\r\n\r\n").starts_with("HTTP/1.1 400 "));
}

TEST(StageHttp, AnswersHeadWithoutABody) {
  EXPECT_TRUE(talk(web(), "HEAD /start HTTP/1.1\r\n\r\n").ends_with("close\r\n\r\n"));
}

TEST(StageHttp, WaitsForTheWholeHeadButNotForAnEndlessOne) {
  EXPECT_EQ(talk(web(), "GET /start HTTP/1.1\r\n"), "");
  EXPECT_TRUE(talk(web(), std::string(kLongestRequest + 1, 'a')).starts_with("HTTP/1.1 431 "));
}

TEST(StageSmtp, AcceptsKnownRefusesUnknownAndRefusesRelaying) {
  const std::string said =
      talk(mail(), "EHLO probe\r\nMAIL FROM:<>\r\nRCPT TO:<Post@Example.org>\r\n"
                   "RCPT TO:<nobody@example.org>\r\nRCPT TO:<a@elsewhere.test>\r\n"
                   "DATA\r\nRSET\r\nQUIT\r\n");
  EXPECT_EQ(said,
            "220 mail.example.org ESMTP\r\n250-mail.example.org\r\n250-8BITMIME\r\n"
            "250 SIZE 10240000\r\n250 2.1.0 ok\r\n250 2.1.5 ok\r\n550 5.1.1 no such mailbox\r\n"
            "554 5.7.1 relay access denied\r\n554 5.7.1 no mail is taken here\r\n250 2.0.0 ok\r\n"
            "221 2.0.0 bye\r\n");
}

TEST(StageSmtp, KeepsTheOrderOfCommands) {
  EXPECT_NE(talk(mail(), "RCPT TO:<post@example.org>\r\n").find("503 "), std::string::npos);
  EXPECT_NE(talk(mail(), "MAIL FROM:<>\r\n").find("503 "), std::string::npos);
  EXPECT_NE(talk(mail(), "EHLO a\r\nMAIL FROM:<>\r\nRCPT TO:post\r\n").find("501 "),
            std::string::npos);
}

TEST(StageSmtp, ClosesOnLongLinesAndAfterManyMistakes) {
  EXPECT_NE(talk(mail(), std::string(kLongestLine + 1, 'x')).find("500 "), std::string::npos);
  std::string mistakes;
  for (int i = 0; i < 2 * kMostMistakes; ++i) mistakes += "WHAT\r\n";
  EXPECT_TRUE(talk(mail(), mistakes).ends_with("421 4.7.0 too many errors\r\n"));
}

// A question for `name` with this type, id 0x1234, recursion desired.
std::string question(const std::string& wire_name, char type) {
  return "\x12\x34\x01\x00\x00\x01\x00\x00\x00\x00\x00\x00"s + wire_name + '\0' + "\x00"s + type +
         "\x00\x01"s;
}

const std::vector<Record> kRecords{{"www.example.org", "A", "192.0.2.10"},
                                   {"alias.example.org", "CNAME", "www.example.org"},
                                   {"example.org", "MX", "10 mail.example.org"},
                                   {"loop.example.org", "CNAME", "loop.example.org"}};

std::string ask(const std::string& wire_name, char type) {
  return answer_dns(kRecords, question(wire_name, type), kLongestUdpAnswer).value_or("nothing");
}

TEST(StageDns, AnswersARecordIgnoringCase) {
  const std::string answer = ask("\x03WWW\x07"
                                 "example\x03org"s,
                                 1);
  EXPECT_EQ(answer.substr(0, 8), "\x12\x34\x85\x80\x00\x01\x00\x01"s);
  EXPECT_TRUE(
      answer.ends_with("\xC0\x0C\x00\x01\x00\x01\x00\x00\x00\x05\x00\x04\xC0\x00\x02\x0A"s));
}

TEST(StageDns, FollowsAnAliasOnceEvenIfItIsALoop) {
  EXPECT_EQ(ask("\x05"
                "alias\x07"
                "example\x03org"s,
                1)
                .substr(6, 2),
            "\x00\x02"s);
  EXPECT_EQ(ask("\x04loop\x07"
                "example\x03org"s,
                1)
                .substr(2, 2),
            "\x85\x80"s);
}

TEST(StageDns, TellsNoSuchNameFromNoSuchType) {
  EXPECT_EQ(ask("\x02no\x07"
                "example\x03org"s,
                1)
                .substr(2, 6),
            "\x85\x83\x00\x01\x00\x00"s);
  EXPECT_EQ(ask("\x03www\x07"
                "example\x03org"s,
                28)
                .substr(2, 6),
            "\x85\x80\x00\x01\x00\x00"s);
}

TEST(StageDns, CutsALongAnswerForUdpAndSaysSo) {
  const std::vector<Record> many(5, {"a", "TXT", std::string(200, 'x')});
  const std::string query = question("\x01"
                                     "a",
                                     16);
  const std::string cut = answer_dns(many, query, kLongestUdpAnswer).value_or("");
  EXPECT_EQ(cut.substr(2, 6), "\x87\x80\x00\x01\x00\x00"s);
  EXPECT_LE(cut.size(), kLongestUdpAnswer);
  EXPECT_GT(answer_dns(many, query, kLongestTcpAnswer).value_or("").size(), 1000u);
}

TEST(StageDns, EveryCutOfAQuestionIsHarmless) {
  const std::string whole = question("\x03www\x07"
                                     "example\x03org"s,
                                     1);
  for (std::size_t length = 0; length < whole.size(); ++length) {
    const auto answer = answer_dns(kRecords, whole.substr(0, length), kLongestUdpAnswer);
    if (length < 12) EXPECT_FALSE(answer.has_value());
    if (length >= 12) EXPECT_EQ(answer.value_or("").substr(3, 1), "\x81"s) << length;
  }
  std::string answered = whole;
  answered[2] = '\x81';
  EXPECT_FALSE(answer_dns(kRecords, answered, kLongestUdpAnswer).has_value());
}

TEST(StageDns, ServesTcpMessageByMessage) {
  Server server;
  server.kind = Kind::Dns;
  server.records = kRecords;
  const std::string query = question("\x03www\x07"
                                     "example\x03org"s,
                                     1);
  const std::string framed = "\x00"s + static_cast<char>(query.size()) + query;
  const std::string once = talk(server, framed);
  EXPECT_EQ(once.size(), 2 + static_cast<std::size_t>(static_cast<unsigned char>(once[1])));
  EXPECT_EQ(talk(server, framed + framed), once + once);
  EXPECT_EQ(talk(server, framed.substr(0, 9)), "");
}

TEST(StageDns, RefusesValuesThatAreNotOfTheirType) {
  EXPECT_FALSE(dns_data({"a", "A", "300.1.1.1"}));
  EXPECT_FALSE(dns_data({"a", "MX", "mail.example.org"}));
  EXPECT_FALSE(dns_data({"a", "CNAME", "a..b"}));
  EXPECT_FALSE(dns_data({"a", "LOC", "1 2 3"}));
}

// ---- a UPS

Server ups() {
  Server server;
  server.kind = Kind::Nut;
  server.ups = "usv1";
  return server;
}

std::string talk(const Supply& supply, std::string in) {
  const Server server = ups();
  const auto conversation = converse(server, supply);
  std::string out;
  conversation->advance(in, out);
  return out;
}

TEST(StageNut, TellsItsVariablesOnceAndOneByOne) {
  const std::string list = talk(ups(), "LIST VAR usv1\n");
  EXPECT_TRUE(list.starts_with("BEGIN LIST VAR usv1\n"));
  EXPECT_NE(list.find("VAR usv1 ups.status \"OL CHRG\"\n"), std::string::npos);
  EXPECT_TRUE(list.ends_with("END LIST VAR usv1\n"));
  EXPECT_EQ(talk(ups(), "GET VAR usv1 input.voltage\n"), "VAR usv1 input.voltage \"230.2\"\n");
  EXPECT_EQ(talk(ups(), "LIST UPS\n"), "BEGIN LIST UPS\nUPS usv1 \"Stage UPS\"\nEND LIST UPS\n");
}

TEST(StageNut, RefusesWhatItDoesNotKnow) {
  EXPECT_EQ(talk(ups(), "LIST VAR usv2\n"), "ERR UNKNOWN-UPS\n");
  EXPECT_EQ(talk(ups(), "GET VAR usv1 colour\n"), "ERR VAR-NOT-SUPPORTED\n");
  EXPECT_EQ(talk(ups(), "INSTCMD usv1 load.off\n"), "ERR UNKNOWN-COMMAND\n");
  EXPECT_EQ(talk(ups(), "LOGOUT\nLIST UPS\n"), "OK Goodbye\n");
  std::string endless(kLongestLine + 1, 'x');
  EXPECT_EQ(talk(ups(), endless), "ERR INVALID-ARGUMENT\n");
}

TEST(StageNut, ASurgeIsOverVoltageThenBatteryThenNothing) {
  using std::chrono::milliseconds;
  const auto voltage = [](std::optional<milliseconds> since) {
    return talk(supply_after(since), "GET VAR usv1 input.voltage\nGET VAR usv1 ups.status\n");
  };
  const std::string calm = voltage(std::nullopt);
  EXPECT_NE(calm.find("230.2"), std::string::npos);
  const std::string high = voltage(milliseconds(100));
  EXPECT_NE(high.find("283.4"), std::string::npos);
  EXPECT_NE(high.find("OL CHRG"), std::string::npos);
  const std::string moved = voltage(kOverVoltage);
  EXPECT_NE(moved.find("OB DISCHRG"), std::string::npos);
  EXPECT_NE(voltage(kOverVoltage + kOnBattery - milliseconds(1)).find("OB"), std::string::npos);
  EXPECT_EQ(voltage(kOverVoltage + kOnBattery), calm);
}

}  // namespace
}  // namespace dienstbereit::stage
