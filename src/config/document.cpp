// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/document.h"

#include <map>
#include <optional>
#include <sstream>
#include <unordered_map>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "base/text.h"
#include "config/limits.h"

namespace dienstbereit::config {
namespace {

constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";

std::size_t count_values(const Node& node) {
  std::size_t count = 1;
  for (const Node& item : node.items) count += count_values(item);
  for (const Node::Entry& entry : node.entries) count += count_values(entry.value);
  return count;
}

// Builds the tree from the parser's events. After a bound is exceeded it ignores what follows.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::uint16_t file, Report& report) : file_(file), report_(report) {}

  Node take_root() { return std::move(root_); }
  bool stopped() const { return stopped_; }
  Mark place(const YAML::Mark& mark) const { return {file_, mark.line + 1, mark.column + 1}; }

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    add_leaf(Node::Kind::Null, mark, anchor, {}, false);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    check_tag(mark, tag);
    const bool plain = tag == "?";
    const bool null = plain && (value == "~" || value == "null");
    add_leaf(null ? Node::Kind::Null : Node::Kind::Scalar, mark, anchor, value, !plain);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (stopped_) return;
    if (++aliases_ > kMostAliases) return stop(mark, "YAML aliases", kMostAliases);
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) {
      report_.error(place(mark), "this alias stands inside its own anchor; write the value out");
      return add_leaf(Node::Kind::Null, mark, 0, {}, false);
    }
    values_ += found->second.values;
    if (values_ > kMostNodes) return stop(mark, "YAML values", kMostNodes);
    add(Node(found->second.node));
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    open(Node::Kind::List, mark, tag, anchor);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    open(Node::Kind::Map, mark, tag, anchor);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    Node node;
    YAML::anchor_t anchor = 0;
    std::optional<Node> key;                      // of a map, once read
    std::unordered_map<std::string, Mark> known;  // keys of a map so far
  };
  struct Anchored {
    Node node;
    std::size_t values = 0;
  };

  void check_tag(const YAML::Mark& mark, const std::string& tag) {
    if (stopped_ || tag.empty() || tag == "?" || tag == "!") return;
    report_.error(place(mark), fmt::format("YAML tag '{}' is not used here; remove it", tag));
  }

  void add_leaf(Node::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor, std::string text,
                bool quoted) {
    if (!count(mark)) return;
    Node node;
    node.kind = kind;
    node.quoted = quoted;
    node.mark = place(mark);
    node.text = std::move(text);
    if (anchor != 0) anchors_[anchor] = Anchored{node, 1};
    add(std::move(node));
  }

  void open(Node::Kind kind, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    check_tag(mark, tag);
    if (!count(mark)) return;
    if (frames_.size() >= kDeepestYaml) return stop(mark, "levels of nesting", kDeepestYaml);
    Frame frame;
    frame.node.kind = kind;
    frame.node.mark = place(mark);
    frame.anchor = anchor;
    frames_.push_back(std::move(frame));
  }

  void close() {
    if (stopped_ || frames_.empty()) return;
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    if (frame.anchor != 0) {
      anchors_[frame.anchor] = Anchored{frame.node, count_values(frame.node)};
    }
    add(std::move(frame.node));
  }

  void add(Node node) {
    if (frames_.empty()) {
      root_ = std::move(node);
      return;
    }
    Frame& top = frames_.back();
    if (top.node.kind == Node::Kind::List) {
      top.node.items.push_back(std::move(node));
    } else if (!top.key) {
      top.key = std::move(node);
    } else {
      add_entry(top, std::move(node));
    }
  }

  void add_entry(Frame& top, Node value) {
    Node key = std::move(*top.key);
    top.key.reset();
    if (key.kind != Node::Kind::Scalar) {
      report_.error(key.mark, "a key must be a plain word; put it in quotes if it is one");
      return;
    }
    const auto [known, fresh] = top.known.emplace(key.text, key.mark);
    if (!fresh) {
      report_.error(key.mark, fmt::format("key '{}' stands here a second time (first in line {}); "
                                          "merge the two",
                                          key.text, known->second.line));
      return;
    }
    top.node.entries.push_back(Node::Entry{std::move(key.text), key.mark, std::move(value)});
  }

  bool count(const YAML::Mark& mark) {
    if (stopped_) return false;
    if (++values_ <= kMostNodes) return true;
    stop(mark, "YAML values", kMostNodes);
    return false;
  }

  void stop(const YAML::Mark& mark, const char* what, std::size_t limit) {
    report_.error(place(mark),
                  fmt::format("more than {} {}; split or simplify the file", limit, what));
    stopped_ = true;
  }

  std::uint16_t file_;
  Report& report_;
  Node root_;
  std::vector<Frame> frames_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  std::size_t values_ = 0;
  std::size_t aliases_ = 0;
  bool stopped_ = false;
};

// Reports lines that the parser would misread, before it does. False: not text at all.
bool check_lines(std::string_view text, std::uint16_t file, Report& report) {
  bool sound = true;
  int number = 0;
  for (std::string_view line : split(text, '\n')) {
    ++number;
    if (!is_utf8(line)) {
      report.error({file, number, 1}, "this line is not UTF-8 text; save the file as UTF-8");
      return false;
    }
    const auto content = line.find_first_not_of(" \t\r");
    const auto tab = line.find('\t');
    if (content == std::string_view::npos || tab > content || line[content] == '#') continue;
    report.error({file, number, static_cast<int>(tab) + 1},
                 "a tab indents this line; YAML wants spaces");
    sound = false;
  }
  return sound;
}

// False if the text is not YAML, or exceeds a bound.
bool run_parser(const std::string& text, TreeBuilder& builder, std::uint16_t file, Report& report) {
  std::istringstream stream(text);
  try {
    YAML::Parser parser(stream);
    parser.HandleNextDocument(builder);
    TreeBuilder rest(file, report);
    if (!builder.stopped() && parser.HandleNextDocument(rest)) {
      report.error({file, 1, 1}, "several YAML documents ('---') in one file; use one file each");
    }
    return !builder.stopped();
  } catch (const YAML::Exception& e) {
    if (builder.stopped()) return false;  // the bound is reported
    report.error(
        builder.place(e.mark.is_null() ? YAML::Mark() : e.mark),
        fmt::format("YAML cannot be read here: {}; check indentation, colons and quotes", e.msg));
  } catch (const std::exception& e) {
    report.error({file, 1, 1}, fmt::format("YAML cannot be read: {}", e.what()));
  }
  return false;
}

}  // namespace

const Node* Node::find(std::string_view key) const {
  for (const Entry& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}

const char* describe(const Node& node) {
  switch (node.kind) {
    case Node::Kind::Null:
      return "nothing";
    case Node::Kind::Scalar:
      return "a single value";
    case Node::Kind::List:
      return "a list";
    case Node::Kind::Map:
      return "a map";
  }
  return "something else";
}

std::optional<Node> parse_yaml(const SourceFile& source, std::uint16_t file, Report& report) {
  std::string text = source.text;
  if (text.starts_with(kByteOrderMark)) text.erase(0, kByteOrderMark.size());
  if (text.size() > kLargestFile) {
    report.error({file, 1, 1}, fmt::format("larger than {} bytes; split it", kLargestFile));
    return std::nullopt;
  }
  if (!check_lines(text, file, report)) return std::nullopt;
  TreeBuilder builder(file, report);
  if (!run_parser(text, builder, file, report)) return std::nullopt;
  return builder.take_root();
}

void report_unknown_key(Report& report, const Node::Entry& entry,
                        const std::vector<std::string>& names) {
  constexpr std::size_t kShown = 40;
  const auto meant = nearest(entry.key, names);
  report.error(entry.key_mark,
               fmt::format("unknown key '{}'; {}", clean(entry.key, kShown),
                           meant ? fmt::format("did you mean '{}'?", *meant)
                                 : fmt::format("known here: {}", join(names, ", "))));
}

void for_each_item(Report& report, const Node& node, std::size_t most,
                   const std::function<void(const Node&)>& read_item) {
  if (node.kind != Node::Kind::List) {
    report.error(node.mark, fmt::format("{} stands where a list is wanted; begin each line with "
                                        "'- '",
                                        describe(node)));
    return;
  }
  if (node.items.size() > most) {
    report.error(node.mark, fmt::format("the list has {} items; at most {} are read",
                                        node.items.size(), most));
    return;
  }
  for (const Node& item : node.items) read_item(item);
}

}  // namespace dienstbereit::config
