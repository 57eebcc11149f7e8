// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/text.h"
#include "config/init/csv.h"
#include "config/init/init_text.h"

// Any bytes as the four tables, kept apart by form feeds.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit;
  using namespace dienstbereit::config;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  std::vector<SourceFile> tables{
      {"sites.csv", ""}, {"offices.csv", ""}, {"services.csv", ""}, {"hosts.csv", ""}};
  std::size_t next = 0;
  for (std::string_view part : split(bytes, '\f')) {
    if (next < tables.size()) tables[next++].text = decode_csv(part);
  }
  InitAnswers answers;
  answers.name = "Kreis";
  answers.ags = "05999";
  (void)init_from_tables(tables, answers);
  return 0;
}
