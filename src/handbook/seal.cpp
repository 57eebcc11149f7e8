// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "handbook/seal.h"

#include <algorithm>
#include <array>
#include <memory>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <nlohmann/json.hpp>

#include "base/base64.h"
#include "base/markup.h"
#include "words/words.h"

// Defined in embedded.S.
extern "C" {
extern const char dienstbereit_unseal[];
extern const char dienstbereit_unseal_end[];
}

namespace dienstbereit::handbook {
namespace {

constexpr std::string_view kFormat = "dienstbereit sealed page 1";
constexpr std::size_t kSalt = 16, kKey = 32, kNonce = 12, kTag = 16;

template <std::size_t N>
using Bytes = std::array<unsigned char, N>;

struct ContextFree {
  void operator()(EVP_CIPHER_CTX* context) const { EVP_CIPHER_CTX_free(context); }
};

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
template <std::size_t N>
std::string encoded(const Bytes<N>& bytes) {
  return to_base64({reinterpret_cast<const char*>(bytes.data()), N});
}

// The text sealed, its tag behind it; empty: OpenSSL refused.
std::string sealed(std::string_view plain, const Bytes<kKey>& key, const Bytes<kNonce>& nonce) {
  const std::unique_ptr<EVP_CIPHER_CTX, ContextFree> context(EVP_CIPHER_CTX_new());
  std::string out(plain.size() + kTag, '\0');
  auto* to = reinterpret_cast<unsigned char*>(out.data());
  int size = 0, more = 0;
  const bool done = context &&
                    EVP_EncryptInit_ex(context.get(), EVP_aes_256_gcm(), nullptr, key.data(),
                                       nonce.data()) == 1 &&
                    EVP_EncryptUpdate(context.get(), nullptr, &size, bytes_of(kFormat),
                                      static_cast<int>(kFormat.size())) == 1 &&
                    EVP_EncryptUpdate(context.get(), to, &size, bytes_of(plain),
                                      static_cast<int>(plain.size())) == 1 &&
                    EVP_EncryptFinal_ex(context.get(), to + size, &more) == 1 &&
                    EVP_CIPHER_CTX_ctrl(context.get(), EVP_CTRL_GCM_GET_TAG, static_cast<int>(kTag),
                                        to + plain.size()) == 1;
  return done ? out : std::string();
}

Result<nlohmann::ordered_json> seal(const std::string& plain, std::string_view passphrase) {
  Bytes<kSalt> salt{};
  Bytes<kNonce> nonce{};
  Bytes<kKey> key{};
  const bool ready = RAND_bytes(salt.data(), static_cast<int>(salt.size())) == 1 &&
                     RAND_bytes(nonce.data(), static_cast<int>(nonce.size())) == 1 &&
                     PKCS5_PBKDF2_HMAC(passphrase.data(), static_cast<int>(passphrase.size()),
                                       salt.data(), static_cast<int>(salt.size()), kSealIterations,
                                       EVP_sha256(), static_cast<int>(key.size()), key.data()) == 1;
  const std::string data = ready ? sealed(plain, key, nonce) : std::string();
  if (data.empty()) return fail(Errc::Io, "OpenSSL could not seal the papers");
  return nlohmann::ordered_json{{"format", kFormat},
                                {"iterations", kSealIterations},
                                {"salt", encoded(salt)},
                                {"iv", encoded(nonce)},
                                {"data", to_base64(data)}};
}

// What stands on the page before it is opened: in both languages, since nobody has chosen yet.
class Shell {
 public:
  std::string write(const std::string& sealed) {
    const std::string_view script(
        dienstbereit_unseal,
        static_cast<std::size_t>(dienstbereit_unseal_end - dienstbereit_unseal));
    std::string out = fmt::format(
        "<!DOCTYPE html>\n<html lang=\"de\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src &#39;none&#39;; "
        "script-src {}; style-src {}; base-uri &#39;none&#39;; form-action &#39;none&#39;\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta name=\"referrer\" content=\"no-referrer\">\n<title>{}</title>\n"
        "<style>{}</style>\n</head>\n<body>\n",
        escaped(source_hash(script)), escaped(source_hash(stylesheet())), german("sealed.title"),
        stylesheet());
    out += fmt::format(
        "<main id=\"lock\">\n<h1>{}</h1>\n<p>{}</p>\n<p lang=\"en\">{}</p>\n"
        "<form id=\"form\">\n<label for=\"passphrase\">{} <span lang=\"en\">/ {}</span></label>\n"
        "<input id=\"passphrase\" type=\"password\" autocomplete=\"off\" autocapitalize=\"none\" "
        "spellcheck=\"false\" required>\n"
        "<label class=\"inline\"><input id=\"visible\" type=\"checkbox\"> {} "
        "<span lang=\"en\">/ {}</span></label>\n"
        "<button id=\"open\">{} <span lang=\"en\">/ {}</span></button>\n</form>\n"
        "<div id=\"trouble\" role=\"alert\">\n",
        german("sealed.title"), german("sealed.how"), english("sealed.how"),
        german("sealed.passphrase"), english("sealed.passphrase"), german("sealed.visible"),
        english("sealed.visible"), german("sealed.open"), english("sealed.open"));
    for (const char* id : {"working", "wrong", "old-browser"}) {
      const std::string key =
          "sealed." + std::string(id == std::string_view("old-browser") ? "old_browser" : id);
      out += fmt::format("<p id=\"{}\" hidden>{} <span lang=\"en\">{}</span></p>\n", id,
                         german(key), english(key));
    }
    out += fmt::format(
        "</div>\n<noscript><p>{} <span lang=\"en\">{}</span></p></noscript>\n</main>\n"
        "<header id=\"tools\" class=\"tools\" hidden>\n<button id=\"print\">{} "
        "<span lang=\"en\">/ {}</span></button>\n"
        "<button id=\"de\" aria-pressed=\"true\" lang=\"de\">Deutsch</button>\n"
        "<button id=\"en\" aria-pressed=\"false\" lang=\"en\">English</button>\n</header>\n"
        "<div id=\"content\"></div>\n",
        german("sealed.no_script"), english("sealed.no_script"), german("sealed.print"),
        english("sealed.print"));
    out += fmt::format(
        "<script id=\"sealed\" type=\"application/json\">{}</script>\n<script>{}</script>\n"
        "</body>\n</html>\n",
        sealed, script);
    return out;
  }

 private:
  static std::string german(std::string_view key) {
    return escaped(words::label(words::Language::De, key));
  }
  static std::string english(std::string_view key) {
    return escaped(words::label(words::Language::En, key));
  }
};

}  // namespace

Result<void> check_passphrase(std::string_view passphrase) {
  if (passphrase.size() < kShortestPassphrase || passphrase.size() > kLongestPassphrase) {
    return fail(Errc::InvalidInput,
                fmt::format("the passphrase must have {} to {} characters; a row of six words is "
                            "easy to type",
                            kShortestPassphrase, kLongestPassphrase));
  }
  const bool plain = std::all_of(passphrase.begin(), passphrase.end(),
                                 [](char letter) { return letter >= ' ' && letter <= '~'; });
  if (!plain || passphrase.front() == ' ' || passphrase.back() == ' ') {
    return fail(Errc::InvalidInput, "the passphrase must be of plain letters, digits and signs "
                                    "without umlauts, and neither begin nor end with a space");
  }
  return {};
}

Result<std::string> sealed_page(const Document& german, const Document& english,
                                std::string_view passphrase) {
  if (auto sound = check_passphrase(passphrase); !sound) return tl::unexpected(sound.error());
  const nlohmann::ordered_json papers{
      {"de", {{"title", german.title}, {"body", to_fragment(german)}}},
      {"en", {{"title", english.title}, {"body", to_fragment(english)}}}};
  const std::string plain = papers.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
  if (plain.size() > kLargestSealed) {
    return fail(Errc::LimitExceeded, fmt::format("the papers have {} bytes, more than the {} that "
                                                 "one page may hold",
                                                 plain.size(), kLargestSealed));
  }
  const auto box = seal(plain, passphrase);
  if (!box) return tl::unexpected(box.error());
  return Shell().write(box->dump());
}

}  // namespace dienstbereit::handbook
