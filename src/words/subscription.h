// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "view/public_history.h"
#include "words/words.h"

namespace dienstbereit::words {

// The mails to who wants the public statements. `link` leads to their own page of it.
struct MailText {
  std::string subject;  // one line
  std::string text;     // lines, each ended
};
MailText subscription_mail(const Voice& voice, const std::string& link);
// `updates`: oldest first, at least one; `left_out`: older ones that stand on the page only.
MailText statement_mail(const Voice& voice, const std::vector<view::PublicUpdate>& updates,
                        std::size_t left_out, const std::string& link);

}  // namespace dienstbereit::words
