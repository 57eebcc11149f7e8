// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "calc/forecast.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/text.h"
#include "calc/input.h"
#include "core/recovery/cycle.h"
#include "core/recovery/list/list_forecast.h"

namespace dienstbereit::calc {
namespace {

using namespace core::recovery;
using Json = nlohmann::ordered_json;

constexpr double kMsPerMinute = 60'000;
constexpr double kWeek = 7 * 24 * 60;
constexpr Duration kWeekLong = std::chrono::hours(7 * 24);
constexpr std::size_t kMostWeekly = 1'000;   // windows
constexpr std::size_t kMostNeeds = 2'000'000;
constexpr double kLongestMinutes = 366.0 * 24 * 60;

Duration from_minutes(double minutes) { return Duration(std::llround(minutes * kMsPerMinute)); }
Instant at_minute(double minutes) { return Instant(from_minutes(minutes)); }

// Whole minutes as a whole number.
Json minutes_of(Duration duration) {
  const auto ms = duration.count();
  constexpr std::int64_t kWhole = 60'000;
  if (ms % kWhole == 0) return ms / kWhole;
  return static_cast<double>(ms) / kMsPerMinute;
}

// Reads a file into a question. Tasks are told by id in the file, by urgency in the question.
class Reader {
 public:
  explicit Reader(const Input& input) : root_(input.root()) {
    root_.only({"start", "crews", "windows", "tasks", "priority", "offices"}, {"deadlines"});
    ListPlan& plan = question_.plan;
    plan.start = at_minute(root_["start"].number(0, kLatestMinute));
    plan.crews = static_cast<unsigned>(root_["crews"].whole(1, kMostListCrews));
    read_windows(root_["windows"]);
    if (root_.has("deadlines")) read_deadlines(root_["deadlines"]);
    read_tasks(root_["tasks"], root_["priority"]);
    read_offices(root_["offices"]);
  }

  const ListQuestion& question() const { return question_; }
  const std::vector<std::string>& deadlines() const { return deadlines_; }
  const std::vector<std::int64_t>& offices() const { return offices_; }
  std::size_t needs() const { return needs_; }

 private:
  using Places = std::unordered_map<std::int64_t, std::size_t>;

  void read_windows(const Item& item) {
    std::vector<Window> windows;
    for (const Item& entry : item.list(kMostWeekly, 1)) {
      const std::vector<Item> ends = entry.list(2, 2);
      if (ends.size() != 2) return;
      const Window window{at_minute(ends[0].number(0, kWeek)), at_minute(ends[1].number(0, kWeek))};
      if (window.to <= window.from) {
        return entry.wrong(
            "a window ends after it begins; one that spans Sunday midnight is written as two");
      }
      windows.push_back(window);
    }
    std::sort(windows.begin(), windows.end(),
              [](const Window& a, const Window& b) { return a.from < b.from; });
    std::vector<Window> joined;
    for (const Window& window : windows) {
      if (!joined.empty() && window.from <= joined.back().to) {
        joined.back().to = std::max(joined.back().to, window.to);
      } else {
        joined.push_back(window);
      }
    }
    if (joined.empty()) return;
    Duration all{0};
    for (const Window& window : joined) all += window.to - window.from;
    // Less, and the last of many long tasks could be done after the end of countable time.
    if (all < std::chrono::minutes(1)) return item.wrong("less than a minute a week in all");
    auto calendar = Calendar::repeating(std::move(joined), Instant(), kWeekLong);
    if (!calendar) return item.wrong(calendar.error().message);
    question_.plan.calendar = std::move(*calendar);
  }

  void read_deadlines(const Item& item) {
    for (const auto& [name, at] : item.members(kMostDeadlines)) {
      deadlines_.push_back(name);
      question_.deadlines.push_back(at_minute(at.number(0, kLatestMinute)));
    }
  }

  static Discrete read_effort(const Item& task) {
    const std::vector<Item> minutes = task["minutes"].list(kMostChoices, 1);
    const std::vector<Item> chances = task["prob"].list(kMostChoices, 1);
    if (minutes.size() != chances.size()) {
      task.wrong(fmt::format("{} minutes, but {} chances in prob; give one for each",
                             minutes.size(), chances.size()));
      return {};
    }
    Discrete effort;
    for (std::size_t i = 0; i < minutes.size(); ++i) {
      effort.push_back(
          {from_minutes(minutes[i].number(0, kLongestMinutes)), chances[i].number(0, 1)});
    }
    if (effort.empty()) return {};
    if (const auto sound = check_chances(effort, "prob"); !sound) task.wrong(sound.error().message);
    return effort;
  }

  void read_tasks(const Item& item, const Item& priority) {
    const std::vector<Item> entries = item.list(kMostListTasks);
    Places in_file;
    for (std::size_t i = 0; i < entries.size(); ++i) {
      entries[i].only({"id", "minutes", "prob"}, {"after"});
      if (!in_file.emplace(entries[i]["id"].id(), i).second) {
        return entries[i]["id"].wrong("another task has this id; ids stand once");
      }
    }
    const std::vector<Item> ranks = priority.list(kMostListTasks);
    std::vector<const Item*> by_rank;
    for (const Item& rank : ranks) {
      const auto found = in_file.find(rank.id());
      if (found == in_file.end()) return rank.wrong("no task has this id");
      if (!places_.emplace(found->first, by_rank.size()).second) {
        return rank.wrong("this task stands in it already; every task stands once");
      }
      by_rank.push_back(&entries[found->second]);
    }
    for (const Item& entry : entries) {
      if (!places_.contains(entry["id"].id())) return entry.wrong("is missing in 'priority'");
    }
    for (const Item* entry : by_rank) add_task(*entry);
    refuse_cycle(item, by_rank);
  }

  void add_task(const Item& entry) {
    ListTask task;
    task.key = stable_hash(std::to_string(entry["id"].id()));
    task.effort = read_effort(entry);
    if (entry.has("after")) {
      for (const Item& before : entry["after"].list(kMostListTasks)) {
        const auto found = places_.find(before.id());
        if (found == places_.end()) return before.wrong("no task has this id");
        task.after.push_back(found->second);
      }
      std::sort(task.after.begin(), task.after.end());
      task.after.erase(std::unique(task.after.begin(), task.after.end()), task.after.end());
    }
    question_.plan.tasks.push_back(std::move(task));
  }

  void refuse_cycle(const Item& item, const std::vector<const Item*>& by_rank) const {
    const auto& tasks = question_.plan.tasks;
    if (tasks.size() != by_rank.size()) return;  // there is a problem already
    const auto cycle = find_cycle(
        tasks.size(),
        [&](std::size_t i) -> const std::vector<std::size_t>& { return tasks[i].after; });
    if (cycle.empty()) return;
    std::vector<std::string> names;
    for (const std::size_t at : cycle) {
      names.push_back(std::to_string((*by_rank[at])["id"].id()));
    }
    item.wrong(
        fmt::format("tasks wait for each other by 'after': {}; remove one", loop_text(names)));
  }

  void read_offices(const Item& item) {
    std::unordered_map<std::int64_t, std::size_t> seen;
    for (const Item& entry : item.list(kMostOffices)) {
      entry.only({"id", "needs_all_of_any"});
      offices_.push_back(entry["id"].id());
      if (!seen.emplace(offices_.back(), offices_.size()).second) {
        return entry["id"].wrong("another office has this id; ids stand once");
      }
      Gates::Groups groups;
      for (const Item& group : entry["needs_all_of_any"].list(kMostNeeds)) {
        groups.emplace_back();
        for (const Item& member : group.list(kMostNeeds, 1)) {
          const auto found = places_.find(member.id());
          if (found == places_.end()) return member.wrong("no task has this id");
          groups.back().push_back(found->second);
        }
        needs_ += groups.back().size();
      }
      question_.offices.push_back(std::move(groups));
    }
    if (needs_ > kMostNeeds) {
      item.wrong(fmt::format("{} needs in all; at most {}", needs_, kMostNeeds));
    }
  }

  Item root_;
  ListQuestion question_;
  std::vector<std::string> deadlines_;
  std::vector<std::int64_t> offices_;
  Places places_;  // of a task's id in the question
  std::size_t needs_ = 0;
};

Result<void> check_runs(const Reader& reader, const Setting& setting) {
  if (setting.runs == 0 || setting.runs > kMostListRuns) {
    return fail(Errc::InvalidInput,
                fmt::format("{} runs; 1 to {} can be played", setting.runs, kMostListRuns));
  }
  const std::size_t runs = setting.runs;
  const std::size_t tasks = reader.question().plan.tasks.size();
  if (runs * tasks > kMostListMoments || runs * reader.needs() > kMostListWork) {
    return fail(Errc::LimitExceeded,
                fmt::format("{} runs of {} tasks and {} needs are too many; ask for fewer runs "
                            "with --runs",
                            runs, tasks, reader.needs()));
  }
  return {};
}

Json to_json(const OfficeArrival& arrival, std::int64_t id, const Reader& reader) {
  Json by = Json::object();
  for (std::size_t i = 0; i < reader.deadlines().size(); ++i) {
    by[reader.deadlines()[i]] = arrival.by[i];
  }
  Json quantiles = Json::object();
  for (std::size_t i = 0; i < kArrivalQuantiles.size(); ++i) {
    quantiles[fmt::format("{}", kArrivalQuantiles[i])] =
        minutes_of(arrival.quantiles[i].time_since_epoch());
  }
  const double start = static_cast<double>(reader.question().plan.start.time_since_epoch().count());
  return {{"id", id},
          {"p_open_by", std::move(by)},
          {"eta_quantile_min", std::move(quantiles)},
          {"mean_eta", (start + arrival.mean_ms) / kMsPerMinute}};
}

}  // namespace

Result<std::string> forecast(std::string_view text, const Setting& setting) {
  const auto input = Input::parse(text);
  if (!input) return tl::unexpected(input.error());
  const Reader reader(*input);
  if (input->problem()) return tl::unexpected(*input->problem());
  if (auto sound = check_runs(reader, setting); !sound) return tl::unexpected(sound.error());
  const auto arrivals =
      forecast_offices(reader.question(), {setting.runs, setting.seed}, *setting.stop);
  if (!arrivals) return tl::unexpected(stopped());
  Json offices = Json::array();
  for (std::size_t i = 0; i < arrivals->size(); ++i) {
    offices.push_back(to_json((*arrivals)[i], reader.offices()[i], reader));
  }
  return Json{{"offices", std::move(offices)}, {"runs", setting.runs}, {"seed", setting.seed}}
      .dump();
}

}  // namespace dienstbereit::calc
