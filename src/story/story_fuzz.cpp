// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstddef>
#include <cstdint>
#include <string>

#include "config/bundle.h"
#include "config/load.h"
#include "story/reader.h"

// The text of a story, read with a small district whatever path it names.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace dienstbereit;
  static const std::shared_ptr<const District> kDistrict =
      config::load_bundle(
          config::to_bundle(
              {{"kreis.yaml",
                "administration: {name: K, ags: 05998}\n"
                "sites: [{id: HAUS, name: H}]\n"
                "offices: [{id: AMT, name: A, sites: [HAUS], hours: Mo-Fr 08:00-16:00}]\n"
                "services: [{id: PASS, name: P, kind: counter, offered: AMT, needs: [DB]}]\n"
                "components:\n"
                "  - {id: DB, name: D, probes: [{kind: tcp, target: '192.0.2.1:1'}]}\n"}}))
          .district;
  const std::vector<config::SourceFile> sources{
      {"story.yaml", std::string(reinterpret_cast<const char*>(data), size)}};
  config::Report report(sources);
  if (const auto root = config::parse_yaml(sources.front(), 0, report)) {
    story::StoryReader(report, [](const std::string&) { return kDistrict; }).read(*root);
  }
  report.take();
  return 0;
}
