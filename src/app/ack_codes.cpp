// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/ack_codes.h"

#include <fcntl.h>
#include <sodium.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include <fmt/format.h>

#include "base/assert.h"
#include "base/file.h"

namespace dienstbereit::app {
namespace {

constexpr const char* kFile = "acknowledge.key";
constexpr std::size_t kKeyBytes = crypto_auth_KEYBYTES;
constexpr std::size_t kCharacters = 8;
constexpr std::string_view kAlphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";  // Crockford's base 32

// Written by this process alone: the data directory is locked by the journal.
Result<std::string> make_key(const std::filesystem::path& path) {
  std::string key(kKeyBytes, '\0');
  randombytes_buf(key.data(), key.size());
  const auto made = path.string() + ".new";
  const int file = ::open(made.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  const bool written = file >= 0 &&
                       ::write(file, key.data(), key.size()) == static_cast<ssize_t>(key.size()) &&
                       ::fsync(file) == 0;
  const int problem = errno;
  if (file >= 0) ::close(file);
  if (!written || std::rename(made.c_str(), path.c_str()) != 0) {
    return fail(Errc::Io, fmt::format("'{}' cannot be written ({}); the codes of messages need it",
                                      path.string(), std::strerror(problem)));
  }
  return key;
}

// As read over the telephone: case, hyphens and blanks do not count; O is 0, I and L are 1.
std::string plain(const std::string& code) {
  std::string out;
  for (char c : code) {
    if (c == '-' || c == ' ') continue;
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    out += c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
  }
  return out;
}

}  // namespace

Result<AckCodes> AckCodes::open(const std::filesystem::path& data) {
  dienstbereit_assert(sodium_init() >= 0);
  const auto path = data / kFile;
  auto key = read_file(path, kKeyBytes);
  if (key && key->size() == kKeyBytes) return AckCodes(std::move(*key));
  if (key || std::filesystem::exists(path)) {
    return fail(Errc::Corrupt, fmt::format("'{}' does not hold {} bytes; remove it, and codes that "
                                           "were sent are void",
                                           path.string(), kKeyBytes));
  }
  auto made = make_key(path);
  if (!made) return tl::unexpected(made.error());
  return AckCodes(std::move(*made));
}

std::string AckCodes::code_of(const MessageId& message) const {
  std::array<unsigned char, crypto_auth_BYTES> mac;
  crypto_auth(mac.data(), reinterpret_cast<const unsigned char*>(message.str().data()),
              message.str().size(), reinterpret_cast<const unsigned char*>(key_.data()));
  std::string code;
  for (std::size_t i = 0; i < kCharacters; ++i) {
    if (i == kCharacters / 2) code += '-';
    code += kAlphabet[mac[i] % kAlphabet.size()];  // 256 is a multiple of 32
  }
  return code;
}

std::optional<MessageId> AckCodes::message_of(const std::string& code,
                                              const NoticeBoard& board) const {
  const std::string wanted = plain(code);
  if (wanted.size() != kCharacters) return std::nullopt;
  for (const MessageSituation& message : board.messages) {
    const std::string known = plain(code_of(message.id));
    if (sodium_memcmp(known.data(), wanted.data(), kCharacters) == 0) return message.id;
  }
  return std::nullopt;
}

}  // namespace dienstbereit::app
