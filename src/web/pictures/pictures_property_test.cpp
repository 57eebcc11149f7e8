// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What holds of every picture, whatever is drawn: each number is one, nothing lies outside, and no
// text on another.
#include <algorithm>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "view/testing/world.h"
#include "web/pictures/chance_panel.h"
#include "web/pictures/drawn_test.h"
#include "web/pictures/event_lanes.h"
#include "web/pictures/repair_plan.h"
#include "web/pictures/why_chain.h"

namespace dienstbereit::web::pictures {
namespace {

int below(int limit) { return *rc::gen::inRange(0, limit); }
bool maybe() { return below(2) == 0; }

std::string any_name() {
  static const std::vector<std::string> kWords{"Amt",
                                               "Straßenverkehrsamt-Zulassungsstelle",
                                               "MWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMWMW",
                                               "מלל",
                                               "iiiii",
                                               "der",
                                               "%%%",
                                               "\xC3",
                                               "和平",
                                               ""};
  std::string name;
  for (int words = below(9); words > 0; --words) {
    name += *rc::gen::elementOf(kWords) + (words > 1 ? " " : "");
  }
  return name;
}

const Instant kNow = dienstbereit::test::at("2026-11-23T09:30:00+01:00");

// Minutes apart, or months.
Instant any_time() {
  const int reach = *rc::gen::element(3, 300, 10'000, 300'000);
  return kNow + std::chrono::minutes(below(2 * reach) - reach);
}
std::optional<Instant> maybe_time() { return maybe() ? std::optional(any_time()) : std::nullopt; }
Stretch any_stretch() {
  const Instant from = any_time();
  return {from, from + std::chrono::minutes(below(100'000))};
}
std::optional<Stretch> maybe_stretch() {
  return below(3) == 0 ? std::optional(any_stretch()) : std::nullopt;
}
Spread any_spread() { return {maybe_time(), maybe_time(), maybe_time()}; }

const words::Voice& voice() {
  static const dienstbereit::test::World world;
  static const words::Voice german(words::Language::De, *world.district, kNow);
  static const words::Voice english(words::Language::En, *world.district, kNow);
  return maybe() ? german : english;
}

void holds(const Html& html) {
  const auto pictures = test::drawn(html.str());
  RC_ASSERT(pictures.size() == 2u);
  for (const test::Drawn& picture : pictures) {
    RC_ASSERT(picture.width > 0);
    RC_ASSERT(!picture.texts.empty());
    RC_ASSERT(test::faults_of(picture) == std::vector<std::string>());
  }
}

}  // namespace

RC_GTEST_PROP(PictureProperties, Arrivals, ()) {
  Arrivals arrivals{"a", "t", "d", kNow, "jetzt", {}};
  for (int rows = 1 + below(6); rows > 0; --rows) {
    arrivals.rows.push_back({"x" + any_name(), any_spread(), maybe_time(), any_name()});
  }
  Html html;
  draw_arrivals(html, arrivals, voice());
  holds(html);
}

RC_GTEST_PROP(PictureProperties, Chances, ()) {
  ChancePanel panel{"c", "t", "d", any_time(), any_time(), {}};
  for (int marks = 1 + below(12); marks > 0; --marks) {
    panel.marks.push_back({any_time(), kNow + std::chrono::hours(24 * below(4)),
                           below(120) / 100.0 - 0.1, below(120) / 100.0 - 0.1});
  }
  std::sort(panel.marks.begin(), panel.marks.end(),
            [](const ChanceMark& a, const ChanceMark& b) { return a.made < b.made; });
  Html html;
  draw_chances(html, panel, voice());
  holds(html);
}

RC_GTEST_PROP(PictureProperties, Plans, ()) {
  RepairPlan plan{"p", "t", "d", {any_time(), any_time()}, any_time(), "jetzt", {}};
  for (int lanes = 1 + below(4); lanes > 0; --lanes) {
    PlanLane& lane = plan.lanes.emplace_back();
    lane.name = "x" + any_name();
    for (int hours = below(5); hours > 0; --hours) lane.hours.push_back(any_stretch());
    for (int rows = below(5); rows > 0; --rows) {
      lane.rows.push_back({any_name(), maybe_stretch(), maybe_stretch(), maybe_stretch(),
                           maybe_time(), any_spread(), any_name()});
    }
  }
  Html html;
  draw_plan(html, plan, voice());
  holds(html);
}

RC_GTEST_PROP(PictureProperties, Lanes, ()) {
  EventLanes lanes{"l", "t", "d", any_time(), any_time(), any_time(), "jetzt", any_name(), {}, {}};
  for (int steps = below(20); steps > 0; --steps) {
    lanes.steps.push_back({any_time(), static_cast<std::size_t>(below(700))});
  }
  std::sort(lanes.steps.begin(), lanes.steps.end(),
            [](const LevelStep& a, const LevelStep& b) { return a.at < b.at; });
  unsigned number = 0;
  for (int rows = 1 + below(6); rows > 0; --rows) {
    EventLane& lane = lanes.lanes.emplace_back();
    lane.name = "x" + any_name();
    for (int events = below(40); events > 0; --events) {
      lane.events.push_back({++number, any_time(), maybe()});
    }
    std::sort(lane.events.begin(), lane.events.end(),
              [](const LaneEvent& a, const LaneEvent& b) { return a.at < b.at; });
  }
  Html html;
  draw_lanes(html, lanes, voice());
  holds(html);
}

RC_GTEST_PROP(PictureProperties, Chains, ()) {
  WhyChain chain{"w", "t", "d", {}};
  for (int links = 1 + below(16); links > 0; --links) {
    ChainLink& link = chain.links.emplace_back();
    link.name = "x" + any_name();
    link.state = any_name();
    link.look = static_cast<LinkState>(below(5));
    for (int said = below(3); said > 0; --said) link.said.push_back(any_name());
    link.need = any_name();
  }
  Html html;
  draw_chain(html, chain);
  holds(html);
}

RC_GTEST_PROP(PictureProperties, WrappedTextFitsAndLosesNoWordBeforeItsEllipsis, ()) {
  const std::string text = any_name();
  const double width = 20 + below(400);
  const auto lines = static_cast<std::size_t>(1 + below(4));
  const auto wrapped_lines = wrapped(text, width, kText, lines);
  RC_ASSERT(wrapped_lines.size() >= 1u);
  RC_ASSERT(wrapped_lines.size() <= lines);
  std::string together;
  for (const std::string& line : wrapped_lines) {
    RC_ASSERT(width_of(line, kText) <= width + 1e-6);
    together += line;
  }
  const auto bare = [](std::string letters) {
    std::erase(letters, ' ');
    return letters;
  };
  std::string kept = bare(together);
  const bool cut = kept.ends_with("…") && !text.ends_with("…");
  if (cut) kept.resize(kept.size() - std::string("…").size());
  RC_ASSERT(bare(text).starts_with(kept));
  RC_ASSERT(cut || bare(text) == kept);
}

}  // namespace dienstbereit::web::pictures
