// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/text.h"
#include "story/reader.h"

namespace dienstbereit::story {
namespace {

constexpr std::size_t kShown = 64;  // bytes of a wrong word in a message
constexpr unsigned kMostForecasts = 1'000;

std::vector<std::string> places_of(const District& district) {
  std::vector<std::string> places;
  for (const Office& office : district.offices) {
    for (const OfficeSite& at : office.sites) {
      places.push_back(office.id.str() + "@" + at.site.str());
    }
  }
  return places;
}

std::vector<std::string> services_of(const District& district) {
  std::vector<std::string> all;
  for (const Service& service : district.services) {
    for (const Offer& offer : service.offers) {
      all.push_back(offer_node(offer.office, offer.site, service.id).str());
    }
  }
  return all;
}

bool is_among(const std::string& name, const std::vector<std::string>& known) {
  return std::find(known.begin(), known.end(), name) != known.end();
}

}  // namespace

void StoryReader::read_selector(const Node& node, const std::string& name, Want& want) {
  std::string text;
  if (!read_text(node, text)) return;
  if (name == "id") {
    want.id = text;
  } else if (name == "place") {
    want.place = text;
  } else if (name == "number") {
    const char* end = text.data() + text.size();
    const auto [stop, problem] = std::from_chars(text.data(), end, want.number);
    if (problem != std::errc() || stop != end || want.number == 0 || want.number > kMostForecasts) {
      error(node, "a number counts from 1 on: 1 is the first forecast of the incident");
    }
  } else if (const auto day = times_->day(text)) {
    want.day = day;
  } else if (const auto iso = parse_day(text)) {
    want.day = *iso;
  } else {
    error(node, fmt::format("'{}' is no day; write Mo, Mo+1 or 2026-11-23", clean(text, kShown)));
  }
}

// "phase: closed", "de: part of it", "de: {lacks: ...}", "de: {contains: [...]}".
void StoryReader::read_fact(const Node& node, const FactSpec& fact, Want& want) {
  const auto add = [&](const Node& n, Test::How how) {
    Test test{fact.name, how, {}};
    if (!read_text(n, test.text)) return;
    if (fact.known != nullptr && !fact.known(test.text)) {
      error(n, fmt::format("'{}' is no word for '{}'; docs/formats/story.md lists them",
                           clean(test.text, kShown), fact.name));
    }
    want.tests.push_back(std::move(test));
  };
  const auto each = [&](Test::How how) {
    return [&, how](const Node& n) { read_one_or_list(n, [&](const Node& i) { add(i, how); }); };
  };
  if (node.kind == Node::Kind::Map) {
    read_map(node, {{"equals", [&](const Node& n) { add(n, Test::How::Equals); }},
                    {"contains", each(Test::How::Contains)},
                    {"lacks", each(Test::How::Lacks)}});
  } else {
    each(fact.known == nullptr ? Test::How::Contains : Test::How::Equals)(node);
  }
}

void StoryReader::check_names(const Node& node, const Want& want) {
  const District& district = *story_.district;
  if (want.subject == Subject::Place || !want.place.empty()) {
    const std::string& place = want.subject == Subject::Place ? want.id : want.place;
    const auto known = places_of(district);
    if (!is_among(place, known)) {
      error(node, fmt::format("'{}' is no place OFFICE@SITE{}", clean(place, kShown),
                              hint(place, known)));
    }
  }
  if (want.subject != Subject::Service) return;
  const auto known = services_of(district);
  if (!is_among(want.id, known)) {
    error(node, fmt::format("'{}' is nothing offered, OFFICE@SITE/SERVICE{}",
                            clean(want.id, kShown), hint(want.id, known)));
  }
}

void StoryReader::read_subject(const Node& node, const SubjectSpec& spec, Want want) {
  want.subject = spec.subject;
  std::vector<Field> fields{{"none", [&](const Node& n) { read_flag(n, want.none); }}};
  for (std::string name : spec.selectors) {
    if (name.ends_with('!')) name.pop_back();
    fields.push_back({name, [&, name](const Node& n) { read_selector(n, name, want); }});
  }
  for (const FactSpec& fact : spec.facts) {
    fields.push_back({fact.name, [&](const Node& n) { read_fact(n, fact, want); }});
  }
  if (!read_map(node, fields)) return;
  for (std::string name : spec.selectors) {
    if (!name.ends_with('!')) continue;
    name.pop_back();
    if (node.find(name) == nullptr) {
      error(node, fmt::format("'{}' needs the key '{}'; add it", spec.name, name));
      return;
    }
  }
  if (want.tests.empty() && !want.none && spec.subject == Subject::Headline) {
    error(node, "say what the headline says: de: or en:");
  }
  check_names(node, want);
  story_.wants.push_back(std::move(want));
}

void StoryReader::read_want(const Node& node, const Want& frame) {
  Want want = frame;
  want.line = node.mark.line;
  std::vector<Field> fields;
  for (const SubjectSpec& spec : subjects()) {
    fields.push_back({spec.name, [&](const Node& n) { read_subject(n, spec, want); }});
  }
  const bool map = read_map(node, fields);
  if (map && node.entries.size() != 1) error(node, "one thing is wanted at a time");
}

}  // namespace dienstbereit::story
