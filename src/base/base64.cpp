// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "base/base64.h"

#include <limits>

#include <openssl/evp.h>

namespace dienstbereit {
namespace {

constexpr std::size_t kGroup = 4;  // letters for three bytes
constexpr std::size_t kMostBytes = std::numeric_limits<int>::max() / 2;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

}  // namespace

std::string to_base64(std::string_view bytes) {
  if (bytes.size() > kMostBytes) return {};
  std::string text((bytes.size() + 2) / 3 * kGroup + 1, '\0');  // OpenSSL ends it with a NUL
  const int size = EVP_EncodeBlock(bytes_of(text), bytes_of(bytes), static_cast<int>(bytes.size()));
  text.resize(static_cast<std::size_t>(size));
  return text;
}

std::optional<std::string> from_base64(std::string_view text) {
  if (text.size() % kGroup != 0 || text.size() > kMostBytes) return std::nullopt;
  std::string bytes(text.size() / kGroup * 3, '\0');
  const int size = EVP_DecodeBlock(bytes_of(bytes), bytes_of(text), static_cast<int>(text.size()));
  if (size < 0) return std::nullopt;
  // OpenSSL counts the padding as bytes.
  const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
  bytes.resize(static_cast<std::size_t>(size) - padding);
  if (to_base64(bytes) != text) return std::nullopt;
  return bytes;
}

}  // namespace dienstbereit
