// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "words/language.h"

// The one catalogue of texts: catalogue/de.json and en.json, embedded in the binary. A text is a
// string, or {"one": ..., "other": ...} where a number decides (n = 1 in both languages).
// Placeholders are named: "{time}". What is put in for them is never looked at again.
namespace dienstbereit::words {

struct Template {
  std::string one;    // empty if no number decides
  std::string other;
};

struct Arg {
  std::string_view name;
  std::string value;
};
using Args = std::vector<Arg>;

// The text of `key`, which must exist without plural forms; every placeholder must have its value.
std::string text(Language language, std::string_view key, const Args& args = {});
// The form for `n`; {n} is put in besides `args`.
std::string count(Language language, std::string_view key, std::size_t n, Args args = {});

// For tests and tools: all keys in the file's order, and the text of one.
const std::vector<std::pair<std::string, Template>>& all_texts(Language language);

// "{a} and {b}" with its values. A placeholder without a value stays as it is.
std::string fill(std::string_view pattern, const Args& args);

}  // namespace dienstbereit::words
