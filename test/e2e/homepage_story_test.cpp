// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <fstream>

#include <fmt/format.h>

#include "program.h"
#include "servers/servers.h"

// A small site by nginx is copied by wget; its server dies, and citizens go on reading through the
// nginx in front.
namespace dienstbereit::e2e {
namespace {

namespace fs = std::filesystem;

constexpr const char* kDistrict = R"yaml(
administration:
  name: {{de: Kreis Probe, en: Sample District}}
  id: probe
  ags: 05999
  public_url: https://lage.example/
sites: [{{id: HAUS, name: {{de: Kreishaus, en: District hall}}}}]
offices:
  - {{id: AMT, name: {{de: Bürgeramt, en: Citizens}}, sites: HAUS, hours: "Mo-Su,PH 00:00-24:00"}}
services:
  - {{id: PASS, name: {{de: Pass, en: Passport}}, kind: counter, offered: AMT, offline: none}}
homepage:
  url: http://127.0.0.1:{0}/
  names: www.kreis.example
  expects: Willkommen
  contact: {{de: "Telefon 0000 115", en: "Telephone 0000 115"}}
  bounds: {{megabytes: 2, files: 200, depth: 5, time: 1 min}}
  listen: 127.0.0.1:{1}
  upstream: 127.0.0.1:{0}
)yaml";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

constexpr const char* kBanner = "id=\"dienstbereit-banner\"";

class HomepageStory : public testing::Test {
 protected:
  HomepageStory() {
    site(
        "index.html",
        "<!doctype html><html lang=de><head><title>Kreis</title>"
        "<link rel=stylesheet href=\"/css/style.css?v=2\"></head><body onload=\"evil()\">"
        "<h1>Willkommen im Kreis</h1><a href=\"/ämter/öffnungszeiten/\">Öffnungszeiten</a>"
        "<a href=\"/seite?id=7\">Sieben</a><a href=\"/alt\">Umzug</a><a href=\"/antrag\">Antrag</a>"
        "<a href=\"/en/\">English</a><a href=\"http://www.kreis.example/en/\">named</a>"
        "<img src=\"/img/wappen.png\" srcset=\"/img/wappen.png 1x, /img/gross.png 2x\" alt=W>"
        "<picture><source srcset=\"/img/klein.webp\"><img alt=K></picture>"
        "<img data-src=\"/img/spät.png\" alt=S>"
        "<script>document.title='x'</script>" +
            std::string(300, ' ') + "</body></html>");
    site("css/style.css", "@font-face{font-family:K;src:url(../fonts/k.woff2)}body{font-family:K;"
                          "background:url('/img/grund.png')}");
    for (const char* name : {"fonts/k.woff2", "img/wappen.png", "img/gross.png", "img/grund.png",
                             "img/klein.webp", "img/spät.png"}) {
      site(name, std::string("bytes of ") + name);
    }
    site("ämter/öffnungszeiten/index.html", page("de", "Geöffnet ab acht"));
    site("neu/index.html", page("de", "Wir sind umgezogen"));
    site("antrag.html", page("de", "<form action=/senden method=post><input name=n><button>Los"
                                   "</button></form>"));
    site("en/index.html", page("en", "<form><input></form>English text"));
  }

  static std::string page(const std::string& language, const std::string& body) {
    return "<!doctype html><html lang=" + language + "><head><title>T</title></head><body>" + body +
           "</body></html>";
  }
  void site(const std::string& path, const std::string& text) const {
    const fs::path file = cms_.folder().path() / "www" / path;
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  static std::string cms_block() {
    return "charset utf-8; location = /seite { default_type text/html; return 200 "
           "'<html lang=de><body>Seite Nummer $arg_id</body></html>'; }"
           "location = /alt { return 301 /neu/; }"
           "location / { try_files $uri $uri/ $uri.html =404; }"
           "location = /langsam { limit_rate 1; alias /etc/services; }";
  }
  // What the program prints for nginx, with the cache in a folder of the test.
  std::string made_for_nginx(const Words& more, const fs::path& district) const {
    Words words{"fallback-site", "nginx", district.string()};
    words.insert(words.end(), more.begin(), more.end());
    std::string text = run(words).out;
    const std::string cache = "/var/cache/nginx/dienstbereit";
    const auto at = text.find(cache);
    if (at != std::string::npos)
      text.replace(at, cache.size(), (folder_.path() / "cache").string());
    return text;
  }

  HttpReply fallback(const std::string& path, const std::string& method = "GET") const {
    return ask_tcp("127.0.0.1", port_, method, path, "", "");
  }
  bool copied(const Server& server) const {
    return await([&] { return !server.json("/api/v1/homepage")["copies"].empty(); },
                 std::chrono::seconds(30));
  }

  servers::TempFolder folder_;
  servers::Nginx cms_{cms_block(), false};
  std::uint16_t port_ = servers::free_port();
  fs::path district_ = folder_.write("kreis.yaml", fmt::format(kDistrict, cms_.port(), port_));
};

}  // namespace

TEST_F(HomepageStory, CitizensGoOnReadingWhenTheServerDiesAndGetItBackWhenItReturns) {
  Server server(district_);
  ASSERT_TRUE(copied(server)) << server.output();
  servers::Nginx front(made_for_nginx({"--location"}, district_), false, "127.0.0.1",
                       made_for_nginx({}, district_));
  const auto get = [&](const std::string& path) {
    return ask_tcp("127.0.0.1", front.port(), path);
  };
  EXPECT_EQ(get("/").status, 200);
  EXPECT_FALSE(contains(get("/").body, kBanner));

  cms_.process().stop(SIGKILL);
  // What nginx has read within the last second it may still show.
  ASSERT_TRUE(await([&] { return contains(get("/").body, kBanner); }));
  const HttpReply first = get("/");
  EXPECT_EQ(first.status, 200) << first.fields;
  const std::string text = visible_text(first.body);
  EXPECT_TRUE(contains(text, "Sie lesen eine Kopie dieser Internetseite. Stand der Kopie: heute"));
  EXPECT_TRUE(contains(text, "Stand: heute")) << text;
  EXPECT_TRUE(contains(text, "Willkommen im Kreis"));
  EXPECT_TRUE(contains(first.body, "href=\"https://lage.example/\""));
  EXPECT_FALSE(contains(first.body, "<script") || contains(first.body, "onload"));
  // By the addresses of the real site, umlauts, queries and redirects too.
  EXPECT_TRUE(contains(visible_text(get("/%C3%A4mter/%C3%B6ffnungszeiten/").body), "Geöffnet ab"));
  EXPECT_TRUE(contains(visible_text(get("/seite?id=7").body), "Seite Nummer 7"));
  EXPECT_TRUE(contains(visible_text(get("/alt").body), "Wir sind umgezogen"));
  for (const char* path :
       {"/css/style.css?v=2", "/fonts/k.woff2", "/img/wappen.png", "/img/gross.png",
        "/img/grund.png", "/img/klein.webp", "/img/sp%C3%A4t.png"}) {
    EXPECT_EQ(get(path).status, 200) << path;
  }
  EXPECT_TRUE(contains(get("/css/style.css?v=2").fields, "text/css"));
  EXPECT_TRUE(contains(visible_text(get("/antrag").body), "Dieses Formular ist abgeschaltet"));
  EXPECT_TRUE(contains(visible_text(get("/en/").body), "This form is switched off"));
  const HttpReply sent = ask_tcp("127.0.0.1", front.port(), "POST", "/senden", "", "n=1");
  EXPECT_EQ(sent.status, 405);
  EXPECT_TRUE(contains(visible_text(sent.body), "nicht gespeichert"));
  EXPECT_EQ(get("/nie-gesehen").status, 404);

  // What changes shows at once.
  ASSERT_EQ(server.command({"set", "AMT", "closed", "--text", "Wasserrohrbruch", "--yes"}).code, 0);
  EXPECT_TRUE(await([&] { return contains(visible_text(get("/").body), "geschlossen"); }));

  // nginx asks the real one again after its fail_timeout.
  cms_.start();
  EXPECT_TRUE(await([&] { return !contains(get("/").body, kBanner); }, std::chrono::seconds(20)));
  EXPECT_EQ(get("/").status, 200);
  EXPECT_GT(server.json("/api/v1/homepage")["requests"], 10);
}

TEST_F(HomepageStory, WhatIsShownIsADecisionOnRecord) {
  Server server(district_);
  ASSERT_TRUE(copied(server)) << server.output();
  EXPECT_NE(server.command({"fallback-site", "mode", "dark"}).code, 0) << "without a reason";
  ASSERT_EQ(server.command({"fallback-site", "mode", "dark", "--reason", "Kopie veraltet"}).code,
            0);
  EXPECT_TRUE(await([&] { return contains(fallback("/").body, "0000 115"); }));
  EXPECT_EQ(fallback("/seite?id=7").status, 503);
  const auto again =
      server.command({"fallback-site", "mode", "dark", "--reason", "Kopie veraltet"});
  EXPECT_NE(again.code, 0);
  EXPECT_TRUE(contains(again.err, "already")) << again.err;

  server.kill();
  server.start();
  server.wait_until_ready();
  EXPECT_TRUE(await([&] { return contains(fallback("/").body, "0000 115"); }))
      << "a decision outlives a kill";
  const auto status = server.command({"fallback-site", "status"});
  EXPECT_TRUE(contains(status.out, "mode: dark since")) << status.out;
  EXPECT_TRUE(contains(status.out, "by cli:uid=")) << status.out;
  ASSERT_EQ(server.command({"fallback-site", "mode", "off", "--reason", "Wartung"}).code, 0);
  EXPECT_TRUE(await([&] { return fallback("/").status == 503; }));
  ASSERT_EQ(server.command({"fallback-site", "mode", "mirror", "--reason", "zurück"}).code, 0);
  EXPECT_TRUE(await([&] { return contains(fallback("/").body, "Willkommen"); }));
  server.stop();
  const auto record =
      run({"journal", "show", server.data().string(), "--type", "homepage_mode_set"});
  EXPECT_TRUE(contains(record.out, "Kopie veraltet")) << record.out << record.err;
}

TEST_F(HomepageStory, AHalfCopyIsNeverServed) {
  Server server(district_);
  ASSERT_TRUE(copied(server)) << server.output();
  const auto name = [&] {
    return server.json("/api/v1/homepage")["copies"][0]["name"].get<std::string>();
  };
  const std::string good = name();

  // An error page that says 200.
  site("index.html", page("de", "Datenbankfehler" + std::string(300, '.')));
  auto failed = server.command({"mirror", "fetch"});
  EXPECT_EQ(failed.code, 1);
  EXPECT_TRUE(contains(failed.err, "Willkommen")) << failed.err;

  // Much less than before, then taken on demand.
  site("index.html", page("de", "Willkommen" + std::string(300, '.')));
  failed = server.command({"mirror", "fetch"});
  EXPECT_TRUE(contains(failed.err, "less than half")) << failed.err;
  EXPECT_EQ(name(), good);

  // A file beyond the bound: as a disk that is full, wget cannot write on.
  site("index.html", page("de", "Willkommen <a href=/gross.bin>x</a>" + std::string(300, '.')));
  site("gross.bin", std::string(3u << 20, 'x'));
  failed = server.command({"mirror", "fetch", "--anew"});
  EXPECT_EQ(failed.code, 1);
  EXPECT_EQ(name(), good);
  EXPECT_TRUE(contains(fallback("/").body, "Wappen") || contains(fallback("/").body, "wappen.png"));

  // The program is killed while wget works on a page that never ends.
  site("gross.bin", "");
  site("index.html", page("de", "Willkommen <a href=/langsam>x</a>" + std::string(300, '.')));
  ASSERT_EQ(server.ask("POST", "/api/v1/homepage/copies").status, 202);
  const fs::path copies = server.data() / "homepage/copies";
  const auto being_made = [&] {
    for (const auto& entry : fs::directory_iterator(copies)) {
      if (entry.path().filename().string().starts_with(".making-")) return true;
    }
    return false;
  };
  ASSERT_TRUE(await(being_made));
  EXPECT_EQ(server.command({"mirror", "fetch"}).code, 2) << "one at a time";
  server.kill();
  server.start();
  server.wait_until_ready();
  EXPECT_TRUE(await([&] { return contains(fallback("/").body, "wappen.png"); }));
  EXPECT_TRUE(await([&] { return !being_made(); }));
  EXPECT_EQ(name(), good);
}

TEST_F(HomepageStory, OnDemandASmallerSiteIsTakenAndOldCopiesGo) {
  Server server(district_);
  ASSERT_TRUE(copied(server)) << server.output();
  site("index.html", page("de", "Willkommen, ganz neu" + std::string(300, '.')));
  const auto fetched = server.command({"mirror", "fetch", "--anew"});
  EXPECT_EQ(fetched.code, 0) << fetched.err;
  EXPECT_TRUE(await([&] { return contains(fallback("/").body, "ganz neu"); }));
  EXPECT_EQ(server.json("/api/v1/homepage")["copies"].size(), 2u);
  const auto pruned = server.command({"mirror", "prune", "--keep", "1"});
  EXPECT_EQ(pruned.code, 0) << pruned.err;
  EXPECT_EQ(server.json("/api/v1/homepage")["copies"].size(), 1u);
  EXPECT_TRUE(contains(server.command({"mirror", "list"}).out, "* 20"));
}

TEST_F(HomepageStory, HttpsIsServedWithTheCertificateThatStandsReady) {
  const servers::Authority authority(folder_);
  const auto files = authority.issue("www.kreis.example", -1, 10);
  const std::uint16_t tls = servers::free_port();
  std::string text = fmt::format(kDistrict, cms_.port(), port_);
  text += fmt::format("  listen_tls: 127.0.0.1:{}\n  certificate: {}\n  key: {}\n", tls,
                      files.certificate.string(), files.key.string());
  const auto district = folder_.write("tls.yaml", text);
  EXPECT_TRUE(contains(run({"check", district.string()}).err, "renew it"));
  Server server(district);
  ASSERT_TRUE(copied(server)) << server.output();
  const std::string page =
      servers::run_program({"/usr/bin/curl", "--silent", "--show-error", "--noproxy", "*",
                            "--max-time", "20", "--cacert", authority.certificate().string(),
                            "--resolve", fmt::format("www.kreis.example:{}:127.0.0.1", tls),
                            fmt::format("https://www.kreis.example:{}/", tls)});
  EXPECT_TRUE(contains(page, kBanner));
  EXPECT_TRUE(
      await([&] { return server.json("/api/v1/homepage")["certificate_until"].is_string(); }));
}

}  // namespace dienstbereit::e2e
