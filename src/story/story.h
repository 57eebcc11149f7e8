// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "config/diagnostic.h"
#include "model/input.h"

// A story: what comes in from outside, and what must be seen then (docs/formats/story.md).
namespace dienstbereit::story {

inline constexpr std::size_t kLargestStory = 1u << 20;  // bytes
inline constexpr std::size_t kMostEntries = 2'000;      // of the timeline
inline constexpr std::size_t kMostItems = 200;          // of one entry, and of one list in it
inline constexpr std::size_t kLongestText = 20'000;     // bytes of one text
inline constexpr Duration kLongestStory = std::chrono::hours(24 * 60);
inline constexpr Duration kMostRelaxed = std::chrono::minutes(10);  // of `probes_every`

// ---- what comes in -----------------------------------------------------------------------------

// What probes come to from their next run on.
struct ProbesTurn {
  std::vector<ProbeId> probes;
  ProbeOutcome outcome = ProbeOutcome::Success;
  std::string detail;
};

// The newest word of people on this, whatever its number, is taken back.
struct TakeBack {
  Scope scope;
  std::string reason;
};

struct Push {
  int line = 0;
  Instant at;
  Actor by;
  std::string note;  // what is read out when it comes
  std::variant<ProbesTurn, TakeBack, Command> what;
  bool refused = false;  // the program must refuse it
};

// ---- what must be seen -------------------------------------------------------------------------

enum class Subject : std::uint8_t {
  Headline,
  Place,
  Service,
  Incident,
  Cause,
  Task,
  Fix,
  Forecast,
  Proposal,
  Decision,
  Statement,
  Draft,
  Message
};

// One fact of the subject, held against a text.
struct Test {
  enum class How : std::uint8_t { Equals, Contains, Lacks };
  std::string fact;  // "de", "word", "phase", ...
  How how = How::Equals;
  std::string text;
};

// At: so at that time. Between: becomes so within the time, and stays so to its end. Throughout:
// so all the time.
enum class When : std::uint8_t { At, Between, Throughout };

struct Want {
  int line = 0;
  When when = When::At;
  Instant from;
  Instant to;  // At: the same
  Subject subject = Subject::Headline;
  // Which one of its kind; what is empty may be any.
  std::string id;
  std::string place;       // "OFFICE@SITE"
  std::optional<Day> day;
  unsigned number = 0;     // of a forecast: 1 is the first
  std::vector<Test> tests;
  bool none = false;       // there must be no such thing
};

// ---- the whole ---------------------------------------------------------------------------------

struct Story {
  std::string name;  // the file's
  Wording title;
  std::shared_ptr<const District> district;
  Instant start;
  Instant end;  // the last time in it
  Duration probes_every{0};
  Roster people;
  std::vector<Push> pushes;  // in the order of time
  std::vector<Want> wants;   // in the order of the file
};

struct LoadedStory {
  std::optional<Story> story;  // none if any diagnostic is an error
  std::vector<config::Diagnostic> diagnostics;
};

// Strict: unknown keys, names and words are errors, all at once. Reads the district too, whose path
// is relative to the story. Blocks on the disk.
LoadedStory load_story(const std::filesystem::path& file);
// The same for a text, with `folder` for what it names.
LoadedStory parse_story(const std::string& name, const std::string& text,
                        const std::filesystem::path& folder);

}  // namespace dienstbereit::story
