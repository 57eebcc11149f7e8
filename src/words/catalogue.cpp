// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/catalogue.h"

#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "base/assert.h"

// Defined in catalogue.S.
extern "C" {
extern const char dienstbereit_catalogue_de[];
extern const char dienstbereit_catalogue_de_end[];
extern const char dienstbereit_catalogue_en[];
extern const char dienstbereit_catalogue_en_end[];
}

namespace dienstbereit::words {
namespace {

struct Catalogue {
  std::vector<std::pair<std::string, Template>> texts;
  std::map<std::string, std::size_t, std::less<>> index;

  explicit Catalogue(std::string_view source) {
    // Embedded by us: a catalogue that does not parse is a bug of the build, not of a user.
    const auto json = nlohmann::ordered_json::parse(source, nullptr, false);
    dienstbereit_assert(json.is_object());
    for (const auto& [key, value] : json.items()) {
      Template entry;
      if (value.is_object()) {
        entry.one = value.at("one").get<std::string>();
        entry.other = value.at("other").get<std::string>();
      } else {
        entry.other = value.get<std::string>();
      }
      index.emplace(key, texts.size());
      texts.emplace_back(key, std::move(entry));
    }
    dienstbereit_assert(index.size() == texts.size());
  }
};

std::string_view embedded(const char* begin, const char* end) {
  return {begin, static_cast<std::size_t>(end - begin)};
}

const Catalogue& catalogue(Language language) {
  static const Catalogue de(embedded(dienstbereit_catalogue_de, dienstbereit_catalogue_de_end));
  static const Catalogue en(embedded(dienstbereit_catalogue_en, dienstbereit_catalogue_en_end));
  return language == Language::De ? de : en;
}

const Template& find(Language language, std::string_view key) {
  const Catalogue& all = catalogue(language);
  const auto found = all.index.find(key);
  dienstbereit_assert(found != all.index.end());
  return all.texts[found->second].second;
}

}  // namespace

std::string fill(std::string_view pattern, const Args& args) {
  std::string filled;
  while (!pattern.empty()) {
    const std::size_t open = std::min(pattern.find('{'), pattern.size());
    filled += pattern.substr(0, open);
    pattern.remove_prefix(open);
    const std::size_t close = pattern.find('}');
    if (close == std::string_view::npos) {
      filled += pattern;
      break;
    }
    const std::string_view name = pattern.substr(1, close - 1);
    const auto arg =
        std::find_if(args.begin(), args.end(), [name](const Arg& a) { return a.name == name; });
    filled += arg == args.end() ? pattern.substr(0, close + 1) : std::string_view(arg->value);
    pattern.remove_prefix(close + 1);
  }
  return filled;
}

std::string text(Language language, std::string_view key, const Args& args) {
  return fill(find(language, key).other, args);
}

std::string count(Language language, std::string_view key, std::size_t n, Args args) {
  const Template& entry = find(language, key);
  dienstbereit_assert(!entry.one.empty());
  args.push_back({"n", std::to_string(n)});
  return fill(n == 1 ? entry.one : entry.other, args);
}

const std::vector<std::pair<std::string, Template>>& all_texts(Language language) {
  return catalogue(language).texts;
}

}  // namespace dienstbereit::words
