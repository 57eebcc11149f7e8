// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/banner.h"

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::fallback::site {
namespace {

constexpr const char* kBox =
    "all:initial!important;display:block!important;visibility:visible!important;"
    "opacity:1!important;box-sizing:border-box!important;width:100%!important;"
    "position:relative!important;z-index:2147483647!important;margin:0!important;"
    "padding:.75rem 1rem!important;border-bottom:4px solid #8a5a00!important;"
    "background:#fff7e0!important;color:#1a1a1a!important;"
    "font:1rem/1.5 system-ui,sans-serif!important;text-align:left!important";
constexpr const char* kLine =
    "all:initial!important;display:block!important;margin:.15rem 0!important;"
    "color:#1a1a1a!important;font:1rem/1.5 system-ui,sans-serif!important";
constexpr const char* kLink =
    "all:initial!important;color:#003a8c!important;text-decoration:underline!important;"
    "cursor:pointer!important;font:bold 1rem/1.5 system-ui,sans-serif!important";

const char* code_of(PageLanguage language) {
  return language == PageLanguage::German ? "de" : "en";
}

void line(std::string& out, const std::string& text) {
  if (!text.empty()) out += fmt::format("<p style=\"{}\">{}</p>", kLine, ascii_html(text));
}

std::string link(const std::string& url, const std::string& label) {
  return fmt::format("<p style=\"{}\"><a style=\"{}\" href=\"{}\">{}</a></p>", kLine, kLink,
                     ascii_html(url), ascii_html(label));
}

}  // namespace

std::string banner_html(const Told& told) {
  std::string out =
      fmt::format("<div id=\"{}\" role=\"region\" aria-label=\"{}\" lang=\"{}\" style=\"{}\">",
                  kBannerId, ascii_html(told.label), code_of(told.language), kBox);
  line(out, told.lead);
  line(out, told.state);
  for (const std::string& note : told.notes) line(out, note);
  line(out, told.as_of);
  if (!told.status_url.empty()) out += link(told.status_url, told.status_label);
  return out + "</div>";
}

std::string small_page(const Told& told, const std::string& sentence, bool links_to_start) {
  std::string out = fmt::format(
      "<!DOCTYPE html><html lang=\"{0}\"><head><meta charset=\"utf-8\">"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{1}\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
      "<title>{2}</title></head><body style=\"margin:0;background:#fff;color:#1a1a1a;"
      "font:1rem/1.5 system-ui,sans-serif\">{3}<main style=\"max-width:42rem;margin:0 auto;"
      "padding:1rem\"><h1>{2}</h1>",
      code_of(told.language), kPagePolicy, ascii_html(told.title), banner_html(told));
  if (!sentence.empty()) out += fmt::format("<p>{}</p>", ascii_html(sentence));
  for (const std::string_view one : split(told.contact, '\n')) {
    if (!trim(one).empty()) out += fmt::format("<p>{}</p>", ascii_html(trim(one)));
  }
  if (links_to_start)
    out += fmt::format("<p><a href=\"/\">{}</a></p>", ascii_html(told.start_label));
  return out + "</main></body></html>";
}

}  // namespace dienstbereit::fallback::site
