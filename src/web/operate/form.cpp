// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/operate/form.h"

#include <algorithm>

#include "base/text.h"
#include "web/request.h"

namespace dienstbereit::web::operate {
namespace {

constexpr std::size_t kTypedBytesMax = 64u << 10;

std::optional<std::string> decoded(std::string_view text) {
  std::string spaced(text);
  std::replace(spaced.begin(), spaced.end(), '+', ' ');
  auto plain = percent_decoded(spaced);
  if (!plain || !is_utf8(*plain)) return std::nullopt;
  return plain;
}

// Browsers send CR LF for a line's end.
void use_lf(std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') {
      out += text[i];
    } else if (i + 1 == text.size() || text[i + 1] != '\n') {
      out += '\n';
    }
  }
  text = std::move(out);
}

}  // namespace

std::optional<Form> Form::parse(std::string_view body) {
  Form form;
  if (body.empty()) return form;
  for (const std::string_view part : split(body, '&')) {
    if (part.empty()) continue;
    if (form.fields_.size() == kFormFieldsMax) return std::nullopt;
    const auto equals = part.find('=');
    auto name = decoded(part.substr(0, equals));
    auto value =
        decoded(equals == std::string_view::npos ? std::string_view() : part.substr(equals + 1));
    if (!name || !value || name->size() > kFieldNameBytesMax) return std::nullopt;
    use_lf(*value);
    form.fields_.emplace_back(std::move(*name), std::move(*value));
  }
  return form;
}

std::optional<Form> Form::of(std::vector<std::pair<std::string, std::string>> fields) {
  if (fields.size() > kFormFieldsMax) return std::nullopt;
  Form form;
  for (auto& [name, value] : fields) {
    const bool valid = name.size() <= kFieldNameBytesMax && value.size() <= kTypedBytesMax;
    if (!valid || !is_utf8(name) || !is_utf8(value)) return std::nullopt;
    use_lf(value);
  }
  form.fields_ = std::move(fields);
  return form;
}

const std::string& Form::value(std::string_view name) const {
  static const std::string kNothing;
  const auto found = std::find_if(fields_.begin(), fields_.end(),
                                  [&](const auto& field) { return field.first == name; });
  return found == fields_.end() ? kNothing : found->second;
}

std::vector<std::string> Form::values(std::string_view name) const {
  std::vector<std::string> all;
  for (const auto& [key, value] : fields_) {
    if (key == name) all.push_back(value);
  }
  return all;
}

bool Form::has(std::string_view name) const {
  return std::any_of(fields_.begin(), fields_.end(),
                     [&](const auto& field) { return field.first == name; });
}

std::string_view cookie_value(std::string_view field, std::string_view name) {
  for (const std::string_view part : split(field, ';')) {
    const std::string_view pair = trim(part);
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') {
      return pair.substr(name.size() + 1);
    }
  }
  return {};
}

bool comes_from_us(std::string_view origin, std::string_view fetch_site, std::string_view host) {
  if (!fetch_site.empty() && fetch_site != "same-origin" && fetch_site != "none") return false;
  if (origin.empty()) return true;
  const auto scheme = origin.find("://");
  return scheme != std::string_view::npos && equals_ignoring_case(origin.substr(scheme + 3), host);
}

}  // namespace dienstbereit::web::operate
