// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/snmp/usm.h"

#include <algorithm>
#include <array>
#include <limits>
#include <memory>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "base/assert.h"

namespace dienstbereit::probe {
namespace {

constexpr std::int64_t kVersion3 = 3;
constexpr std::int64_t kUserSecurityModel = 3;
constexpr std::int64_t kLargestMessage = 8192;  // kLargestDatagram: what we take
constexpr std::uint8_t kAuthenticated = 1;
constexpr std::uint8_t kEncrypted = 2;
constexpr std::uint8_t kReportable = 4;
constexpr std::size_t kExpanded = 1u << 20;  // bytes that are hashed of a passphrase
constexpr std::size_t kSalt = 8;
constexpr std::size_t kAesKey = 16;
constexpr std::size_t kAesBlock = 16;
const Oid kReports{1, 3, 6, 1, 6, 3, 15, 1, 1};

const EVP_MD* digest_of(SnmpAuth auth) {
  if (auth == SnmpAuth::Md5) return EVP_md5();
  return auth == SnmpAuth::Sha1 ? EVP_sha1() : EVP_sha256();
}

// Bytes of the hash that go along.
std::size_t mac_size(SnmpAuth auth) {
  constexpr std::size_t kShort = 12;
  constexpr std::size_t kOfSha256 = 24;
  return auth == SnmpAuth::Sha256 ? kOfSha256 : kShort;
}

struct FreeDigest {
  void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};
struct FreeCipher {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

class Digest {
 public:
  explicit Digest(SnmpAuth auth) : context_(EVP_MD_CTX_new()) {
    dienstbereit_assert(context_ && EVP_DigestInit_ex(context_.get(), digest_of(auth), nullptr));
  }
  void add(std::string_view bytes) { EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size()); }
  std::string end() {
    std::array<unsigned char, EVP_MAX_MD_SIZE> out;
    unsigned size = 0;
    EVP_DigestFinal_ex(context_.get(), out.data(), &size);
    return {reinterpret_cast<const char*>(out.data()), size};
  }

 private:
  std::unique_ptr<EVP_MD_CTX, FreeDigest> context_;
};

std::string mac(const UsmUser& user, std::string_view bytes) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> out;
  unsigned size = 0;
  HMAC(digest_of(user.auth), user.auth_key.data(), static_cast<int>(user.auth_key.size()),
       reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), out.data(), &size);
  return {reinterpret_cast<const char*>(out.data()), mac_size(user.auth)};
}

std::string big_endian(std::uint64_t value, std::size_t size) {
  std::string out;
  for (std::size_t i = size; i-- > 0;) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

// AES-128 in CFB mode (RFC 3826, 3.1.2); both ways.
std::string cipher(bool encrypt, const UsmUser& user, const UsmEngine& engine,
                   std::string_view salt, std::string_view bytes) {
  const std::string iv = big_endian(static_cast<std::uint64_t>(engine.boots), 4) +
                         big_endian(static_cast<std::uint64_t>(engine.time), 4) + std::string(salt);
  dienstbereit_assert(iv.size() == kAesBlock && user.privacy_key.size() >= kAesKey);
  const auto raw = [](std::string_view s) {
    return reinterpret_cast<const unsigned char*>(s.data());
  };
  std::unique_ptr<EVP_CIPHER_CTX, FreeCipher> context(EVP_CIPHER_CTX_new());
  std::string out(bytes.size(), '\0');
  int size = 0;
  const bool done = context &&
                    EVP_CipherInit_ex(context.get(), EVP_aes_128_cfb128(), nullptr,
                                      raw(user.privacy_key), raw(iv), encrypt ? 1 : 0) == 1 &&
                    EVP_CipherUpdate(context.get(), reinterpret_cast<unsigned char*>(out.data()),
                                     &size, raw(bytes), static_cast<int>(bytes.size())) == 1;
  dienstbereit_assert(done);
  return out;
}

// The whole message; `hash`, if not empty, stands where it belongs.
struct Parts {
  std::int32_t message;
  std::uint8_t flags;
  const UsmEngine& engine;
  const std::string& user;
  std::string hash;
  std::string salt;
  std::string data;
};
std::string put_together(const Parts& parts) {
  const std::string header = to_ber_integer(parts.message) + to_ber_integer(kLargestMessage) +
                             to_ber(kBerOctets, std::string(1, static_cast<char>(parts.flags))) +
                             to_ber_integer(kUserSecurityModel);
  const std::string security = to_ber(kBerOctets, parts.engine.id) +
                               to_ber_integer(parts.engine.boots) +
                               to_ber_integer(parts.engine.time) + to_ber(kBerOctets, parts.user) +
                               to_ber(kBerOctets, parts.hash) + to_ber(kBerOctets, parts.salt);
  return to_ber(kBerSequence, to_ber_integer(kVersion3) + to_ber(kBerSequence, header) +
                                  to_ber(kBerOctets, to_ber(kBerSequence, security)) + parts.data);
}

// What stands in the clear.
struct Envelope {
  std::int32_t message = 0;
  std::uint8_t flags = 0;
  UsmEngine engine;
  std::string_view hash;
  std::string_view salt;
  Ber data;
};

bool read_header(std::string_view bytes, Envelope& out) {
  BerReader reader(bytes);
  const auto message = reader.next_integer();
  reader.next_integer();  // the largest it takes
  const auto flags = reader.next(kBerOctets);
  const auto model = reader.next_integer();
  if (reader.failed() || !flags || flags->size() != 1 || model != kUserSecurityModel) return false;
  if (*message < 0 || *message > std::numeric_limits<std::int32_t>::max()) return false;
  out.message = static_cast<std::int32_t>(*message);
  out.flags = static_cast<std::uint8_t>(flags->front());
  return true;
}

bool read_security(std::string_view bytes, Envelope& out) {
  BerReader whole(bytes);
  const auto sequence = whole.next(kBerSequence);
  if (!sequence) return false;
  BerReader reader(*sequence);
  const auto engine = reader.next(kBerOctets);
  const auto boots = reader.next_integer();
  const auto time = reader.next_integer();
  const auto user = reader.next(kBerOctets);
  const auto hash = reader.next(kBerOctets);
  const auto salt = reader.next(kBerOctets);
  constexpr std::size_t kLongestEngine = 32;  // RFC 3411, 5
  constexpr std::int64_t kMost = std::numeric_limits<std::int32_t>::max();
  if (reader.failed() || !user || !salt || engine->size() > kLongestEngine) return false;
  if (*boots < 0 || *boots > kMost || *time < 0 || *time > kMost) return false;
  out.engine = {std::string(*engine), *boots, *time};
  out.hash = *hash;
  out.salt = *salt;
  return true;
}

std::optional<Envelope> open_envelope(std::string_view bytes) {
  BerReader whole(bytes);
  const auto sequence = whole.next(kBerSequence);
  if (!sequence || !whole.empty()) return std::nullopt;
  BerReader reader(*sequence);
  const auto version = reader.next_integer();
  const auto header = reader.next(kBerSequence);
  const auto security = reader.next(kBerOctets);
  const auto data = reader.next();
  if (version != kVersion3 || !header || !security || !data) return std::nullopt;
  Envelope out;
  out.data = *data;
  if (!read_header(*header, out) || !read_security(*security, out)) return std::nullopt;
  return out;
}

bool hash_is_right(std::string_view bytes, const Envelope& envelope, const UsmUser& user) {
  if (user.auth_key.empty() || envelope.hash.size() != mac_size(user.auth)) return false;
  std::string zeroed(bytes);
  const auto at = static_cast<std::size_t>(envelope.hash.data() - bytes.data());
  zeroed.replace(at, envelope.hash.size(), std::string(envelope.hash.size(), '\0'));
  const std::string wanted = mac(user, zeroed);
  return CRYPTO_memcmp(wanted.data(), envelope.hash.data(), wanted.size()) == 0;
}

std::optional<SnmpPdu> parse_scoped(std::string_view bytes) {
  BerReader reader(bytes);
  const auto engine = reader.next(kBerOctets);
  const auto name = reader.next(kBerOctets);
  const auto element = reader.next();
  if (!engine || !name || !element) return std::nullopt;
  return parse_snmp_pdu(*element);
}

}  // namespace

std::string usm_key(SnmpAuth auth, std::string_view passphrase, std::string_view engine) {
  if (passphrase.empty()) return {};
  std::string block;
  while (block.size() < passphrase.size() * 64) block += passphrase;
  Digest expanded(auth);
  std::size_t left = kExpanded;
  while (left > 0) {
    const std::size_t size = std::min(left, block.size());
    expanded.add(std::string_view(block).substr(0, size));
    left -= size;
  }
  const std::string key = expanded.end();
  Digest localised(auth);
  localised.add(key);
  localised.add(engine);
  localised.add(key);
  return localised.end();
}

std::string snmp_v3(const UsmEngine& engine, const UsmUser& user, std::int32_t message,
                    std::uint64_t salt, const SnmpPdu& pdu) {
  const std::string scoped =
      to_ber(kBerSequence, to_ber(kBerOctets, engine.id) + to_ber(kBerOctets, "") + to_ber(pdu));
  Parts parts{message, kReportable, engine, user.name, {}, {}, scoped};
  if (!user.auth_key.empty()) {
    parts.flags |= kAuthenticated;
    parts.hash.assign(mac_size(user.auth), '\0');
  }
  if (!user.privacy_key.empty()) {
    parts.flags |= kEncrypted;
    parts.salt = big_endian(salt, kSalt);
    parts.data = to_ber(kBerOctets, cipher(true, user, engine, parts.salt, scoped));
  }
  std::string bytes = put_together(parts);
  if (user.auth_key.empty()) return bytes;
  parts.hash = mac(user, bytes);
  return put_together(parts);
}

std::optional<SnmpV3Answer> parse_snmp_v3(std::string_view bytes, const UsmUser& user) {
  const auto envelope = open_envelope(bytes);
  if (!envelope) return std::nullopt;
  SnmpV3Answer answer;
  answer.message = envelope->message;
  answer.engine = envelope->engine;
  const bool claims = (envelope->flags & kAuthenticated) != 0;
  if (claims && !hash_is_right(bytes, *envelope, user)) return std::nullopt;
  answer.authenticated = claims || user.auth_key.empty();
  const bool encrypted = (envelope->flags & kEncrypted) != 0;
  std::string clear(envelope->data.body);
  if (encrypted) {
    if (user.privacy_key.empty() || envelope->data.tag != kBerOctets ||
        envelope->salt.size() != kSalt) {
      return std::nullopt;
    }
    const std::string whole =
        cipher(false, user, envelope->engine, envelope->salt, envelope->data.body);
    BerReader reader(whole);
    const auto scoped = reader.next(kBerSequence);
    if (!scoped) return std::nullopt;
    clear = std::string(*scoped);
  } else if (envelope->data.tag != kBerSequence) {
    return std::nullopt;
  }
  auto pdu = parse_scoped(clear);
  if (!pdu) return std::nullopt;
  // What was asked in secret is not answered in the open; reports are, before keys are known.
  if (!user.privacy_key.empty() && !encrypted && pdu->type != SnmpType::Report) return std::nullopt;
  answer.pdu = std::move(*pdu);
  return answer;
}

UsmReport usm_report(const SnmpPdu& pdu) {
  if (pdu.type != SnmpType::Report || pdu.bindings.empty()) return UsmReport::None;
  const Oid& oid = pdu.bindings.front().oid;
  const bool known = starts_with(oid, kReports) && oid.size() > kReports.size() &&
                     oid[kReports.size()] >= 1 && oid[kReports.size()] <= 6;
  return known ? static_cast<UsmReport>(oid[kReports.size()]) : UsmReport::None;
}

}  // namespace dienstbereit::probe
