// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/talk.h"
#include "base/text.h"

namespace dienstbereit::app {
namespace {

std::string in(const Talk& talk, const Json& wording) {
  const std::string english = wording.value("en", "");
  return talk.german || english.empty() ? wording.value("de", "") : english;
}

void print_notes(const Json& answer) {
  for (const Json& note : answer["notes"]) fmt::print("{}\n", note.get<std::string>());
}

void print_run(const Json& run) {
  const bool open = run["result"].is_null();
  fmt::print("{:<8} {:<20} {:<9} {}{}\n", run.value("id", ""), run.value("plan", ""),
             open ? "under way" : run["result"].get<std::string>(),
             run.value("dry", false) ? "dry run; " : "", run.value("detail", ""));
}

void print_steps(const Talk& talk, const Json& steps) {
  for (const Json& step : steps) {
    fmt::print("  {:<12} {:<11} {}{}\n", step.value("id", ""), step.value("state", ""),
               in(talk, step["title"]),
               step.value("detail", "").empty() ? "" : ": " + step.value("detail", ""));
  }
}

}  // namespace

int plan_list(const Talk& talk) {
  return show(talk, fetch_json(talk, "GET", "/api/v1/plans"), [&](const Json& json) {
    for (const Json& one : json["fallbacks"]) {
      fmt::print("{:<20} {:<7} {}{}\n", one.value("id", ""), one.value("state", ""),
                 in(talk, one["title"]),
                 one.value("held", "").empty() ? "" : "; no rule: " + one.value("held", ""));
    }
    for (const Json& one : json["plans"]) {
      fmt::print("{:<20} {:<11} {}\n", one.value("id", ""), one.value("kind", ""),
                 in(talk, one["title"]));
    }
    for (const Json& one : json["runs"]) print_run(one);
  });
}

int plan_show(const Talk& talk, const std::string& id) {
  const auto answer = fetch_json(talk, "GET", "/api/v1/plans");
  if (!answer) return complain(answer.error());
  for (const char* list : {"plans", "runs"}) {
    for (const Json& one : (*answer)[list]) {
      if (one.value("id", "") != id) continue;
      return show(talk, one, [&](const Json& json) {
        fmt::print("{}: {}\n", id, in(talk, json["title"]));
        if (json.contains("result")) print_run(json);
        print_steps(talk, json["steps"]);
      });
    }
  }
  return complain(Error(Errc::NotFound, fmt::format("there is no plan and no run '{}'; "
                                                    "'dienstbereit plan list' lists them",
                                                    id)));
}

int plan_start(const Talk& talk, const PlanOptions& options, bool dry) {
  const Json body{{"plan", options.id}, {"dry", dry}, {"reason", options.reason}};
  return show(talk, fetch_json(talk, "POST", "/api/v1/runs", body.dump()), print_notes);
}

int run_do(const Talk& talk, const PlanOptions& options, const char* what) {
  Json body{{"do", what}};
  if (!options.step.empty()) body["step"] = options.step;
  if (!options.reason.empty()) body["text"] = options.reason;
  if (options.not_done) body["done"] = false;
  return show(talk,
              fetch_json(talk, "POST", "/api/v1/runs/" + percent_encoded(options.id), body.dump()),
              print_notes);
}

int switch_fallback(const Talk& talk, const PlanOptions& options, bool on) {
  const Json body{{"on", on}, {"reason", options.reason}};
  return show(
      talk,
      fetch_json(talk, "POST", "/api/v1/fallbacks/" + percent_encoded(options.id), body.dump()),
      print_notes);
}

int plan_order(const Talk& talk, const std::string& kind) {
  return show(talk, fetch_json(talk, "GET", "/api/v1/restart-order/" + percent_encoded(kind)),
              [&](const Json& json) {
                for (const Json& one : json["order"]) {
                  fmt::print("{:>3}  {:<16} {}  ({}, ready after {})\n", one.value("stage", 0),
                             one.value("node", ""), in(talk, one["name"]), one.value("takes", ""),
                             one.value("ready", ""));
                }
              });
}

}  // namespace dienstbereit::app
