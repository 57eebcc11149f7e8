// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "model/situation.h"

namespace dienstbereit::handbook {

// Somebody of the contacts. Personal data: it stands in what is printed or sealed, nowhere else.
struct Person {
  RecipientId id;
  std::string name;
  std::string mail;
  std::string mobile;
  unsigned level = 0;  // on call: 1 is called first; 0: not
  std::string hours;   // on call when, as written; empty: always
};

// What papers are made from; nothing else is read.
struct Facts {
  const Situation& situation;
  const std::vector<Person>& people;  // empty: there are no contacts
  Duration escalate_after{0};
  Instant now;  // civil

  const District& district() const { return *situation.district; }
  const Person* find(const RecipientId& id) const;
};

}  // namespace dienstbereit::handbook
