// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>

#include "view/mail.h"
#include "words/words.h"

namespace dienstbereit::words {

// "Mail to us is not lost: 4711 messages wait outside our house, ..."
std::string held_mail_sentence(const Voice& voice, const view::HeldMail& held);

// "5000 accepted, 5000 delivered, 0 lost."
std::string mail_sum(Language language, std::uint64_t accepted, std::uint64_t delivered,
                     std::uint64_t lost);

}  // namespace dienstbereit::words
