// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// A stranger's form and Cookie field. The first line is the field, the rest the form.
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "base/text.h"
#include "web/operate/form.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit;
  using namespace dienstbereit::web::operate;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto end = text.find('\n');
  const std::string_view field = text.substr(0, end);
  const std::string_view cookie = cookie_value(field, "session");
  dienstbereit_assert(cookie.size() <= field.size());
  comes_from_us(field, {}, cookie);
  if (end == std::string_view::npos) return 0;
  if (const auto form = Form::parse(text.substr(end + 1))) {
    dienstbereit_assert(form->size() <= kFormFieldsMax);
    for (const std::string& value : form->values("name")) {
      dienstbereit_assert(is_utf8(value) && value.find('\r') == std::string::npos);
    }
  }
  return 0;
}
