// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/pages/style.h"

#include <string>

#include "base/markup.h"
#include "base/text.h"

// embedded.S
extern "C" {
extern const char dienstbereit_style[];
extern const char dienstbereit_style_end[];
extern const char dienstbereit_operate_style[];
extern const char dienstbereit_operate_style_end[];
extern const char dienstbereit_icon[];
extern const char dienstbereit_icon_end[];
extern const char dienstbereit_openapi[];
extern const char dienstbereit_openapi_end[];
}

namespace dienstbereit::web {
namespace {

std::string_view between(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

// Comments stand on lines of their own in style.css, and no value spans lines.
std::string minified(std::string_view css) {
  std::string out;
  for (const std::string_view line : split(css, '\n')) {
    const std::string_view rule = trim(line);
    if (!rule.starts_with("/*")) {
      out += rule;
    }
  }
  return out;
}

std::string policy(std::string_view css, const char* form_action) {
  return "Content-Security-Policy: default-src 'none'; style-src " + source_hash(css) +
         "; img-src 'self'; base-uri 'none'; form-action " + form_action +
         "; frame-ancestors 'none'\r\n";
}

}  // namespace

std::string_view style_sheet() {
  static const std::string css = minified(between(dienstbereit_style, dienstbereit_style_end));
  return css;
}

const char* page_security_policy() {
  static const std::string field = policy(style_sheet(), "'none'");
  return field.c_str();
}

const char* form_page_security_policy() {
  static const std::string field = policy(style_sheet(), "'self'");
  return field.c_str();
}

std::string_view operate_style_sheet() {
  static const std::string css =
      std::string(style_sheet()) +
      minified(between(dienstbereit_operate_style, dienstbereit_operate_style_end));
  return css;
}

const char* operate_security_policy() {
  static const std::string field = policy(operate_style_sheet(), "'self'");
  return field.c_str();
}

std::string_view icon() { return between(dienstbereit_icon, dienstbereit_icon_end); }

std::string_view openapi_document() {
  return between(dienstbereit_openapi, dienstbereit_openapi_end);
}

}  // namespace dienstbereit::web
