// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/control.h"

#include <fmt/format.h>

#include "app/open_files.h"
#include "base/log.h"
#include "config/load.h"
#include "config/telling/contacts.h"
#include "web/outside/feedback.h"
#include "web/upload/picture.h"

namespace dienstbereit::app {
namespace {

constexpr std::size_t kMostPhotos = 5'000;
constexpr std::size_t kMostFeedback = 2'000;
constexpr const char* kNoHomepage =
    "nothing is copied or served in an exercise, and without 'homepage:' in the district";

void add_gauges(const HomepageFigures& homepage, Instant now, std::vector<web::Gauge>& gauges) {
  const auto seconds = [](Duration d) { return std::chrono::duration<double>(d).count(); };
  gauges.push_back({"homepage_requests_total", "Requests that the fallback homepage answered.",
                    static_cast<double>(homepage.requests)});
  gauges.push_back({"homepage_copies", "Copies of the homepage that are kept.",
                    static_cast<double>(homepage.copies.size())});
  if (!homepage.copies.empty()) {
    gauges.push_back({"homepage_copy_age_seconds", "Age of the newest copy of the homepage.",
                      seconds(now - homepage.copies.front().taken)});
  }
  if (homepage.certificate_until) {
    gauges.push_back({"homepage_certificate_seconds", "How long its certificate still holds.",
                      seconds(*homepage.certificate_until - now)});
  }
}

}  // namespace

AppControl::AppControl(const runtime::Clock& clock, engine::Engine& engine,
                       const runtime::Credentials& credentials, runtime::Loop& worker,
                       web::Subscriptions& subscriptions, Files files)
    : clock_(clock),
      engine_(engine),
      credentials_(credentials),
      worker_(worker),
      subscriptions_(subscriptions),
      files_(std::move(files)),
      photos_(files_.data / "photos", {kMostPhotos, web::kPictureBytesMax}),
      feedback_(files_.data / "feedback", {kMostFeedback, web::kFeedbackBytesMax}) {}

void AppControl::use(std::shared_ptr<const District> district) {
  const std::lock_guard lock(mutex_);
  district_ = std::move(district);
}

void AppControl::use(std::shared_ptr<const Situation> situation) {
  const std::lock_guard lock(mutex_);
  situation_ = std::move(situation);
}

Result<std::string> AppControl::read_contacts() {
  Messenger* messenger = messenger_;
  app::Papers* papers = papers_;
  auto book = config::load_contacts(files_.contacts);
  if (!book && book.error().code == Errc::NotFound) {
    if (messenger) messenger->use(config::ContactBook());
    if (papers) papers->use(config::ContactBook());
    return fmt::format("no contacts in {}: nobody is told", files_.contacts.string());
  }
  if (!book) {
    return fail(book.error().code,
                "the contacts were not read, those before stay:\n" + book.error().message);
  }
  const std::size_t count = book->contacts.size();
  if (papers) papers->use(*book);
  if (messenger) messenger->use(std::move(*book));
  return fmt::format("recipients in the contacts: {}", count);
}

void AppControl::acknowledge(Actor actor, std::string what, Reply reply) {
  std::shared_ptr<const Situation> situation;
  {
    const std::lock_guard lock(mutex_);
    situation = situation_;
  }
  Messenger* messenger = messenger_;
  if (messenger && situation) what = messenger->resolved(what, situation->notices);
  engine_.command(std::move(actor), Acknowledge{std::move(what)}, std::move(reply));
}

Duration AppControl::intake_grace() const {
  const std::lock_guard lock(mutex_);
  return district_->intake.grace;
}

Instant AppControl::now() const { return clock_.now() + engine_.civil_offset(); }

std::optional<std::string> AppControl::heartbeat_token(const ProbeId& probe) const {
  std::shared_ptr<const District> district;
  {
    const std::lock_guard lock(mutex_);
    district = district_;
  }
  const ProbeSpec* spec = district ? find_probe(*district, probe) : nullptr;
  const auto* heartbeat = spec ? std::get_if<HeartbeatProbe>(&spec->action) : nullptr;
  if (!heartbeat) return std::nullopt;
  auto token = credentials_.find(heartbeat->credential);
  if (!token) {
    log::warning("heartbeat {}: {}", probe.str(), token.error().message);
    return std::nullopt;
  }
  return *token;
}

bool AppControl::heartbeat(const ProbeId& probe) {
  ProbeResult result;
  result.probe = probe;
  result.began = clock_.now();
  result.ended = result.began;
  result.outcome = ProbeOutcome::Success;
  result.detail = "heartbeat received";
  return engine_.report(std::move(result));
}

void AppControl::reload(Actor actor, Reply reply) {
  // Reading and checking files takes time: on the worker's thread.
  worker_.post([this, actor = std::move(actor), reply = std::move(reply)] {
    config::Loaded loaded = config::load_path(files_.district);
    if (!loaded.district) {
      reply(fail(Errc::InvalidInput, "the district was not loaded, the one before stays:\n" +
                                         config::to_lines(loaded.diagnostics)));
      return;
    }
    check_open_files(*loaded.district);
    const auto contacts = read_contacts();
    const std::string said = contacts ? *contacts : contacts.error().message;
    engine_.command(actor, LoadDistrict{loaded.district}, [reply, said](Result<Answer> answer) {
      if (answer) answer->notes.push_back(said);
      reply(std::move(answer));
    });
  });
}

void AppControl::backup(Actor actor, std::string file, Reply reply) {
  engine_.command(std::move(actor), Backup{std::move(file)}, std::move(reply));
}

void AppControl::make_handbook(web::Control::Papers done) {
  papers_.load()->make_handbook(std::move(done));
}

void AppControl::make_packs(const SiteId& site, web::Control::Papers done) {
  papers_.load()->make_packs(site, std::move(done));
}

std::vector<Wording> AppControl::papers_due() const { return papers_.load()->due(); }

void AppControl::keep_photo(std::string picture, Kept done) {
  worker_.post([this, picture = std::move(picture), done] { done(photos_.keep(picture)); });
}

void AppControl::find_photo(const std::string& id, Kept done) {
  worker_.post([this, id, done] { done(photos_.find(id)); });
}

void AppControl::erase_photo(const std::string& id, Kept done) {
  worker_.post([this, id, done] { done(photos_.erase(id)); });
}

void AppControl::keep_feedback(std::string feedback, Kept done) {
  worker_.post([this, feedback = std::move(feedback), done] { done(feedback_.keep(feedback)); });
}

void AppControl::list_feedback(std::function<void(std::vector<Entry>)> done) {
  worker_.post([this, done] { done(feedback_.all()); });
}

void AppControl::erase_feedback(const std::string& id, Kept done) {
  worker_.post([this, id, done] { done(feedback_.erase(id)); });
}

std::optional<HomepageFigures> AppControl::homepage() const {
  const Homepage* homepage = homepage_;
  return homepage ? homepage->figures() : std::nullopt;
}

Result<void> AppControl::fetch_homepage(bool anew) {
  Homepage* homepage = homepage_;
  if (!homepage) return fail(Errc::Unavailable, kNoHomepage);
  return homepage->fetch(anew);
}

void AppControl::prune_homepage(unsigned keep, Kept done) {
  Homepage* homepage = homepage_;
  if (!homepage) return done(fail(Errc::Unavailable, kNoHomepage));
  homepage->prune(keep, std::move(done));
}

std::vector<web::Gauge> AppControl::gauges() const {
  std::vector<web::Gauge> gauges{{"input_queue_length", "Inputs that wait for the engine.",
                                  static_cast<double>(engine_.queue_length())}};
  if (const Keeper* keeper = keeper_) {
    const journal::DiskState disk = keeper->disk();
    gauges.push_back(
        {"journal_bytes", "Bytes that the journal uses.", static_cast<double>(disk.used_bytes)});
    gauges.push_back({"disk_free_bytes", "Bytes free where the journal lies.",
                      static_cast<double>(disk.free_bytes)});
    gauges.push_back({"disk_level", "0: room enough; 1: warning; 2: full, nothing is recorded.",
                      static_cast<double>(disk.level)});
  }
  if (const auto homepage = this->homepage()) add_gauges(*homepage, now(), gauges);
  const probe::Prober* prober = prober_;
  if (!prober) return gauges;
  const probe::ProberFigures figures = prober->figures();
  const auto seconds = [](std::chrono::microseconds us) {
    return std::chrono::duration<double>(us).count();
  };
  const auto number = [](std::uint64_t n) { return static_cast<double>(n); };
  gauges.push_back({"probe_runs_total", "Probe runs begun.", number(figures.runs)});
  gauges.push_back({"probe_slots_skipped_total", "Slots left out because the probe still ran.",
                    number(figures.skipped)});
  gauges.push_back({"probe_results_dropped_total", "Results that found the queue full.",
                    number(figures.dropped)});
  gauges.push_back({"probes_running", "Probe runs under way.", number(figures.running)});
  gauges.push_back(
      {"probes_waiting", "Probes that wait for a free place.", number(figures.waiting)});
  gauges.push_back({"probe_lateness_median_seconds", "How late probes begin: median.",
                    seconds(figures.lateness_median)});
  gauges.push_back({"probe_lateness_p99_seconds", "How late probes begin: 99th percentile.",
                    seconds(figures.lateness_p99)});
  return gauges;
}

std::optional<Wording> AppControl::warning() const {
  const Keeper* keeper = keeper_;
  if (!keeper) return std::nullopt;
  const Wording advice = keeper->disk().advice;
  return advice.empty() ? std::nullopt : std::optional(advice);
}

}  // namespace dienstbereit::app
