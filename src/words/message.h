// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "model/telling/notice.h"
#include "words/words.h"

namespace dienstbereit::words {

// What a message is about besides its notice.
struct MessageFacts {
  const NoticeRaised& notice;  // times are civil
  MessageId id;
  std::string code;  // to acknowledge with; empty: nobody asks for it
  bool exercise = false;
};

struct MessageText {
  std::string subject;  // one line
  std::string text;     // lines, each ended
  std::string brief;    // for SMS: one line
};
MessageText message(const Voice& voice, const MessageFacts& facts);

// The name people know an item's subject by.
std::string item_name(const Voice& voice, const NoticeItem& item);

}  // namespace dienstbereit::words
