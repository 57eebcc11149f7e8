// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "subscribers/store.h"

#include <algorithm>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/hash.h"
#include "base/text.h"

namespace dienstbereit::subscribers {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kKind = "subscriber";

std::int64_t ms(Instant t) { return t.time_since_epoch().count(); }

std::string to_body(const Subscriber& one) {
  return Json{{"mail", one.mail},
              {"language", one.language},
              {"token", one.token},
              {"made", ms(one.made)},
              {"confirmed", one.confirmed ? Json(ms(*one.confirmed)) : Json()},
              {"asked", one.asked},
              {"told", ms(one.told)},
              {"refused", one.refused}}
      .dump();
}

// Nothing if a field is missing or of another kind.
std::optional<Subscriber> from_body(std::string_view id, std::string_view body) {
  const Json json = Json::parse(body, nullptr, false);
  if (!json.is_object()) return std::nullopt;
  bool good = true;
  const auto find = [&](const char* key, auto is) -> const Json& {
    static const Json none;
    const auto found = json.find(key);
    const bool fits = found != json.end() && is(*found);
    good = good && fits;
    return fits ? *found : none;
  };
  const auto text = [&](const char* key) {
    const Json& value = find(key, [](const Json& v) { return v.is_string(); });
    return value.is_string() ? value.get<std::string>() : std::string();
  };
  const auto number = [&](const char* key) {
    const Json& value = find(key, [](const Json& v) { return v.is_number_integer(); });
    return value.is_number_integer() ? value.get<std::int64_t>() : 0;
  };
  Subscriber one;
  one.id = id;
  one.mail = text("mail");
  one.language = text("language");
  one.token = text("token");
  one.made = Instant(Duration(number("made")));
  if (json.contains("confirmed") && !json["confirmed"].is_null()) {
    one.confirmed = Instant(Duration(number("confirmed")));
  }
  one.asked = find("asked", [](const Json& v) { return v.is_boolean(); }) == Json(true);
  one.told = Instant(Duration(number("told")));
  one.refused = static_cast<unsigned>(number("refused"));
  return good ? std::optional(one) : std::nullopt;
}

bool same_address(const Subscriber& a, const Subscriber& b) {
  return equals_ignoring_case(a.mail, b.mail);
}

}  // namespace

Result<Store> Store::open(const std::filesystem::path& data) {
  auto records = sqlite::Records::open(data / kFile, "the subscribers");
  if (!records) return tl::unexpected(records.error());
  Store store(std::move(*records));
  auto read = store.records_.read([&](auto kind, auto id, auto body) -> Result<void> {
    auto one = kind == kKind ? from_body(id, body) : std::nullopt;
    if (!one) {
      return fail(Errc::Corrupt, fmt::format("the entry {} in {} cannot be read; put a copy of the "
                                             "file back, or move it away to begin without",
                                             id, kFile));
    }
    store.all_.emplace(one->id, std::move(*one));
    return {};
  });
  if (!read) return tl::unexpected(read.error());
  return store;
}

Result<Subscriber> Store::add(Subscriber subscriber) {
  const auto waiting = static_cast<std::size_t>(std::count_if(
      all_.begin(), all_.end(), [](const auto& entry) { return !entry.second.confirmed; }));
  if (waiting >= kMostWaiting || all_.size() - waiting >= kMostConfirmed) {
    return fail(Errc::LimitExceeded, "there are too many subscriptions; try again tomorrow");
  }
  const auto asked =
      static_cast<std::size_t>(std::count_if(all_.begin(), all_.end(), [&](const auto& entry) {
        return !entry.second.confirmed && same_address(entry.second, subscriber);
      }));
  if (asked >= kMostAsked) return subscriber;
  subscriber.told = subscriber.made;
  if (auto written = write(subscriber); !written) return tl::unexpected(written.error());
  return subscriber;
}

Result<Subscriber> Store::find(std::string_view id, std::string_view token) const {
  const auto found = all_.find(id);
  if (found == all_.end() || sha256(found->second.token) != sha256(token)) {
    return fail(Errc::NotFound, "there is no such subscription, or it has ended");
  }
  return found->second;
}

Result<Subscriber> Store::confirm(std::string_view id, std::string_view token, Instant now) {
  auto one = find(id, token);
  if (!one || one->confirmed) return one;
  one->confirmed = now;
  one->told = now;
  std::vector<std::string> before;
  for (const auto& [other_id, other] : all_) {
    if (other_id == one->id || !same_address(other, *one)) continue;
    before.push_back(other_id);
    if (other.confirmed) one->told = std::min(one->told, other.told);
  }
  if (auto written = write(*one); !written) return tl::unexpected(written.error());
  if (auto erased = erase(before); !erased) return tl::unexpected(erased.error());
  return one;
}

Result<Subscriber> Store::end(std::string_view id) {
  const auto found = all_.find(id);
  if (found == all_.end()) {
    return fail(Errc::NotFound, "there is no such subscription, or it has ended");
  }
  const Subscriber ended = found->second;
  if (auto erased = erase({ended.id}); !erased) return tl::unexpected(erased.error());
  return ended;
}

Result<void> Store::note_sent(std::string_view id, Instant told) {
  const auto found = all_.find(id);
  if (found == all_.end()) return {};
  Subscriber changed = found->second;
  changed.refused = 0;
  changed.asked = true;
  changed.told = std::max(changed.told, told);
  return write(changed);
}

Result<bool> Store::note_refused(std::string_view id) {
  const auto found = all_.find(id);
  if (found == all_.end()) return false;
  Subscriber changed = found->second;
  const bool drop = ++changed.refused >= kMostRefused;
  if (auto done = drop ? erase({changed.id}) : write(changed); !done) {
    return tl::unexpected(done.error());
  }
  return drop;
}

Result<void> Store::purge(Instant now) {
  std::vector<std::string> late;
  for (const auto& [id, one] : all_) {
    if (!one.confirmed && now - one.made > kConfirmSubscriptionWithin) late.push_back(id);
  }
  return late.empty() ? Result<void>() : erase(late);
}

Result<void> Store::write(const Subscriber& changed) {
  const sqlite::Change change{kKind, changed.id, to_body(changed)};
  if (auto written = records_.write({&change, 1}); !written) return written;
  all_[changed.id] = changed;
  return {};
}

Result<void> Store::erase(const std::vector<std::string>& ids) {
  std::vector<sqlite::Change> changes;
  for (const std::string& id : ids) changes.push_back({kKind, id, std::nullopt});
  if (changes.empty()) return {};
  if (auto written = records_.write(changes); !written) return written;
  for (const std::string& id : ids) all_.erase(id);
  return records_.fold_log();
}

}  // namespace dienstbereit::subscribers
