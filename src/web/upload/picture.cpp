// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Formats: JPEG by ITU-T T.81 annex B, PNG by W3C PNG (third edition), section 5.
#include "web/upload/picture.h"

#include <algorithm>
#include <array>
#include <cstdint>

namespace dienstbereit::web {
namespace {

constexpr std::string_view kPng("\x89PNG\r\n\x1A\n", 8);
constexpr std::string_view kJpeg("\xFF\xD8\xFF", 3);
constexpr std::size_t kPngChunkOverhead = 12;  // length, type, checksum
constexpr std::array<std::string_view, 7> kDrawn{"IHDR", "PLTE", "IDAT", "IEND",
                                                 "tRNS", "gAMA", "sRGB"};

std::uint8_t byte(std::string_view text, std::size_t at) {
  return static_cast<std::uint8_t>(text[at]);
}

std::size_t number(std::string_view text, std::size_t at, std::size_t bytes) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < bytes; ++i) value = value << 8 | byte(text, at + i);
  return value;
}

std::optional<std::string> bare_png(std::string_view bytes) {
  std::string out(kPng);
  std::string_view rest = bytes.substr(kPng.size());
  while (rest.size() >= kPngChunkOverhead) {
    const std::size_t length = number(rest, 0, 4);
    if (length > rest.size() - kPngChunkOverhead) return std::nullopt;
    const std::string_view type = rest.substr(4, 4);
    const std::string_view chunk = rest.substr(0, length + kPngChunkOverhead);
    if (std::find(kDrawn.begin(), kDrawn.end(), type) != kDrawn.end()) out += chunk;
    if (type == "IEND") return out;
    rest.remove_prefix(chunk.size());
  }
  return std::nullopt;
}

// Segments with a length until the first scan; from there on everything to the end of the image.
std::optional<std::string> bare_jpeg(std::string_view bytes) {
  constexpr std::uint8_t kApp0 = 0xE0, kApp1 = 0xE1, kApp15 = 0xEF, kComment = 0xFE, kScan = 0xDA;
  std::string out(bytes.substr(0, 2));
  std::string_view rest = bytes.substr(2);
  while (rest.size() >= 4 && byte(rest, 0) == 0xFF) {
    const std::uint8_t marker = byte(rest, 1);
    const std::size_t length = number(rest, 2, 2);
    if (marker < 0xC0 || length < 2 || length > rest.size() - 2) return std::nullopt;
    if (marker == kScan) {
      const auto end = rest.rfind("\xFF\xD9");
      if (end == std::string_view::npos || end < length + 2) return std::nullopt;
      return out.append(rest.substr(0, end + 2));
    }
    const bool jfif = marker == kApp0 && rest.substr(4).starts_with("JFIF");
    const bool told = (marker >= kApp1 && marker <= kApp15) || marker == kComment;
    if (jfif || (!told && marker != kApp0)) out += rest.substr(0, length + 2);
    rest.remove_prefix(length + 2);
  }
  return std::nullopt;
}

}  // namespace

std::optional<std::string> bare_picture(std::string_view bytes) {
  if (bytes.size() > kPictureBytesMax) return std::nullopt;
  if (bytes.starts_with(kPng)) return bare_png(bytes);
  return bytes.starts_with(kJpeg) ? bare_jpeg(bytes) : std::nullopt;
}

bool is_png(std::string_view picture) { return picture.starts_with(kPng); }

}  // namespace dienstbereit::web
