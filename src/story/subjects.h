// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "story/story.h"

namespace dienstbereit::story {

// What may be wanted of each subject: the table behind the format's page.
struct FactSpec {
  const char* name;
  bool (*known)(std::string_view word);  // nullptr: any text
};
struct SubjectSpec {
  Subject subject;
  const char* name;
  std::vector<const char*> selectors;  // of id, place, day, number; those needed end in '!'
  std::vector<FactSpec> facts;
};
std::span<const SubjectSpec> subjects();
const SubjectSpec& spec_of(Subject subject);

}  // namespace dienstbereit::story
