// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/site/site.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/log.h"
#include "fallback/site/fetch.h"
#include "runtime/server_certificate.h"

namespace dienstbereit::fallback::site {
namespace {

namespace fs = std::filesystem;

constexpr std::chrono::seconds kLookEvery{30};
constexpr Duration kRetry = std::chrono::hours(1);
constexpr const char* kDarkHost = "dark";

// "2026-11-26T0200", civil.
std::string copy_name(const TimeZone& zone, Instant t) {
  const auto local = zone.to_local(t);
  const Day day = date::floor<date::days>(local);
  const std::string clock = to_hhmm(date::floor<Minutes>(local - day));
  return fmt::format("{}T{}{}", to_iso(day), clock.substr(0, 2), clock.substr(3));
}

bool listens_alike(const HomepageSpec& a, const HomepageSpec& b) {
  return a.listen == b.listen && a.listen_tls == b.listen_tls && a.certificate == b.certificate &&
         a.key == b.key;
}

}  // namespace

Instant next_night(const TimeZone& zone, Minutes at, Instant t) {
  Day day = zone.day_of(t);
  while (zone.at(day, at) <= t) day += date::days(1);
  return zone.at(day, at);
}

Site::Site(Ports ports, fs::path data, fs::path beside)
    : ports_(std::move(ports)),
      folder_(std::move(data) / "homepage"),
      beside_(std::move(beside)),
      copies_(folder_ / "copies"),
      serving_("homepage"),
      work_("mirror"),
      timer_(work_.context()),
      shelf_(ports_.tell, ports_.now) {
  serving_.start();
  work_.start();
}

Site::~Site() { close(); }

void Site::close() {
  const std::lock_guard lock(closing_);
  if (std::exchange(closed_, true)) return;
  cancel_.cancel();
  work_.stop();
  server_.reset();
  serving_.stop();
}

// ---- what others ask, from any thread ----------------------------------------------------------

void Site::use(std::shared_ptr<const District> district) {
  work_.post([this, district = std::move(district)]() mutable { configure(std::move(district)); });
}

void Site::set_mode(SiteMode mode) {
  serving_.post([this, mode] { shelf_.set_mode(mode); });
}

void Site::look() {
  if (looking_.exchange(true)) return;
  serving_.post([this] {
    looking_ = false;
    shelf_.look();
  });
}

Result<void> Site::fetch_now(bool anew) {
  if (fetching_.exchange(true)) {
    return fail(Errc::Conflict, "the homepage is being fetched already; wait for its end");
  }
  work_.post([this, anew] { fetch(anew); });
  return {};
}

void Site::prune(unsigned keep, Done done) {
  work_.post([this, keep, done = std::move(done)] {
    const std::size_t gone = copies_.prune(keep);
    learn();
    done(fmt::format("copies removed: {}", gone));
  });
}

HomepageFigures Site::figures() const {
  const std::lock_guard lock(figures_mutex_);
  HomepageFigures figures = figures_;
  figures.fetching = fetching_;
  figures.requests = served_.requests;
  if (const std::int64_t last = served_.last_ms; last != 0) {
    figures.last_request = Instant(Duration(last));
  }
  return figures;
}

// ---- on the thread that works ------------------------------------------------------------------

fs::path Site::beside(const std::string& file) const {
  return file.empty() || fs::path(file).is_absolute() ? fs::path(file) : beside_ / file;
}

void Site::configure(std::shared_ptr<const District> district) {
  if (cancel_.cancelled()) return;
  const auto before = std::exchange(district_, std::move(district));
  if (!district_->homepage) {
    server_.reset();
    return;
  }
  const HomepageSpec& spec = *district_->homepage;
  if (!before || !before->homepage) {
    if (auto opened = copies_.open(); !opened) log::error("homepage: {}", opened.error().message);
    const auto copies = copies_.list();
    if (!copies.empty()) tried_ = copies.front().taken;
  }
  // Another site: what there is of the one before is no copy of it.
  if (before && before->homepage && before->homepage->url != spec.url) tried_.reset();
  show_dark();
  show_current();
  if (!before || !before->homepage || !listens_alike(*before->homepage, spec)) listen();
  step();
}

void Site::listen() {
  const HomepageSpec& spec = *district_->homepage;
  server_.reset();  // before another takes its ports
  server_ = std::make_unique<Server>(serving_, shelf_, served_, ports_.now);
  const auto started =
      server_->start({spec.listen, spec.listen_tls, beside(spec.certificate), beside(spec.key)});
  const std::lock_guard lock(figures_mutex_);
  figures_.ports = server_->ports();
  figures_.problem = started ? "" : started.error().message;
  if (!started) log::error("homepage: {}", started.error().message);
}

void Site::show_current() {
  const std::string name = copies_.current();
  const HomepageSpec& spec = *district_->homepage;
  std::shared_ptr<const OpenCopy> open;
  for (const HomepageCopy& copy : copies_.list()) {
    if (copy.name != name) continue;
    const fs::path site = copies_.path_of(name) / kSiteFolder;
    auto index = CopyIndex::read(site, own_hosts(spec), spec.bounds.files);
    if (index) {
      open = std::make_shared<const OpenCopy>(OpenCopy{site, std::move(*index), copy.taken});
    } else {
      log::error("homepage: copy {} cannot be served: {}", name, index.error().message);
    }
  }
  serving_.post([this, open] { shelf_.set_copy(open); });
  learn();
}

// Copied and made ready as a fetched one, so that it gets the banner and can run nothing either.
Result<std::shared_ptr<const OpenCopy>> Site::open_dark() const {
  const HomepageSpec& spec = *district_->homepage;
  const fs::path made = folder_ / "dark";
  std::error_code error;
  fs::remove_all(made, error);
  fs::create_directories(made, error);
  if (!error) {
    fs::copy(beside(spec.dark), made / kDarkHost,
             fs::copy_options::recursive | fs::copy_options::skip_symlinks, error);
  }
  if (error) {
    return fail(Errc::Io, fmt::format("the dark site '{}' cannot be read: {}",
                                      beside(spec.dark).string(), error.message()));
  }
  RewriteOptions options;
  options.own_hosts = own_hosts(spec);
  options.de = ports_.sentences(PageLanguage::German);
  options.en = ports_.sentences(PageLanguage::English);
  if (auto ready = prepare(made, options, {kDarkHost}, spec.bounds.files); !ready) {
    return tl::unexpected(ready.error());
  }
  auto index = CopyIndex::read(made, {kDarkHost}, spec.bounds.files);
  if (!index) return tl::unexpected(index.error());
  return std::make_shared<const OpenCopy>(OpenCopy{made, std::move(*index), {}});
}

void Site::show_dark() {
  std::shared_ptr<const OpenCopy> dark;
  if (!district_->homepage->dark.empty()) {
    auto open = open_dark();
    if (open) {
      dark = std::move(*open);
    } else {
      log::error("homepage: {}; a page is made instead", open.error().message);
    }
  }
  serving_.post([this, dark] { shelf_.set_dark(dark); });
}

void Site::learn() {
  auto copies = copies_.list();
  auto current = copies_.current();
  const std::lock_guard lock(figures_mutex_);
  figures_.copies = std::move(copies);
  figures_.current = std::move(current);
}

void Site::look_at_certificate() {
  const HomepageSpec& spec = *district_->homepage;
  std::optional<Instant> until;
  std::string problem;
  if (!spec.certificate.empty()) {
    for (const std::string& name : spec.names.empty() ? std::vector<std::string>{""} : spec.names) {
      const auto end = runtime::certificate_end(beside(spec.certificate), beside(spec.key), name);
      if (!end) {
        problem = end.error().message;
      } else {
        until = *end;
      }
    }
    if (server_) serving_.post([server = server_.get()] { server->renew_certificate(); });
  }
  const std::lock_guard lock(figures_mutex_);
  if (problem != figures_.certificate_problem && !problem.empty()) {
    log::warning("homepage: {}", problem);
  }
  figures_.certificate_until = until;
  figures_.certificate_problem = std::move(problem);
}

void Site::step() {
  if (cancel_.cancelled() || !district_ || !district_->homepage) return;
  look_at_certificate();
  const auto zone = TimeZone::find(district_->administration.time_zone);
  const Instant now = ports_.now();
  const bool due = zone && (!tried_ || now >= next_night(*zone, district_->homepage->at, *tried_));
  if ((due || (again_ && now >= *again_)) && !fetching_.exchange(true)) fetch(false);
  wait();
}

void Site::wait() {
  timer_.expires_after(kLookEvery);
  timer_.async_wait([this](const runtime::ErrorCode& ended) {
    if (!ended) step();
  });
}

void Site::fetch(bool anew) {
  const auto district = district_;
  if (cancel_.cancelled() || !district || !district->homepage) {
    fetching_ = false;
    return;
  }
  const HomepageSpec& spec = *district->homepage;
  const Instant now = ports_.now();
  tried_ = now;
  again_.reset();
  const auto zone = TimeZone::find(district->administration.time_zone);
  const auto copies = copies_.list();
  HomepageCopied told;
  Result<void> outcome;
  const auto draft = copies_.begin(copy_name(*zone, now));
  if (draft) {
    const FetchOptions options{spec, beside(spec.ca_file), ports_.sentences(PageLanguage::German),
                               ports_.sentences(PageLanguage::English), anew};
    auto fetched = site::fetch(options, draft->folder, copies.empty() ? nullptr : &copies.front(),
                               runtime::Limit(spec.bounds.time, cancel_));
    if (fetched) {
      fetched->facts.taken = now;
      outcome = copies_.finish(*draft, fetched->facts);
      told = {true, draft->name, fetched->facts.files, fetched->facts.bytes, fetched->left_out};
    } else {
      outcome = tl::unexpected(fetched.error());
    }
    if (!outcome) copies_.drop(*draft);
  } else {
    outcome = tl::unexpected(draft.error());
  }
  if (!outcome && !cancel_.cancelled()) {
    told = {false, "", 0, 0, outcome.error().message};
    again_ = now + kRetry;
    log::error("homepage: no new copy: {}", told.detail);
  } else if (outcome) {
    log::info("homepage: copy {}: {} files, {} bytes", told.copy, told.files, told.bytes);
    copies_.prune(spec.keep);
    show_current();
  }
  {
    const std::lock_guard lock(figures_mutex_);
    figures_.trouble = outcome ? "" : told.detail;
  }
  if (!cancel_.cancelled()) ports_.report(told);
  fetching_ = false;
}

}  // namespace dienstbereit::fallback::site
