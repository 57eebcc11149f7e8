// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/suspects.h"

#include "words/catalogue.h"

namespace dienstbereit::words {
namespace {

// The names of those that are told, and how many there are besides.
std::string names(const Voice& voice, const std::vector<NodeId>& told, std::size_t all) {
  std::vector<std::string> items;
  for (const NodeId& node : told) items.push_back(node_name(voice, node));
  if (all > told.size()) {
    items.push_back(count(voice.language(), "suspect.more", all - told.size()));
  }
  return list(voice.language(), items);
}

}  // namespace

std::string suspect_sentence(const Voice& voice, const Suspect& suspect, std::size_t to_explain) {
  const Language language = voice.language();
  std::string nodes = names(voice, suspect.nodes, suspect.nodes.size());
  if (suspect.nodes.size() > 1) nodes = text(language, "suspect.together", {{"nodes", nodes}});
  std::string sentence = count(language, "suspect.explains", to_explain,
                               {{"nodes", nodes}, {"explains", std::to_string(suspect.explains)}});
  const auto add = [&](const std::string& part) {
    sentence += text(language, "suspect.part") + part;
  };
  if (suspect.explains < to_explain) {
    add(text(language, "suspect.missed",
             {{"names", names(voice, suspect.missed, to_explain - suspect.explains)}}));
  }
  if (suspect.against > 0) {
    add(count(language, "suspect.against", suspect.against,
              {{"names", names(voice, suspect.working, suspect.against)}}));
  }
  return sentence + ".";
}

std::vector<std::string> suspect_sentences(const Voice& voice, const Incident& incident) {
  std::vector<std::string> all;
  for (const Suspect& suspect : incident.suspects) {
    all.push_back(suspect_sentence(voice, suspect, incident.to_explain.size()));
  }
  return all;
}

}  // namespace dienstbereit::words
