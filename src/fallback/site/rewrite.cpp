// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/rewrite.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "fallback/site/address.h"
#include "fallback/site/html.h"

namespace dienstbereit::fallback::site {
namespace {

using Names = std::initializer_list<std::string_view>;

bool is_one_of(std::string_view name, Names names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

// Gone with all that stands in them up to their end tag.
bool is_dropped_with_content(std::string_view name) {
  return is_one_of(name, {"script", "iframe", "xmp", "noembed", "plaintext"});
}

// Only the tags go; what stands between them is looked at as everything else.
bool is_dropped_tag(std::string_view name) {
  return is_one_of(name, {"base", "frame", "frameset", "noframes", "noscript", "object", "embed",
                          "applet", "param", "portal", "fencedframe", "animate", "animatemotion",
                          "animatetransform", "set", "foreignobject", "handler", "listener"});
}

bool is_control(std::string_view name) {
  return is_one_of(name, {"input", "button", "select", "textarea", "fieldset"});
}

bool is_dropped_attribute(std::string_view name) {
  return name.starts_with("on") ||
         is_one_of(name, {"srcdoc",      "ping",           "nonce",      "integrity",
                          "crossorigin", "autofocus",      "formaction", "formmethod",
                          "formtarget",  "formenctype",    "manifest",   "is",
                          "http-equiv",  "shadowrootmode", "autoplay",   "attributionsrc",
                          "form",        "fetchpriority",  "xml:base",   "codebase"});
}

// Of these the browser fetches by itself.
bool is_fetched(std::string_view element, std::string_view attribute) {
  if (is_one_of(attribute, {"src", "poster", "background", "lowsrc", "dynsrc"})) return true;
  const bool link = attribute == "href" || attribute == "xlink:href";
  return link && element != "a" && element != "area";
}

bool is_address(std::string_view attribute) {
  return is_one_of(attribute,
                   {"href", "xlink:href", "src", "poster", "background", "lowsrc", "dynsrc", "cite",
                    "longdesc", "data", "action", "usemap", "profile"});
}

constexpr std::array<std::string_view, 11> kLinkKinds{
    "stylesheet", "icon",      "shortcut", "apple-touch-icon",
    "alternate",  "canonical", "author",   "help",
    "license",    "next",      "prev"};

std::string escaped(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c == '"') {
      out += "&quot;";
    } else if (c == '<') {
      out += "&lt;";
    } else if (c == '>') {
      out += "&gt;";
    } else {
      out += c;
    }
  }
  return out;
}

std::string without_markup(std::string_view text) {
  std::string out;
  for (const char c : text) c == '<' ? out += "&lt;" : out += c;
  return out;
}

// A style sheet needs no '<' but in strings, where CSS can write it otherwise.
std::string quiet_style(std::string_view css) {
  std::string out;
  for (std::size_t at = 0; at < css.size(); ++at) {
    if (css.substr(at).starts_with("<!--")) {
      at += 3;
    } else if (css[at] == '<') {
      out += "\\3c ";
    } else {
      out += css[at];
    }
  }
  return out;
}

const Attribute* find(const Token& token, std::string_view name) {
  for (const Attribute& one : token.attributes) {
    if (one.name == name) return &one;
  }
  return nullptr;
}

constexpr std::string_view kNotice =
    "display:block!important;margin:.5em 0!important;padding:.5em .75em!important;"
    "border:2px solid #8a5a00!important;background:#fff7e0!important;color:#1a1a1a!important;"
    "font:1rem/1.4 sans-serif!important";

// The charset that a page declares or that its bytes show. Only such as read ASCII as ASCII.
std::string charset_of(std::string_view html) {
  if (is_utf8(html)) return "utf-8";
  const std::string head = to_lower_ascii(html.substr(0, 2048));
  const auto at = head.find("charset=");
  if (at != std::string::npos) {
    const std::string_view rest = std::string_view(head).substr(at + 8, 16);
    for (const std::string_view known : {"iso-8859-15", "iso-8859-1"}) {
      if (rest.substr(rest.starts_with('"') ? 1 : 0).starts_with(known)) return std::string(known);
    }
  }
  return "windows-1252";
}

class Rewriter {
 public:
  Rewriter(std::string_view html, const RewriteOptions& options)
      : options_(options), tokens_(html) {
    page_.charset = charset_of(html);
  }

  Page run() {
    Token token;
    for (tokens_.next(token); token.kind != Token::Kind::End_of_file; tokens_.next(token)) {
      take(token);
    }
    place_banner(false);
    return std::move(page_);
  }

 private:
  void take(const Token& token) {
    switch (token.kind) {
      case Token::Kind::Text:
        page_.html += without_markup(token.text);
        break;
      case Token::Kind::Doctype:
        if (trim(page_.html).empty()) page_.html = "<!DOCTYPE html>";
        break;
      case Token::Kind::Start:
        start(token);
        break;
      case Token::Kind::End:
        end(token);
        break;
      case Token::Kind::End_of_file:
        break;
    }
  }

  void start(const Token& token) {
    if (token.name == "html") {
      const Attribute* lang = find(token, "lang");
      if (lang == nullptr) lang = find(token, "xml:lang");
      if (lang != nullptr && to_lower_ascii(lang->value).starts_with("en")) {
        page_.language = PageLanguage::English;
      }
    } else if (token.name != "head") {
      place_policy();
    }
    if (is_dropped_with_content(token.name)) {
      if (token.name == "iframe") replace_frame();
      tokens_.raw_text(token.name);
      return;
    }
    if (token.name == "object" || token.name == "embed") replace_frame();
    if (token.name == "noscript") in_noscript_ = true;
    if (is_dropped_tag(token.name)) return;
    if (token.name == "meta" || token.name == "link") return head_element(token);
    write(token);
    if (token.name == "head") place_policy();
    if (token.name == "body") place_banner(true);
    if (token.name == "form") {
      ++page_.forms;
      notice(sentences().form);
    }
    raw_part(token);
  }

  void end(const Token& token) {
    if (token.name == "noscript") in_noscript_ = false;
    if (is_dropped_tag(token.name) || is_dropped_with_content(token.name)) return;
    if (token.name == "head") head_end_ = page_.html.size() + sizeof "</head>" - 1;
    page_.html += fmt::format("</{}>", token.name);
  }

  // Elements whose content the tokenizer of a browser reads as text.
  void raw_part(const Token& token) {
    if (token.name == "style") {
      page_.html += quiet_style(localised(tokens_.raw_text("style"), options_.own_hosts));
    } else if (token.name == "title" || token.name == "textarea") {
      const std::string_view text = tokens_.raw_text(token.name);
      if (token.name == "title" && page_.title.empty()) page_.title = std::string(trim(text));
      page_.html += without_markup(text);
    } else {
      return;
    }
    page_.html += fmt::format("</{}>", token.name);
  }

  // What tells of the page stays; what makes the browser do something goes.
  void head_element(const Token& token) {
    if (token.name == "meta") {
      if (find(token, "http-equiv") == nullptr && find(token, "charset") == nullptr) write(token);
      return;
    }
    const Attribute* rel = find(token, "rel");
    if (rel == nullptr) return;
    const std::string kinds = to_lower_ascii(rel->value);
    for (const std::string_view kind : split(kinds, ' ')) {
      const bool known =
          std::find(kLinkKinds.begin(), kLinkKinds.end(), trim(kind)) != kLinkKinds.end();
      if (!trim(kind).empty() && !known) return;
    }
    write(token);
  }

  void write(const Token& token) {
    if (token.name == "source" && !has_a_source(token)) return;
    page_.html += '<';
    page_.html += token.name;
    for (const Attribute& attribute : token.attributes) write(token, attribute);
    if (token.name == "img") add_late_source(token);
    if (is_control(token.name) && find(token, "disabled") == nullptr) page_.html += " disabled";
    page_.html += token.self_closing ? "/>" : ">";
  }

  void write(const Token& token, const Attribute& attribute) {
    const std::string& name = attribute.name;
    if (is_dropped_attribute(name)) return;
    if (token.name == "form" && !is_one_of(name, {"class", "id", "style", "lang", "dir"})) return;
    std::string value(attribute.value);
    if (name == "srcset" || name == "imagesrcset") {
      value = kept_candidates(value);
      if (value.empty()) return;
    } else if (is_address(name)) {
      value = localised(value, options_.own_hosts);
      if (!is_harmless(value) || (is_fetched(token.name, name) && is_foreign(value))) return;
    } else if (name == "style") {
      value = localised(value, options_.own_hosts);
    }
    page_.html += attribute.valued ? fmt::format(" {}=\"{}\"", name, escaped(value)) : " " + name;
  }

  // Pictures that a script would have shown later.
  void add_late_source(const Token& token) {
    const Attribute* src = find(token, "src");
    if (src != nullptr && !bare(src->value).starts_with("data:")) return;
    for (const std::string_view name : {"data-src", "data-lazy-src", "data-original"}) {
      const Attribute* late = find(token, name);
      if (late == nullptr) continue;
      const std::string value = localised(late->value, options_.own_hosts);
      if (!is_harmless(value) || is_foreign(value) || !holds(value)) continue;
      // The first of two equal attributes counts, so the placeholder has to go.
      if (src != nullptr) {
        const std::string placeholder = fmt::format(" src=\"{}\"", escaped(src->value));
        const auto at = page_.html.rfind(placeholder);
        if (at != std::string::npos) page_.html.erase(at, placeholder.size());
      }
      page_.html += fmt::format(" src=\"{}\"", escaped(value));
      return;
    }
  }

  // A <source> without anything in the copy would hide the <img> beside it.
  bool has_a_source(const Token& token) const {
    const Attribute* srcset = find(token, "srcset");
    const Attribute* src = find(token, "src");
    if (srcset != nullptr) return !kept_candidates(std::string(srcset->value)).empty();
    return src != nullptr && !is_foreign(localised(src->value, options_.own_hosts));
  }

  // "a.jpg 1x, b.jpg 2x": those that the copy has.
  std::string kept_candidates(const std::string& srcset) const {
    std::string kept;
    const std::string local = localised(srcset, options_.own_hosts);
    std::string_view rest = local;
    while (!(rest = trim(rest)).empty()) {
      if (rest.front() == ',') {
        rest.remove_prefix(1);
        continue;
      }
      const auto space = rest.find_first_of(" \t\n\r\f");
      std::string_view address = rest.substr(0, space);
      std::string_view size;
      if (address.ends_with(',')) {
        rest.remove_prefix(address.size());
        address.remove_suffix(1);
      } else {
        rest.remove_prefix(address.size());
        const auto comma = rest.find(',');
        size = trim(rest.substr(0, comma));
        rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
      }
      if (!is_harmless(address) || is_foreign(address) || !holds(address)) continue;
      kept +=
          fmt::format("{}{}{}{}", kept.empty() ? "" : ", ", address, size.empty() ? "" : " ", size);
    }
    return kept;
  }

  bool holds(std::string_view address) const {
    if (!options_.holds || bare(address).starts_with("data:")) return true;
    return options_.holds(resolved(options_.path, bare(address)));
  }

  const Sentences& sentences() const {
    return page_.language == PageLanguage::German ? options_.de : options_.en;
  }

  void notice(const std::string& sentence) {
    page_.html += fmt::format("<p style=\"{}\">{}</p>", kNotice, ascii_html(sentence));
  }

  // Not for what a page hides in its head or keeps for browsers without scripts: trackers.
  void replace_frame() {
    if (banner_placed_ && !in_noscript_) notice(sentences().frame);
  }

  void place_policy() {
    if (policy_placed_) return;
    policy_placed_ = true;
    page_.html += fmt::format(
        "<meta charset=\"{}\"><meta http-equiv=\"Content-Security-Policy\" content=\"{}\">",
        page_.charset, kPagePolicy);
    head_end_ = page_.html.size();
  }

  // In the body's beginning; without a <body>, behind what the head has so far.
  void place_banner(bool in_body) {
    if (banner_placed_) return;
    place_policy();
    banner_placed_ = true;
    const std::size_t at = in_body ? page_.html.size() : head_end_;
    page_.html.insert(at, page_.language == PageLanguage::German ? kBannerDe : kBannerEn);
  }

  const RewriteOptions& options_;
  Tokenizer tokens_;
  Page page_;
  std::size_t head_end_ = 0;
  bool policy_placed_ = false;
  bool banner_placed_ = false;
  bool in_noscript_ = false;
};

}  // namespace

std::string ascii_html(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto lead = static_cast<unsigned char>(text[at]);
    if (lead < 0x80) {
      out += lead == '<' || lead == '>' || lead == '&' || lead == '"' || lead == '\''
                 ? fmt::format("&#{};", lead)
                 : std::string(1, text[at]);
      continue;
    }
    const std::size_t more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    unsigned code = lead & (0x3Fu >> more);
    for (std::size_t i = 0; i < more && at + 1 < text.size(); ++i) {
      code = code << 6 | (static_cast<unsigned char>(text[++at]) & 0x3Fu);
    }
    out += fmt::format("&#{};", code);
  }
  return out;
}

Result<Page> rewrite(std::string_view html, const RewriteOptions& options) {
  if (html.starts_with("\xEF\xBB\xBF")) html.remove_prefix(3);
  if (html.size() > kLargestPage) {
    return fail(Errc::LimitExceeded,
                fmt::format("a page of {} bytes; {} are allowed", html.size(), kLargestPage));
  }
  if (html.find('\0') != std::string_view::npos) {
    return fail(Errc::InvalidInput, "this is no page: it holds a NUL byte");
  }
  return Rewriter(html, options).run();
}

}  // namespace dienstbereit::fallback::site
