// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "http.h"

namespace dienstbereit::e2e {

using FormFields = std::vector<std::pair<std::string, std::string>>;

// A person at a browser, as far as the operators' desk can tell: keeps the cookie, follows
// redirects, sends forms with the hidden field of the page they stand on.
class Browser {
 public:
  explicit Browser(std::uint16_t port) : port_(port) {}

  const HttpReply& open(const std::string& path);
  // The form of the page that is open.
  const HttpReply& send(const std::string& path, const FormFields& fields);
  // A form that another site sends from this browser: with the cookie, without the hidden field.
  HttpReply forged(const std::string& path, const FormFields& fields) const;

  const HttpReply& page() const { return page_; }
  std::string text() const { return visible_text(page_.body); }
  bool sees(const std::string& part) const { return text().find(part) != std::string::npos; }
  // What stands in the element with the class "secret", and the list of recovery codes.
  std::string secret() const;
  std::vector<std::string> codes() const;
  const std::string& cookie() const { return cookie_; }

 private:
  const HttpReply& take(HttpReply reply);
  std::string fields(bool form) const;

  std::uint16_t port_;
  std::string cookie_;  // "name=value"
  std::string csrf_;
  HttpReply page_;
};

}  // namespace dienstbereit::e2e
