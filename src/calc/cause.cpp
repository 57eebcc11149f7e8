// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "calc/cause.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>

#include "base/text.h"
#include "calc/input.h"
#include "core/cause/diagnose.h"
#include "core/cause/evidence.h"

namespace dienstbereit::calc {
namespace {

using namespace core::cause;
using Json = nlohmann::ordered_json;

constexpr std::array<const char*, kTraces> kTraceNames{"ups_over_voltage", "restarted",
                                                       "clock_jump"};

struct Reports {
  std::uint32_t down = 0;
  std::uint32_t up = 0;
};

struct Case {
  std::string name;
  std::vector<Reports> reports;  // by node
  std::vector<Evidence> evidence;
};

struct File {
  std::vector<std::int64_t> ids;  // by node
  std::unordered_map<std::int64_t, Node> node_of;
  std::vector<bool> probed;
  std::vector<NodeSpec> specs;
  std::vector<Node> feeds;  // by node, or kNone; a feed names itself
  ProbeErrors probe;
  std::uint32_t rounds = 0;
  double surge_prior = 0;
  double surge_damage = 0;
  EvidenceModel evidence_model;
};

// What is always so cannot be weighed against anything: 1 counts as almost 1.
double rate(const Item& item) { return std::min(item.number(0, 1), kMostDamage); }

std::optional<Node> node_at(const Item& item, const File& file) {
  const std::int64_t id = item.id();
  const auto found = file.node_of.find(id);
  if (found != file.node_of.end()) return found->second;
  item.wrong(fmt::format("no node has the id {}", id));
  return std::nullopt;
}

void read_node(const Item& item, File& file) {
  item.only({"id", "prior"}, {"kind", "feed", "probed", "needs_all_of_any"});
  const std::int64_t id = item["id"].id();
  if (!file.node_of.try_emplace(id, static_cast<Node>(file.ids.size())).second)
    return item["id"].wrong(fmt::format("the id {} stands twice", id));
  if (item.has("kind")) item["kind"].text();
  file.ids.push_back(id);
  file.probed.push_back(!item.has("probed") || item["probed"].yes());
  file.specs.push_back({rate(item["prior"]), {}});
  file.feeds.push_back(kNone);
}

// Feeds and needs, once all ids are known.
void read_links(const Item& item, Node at, File& file, std::size_t& members) {
  if (item.has("feed") && item["feed"].whole(-1, kLargestId) >= 0)
    if (const auto feed = node_at(item["feed"], file)) file.feeds[at] = *feed;
  if (!item.has("needs_all_of_any")) return;
  for (const Item& group : item["needs_all_of_any"].list(kMostMembers)) {
    auto& needs = file.specs[at].needs.emplace_back();
    if (++members > kMostMembers)
      return group.wrong(fmt::format("more than {} groups and needs in all", kMostMembers));
    for (const Item& need : group.list(kMostNodes)) {
      if (const auto node = node_at(need, file)) needs.push_back(*node);
      if (++members > kMostMembers)
        return need.wrong(fmt::format("more than {} groups and needs in all", kMostMembers));
    }
  }
}

void check_feeds(const std::vector<Item>& items, const File& file) {
  for (std::size_t at = 0; at < items.size(); ++at) {
    const Node feed = file.feeds[at];
    if (feed != kNone && file.feeds[feed] != feed)
      return items[at]["feed"].wrong(
          fmt::format("the node {} is no feed: its 'feed' must name itself", file.ids[feed]));
  }
}

void check_cycles(const Item& nodes, const File& file) {
  const std::vector<Node> cycle = cycle_among(file.specs);
  if (cycle.empty()) return;
  std::vector<std::string> names;
  for (const Node node : cycle) names.push_back(std::to_string(file.ids[node]));
  nodes.wrong("a cycle of needs: " + loop_text(names));
}

void read_models(const Item& root, File& file) {
  const Item probe = root["probe_model"];
  probe.only({"false_negative", "false_positive", "missing", "rounds"});
  file.probe = {rate(probe["false_negative"]), rate(probe["false_positive"]),
                probe["missing"].number(0, 1)};
  file.rounds = static_cast<std::uint32_t>(probe["rounds"].whole(1, kMostRounds));
  if (file.probe.false_negative + file.probe.false_positive >= 1)
    probe.wrong("false_negative and false_positive add up to 1 or more: such a probe is read the "
                "wrong way round");
  const Item surge = root["surge"];
  surge.only({"prior_per_feed", "damage_prob_per_device"});
  file.surge_prior = rate(surge["prior_per_feed"]);
  file.surge_damage = rate(surge["damage_prob_per_device"]);
  if (!root.has("evidence_model")) return;
  const Item model = root["evidence_model"];
  model.only({}, {kTraceNames[0], kTraceNames[1], kTraceNames[2]});
  for (std::size_t trace = 0; trace < kTraces; ++trace) {
    if (!model.has(kTraceNames[trace])) continue;
    const Item item = model[kTraceNames[trace]];
    item.only({"with_surge", "without"}, {"without_down"});
    TraceRates& rates = file.evidence_model.rates[trace];
    const auto sure = [](const Item& one) {
      return std::clamp(one.number(0, 1), kSurestProbe, 1 - kSurestProbe);
    };
    rates.with_surge = sure(item["with_surge"]);
    rates.without = sure(item["without"]);
    rates.without_down = sure(item[item.has("without_down") ? "without_down" : "without"]);
  }
}

File read_file_of_nodes(const Item& root) {
  File file;
  root.only({"nodes", "probe_model", "surge", "cases"}, {"evidence_model"});
  const std::vector<Item> items = root["nodes"].list(kMostNodes);
  for (const Item& item : items) read_node(item, file);
  if (file.specs.size() != items.size()) return file;  // the problem is kept
  std::size_t members = 0;
  for (Node at = 0; at < items.size(); ++at) read_links(items[at], at, file, members);
  check_feeds(items, file);
  check_cycles(root["nodes"], file);
  read_models(root, file);
  return file;
}

// The surges on feeds, in the order of the nodes; a feed's own does not damage it.
std::vector<CommonSpec> surges_of(const File& file) {
  std::vector<CommonSpec> surges;
  std::vector<std::size_t> number(file.feeds.size());
  for (Node node = 0; node < file.feeds.size(); ++node) {
    if (file.feeds[node] != node) continue;
    number[node] = surges.size();
    surges.push_back(
        {CommonSort::Surge, log_odds_of(file.surge_prior), file.surge_damage, {}, node});
  }
  for (Node node = 0; node < file.feeds.size(); ++node) {
    const Node feed = file.feeds[node];
    if (feed != kNone && feed != node) surges[number[feed]].members.push_back(node);
  }
  return surges;
}

void read_reports(const Item& item, const File& file, bool down, Case& found) {
  for (const auto& [key, value] : item.members(kMostNodes)) {
    std::int64_t id = -1;
    const auto [end, error] = std::from_chars(key.data(), key.data() + key.size(), id);
    const auto at = file.node_of.find(id);
    if (error != std::errc() || end != key.data() + key.size() || at == file.node_of.end() ||
        key != std::to_string(id))
      return value.wrong("no node has this id");
    Reports& reports = found.reports[at->second];
    const auto count = static_cast<std::uint32_t>(value.whole(0, file.rounds));
    (down ? reports.down : reports.up) = count;
    if (count > 0 && !file.probed[at->second])
      return value.wrong("reports of a node that is not probed");
    if (reports.down + reports.up > file.rounds)
      return value.wrong(fmt::format("{} down and {} up reports are more than {} rounds",
                                     reports.down, reports.up, file.rounds));
  }
}

Case read_case(const Item& item, const File& file) {
  item.only({"name", "down_reports", "up_reports"}, {"evidence"});
  Case found{item["name"].text(), std::vector<Reports>(file.ids.size()), {}};
  read_reports(item["down_reports"], file, true, found);
  read_reports(item["up_reports"], file, false, found);
  if (!item.has("evidence")) return found;
  for (const Item& one : item["evidence"].list(kMostEvidence)) {
    one.only({"kind", "node"});
    const std::string kind = one["kind"].text();
    const auto at = std::ranges::find(kTraceNames, kind);
    const auto node = node_at(one["node"], file);
    if (at == kTraceNames.end()) {
      one["kind"].wrong("is none of ups_over_voltage, restarted, clock_jump");
      return found;
    }
    if (node)
      found.evidence.push_back({static_cast<core::cause::Trace>(at - kTraceNames.begin()), *node});
  }
  return found;
}

WeighQuestion question_of(const Case& one, const File& file, const Network& network,
                          const StopFlag* stop) {
  WeighQuestion question;
  question.network = &network;
  question.probe = file.probe;
  question.bounds.stop = stop;
  std::vector<Answers> answers;
  for (const Reports& reports : one.reports) {
    question.seen.log_ratio.push_back(log_ratio_of(
        {file.probe.false_negative, file.probe.false_positive}, reports.down, reports.up));
    answers.push_back(answers_of(reports.down, reports.up));
  }
  if (!one.evidence.empty())
    question.seen.common_log_ratio =
        weigh_evidence(network, one.evidence, answers, file.evidence_model);
  return question;
}

Json written(const Case& one, const File& file, const Network& network, const Diagnosis& found) {
  Json candidates = Json::array();
  for (const Candidate& candidate : found.candidates) {
    Json nodes = Json::array();
    for (const Node node : candidate.nodes) nodes.push_back(file.ids[node]);
    candidates.push_back({{"nodes", nodes}, {"probability", candidate.probability}});
  }
  Json causes = Json::array();
  for (const CommonCause& cause : found.common_causes)
    causes.push_back(
        {{"feed", cause.common == kNone ? -1 : file.ids[network.common_at(cause.common)]},
         {"probability", cause.probability}});
  Json damage = Json::array();
  for (const Damage& each : found.damage)
    damage.push_back({{"node", file.ids[each.node]}, {"probability", each.probability}});
  Json tests = Json::array();
  for (const Test& test : found.tests)
    tests.push_back({{"node", file.ids[test.node]}, {"gain_bits", test.gain_bits}});
  return {{"name", one.name},
          {"candidates", candidates},
          {"common_causes", causes},
          {"damage", damage},
          {"next_tests", tests}};
}

}  // namespace

Result<std::string> cause(std::string_view text, const Setting& setting) {
  const auto input = Input::parse(text);
  if (!input) return tl::unexpected(input.error());
  const Item root = input->root();
  const File file = read_file_of_nodes(root);
  if (input->problem()) return tl::unexpected(*input->problem());
  const std::vector<Item> items = root["cases"].list(kMostCases);
  if (items.size() * file.ids.size() > kMostCaseNodes)
    return fail(
        Errc::LimitExceeded,
        fmt::format("cases: {} cases of {} nodes are more than {} in all; make several files",
                    items.size(), file.ids.size(), kMostCaseNodes));
  // All of the file is checked before anything is calculated.
  for (const Item& item : items) {
    if (setting.stop->asked()) return tl::unexpected(stopped());
    read_case(item, file);
  }
  if (input->problem()) return tl::unexpected(*input->problem());
  const auto network = Network::make(file.specs, surges_of(file));
  if (!network) return tl::unexpected(network.error());
  std::string cases;
  for (const Item& item : items) {
    const Case one = read_case(item, file);
    const double begin = setting.milliseconds();
    const Diagnosis found = diagnose(question_of(one, file, *network, setting.stop));
    if (setting.stop->asked()) return tl::unexpected(stopped());
    Json answer = written(one, file, *network, found);
    answer["milliseconds"] = setting.milliseconds() - begin;
    if (!found.complete) answer["complete"] = false;
    if (!cases.empty()) cases += ',';
    cases += answer.dump();
    if (cases.size() > kMostAnswerBytes)
      return fail(Errc::LimitExceeded,
                  fmt::format("the answer is longer than {} bytes; put fewer cases into a file",
                              kMostAnswerBytes));
  }
  return R"({"cases":[)" + cases + "]}";
}

}  // namespace dienstbereit::calc
