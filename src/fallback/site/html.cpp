// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/html.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace dienstbereit::fallback::site {
namespace {

constexpr std::string_view kSpaces = " \t\n\f\r";

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_space(char c) { return kSpaces.find(c) != std::string_view::npos; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_plain_name(std::string_view name) {
  return !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
    return is_letter(c) || is_digit(c) || c == '-' || c == '_' || c == ':' || c == '.' || c == '@';
  });
}

// What begins a tag or a thing to pass over, as opposed to a lone '<'.
bool opens(std::string_view text) {
  if (text.size() < 2 || text[0] != '<') return false;
  const char c = text[1];
  return is_letter(c) || c == '!' || c == '?' || c == '/';
}

// The value of "&#106" or "&#x6a" after the '#'; 0 if it is none. `taken` is moved past it.
unsigned number_at(std::string_view text, std::size_t& taken) {
  const bool hex = !text.empty() && (text[0] == 'x' || text[0] == 'X');
  std::size_t at = hex ? 1 : 0;
  unsigned value = 0;
  for (; at < text.size(); ++at) {
    const char c = static_cast<char>(text[at] | 0x20);
    const bool letter = hex && c >= 'a' && c <= 'f';
    if (!is_digit(text[at]) && !letter) break;
    const auto digit = static_cast<unsigned>(letter ? c - 'a' + 10 : text[at] - '0');
    value = std::min(0x110000u, value * (hex ? 16 : 10) + digit);
  }
  taken = at;
  return value;
}

struct Named {
  std::string_view name;
  char value;
};
constexpr std::array<Named, 10> kNamed{{{"colon;", ':'},
                                        {"tab;", '\t'},
                                        {"newline;", '\n'},
                                        {"sol;", '/'},
                                        {"bsol;", '\\'},
                                        {"amp;", '&'},
                                        {"quot;", '"'},
                                        {"period;", '.'},
                                        {"comma;", ','},
                                        {"lowbar;", '_'}}};

// The character of a reference that begins after '&'; NUL if it is none we know.
char referenced(std::string_view text, std::size_t& taken) {
  if (!text.empty() && text[0] == '#') {
    std::size_t digits = 0;
    const unsigned value = number_at(text.substr(1), digits);
    taken = 1 + digits + (1 + digits < text.size() && text[1 + digits] == ';' ? 1 : 0);
    return value > 0 && value < 0x80 ? static_cast<char>(value) : '\0';
  }
  for (const Named& one : kNamed) {
    if (equals_ignoring_case(text.substr(0, one.name.size()), one.name)) {
      taken = one.name.size();
      return one.value;
    }
  }
  return '\0';
}

}  // namespace

void Tokenizer::next(Token& token) {
  token.attributes.clear();
  token.self_closing = false;
  while (!rest_.empty()) {
    if (!opens(rest_)) {
      std::size_t end = 1;
      while (end < rest_.size() && (rest_[end] != '<' || !opens(rest_.substr(end, 2)))) ++end;
      token.kind = Token::Kind::Text;
      token.text = rest_.substr(0, end);
      rest_.remove_prefix(end);
      return;
    }
    if (tag(token)) return;
  }
  token.kind = Token::Kind::End_of_file;
}

bool Tokenizer::tag(Token& token) {
  const bool end = rest_[1] == '/';
  const std::size_t begin = end ? 2 : 1;
  if (begin >= rest_.size() || !is_letter(rest_[begin])) {
    const bool doctype = equals_ignoring_case(rest_.substr(0, 9), "<!doctype");
    pass_over();
    if (!doctype) return false;
    token.kind = Token::Kind::Doctype;
    return true;
  }
  std::size_t at = begin;
  while (at < rest_.size() && !is_space(rest_[at]) && rest_[at] != '/' && rest_[at] != '>') ++at;
  token.name = to_lower_ascii(rest_.substr(begin, at - begin));
  token.kind = end ? Token::Kind::End : Token::Kind::Start;
  rest_.remove_prefix(at);
  attributes(token);
  // A tag with a strange name is nothing that a page needs.
  return is_plain_name(token.name);
}

void Tokenizer::attributes(Token& token) {
  std::size_t at = 0;
  const auto more = [&] { return at < rest_.size(); };
  while (more() && rest_[at] != '>') {
    if (is_space(rest_[at]) || rest_[at] == '/') {
      token.self_closing = rest_[at] == '/';
      ++at;
      continue;
    }
    token.self_closing = false;
    const std::size_t begin = at++;
    while (more() && !is_space(rest_[at]) && rest_[at] != '/' && rest_[at] != '>' &&
           rest_[at] != '=') {
      ++at;
    }
    Attribute attribute{to_lower_ascii(rest_.substr(begin, at - begin)), {}, false};
    std::size_t after = at;
    while (after < rest_.size() && is_space(rest_[after])) ++after;
    if (after < rest_.size() && rest_[after] == '=') {
      at = after + 1;
      while (more() && is_space(rest_[at])) ++at;
      attribute.valued = true;
      const char quote = more() && (rest_[at] == '"' || rest_[at] == '\'') ? rest_[at] : '\0';
      const std::size_t from = quote != '\0' ? ++at : at;
      while (more() &&
             (quote != '\0' ? rest_[at] != quote : !is_space(rest_[at]) && rest_[at] != '>'))
        ++at;
      attribute.value = rest_.substr(from, at - from);
      if (quote != '\0' && more()) ++at;
    }
    const bool known =
        std::any_of(token.attributes.begin(), token.attributes.end(),
                    [&](const Attribute& one) { return one.name == attribute.name; });
    if (is_plain_name(attribute.name) && !known && token.attributes.size() < kMostAttributes) {
      token.attributes.push_back(std::move(attribute));
    }
  }
  rest_.remove_prefix(std::min(rest_.size(), at + 1));
}

void Tokenizer::pass_over() {
  const bool comment = rest_.starts_with("<!--");
  std::size_t end = std::string_view::npos;
  if (comment) {
    const auto close = rest_.find("-->", 2);  // "<!-->" is one too
    end = close == std::string_view::npos ? close : close + 3;
  } else {
    const auto close = rest_.find('>');
    end = close == std::string_view::npos ? close : close + 1;
  }
  rest_.remove_prefix(end == std::string_view::npos ? rest_.size() : end);
}

std::string_view Tokenizer::raw_text(std::string_view name) {
  std::size_t at = 0;
  while ((at = rest_.find("</", at)) != std::string_view::npos) {
    const std::string_view tail = rest_.substr(at + 2);
    if (equals_ignoring_case(tail.substr(0, name.size()), name) &&
        (tail.size() == name.size() || is_space(tail[name.size()]) || tail[name.size()] == '/' ||
         tail[name.size()] == '>')) {
      const std::string_view text = rest_.substr(0, at);
      rest_.remove_prefix(at);
      Token end;
      tag(end);
      return text;
    }
    at += 2;
  }
  const std::string_view text = rest_;
  rest_ = {};
  return text;
}

std::string bare(std::string_view value) {
  std::string out;
  for (std::size_t at = 0; at < value.size(); ++at) {
    char c = value[at];
    if (c == '&') {
      std::size_t taken = 0;
      const char meant = referenced(value.substr(at + 1), taken);
      if (meant != '\0') c = meant;
      if (taken > 0) at += taken;
      if (taken > 0 && meant == '\0') continue;
    }
    if (static_cast<unsigned char>(c) > ' ') out += c;
  }
  return out;
}

}  // namespace dienstbereit::fallback::site
