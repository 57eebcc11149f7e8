// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Photos of notes: taken in a server room, seen by who is logged in, erased without breaking the
// journal.
#include "base/text.h"
#include "web/api/commands.h"
#include "web/operate/handlers.h"
#include "web/operate/record_parts.h"
#include "web/upload/picture.h"

namespace dienstbereit::web::operate {
namespace {

constexpr PayloadKind kJpegPicture{"image/jpeg", false, false};
constexpr PayloadKind kPngPicture{"image/png", false, false};

Response again(const Desk& desk, const Visit& visit, std::string_view key, int status) {
  return desk.page(visit,
                   {words::label(visit.language, "operate.note.photo"),
                    Notice{words::label(visit.language, key), false},
                    [&](const Pen& pen) {
                      const std::string back = "/operate/incident/" + visit.rest;
                      const auto line = pen.html.open("p");
                      pen.html.leaf("a", pen.label("operate.tab.incident"), {{"href", back}});
                    }},
                   status);
}

}  // namespace

Outcome add_photo(const Desk& desk, const Visit& visit) {
  const Incident* incident = incident_in(visit);
  if (incident == nullptr) return no_such_thing(desk, visit);
  auto picture = bare_picture(visit.upload);
  if (!picture) return again(desk, visit, "operate.photo.refused", 422);
  NoteAdded note;
  note.incident = incident->id;
  note.kind = NoteKind::Photo;
  note.text = std::string(trim(visit.form.value("text")));
  return Deferred{[&desk, visit, note,
                   picture = std::move(*picture)](std::function<void(Response)> done) {
    desk.control().keep_photo(picture, [&desk, visit, note, done](Result<std::string> id) {
      if (!id) {
        done(again(desk, visit, "operate.photo.not_kept", 503));
        return;
      }
      NoteAdded kept = note;
      kept.attachment = *id;
      const auto refused = [&desk](const Visit& asked, const Notice& notice, int status) {
        return desk.page(
            asked, {words::label(asked.language, "operate.note.photo"), notice, [](const Pen&) {}},
            status);
      };
      Outcome outcome =
          desk.write({kept}, visit, "/operate/incident/" + visit.rest + "?done=1", refused);
      if (auto* now = std::get_if<Response>(&outcome)) {
        done(std::move(*now));
      } else {
        std::get<Deferred>(outcome).start(done);
      }
    });
  }};
}

Outcome show_picture(const Desk& desk, const Visit& visit) {
  return Deferred{[&desk, visit](std::function<void(Response)> done) {
    desk.control().find_photo(visit.rest, [&desk, visit, done](Result<std::string> picture) {
      if (!picture) {
        done(no_such_thing(desk, visit));
        return;
      }
      done(
          {200, make_payload(is_png(*picture) ? kPngPicture : kJpegPicture, desk.tls(), *picture)});
    });
  }};
}

Outcome erase_picture(const Desk& desk, const Visit& visit) {
  return Deferred{[&desk, visit](std::function<void(Response)> done) {
    desk.control().erase_photo(visit.rest, [&desk, visit, done](const Result<std::string>& erased) {
      done(erased ? desk.redirect(visit, "/operate/incidents?done=1") : no_such_thing(desk, visit));
    });
  }};
}

}  // namespace dienstbereit::web::operate
