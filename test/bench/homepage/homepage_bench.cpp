// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The copied homepage beside nginx with the same bytes, in one run:
//
//   homepage_bench [--json]
//
// The files of an administration's site are made ready as a copy is, and served with the banner by
// the program's own server; nginx gets what a reader gets there, banner and all, as files. A page
// and a picture, and a style sheet compressed as browsers ask for it; kept connections: `wrk -t1
// -c64` on one core, the server (one thread, or one nginx worker with sendfile, open_file_cache and
// gzip_static) on the other. Rounds alternate; the ratio is of the best round of each, for what
// disturbs a round only ever slows it.
//
// Targets: 1.0 for what comes from memory, as for our own pages (web_bench): a surge asks for it
// most. 0.5 for pictures: ours are looked up and opened anew each time.
#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

#include <fmt/format.h>

#include "base/assert.h"
#include "beside/beside_nginx.h"
#include "fallback/site/fetch.h"
#include "fallback/site/server.h"
#include "runtime/loop.h"

namespace {

using namespace dienstbereit;
using namespace dienstbereit::fallback::site;
namespace fs = std::filesystem;

constexpr int kRounds = 5;
constexpr const char* kHost = "www.kreis.example";
constexpr std::size_t kMostFiles = 100;
constexpr int kNews = 50;  // makes a page of some 15 kB, as such pages are
constexpr int kStyleRules = 300;  // some 20 kB
constexpr std::size_t kPictureBytes = 80'000;

std::string page_html() {
  std::string html =
      "<!DOCTYPE html><html lang=\"de\"><head><meta charset=\"utf-8\"><title>Kreis</title>"
      "<link rel=\"stylesheet\" href=\"/stil.css\"><script src=\"/menu.js\"></script></head><body>"
      "<nav><a href=\"/\">Start</a> <a href=\"/aemter/\">&Auml;mter</a></nav>"
      "<img src=\"/bild.jpg\" alt=\"Kreishaus\"><form action=\"/suche\"><input name=\"q\"></form>";
  for (int i = 0; i < kNews; ++i) {
    html += fmt::format(
        "<article class=\"meldung\"><h2><a href=\"/aktuelles/{0}.html\">Meldung {0}</a></h2><p>Das "
        "Stra\u00dfenverkehrsamt \u00f6ffnet am Montag um 8 Uhr. Bitte bringen Sie Ihren Ausweis "
        "und die "
        "Zulassungsbescheinigung mit; Termine gibt es wie gewohnt auch "
        "telefonisch.</p></article>\n",
        i);
  }
  return html + "</body></html>";
}

std::string style_css() {
  std::string css;
  for (int i = 0; i < kStyleRules; ++i) {
    css +=
        fmt::format(".meldung-{} {{ margin: {}px auto; padding: 1rem; color: #123456 }}\n", i, i);
  }
  return css;
}

Told told(PageLanguage language, std::optional<Instant>) {
  Told made;
  made.language = language;
  made.label = "Hinweis";
  made.lead = "Dies ist eine Kopie unserer Internetseite vom Donnerstag, 26. November, 02:00 Uhr.";
  made.state = "Von 14 Dienstleistungen ist eine geschlossen, zwei sind eingeschr\u00e4nkt.";
  made.notes = {
      "Ohne Weg zum Amt geht: Abfallkalender, Bewohnerparkausweis, Anmeldung zur Hochzeit."};
  made.as_of = "Stand: Donnerstag, 26. November, 09:14 Uhr";
  made.status_url = "https://lage.kreis.example/";
  made.status_label = "Was gerade geht";
  return made;
}

// The copy, made ready and served, on the server's core.
class Stand {
 public:
  Stand() : loop_("homepage"), shelf_(told, now) {
    const fs::path site = folder_.path() / kHost;
    fs::create_directory(site);
    const std::string host = std::string(kHost) + "/";
    folder_.write(host + "index.html", page_html());
    folder_.write(host + "stil.css", style_css());
    folder_.write(host + "bild.jpg", "\xff\xd8" + std::string(kPictureBytes - 2, '\x5a'));
    RewriteOptions options;
    options.own_hosts = {kHost};
    options.de = {"Formulare gehen zurzeit nicht.", "Eingebettetes wird nicht gezeigt."};
    options.en = options.de;
    dienstbereit_assert(prepare(folder_.path(), options, {kHost}, kMostFiles).has_value());
    auto index = CopyIndex::read(folder_.path(), {kHost}, kMostFiles);
    dienstbereit_assert(index.has_value());
    shelf_.set_copy(
        std::make_shared<const OpenCopy>(OpenCopy{folder_.path(), std::move(*index), now()}));
    bench::pin(bench::kServerCore);  // inherited by the loop's thread
    loop_.start();
    bench::unpin();
    server_.emplace(loop_, shelf_, figures_, now);
    Server::Options where;
    where.listen = {{"127.0.0.1", 0}};
    dienstbereit_assert(server_->start(where).has_value());
  }
  ~Stand() {
    server_.reset();
    loop_.stop();
  }
  Stand(const Stand&) = delete;
  Stand& operator=(const Stand&) = delete;

  std::string address(const std::string& file) const {
    return fmt::format("http://127.0.0.1:{}/{}", server_->ports().front(), file);
  }

 private:
  static Instant now() {
    return std::chrono::time_point_cast<Duration>(std::chrono::system_clock::now());
  }

  servers::TempFolder folder_;
  runtime::Loop loop_;
  Shelf shelf_;
  ServedFigures figures_;
  std::optional<Server> server_;
};

constexpr const char* kCompressed = "Accept-Encoding: gzip";

// A sort of file that readers ask for, with that field or none.
struct Sort {
  const char* what;
  const char* file;
  const char* field;
  double target;
};
constexpr Sort kSorts[] = {{"page", "index.html", "", 1.0},
                           {"style sheet, compressed,", "stil.css", kCompressed, 1.0},
                           {"picture", "bild.jpg", "", 0.5}};

struct Figures {
  std::size_t bytes = 0;
  double own = 0, nginx = 0;  // requests/s
};

std::string body(const std::string& address, const std::string& field) {
  return servers::run_program({"curl", "-sSf", "-H", field, address});
}

Figures measure(const Stand& stand, const bench::NginxFiles& nginx, const Sort& sort) {
  const std::string own = stand.address(sort.file);
  const std::string theirs = nginx.address(sort.file);
  Figures figures;
  figures.bytes = body(own, sort.field).size();
  dienstbereit_assert(body(theirs, sort.field) == body(own, sort.field));
  for (int round = 0; round < kRounds; ++round) {
    figures.own = std::max(figures.own, bench::wrk(own, sort.field));
    figures.nginx = std::max(figures.nginx, bench::wrk(theirs, sort.field));
  }
  return figures;
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);  // as the program does
  const bool json = argc > 1 && std::strcmp(argv[1], "--json") == 0;
  const Stand stand;
  const servers::TempFolder folder;
  for (const Sort& sort : kSorts) {
    const std::string address = stand.address(sort.file);
    folder.write(sort.file, body(address, ""));
    if (*sort.field) folder.write(sort.file + std::string(".gz"), body(address, sort.field));
  }
  const bench::NginxFiles nginx(folder, "text/css css; image/jpeg jpg;");
  for (const Sort& sort : kSorts) {
    const Figures f = measure(stand, nginx, sort);
    if (json) {
      fmt::print("{{\"bench\":\"homepage\",\"what\":\"{}\",\"bytes\":{},\"own_per_s\":{:.0f},"
                 "\"nginx_per_s\":{:.0f},\"ratio\":{:.2f},\"target\":{:.1f}}}\n",
                 sort.what, f.bytes, f.own, f.nginx, f.own / f.nginx, sort.target);
    } else {
      fmt::print("{} of {} bytes: {:.0f}/s, nginx {:.0f}/s, ratio {:.2f} (target {:.1f})\n",
                 sort.what, f.bytes, f.own, f.nginx, f.own / f.nginx, sort.target);
    }
  }
  return 0;
}
