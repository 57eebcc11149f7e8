// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/what_if.h"

#include <map>
#include <tuple>

#include "words/catalogue.h"

namespace dienstbereit::words {
namespace {

std::string place_of(const Voice& voice, const TouchedTime& touched) {
  return node_name(voice, NodeId(touched.office.str() + "@" + touched.site.str()));
}

// One slot of one place with those of its services that are touched in it.
struct Line {
  const TouchedTime* first = nullptr;
  const TouchedTime* place = nullptr;  // none: the place as a whole is not worse
  std::vector<const TouchedTime*> services;
};

std::vector<Line> lines_of(const std::vector<TouchedTime>& touched) {
  std::vector<Line> lines;
  std::map<std::tuple<std::string, std::string, Instant, Instant>, std::size_t> known;
  for (const TouchedTime& one : touched) {
    if (!one.slotted) continue;
    const auto [found, is_new] = known.emplace(
        std::tuple(one.office.str(), one.site.str(), one.begin, one.end), lines.size());
    if (is_new) lines.push_back({&one, nullptr, {}});
    Line& line = lines[found->second];
    if (one.service.empty()) {
      line.place = &one;
    } else {
      line.services.push_back(&one);
    }
  }
  return lines;
}

std::string service_word(const Voice& voice, const TouchedTime& touched) {
  return text(voice.language(), "what_if.service",
              {{"service", node_name(voice, NodeId(touched.service.str()))},
               {"word", word(voice.language(), touched.to)}});
}

std::string sentence(const Voice& voice, const Line& line) {
  const Language language = voice.language();
  std::vector<std::string> services;
  for (const TouchedTime* one : line.services) services.push_back(service_word(voice, *one));
  Args args{
      {"place", place_of(voice, *line.first)},
      {"day", short_day(voice, voice.zone().day_of(line.first->begin))},
      {"span", span(voice, line.first->begin, line.first->end)},
      {"word", line.place ? word(language, line.place->to) : label(language, "what_if.partly")}};
  if (services.empty()) return text(language, "what_if.slot", args);
  args.push_back({"services", list(language, services)});
  return text(language, "what_if.slot_with", args);
}

std::string continuous(const Voice& voice, const TouchedTime& touched) {
  return text(voice.language(), "what_if.continuous",
              {{"place", place_of(voice, touched)},
               {"service", node_name(voice, NodeId(touched.service.str()))},
               {"word", word(voice.language(), touched.to, false)},
               {"since", time_of(voice, touched.since)}});
}

std::string opening(const Voice& voice, const WhatIf& question, std::size_t slots, bool more) {
  std::vector<std::string> nodes;
  for (const NodeId& node : question.nodes) nodes.push_back(node_name(voice, node));
  const Args args{{"nodes", list(voice.language(), nodes)},
                  {"from", time_of(voice, question.from)},
                  {"to", time_of(voice, question.to)}};
  if (slots > 0) return count(voice.language(), "what_if.touched", slots, args);
  return text(voice.language(), more ? "what_if.continuous_only" : "what_if.nothing", args);
}

}  // namespace

std::vector<std::string> what_if_sentences(const Voice& voice, const WhatIf& question,
                                           const std::vector<TouchedTime>& touched) {
  const std::vector<Line> lines = lines_of(touched);
  std::vector<std::string> all;
  for (const Line& line : lines) all.push_back(sentence(voice, line));
  for (const TouchedTime& one : touched) {
    if (!one.slotted) all.push_back(continuous(voice, one));
  }
  const bool more = all.size() > lines.size();
  if (all.size() > kMostSlotsTold) {
    const std::size_t left = all.size() - kMostSlotsTold;
    all.resize(kMostSlotsTold);
    all.push_back(count(voice.language(), "what_if.more", left));
  }
  all.insert(all.begin(), opening(voice, question, lines.size(), more));
  return all;
}

}  // namespace dienstbereit::words
