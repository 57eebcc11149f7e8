// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/mail/directory.h"
#include "fallback/mail/main_cf.h"
#include "fallback/mail/recipients.h"

// Any bytes as a list, as LDIF, as Postfix' files, as an address of a directory.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit::fallback::mail;
  const std::string text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(parse_list(text, {"kreis.example"}));
  static_cast<void>(parse_ldif(text, {"kreis.example"}));
  static_cast<void>(parse_settings(text));
  static_cast<void>(parse_table(text));
  static_cast<void>(parse_ldap_url(text));
  return 0;
}
