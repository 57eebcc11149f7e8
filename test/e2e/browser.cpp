// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "browser.h"

#include <fmt/format.h>

namespace dienstbereit::e2e {
namespace {

constexpr const char* kAddress = "127.0.0.1";
constexpr int kRedirectsMax = 3;

// What stands between the two, from `at` on.
std::string between(const std::string& text, const std::string& begin, const std::string& end,
                    std::size_t at = 0) {
  const auto from = text.find(begin, at);
  if (from == std::string::npos) return {};
  const auto first = from + begin.size();
  return text.substr(first, text.find(end, first) - first);
}

std::string encoded(const FormFields& fields) {
  std::string body;
  for (const auto& [name, value] : fields) {
    if (!body.empty()) body += '&';
    body += name + '=';
    for (const char c : value) body += fmt::format("%{:02X}", static_cast<unsigned char>(c));
  }
  return body;
}

}  // namespace

std::string Browser::fields(bool form) const {
  std::string lines;
  if (!cookie_.empty()) lines += "Cookie: " + cookie_ + "\r\n";
  if (form) {
    lines += fmt::format("Origin: http://{}:{}\r\n", kAddress, port_);
    lines += "Content-Type: application/x-www-form-urlencoded\r\n";
  }
  return lines + "User-Agent: test browser\r\n";
}

const HttpReply& Browser::take(HttpReply reply) {
  for (int i = 0; i <= kRedirectsMax; ++i) {
    const std::string cookie = between(reply.fields, "Set-Cookie: ", ";");
    if (!cookie.empty()) cookie_ = cookie;
    const std::string location = between(reply.fields, "Location: ", "\r\n");
    if (reply.status != 303 || location.empty()) break;
    reply = ask_tcp(kAddress, port_, "GET", location, fields(false), "");
  }
  page_ = std::move(reply);
  const std::string csrf = between(page_.body, "name=\"csrf\" value=\"", "\"");
  if (!csrf.empty()) csrf_ = csrf;
  return page_;
}

const HttpReply& Browser::open(const std::string& path) {
  return take(ask_tcp(kAddress, port_, "GET", path, fields(false), ""));
}

const HttpReply& Browser::send(const std::string& path, const FormFields& form) {
  FormFields all = form;
  all.emplace_back("csrf", csrf_);
  return take(ask_tcp(kAddress, port_, "POST", path, fields(true), encoded(all)));
}

HttpReply Browser::forged(const std::string& path, const FormFields& form) const {
  const std::string lines = "Cookie: " + cookie_ +
                            "\r\nOrigin: https://evil.example\r\nContent-Type: "
                            "application/x-www-form-urlencoded\r\n";
  return ask_tcp(kAddress, port_, "POST", path, lines, encoded(form));
}

std::string Browser::secret() const { return between(page_.body, "class=\"secret\">", "<"); }

std::vector<std::string> Browser::codes() const {
  const std::string list = between(page_.body, "class=\"codes\">", "</ol>");
  std::vector<std::string> all;
  for (auto at = list.find("<li>"); at != std::string::npos; at = list.find("<li>", at + 1)) {
    all.push_back(between(list, "<li>", "</li>", at));
  }
  return all;
}

}  // namespace dienstbereit::e2e
