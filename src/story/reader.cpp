// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "story/reader.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "config/load.h"
#include "view/stamp.h"

namespace dienstbereit::story {
namespace {

constexpr std::size_t kLongestName = 64;  // of a person, role key or recipient
constexpr const char* kOneRecipient = "story";  // the channel of all that is told
constexpr const char* kIdLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

bool is_name(const std::string& text) {
  return !text.empty() && text.size() <= kLongestName &&
         text.find_first_not_of(kIdLetters) == std::string::npos;
}

}  // namespace

// ---- the pieces --------------------------------------------------------------------------------

void StoryReader::error(const Node& node, std::string message) {
  report_.error(node.mark, std::move(message));
}

void StoryReader::need(const Node& node, std::initializer_list<const char*> keys) {
  for (const char* key : keys) {
    if (node.find(key) == nullptr) error(node, fmt::format("the key '{}' is missing; add it", key));
  }
}

std::string StoryReader::hint(const std::string& wrong, const std::vector<std::string>& known) {
  const auto meant = nearest(wrong, known);
  return meant ? fmt::format("; did you mean '{}'?", *meant)
               : "; 'dienstbereit check' and the district's files list what there is";
}

bool StoryReader::read_map(const Node& node, const std::vector<Field>& fields) {
  if (node.kind != Node::Kind::Map) {
    error(node, fmt::format("{} stands where keys are wanted; write 'key: value'",
                            config::describe(node)));
    return false;
  }
  std::vector<std::string> names;
  for (const Field& field : fields) names.push_back(field.first);
  for (const Node::Entry& entry : node.entries) {
    const auto at = std::find(names.begin(), names.end(), entry.key);
    if (at == names.end()) {
      config::report_unknown_key(report_, entry, names);
    } else if (entry.value.kind == Node::Kind::Null) {
      report_.error(entry.key_mark,
                    fmt::format("'{}' has no value; write one or remove the key", entry.key));
    } else {
      fields[static_cast<std::size_t>(at - names.begin())].second(entry.value);
    }
  }
  return true;
}

void StoryReader::read_list(const Node& node, const std::function<void(const Node&)>& read_item) {
  config::for_each_item(report_, node, kMostItems, read_item);
}

void StoryReader::read_one_or_list(const Node& node,
                                   const std::function<void(const Node&)>& read_item) {
  if (node.kind == Node::Kind::List) return read_list(node, read_item);
  read_item(node);
}

bool StoryReader::read_text(const Node& node, std::string& target) {
  if (node.kind != Node::Kind::Scalar) {
    error(node, fmt::format("{} stands where a text is wanted", config::describe(node)));
  } else if (node.text.size() > kLongestText) {
    error(node, fmt::format("the text is longer than {} bytes; shorten it", kLongestText));
  } else {
    target = node.text;
    return true;
  }
  return false;
}

void StoryReader::read_flag(const Node& node, bool& target) {
  std::string text;
  if (!read_text(node, text)) return;
  if (text == "true" || text == "false") {
    target = text == "true";
  } else {
    error(node, fmt::format("'{}' is neither true nor false", clean(text, kLongestName)));
  }
}

void StoryReader::read_wording(const Node& node, Wording& target) {
  if (node.kind == Node::Kind::Scalar) {
    read_text(node, target.de);
    return;
  }
  read_map(node, {{"de", [&](const Node& n) { read_text(n, target.de); }},
                  {"en", [&](const Node& n) { read_text(n, target.en); }}});
}

std::optional<Instant> StoryReader::read_time(const Node& node) {
  std::string text;
  if (!read_text(node, text) || !times_) return std::nullopt;
  const auto time = times_->time(text);
  if (!time) {
    error(node, fmt::format("'{}' is no time; write 'Fr 07:10', 'Mo+1 08:00' or "
                            "2026-11-20T07:10+01:00",
                            clean(text, kLongestName)));
    return std::nullopt;
  }
  if (*time < story_.start || *time > story_.start + kLongestStory) {
    error(node, fmt::format("this lies before the start, or more than {} after it",
                            to_text(kLongestStory)));
    return std::nullopt;
  }
  return time;
}

// ---- the head ----------------------------------------------------------------------------------

void StoryReader::read_pace(const Node& node) {
  std::string text;
  if (!read_text(node, text)) return;
  const auto every = parse_duration(text);
  if (!every || *every > kMostRelaxed) {
    error(node, fmt::format("'{}' is no time between two runs of a probe; write '1 min', at most "
                            "{}",
                            clean(text, kLongestName), to_text(kMostRelaxed)));
    return;
  }
  story_.probes_every = *every;
}

void StoryReader::read_recipient(const Node& node) {
  Recipient recipient;
  recipient.channels.emplace_back(kOneRecipient);
  std::string id;
  const auto wants = [&](const Node& list) {
    recipient.wants_incidents = false;
    read_one_or_list(list, [&](const Node& item) {
      std::string what;
      if (!read_text(item, what)) return;
      recipient.wants_incidents = recipient.wants_incidents || what == "incidents";
      recipient.wants_places = recipient.wants_places || what == "places";
      recipient.wants_questions = recipient.wants_questions || what == "questions";
      if (what != "incidents" && what != "places" && what != "questions") {
        error(item, fmt::format("'{}' is nothing to be told of; write incidents, places or "
                                "questions",
                                clean(what, kLongestName)));
      }
    });
  };
  if (node.kind == Node::Kind::Scalar) {
    read_text(node, id);
  } else if (!read_map(node,
                       {{"id", [&](const Node& n) { read_text(n, id); }}, {"wants", wants}})) {
    return;
  }
  if (!is_name(id) || story_.people.find(RecipientId(id)) != nullptr) {
    error(node, fmt::format("a recipient needs an id of its own, of letters, digits, '.', '_', "
                            "'-', at most {} of them",
                            kLongestName));
    return;
  }
  recipient.id = RecipientId(id);
  story_.people.recipients.push_back(std::move(recipient));
}

// District and start first: everything else is read with them.
void StoryReader::read_head(const Node& root) {
  std::string text;
  const Node* district = root.find("district");
  const Node* start = root.find("start");
  for (const auto& [node, name] : {std::pair{district, "district"}, std::pair{start, "start"},
                                   std::pair{root.find("timeline"), "timeline"}}) {
    if (node == nullptr) error(root, fmt::format("the story has no '{}'; add it", name));
  }
  if (district != nullptr && read_text(*district, text)) story_.district = load_(text);
  if (start == nullptr || !read_text(*start, text)) return;
  const auto time = parse_rfc3339(text);
  if (!time) {
    error(*start, fmt::format("the start is an exact time; write 2026-11-20T06:30+01:00: {}",
                              time.error().message));
    return;
  }
  story_.start = *time;
  story_.end = *time;
  if (story_.district) times_.emplace(*time, view::zone_of(*story_.district));
}

Story StoryReader::read(const Node& root) {
  if (root.kind != Node::Kind::Map) {
    error(root, "a story is a map; write district:, start: and timeline:");
    return {};
  }
  read_head(root);
  const auto read_before = [](const Node&) {};
  read_map(root,
           {{"title", [&](const Node& n) { read_wording(n, story_.title); }},
            {"district", read_before},
            {"start", read_before},
            {"probes_every", [&](const Node& n) { read_pace(n); }},
            {"tell",
             [&](const Node& list) { read_list(list, [&](const Node& n) { read_recipient(n); }); }},
            {"timeline", [&](const Node& n) { read_timeline(n); }}});
  check_order();
  return std::move(story_);
}

// ---- the timeline ------------------------------------------------------------------------------

void StoryReader::read_timeline(const Node& node) {
  if (!times_) return;  // said already: without district or start nothing can be read
  if (node.kind != Node::Kind::List) {
    error(node, "the timeline is a list; begin each entry with '- at: ...'");
    return;
  }
  if (node.items.size() > kMostEntries) {
    error(node, fmt::format("more than {} entries; split the story", kMostEntries));
    return;
  }
  for (const Node& entry : node.items) read_entry(entry);
}

void StoryReader::read_entry(const Node& node) {
  Want frame;
  Speaker speaker;
  std::string note;
  unsigned times = 0;
  const Node* push = nullptr;
  const Node* want = nullptr;
  const auto span = [&](const Node& list, When when) {
    ++times;
    frame.when = when;
    const bool two = list.kind == Node::Kind::List && list.items.size() == 2;
    if (!two) return error(list, "two times are wanted here: [Fr 07:10, Fr 07:15]");
    const auto from = read_time(list.items[0]);
    const auto to = read_time(list.items[1]);
    if (from && to && *from >= *to) error(list, "the second time is not later than the first");
    frame.from = from.value_or(story_.start);
    frame.to = to.value_or(story_.start);
  };
  const auto at = [&](const Node& n) {
    ++times;
    frame.from = frame.to = read_time(n).value_or(story_.start);
  };
  if (!read_map(node, {{"at", at},
                       {"between", [&](const Node& n) { span(n, When::Between); }},
                       {"throughout", [&](const Node& n) { span(n, When::Throughout); }},
                       {"by", [&](const Node& n) { read_text(n, speaker.id); }},
                       {"role", [&](const Node& n) { read_text(n, speaker.role); }},
                       {"note", [&](const Node& n) { read_text(n, note); }},
                       {"push", [&](const Node& n) { push = &n; }},
                       {"want", [&](const Node& n) { want = &n; }}})) {
    return;
  }
  if (times != 1) error(node, "an entry has one time: at, between or throughout");
  if (push == nullptr && want == nullptr) error(node, "an entry has push: or want:, or both");
  if (!speaker.id.empty() && !is_name(speaker.id)) {
    error(node, "'by' is a short word for who does it, as lead or press");
  }
  if (push != nullptr && frame.when != When::At) {
    error(*push, "what comes in has one time; write at: instead");
  }
  story_.end = std::max(story_.end, frame.to);
  if (push != nullptr) {
    read_one_or_list(
        *push, [&](const Node& n) { read_push(n, frame.from, speaker, std::exchange(note, {})); });
  }
  if (want != nullptr) read_one_or_list(*want, [&](const Node& n) { read_want(n, frame); });
}

// What comes in stands in the order in which it comes.
void StoryReader::check_order() {
  for (std::size_t i = 1; i < story_.pushes.size(); ++i) {
    const Push& push = story_.pushes[i];
    if (push.at >= story_.pushes[i - 1].at) continue;
    report_.error(config::Mark{0, push.line, 1},
                  fmt::format("this comes before what stands in line {}; put it there",
                              story_.pushes[i - 1].line));
  }
}

// ---- files -------------------------------------------------------------------------------------

LoadedStory parse_story(const std::string& name, const std::string& text,
                        const std::filesystem::path& folder) {
  const std::vector<config::SourceFile> sources{{name, text}};
  config::Report report(sources);
  LoadedStory loaded;
  std::vector<config::Diagnostic> of_district;
  const auto root = config::parse_yaml(sources.front(), 0, report);
  if (root) {
    StoryReader reader(report, [&](const std::string& path) {
      config::Loaded district = config::load_path(folder / path);
      of_district = std::move(district.diagnostics);
      return district.district;
    });
    loaded.story = reader.read(*root);
    loaded.story->name = name;
  }
  loaded.diagnostics = report.take();
  for (config::Diagnostic& one : of_district) {
    if (one.severity == config::Severity::Error) loaded.diagnostics.push_back(std::move(one));
  }
  if (config::has_errors(loaded.diagnostics)) loaded.story.reset();
  return loaded;
}

LoadedStory load_story(const std::filesystem::path& file) {
  const auto text = read_file(file, kLargestStory);
  if (text) return parse_story(file.string(), *text, file.parent_path());
  LoadedStory loaded;
  loaded.diagnostics.push_back(
      {file.string(), 0, 0, config::Severity::Error, text.error().message});
  return loaded;
}

}  // namespace dienstbereit::story
