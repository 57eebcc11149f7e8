// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What makes the homepage meanwhile fail when it is needed.
#include <filesystem>

#include <fmt/format.h>

#include "config/check/checks.h"

namespace dienstbereit::config {

void check_homepage(const District& district, const DistrictDraft& draft, Reader& reader) {
  if (!district.homepage) return;
  const HomepageSpec& spec = *district.homepage;
  const Mark mark = draft.homepage_at.value_or(Mark{});
  const auto error = [&](const std::string& text) { reader.report.error(mark, text); };
  const auto warn = [&](const std::string& text) { reader.report.warning(mark, text); };

  if (spec.certificate.empty() != spec.key.empty()) {
    error("'certificate' and 'key' of the homepage belong together; give both");
  }
  if (!spec.listen_tls.empty() && spec.certificate.empty()) {
    error("'listen_tls' of the homepage needs 'certificate' and 'key'");
  }
  if (spec.listen.empty() && spec.listen_tls.empty()) {
    warn("the homepage is copied, but served nowhere; add 'listen' or 'listen_tls'");
  }
  if (spec.names.empty()) {
    warn("the homepage has no 'names': links to its own host name lead to the server that is away");
  }
  if (spec.expects.empty()) {
    warn("the homepage has no 'expects': an error page that says 200 would be kept as a copy");
  }
  if (spec.status_url.empty() && district.administration.public_url.empty()) {
    warn("the homepage's banner has nothing to lead to; add 'status_url', or 'public_url' of the "
         "administration");
  }
  if (spec.stands_for.empty()) {
    warn("the homepage has no 'stands_for': nobody is told on it whether the real one is back");
  }
}

}  // namespace dienstbereit::config
