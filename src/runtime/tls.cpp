// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/tls.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::runtime {
namespace {

constexpr std::size_t kLongestName = 120;   // bytes of a certificate's name that are shown
constexpr int kMostNamesShown = 3;          // of the names a certificate carries
constexpr std::size_t kLongestChain = 10;   // certificates looked at
constexpr long kSecondsPerDay = 86400;

std::string name_text(const X509_NAME* name) {
  char text[256] = {0};
  if (X509_NAME_get_text_by_NID(name, NID_commonName, text, sizeof text) <= 0) {
    X509_NAME_oneline(name, text, sizeof text);
  }
  return clean(text, kLongestName);
}

Instant instant_of(const ASN1_TIME* time) {
  int days = 0;
  int seconds = 0;
  ASN1_TIME* epoch = ASN1_TIME_set(nullptr, 0);
  ASN1_TIME_diff(&days, &seconds, epoch, time);
  ASN1_TIME_free(epoch);
  return Instant(std::chrono::seconds(days * kSecondsPerDay + seconds));
}

std::string day_of(const ASN1_TIME* time) {
  return to_rfc3339(instant_of(time)).substr(0, sizeof "2026-01-01" - 1);
}

// The DNS names and addresses the certificate carries, at most kMostNamesShown.
std::string carried_names(X509* certificate) {
  auto* names = static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
  std::vector<std::string> shown;
  for (int i = 0; i < sk_GENERAL_NAME_num(names) && i < kMostNamesShown; ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names, i);
    if (name->type == GEN_DNS) {
      const auto* bytes = reinterpret_cast<const char*>(ASN1_STRING_get0_data(name->d.dNSName));
      const auto size = static_cast<std::size_t>(ASN1_STRING_length(name->d.dNSName));
      shown.push_back(clean(std::string_view(bytes, size), kLongestName));
    }
  }
  GENERAL_NAMES_free(names);
  if (shown.empty()) return name_text(X509_get_subject_name(certificate));
  return join(shown, ", ");
}

std::string why_refused(X509_STORE_CTX* store, const std::string& server_name) {
  const int error = X509_STORE_CTX_get_error(store);
  X509* certificate = X509_STORE_CTX_get_current_cert(store);
  if (certificate == nullptr) return X509_verify_cert_error_string(error);
  const std::string which = fmt::format("the certificate of '{}' (issued by '{}')",
                                        name_text(X509_get_subject_name(certificate)),
                                        name_text(X509_get_issuer_name(certificate)));
  switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return fmt::format("{} has expired on {}", which, day_of(X509_get0_notAfter(certificate)));
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return fmt::format("{} is valid only from {}", which,
                         day_of(X509_get0_notBefore(certificate)));
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return fmt::format("{} does not carry the name '{}' but {}", which, server_name,
                         carried_names(certificate));
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return fmt::format("{} comes from an issuer that is not trusted here", which);
    default:
      return fmt::format("{} is refused: {}", which, X509_verify_cert_error_string(error));
  }
}

bool is_numeric(const std::string& host) {
  ErrorCode ec;
  asio::ip::make_address(host, ec);
  return !ec;
}

// SNI and the name to verify; numeric addresses are never sent as SNI (RFC 6066, 3).
void name_the_server(SSL* ssl, const std::string& name) {
  if (name.empty()) return;
  if (is_numeric(name)) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), name.c_str());
    return;
  }
  SSL_set_tlsext_host_name(ssl, name.c_str());
  SSL_set_hostflags(ssl, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
  SSL_set1_host(ssl, name.c_str());
}

std::vector<Certificate> chain_of(SSL* ssl) {
  STACK_OF(X509)* chain = SSL_get0_verified_chain(ssl);
  if (chain == nullptr) chain = SSL_get_peer_cert_chain(ssl);
  std::vector<Certificate> certificates;
  for (int i = 0; i < sk_X509_num(chain) && certificates.size() < kLongestChain; ++i) {
    const X509* x = sk_X509_value(chain, i);
    certificates.push_back(Certificate{name_text(X509_get_subject_name(x)),
                                       name_text(X509_get_issuer_name(x)),
                                       instant_of(X509_get0_notAfter(x))});
  }
  return certificates;
}

std::string openssl_text(const ErrorCode& ec) {
  const auto text = ec.message();
  return text.empty() ? "unknown reason" : text;
}

}  // namespace

Result<asio::ssl::context*> TlsContexts::get(const std::filesystem::path& ca_file) {
  auto known = contexts_.find(ca_file);
  if (known != contexts_.end()) return &known->second;
  asio::ssl::context context(asio::ssl::context::tls_client);
  ErrorCode ec;
  if (ca_file.empty()) {
    context.set_default_verify_paths(ec);
  } else {
    context.load_verify_file(ca_file.string(), ec);
  }
  if (ec) {
    return fail(Errc::NotFound, fmt::format("the CA file '{}' cannot be used: {}; it must hold "
                                            "certificates as PEM",
                                            ca_file.string(), openssl_text(ec)));
  }
  SSL_CTX_set_session_cache_mode(context.native_handle(), SSL_SESS_CACHE_OFF);
  SSL_CTX_set_mode(context.native_handle(), SSL_MODE_RELEASE_BUFFERS);
  return &contexts_.emplace(ca_file, std::move(context)).first->second;
}

Async<TlsFacts> shake_hands(TlsStream& stream, TlsPolicy policy, ErrorCode& failure) {
  TlsFacts facts;
  SSL* ssl = stream.native_handle();
  name_the_server(ssl, policy.server_name);
  stream.set_verify_mode(asio::ssl::verify_peer);
  const auto judge = [&facts, &policy](bool fine, asio::ssl::verify_context& context) {
    if (fine || !policy.verify) return true;
    if (facts.failure.empty()) {
      facts.failure = why_refused(context.native_handle(), policy.server_name);
    }
    return false;
  };
  stream.set_verify_callback(judge);
  co_await stream.async_handshake(asio::ssl::stream_base::client, into(failure));
  // The callback refers to this frame: nothing may call it later.
  stream.set_verify_callback([](bool fine, asio::ssl::verify_context&) { return fine; });
  facts.chain = chain_of(ssl);
  facts.version = SSL_get_version(ssl);
  co_return facts;
}

Result<asio::ssl::context> make_server_context(const std::filesystem::path& certificate,
                                               const std::filesystem::path& key) {
  asio::ssl::context context(asio::ssl::context::tls_server);
  ErrorCode ec;
  context.set_options(asio::ssl::context::no_sslv2 | asio::ssl::context::no_sslv3 |
                          asio::ssl::context::no_tlsv1 | asio::ssl::context::no_tlsv1_1 |
                          SSL_OP_NO_RENEGOTIATION | SSL_OP_CIPHER_SERVER_PREFERENCE,
                      ec);
  if (!ec) context.use_certificate_chain_file(certificate.string(), ec);
  if (ec) {
    return fail(Errc::InvalidInput,
                fmt::format("the certificate file '{}' cannot be used: {}; it must hold the "
                            "server's certificate and its chain as PEM",
                            certificate.string(), openssl_text(ec)));
  }
  context.use_private_key_file(key.string(), asio::ssl::context::pem, ec);
  if (ec) {
    return fail(Errc::InvalidInput,
                fmt::format("the key file '{}' cannot be used: {}; it must hold the private key "
                            "of '{}' as PEM, without a password",
                            key.string(), openssl_text(ec), certificate.string()));
  }
  SSL_CTX_set_mode(context.native_handle(), SSL_MODE_RELEASE_BUFFERS);
  return context;
}

}  // namespace dienstbereit::runtime
