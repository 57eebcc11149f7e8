// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "base/time.h"
#include "words/language.h"

namespace dienstbereit::web {

// What somebody reports of a barrier, without the house's mail (Directive (EU) 2016/2102). Personal
// data: kept outside the journal, erased by people.
struct Feedback {
  Instant at;
  words::Language language = words::Language::De;
  std::string text;
  std::string contact;  // how to answer; may be empty
};

inline constexpr std::size_t kFeedbackTextBytesMax = 4'000;
inline constexpr std::size_t kFeedbackContactBytesMax = 200;
inline constexpr std::size_t kFeedbackBytesMax = 32u << 10;  // as it is kept

// Out of the fields "text" and "contact" of a form. InvalidInput: no text; LimitExceeded: too long.
Result<Feedback> parse_feedback(std::string_view body);
std::string to_json(const Feedback& feedback);
// What was kept; empty texts where it does not read.
Feedback feedback_in(const std::string& json);

}  // namespace dienstbereit::web
