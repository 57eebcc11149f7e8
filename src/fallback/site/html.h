// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace dienstbereit::fallback::site {

inline constexpr std::size_t kMostAttributes = 200;  // of one tag; the rest is left out

struct Attribute {
  std::string name;        // lower case; letters, digits and "-_:.@" only
  std::string_view value;  // as written, references and all
  bool valued = false;
};

struct Token {
  enum class Kind : std::uint8_t { Text, Start, End, Doctype, End_of_file };
  Kind kind = Kind::End_of_file;
  std::string_view text;  // Text: as written, without markup
  std::string name;       // of a tag, lower case
  std::vector<Attribute> attributes;
  bool self_closing = false;
};

// HTML into tokens, as browsers cut it but for one thing: nothing is an error, and comments,
// declarations and processing instructions are passed over. Linear in the text, which outlives it.
class Tokenizer {
 public:
  explicit Tokenizer(std::string_view html) : rest_(html) {}

  void next(Token& token);
  // The text up to the end tag of `name`, which is taken too; to the end if there is none.
  std::string_view raw_text(std::string_view name);

 private:
  bool tag(Token& token);
  void attributes(Token& token);
  void pass_over();  // a comment or the like, from "<!", "<?" or "</" on

  std::string_view rest_;
};

// The text with its character references resolved as far as they can hide an address: numbers, and
// the names of punctuation. Control characters and spaces are left out.
std::string bare(std::string_view value);

}  // namespace dienstbereit::fallback::site
