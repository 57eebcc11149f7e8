// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/incident/texts.h"

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::core::incident {

bool has_hidden_characters(std::string_view text) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte < 0x20 && byte != '\n' && byte != '\t' && byte != '\r') || byte == 0x7f) return true;
    if (byte != 0xE2 || i + 2 >= text.size()) continue;
    const auto second = static_cast<unsigned char>(text[i + 1]);
    const auto third = static_cast<unsigned char>(text[i + 2]);
    if (second == 0x80 && third >= 0xAA && third <= 0xAE) return true;  // U+202A-202E
    if (second == 0x81 && third >= 0xA6 && third <= 0xA9) return true;  // U+2066-2069
  }
  return false;
}

Result<void> check_text(std::string_view what, const std::string& text, std::size_t limit) {
  if (text.size() > limit) {
    return fail(Errc::LimitExceeded, fmt::format("{} has {} bytes; at most {} are allowed: "
                                                 "shorten it",
                                                 what, text.size(), limit));
  }
  if (!is_utf8(text)) return fail(Errc::InvalidInput, fmt::format("{} is not UTF-8", what));
  if (has_hidden_characters(text)) {
    return fail(Errc::InvalidInput, fmt::format("{} holds control or text-direction characters; "
                                                "type it instead of pasting it",
                                                what));
  }
  return {};
}

Result<void> need_text(std::string_view what, const std::string& text, std::size_t limit) {
  if (trim(text).empty()) {
    return fail(Errc::InvalidInput, fmt::format("{} is missing: write it", what));
  }
  return check_text(what, text, limit);
}

Result<void> check_text(std::string_view what, const Wording& text, std::size_t limit) {
  if (auto checked = check_text(what, text.de, limit); !checked) return checked;
  return check_text(what, text.en, limit);
}

Result<void> need_text(std::string_view what, const Wording& text, std::size_t limit) {
  if (auto checked = need_text(what, text.de, limit); !checked) return checked;
  return check_text(what, text.en, limit);
}

}  // namespace dienstbereit::core::incident
