// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/mail/imap_reply.h"

#include <gtest/gtest.h>

namespace dienstbereit::probe {
namespace {

TEST(ImapReply, IsPutTogetherFromPieces) {
  const std::string text = "* OK ready\r\n* SEARCH 2 84\r\na1 OK done\r\n";
  ImapReplyReader reader;
  std::vector<std::string> seen;
  for (const char c : text) {
    reader.feed(std::string_view(&c, 1));
    const auto reply = reader.next();
    ASSERT_TRUE(reply);
    if (*reply) seen.push_back((*reply)->tag + "|" + (*reply)->text);
  }
  EXPECT_EQ(seen, (std::vector<std::string>{"*|OK ready", "*|SEARCH 2 84", "a1|OK done"}));
  EXPECT_TRUE(reader.empty());
}

TEST(ImapReply, ALiteralIsNotTakenForReplies) {
  ImapReplyReader reader;
  reader.feed("* 1 FETCH (BODY {11}\r\na1 OK fake\r\n");
  EXPECT_FALSE(reader.next().value());  // the literal ends within the line's end
  reader.feed(")\r\na1 NO real\r\n");
  EXPECT_EQ(reader.next().value()->tag, "*");
  const auto last = reader.next();
  ASSERT_TRUE(last && *last);
  EXPECT_FALSE((*last)->ok());
}

TEST(ImapReply, HasBounds) {
  ImapReplyReader line;
  line.feed("* " + std::string(kLongestImapReply + 1, 'x'));
  EXPECT_FALSE(line.next());
  ImapReplyReader literal;
  literal.feed("* 1 FETCH {99999999999}\r\n");
  EXPECT_FALSE(literal.next());
  ImapReplyReader other;
  other.feed("SSH-2.0-OpenSSH\r\n");
  EXPECT_FALSE(other.next());
}

TEST(ImapUids, AreThoseOfASearchOnly) {
  EXPECT_EQ(imap_uids("SEARCH 2 84"), (std::vector<std::uint32_t>{2, 84}));
  EXPECT_TRUE(imap_uids("SEARCH").empty());
  EXPECT_TRUE(imap_uids("2 EXISTS").empty());
  EXPECT_EQ(imap_uids("SEARCH 0 x 99999999999 7"), (std::vector<std::uint32_t>{7}));
}

TEST(ImapQuoted, EscapesAndRefusesWhatBreaksTheLine) {
  EXPECT_EQ(imap_quoted("a\"b\\c"), "\"a\\\"b\\\\c\"");
  EXPECT_FALSE(imap_quoted("a\r\nLOGOUT"));
  EXPECT_FALSE(imap_quoted("ä"));
}

}  // namespace
TEST(ImapReply, CapabilitiesAreToldInTwoWays) {
  const std::vector<std::string> two{"IMAP4rev1", "STARTTLS"};
  EXPECT_EQ(imap_capabilities("CAPABILITY IMAP4rev1 STARTTLS"), two);
  EXPECT_EQ(imap_capabilities("OK [CAPABILITY IMAP4rev1 STARTTLS] ready"), two);
  EXPECT_TRUE(imap_capabilities("OK ready").empty());
  EXPECT_TRUE(imap_capabilities("CAPABILITY").empty());
  std::string many = "CAPABILITY";
  for (std::size_t i = 0; i <= kMostCapabilities; ++i) many += " X";
  EXPECT_EQ(imap_capabilities(many).size(), kMostCapabilities);
}

}  // namespace dienstbereit::probe
