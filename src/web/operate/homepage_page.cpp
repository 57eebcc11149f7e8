// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The homepage that goes on while the real one is away.
#include <algorithm>

#include <fmt/format.h>

#include "web/api/commands.h"
#include "web/operate/handlers.h"
#include "web/operate/record_parts.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {
namespace {

constexpr Duration kReadLately = std::chrono::minutes(5);

std::string mode_label(const Pen& pen, SiteMode mode) {
  switch (mode) {
    case SiteMode::Mirror:
      return pen.label("operate.homepage.mode.mirror");
    case SiteMode::Dark:
      return pen.label("operate.homepage.mode.dark");
    case SiteMode::Off:
      break;
  }
  return pen.label("operate.homepage.mode.off");
}

std::string told(const Pen& pen, std::string_view key, const words::Args& args) {
  return words::text(pen.language(), key, args);
}

// What somebody should look into or know, worst first.
std::vector<std::string> remarks(const Pen& pen, const Visit& visit, const HomepageSituation& page,
                                 const HomepageFigures& figures) {
  const HomepageSpec& spec = *visit.situation->district->homepage;
  const auto time = [&](Instant t) { return words::time_of(pen.voice, t); };
  std::vector<std::string> all;
  if (!figures.problem.empty()) {
    all.push_back(told(pen, "operate.homepage.not_served", {{"detail", figures.problem}}));
  }
  if (page.mode != SiteMode::Mirror && page.mode_since) {
    all.push_back(told(pen, "operate.homepage.interim",
                       {{"time", time(*page.mode_since)},
                        {"mode", mode_label(pen, page.mode)},
                        {"reason", page.reason}}));
  }
  if (figures.last_request && *figures.last_request + kReadLately > visit.now) {
    all.push_back(told(pen, "operate.homepage.read", {{"time", time(*figures.last_request)}}));
  }
  if (figures.copies.empty()) {
    all.push_back(pen.label("operate.homepage.no_copy"));
  } else if (figures.copies.front().taken + spec.max_age < visit.now) {
    all.push_back(
        told(pen, "operate.homepage.old", {{"time", time(figures.copies.front().taken)}}));
  }
  if (page.failing_since) {
    all.push_back(told(pen, "operate.homepage.failing",
                       {{"time", time(*page.failing_since)}, {"detail", page.detail}}));
  }
  if (!figures.certificate_problem.empty()) {
    all.push_back(
        told(pen, "operate.homepage.certificate_bad", {{"detail", figures.certificate_problem}}));
  } else if (figures.certificate_until &&
             *figures.certificate_until - spec.renew_before < visit.now) {
    all.push_back(told(pen, "operate.homepage.certificate_ends",
                       {{"time", time(*figures.certificate_until)}}));
  }
  return all;
}

void write_remarks(const Pen& pen, const std::vector<std::string>& all) {
  if (all.empty()) return;
  const auto list = pen.html.open("ul", {{"class", "plain"}});
  for (const std::string& one : all) pen.html.leaf("li", one);
}

// How the real one stands, as far as the district says what it is.
void write_original(const Pen& pen, const Visit& visit) {
  const NodeId& node = visit.situation->district->homepage->stands_for;
  const auto& nodes = visit.situation->nodes;
  const auto found = std::find_if(nodes.begin(), nodes.end(),
                                  [&](const NodeSituation& one) { return one.id == node; });
  if (found == nodes.end()) return;
  const Interval& state = found->state;
  // What nobody measures is not said to work.
  const bool known = state.certain() && (state != kOperational || found->works_fresh);
  write_fact(
      pen, "operate.homepage.original",
      fmt::format("{}: {}", words::node_name(pen.voice, node),
                  !known ? pen.label("operate.homepage.original.unknown")
                  : state.best == Health::Operational ? pen.label("operate.homepage.original.works")
                  : state.best == Health::Down        ? pen.label("operate.homepage.original.down")
                                               : pen.label("operate.homepage.original.limited")));
}

void write_copies(const Pen& pen, const HomepageFigures& figures) {
  pen.html.leaf("h2", pen.label("operate.homepage.copies"));
  if (figures.fetching) pen.html.leaf("p", pen.label("operate.homepage.fetching"));
  const auto list = pen.html.open("ul", {{"class", "plain"}});
  bool said = false;
  for (const HomepageCopy& copy : figures.copies) {
    if (full(pen, said)) continue;
    const auto item = pen.html.open("li");
    pen.html.text(told(pen, "operate.homepage.copy",
                       {{"name", words::time_of(pen.voice, copy.taken)},
                        {"files", std::to_string(copy.files)},
                        {"megabytes", fmt::format("{:.1f}", double(copy.bytes) / (1u << 20))}}));
    if (copy.name == figures.current) {
      pen.html.text(fmt::format(" ({})", pen.label("operate.homepage.served")));
    }
  }
}

void write_switches(const Pen& pen, const Visit& visit, const HomepageSituation& page) {
  if (!visit.may(Role::Operate)) return;
  {
    FormWriter form(pen, visit, "homepage", "/operate/homepage",
                    pen.label("operate.homepage.switch"));
    std::vector<Option> modes;
    for (const SiteMode mode : {SiteMode::Mirror, SiteMode::Dark, SiteMode::Off}) {
      modes.push_back({name_of(mode), mode_label(pen, mode)});
    }
    form.radios("mode", pen.label("operate.homepage.mode"), modes, name_of(page.mode));
    form.field({"reason", pen.label("operate.homepage.reason"), kept(visit, "reason")});
  }
  const FormWriter form(pen, visit, "copy", "/operate/homepage/copies",
                        pen.label("operate.homepage.fetch"), FormKind::Inline);
}

Response homepage_page(const Desk& desk, const Visit& visit, std::optional<Notice> notice,
                       int status) {
  const auto figures = desk.control().homepage();
  const auto& page = visit.situation->homepage;
  return desk.page(visit,
                   {words::label(visit.language, "operate.homepage.title"), std::move(notice),
                    [&](const Pen& pen) {
                      if (!figures || !page) {
                        pen.html.leaf("p", pen.label("operate.homepage.none"));
                        return;
                      }
                      pen.html.leaf("p", pen.label("operate.homepage.intro"));
                      write_remarks(pen, remarks(pen, visit, *page, *figures));
                      {
                        const auto list = pen.html.open("dl");
                        write_fact(pen, "operate.homepage.mode", mode_label(pen, page->mode));
                        write_original(pen, visit);
                        if (figures->certificate_until) {
                          write_fact(pen, "operate.homepage.certificate",
                                     words::time_of(pen.voice, *figures->certificate_until));
                        }
                      }
                      write_switches(pen, visit, *page);
                      write_copies(pen, *figures);
                    }},
                   status);
}

}  // namespace

void write_homepage_line(const Desk& desk, const Pen& pen, const Visit& visit) {
  const auto figures = desk.control().homepage();
  if (!figures || !visit.situation->homepage) return;
  const auto all = remarks(pen, visit, *visit.situation->homepage, *figures);
  if (all.empty()) return;
  const auto section = pen.html.open("section");
  pen.html.leaf("h2", pen.label("operate.homepage.title"));
  write_remarks(pen, all);
  const auto more = pen.html.open("p");
  pen.html.leaf("a", pen.label("operate.menu.homepage"), {{"href", "/operate/homepage"}});
}

Outcome show_homepage(const Desk& desk, const Visit& visit) {
  return homepage_page(desk, visit, done_notice(visit), 200);
}

Outcome switch_homepage(const Desk& desk, const Visit& visit) {
  const auto again = [&desk](const Visit& asked, Notice notice, int status) {
    return homepage_page(desk, asked, std::move(notice), status);
  };
  const auto mode = site_mode_of(visit.form.value("mode"));
  if (!mode) {
    const Error error(Errc::InvalidInput, "say mirror, dark or off");
    return again(visit, error_notice(visit, error), web::status_of(error.code));
  }
  return desk.command(
      SetHomepageMode{*mode, visit.form.value("reason")}, visit,
      [&desk](const Visit& asked, const Answer&) {
        return desk.redirect(asked, "/operate/homepage?done=1");
      },
      again);
}

Outcome fetch_homepage(const Desk& desk, const Visit& visit) {
  const auto begun = desk.control().fetch_homepage(false);
  if (begun) return desk.redirect(visit, "/operate/homepage?done=1");
  return homepage_page(desk, visit, error_notice(visit, begun.error()),
                       web::status_of(begun.error().code));
}

}  // namespace dienstbereit::web::operate
