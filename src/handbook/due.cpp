// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "handbook/due.h"

#include <algorithm>

#include "words/catalogue.h"
#include "words/words.h"

namespace dienstbereit::handbook {
namespace {

using words::Language;

class Sayer {
 public:
  Sayer(const District& district, Instant now) : district_(district), now_(now) {}

  // `site` empty: of the handbook.
  Wording say(std::string_view key, const SiteId& site, std::optional<Instant> made, Duration limit,
              const std::string& why) const {
    const auto in = [&](Language language) {
      const words::Voice voice(language, district_, now_);
      const Site* place = find_site(district_, site);
      return words::text(language, key,
                         {{"site", place ? words::say(place->name, language).text : site.str()},
                          {"time", made ? words::time_of(voice, *made) : std::string()},
                          {"limit", words::duration(language, limit)},
                          {"why", why}});
    };
    return {in(Language::De), in(Language::En)};
  }

 private:
  const District& district_;
  Instant now_;
};

}  // namespace

std::vector<Wording> papers_due(const District& district, const Standing& standing, Instant now) {
  const Sayer sayer(district, now);
  std::vector<Wording> due;
  const Duration handbook_age = district.handbook.max_age;
  if (!standing.handbook) {
    due.push_back(sayer.say("due.handbook.never", {}, {}, handbook_age, {}));
  } else if (now - *standing.handbook > handbook_age) {
    due.push_back(sayer.say("due.handbook.old", {}, standing.handbook, handbook_age, {}));
  }
  if (!standing.handbook_trouble.empty()) {
    due.push_back(
        sayer.say("due.handbook.trouble", {}, {}, handbook_age, standing.handbook_trouble));
  }
  for (const PackSite& site : district.pack.sites) {
    const auto pack = std::find_if(standing.packs.begin(), standing.packs.end(),
                                   [&](const PackStanding& one) { return one.site == site.site; });
    const bool known = pack != standing.packs.end();
    const std::optional<Instant> made = known ? pack->made : std::nullopt;
    const Duration limit = district.pack.max_age;
    if (!made) {
      due.push_back(sayer.say("due.pack.none", site.site, {}, limit, {}));
    } else if (now - *made > limit) {
      due.push_back(sayer.say("due.pack.old", site.site, made, limit, {}));
    }
    if (known && !pack->trouble.empty()) {
      due.push_back(sayer.say("due.pack.trouble", site.site, {}, limit, pack->trouble));
    }
  }
  return due;
}

}  // namespace dienstbereit::handbook
