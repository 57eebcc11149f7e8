// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "story/house.h"
#include "story/scene.h"
#include "story/story.h"

namespace dienstbereit::story {

// A want that was not met, or a push that did not do as it should.
struct Failure {
  int line = 0;
  std::string wanted;
  std::string seen;
  std::optional<Instant> last_held;
};
// "stories/friday.yaml:12: wanted ...", with what was seen and when it last was as wanted.
std::string to_text(const Failure& failure, const Story& story);

// Plays a story in a house: puts in what comes in, looks for what is wanted. One thread.
class Player {
 public:
  // `told` gets one line for each thing that comes in. Story and house outlive the player.
  Player(const Story& story, House& house, std::function<void(const std::string&)> told);

  // The house begins at the story's start.
  Result<void> start();
  // Everything up to `t`, in the order of time and file.
  void play_until(Instant t);
  void play() { play_until(story_.end); }
  // Looks at what the house shows now; for the house's publish, so that nothing is missed.
  void look();

  bool over() const { return next_ == agenda_.size(); }
  std::size_t wants_met() const { return met_; }
  const std::vector<Failure>& failures() const { return failures_; }

 private:
  enum class What : std::uint8_t { Push, WantBegins, WantEnds };
  struct Due {
    Instant at;
    int line = 0;
    What what = What::Push;
    std::size_t index = 0;  // of pushes or wants
  };
  // How a want stands.
  struct Watch {
    bool begun = false;
    bool done = false;
    bool early = false;   // Between: it was so before
    std::optional<bool> held;  // at the last look
    std::optional<Instant> last_held;
    std::optional<Instant> since;  // of `held`, while true
    std::string broken;   // Throughout: what was seen when it was not so
  };

  // It is dealt with just before its time.
  bool is_early(const Due& due) const;
  void put_in(const Push& push);
  Command withdrawal(const TakeBack& back) const;
  void begin(std::size_t want);
  void end(std::size_t want);
  void look_at(std::size_t want, const Scene& scene);
  Scene scene() const;
  std::string at_text(Instant t) const;

  const Story& story_;
  House& house_;
  std::function<void(const std::string&)> told_;
  std::vector<Due> agenda_;
  std::size_t next_ = 0;
  std::vector<Watch> watches_;  // of the wants
  std::vector<Failure> failures_;
  std::size_t met_ = 0;
  std::uint64_t looked_at_ = 0;  // event behind the last look
};

// What a want says, as people read it.
std::string to_text(const Want& want, const Story& story);

}  // namespace dienstbereit::story
