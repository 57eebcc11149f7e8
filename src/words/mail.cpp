// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/mail.h"

#include "words/catalogue.h"

namespace dienstbereit::words {

std::string held_mail_sentence(const Voice& voice, const view::HeldMail& held) {
  const char* key = held.returning ? "notice.mail.returning" : "notice.mail.held";
  const Instant oldest = held.oldest.value_or(voice.now());
  return count(voice.language(), key, held.waiting, {{"time", time_of(voice, oldest)}});
}

std::string mail_sum(Language language, std::uint64_t accepted, std::uint64_t delivered,
                     std::uint64_t lost) {
  return text(language, "mailsum.all",
              {{"accepted", std::to_string(accepted)},
               {"delivered", std::to_string(delivered)},
               {"lost", std::to_string(lost)}});
}

}  // namespace dienstbereit::words
