// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "notify/request.h"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <set>

#include <rapidcheck/gtest.h>

#include "base/text.h"

#include "notify/notifier.h"

namespace dienstbereit::notify {
namespace {

using Json = nlohmann::json;

Instant at(const char* text) { return parse_rfc3339(text).value(); }

Letter letter(ChannelKind kind) {
  Letter one;
  one.id = MessageId("47.1");
  one.key = "47.1.1795414200000";
  one.recipient = RecipientId("it-1");
  one.channel.id = ChannelId("out");
  one.channel.kind = kind;
  one.channel.url =
      kind == ChannelKind::Mail ? "smtp://mail.example:2525" : "https://hook.example/x";
  one.channel.from = "melder@aussen.example";
  one.to = kind == ChannelKind::Sms ? "+49170123" : "amt@ziel.example";
  one.kind = NoticeKind::Alarm;
  one.cause = "outage/47";
  one.raised = at("2026-11-23T06:10:00Z");
  one.sender = "Kreisverwaltung Prüfkreis";
  one.subject = "Störung: 2 Orte – prüfen";
  one.text = "Störung\n.\nEnde";
  one.short_text = "Störung \"2\" Orte & {secret}";
  one.languages = {"de", "en"};
  one.page = "https://stand.example/";
  one.code = "AAAA-BBBB";
  one.bad = 2;
  LetterItem closed{"A@S",    "Amt (Haus)", "Office (house)",          "place", "normal",
                    "closed", false,        at("2026-11-23T06:09:00Z")};
  LetterItem back = closed;
  back.subject = "B@S";
  back.to = "normal";
  back.over = true;
  one.items = {closed, back};
  return one;
}

std::string base64_decoded(const std::string& text) {
  constexpr std::string_view kDigits =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  unsigned bits = 0, have = 0;
  for (const char c : text) {
    const auto digit = kDigits.find(c);
    if (digit == std::string_view::npos) continue;
    bits = bits << 6 | static_cast<unsigned>(digit);
    have += 6;
    if (have < 8) continue;
    have -= 8;
    out += static_cast<char>(bits >> have & 255);
  }
  return out;
}

std::vector<std::string> header_names(const std::string& mail) {
  std::vector<std::string> names;
  const std::string head = mail.substr(0, mail.find("\r\n\r\n"));
  for (std::size_t at = 0; at < head.size();) {
    const auto end = std::min(head.find("\r\n", at), head.size());
    const std::string line = head.substr(at, end - at);
    if (line[0] != ' ') names.push_back(line.substr(0, line.find(':')));
    at = end + 2;
  }
  return names;
}

// The words of a folded header of encoded words.
std::string decoded_header(const std::string& mail, const std::string& name) {
  const auto begin = mail.find("\r\n" + name + ": ") + name.size() + 4;
  std::size_t end = begin;
  do {
    end = mail.find("\r\n", end + 1);
  } while (mail[end + 2] == ' ');
  const std::string value = mail.substr(begin, end - begin);
  std::string out;
  for (auto word = value.find("=?UTF-8?B?"); word != std::string::npos;
       word = value.find("=?UTF-8?B?", word + 1)) {
    out += base64_decoded(value.substr(word + 10, value.find("?=", word) - word - 10));
  }
  return out;
}

const std::vector<std::string> kHeaders{"Date",
                                        "From",
                                        "To",
                                        "Subject",
                                        "Message-ID",
                                        "References",
                                        "List-Id",
                                        "Auto-Submitted",
                                        "X-Auto-Response-Suppress",
                                        "Content-Language",
                                        "MIME-Version",
                                        "Content-Type",
                                        "Content-Transfer-Encoding"};

}  // namespace

TEST(Mail, SaysWhatItIsInHeadersAndBody) {
  const auto request = mail_request(letter(ChannelKind::Mail), "pw", at("2026-11-23T06:10:05Z"));
  ASSERT_TRUE(request) << request.error().message;
  const std::string& mail = request->body;
  EXPECT_EQ(header_names(mail), kHeaders);
  EXPECT_NE(mail.find("Date: Mon, 23 Nov 2026 06:10:05 +0000\r\n"), std::string::npos) << mail;
  EXPECT_NE(mail.find("Message-ID: <dienstbereit.47.1.1795414200000@aussen.example>\r\n"),
            std::string::npos);
  EXPECT_NE(mail.find("Auto-Submitted: auto-generated\r\n"), std::string::npos);
  EXPECT_NE(mail.find("Content-Language: de, en\r\n"), std::string::npos);
  EXPECT_EQ(decoded_header(mail, "Subject"), "Störung: 2 Orte – prüfen");
  EXPECT_EQ(base64_decoded(mail.substr(mail.find("\r\n\r\n"))), "Störung\r\n.\r\nEnde");
  EXPECT_EQ(request->url, "smtp://mail.example:2525/aussen.example");
  EXPECT_TRUE(request->starttls);
}

TEST(Mail, AllAboutOneCauseIsOneThread) {
  Letter clear = letter(ChannelKind::Mail);
  clear.kind = NoticeKind::Clear;
  clear.key = "50.1.1";
  const auto a = mail_request(letter(ChannelKind::Mail), "", at("2026-11-23T06:10:05Z"));
  const auto b = mail_request(clear, "", at("2026-11-23T09:10:05Z"));
  const std::string thread = "References: <dienstbereit.outage-47@aussen.example>\r\n";
  EXPECT_NE(a->body.find(thread), std::string::npos);
  EXPECT_NE(b->body.find(thread), std::string::npos);
}

TEST(Mail, AnAddressThatIsNoneIsRefused) {
  for (const char* address : {"", "amt", "a@", "@b", "a b@c", "a@b\r\nBcc: x@y", "a@b>", "<a@b>",
                              "a@b,c@d", "a@-b", "a@b.", "ä@b", "a@b@c"}) {
    Letter one = letter(ChannelKind::Mail);
    one.to = address;
    EXPECT_FALSE(mail_request(one, "", Instant())) << address;
    one = letter(ChannelKind::Mail);
    one.channel.from = address;
    EXPECT_FALSE(mail_request(one, "", Instant())) << address;
  }
  EXPECT_TRUE(valid_mail_address("it-bereitschaft+alarm@kreis.example"));
}

// Whatever stands in the texts, the message keeps its headers and its lines.
RC_GTEST_PROP(Mail, NoTextBecomesAHeader,
              (const std::string& subject, const std::string& text, const std::string& sender,
               const std::string& cause)) {
  Letter one = letter(ChannelKind::Mail);
  one.subject = subject + "\r\nBcc: boese@aussen.example\r\n\r\n.";
  one.text = text + "\r\n.\r\nMAIL FROM:<x@y>\r\n";
  one.sender = sender + "\nX: y";
  one.cause = cause + "\r\nX: y>";
  const auto request = mail_request(one, "", at("2026-11-23T06:10:05Z"));
  RC_ASSERT(request.has_value());
  RC_ASSERT(header_names(request->body) == kHeaders);
  std::size_t line = 0;
  for (std::size_t i = 0; i < request->body.size(); ++i) {
    const unsigned char c = static_cast<unsigned char>(request->body[i]);
    RC_ASSERT(c < 127 && (c >= 32 || c == '\r' || c == '\n'));
    if (c == '\n') RC_ASSERT(i > 0 && request->body[i - 1] == '\r');
    line = c == '\n' ? 0 : line + 1;
    RC_ASSERT(line < 900u);
  }
}

TEST(Webhook, CarriesFactsAndWords) {
  const auto request = webhook_request(letter(ChannelKind::Webhook), "token");
  const Json json = Json::parse(request->body);
  EXPECT_EQ(json["kind"], "alarm");
  EXPECT_EQ(json["key"], "dienstbereit-47.1.1795414200000");
  EXPECT_EQ(json["raised"], "2026-11-23T06:10:00.000Z");
  EXPECT_EQ(json["items"][0]["name"]["de"], "Amt (Haus)");
  EXPECT_EQ(json["items"][0]["to"], "closed");
  EXPECT_EQ(json["acknowledge"], "AAAA-BBBB");
  const std::set<std::string> headers(request->headers.begin(), request->headers.end());
  EXPECT_TRUE(headers.contains("X-Idempotency-Key: dienstbereit-47.1.1795414200000"));
  EXPECT_TRUE(headers.contains("Authorization: Bearer token"));
  EXPECT_TRUE(headers.contains("Content-Type: application/json"));
}

TEST(Webhook, ASecretInTheAddressIsEncodedAndNotSentTwice) {
  Letter one = letter(ChannelKind::Webhook);
  one.channel.url = "https://hook.example/{secret}";
  const auto request = webhook_request(one, "a/b c");
  EXPECT_EQ(request->url, "https://hook.example/a%2Fb%20c");
  for (const std::string& header : request->headers) {
    EXPECT_FALSE(header.starts_with("Authorization")) << header;
  }
}

// The keys and types of Alertmanager's webhook, version 4, as its receivers read them.
TEST(Alertmanager, IsStrictlyTheShapeOfVersionFour) {
  const auto request = alertmanager_request(letter(ChannelKind::Alertmanager), "");
  const Json json = Json::parse(request->body);
  std::set<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.insert(key);
  EXPECT_EQ(keys, (std::set<std::string>{"version", "groupKey", "truncatedAlerts", "status",
                                         "receiver", "groupLabels", "commonLabels",
                                         "commonAnnotations", "externalURL", "alerts"}));
  EXPECT_EQ(json["version"], "4");
  EXPECT_EQ(json["status"], "firing");
  EXPECT_EQ(json["groupKey"], "{}:{cause=\"outage/47\"}");
  EXPECT_TRUE(json["truncatedAlerts"].is_number_unsigned());
  for (const char* map : {"groupLabels", "commonLabels", "commonAnnotations"}) {
    for (const auto& [key, value] : json[map].items()) EXPECT_TRUE(value.is_string()) << key;
  }
  ASSERT_EQ(json["alerts"].size(), 2u);
  for (const Json& alert : json["alerts"]) {
    std::set<std::string> parts;
    for (const auto& [key, value] : alert.items()) parts.insert(key);
    EXPECT_EQ(parts, (std::set<std::string>{"status", "labels", "annotations", "startsAt", "endsAt",
                                            "generatorURL", "fingerprint"}));
    EXPECT_EQ(alert["fingerprint"].get<std::string>().size(), 16u);
    EXPECT_TRUE(alert["labels"].contains("alertname"));
    EXPECT_TRUE(parse_rfc3339(alert["startsAt"].get<std::string>()));
  }
  EXPECT_EQ(json["alerts"][0]["endsAt"], "0001-01-01T00:00:00Z");
  EXPECT_EQ(json["alerts"][1]["status"], "resolved");
  EXPECT_EQ(json["alerts"][1]["endsAt"], "2026-11-23T06:10:00.000Z");
}

TEST(Alertmanager, ARunThatWaitsIsCriticalAndIsResolvedWhenItGoesOn) {
  Letter waiting = letter(ChannelKind::Alertmanager);
  LetterItem& run = waiting.items.front();
  waiting.items.resize(1);
  run.kind = "run";
  run.subject = "run-7";
  run.to = "approval";
  const Json begin = Json::parse(alertmanager_request(waiting, "")->body)["alerts"][0];
  EXPECT_EQ(begin["labels"]["alertname"], "DienstbereitRun");
  EXPECT_EQ(begin["labels"]["severity"], "critical");
  run.to = "goes_on";
  run.over = true;
  const Json over = Json::parse(alertmanager_request(waiting, "")->body)["alerts"][0];
  EXPECT_EQ(over["status"], "resolved");
  EXPECT_EQ(over["fingerprint"], begin["fingerprint"]);
}

TEST(Alertmanager, TheEndOfAnAlertHasTheFingerprintOfItsBegin) {
  Letter end = letter(ChannelKind::Alertmanager);
  end.items.erase(end.items.begin() + 1);
  const Json begin = Json::parse(alertmanager_request(end, "")->body);
  end.items[0].to = "normal";
  end.items[0].over = true;
  const Json over = Json::parse(alertmanager_request(end, "")->body);
  EXPECT_EQ(begin["alerts"][0]["fingerprint"], over["alerts"][0]["fingerprint"]);
  EXPECT_EQ(over["status"], "resolved");
}

TEST(Sms, FillsTheTemplateAsItsFormatWants) {
  Letter one = letter(ChannelKind::Sms);
  one.channel.body = R"({"to":"{to}","text":"{text}","id":"{key}","k":"{secret}"})";
  const auto json = Json::parse(sms_request(one, "s\"x")->body);
  EXPECT_EQ(json["text"], "Störung \"2\" Orte & {secret}");
  EXPECT_EQ(json["to"], "+49170123");
  EXPECT_EQ(json["k"], "s\"x");
  one.channel.body = "an={to}&text={text}";
  one.channel.content_type = "application/x-www-form-urlencoded";
  EXPECT_EQ(sms_request(one, "")->body,
            "an=%2B49170123&text=St%C3%B6rung%20%222%22%20Orte%20%26%20%7Bsecret%7D");
  one.channel.body.clear();
  one.channel.url = "https://sms.example/send?to={to}&text={text}";
  const auto get = sms_request(one, "");
  EXPECT_EQ(get->method, "GET");
  EXPECT_TRUE(get->url.starts_with("https://sms.example/send?to=%2B49170123&text=St%C3%B6rung"));
}

TEST(Sms, ANumberThatIsNoneIsRefused) {
  for (const char* number : {"", "12", "0170 123", "+49a", "1\r\n2", "++49170"}) {
    Letter one = letter(ChannelKind::Sms);
    one.to = number;
    EXPECT_FALSE(sms_request(one, "")) << number;
  }
}

TEST(Request, ASecretOfSeveralLinesIsNoHeader) {
  EXPECT_FALSE(request_for(letter(ChannelKind::Webhook), "a\r\nX: y", Instant()));
}

TEST(Notifier, WhatIsToldNamesNoAddress) {
  EXPECT_EQ(without("550 <Amt@Ziel.example> unknown: amt@ziel.example", "amt@ziel.example", "(r)"),
            "550 <(r)> unknown: (r)");
  EXPECT_EQ(without("plain", "", "(r)"), "plain");
}

}  // namespace dienstbereit::notify
