// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "handbook/seal.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <nlohmann/json.hpp>

#include "base/base64.h"

namespace dienstbereit::handbook {
namespace {

constexpr const char* kPassphrase = "sechs Woerter stehen auf Papier";

const unsigned char* bytes_of(const std::string& text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

Document secret(words::Language language) {
  return {language,
          "Titel Geheimnis",
          "Stand",
          {Paragraph{{"Erika Muster </script>", language}, false}}};
}

nlohmann::json box_in(const std::string& page) {
  const std::string begin = "type=\"application/json\">";
  const auto from = page.find(begin) + begin.size();
  return nlohmann::json::parse(page.substr(from, page.find("</script>", from) - from));
}

// As the page itself does it, by the standards alone; empty: it does not open.
std::string opened(const nlohmann::json& box, const std::string& passphrase) {
  const std::string salt = *from_base64(box["salt"].get<std::string>());
  const std::string nonce = *from_base64(box["iv"].get<std::string>());
  const std::string data = *from_base64(box["data"].get<std::string>());
  const std::string format = box["format"];
  std::string key(32, '\0');
  PKCS5_PBKDF2_HMAC(passphrase.data(), static_cast<int>(passphrase.size()), bytes_of(salt), 16,
                    box["iterations"].get<int>(), EVP_sha256(), 32,
                    reinterpret_cast<unsigned char*>(key.data()));
  std::string plain(data.size() - 16, '\0');
  std::string tag = data.substr(data.size() - 16);
  int size = 0;
  EVP_CIPHER_CTX* context = EVP_CIPHER_CTX_new();
  EVP_DecryptInit_ex(context, EVP_aes_256_gcm(), nullptr, bytes_of(key), bytes_of(nonce));
  EVP_DecryptUpdate(context, nullptr, &size, bytes_of(format), static_cast<int>(format.size()));
  EVP_DecryptUpdate(context, reinterpret_cast<unsigned char*>(plain.data()), &size, bytes_of(data),
                    static_cast<int>(plain.size()));
  EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, 16, tag.data());
  const int good =
      EVP_DecryptFinal_ex(context, reinterpret_cast<unsigned char*>(plain.data()) + size, &size);
  EVP_CIPHER_CTX_free(context);
  return good == 1 ? plain : std::string();
}

TEST(Seal, OnlyThePassphraseOpensItAndNothingStandsInTheOpen) {
  const auto page =
      sealed_page(secret(words::Language::De), secret(words::Language::En), kPassphrase);
  ASSERT_TRUE(page) << page.error().message;
  for (const char* word : {"Geheimnis", "Erika", "Muster", kPassphrase}) {
    EXPECT_EQ(page->find(word), std::string::npos) << word;
  }
  const auto box = box_in(*page);
  EXPECT_GE(box["iterations"].get<unsigned>(), 600'000u);
  const auto papers = nlohmann::json::parse(opened(box, kPassphrase));
  EXPECT_EQ(papers["de"]["title"], "Titel Geheimnis");
  EXPECT_NE(papers["en"]["body"].get<std::string>().find("Erika Muster"), std::string::npos);
  EXPECT_EQ(opened(box, std::string(kPassphrase) + "x"), "");
  auto changed = box;
  changed["format"] = "dienstbereit sealed page 2";
  EXPECT_EQ(opened(changed, kPassphrase), "") << "the format is sealed with it";
}

TEST(Seal, NoTwoAreAlike) {
  const auto page = [] {
    return box_in(
        *sealed_page(secret(words::Language::De), secret(words::Language::En), kPassphrase));
  };
  const auto one = page(), other = page();
  EXPECT_NE(one["salt"], other["salt"]);
  EXPECT_NE(one["iv"], other["iv"]);
}

TEST(Seal, LoadsNothingAndRunsOnlyItsOwnScript) {
  const auto page =
      sealed_page(secret(words::Language::De), secret(words::Language::En), kPassphrase);
  ASSERT_TRUE(page);
  EXPECT_NE(page->find("default-src &#39;none&#39;; script-src &#39;sha256-"), std::string::npos);
  EXPECT_EQ(page->find("src=\""), std::string::npos);
  EXPECT_EQ(page->find("://"), std::string::npos);
}

TEST(Passphrase, MustBeLongAndTypeableAndIsNeverRepeated) {
  EXPECT_TRUE(check_passphrase(kPassphrase));
  for (const std::string& wrong :
       {std::string("kurz"), std::string(201, 'x'), std::string("sechs Wörter stehen hier"),
        std::string("  am Anfang ein Leerzeichen"), std::string("mit\tTabulator darin x")}) {
    const auto checked = check_passphrase(wrong);
    ASSERT_FALSE(checked) << wrong;
    EXPECT_EQ(checked.error().message.find(wrong), std::string::npos);
  }
}

}  // namespace
}  // namespace dienstbereit::handbook
