// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Drafts of statements, and what becomes of them.
#include <fmt/format.h>

#include "app/cli/client.h"
#include "app/cli/commands.h"
#include "app/cli/talk.h"
#include "base/file.h"
#include "base/text.h"
#include "web/poster/poster.h"

namespace dienstbereit::app {
namespace {

const char* language(const Talk& talk) { return talk.german ? "de" : "en"; }

Result<Json> fetch_draft(const Talk& talk, const DraftOptions& options) {
  return fetch_json(
      talk, "GET",
      fmt::format("/api/v1/drafts/{}?incident={}&next={}", percent_encoded(options.kind),
                  percent_encoded(options.incident), percent_encoded(options.next)));
}

// The change that puts it on record, as the server drafted it.
Json change_of(const Json& draft) {
  Json change{{"type", "statement_saved"},
              {"kind", draft.value("kind", "")},
              {"title_de", draft["title"].value("de", "")},
              {"title_en", draft["title"].value("en", "")},
              {"de", draft["text"].value("de", "")},
              {"en", draft["text"].value("en", "")},
              {"based_on", draft["based_on"]}};
  if (!draft["incident"].is_null()) change["incident"] = draft["incident"];
  if (!draft["next_information"].is_null()) {
    change["next_information"] = draft["next_information"];
  }
  return change;
}

// The id that the record gave it.
Result<std::string> save(const Talk& talk, const Json& draft, bool publish) {
  Json changes = Json::array({change_of(draft)});
  if (publish) {
    changes.push_back({{"type", "statement_moved"}, {"id", "new"}, {"state", "published"}});
  }
  const auto answer =
      fetch_json(talk, "POST", "/api/v1/record", Json{{"changes", std::move(changes)}}.dump());
  if (!answer) return tl::unexpected(answer.error());
  for (const Json& one : (*answer)["written"]) {
    if (one.value("type", "") == "statement_saved") return one.value("id", "");
  }
  return fail(Errc::Corrupt, "the server did not say what it has written");
}

void print_draft(const Talk& talk, const Json& draft) {
  const char* in = language(talk);
  fmt::print("{}\n\n{}\n", draft["title"].value(in, ""), draft["text"].value(in, ""));
  for (const Json& note : draft["notes"][in]) fmt::print("\n! {}", note.get<std::string>());
  if (!draft["notes"][in].empty()) fmt::print("\n");
}

// From the text that has just been put on record.
Result<void> write_poster(const Talk& talk, const Json& draft, const std::filesystem::path& file) {
  const char* in = language(talk);
  const auto pdf = web::poster_pdf({draft["title"].value(in, ""), draft["text"].value(in, ""), ""});
  if (!pdf) return tl::unexpected(pdf.error());
  return write_file(file, *pdf);
}

int say_saved(const Talk& talk, const std::string& id, bool published) {
  const char* german = published ? "veröffentlicht" : "gespeichert als Entwurf";
  const char* english = published ? "published" : "saved as a draft";
  fmt::print("\n{}: {}\n", talk.german ? german : english, id);
  return kExitOk;
}

}  // namespace

int draft(const Talk& talk, const DraftOptions& options) {
  if (!options.pdf.empty() && options.kind != "poster") {
    return complain(Error(Errc::InvalidInput, "--pdf is for 'draft poster' only"));
  }
  const auto made = fetch_draft(talk, options);
  if (!made) return complain(made.error());
  if (talk.json) {
    fmt::print("{}\n", made->dump(2));
  } else {
    print_draft(talk, *made);
  }
  // What hangs on a door is on record, so that it can be told later what did.
  if (!options.save && !options.publish && options.pdf.empty()) return kExitOk;
  const auto id = save(talk, *made, options.publish);
  if (!id) return complain(id.error());
  if (!options.pdf.empty()) {
    if (const auto done = write_poster(talk, *made, options.pdf); !done) {
      return complain(done.error());
    }
  }
  return talk.json ? static_cast<int>(kExitOk) : say_saved(talk, *id, options.publish);
}

int move_statement(const Talk& talk, const std::string& id, const std::string& state,
                   const std::string& reason) {
  const Json change{{"type", "statement_moved"}, {"id", id}, {"state", state}, {"reason", reason}};
  const Json body{{"changes", Json::array({change})}};
  return show(talk, fetch_json(talk, "POST", "/api/v1/record", body.dump()),
              [&](const Json&) { fmt::print("{}: {}\n", id, state); });
}

}  // namespace dienstbereit::app
