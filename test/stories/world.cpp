// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "world.h"

#include <gtest/gtest.h>

#include "base/assert.h"
#include "base/text.h"
#include "config/bundle.h"
#include "servers/visible_text.h"
#include "web/edition.h"

namespace dienstbereit::stories {
namespace {

constexpr Duration kPlausibleGap = std::chrono::hours(24 * 7);

std::shared_ptr<const District> district_of(const std::string& yaml) {
  const auto loaded = config::load_bundle(config::to_bundle({{"district.yaml", yaml}}));
  EXPECT_TRUE(loaded.district) << config::to_lines(loaded.diagnostics);
  dienstbereit_assert(loaded.district != nullptr);
  return loaded.district;
}

// The text of the page from `from` on, until `until` follows.
std::string part(const std::string& html, const std::string& from, const std::string& until) {
  const auto begin = html.find(from);
  if (begin == std::string::npos) return {};
  const auto end = html.find(until, begin + from.size());
  return html.substr(begin, end == std::string::npos ? end : end - begin);
}

// A sentence that only repeats the word of a state is shown as that word: "geschlossen".
void expect_shown(const std::string& html, const std::string& sentence) {
  const std::string text = to_lower_ascii(servers::visible_text(html));
  std::string_view wanted = sentence;
  if (wanted.ends_with('.')) wanted.remove_suffix(1);
  EXPECT_NE(text.find(to_lower_ascii(wanted)), std::string::npos)
      << "the page does not say '" << sentence << "': " << text;
}

std::string home(words::Language language) {
  return language == words::Language::De ? "/" : "/en/";
}

// A line each.
std::string lines_of(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += (text.empty() ? "" : "\n") + sentence;
  return text;
}

Instant instant(const std::string& text) { return parse_rfc3339(text).value(); }

}  // namespace

World::World(const std::string& yaml, const std::string& start)
    : house_(journal_, {.site = "story", .version = "test"}) {
  const auto started = house_.start(district_of(yaml), instant(start), instant(start), false);
  EXPECT_TRUE(started) << (started ? "" : started.error().message);
}

void World::restart(const std::string& start) {
  house_.stop();
  const Instant wall = instant(start);
  const Instant last = journal_.head().logical;
  const bool doubted = wall < last || wall > last + kPlausibleGap;
  const auto begun =
      house_.start(house_.district(), doubted ? last + Duration(1) : wall, wall, doubted);
  ASSERT_TRUE(begun) << begun.error().message;
}

void World::tell(const std::string& probe, ProbeOutcome outcome, const std::string& detail) {
  ASSERT_TRUE(find_probe(*house_.district(), ProbeId(probe))) << "no probe " << probe;
  house_.tell(ProbeId(probe), outcome, detail);
}

void World::fails(const std::string& probe, const std::string& detail) {
  tell(probe, ProbeOutcome::Failure, detail);
}
void World::slow(const std::string& probe) { tell(probe, ProbeOutcome::Slow); }
void World::works(const std::string& probe) { tell(probe, ProbeOutcome::Success); }
void World::all_fail(const std::vector<std::string>& probes) {
  for (const std::string& probe : probes) fails(probe);
}
void World::all_work(const std::vector<std::string>& probes) {
  for (const std::string& probe : probes) works(probe);
}

void World::pass(Duration time) { house_.pass_until(house_.now() + time); }

void World::until(const std::string& time) {
  ASSERT_GE(instant(time), house_.now()) << "a story goes forward";
  house_.pass_until(instant(time));
}

Answer World::set(const std::string& scope, Said said, const std::string& until,
                  const std::string& text) {
  SetWord word;
  word.scope = parse_scope(scope, *house_.district()).value();
  word.said = said;
  word.text.de = text;
  if (!until.empty()) word.until = instant(until);
  return ask(word);
}

void World::set_clock(const std::string& time) { house_.set_wall(instant(time)); }

Answer World::ask(Command command) {
  const auto answer = house_.ask({"cli:uid=0", "Hauptamt"}, std::move(command));
  EXPECT_TRUE(answer) << answer.error().message;
  return answer.value();
}

void World::confirm_clock() { EXPECT_TRUE(house_.ask({"cli:uid=0", ""}, ConfirmClock{})); }

void World::reload(const std::string& yaml) {
  EXPECT_TRUE(house_.ask({"cli:uid=0", ""}, LoadDistrict{district_of(yaml)}));
}

const Situation& World::now() const { return house_.situation(); }

view::Overview World::overview() const { return view::overview(now(), civil_now()); }

std::string World::html(const std::string& path) const {
  web::Edition edition(house_.shared_situation(), civil_now(), false);
  const web::PayloadPtr found = edition.find(path, web::Encoding::Identity);
  EXPECT_TRUE(found) << "no page " << path;
  return found ? std::string(found->body()) : std::string();
}

std::string World::page(const std::string& path) const { return servers::visible_text(html(path)); }

std::string World::headline(words::Language language) const {
  std::string said = words::headline(overview(), language);
  expect_shown(part(html(home(language)), "<h1", "</h1>"), said);
  return said;
}

std::string World::notices(words::Language language) const {
  const std::vector<std::string> all = words::notices(overview(), language);
  const std::string page = html(home(language));
  for (const std::string& notice : all) expect_shown(page, notice);
  return lines_of(all);
}

std::string World::statements(words::Language language) const {
  const view::Overview shown = overview();
  const words::Voice voice(language, shown.stamp);
  const std::string page = html(home(language));
  std::vector<std::string> all;
  for (const view::WordView& word : shown.words) {
    all.push_back(words::plain(words::word_sentence(voice, word)));
    expect_shown(page, all.back());
  }
  return lines_of(all);
}

std::string World::questions(words::Language language) const {
  const view::Overview shown = overview();
  const words::Voice voice(language, shown.stamp);
  std::vector<std::string> all;
  for (const view::OpenQuestion& question : shown.questions) {
    all.push_back(words::question_sentence(voice, question));
  }
  return lines_of(all);
}

const OfferSituation& World::offer(const std::string& node) const {
  for (const OfferSituation& offer : now().offers) {
    if (offer.node.str() == node) return offer;
  }
  assertion_failed("no such offer in the story", __FILE__, __LINE__);
}

const PlaceSituation& World::place(const std::string& subject) const {
  for (const PlaceSituation& place : now().places) {
    if (place.office.str() + "@" + place.site.str() == subject) return place;
  }
  assertion_failed("no such place in the story", __FILE__, __LINE__);
}

Readiness World::word(const std::string& subject) const {
  const bool offered = subject.find('/') != std::string::npos;
  return offered ? offer(subject).now.readiness : place(subject).now.readiness;
}

Interval World::state(const std::string& node) const {
  for (const NodeSituation& one : now().nodes) {
    if (one.id.str() == node) return one.state;
  }
  assertion_failed("no such node in the story", __FILE__, __LINE__);
}

view::ServiceView World::service(const std::string& node) const {
  const OfferSituation& wanted = offer(node);
  const auto page = view::office_page(now(), wanted.office, civil_now());
  for (const view::PlaceView& place : page->places) {
    for (const view::ServiceView& service : place.services) {
      if (service.node.str() == node) return service;
    }
  }
  assertion_failed("the page does not show the offer", __FILE__, __LINE__);
}

std::string World::card(const view::ServiceView& service, words::Language language) const {
  const bool german = language == words::Language::De;
  const std::string page = html((german ? "/amt/" : "/en/office/") + service.place.office.str());
  const std::string site = (german ? "/standort/" : "/en/site/") + service.place.site.str() + "\"";
  const std::string place = part(page, site, "<section");
  const std::string name = "<strong>" + words::say(service.name, language).text;
  return part(place, name, "<strong>");
}

std::string World::says(const std::string& node, words::Language language) const {
  const view::Overview page = overview();
  const view::ServiceView shown = service(node);
  std::string said =
      words::plain(words::service_sentence(words::Voice(language, page.stamp), shown));
  expect_shown(card(shown, language), said);
  return said;
}

std::string World::why(const std::string& node, words::Language language) const {
  const view::Overview page = overview();
  const view::ServiceView shown = service(node);
  const std::vector<std::string> all =
      words::reasons(words::Voice(language, page.stamp), shown.shown().why);
  // What works needs no reason there; 'dienstbereit why' has it.
  if (shown.shown().readiness != Readiness::Normal) {
    const std::string item = card(shown, language);
    for (const std::string& reason : all) expect_shown(item, reason);
  }
  return lines_of(all);
}

std::string World::explains(const std::string& node, words::Language language) {
  const auto answer = house_.ask({"cli:uid=0", ""}, Why{NodeId(node)});
  EXPECT_TRUE(answer) << answer.error().message;
  return lines_of(words::reasons(words::Voice(language, overview().stamp), answer.value().why));
}

std::string World::record() const {
  std::string text;
  const auto read = journal_.read(1, [&](const journal::Record& record) {
    text += record.type + " " + record.payload + "\n";
    return true;
  });
  EXPECT_TRUE(read);
  return text;
}

}  // namespace dienstbereit::stories
