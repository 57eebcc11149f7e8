// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "bench/recovery/beside_tj3.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "bench/processor_time.h"
#include "servers/process.h"

namespace dienstbereit::core::recovery::bench {
namespace {

constexpr std::size_t kMostOutput = 1U << 20U;

// 2026-11-23-07:00, as TaskJuggler is told to write times.
std::string tj_time(Instant at) {
  std::string text = to_rfc3339(at).substr(0, 16);
  text[10] = '-';
  return text;
}

struct Ours {
  std::vector<Instant> ends;      // by task
  std::vector<std::size_t> crew;  // by task
  std::vector<std::size_t> previous;  // of the same crew; the task itself: none
};

// By crew, so that TaskJuggler can be told who does what.
Ours scheduled(const ListPlan& plan, const CrewList::Course& course) {
  Ours ours;
  ours.ends.resize(plan.tasks.size());
  ours.crew.resize(plan.tasks.size());
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) ours.previous.push_back(i);
  std::vector<std::pair<Duration, std::size_t>> begun;  // working time
  for (std::size_t i = 0; i < course.order.size(); ++i) {
    const std::size_t task = course.order[i];
    ours.ends[task] = plan.calendar.finish(plan.start, course.worked[i]).value();
    begun.emplace_back(course.worked[i] - plan.tasks[task].effort[0].effort, task);
  }
  std::sort(begun.begin(), begun.end());
  std::vector<Duration> free(plan.crews, Duration(0));
  std::vector<std::size_t> last(plan.crews, plan.tasks.size());
  for (const auto& [from, task] : begun) {
    std::size_t crew = 0;
    while (free[crew] > from) ++crew;
    if (last[crew] < plan.tasks.size()) ours.previous[task] = last[crew];
    ours.crew[task] = crew;
    last[crew] = task;
    free[crew] = from + plan.tasks[task].effort[0].effort;
  }
  return ours;
}

std::string project(const ListPlan& plan, const Ours& ours) {
  std::string text =
      "project p \"p\" 2026-11-23 +104w {\n  timezone \"UTC\"\n  timeformat \"%Y-%m-%d-%H:%M\"\n"
      "  timingresolution 15min\n  now 2026-11-23\n}\n";
  for (unsigned crew = 0; crew < plan.crews; ++crew) {
    text += fmt::format(
        "resource c{0} \"c{0}\" {{ workinghours mon - fri 7:00 - 17:00 workinghours sat, sun off "
        "}}\n",
        crew);
  }
  for (std::size_t i = 0; i < plan.tasks.size(); ++i) {
    std::vector<std::string> after;
    for (const std::size_t before : plan.tasks[i].after)
      after.push_back(fmt::format("t{}", before));
    if (plan.crews > 1 && ours.previous[i] != i)
      after.push_back(fmt::format("t{}", ours.previous[i]));
    std::sort(after.begin(), after.end());
    after.erase(std::unique(after.begin(), after.end()), after.end());
    const std::string when =
        after.empty() ? "start " + tj_time(plan.start) : "depends " + join(after, ", ");
    text += fmt::format("task t{0} \"t{0}\" {{ {1} effort {2}min allocate c{3} priority {4} }}\n",
                        i, when, plan.tasks[i].effort[0].effort.count() / 60'000,
                        plan.crews > 1 ? ours.crew[i] : 0, 900 - i);
  }
  return text + "taskreport r \"out\" { formats csv columns id, end hideresource 1 }\n";
}

// "t7" -> its end, as written.
std::map<std::string, std::string> ends_of(const std::string& table) {
  std::map<std::string, std::string> ends;
  for (const std::string_view line : split(table, '\n')) {
    const auto columns = split(line, ';');
    if (columns.size() != 2 || columns[0].size() < 3 || columns[1].size() < 3) continue;
    const auto unquoted = [](std::string_view text) {
      return std::string(text.substr(1, text.size() - 2));
    };
    ends[unquoted(columns[0])] = unquoted(columns[1]);
  }
  return ends;
}

}  // namespace

BesideTj3 beside_tj3(const ListPlan& plan) {
  BesideTj3 outcome;
  outcome.tasks = plan.tasks.size();
  double begin = dienstbereit::bench::processor_ms(RUSAGE_SELF);
  CrewList list(plan);
  std::vector<Duration> efforts(plan.tasks.size());
  list.draw({}, efforts);
  const Ours ours = scheduled(plan, list.play(efforts));
  outcome.ours_ms = dienstbereit::bench::processor_ms(RUSAGE_SELF) - begin;

  const servers::TempFolder folder;
  const auto file = folder.write("plan.tjp", project(plan, ours));
  begin = dienstbereit::bench::processor_ms(RUSAGE_CHILDREN);
  servers::run_program(
      {"/usr/bin/tj3", "--silent", "--output-dir", folder.path().string(), file.string()});
  outcome.theirs_ms = dienstbereit::bench::processor_ms(RUSAGE_CHILDREN) - begin;
  const auto ends = ends_of(read_file(folder.path() / "out.csv", kMostOutput).value());
  for (std::size_t i = 0; i < ours.ends.size(); ++i) {
    const auto found = ends.find(fmt::format("t{}", i));
    outcome.same += found != ends.end() && found->second == tj_time(ours.ends[i]);
  }
  return outcome;
}

}  // namespace dienstbereit::core::recovery::bench
