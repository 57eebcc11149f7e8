// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/outside/feedback.h"

#include "base/text.h"
#include "web/json.h"
#include "web/operate/form.h"

namespace dienstbereit::web {

Result<Feedback> parse_feedback(std::string_view body) {
  const auto form = operate::Form::parse(body);
  if (!form) return fail(Errc::InvalidInput, "the form cannot be read");
  Feedback feedback;
  feedback.text = std::string(trim(form->value("text")));
  feedback.contact = std::string(trim(form->value("contact")));
  if (feedback.text.empty()) return fail(Errc::InvalidInput, "the text is missing");
  if (feedback.text.size() > kFeedbackTextBytesMax ||
      feedback.contact.size() > kFeedbackContactBytesMax) {
    return fail(Errc::LimitExceeded, "the text or the contact is too long");
  }
  return feedback;
}

std::string to_json(const Feedback& feedback) {
  return dump(Json{{"at", to_rfc3339(feedback.at)},
                   {"language", words::code_of(feedback.language)},
                   {"text", feedback.text},
                   {"contact", feedback.contact}});
}

Feedback feedback_in(const std::string& json) {
  const Json read = Json::parse(json, nullptr, false);
  Feedback feedback;
  if (!read.is_object()) return feedback;
  const auto text = [&](const char* key) {
    const auto found = read.find(key);
    return found != read.end() && found->is_string() ? found->get<std::string>() : std::string();
  };
  feedback.at = parse_rfc3339(text("at")).value_or(Instant());
  feedback.language = text("language") == "en" ? words::Language::En : words::Language::De;
  feedback.text = text("text");
  feedback.contact = text("contact");
  return feedback;
}

}  // namespace dienstbereit::web
