// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <iostream>

#include <fmt/format.h>
#include <unistd.h>

#include "app/cli/commands.h"
#include "app/cli/talk.h"
#include "base/text.h"
#include "publish/folder.h"

namespace dienstbereit::app {
namespace {

const char* language(const Talk& talk) { return talk.german ? "de" : "en"; }

void print_sentences(const Talk& talk, const Json& answer) {
  for (const Json& sentence : answer["sentences"][language(talk)]) {
    fmt::print("  {}\n", sentence.get<std::string>());
  }
}

bool confirmed(const Talk& talk) {
  if (!isatty(STDIN_FILENO)) return true;  // in a script the word itself is the decision
  std::cout << (talk.german ? "Setzen? [j/N] " : "Set it? [y/N] ") << std::flush;
  std::string answer;
  std::getline(std::cin, answer);
  return answer == "y" || answer == "Y" || answer == "j" || answer == "J";
}

// The files of a copy as the server gave them. Paths are checked: they are written to disk.
Result<StaticCopy> copy_in(const Json& json) {
  StaticCopy copy;
  copy.mark = json.value("mark", "");
  for (const Json& file : json.value("files", Json::array())) {
    const std::string path = file.value("path", "");
    const bool safe = !path.empty() && path.front() != '/' && path.front() != '.' &&
                      path.find("/.") == std::string::npos;
    if (!safe) return fail(Errc::Corrupt, "the server's copy has a file outside its folder");
    copy.files.push_back({path, file.value("text", "")});
  }
  if (copy.files.empty()) return fail(Errc::Corrupt, "the server's copy has no files");
  return copy;
}

void print_notes(const Json& answer) {
  for (const Json& note : answer["notes"]) fmt::print("{}\n", note.get<std::string>());
}

bool untroubled(const Json& counts) {
  return counts.value("limited", 0) + counts.value("closed", 0) + counts.value("unknown", 0) == 0;
}

}  // namespace

int status(const Talk& talk) {
  const auto situation = fetch_json(talk, "GET", "/api/v1/situation");
  if (!situation) return complain(situation.error());
  if (talk.json) {
    fmt::print("{}\n", situation->dump(2));
  } else {
    const auto text = fetch(talk, "GET", fmt::format("/api/v1/status/{}", language(talk)));
    if (!text) return complain(text.error());
    fmt::print("{}", *text);
  }
  const bool good = untroubled((*situation)["counts"]) && untroubled((*situation)["continuous"]);
  return good ? kExitOk : kExitLimited;
}

int why(const Talk& talk, const std::string& node) {
  const auto answer = fetch_json(talk, "GET", "/api/v1/why/" + percent_encoded(node));
  return show(talk, answer, [&](const Json& json) {
    fmt::print("{}: {}\n", node, json["name"].value(language(talk), ""));
    for (const Json& step : json["why"]) {
      fmt::print("  {}\n", step["technical"].value(language(talk), ""));
    }
    if (json["why"].empty()) {
      fmt::print("  {}\n", talk.german ? "Keine Störung bekannt." : "No fault known.");
    }
  });
}

int what_if(const Talk& talk, const WhatIfOptions& options) {
  const Json body{{"nodes", options.nodes}, {"from", options.from}, {"to", options.to}};
  const auto answer = fetch_json(talk, "POST", "/api/v1/what-if", body.dump());
  return show(talk, answer, [&](const Json& json) {
    for (const Json& sentence : json["sentences"][language(talk)]) {
      fmt::print("{}\n", sentence.get<std::string>());
    }
  });
}

int set(const Talk& talk, const SetOptions& options) {
  if (options.text.empty() && !options.text_en.empty()) {
    return complain(Error(Errc::InvalidInput,
                          "--text-en needs --text: the German text is the one that always shows"));
  }
  Json body{{"scope", options.scope}, {"said", options.said}};
  if (!options.text.empty()) body["text"] = {{"de", options.text}, {"en", options.text_en}};
  if (!options.until.empty()) body["until"] = options.until;
  if (!options.role.empty()) body["role"] = options.role;
  const auto preview = fetch_json(talk, "POST", "/api/v1/words?preview=1", body.dump());
  if (!preview) return complain(preview.error());
  if (!talk.json) {
    fmt::print("{} {}\n", options.scope, options.said);
    print_sentences(talk, *preview);
  } else if (options.preview) {
    fmt::print("{}\n", preview->dump(2));
  }
  if (options.preview) return kExitOk;
  if (!options.yes && !talk.json && !confirmed(talk)) return kExitFailed;
  const auto answer = fetch_json(talk, "POST", "/api/v1/words", body.dump());
  return show(talk, answer, [&](const Json& json) {
    fmt::print("{} {}\n", talk.german ? "gesetzt als Angabe" : "set as statement",
               json.value("word", ""));
  });
}

int withdraw(const Talk& talk, const std::string& word, const std::string& reason) {
  const auto answer = fetch_json(
      talk, "DELETE",
      fmt::format("/api/v1/words/{}?reason={}", percent_encoded(word), percent_encoded(reason)));
  return show(talk, answer, [&](const Json&) {
    fmt::print("{} {}\n", talk.german ? "zurückgenommen: Angabe" : "withdrawn: statement", word);
  });
}

int reload(const Talk& talk) {
  return show(talk, fetch_json(talk, "POST", "/api/v1/reload"), print_notes);
}

int confirm_clock(const Talk& talk) {
  return show(talk, fetch_json(talk, "POST", "/api/v1/clock/confirm"), [&](const Json&) {
    fmt::print("{}\n", talk.german
                           ? "Die Uhrzeit des Geräts ist bestätigt; Öffnungszeiten folgen ihr."
                           : "The machine's clock is confirmed; opening hours follow it.");
  });
}

int export_copy(const Talk& talk, const ExportOptions& options) {
  std::string query;
  if (!options.valid_for.empty()) query = "?valid_for=" + percent_encoded(options.valid_for);
  if (!options.check_at.empty()) {
    query += (query.empty() ? "?" : "&") + ("check_at=" + percent_encoded(options.check_at));
  }
  const auto answer = fetch_json(talk, "GET", "/api/v1/copy" + query);
  if (!answer) return complain(answer.error());
  const auto copy = copy_in(*answer);
  if (!copy) return complain(copy.error());
  if (auto written = publish::write_folder(options.folder, *copy); !written) {
    return complain(written.error());
  }
  const std::string until = answer->value("valid_until", "");
  if (talk.json) {
    fmt::print("{}\n", Json{{"folder", options.folder.string()},
                            {"files", copy->files.size()},
                            {"mark", copy->mark},
                            {"valid_until", until}}
                           .dump(2));
  } else {
    fmt::print("{} files in {}, valid until {}\n", copy->files.size(), options.folder.string(),
               until);
  }
  return kExitOk;
}

int messages(const Talk& talk) {
  const auto answer = fetch_json(talk, "GET", "/api/v1/messages");
  return show(talk, answer, [](const Json& json) {
    for (const Json& one : json["troubles"]) {
      fmt::print("! channel {} failed {} times in a row: {}\n", one.value("channel", ""),
                 one.value("failures", 0), one.value("detail", ""));
    }
    for (const Json& one : json["notices"]) {
      const bool known = one["acknowledged_by"].is_string();
      fmt::print("notice {:<8} {:<9} {}  {}{}\n", one.value("id", ""), one.value("kind", ""),
                 one.value("raised", ""), one.value("cause", ""),
                 known ? ", acknowledged by " + one["acknowledged_by"].get<std::string>()
                 : one.value("awaits_answer", false)
                     ? fmt::format(", nobody has answered yet (level {})", one.value("level", 0))
                     : "");
    }
    for (const Json& one : json["messages"]) {
      fmt::print("  {:<10} {:<9} {} by {}{}{}\n", one.value("id", ""), one.value("state", ""),
                 one.value("recipient", ""), one.value("channel", ""),
                 one.value("failures", 0) > 0
                     ? fmt::format(", {} failures", one.value("failures", 0))
                     : "",
                 one.value("detail", "").empty() ? "" : ": " + one.value("detail", ""));
    }
    fmt::print("{} messages wait\n", json.value("waiting", 0));
  });
}

int acknowledge(const Talk& talk, const std::string& what) {
  return show(talk, fetch_json(talk, "POST", "/api/v1/acknowledge/" + percent_encoded(what)),
              print_notes);
}

int test_message(const Talk& talk, const std::string& recipient) {
  return show(talk, fetch_json(talk, "POST", "/api/v1/test-message/" + percent_encoded(recipient)),
              print_notes);
}

int journal_backup(const Talk& talk, const std::filesystem::path& file) {
  const Json body{{"file", std::filesystem::absolute(file).string()}};
  return show(talk, fetch_json(talk, "POST", "/api/v1/backup", body.dump()), print_notes);
}

}  // namespace dienstbereit::app
