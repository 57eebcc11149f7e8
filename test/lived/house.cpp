// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "house.h"

#include <algorithm>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include "district.h"

namespace dienstbereit::lived {
namespace {

namespace fs = std::filesystem;
using e2e::await;

constexpr const char* kOffice = "poststelle@musterkreis.example";
constexpr std::chrono::seconds kMeasured{40};

std::chrono::seconds ahead{0};

Instant machine_now() { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); }

void must(const e2e::Outcome& outcome) {
  if (outcome.code != 0) throw std::runtime_error(outcome.out + outcome.err);
}

// The probes that have measured nothing yet.
std::string awaited(const e2e::Server& server) {
  std::string ids;
  const e2e::Json listed = server.json("/api/v1/probes");
  for (const e2e::Json& probe : listed["probes"]) {
    if (probe["fresh"] != true) ids += probe["id"].get<std::string>() + " ";
  }
  return ids;
}

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

}  // namespace

void set_world_clock(Instant now) {
  ahead = std::chrono::round<std::chrono::seconds>(now - machine_now());
  ::setenv("LD_PRELOAD", WORLD_CLOCK, 1);
  ::setenv("WORLD_CLOCK_AHEAD", std::to_string(ahead.count()).c_str(), 1);
}

Instant world_now() { return machine_now() + ahead; }
Duration world_ahead() { return ahead; }

House::House(Instant begin) {
  set_world_clock(begin);
  build_homepage();
  plan_mail();
  stage_ = std::make_unique<servers::Process>(
      folder_, e2e::Words{e2e::program(), "stage", "run", "--control", path("stage"),
                          "examples/musterkreis/stage.yaml"});
  stage_->wait_until([this] { return stage_->output().find("stage ready") != std::string::npos; });
  start_helper();
  start_program();
  start_front();
}

House::~House() {
  if (stage_ && stage_->running()) stage_->stop(SIGTERM);
}

void House::build_homepage() const {
  const fs::path www = cms_.folder().path() / "www";
  fs::create_directories(www / "kfz");
  const auto page = [](const char* title, const char* body) {
    return fmt::format("<!doctype html><html lang=de><head><title>{0}</title>"
                       "<link rel=stylesheet href=\"/stil.css\"></head><body><h1>{0}</h1>{1}"
                       "</body></html>",
                       title, body);
  };
  std::ofstream(www / "index.html")
      << page("Herzlich willkommen im Musterkreis",
              "<p>Ihre Kreisverwaltung im Netz.</p><ul><li><a href=\"/kfz/\">Kfz-Zulassung</a></li>"
              "</ul><form action=/suche method=post><label>Suche <input name=q></label></form>");
  std::ofstream(www / "kfz/index.html")
      << page("Kfz-Zulassung", "<p>Bitte bringen Sie die eVB-Nummer mit.</p>");
  std::ofstream(www / "stil.css") << "body{font:1.1rem sans-serif;max-width:50rem;margin:2rem auto}"
                                     "h1{color:#0b4a5e}";
}

// The Sieve script of the plan goes to the house's server before its port is known.
void House::plan_mail() {
  Values values{{"CMS", std::to_string(cms_.port())},
                {"COPY", std::to_string(copy_port_)},
                {"DB1", std::to_string(databases_.port_of("p"))},
                {"DB2", std::to_string(databases_.port_of("s"))},
                {"MX1", "25"},
                {"IMAP", "143"},
                {"MX2", std::to_string(backup_.port())},
                {"MX2_ETC", backup_.etc().string()},
                {"ELSEWHERE", std::to_string(elsewhere_.port())}};
  district_ = folder_.path() / "district";
  write_district(district_, values);
  must(e2e::run({"mail", "plan", district_.string(), path("first")}));
  mail_.emplace(folder_.path() / "first/primary/duplicates.sieve",
                std::vector<std::string>{kOffice}, authority_.issue("mx1", -90, 90));
  values["MX1"] = std::to_string(mail_->port());
  values["IMAP"] = std::to_string(mail_->imap_port());
  write_district(district_, values);
  must(e2e::run({"mail", "plan", district_.string(), backup_.etc().string(), "--append",
                 backup_.own_settings().string()}));
  const fs::path list = folder_.write("list", fmt::format("{}\n", kOffice));
  must(e2e::run({"mail", "recipients", backup_.etc().string(), "--from", list.string()}));
  must(e2e::run({"mail", "check", backup_.etc().string()}));
  backup_.start();
}

void House::start_helper() {
  must(e2e::run({"helper", "keygen", path("key")}));
  folder_.write("commands.yaml", databases_.commands());
  must(e2e::run({"helper", "sign", path("commands.yaml"), "--key", path("key")}));
  helper_ = std::make_unique<servers::Process>(
      folder_, e2e::Words{e2e::program(), "helper", "run", "--list", path("commands.yaml"), "--key",
                          path("key.pub"), "--socket", path("helper"), "--memory", path("memory"),
                          "--peer", getpwuid(geteuid())->pw_name});
  helper_->wait_until([this] { return fs::exists(path("helper")); });
}

void House::start_program() {
  server_ = std::make_unique<e2e::Server>(
      district_, e2e::Words{}, "",
      e2e::Words{"--helper", path("helper"), "--console", "build/console"});
  line_.emplace(fmt::format("location / {{ proxy_pass http://127.0.0.1:{}; "
                            "proxy_set_header Host $http_host; proxy_buffering off; }}",
                            server_->port()),
                false);
  const bool measured = await(
      [this] {
        return awaited(*server_).empty() && !server_->json("/api/v1/homepage")["copies"].empty();
      },
      kMeasured);
  if (!measured) throw std::runtime_error("the program does not measure:\n" + server_->output());
}

// What the program prints for nginx, with the cache in a folder of the test.
void House::start_front() {
  const auto printed = [this](e2e::Words more) {
    e2e::Words words{"fallback-site", "nginx", district_.string()};
    words.insert(words.end(), more.begin(), more.end());
    std::string text = e2e::run(words).out;
    const std::string cache = "/var/cache/nginx/dienstbereit";
    const std::size_t at = text.find(cache);
    if (at != std::string::npos) text.replace(at, cache.size(), path("cache"));
    return text;
  };
  front_.emplace(printed({"--location"}), false, "127.0.0.1", printed({}));
}

void House::surge() {
  const auto cut = [this](std::string what, std::vector<std::string> components, auto power_off) {
    cuts_.push_back({std::move(what), std::move(components), world_now()});
    power_off();
  };
  cut("the stage's servers", {},
      [this] { must(e2e::run({"stage", "surge", "--control", path("stage")})); });
  cut("nginx with the homepage", {"WEB"}, [this] { cms_.process().stop(SIGKILL); });
  cut("Postfix and Dovecot", {"MAIL", "MAIL-GW", "MAIL-STORE"}, [this] { mail_->cut(); });
  cut("PostgreSQL in room 1", {"DB-PG1"}, [this] { databases_.kill("p"); });
}

void House::works(const std::string& component) {
  if (component == "WEB") return cms_.start();
  if (component == "MAIL") return mail_->restore();
  if (component.starts_with("MAIL-") || component == "DB-PG") return;
  must(e2e::run({"stage", "start", lower(component), "--control", path("stage")}));
}

void House::go_to(Instant t) {
  server_->stop();
  backup_.stop();
  set_world_clock(t);
  backup_.start();
  server_->start();
  server_->wait_until_ready();
  // Until it has measured itself it shows the last words of before, and says so.
  const auto speaks_of_now = [&] {
    return server_->page("/en/").find("The observer restarted") == std::string::npos;
  };
  if (!await([&] { return speaks_of_now() && awaited(*server_).empty(); }, kMeasured)) {
    throw std::runtime_error("not measured: " + awaited(*server_) + "\n" + server_->output());
  }
}

std::string House::homepage_url() const {
  return fmt::format("http://127.0.0.1:{}/", front_->port());
}
std::string House::homepage() const { return e2e::ask_tcp("127.0.0.1", front_->port(), "/").body; }
std::string House::counters_origin() const {
  return fmt::format("http://127.0.0.1:{}", line_->port());
}
void House::cut_counters() { line_->process().stop(SIGKILL); }

void House::send_mail(std::size_t count, const std::string& to) const {
  for (const std::uint16_t port : {mail_->port(), backup_.port()}) {
    try {
      servers::run_program({"/usr/sbin/smtp-source", "-4", "-s", "2", "-m", std::to_string(count),
                            "-l", "1000", "-f", "buerger@fremd.example", "-t", to,
                            fmt::format("127.0.0.1:{}", port)});
      return;
    } catch (const std::runtime_error&) {
      if (port == backup_.port()) throw;
    }
  }
}

e2e::Outcome House::mail(e2e::Words words) const {
  words.insert(words.begin(), "mail");
  words.insert(words.end(), {"--config", backup_.etc().string()});
  return e2e::run(words);
}

std::vector<std::string> House::mailbox(const std::string& address) const {
  std::istringstream lines(servers::run_program(
      {"python3", "test/e2e/read_mailbox.py", std::to_string(mail_->imap_port()), address}));
  std::vector<std::string> ids;
  for (std::string id; std::getline(lines, id);) ids.push_back(id);
  return ids;
}

}  // namespace dienstbereit::lived
