// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/homepage.h"

#include <fmt/format.h>

#include "view/pages.h"
#include "words/catalogue.h"
#include "words/words.h"

namespace dienstbereit::app {
namespace {

using fallback::site::PageLanguage;
using fallback::site::Sentences;
using fallback::site::Told;
using words::Language;

constexpr std::size_t kMostNotices = 3;   // that qualify what the banner says
constexpr std::size_t kMostServices = 8;  // named as working

Language language_of(PageLanguage language) {
  return language == PageLanguage::German ? Language::De : Language::En;
}

Sentences sentences(PageLanguage language) {
  return {words::label(language_of(language), "homepage.form"),
          words::label(language_of(language), "homepage.frame")};
}

// What people get without going anywhere, as far as it is known to work.
std::string what_works(const view::Overview& overview, Language language) {
  std::vector<std::string> names;
  for (const view::ServiceView& service : view::group(overview.continuous).works) {
    if (names.size() == kMostServices) break;
    if (service.internal || service.now.grade == Grade::Presumed) continue;
    names.push_back(words::say(service.name, language).text);
  }
  if (names.empty()) return {};
  return words::text(language, "homepage.works", {{"services", words::list(language, names)}});
}

void add_state(const view::Overview& overview, Language language, Told& told) {
  const words::Voice voice(language, overview.stamp);
  told.state = words::headline(overview, language);
  for (std::string& notice : words::notices(overview, language)) {
    if (told.notes.size() < kMostNotices) told.notes.push_back(std::move(notice));
  }
  if (std::string works = what_works(overview, language); !works.empty()) {
    told.notes.push_back(std::move(works));
  }
  told.as_of = words::as_of(voice, overview.stamp);
}

std::string contact_of(const District& district, Language language) {
  const Wording& contact = district.homepage->contact;
  if (!contact.empty()) return words::say(contact, language).text;
  std::string out = words::say(district.administration.name, language).text;
  const std::string phone = words::say(district.administration.phone, language).text;
  if (!phone.empty()) out += fmt::format("\n{}: {}", words::label(language, "page.phone"), phone);
  return out;
}

}  // namespace

Homepage::Homepage(const runtime::Clock& clock, engine::Engine& engine, std::filesystem::path data,
                   std::filesystem::path folder)
    : clock_(clock),
      engine_(engine),
      site_({[this] { return now(); },
             [this](PageLanguage language, std::optional<Instant> taken) {
               return tell(language, taken);
             },
             sentences,
             [this](const HomepageCopied& what) {
               engine_.command({"observer", ""}, ReportCopy{what}, [](const Result<Answer>&) {});
             }},
            std::move(data), std::move(folder)) {}

void Homepage::show(std::shared_ptr<const Situation> situation) {
  const auto district = situation->district;
  const SiteMode mode = situation->homepage ? situation->homepage->mode : SiteMode::Off;
  bool other = false;
  bool switched = false;
  {
    const std::lock_guard lock(mutex_);
    other = !situation_ || situation_->district != district;
    switched = other || !situation_->homepage || situation_->homepage->mode != mode;
    situation_ = std::move(situation);
  }
  if (switched) site_.set_mode(mode);
  if (other) site_.use(district);
  site_.look();
}

std::shared_ptr<const Situation> Homepage::current() const {
  const std::lock_guard lock(mutex_);
  return situation_;
}

Instant Homepage::now() const { return clock_.now() + engine_.civil_offset(); }

std::optional<HomepageFigures> Homepage::figures() const {
  const auto situation = current();
  if (!situation || !situation->district->homepage) return std::nullopt;
  return site_.figures();
}

Result<void> Homepage::fetch(bool anew) {
  if (!figures()) return fail(Errc::NotFound, "the district has no 'homepage:' to copy");
  return site_.fetch_now(anew);
}

void Homepage::prune(unsigned keep, fallback::site::Site::Done done) {
  if (!figures()) return done(fail(Errc::NotFound, "the district has no 'homepage:'"));
  site_.prune(keep, std::move(done));
}

Told Homepage::tell(PageLanguage page_language, std::optional<Instant> taken) const {
  const Language language = language_of(page_language);
  const auto situation = current();
  Told told;
  const auto say = [&](std::string_view key) { return words::label(language, key); };
  told.label = say("homepage.label");
  told.title = say("homepage.title");
  told.status_label = say("homepage.status");
  told.missing = say("homepage.missing");
  told.refused = say("homepage.refused");
  told.off = say("homepage.off");
  told.start_label = say("homepage.start");
  if (!situation || !situation->district->homepage) return told;
  const District& district = *situation->district;
  const Instant at = now();
  const view::Overview overview = view::overview(*situation, at);
  if (taken) {
    const words::Voice voice(language, overview.stamp);
    told.lead = words::text(language, "homepage.lead", {{"time", words::time_of(voice, *taken)}});
  }
  add_state(overview, language, told);
  if (!district.homepage->banner.empty()) {
    told.notes.push_back(words::say(district.homepage->banner, language).text);
  }
  told.status_url = district.homepage->status_url;
  told.contact = contact_of(district, language);
  return told;
}

}  // namespace dienstbereit::app
