// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/api/body.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.h"

namespace dienstbereit::web {
namespace {

constexpr std::size_t kTextBytesMax = 400;

}  // namespace

Result<Body> Body::parse(std::string_view text, std::initializer_list<const char*> keys) {
  Body body;
  body.json_ = text.empty() ? Json::object() : Json::parse(text, nullptr, false);
  if (!body.json_.is_object()) {
    return fail(Errc::InvalidInput, "the body is not a JSON object; send application/json");
  }
  for (const auto& [key, value] : body.json_.items()) {
    const std::string& name = key;
    const bool known =
        std::any_of(keys.begin(), keys.end(), [&](const char* one) { return name == one; });
    if (!known) {
      return fail(Errc::InvalidInput, fmt::format("unknown key '{}'", clean(name, 40)));
    }
    const bool fits = value.is_boolean() || value.is_number_integer() ||
                      (value.is_string() && value.get<std::string>().size() <= kTextBytesMax);
    if (!fits) return fail(Errc::InvalidInput, fmt::format("'{}' is of a wrong kind", name));
  }
  return body;
}

std::string Body::text(const char* key) const {
  const auto found = json_.find(key);
  return found != json_.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool Body::flag(const char* key) const {
  const auto found = json_.find(key);
  return found != json_.end() && found->is_boolean() && found->get<bool>();
}

std::int64_t Body::number(const char* key, std::int64_t otherwise) const {
  const auto found = json_.find(key);
  return found != json_.end() && found->is_number_integer() ? found->get<std::int64_t>()
                                                            : otherwise;
}

}  // namespace dienstbereit::web
