// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/mail/smtp_reply.h"

#include <gtest/gtest.h>

namespace dienstbereit::probe {

TEST(SmtpReply, IsPutTogetherFromPieces) {
  SmtpReplyReader reader;
  for (char c : std::string("250-mail.example.org\r\n250-STARTTLS\r\n250 SIZE 10")) {
    reader.feed({&c, 1});
    EXPECT_FALSE(*reader.next());
  }
  reader.feed("\r\n");
  const auto reply = reader.next();
  ASSERT_TRUE(reply && *reply);
  EXPECT_EQ((*reply)->code, 250);
  EXPECT_EQ((*reply)->text, "mail.example.org\nSTARTTLS\nSIZE 10");
  EXPECT_TRUE(smtp_offers(**reply, "starttls"));
  EXPECT_TRUE(smtp_offers(**reply, "SIZE"));
  EXPECT_FALSE(smtp_offers(**reply, "AUTH"));
  EXPECT_TRUE(reader.empty());
}

TEST(SmtpReply, FollowsAnother) {
  SmtpReplyReader reader;
  reader.feed("220 hello\r\n550\r\n");
  EXPECT_EQ((**reader.next()).code, 220);
  const auto second = **reader.next();
  EXPECT_TRUE(second.refuses());
  EXPECT_EQ(second.text, "");
  EXPECT_FALSE(*reader.next());
}

TEST(SmtpReply, RefusesWhatIsNoReply) {
  for (const char* text :
       {"hello\r\n", "99 x\r\n", "650 x\r\n", "2500\r\n", "\r\n", "250-a\r\n251 b\r\n"}) {
    SmtpReplyReader reader;
    reader.feed(text);
    auto reply = reader.next();
    EXPECT_FALSE(reply) << text;
  }
}

TEST(SmtpReply, EndlessLinesAndRepliesAreCutOff) {
  SmtpReplyReader line;
  line.feed("220 " + std::string(kLongestSmtpLine, 'x'));
  EXPECT_EQ(line.next().error().code, Errc::LimitExceeded);
  SmtpReplyReader lines;
  for (int i = 0; i <= kMostSmtpLines; ++i) lines.feed("250-x\r\n");
  EXPECT_EQ(lines.next().error().code, Errc::LimitExceeded);
}

}  // namespace dienstbereit::probe
