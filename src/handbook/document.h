// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "words/language.h"

// A document for people as a small tree, and the two forms it is printed in.
namespace dienstbereit::handbook {

using words::Phrase;

struct Heading {
  unsigned level = 2;  // 2 or 3; the document's title is 1
  std::string text;
};
struct Paragraph {
  Phrase text;
  bool strong = false;
};
struct List {
  std::vector<Phrase> items;
  bool ordered = false;
};
// Every row is as wide as `head`; its first cell names it.
struct Table {
  std::string caption;
  std::vector<std::string> head;
  std::vector<std::vector<Phrase>> rows;
};
// Something to fill in by hand, so many lines of it.
struct Blank {
  std::string label;
  unsigned lines = 1;
};
// A form on a page of its own.
struct Form {
  std::string number;  // unique; may be empty
  std::string title;
  std::string hint;
  std::vector<Blank> blanks;
};
// A text for a door, on a page of its own in large letters.
struct Sign {
  std::string title;
  std::vector<Phrase> lines;
};
using Block = std::variant<Heading, Paragraph, List, Table, Form, Sign>;

struct Document {
  words::Language language = words::Language::De;
  std::string title;
  std::string stamp;  // one line on every page: as of when, what it rests on
  std::vector<Block> blocks;
};

// What goes inside <body>: well formed, everything escaped, no script and no style.
std::string to_fragment(const Document& document);
// A page of its own that loads nothing.
std::string to_html(const Document& document);
// The style sheet of both.
std::string_view stylesheet();
// A4 pages, numbered. Unavailable: the font is missing.
Result<std::string> to_pdf(const Document& document);

}  // namespace dienstbereit::handbook
