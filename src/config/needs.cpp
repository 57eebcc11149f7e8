// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <algorithm>

#include <fmt/format.h>

#include "config/limits.h"
#include "config/shapes.h"
#include "config/values.h"

namespace dienstbereit::config {
namespace {

// One need as written: exactly one of the operators, or `need`.
struct NeedDraft {
  std::optional<NodeId> need;
  std::optional<std::vector<Need>> all, any, of, degrades, share;
  std::optional<unsigned> at_least;
  std::optional<double> full, limited;
  Duration buffer{0};
  Duration recharge{0};
};

Need read_need(Reader& reader, const Node& node);

Need plain_need(Reader& reader, const Node& node) {
  Need need;
  Value<NodeId>::read(reader, node, need.node);
  return need;
}

void read_members(Reader& reader, const Node& node, std::optional<std::vector<Need>>& members) {
  members.emplace();
  for (const Node* item : one_or_items(node)) members->push_back(read_need(reader, *item));
  if (members->empty()) reader.report.error(node.mark, "this group is empty; name its members");
}

// `{A: 2, B: 1}`, or a list of ids of equal weight.
void read_share(Reader& reader, const Node& node, std::optional<std::vector<Need>>& members) {
  if (node.kind != Node::Kind::Map) return read_members(reader, node, members);
  members.emplace();
  for (const Node::Entry& entry : node.entries) {
    Need& need = members->emplace_back();
    need.node = NodeId(entry.key);
    reader.places.uses.push_back(Use{Use::Wanted::AnyNode, entry.key, entry.key_mark});
    read_number(reader, entry.value, need.weight);
    if (need.weight <= 0) reader.report.error(entry.value.mark, "a weight must be above 0");
  }
  if (members->empty()) reader.report.error(node.mark, "this group is empty; name its members");
}

Needs group_of(Operator op, std::vector<Need> members) {
  Needs needs;
  needs.op = op;
  needs.of = std::move(members);
  return needs;
}

void check_at_least(Reader& reader, const Node& node, const Needs& group) {
  if (group.at_least >= 1 && group.at_least <= group.of.size()) return;
  reader.report.error(node.mark, fmt::format("at_least is {}, but 'of' has {} members; take a "
                                             "number from 1 to {}",
                                             group.at_least, group.of.size(), group.of.size()));
}

void check_share(Reader& reader, const Node& node, const Needs& group) {
  if (group.full > 0 && group.full <= 1 && group.limited <= group.full) return;
  reader.report.error(node.mark, fmt::format("full is {}, limited is {}; both are parts of the "
                                             "total weight: 0 <= limited <= full <= 1",
                                             group.full, group.limited));
}

// The operator that was written; All with no members if none or several were.
Needs operator_of(Reader& reader, const Node& node, NeedDraft& draft) {
  if (draft.any) return group_of(Operator::Any, std::move(*draft.any));
  if (draft.degrades) return group_of(Operator::Degrades, std::move(*draft.degrades));
  if (draft.share) {
    Needs group = group_of(Operator::Share, std::move(*draft.share));
    group.full = draft.full.value_or(group.full);
    group.limited = draft.limited.value_or(group.limited);
    check_share(reader, node, group);
    return group;
  }
  if (draft.of) {
    Needs group = group_of(Operator::AtLeast, std::move(*draft.of));
    group.at_least = draft.at_least.value_or(0);
    check_at_least(reader, node, group);
    return group;
  }
  return group_of(Operator::All, draft.all ? std::move(*draft.all) : std::vector<Need>());
}

void check_combination(Reader& reader, const Node& node, const NeedDraft& draft) {
  const int operators = draft.need.has_value() + draft.all.has_value() + draft.any.has_value() +
                        draft.of.has_value() + draft.degrades.has_value() + draft.share.has_value();
  if (operators != 1) {
    reader.report.error(node.mark, "a need has exactly one of: need, all, any, at_least with of, "
                                   "degrades, share");
  } else if (draft.at_least && !draft.of) {
    reader.report.error(node.mark, "'at_least' needs 'of: [...]' beside it");
  } else if ((draft.full || draft.limited) && !draft.share) {
    reader.report.error(node.mark, "'full' and 'limited' belong to 'share'");
  } else if (draft.recharge > Duration(0) && draft.buffer == Duration(0)) {
    reader.report.error(node.mark, "'recharge' belongs to 'buffer'; add one or remove it");
  }
}

Need read_need(Reader& reader, const Node& node) {
  if (node.kind == Node::Kind::Scalar) return plain_need(reader, node);
  Need need;
  NeedDraft draft;
  if (!read_shape(reader, node, need_shape(), &draft)) return need;
  check_combination(reader, node, draft);
  if (draft.need) {
    need.node = *draft.need;
  } else {
    need.group.push_back(operator_of(reader, node, draft));
  }
  need.buffer = draft.buffer;
  need.recharge = draft.recharge;
  return need;
}

std::size_t depth_of(const Needs& needs) {
  std::size_t deepest = 0;
  for (const Need& need : needs.of) {
    for (const Needs& group : need.group) deepest = std::max(deepest, depth_of(group));
  }
  return deepest + 1;
}

}  // namespace

const Shape& need_shape() {
  using K = Keys<NeedDraft>;
  static const Type members{"members", "an id, a need, or a list of both",
                            R"({"$ref":"#/$defs/needs"})"};
  static const Type weights{"weights", "map from id to weight, or a list of ids of weight 1",
                            R"({"anyOf":[{"$ref":"#/$defs/needs"},{"type":"object",)"
                            R"("additionalProperties":{"type":"number","exclusiveMinimum":0}}]})"};
  static const Shape shape{
      "need",
      "a need",
      "Exactly one operator, and a buffer if there is one. A plain id in a list is the short form "
      "of `need: ID`. Groups nest.",
      {K::of<&NeedDraft::need>("need", "one node"),
       K::as<&NeedDraft::all, read_members>("all", members, "as bad as its worst member"),
       K::as<&NeedDraft::any, read_members>("any", members, "as good as its best member"),
       K::of<&NeedDraft::at_least>("at_least", "how many of `of` are needed"),
       K::as<&NeedDraft::of, read_members>("of", members, "the members that `at_least` counts"),
       K::as<&NeedDraft::degrades, read_members>(
           "degrades", members, "as bad as its worst member, but never worse than limited"),
       K::as<&NeedDraft::share, read_share>("share", weights,
                                            "the working part of the total weight counts"),
       K::of<&NeedDraft::full>("full", "part of the weight from which `share` is in order: 1.0"),
       K::of<&NeedDraft::limited>("limited",
                                  "part of the weight from which `share` is limited: 0.5"),
       K::of<&NeedDraft::buffer>("buffer", "how long its loss goes unnoticed (battery, list)"),
       K::of<&NeedDraft::recharge>("recharge", "how long an empty buffer takes to fill: at once")}};
  return shape;
}

void read_needs(Reader& reader, const Node& node, Needs& needs) {
  std::vector<Need> members;
  for (const Node* item : one_or_items(node)) members.push_back(read_need(reader, *item));
  const bool one_group =
      members.size() == 1 && !members[0].group.empty() && members[0].buffer == Duration(0);
  if (one_group) {
    needs = Needs(std::move(members[0].group[0]));
  } else {
    needs = group_of(Operator::All, std::move(members));
  }
  if (depth_of(needs) > kDeepestNeeds) {
    reader.report.error(node.mark, fmt::format("needs nest deeper than {} groups; give a part of "
                                               "them a component of its own",
                                               kDeepestNeeds));
  }
}

}  // namespace dienstbereit::config
