// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace dienstbereit::web::operate {

inline constexpr std::size_t kFormFieldsMax = 200;
inline constexpr std::size_t kFieldNameBytesMax = 60;
// The one field that holds a file.
inline constexpr std::string_view kUploadField = "photo";

// The fields of a form as browsers send them: application/x-www-form-urlencoded.
class Form {
 public:
  // Nothing where the encoding is broken, a text is no UTF-8, or a bound is passed. The length of
  // the whole is the request's (Limits::body_bytes).
  static std::optional<Form> parse(std::string_view body);
  // Of fields that came otherwise; the same bounds.
  static std::optional<Form> of(std::vector<std::pair<std::string, std::string>> fields);

  // The first value of `name`, empty if there is none; line ends are LF.
  const std::string& value(std::string_view name) const;
  // Of a group of checkboxes.
  std::vector<std::string> values(std::string_view name) const;
  bool has(std::string_view name) const;
  std::size_t size() const { return fields_.size(); }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// The value of a cookie in a Cookie field; empty if it is not there.
std::string_view cookie_value(std::string_view field, std::string_view name);

// Whether a POST may come from where its Origin and Sec-Fetch-Site fields say: this very server,
// called by `host`. Browsers too old to send either are left to the form's own token.
bool comes_from_us(std::string_view origin, std::string_view fetch_site, std::string_view host);

}  // namespace dienstbereit::web::operate
