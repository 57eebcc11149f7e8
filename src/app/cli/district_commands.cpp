// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <iostream>

#include <fmt/format.h>
#include <unistd.h>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/papers/shelf.h"
#include "base/file.h"
#include "config/init.h"
#include "config/load.h"
#include "config/schema.h"
#include "config/telling/contacts.h"
#include "runtime/clock.h"

namespace dienstbereit::app {
namespace {

nlohmann::ordered_json to_json(const config::Loaded& loaded) {
  nlohmann::ordered_json problems = nlohmann::ordered_json::array();
  for (const config::Diagnostic& one : loaded.diagnostics) {
    problems.push_back({{"file", one.file},
                        {"line", one.line},
                        {"column", one.column},
                        {"severity", one.severity == config::Severity::Error ? "error" : "warning"},
                        {"message", one.message}});
  }
  return {{"ok", loaded.district != nullptr}, {"problems", problems}};
}

std::string ask_for(const char* question, const std::string& given) {
  if (!given.empty()) return given;
  std::cout << question << ": " << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer;
}

config::InitAnswers ask_all(const InitOptions& options) {
  config::InitAnswers answers;
  answers.name = options.name;
  answers.ags = options.ags;
  if (!options.ask) return answers;
  std::cout << "A few questions; Enter takes the default.\n";
  answers.name = ask_for("Name of the administration (Kreisverwaltung ...)", answers.name);
  answers.ags = ask_for("AGS of the Kreis, five digits", answers.ags);
  answers.phone = ask_for("Central telephone number (none)", "");
  if (!options.csv.empty()) return answers;
  answers.site = ask_for("Name of the main site (Kreishaus)", "");
  answers.office = ask_for("Name of the first office (Bürgerbüro)", "");
  answers.hours = ask_for("Its opening hours (Mo-Fr 08:00-12:00)", "");
  answers.service = ask_for("Its first service (Anliegen am Schalter)", "");
  answers.homepage = ask_for("Address of the homepage, to be probed (none)", "");
  return answers;
}

// The problems of the contacts, as the district's own.
void add_contacts(config::Loaded& loaded, const std::filesystem::path& path) {
  const auto add = [&](config::Severity severity, std::string message) {
    loaded.diagnostics.push_back({path.filename().string(), 0, 0, severity, std::move(message)});
  };
  const auto book = config::load_contacts(path);
  if (!book) {
    add(config::Severity::Error, book.error().message);
    loaded.district = nullptr;
    return;
  }
  if (!loaded.district) return;
  std::vector<std::string> problems;
  config::roster_of(*book, *loaded.district, problems);
  for (std::string& problem : problems) add(config::Severity::Warning, std::move(problem));
}

// What of the papers is missing or old.
void add_papers(config::Loaded& loaded, const std::filesystem::path& data) {
  if (!loaded.district) return;
  const handbook::Standing standing = standing_of(*loaded.district, data);
  for (const Wording& due :
       handbook::papers_due(*loaded.district, standing, runtime::Clock::wall())) {
    loaded.diagnostics.push_back(
        {data.filename().string(), 0, 0, config::Severity::Warning, due.en});
  }
}

// What this machine lacks for the homepage meanwhile.
void add_homepage(config::Loaded& loaded, const std::filesystem::path& path) {
  if (!loaded.district || !loaded.district->homepage) return;
  const bool folder = std::filesystem::is_directory(path);
  for (std::string& one :
       homepage_warnings(*loaded.district->homepage, folder ? path : path.parent_path())) {
    loaded.diagnostics.push_back(
        {path.filename().string(), 0, 0, config::Severity::Warning, std::move(one)});
  }
}

}  // namespace

int check(const std::filesystem::path& district, const std::filesystem::path& contacts,
          const std::filesystem::path& commands, const std::filesystem::path& data, bool json) {
  config::Loaded loaded = config::load_path(district);
  add_homepage(loaded, district);
  if (!contacts.empty()) add_contacts(loaded, contacts);
  if (!data.empty()) add_papers(loaded, data);
  if (!commands.empty() && loaded.district) {
    if (auto good = check_commands(*loaded.district, commands); !good) {
      loaded.diagnostics.push_back(
          {commands.filename().string(), 0, 0, config::Severity::Error, good.error().message});
      loaded.district = nullptr;
    }
  }
  if (json) {
    fmt::print("{}\n", to_json(loaded).dump(2));
    return loaded.district ? kExitOk : kExitBadInput;
  }
  const std::string problems = config::to_lines(loaded.diagnostics);
  if (!loaded.district) {
    fmt::print(stderr, "{}", problems);
    return kExitBadInput;
  }
  const District& d = *loaded.district;
  fmt::print(stderr, "{}", problems);
  fmt::print("{}: {} sites, {} offices, {} services, {} components, {} probes; {}\n",
             d.administration.name.de, d.sites.size(), d.offices.size(), d.services.size(),
             d.components.size(), d.probes.size(),
             loaded.diagnostics.empty() ? "no problem found" : "usable, see the warnings");
  return kExitOk;
}

int print_key_reference() {
  fmt::print("{}", config::key_reference());
  return kExitOk;
}

int print_json_schema() {
  fmt::print("{}\n", config::json_schema());
  return kExitOk;
}

int init(const InitOptions& options) {
  if (std::filesystem::exists(options.output)) {
    return complain(
        Error(Errc::Conflict, fmt::format("{} exists already; choose another name with --output",
                                          options.output.string())));
  }
  const config::InitAnswers answers = ask_all(options);
  const config::InitOutcome outcome = options.csv.empty()
                                          ? config::init_from_answers(answers)
                                          : config::init_from_csv(options.csv, answers);
  fmt::print(stderr, "{}", config::to_lines(outcome.diagnostics));
  if (outcome.yaml.empty()) return kExitBadInput;
  if (auto written = write_file(options.output, outcome.yaml); !written) {
    return complain(written.error());
  }
  fmt::print("{} is written. Next: dienstbereit check {}; dienstbereit serve {}\n",
             options.output.string(), options.output.string(), options.output.string());
  return kExitOk;
}

}  // namespace dienstbereit::app
