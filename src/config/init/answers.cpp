// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/init.h"

#include <algorithm>
#include <cctype>
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "config/init/init_text.h"
#include "config/limits.h"
#include "config/load.h"

namespace dienstbereit::config {
namespace {

constexpr const char* kText = "district.yaml";  // name of the text while it is read back
constexpr std::size_t kKreisDigits = 5;

std::string either(const std::string& answer, std::string otherwise) {
  return answer.empty() ? std::move(otherwise) : answer;
}

// "Kreisverwaltung Beispiel" -> "kreisverwaltung-beispiel"; umlauts spelt out.
std::string short_name(std::string_view name) {
  static const std::map<std::string_view, const char*> kSpelt{
      {"ä", "ae"}, {"ö", "oe"}, {"ü", "ue"}, {"Ä", "ae"}, {"Ö", "oe"}, {"Ü", "ue"}, {"ß", "ss"}};
  std::string out;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const auto spelt = kSpelt.find(name.substr(i, 2));
    const bool letter = std::isalnum(static_cast<unsigned char>(name[i])) != 0;
    if (spelt != kSpelt.end()) {
      out += spelt->second;
      ++i;
    } else if (letter) {
      out += name[i];
    } else if (!out.empty() && out.back() != '-') {
      out += '-';
    }
  }
  out.resize(std::min(out.size(), kLongestId));
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out.empty() ? "kreis" : to_lower_ascii(out);
}

Diagnostic problem(const char* field, std::string message) {
  return Diagnostic{field, 0, 0, Severity::Error, std::move(message)};
}

// "... taken by the site at district.yaml:7": the place is told where it came from.
std::string with_sources(std::string message, const YamlWriter& out, const Report& report) {
  const std::string mark = std::string(kText) + ":";
  const auto at = message.find(mark);
  if (at == std::string::npos) return message;
  int line = 0;
  auto end = at + mark.size();
  for (; end < message.size() && std::isdigit(static_cast<unsigned char>(message[end])); ++end) {
    line = line * 10 + (message[end] - '0');
  }
  return message.replace(at, end - at, report.place(out.source_of(line)));
}

// The answers in the order in which they are asked; their names stand for files in diagnostics.
std::vector<SourceFile> fields_of(const InitAnswers& answers) {
  return {{"name", answers.name},       {"ags", answers.ags},          {"phone", answers.phone},
          {"site", answers.site},       {"office", answers.office},    {"hours", answers.hours},
          {"service", answers.service}, {"homepage", answers.homepage}};
}

Mark field(const std::vector<SourceFile>& fields, std::string_view name) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (fields[i].name == name) return {static_cast<std::uint16_t>(i), 0, 0};
  }
  return kNoSource;
}

}  // namespace

std::vector<Diagnostic> check_answers(const InitAnswers& answers) {
  std::vector<Diagnostic> found;
  if (trim(answers.name).empty()) {
    found.push_back(problem("name", "the administration has no name; write it as on the "
                                    "letterhead"));
  }
  const bool digits = answers.ags.find_first_not_of("0123456789") == std::string::npos;
  if (answers.ags.size() != kKreisDigits || !digits) {
    found.push_back(
        problem("ags", fmt::format("'{}' is not the five digits of a Kreis", answers.ags)));
  }
  return found;
}

void write_administration(YamlWriter& out, const InitAnswers& answers) {
  out.comment("Written by 'dienstbereit init'. 'dienstbereit check --keys' lists all keys.");
  out.open(0, "administration");
  out.pair(1, "id", either(answers.id, short_name(answers.name)));
  out.pair(1, "name", answers.name);
  out.pair(1, "ags", answers.ags);
  if (!answers.phone.empty()) out.pair(1, "phone", answers.phone);
}

void write_probe(YamlWriter& out, std::string_view target, Mark source) {
  if (target.empty()) return;
  out.open(2, "probes");
  if (target.find("://") != std::string_view::npos) {
    out.item(3, "kind", "http");
    out.pair(4, "url", target, source);
    out.pair(4, "proves", "works");
  } else {
    out.item(3, "kind", "tcp");
    out.pair(4, "target", target, source);
  }
}

InitOutcome finish(const YamlWriter& out, Report& report) {
  const Loaded loaded = load_bundle(to_bundle({SourceFile{kText, out.text()}}));
  for (const Diagnostic& d : loaded.diagnostics) {
    std::string message = with_sources(d.message, out, report);
    if (d.severity == Severity::Error) {
      report.error(out.source_of(d.line), std::move(message));
    } else {
      report.warning(out.source_of(d.line), std::move(message));
    }
  }
  InitOutcome outcome;
  if (report.errors() == 0) outcome.yaml = out.text();
  outcome.diagnostics = report.take();
  return outcome;
}

InitOutcome init_from_answers(const InitAnswers& answers) {
  auto wrong = check_answers(answers);
  if (!wrong.empty()) return InitOutcome{"", std::move(wrong)};
  const std::vector<SourceFile> fields = fields_of(answers);
  const auto from = [&](std::string_view name) { return field(fields, name); };
  YamlWriter out;
  write_administration(out, answers);
  out.blank();
  out.open(0, "sites");
  out.item(1, "id", "S1");
  out.pair(2, "name", either(answers.site, "Kreishaus"), from("site"));
  out.blank();
  out.open(0, "offices");
  out.item(1, "id", "A1");
  out.pair(2, "name", either(answers.office, "Bürgerbüro"), from("office"));
  out.pair(2, "sites", "S1");
  out.pair(2, "hours", either(answers.hours, kDefaultHours), from("hours"));
  out.blank();
  out.open(0, "services");
  out.item(1, "id", "D1");
  out.pair(2, "name", either(answers.service, "Anliegen am Schalter"), from("service"));
  out.pair(2, "kind", "counter");
  out.pair(2, "offered", "A1");
  out.pair(2, "offline", "take_in");
  if (!answers.homepage.empty()) {
    out.blank();
    out.item(1, "id", "D2");
    out.pair(2, "name", "Homepage");
    out.pair(2, "kind", "channel");
    out.pair(2, "offered", "A1");
    write_probe(out, answers.homepage, from("homepage"));
  }
  Report report(fields);
  return finish(out, report);
}

}  // namespace dienstbereit::config
