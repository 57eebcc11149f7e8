// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace dienstbereit::web {

// Text that stands in our source code: the only kind that enters a page unescaped.
class Literal {
 public:
  template <std::size_t N>
  consteval Literal(const char (&text)[N]) : text_(text, N - 1) {}
  constexpr std::string_view view() const { return text_; }

 private:
  std::string_view text_;
};

// `value` is escaped. For addresses the caller gives the scheme or leading slash itself.
struct Attribute {
  Literal name;
  std::string_view value;
};

// Writes HTML. Everything that is not a Literal is escaped; elements close themselves at the end
// of their scope, so a page is well formed by construction.
class Html {
 public:
  class Element {
   public:
    Element(Html& html, Literal tag) : html_(html), tag_(tag) {}
    ~Element() { html_.close(tag_); }
    Element(const Element&) = delete;
    Element& operator=(const Element&) = delete;

   private:
    Html& html_;
    Literal tag_;
  };

  [[nodiscard]] Element open(Literal tag, std::initializer_list<Attribute> attributes = {});
  // The same where not all attributes are known beforehand.
  [[nodiscard]] Element open_with(Literal tag, const std::vector<Attribute>& attributes);
  // <tag ...>content</tag>
  Html& leaf(Literal tag, std::string_view content,
             std::initializer_list<Attribute> attributes = {});
  // An element without content or end tag: meta, link, br.
  Html& empty(Literal tag, std::initializer_list<Attribute> attributes = {});
  // The same where not all attributes are known beforehand.
  Html& empty_with(Literal tag, const std::vector<Attribute>& attributes);
  Html& text(std::string_view content);
  Html& raw(Literal markup);

  // JSON inside <script type="application/ld+json">; "</" and "<!--" cannot end the element.
  Html& data_block(std::string_view json);
  // The style sheet, byte for byte as its CSP hash was made.
  Html& style(std::string_view css);

  const std::string& str() const { return out_; }
  std::string take() { return std::move(out_); }
  std::size_t size() const { return out_.size(); }

 private:
  void start(Literal tag, std::span<const Attribute> attributes);
  void close(Literal tag);

  std::string out_;
};

}  // namespace dienstbereit::web
