// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/papers/papers.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/papers/appointment_file.h"
#include "base/file.h"
#include "base/log.h"
#include "handbook/handbook.h"
#include "handbook/seal.h"
#include "view/stamp.h"

namespace dienstbereit::app {
namespace {

using words::Language;

constexpr unsigned kAfterLoss = 1000;  // more forms than are given in a day
constexpr const char* kSealedName = "handbook/handbook.html";

std::vector<handbook::Person> people_of(const config::ContactBook& book) {
  std::vector<handbook::Person> people;
  for (const config::Contact& contact : book.contacts) {
    people.push_back({contact.id, contact.name, contact.mail, contact.mobile, contact.level,
                      contact.hours ? to_osm(*contact.hours) : std::string()});
  }
  return people;
}

bool is_published(const District& district) {
  return std::any_of(district.publish.begin(), district.publish.end(),
                     [](const PublishTarget& target) { return target.handbook; });
}

tl::unexpected<Error> not_now() {
  return fail(Errc::Unavailable,
              "no papers are made while the program starts or in an exercise; try again");
}

}  // namespace

Papers::Papers(const runtime::Clock& clock, const engine::Engine& engine,
               const runtime::Credentials& credentials)
    : clock_(clock),
      engine_(engine),
      credentials_(credentials),
      loop_("papers"),
      timer_(loop_.context()),
      contacts_{std::make_shared<const std::vector<handbook::Person>>(), kEscalateAfter, 0} {}

Papers::~Papers() { close(); }

void Papers::open(const std::filesystem::path& data) {
  data_ = data;
  auto book = PaperBook::read(data);
  if (book) {
    book_ = std::move(*book);
  } else if (book.error().code != Errc::NotFound) {
    // Nobody must wait for a pack because of it; no number of before is given again.
    log::error("{}; it is moved aside: the handbook counts as not taken out, and the forms of "
               "today count from {}",
               book.error().message, kAfterLoss + 1);
    PaperBook::move_aside(data);
    lost_ = true;
  }
  standing_.handbook = book_.handbook;
  open_ = true;
  loop_.start();
}

void Papers::close() {
  if (!open_.exchange(false)) return;
  loop_.stop();
  for (const auto& [site, courier] : couriers_) courier->loop.stop();
}

void Papers::show(std::shared_ptr<const Situation> situation) {
  {
    const std::lock_guard lock(mutex_);
    situation_ = std::move(situation);
  }
  if (open_ && !awake_.exchange(true)) loop_.post([this] { look(); });
}

void Papers::use(const config::ContactBook& book) {
  const std::lock_guard lock(mutex_);
  contacts_.people = std::make_shared<const std::vector<handbook::Person>>(people_of(book));
  contacts_.escalate_after = book.escalate_after;
  ++contacts_.version;
}

Papers::Book Papers::contacts() const {
  const std::lock_guard lock(mutex_);
  return contacts_;
}

std::shared_ptr<const Situation> Papers::situation() const {
  const std::lock_guard lock(mutex_);
  return situation_;
}

std::vector<Wording> Papers::due() const {
  const std::lock_guard lock(mutex_);
  if (!situation_) return {};
  return handbook::papers_due(*situation_->district, standing_, now());
}

std::vector<StaticFile> Papers::sealed_handbook() const {
  const std::lock_guard lock(mutex_);
  return sealed_;
}

std::string Papers::sealed_mark() const {
  const std::lock_guard lock(mutex_);
  return sealed_.empty() ? std::string() : sealed_for_;
}

void Papers::note(const SiteId& site, const std::optional<Instant>& made,
                  const std::string& trouble) {
  const std::lock_guard lock(mutex_);
  auto known = std::find_if(standing_.packs.begin(), standing_.packs.end(),
                            [&](const auto& one) { return one.site == site; });
  if (known == standing_.packs.end()) {
    known = standing_.packs.insert(known, handbook::PackStanding{site, {}, {}});
  }
  if (known->trouble != trouble && !trouble.empty()) {
    log::warning("pack of {}: {}", site.str(), trouble);
  }
  known->made = made;
  known->trouble = trouble;
}

void Papers::look_again() {
  timer_.expires_after(kLookEvery);
  timer_.async_wait([this](const runtime::ErrorCode& ended) {
    if (!ended) look();
  });
}

void Papers::look() { look_from(0); }

// One site a turn, so that who asks for a pack meanwhile does not wait for those of all sites.
void Papers::look_from(std::size_t site) {
  if (!open_) return;
  const auto current = situation();
  const auto& sites = current->district->pack.sites;
  if (site < sites.size()) {
    look_at_site(*current, sites[site]);
    loop_.post([this, next = site + 1] { look_from(next); });
    return;
  }
  seal_handbook(*current);
  look_again();
}

void Papers::look_at_site(const Situation& situation, const PackSite& site) {
  const TimeZone zone = view::zone_of(*situation.district);
  const Shelf shelf(shelf_folder(data_, site.site), site.site, zone);
  const auto made = shelf.newest();
  const bool due = !made || *made < handbook::last_due(now(), situation.district->pack.at, zone);
  const auto failure = failures_.find(site.site);
  if (due && (failure == failures_.end() || failure->second.retry_at <= now())) {
    make_pack(situation, site);
  }
  bring(situation, site);
}

Result<StaticFile> Papers::make_pack(const Situation& situation, const PackSite& site) {
  const TimeZone zone = view::zone_of(*situation.district);
  const Shelf shelf(shelf_folder(data_, site.site), site.site, zone);
  const Instant at = now();
  const auto failed = [&](const Error& error) {
    failures_[site.site] = {at + kRetryAfter, error.message};
    return tl::unexpected(error);
  };
  const auto passphrase = credentials_.find(pack_credential(site.site));
  if (!passphrase) return failed(passphrase.error());
  if (auto sound = handbook::check_passphrase(*passphrase); !sound) return failed(sound.error());
  const auto first = take_numbers(situation, site.site);
  if (!first) return failed(first.error());
  const Book book = contacts();
  const handbook::Facts facts{situation, *book.people, book.escalate_after, at};
  const handbook::PackFacts pack{facts, site.site, appointments_of(situation, site), *first};
  auto page = handbook::sealed_page(handbook::pack(Language::De, pack),
                                    handbook::pack(Language::En, pack), *passphrase);
  if (!page) return failed(page.error());
  std::error_code ec;
  std::filesystem::create_directories(shelf_folder(data_, site.site), ec);
  if (auto put = shelf.put(at, *page); !put) return failed(put.error());
  shelf.prune(at - situation.district->pack.keep);
  failures_.erase(site.site);
  log::info("pack of {}: made", site.site.str());
  return StaticFile{shelf.path_of(at).filename().string(), std::move(*page)};
}

// Remembered before they are printed: a number is never given twice.
Result<unsigned> Papers::take_numbers(const Situation& situation, const SiteId& site) {
  const std::string today = to_iso(view::zone_of(*situation.district).day_of(now()));
  PaperBook book = book_;
  PaperBook::Forms& forms = book.forms[site];
  if (forms.day != today) forms = {today, lost_ ? kAfterLoss : 0};
  const unsigned first = forms.given + 1;
  forms.given += handbook::forms_of(*situation.district, site);
  if (auto written = book.write(data_); !written) return tl::unexpected(written.error());
  book_ = std::move(book);
  return first;
}

std::vector<handbook::OfficeAppointments> Papers::appointments_of(const Situation& situation,
                                                                  const PackSite& site) const {
  const TimeZone zone = view::zone_of(*situation.district);
  std::vector<handbook::OfficeAppointments> all;
  for (const AppointmentSource& source : site.appointments) {
    all.push_back(read_appointments(source, zone));
  }
  return all;
}

// To the folder that the site can reach, on a thread of that folder's own.
void Papers::bring(const Situation& situation, const PackSite& site) {
  const TimeZone zone = view::zone_of(*situation.district);
  const Shelf shelf(shelf_folder(data_, site.site), site.site, zone);
  const auto failure = failures_.find(site.site);
  const std::string not_made = failure == failures_.end() ? std::string() : failure->second.why;
  if (site.to.empty()) {
    note(site.site, shelf.newest(), not_made);
    return;
  }
  std::unique_ptr<Courier>& courier = couriers_[site.site];
  if (!courier) {
    courier = std::make_unique<Courier>();
    courier->loop.start();
  }
  if (courier->busy.exchange(true)) return;
  const Shelf there(site.to, site.site, zone);
  const Duration keep = situation.district->pack.keep;
  courier->loop.post(
      [this, id = site.site, to = site.to, shelf, there, keep, not_made, courier = courier.get()] {
        const auto made = shelf.newest();
        std::string trouble = not_made;
        std::error_code ec;
        if (!std::filesystem::is_directory(to, ec)) {
          trouble = fmt::format("the folder {} is not there; is it mounted?", to);
        } else if (made && there.newest() != made) {
          const auto page = read_file(shelf.path_of(*made), 4 * handbook::kLargestSealed);
          const auto put = page ? there.put(*made, *page) : tl::unexpected(page.error());
          if (!put) trouble = put.error().message;
          if (put) there.prune(now() - keep);
        }
        note(id, there.newest(), trouble);
        courier->busy = false;
      });
}

void Papers::seal_handbook(const Situation& situation) {
  std::string wanted;
  if (is_published(*situation.district)) {
    const TimeZone zone = view::zone_of(*situation.district);
    const std::lock_guard lock(mutex_);
    wanted = fmt::format("{} {} {}", situation.district->hash, contacts_.version,
                         to_rfc3339(handbook::last_due(now(), situation.district->pack.at, zone)));
  }
  if (wanted == sealed_for_) return;
  const auto made = wanted.empty() ? Result<StaticFile>(StaticFile()) : sealed(situation);
  std::unique_lock lock(mutex_);
  if (!made) {
    if (standing_.handbook_trouble != made.error().message) {
      log::warning("the handbook is not published: {}", made.error().message);
    }
    standing_.handbook_trouble = made.error().message;
    return;
  }
  standing_.handbook_trouble.clear();
  sealed_.clear();
  if (!wanted.empty()) sealed_.push_back(*made);
  sealed_for_ = wanted;
  lock.unlock();
  tell_sealed_();
}

Result<StaticFile> Papers::sealed(const Situation& situation) const {
  const auto passphrase = credentials_.find(kHandbookCredential);
  if (!passphrase) return tl::unexpected(passphrase.error());
  const Book known = contacts();
  const handbook::Facts facts{situation, *known.people, known.escalate_after, now()};
  auto page = handbook::sealed_page(handbook::handbook(Language::De, facts),
                                    handbook::handbook(Language::En, facts), *passphrase);
  if (!page) return tl::unexpected(page.error());
  return StaticFile{kSealedName, std::move(*page)};
}

Result<std::vector<StaticFile>> Papers::handbook_files(const Situation& situation) {
  const Book known = contacts();
  const handbook::Facts facts{situation, *known.people, known.escalate_after, now()};
  std::vector<StaticFile> files;
  for (const Language language : {Language::De, Language::En}) {
    const handbook::Document document = handbook::handbook(language, facts);
    auto pdf = handbook::to_pdf(document);
    if (!pdf) return tl::unexpected(pdf.error());
    const std::string name = fmt::format("handbook.{}", words::code_of(language));
    files.push_back({name + ".html", handbook::to_html(document)});
    files.push_back({name + ".pdf", std::move(*pdf)});
  }
  PaperBook book = book_;
  book.handbook = facts.now;
  if (auto written = book.write(data_); !written) return tl::unexpected(written.error());
  book_ = std::move(book);
  const std::lock_guard lock(mutex_);
  standing_.handbook = facts.now;
  return files;
}

void Papers::make_handbook(web::Control::Papers done) {
  if (!open_ || !situation()) return done(not_now());
  loop_.post([this, done = std::move(done)] { done(handbook_files(*situation())); });
}

void Papers::make_packs(const SiteId& site, web::Control::Papers done) {
  if (!open_ || !situation()) return done(not_now());
  loop_.post([this, site, done = std::move(done)] {
    const auto current = situation();
    std::vector<StaticFile> files;
    for (const PackSite& one : current->district->pack.sites) {
      if (!site.empty() && one.site != site) continue;
      auto made = make_pack(*current, one);
      bring(*current, one);
      if (!made) return done(tl::unexpected(made.error()));
      files.push_back(std::move(*made));
    }
    if (files.empty()) {
      return done(fail(Errc::NotFound,
                       site.empty() ? "the district names no sites under 'pack:'"
                                    : fmt::format("the district wants no pack for '{}'; name the "
                                                  "site under 'pack:'",
                                                  site.str())));
    }
    done(std::move(files));
  });
}

}  // namespace dienstbereit::app
