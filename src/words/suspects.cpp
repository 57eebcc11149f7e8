// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "words/suspects.h"

#include <algorithm>
#include <utility>

#include "model/record/names.h"
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

// "Netzteil (etwa 40 %)"
std::string with_percent(const Voice& voice, const std::string& name, unsigned percent) {
  return text(voice.language(), "cause.with_percent",
              {{"name", name}, {"percent", std::to_string(percent)}});
}
std::string with_percent(const Voice& voice, const CauseWeight& weight) {
  return with_percent(voice, names(voice, weight.nodes, weight.nodes.size()), weight.percent);
}

std::string common_name(const Voice& voice, const Incident& incident, const CommonWeight& weight) {
  if (weight.sort != CommonSort::Change) {
    return text(voice.language(), std::string("cause.common.") + name_of(weight.sort),
                {{"what", node_name(voice, weight.node)}});
  }
  const auto note = std::find_if(incident.notes.begin(), incident.notes.end(),
                                 [&](const Note& one) { return one.id == weight.note; });
  if (note != incident.notes.end()) return change_name(voice, *note);
  return text(voice.language(), "cause.common.change_elsewhere", {{"what", weight.note.str()}});
}

// "zu hohe Spannung am Eingang von USV 1; Neustart von Server 1 und Server 2"
std::string traces_by_sort(const Voice& voice, const std::vector<CauseTrace>& traces) {
  const Language language = voice.language();
  std::string all;
  for (const TraceKind what :
       {TraceKind::OverVoltage, TraceKind::Restarted, TraceKind::ClockJumped}) {
    std::vector<NodeId> nodes;
    for (const CauseTrace& trace : traces) {
      if (trace.what == what) nodes.push_back(trace.node);
    }
    if (nodes.empty()) continue;
    if (!all.empty()) all += text(language, "suspect.part");
    all += text(language, std::string("cause.trace.") + name_of(what),
                {{"names", names(voice, nodes, nodes.size())}});
  }
  return all;
}

}  // namespace

std::string suspect_sentence(const Voice& voice, const Suspect& suspect, std::size_t to_explain) {
  const Language language = voice.language();
  const std::size_t most = std::min(suspect.nodes.size(), kMostNamed);
  std::string nodes =
      names(voice, {suspect.nodes.begin(), suspect.nodes.begin() + most}, suspect.nodes.size());
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

std::string change_name(const Voice& voice, const Note& change) {
  const std::vector<NodeId>& nodes = change.nodes;
  const std::vector<NodeId> told(
      nodes.begin(),
      nodes.begin() + static_cast<std::ptrdiff_t>(std::min(nodes.size(), kMostNamed)));
  const Instant at = change.changed_at.value_or(change.written.at);
  return text(voice.language(), "cause.common.change",
              {{"what", names(voice, told, nodes.size())},
               {"day", short_day(voice, voice.zone().day_of(at))},
               {"clock", clock_of(voice, at)}});
}

std::vector<std::string> weighing_sentences(const Voice& voice, const Incident& incident) {
  std::vector<std::string> all;
  if (!incident.weighed) return all;
  const Language language = voice.language();
  const auto add = [&](const char* key, const std::string& what) {
    all.push_back(text(language, key, {{"what", what}}));
  };
  const auto traces = incident.weighed->traces.value_or(std::vector<CauseTrace>());
  bool surge_told = false;
  for (const CommonWeight& common : incident.weighed->common) {
    add("cause.common", with_percent(voice, common_name(voice, incident, common), common.percent));
    if (common.sort != CommonSort::Surge || std::exchange(surge_told, true)) continue;
    const std::string kept = traces_by_sort(voice, traces);
    if (!kept.empty()) add("cause.traces", kept);
  }
  for (const CauseWeight& damage : incident.weighed->damages) {
    add(damage.nodes.size() > 1 ? "cause.one_of" : "cause.damage", with_percent(voice, damage));
  }
  std::vector<std::string> check;
  for (const CauseWeight& one : incident.weighed->check_next) {
    check.push_back(with_percent(voice, one));
  }
  if (!check.empty()) add("cause.check_next", list(language, check));
  const std::vector<NodeId>& look = incident.weighed->look_next;
  if (!look.empty()) add("cause.look_next", names(voice, look, look.size()));
  return all;
}

}  // namespace dienstbereit::words
