// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "wants.h"

#include <filesystem>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "journal/sqlite_journal.h"
#include "story/player.h"
#include "story/scene.h"

namespace dienstbereit::lived {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kPatience{20};

// Headlines are those of the pages: the copy has measured nothing and only shows what was known.
story::Scene::Look look_at_headline(const story::Want& want, const e2e::Server& server) {
  story::Scene::Look look{true, ""};
  for (const story::Test& test : want.tests) {
    const std::string text = server.headline(test.fact.c_str());
    const bool has = text.find(test.text) != std::string::npos;
    look.holds = look.holds && has == (test.how != story::Test::How::Lacks);
    look.seen += text + " ";
  }
  return look;
}

// Messages go to people whom this house has not.
bool is_looked_for(const story::Want& want, Instant now) {
  if (want.subject == story::Subject::Message || want.from > now) return false;
  return want.when != story::When::Throughout || want.to >= now;
}

}  // namespace

std::string Wants::unmet(const e2e::Server& server, Instant now) {
  std::vector<std::string> left;
  e2e::await(
      [&] {
        left = look(server, now);
        return left.empty();
      },
      kPatience);
  return fmt::format("{}", fmt::join(left, "\n"));
}

std::vector<std::string> Wants::look(const e2e::Server& server, Instant now) {
  const fs::path folder = server.folder().path() / fmt::format("copy-{}", ++copies_);
  fs::create_directories(folder);
  const e2e::Json file{{"file", (folder / "journal.db").string()}};
  if (server.ask("POST", "/api/v1/backup", file.dump()).status != 200) return {"no backup is made"};
  auto journal = journal::SqliteJournal::open(folder);
  if (!journal) return {journal.error().message};
  std::shared_ptr<const Situation> seen;
  story::House::Setup setup;
  setup.site = "main";  // as the program names its journal
  setup.publish = [&seen](std::shared_ptr<const Situation> situation) { seen = situation; };
  story::House house(**journal, setup);
  if (auto started = house.start(district_, now, now, false); !started) {
    return {started.error().message};
  }
  std::vector<std::string> left;
  const story::Scene scene(*seen, now, house.captured());
  for (std::size_t i = 0; i < story_.wants.size(); ++i) {
    const story::Want& want = story_.wants[i];
    if (met_.contains(i) || !is_looked_for(want, now)) continue;
    const auto look = want.subject == story::Subject::Headline ? look_at_headline(want, server)
                                                               : scene.look(want);
    if (look.holds) {
      if (want.when != story::When::Throughout) met_.insert(i);
    } else {
      left.push_back(fmt::format("line {}: wanted {}; seen: {}", want.line,
                                 story::to_text(want, story_), look.seen));
    }
  }
  house.stop();
  journal->reset();
  fs::remove_all(folder);
  return left;
}

}  // namespace dienstbereit::lived
