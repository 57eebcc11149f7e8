// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>

#include "base/result.h"
#include "web/json.h"

namespace dienstbereit::web {

// The body of a small POST: known keys; texts, whole numbers and flags. What is absent or of
// another kind reads as empty.
class Body {
 public:
  static Result<Body> parse(std::string_view text, std::initializer_list<const char*> keys);

  bool has(const char* key) const { return json_.contains(key); }
  std::string text(const char* key) const;
  bool flag(const char* key) const;
  std::int64_t number(const char* key, std::int64_t otherwise) const;

 private:
  Json json_;
};

}  // namespace dienstbereit::web
