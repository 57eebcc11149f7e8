// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "base/time.h"
#include "model/ids.h"
#include "model/telling/channel.h"
#include "model/telling/notice.h"

namespace dienstbereit::notify {

inline constexpr std::size_t kLongestSubject = 300;      // bytes
inline constexpr std::size_t kLongestText = 64u << 10;   // bytes
inline constexpr std::size_t kLongestSms = 459;  // bytes: three parts in the GSM alphabet

// One thing that is told, with the names people know it by.
struct LetterItem {
  std::string subject;  // id
  std::string name_de, name_en;
  std::string kind;  // place word incident
  std::string from, to;  // normal limited closed unknown; of a word: its question
  bool over = false;  // as usual again
  Instant since;
};

// A message in words, ready to go out by one channel. Plain text; every kind of channel encodes it
// as its format wants, so nothing in it can be taken for a header, a key or markup.
struct Letter {
  MessageId id;
  std::string key;  // [0-9.]+; the same for every attempt
  RecipientId recipient;
  ChannelSpec channel;
  std::string bind;  // local numeric address of the channel's uplink; empty: the system chooses
  std::string to;  // mail address or number; empty where the channel's own url says whom
  NoticeKind kind = NoticeKind::Test;
  std::string cause;
  Instant raised;  // civil
  std::string sender;  // the administration's name
  std::string subject;  // one line
  std::string text;
  std::string text_de, text_en;  // for receivers that choose
  std::string short_text;  // for SMS
  std::vector<std::string> languages;  // of `text`: "de", "en"
  std::string page;  // address of the public page; may be empty
  std::string unsubscribe;  // address that ends a subscription; empty: it is none
  std::string code;  // to acknowledge with; empty: nobody asks for it
  bool exercise = false;
  unsigned bad = 0;
  unsigned more = 0;
  std::vector<LetterItem> items;
};

// What an attempt came to.
struct Posted {
  bool ok = false;
  bool permanent = false;  // this way will never take it
  std::string detail;  // one English sentence
};

}  // namespace dienstbereit::notify
