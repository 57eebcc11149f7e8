// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <map>
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

// How often strangers may report: a few times an hour from one address, a few hundred in all.
class FeedbackGate {
 public:
  static constexpr unsigned kFromOne = 5;
  static constexpr unsigned kFromAll = 300;
  static constexpr Duration kSpan = std::chrono::hours(1);

  // False: too often. `from` is the address or its IPv6 /64; empty: a proxy speaks for many.
  bool admit(const std::string& from, Instant now);

 private:
  Instant began_;
  unsigned all_ = 0;
  std::map<std::string, unsigned> by_;
};

}  // namespace dienstbereit::web
