// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/site.h"

#include <condition_variable>
#include <fstream>

#include <gtest/gtest.h>

#include "fallback/site/switching.h"
#include "runtime/clock.h"
#include "servers/servers.h"

// A site of nginx is copied by wget and served as readers ask for it.
namespace dienstbereit::fallback::site {
namespace {

namespace fs = std::filesystem;

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string page(const std::string& body) {
  return "<!doctype html><html lang=de><head><title>T</title></head><body>" + body +
         std::string(300, ' ') + "</body></html>";
}

class SiteTest : public testing::Test {
 protected:
  SiteTest() {
    put("index.html",
        page("Willkommen <link rel=stylesheet href=\"/css/style.css?v=2\">"
             "<a href=\"/ämter/öffnung/\">A</a><a href=\"/seite?id=7\">B</a><a href=/alt>C</a>"
             "<a href=/antrag>D</a><picture><source srcset=/img/klein.webp><img alt=K></picture>"
             "<img data-src=\"/img/spät.png\"><img srcset=\"/img/gross.png 2x\" src=/img/a.png>"));
    put("css/style.css", "@font-face{src:url(../fonts/k.woff2)} b{background:url('/img/g.png')}");
    for (const char* name : {"fonts/k.woff2", "img/klein.webp", "img/spät.png", "img/gross.png",
                             "img/a.png", "img/g.png"}) {
      put(name, name);
    }
    put("ämter/öffnung/index.html", page("Geöffnet"));
    put("neu/index.html", page("Umgezogen"));
    put("antrag.html", page("<form action=/x><input></form>"));
    auto district = std::make_shared<District>();
    HomepageSpec& spec = district->homepage.emplace();
    spec.url = "http://127.0.0.1:" + std::to_string(cms_.port()) + "/";
    spec.expects = "Willkommen";
    spec.bounds = {2u << 20, 100, 5, std::chrono::seconds(30)};
    spec.listen = {{"127.0.0.1", 0}};
    district_ = district;
  }

  void put(const std::string& path, const std::string& text) const {
    const fs::path file = cms_.folder().path() / "www" / path;
    fs::create_directories(file.parent_path());
    std::ofstream(file) << text;
  }
  // What has been reported next.
  HomepageCopied reported() {
    std::unique_lock lock(mutex_);
    const bool came = told_.wait_for(lock, std::chrono::seconds(60), [&] { return !all_.empty(); });
    EXPECT_TRUE(came);
    if (!came) return {};
    const HomepageCopied first = all_.front();
    all_.erase(all_.begin());
    return first;
  }
  void use() {
    site_.set_mode(SiteMode::Mirror);
    site_.use(district_);
  }
  static bool becomes(bool wanted, const std::function<bool()>& seen) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(25);
    while (seen() != wanted) {
      if (std::chrono::steady_clock::now() > until) return false;
    }
    return true;
  }
  // By curl: the answer with its field lines.
  std::string get(const std::string& path) const {
    const std::string url =
        "http://127.0.0.1:" + std::to_string(site_.figures().ports.at(0)) + path;
    return servers::run_program(
        {"/usr/bin/curl", "-s", "-i", "-L", "--noproxy", "*", "--max-time", "20", url});
  }

  servers::Nginx cms_{
      "charset utf-8; location = /alt { return 301 /neu/; }"
      "location = /seite { default_type text/html; return 200 '<p>Nummer $arg_id'; }"
      "location / { try_files $uri $uri/ $uri.html =404; }",
      false};
  servers::TempFolder folder_;
  std::shared_ptr<const District> district_;
  std::mutex mutex_;
  std::condition_variable told_;
  std::vector<HomepageCopied> all_;
  Site site_{{[] { return runtime::Clock::wall(); },
              [](PageLanguage, std::optional<Instant> taken) {
                Told told;
                told.lead = taken ? "Kopie" : "";
                told.state = "Lage";
                return told;
              },
              [](PageLanguage) { return Sentences{"Formular aus", "Rahmen aus"}; },
              [this](const HomepageCopied& what) {
                const std::lock_guard lock(mutex_);
                all_.push_back(what);
                told_.notify_all();
              }},
             folder_.path(),
             folder_.path()};
};

TEST_F(SiteTest, EverythingWorksByTheAddressesOfTheRealSite) {
  use();
  const HomepageCopied copied = reported();
  ASSERT_TRUE(copied.ok) << copied.detail;
  cms_.stop();
  const std::string first = get("/");
  EXPECT_TRUE(contains(first, " 200 OK") && contains(first, "Kopie") && contains(first, "Lage"));
  EXPECT_TRUE(contains(first, "Willkommen"));
  EXPECT_TRUE(contains(get("/%C3%A4mter/%C3%B6ffnung/"), "Geöffnet"));
  EXPECT_TRUE(contains(get("/seite?id=7"), "Nummer 7"));
  EXPECT_TRUE(contains(get("/alt"), "Umgezogen"));
  EXPECT_TRUE(contains(get("/alt/"), "Umgezogen"));
  EXPECT_TRUE(contains(get("/antrag"), "Formular aus"));
  EXPECT_TRUE(contains(get("/css/style.css?v=2"), "text/css"));
  for (const char* name :
       {"fonts/k.woff2", "img/klein.webp", "img/gross.png", "img/a.png", "img/g.png"}) {
    EXPECT_TRUE(contains(get("/" + std::string(name)), name)) << name;
  }
  EXPECT_TRUE(contains(get("/img/sp%C3%A4t.png"), "img/spät.png"));
  EXPECT_TRUE(contains(get("/gone"), " 404 "));
}

// The snippets that are printed for nginx, with its cache in a folder of the test.
TEST_F(SiteTest, NginxGoesToTheFallbackAndComesBack) {
  use();
  ASSERT_TRUE(reported().ok);
  HomepageSpec spec = *district_->homepage;
  spec.upstream = "127.0.0.1:" + std::to_string(cms_.port());
  spec.listen = {{"127.0.0.1", site_.figures().ports.at(0)}};
  std::string upstream = nginx_upstream(spec, "").value();
  const std::string cache = "/var/cache/nginx/dienstbereit";
  upstream.replace(upstream.find(cache), cache.size(), (folder_.path() / "cache").string());
  servers::Nginx front(nginx_location(spec).value(), false, "127.0.0.1", upstream);
  const auto through = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words{"/usr/bin/curl", "-s", "-i", "--noproxy", "*",
                                   "--max-time",    "20"};
    words.insert(words.end(), more.begin(), more.end());
    words.push_back("http://127.0.0.1:" + std::to_string(front.port()) + "/");
    return servers::run_program(words);
  };
  EXPECT_FALSE(contains(through({}), kBannerId.data()));
  cms_.process().stop(SIGKILL);
  const auto shows_banner = [&] { return contains(through({}), kBannerId.data()); };
  // What nginx has read within the last second it may still show.
  EXPECT_TRUE(becomes(true, shows_banner));
  EXPECT_TRUE(contains(through({}), " 200 OK"));
  const std::string sent = through({"-d", "iban=DE00"});
  EXPECT_TRUE(contains(sent, " 405 ")) << sent;
  cms_.start();
  // After its fail_timeout of 10 s nginx asks the real one again.
  EXPECT_TRUE(becomes(false, shows_banner));
  EXPECT_TRUE(contains(through({}), " 200 OK"));
  // With both away: what was read before.
  cms_.process().stop(SIGKILL);
  site_.close();
  const std::string stale = through({});
  EXPECT_TRUE(contains(stale, " 200 OK") && contains(stale, "Willkommen")) << stale;
}

TEST_F(SiteTest, WhatIsNoGoodCopyChangesNothing) {
  use();
  ASSERT_TRUE(reported().ok);
  const std::string good = site_.figures().current;
  const auto refused = [&](bool anew, const char* why) {
    ASSERT_TRUE(site_.fetch_now(anew));
    const HomepageCopied told = reported();
    EXPECT_FALSE(told.ok);
    EXPECT_TRUE(contains(told.detail, why)) << told.detail;
    EXPECT_EQ(site_.figures().current, good);
    EXPECT_TRUE(contains(get("/"), "Willkommen"));
  };
  put("index.html", page("Datenbankfehler"));
  refused(true, "Willkommen");
  put("index.html", page("Willkommen"));
  refused(false, "less than half");
  put("index.html", page("Willkommen <a href=/gross.bin>x</a>"));
  put("gross.bin", std::string(3u << 20, 'x'));
  refused(true, "larger than 'megabytes'");
  put("index.html", page("Willkommen <p id=dienstbereit-banner>"));
  refused(true, "a copy of ours");
  cms_.stop();
  refused(true, "wget ended with 4");
  EXPECT_EQ(site_.figures().copies.size(), 1u);
  for (const auto& entry : fs::directory_iterator(folder_.path() / "homepage/copies")) {
    EXPECT_FALSE(entry.path().filename().string().starts_with(".making-")) << entry.path();
  }
}

TEST_F(SiteTest, OneFetchAtATimeAndNoneAfterTheEnd) {
  use();
  ASSERT_TRUE(reported().ok);
  ASSERT_TRUE(site_.fetch_now(true));
  EXPECT_EQ(site_.fetch_now(true).error().code, Errc::Conflict);
  site_.close();
  EXPECT_EQ(Copies(folder_.path() / "homepage/copies").current(), site_.figures().current);
}

}  // namespace
}  // namespace dienstbereit::fallback::site
