// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Why the services of a place are not as usual: the way from each down to the fault that decides.
#include <algorithm>
#include <span>

#include <fmt/format.h>

#include "view/outage/why.h"
#include "web/operate/handlers.h"
#include "web/operate/outage/parts.h"
#include "web/pages/pages.h"
#include "web/pictures/why_chain.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {
namespace {

constexpr std::size_t kChains = 4;
constexpr std::size_t kChainBytes = 24'000;  // a very long one, with its table
constexpr std::size_t kAlsoNamed = 8;

using pictures::LinkState;
using view::Why;
using view::WhyStop;

const char* health_word(Interval state) {
  if (state == kOperational) return "operational";
  if (state == kDegraded) return "degraded";
  if (state == kDown) return "down";
  if (state.worst == Health::Degraded) return "at_least_degraded";
  return state.best == Health::Degraded ? "at_most_degraded" : "unknown";
}

LinkState look_of(Interval state) {
  if (state == kOperational) return LinkState::Works;
  if (state == kDown) return LinkState::Down;
  return state.worst == Health::Degraded ? LinkState::Degraded : LinkState::Unknown;
}

LinkState look_of(Readiness readiness) {
  switch (readiness) {
    case Readiness::Normal:
      return LinkState::Works;
    case Readiness::Limited:
      return LinkState::Degraded;
    case Readiness::Closed:
      return LinkState::Down;
    case Readiness::Unknown:
      break;
  }
  return LinkState::Unknown;
}

// Of the service what visitors get, of all beneath it whether it works.
std::string state_of(const Pen& pen, const Why& why, const WhyStop& stop) {
  if (stop.node == why.asked) return words::word(pen.language(), *why.verdict);
  return stop.state ? label_of(pen, "picture.health.", health_word(*stop.state)) : "";
}

std::vector<std::string> said_of(const Pen& pen, const WhyStop& stop) {
  std::vector<std::string> said;
  for (const ReasonStep& step : stop.reasons) {
    said.push_back(words::reason(pen.voice, step));
    const std::string detail = words::say({step.detail, step.detail_en}, pen.language()).text;
    if (!detail.empty()) said.push_back(detail);
  }
  return said;
}

std::string buffer_of(const Pen& pen, const WhyStop& stop) {
  return stop.buffer > Duration(0) ? words::duration(pen.language(), stop.buffer) : std::string();
}

std::string name_of_stop(const Pen& pen, const WhyStop& stop) {
  return technical_name(pen, stop.node);
}

pictures::WhyChain chain_of(const Pen& pen, const Why& why, std::size_t number) {
  pictures::WhyChain chain;
  chain.id = fmt::format("why{}", number);
  chain.title = words::text(pen.language(), "picture.why.title_of",
                            {{"what", words::node_name(pen.voice, why.asked)}});
  chain.description = pen.label("picture.why.description");
  for (const WhyStop& stop : why.path) {
    pictures::ChainLink& link = chain.links.emplace_back();
    link.name = name_of_stop(pen, stop);
    link.state = state_of(pen, why, stop);
    if (stop.state) link.look = look_of(*stop.state);
    if (stop.node == why.asked) link.look = look_of(why.verdict->readiness);
    link.said = said_of(pen, stop);
    link.need = stop.buffer > Duration(0)
                    ? words::text(pen.language(), "picture.why.needs_buffered",
                                  {{"buffer", buffer_of(pen, stop)}})
                    : pen.label("picture.why.needs");
  }
  return chain;
}

void write_table(const Pen& pen, const Why& why) {
  FactTable table(
      pen,
      words::text(pen.language(), "picture.why.title_of",
                  {{"what", words::node_name(pen.voice, why.asked)}}),
      {pen.label("picture.why.step"), pen.label("picture.plan.what"), pen.label("operate.state"),
       pen.label("picture.why.buffer"), pen.label("picture.why.reason")});
  std::size_t number = 0;
  for (const WhyStop& stop : why.path) {
    std::string said;
    for (const std::string& sentence : said_of(pen, stop)) {
      said += (said.empty() ? "" : " ") + sentence;
    }
    table.row({{std::to_string(++number)},
               {name_of_stop(pen, stop)},
               {state_of(pen, why, stop)},
               {buffer_of(pen, stop)},
               {said}});
  }
}

void write_also(const Pen& pen, const Why& why) {
  if (why.also.empty()) return;
  std::vector<std::string> names;
  for (const NodeId& node : why.also) {
    if (names.size() < kAlsoNamed) names.push_back(words::node_name(pen.voice, node));
  }
  if (why.also.size() > names.size()) {
    names.push_back(words::count(pen.language(), "web.and_more", why.also.size() - names.size()));
  }
  pen.html.leaf("p", words::text(pen.language(), "picture.why.also",
                                 {{"names", words::list(pen.language(), names)}}));
}

void write_why(const Pen& pen, const Why& why, std::size_t number) {
  pen.html.leaf("h2", words::node_name(pen.voice, why.asked));
  write_also(pen, why);
  if (why.path.size() == 1 && why.path.front().reasons.empty()) {
    pen.html.leaf("p",
                  pen.label(why.verdict->readiness == Readiness::Normal ? "picture.why.normal"
                                                                        : "picture.why.no_reason"));
    return;
  }
  pictures::draw_chain(pen.html, chain_of(pen, why, number));
  const Folded folded(pen,
                      words::text(pen.language(), "picture.table_of",
                                  {{"what", words::node_name(pen.voice, why.asked)}}),
                      false);
  write_table(pen, why);
}

// The rest as links: each has a page of its own.
void write_others(const Pen& pen, std::span<const Why> all) {
  if (all.empty()) return;
  pen.html.leaf("h2", pen.label("picture.why.others"));
  const auto list = pen.html.open("ul", {{"class", "plain"}});
  bool said = false;
  for (const Why& why : all) {
    if (full(pen, said)) continue;
    const auto item = pen.html.open("li");
    const std::string path = "/operate/why/" + why.asked.str();
    pen.html.leaf("a", words::node_name(pen.voice, why.asked), {{"href", path}});
  }
}

void write_place(const Pen& pen, const std::vector<Why>& all) {
  pen.html.leaf("p", pen.label(all.empty() ? "picture.why.all_normal" : "picture.why.intro"));
  std::size_t shown = 0;
  while (shown < std::min(all.size(), kChains) && pen.html.size() < kPageBytesMax - kChainBytes) {
    write_why(pen, all[shown], shown);
    ++shown;
  }
  write_others(pen, std::span(all).subspan(shown));
}

Response why_page(const Desk& desk, const Visit& visit,
                  const std::function<void(const Pen&)>& content) {
  const words::Voice voice(visit.language, *visit.situation->district, visit.now);
  return desk.page(visit, {words::text(visit.language, "picture.why.title_of",
                                       {{"what", words::node_name(voice, NodeId(visit.rest))}}),
                           std::nullopt, content});
}

}  // namespace

Outcome show_why(const Desk& desk, const Visit& visit) {
  const Situation& situation = *visit.situation;
  if (const auto why = view::why_of(situation, NodeId(visit.rest))) {
    return why_page(desk, visit, [&](const Pen& pen) { write_why(pen, *why, 0); });
  }
  const auto at = visit.rest.find('@');
  if (at == std::string::npos) return no_such_thing(desk, visit);
  const OfficeId office(visit.rest.substr(0, at));
  const SiteId site(visit.rest.substr(at + 1));
  if (!find_place(*situation.district, office, site)) return no_such_thing(desk, visit);
  return why_page(desk, visit,
                  [&](const Pen& pen) { write_place(pen, view::whys(situation, office, site)); });
}

}  // namespace dienstbereit::web::operate
