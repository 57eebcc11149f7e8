// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/catalogue.h"

#include <algorithm>
#include <filesystem>
#include <regex>
#include <set>

#include <gtest/gtest.h>

#include "base/file.h"
#include "model/reason.h"

namespace dienstbereit::words {
namespace {

std::set<std::string> placeholders(const std::string& pattern) {
  static const std::regex kPlaceholder("\\{([a-z_]*)\\}");
  std::set<std::string> names;
  for (std::sregex_iterator it(pattern.begin(), pattern.end(), kPlaceholder), end; it != end;
       ++it) {
    names.insert((*it)[1]);
  }
  return names;
}

std::vector<std::string> keys_of(Language language) {
  std::vector<std::string> keys;
  for (const auto& [key, entry] : all_texts(language)) keys.push_back(key);
  return keys;
}

std::string all_of(Language language) {
  std::string all;
  for (const auto& [key, entry] : all_texts(language)) {
    // The link to the other language speaks that language.
    if (key != "page.other_language") all += " " + entry.one + " " + entry.other + " \n";
  }
  return all;
}

// What stands in the source files under `folder`, tests left out.
std::string sources(const char* folder) {
  std::string all;
  for (const auto& file : std::filesystem::recursive_directory_iterator(folder)) {
    const std::string name = file.path().filename().string();
    if (file.path().extension() != ".cpp" || name.find("_test") != std::string::npos) continue;
    all += read_file(file.path(), 1u << 20).value();
  }
  return all;
}

std::string segment(const std::string& key) { return key.substr(0, key.find('.')); }

// The keys that the code asks for; one that ends in a dot is the beginning of several. Other texts
// of that form, as names of files, begin otherwise than any key.
std::set<std::string> keys_in_code() {
  static const std::regex kKey("\"([a-z_]+\\.[a-z_.]*)(?:\\{\\})?\"");
  std::set<std::string> segments;
  for (const std::string& key : keys_of(Language::De)) segments.insert(segment(key));
  std::set<std::string> keys;
  for (const char* folder : {"src/handbook", "src/words", "src/web", "src/app"}) {
    const std::string source = sources(folder);
    for (std::sregex_iterator it(source.begin(), source.end(), kKey), end; it != end; ++it) {
      const std::string key = (*it)[1];
      if (segments.count(segment(key)) > 0) keys.insert(key);
    }
  }
  return keys;
}

// "reason.probe_failed" and what may follow -> "ProbeFailed"; empty if it is of no kind.
std::string kind_of_key(const std::string& key) {
  std::string name = key.substr(key.find('.') + 1);
  name = name.substr(0, name.find('.'));
  if (name.ends_with("_open")) name.resize(name.size() - 5);
  if (!reason_kind_of(name)) return {};
  std::string kind;
  for (std::size_t i = 0; i < name.size(); ++i) {
    if (name[i] == '_') continue;
    const bool first = i == 0 || name[i - 1] == '_';
    kind += first ? static_cast<char>(name[i] - 'a' + 'A') : name[i];
  }
  return kind;
}

TEST(Catalogue, BothLanguagesHaveTheSameKeysInTheSameOrder) {
  EXPECT_EQ(keys_of(Language::De), keys_of(Language::En));
}

TEST(Catalogue, BothLanguagesHaveTheSamePlaceholdersAndPluralForms) {
  const auto& de = all_texts(Language::De);
  const auto& en = all_texts(Language::En);
  ASSERT_EQ(de.size(), en.size());
  // Only how a date is written differs: German numbers its months, English names them.
  const std::set<std::string> kDates{"day.short", "day.short_year"};
  for (std::size_t i = 0; i < de.size(); ++i) {
    EXPECT_FALSE(de[i].second.other.empty()) << de[i].first;
    EXPECT_FALSE(en[i].second.other.empty()) << de[i].first;
    EXPECT_EQ(de[i].second.one.empty(), en[i].second.one.empty()) << de[i].first;
    if (kDates.count(de[i].first) > 0) continue;
    EXPECT_EQ(placeholders(de[i].second.other), placeholders(en[i].second.other)) << de[i].first;
    EXPECT_EQ(placeholders(de[i].second.one), placeholders(en[i].second.one)) << de[i].first;
  }
}

TEST(Catalogue, EveryKeyOfTheCodeExistsAndEveryKeyIsUsed) {
  const std::set<std::string> code = keys_in_code();
  const std::vector<std::string> known = keys_of(Language::De);
  for (const std::string& key : code) {
    const bool found = std::any_of(known.begin(), known.end(), [&key](const std::string& k) {
      return k == key || (key.back() == '.' && k.rfind(key, 0) == 0);
    });
    EXPECT_TRUE(found) << key;
  }
  for (const std::string& key : known) {
    if (!kind_of_key(key).empty()) continue;  // see below
    const bool used = std::any_of(code.begin(), code.end(), [&key](const std::string& k) {
      return k == key || k + "_open" == key || (k.back() == '.' && key.rfind(k, 0) == 0);
    });
    EXPECT_TRUE(used) << key;
  }
}

TEST(Catalogue, EveryReasonIsGivenByADecider) {
  const std::string deciders = sources("src/core");
  std::size_t kinds = 0;
  for (const std::string& key : keys_of(Language::De)) {
    const std::string kind = key.starts_with("reason.") ? kind_of_key(key) : std::string();
    if (kind.empty()) continue;
    ++kinds;
    EXPECT_NE(deciders.find("ReasonKind::" + kind), std::string::npos) << key;
  }
  EXPECT_GT(kinds, 20u);
}

TEST(Catalogue, EnglishHasNoGermanLeftovers) {
  const std::string all = all_of(Language::En);
  for (const std::string& german : {"ä", "ö", "ü", "ß", "Ä", "Ö", "Ü", " und ", " der ", " die ",
                                    " das ", " nicht ", " Uhr", "„"}) {
    EXPECT_EQ(all.find(german), std::string::npos) << german;
  }
}

TEST(Catalogue, GermanHasNoEnglishLeftovers) {
  const std::string all = all_of(Language::De);
  for (const std::string& english :
       {" the ", " and ", " is ", " are ", " of ", " not ", "closed", "unknown", "limited"}) {
    EXPECT_EQ(all.find(english), std::string::npos) << english;
  }
}

TEST(Catalogue, NobodyHasToGuessWhichMidnightIsMeant) {
  EXPECT_EQ(all_of(Language::En).find("midnight"), std::string::npos);
  EXPECT_EQ(all_of(Language::De).find("itternacht"), std::string::npos);
}

TEST(Fill, ValuesAreNeverLookedAtAgain) {
  EXPECT_EQ(fill("{a}-{b}", {{"a", "{b}"}, {"b", "{a}"}}), "{b}-{a}");
}

TEST(Fill, LeavesWhatItDoesNotKnow) {
  EXPECT_EQ(fill("{a} {", {{"b", "x"}}), "{a} {");
  EXPECT_EQ(fill("", {}), "");
}

TEST(Count, OneIsSingularAllElseIsPlural) {
  EXPECT_EQ(count(Language::De, "duration.minutes", 1), "1 Minute");
  EXPECT_EQ(count(Language::De, "duration.minutes", 0), "0 Minuten");
  EXPECT_EQ(count(Language::En, "duration.minutes", 2), "2 minutes");
}

}  // namespace
}  // namespace dienstbereit::words
