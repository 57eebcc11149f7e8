// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

namespace dienstbereit {

// Text for people. Where `en` is empty the German text is used, marked lang="de".
struct Wording {
  std::string de;
  std::string en;
  bool empty() const { return de.empty(); }
};

}  // namespace dienstbereit
