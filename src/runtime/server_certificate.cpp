// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/server_certificate.h"

#include <openssl/x509v3.h>

#include <fmt/format.h>

#include "runtime/tls.h"

namespace dienstbereit::runtime {
namespace {

constexpr long kSecondsPerDay = 86400;

Instant end_of(const X509* certificate) {
  int days = 0;
  int seconds = 0;
  ASN1_TIME* epoch = ASN1_TIME_set(nullptr, 0);
  ASN1_TIME_diff(&days, &seconds, epoch, X509_get0_notAfter(certificate));
  ASN1_TIME_free(epoch);
  return Instant(std::chrono::seconds(days * kSecondsPerDay + seconds));
}

}  // namespace

Result<Instant> certificate_end(const std::filesystem::path& certificate,
                                const std::filesystem::path& key, const std::string& name) {
  const auto context = make_server_context(certificate, key);
  if (!context) return tl::unexpected(context.error());
  SSL_CTX* native = const_cast<asio::ssl::context&>(*context).native_handle();
  if (SSL_CTX_check_private_key(native) != 1) {
    return fail(Errc::InvalidInput, fmt::format("the key '{}' is not that of the certificate '{}'",
                                                key.string(), certificate.string()));
  }
  X509* own = SSL_CTX_get0_certificate(native);
  const unsigned int flags = X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS;
  if (!name.empty() && X509_check_host(own, name.c_str(), name.size(), flags, nullptr) != 1) {
    return fail(Errc::InvalidInput, fmt::format("the certificate '{}' does not carry the name '{}'",
                                                certificate.string(), name));
  }
  return end_of(own);
}

}  // namespace dienstbereit::runtime
