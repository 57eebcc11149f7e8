// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include "config/bundle.h"
#include "config/load.h"

namespace dienstbereit::config {
namespace {

constexpr const char* kHouse = "administration: {name: Kreis, ags: 05999}\n"
                               "sites: [{id: S1, name: Haus}]\n"
                               "offices: [{id: A1, name: Amt, sites: [S1], hours: \"24/7\"}]\n"
                               "services: [{id: V1, name: Dienst, kind: counter, offered: A1}]\n";
constexpr const char* kIntake = "intake:\n  url: https://not.example/\n  services:\n"
                                "    - {service: V1, form: antrag, what_next: Später}\n";
constexpr const char* kForm =
    "form: antrag\nversion: 2\ntitle: Antrag\npurpose: Bearbeitung\nproves_not: nichts\n"
    "fields:\n  - {id: name, label: Name, type: text, required: true, max: 60, hint: name}\n"
    "originals: [{code: ZB2, label: Teil II}]\n";

Loaded load(const std::string& intake, const std::string& form) {
  return load_bundle(
      to_bundle({{"kreis.yaml", std::string(kHouse) + intake}, {"forms/antrag.yaml", form}}));
}
std::string said(const Loaded& loaded) { return to_lines(loaded.diagnostics); }
std::string replaced(std::string text, const std::string& what, const std::string& by) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), by);
}

TEST(IntakeKeys, FormsAndServicesAreRead) {
  const Loaded loaded = load(kIntake, kForm);
  ASSERT_TRUE(loaded.district) << said(loaded);
  EXPECT_EQ(said(loaded), "");
  const District& district = *loaded.district;
  EXPECT_EQ(district.intake.url, "https://not.example");
  EXPECT_EQ(district.intake.grace, std::chrono::hours(720));
  ASSERT_NE(find_form(district, "antrag"), nullptr);
  const IntakeForm& form = *find_form(district, "antrag");
  EXPECT_EQ(form.version, 2u);
  EXPECT_EQ(form.fields[0].hint, HintPart::Name);
  EXPECT_EQ(form.originals[0].code, "ZB2");
  // What is journaled brings the forms back.
  EXPECT_EQ(load_bundle(district.text).district->forms.size(), 1u);
}

TEST(IntakeKeys, WhatIsWrongIsSaidWhereItStands) {
  const std::pair<std::string, Loaded> wrong[] = {
      {"there is no form 'antrag'", load(kIntake, replaced(kForm, "antrag", "anderer"))},
      {"forms/antrag.yaml:", load(kIntake, replaced(kForm, "version: 2", "version: 0"))},
      {"is not known here; did you mean 'text'", load(kIntake, replaced(kForm, "text", "txt"))},
      {"'choices' belong to type 'choice'", load(kIntake, replaced(kForm, "text", "choice"))},
      {"twice", load(replaced(kIntake, "    - {",
                              "    - {service: V1, form: antrag, what_next: x}\n    - {"),
                     kForm)},
      {"not https://", load(replaced(kIntake, "https", "http"), kForm)},
      {"from 1 to 300", load(kIntake, replaced(kForm, "max: 60", "max: 301"))},
      {"not an id", load(kIntake, replaced(kForm, "id: name", "id: \"a b\""))},
      {"V9", load(replaced(kIntake, "V1", "V9"), kForm)}};
  for (const auto& [text, loaded] : wrong) {
    EXPECT_FALSE(loaded.district) << text;
    EXPECT_NE(said(loaded).find(text), std::string::npos) << said(loaded);
  }
}

TEST(IntakeKeys, WhatCountersCouldNotUseOrMustNotAskIsWarnedOf) {
  const std::pair<std::string, Loaded> doubtful[] = {
      {"'url' is missing", load(replaced(kIntake, "  url: https://not.example/\n", ""), kForm)},
      {"seems to ask for a diagnosis",
       load(kIntake, replaced(kForm, "label: Name", "label: Diagnose"))},
      {"no service of 'intake' uses the form", load("", kForm)}};
  for (const auto& [text, loaded] : doubtful) {
    EXPECT_TRUE(loaded.district) << said(loaded);
    EXPECT_NE(said(loaded).find(text), std::string::npos) << said(loaded);
  }
}

}  // namespace
}  // namespace dienstbereit::config
