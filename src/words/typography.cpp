// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/typography.h"

#include <algorithm>

namespace dienstbereit::words {

std::string capitalised(std::string text) {
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') {
    text[0] = static_cast<char>(text[0] - 'a' + 'A');
  }
  return text;
}

std::string sentence(std::string text) {
  constexpr std::string_view kEnds = ".!?";
  if (!text.empty() && kEnds.find(text.back()) == std::string_view::npos) text += '.';
  return text;
}

std::string one_line(std::string text) {
  constexpr unsigned char kFirstPrintable = 0x20, kDelete = 0x7F;
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < kFirstPrintable || byte == kDelete) c = ' ';
  }
  return text;
}

std::size_t width_of(std::string_view text) {
  constexpr unsigned char kMask = 0xC0, kContinuation = 0x80;
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & kMask) != kContinuation;
  }));
}

std::string padded(std::string text, std::size_t width) {
  const std::size_t has = width_of(text);
  if (has < width) text.append(width - has, ' ');
  return text;
}

}  // namespace dienstbereit::words
