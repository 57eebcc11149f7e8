// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "helper/signature.h"

#include <cerrno>
#include <cstring>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/text.h"
#include "helper/list.h"

namespace dienstbereit::helper {
namespace {

namespace fs = std::filesystem;
using Bytes = std::vector<unsigned char>;

constexpr std::string_view kSecretWord = "dienstbereit-secret-key";
constexpr std::string_view kPublicWord = "dienstbereit-public-key";
constexpr std::string_view kSignatureWord = "dienstbereit-signature";
constexpr std::size_t kLargestKeyFile = 1'000;
constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL;
// What is signed is this and the file: a signature made for anything else is none for a list.
constexpr std::string_view kPurpose = "dienstbereit helper list 1\n";

bool ready() { return ::sodium_init() >= 0; }

std::string line_of(std::string_view word, const Bytes& bytes) {
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  ::sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), kVariant);
  text.resize(text.find('\0'));
  return fmt::format("{} {}\n", word, text);
}

Result<Bytes> read_line(const fs::path& path, std::string_view word, std::size_t size) {
  const auto text = read_file(path, kLargestKeyFile);
  if (!text) return tl::unexpected(text.error());
  const std::string_view line = trim(*text);
  Bytes bytes(size + 1);
  std::size_t length = 0;
  const bool named = line.starts_with(word) && line.size() > word.size() + 1;
  const std::string_view base64 = named ? line.substr(word.size() + 1) : std::string_view();
  const bool read =
      named && ::sodium_base642bin(bytes.data(), bytes.size(), base64.data(), base64.size(),
                                   nullptr, &length, nullptr, kVariant) == 0;
  if (!read || length != size) {
    return fail(Errc::InvalidInput,
                fmt::format("{} holds no line '{} ...' of the right length", path.string(), word));
  }
  bytes.resize(size);
  return bytes;
}

Result<void> write_new(const fs::path& path, const std::string& text, mode_t mode) {
  const int fd = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
  if (fd < 0) {
    const Errc code = errno == EEXIST ? Errc::Conflict : Errc::Io;
    return fail(code, fmt::format("cannot create {}: {}", path.string(), std::strerror(errno)));
  }
  const bool written = ::write(fd, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
                       ::fsync(fd) == 0;
  const int error = errno;
  ::close(fd);
  if (written) return {};
  return fail(Errc::Io, fmt::format("cannot write {}: {}", path.string(), std::strerror(error)));
}

Bytes message_of(const std::string& text) {
  Bytes message(kPurpose.begin(), kPurpose.end());
  message.insert(message.end(), text.begin(), text.end());
  return message;
}

fs::path signature_of(const fs::path& file) { return file.string() + ".sig"; }

}  // namespace

Result<void> make_keys(const fs::path& secret) {
  if (!ready()) return fail(Errc::Io, "the machine gives no random numbers");
  Bytes public_key(crypto_sign_PUBLICKEYBYTES);
  Bytes secret_key(crypto_sign_SECRETKEYBYTES);
  ::crypto_sign_keypair(public_key.data(), secret_key.data());
  std::string line = line_of(kSecretWord, secret_key);
  auto kept = write_new(secret, line, 0600);
  ::sodium_memzero(line.data(), line.size());
  ::sodium_memzero(secret_key.data(), secret_key.size());
  if (!kept) return kept;
  return write_new(secret.string() + ".pub", line_of(kPublicWord, public_key), 0644);
}

Result<void> sign(const fs::path& file, const fs::path& secret) {
  if (!ready()) return fail(Errc::Io, "libsodium cannot be used");
  auto key = read_line(secret, kSecretWord, crypto_sign_SECRETKEYBYTES);
  if (!key) return tl::unexpected(key.error());
  const auto text = read_file(file, kLargestList);
  if (!text) return tl::unexpected(text.error());
  const Bytes message = message_of(*text);
  Bytes signature(crypto_sign_BYTES);
  ::crypto_sign_detached(signature.data(), nullptr, message.data(), message.size(), key->data());
  ::sodium_memzero(key->data(), key->size());
  return write_file(signature_of(file), line_of(kSignatureWord, signature));
}

Result<std::string> read_signed(const fs::path& file, const fs::path& public_key) {
  if (!ready()) return fail(Errc::Io, "libsodium cannot be used");
  const auto key = read_line(public_key, kPublicWord, crypto_sign_PUBLICKEYBYTES);
  if (!key) return tl::unexpected(key.error());
  const auto text = read_file(file, kLargestList);
  if (!text) return tl::unexpected(text.error());
  const auto signature = read_line(signature_of(file), kSignatureWord, crypto_sign_BYTES);
  if (!signature) return tl::unexpected(signature.error());
  const Bytes message = message_of(*text);
  if (::crypto_sign_verify_detached(signature->data(), message.data(), message.size(),
                                    key->data()) != 0) {
    return fail(Errc::Denied,
                fmt::format("{} is not as it was signed, or was signed with another key than that "
                            "of {}; nothing of it is carried out. Look at it, then sign it again: "
                            "'dienstbereit helper sign'",
                            file.string(), public_key.string()));
  }
  return *text;
}

Result<void> check_owner(const fs::path& file) {
  struct stat info{};
  if (::stat(file.c_str(), &info) != 0) {
    return fail(Errc::NotFound,
                fmt::format("cannot look at {}: {}", file.string(), std::strerror(errno)));
  }
  if ((info.st_uid == 0 || info.st_uid == ::geteuid()) && (info.st_mode & 022) == 0) return {};
  return fail(Errc::Denied,
              fmt::format("{} may be written by others than root and the helper's own user; chown "
                          "and chmod it",
                          file.string()));
}

}  // namespace dienstbereit::helper
