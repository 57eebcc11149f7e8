// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/credentials.h"

#include <sys/stat.h>

#include <cstdlib>

#include <fmt/format.h>

#include "base/file.h"

namespace dienstbereit::runtime {
namespace {

constexpr mode_t kOthersMayUse = S_IRWXO;
constexpr mode_t kGroupMayWrite = S_IWGRP;

bool is_letter_or_digit(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string environment_name(const std::string& name) {
  std::string upper = "DIENSTBEREIT_CREDENTIAL_";
  for (char c : name) {
    if (!is_letter_or_digit(c)) c = '_';
    upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  return upper;
}

// A name of one path element: never a way out of the folder.
bool is_plain_name(const std::string& name) {
  return !name.empty() && name.front() != '.' && name.find('/') == std::string::npos &&
         name.find('\0') == std::string::npos;
}

Result<std::string> read_secret(const std::filesystem::path& path) {
  struct stat facts{};
  if (::stat(path.c_str(), &facts) != 0) {
    return fail(Errc::NotFound, fmt::format("there is no file '{}'", path.string()));
  }
  if (!S_ISREG(facts.st_mode)) {
    return fail(Errc::Denied, fmt::format("'{}' is not a plain file", path.string()));
  }
  if ((facts.st_mode & (kOthersMayUse | kGroupMayWrite)) != 0) {
    return fail(Errc::Denied, fmt::format("'{}' is open to others; take that from them: chmod 0400",
                                          path.string()));
  }
  auto text = read_file(path, Credentials::kLargestSecret);
  if (!text) return text;
  while (!text->empty() && (text->back() == '\n' || text->back() == '\r')) text->pop_back();
  return text;
}

}  // namespace

Credentials::Credentials(std::filesystem::path folder) : folder_(std::move(folder)) {}

Result<std::string> Credentials::find(const std::string& name) const {
  if (!is_plain_name(name)) {
    return fail(Errc::InvalidInput, fmt::format("'{}' cannot be the name of a credential", name));
  }
  if (!folder_.empty()) {
    auto secret = read_secret(folder_ / name);
    if (secret || secret.error().code != Errc::NotFound) return secret;
  }
  const auto variable = environment_name(name);
  if (const char* value = std::getenv(variable.c_str())) return std::string(value);
  return fail(Errc::NotFound,
              fmt::format("the credential '{}' is missing: neither a file '{}' nor the variable {}",
                          name, folder_.empty() ? name : (folder_ / name).string(), variable));
}

Result<std::filesystem::path> Credentials::file(const std::string& name) const {
  if (!is_plain_name(name)) {
    return fail(Errc::InvalidInput, fmt::format("'{}' cannot be the name of a credential", name));
  }
  if (folder_.empty()) {
    return fail(Errc::NotFound, fmt::format("the credential '{}' is a file, and there is no "
                                            "credentials folder; give one with --credentials",
                                            name));
  }
  if (auto secret = read_secret(folder_ / name); !secret) return tl::unexpected(secret.error());
  return std::filesystem::absolute(folder_ / name);
}

}  // namespace dienstbereit::runtime
