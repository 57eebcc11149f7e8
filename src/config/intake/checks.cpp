// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What must hold between the services of emergency intake and their forms.
#include <map>
#include <set>

#include <fmt/format.h>

#include "base/text.h"
#include "config/check/checks.h"
#include "config/limits.h"

namespace dienstbereit::config {
namespace {

// Words of a field's id or label that ask for what must not be asked at a counter (GDPR 9).
constexpr const char* kHealthWords[] = {"diagnos", "befund", "krankheit", "illness", "symptom"};

class FormCheck {
 public:
  explicit FormCheck(Reader& reader) : reader_(reader) {}

  void run(const FormDraft& form) {
    const auto [first, added] = forms_.emplace(form.id, form.mark);
    if (!added && !form.id.empty()) {
      error(form.mark, fmt::format("there is a form '{}' already, at {}; give it another id",
                                   form.id, reader_.report.place(first->second)));
    }
    if (form.fields.empty() || form.fields.size() > kMostFormFields) {
      error(form.mark, fmt::format("form '{}' has {} fields; it has from 1 to {}", form.id,
                                   form.fields.size(), kMostFormFields));
    }
    std::set<std::string> ids;
    for (const FormField& field : form.fields) {
      if (!ids.insert(field.id).second) {
        error(form.mark, fmt::format("form '{}' has the field '{}' twice", form.id, field.id));
      }
      check(form, field);
    }
    std::set<std::string> codes;
    for (const FormOriginal& original : form.originals) {
      if (codes.insert(original.code).second) continue;
      error(form.mark,
            fmt::format("form '{}' has the original '{}' twice", form.id, original.code));
    }
  }

  bool has(const std::string& form) const { return forms_.contains(form); }

 private:
  void error(Mark mark, std::string text) { reader_.report.error(mark, std::move(text)); }

  void check(const FormDraft& form, const FormField& field) {
    const bool chooses = field.type == FieldType::Choice;
    if (chooses == field.choices.empty() || field.choices.size() > kMostFormChoices) {
      error(form.mark, fmt::format("field '{}' of form '{}': 'choices' belong to type 'choice', at "
                                   "most {}",
                                   field.id, form.id, kMostFormChoices));
    }
    if (field.max < 1 || field.max > kLongestFormText) {
      error(form.mark,
            fmt::format("field '{}' of form '{}' takes {} characters; it takes from 1 to {}",
                        field.id, form.id, field.max, kLongestFormText));
    }
    for (const char* word : kHealthWords) {
      const std::string said = to_lower_ascii(field.id + " " + field.label.de + field.label.en);
      if (said.find(word) == std::string::npos || field.type != FieldType::Text) continue;
      reader_.report.warning(form.mark,
                             fmt::format("field '{}' of form '{}' seems to ask for a diagnosis in "
                                         "free text; counters must not write one down",
                                         field.id, form.id));
      break;
    }
  }

  Reader& reader_;
  std::map<std::string, Mark> forms_;
};

}  // namespace

void check_intake(const District& district, const DistrictDraft& draft, Reader& reader) {
  if (draft.forms.size() > kMostForms) {
    reader.report.error(draft.forms.back().mark,
                        fmt::format("more than {} forms; leave some out", kMostForms));
  }
  FormCheck forms(reader);
  for (const FormDraft& form : draft.forms) forms.run(form);
  std::set<std::string> used;
  std::set<std::string> services;
  for (const IntakeServiceDraft& one : draft.intake.written) {
    if (!forms.has(one.form) && !one.form.empty()) {
      reader.report.error(one.mark, fmt::format("there is no form '{}'; put it into the folder "
                                                "'forms' beside the district",
                                                one.form));
    }
    if (!services.insert(one.service.str()).second) {
      reader.report.error(one.mark, fmt::format("'{}' is taken in twice", one.service.str()));
    }
    const Service* service = find_service(district, one.service);
    if (service != nullptr && service->offers.empty()) {
      reader.report.error(one.mark, fmt::format("'{}' is offered at no site", one.service.str()));
    }
    used.insert(one.form);
  }
  for (const FormDraft& form : draft.forms) {
    if (used.contains(form.id)) continue;
    reader.report.warning(form.mark,
                          fmt::format("no service of 'intake' uses the form '{}'", form.id));
  }
  if (draft.intake_at && district.intake.url.empty()) {
    reader.report.warning(*draft.intake_at,
                          "'url' is missing: counters need an https address that they trust for "
                          "emergency intake; until there is one, the printed forms are the way");
  }
}

}  // namespace dienstbereit::config
