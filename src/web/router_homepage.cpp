// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What the API tells and takes of the homepage meanwhile.
#include "web/answers.h"
#include "web/api/commands.h"
#include "web/json.h"
#include "web/router.h"

namespace dienstbereit::web {
namespace {

Json json_of(const HomepageSituation& on_record, const HomepageFigures& now) {
  Json copies = Json::array();
  for (const HomepageCopy& copy : now.copies) {
    copies.push_back({{"name", copy.name},
                      {"taken", to_rfc3339(copy.taken)},
                      {"files", copy.files},
                      {"bytes", copy.bytes},
                      {"current", copy.name == now.current}});
  }
  return {{"mode", name_of(on_record.mode)},
          {"mode_since", time_or_null(on_record.mode_since)},
          {"reason", on_record.reason},
          {"by", on_record.by},
          {"copied_at", time_or_null(on_record.copied_at)},
          {"failing_since", time_or_null(on_record.failing_since)},
          {"detail", on_record.detail},
          {"fetching", now.fetching},
          {"trouble", now.trouble},
          {"ports", now.ports},
          {"problem", now.problem},
          {"certificate_until", time_or_null(now.certificate_until)},
          {"certificate_problem", now.certificate_problem},
          {"requests", now.requests},
          {"last_request", time_or_null(now.last_request)},
          {"copies", std::move(copies)}};
}

constexpr const char* kNone = "the district has no 'homepage:'";

}  // namespace

Outcome Router::homepage(const Request&, std::string_view) {
  if (!situation_) return starting();
  const auto figures = control_.homepage();
  if (!figures || !situation_->homepage) return json_error(tls_, 404, "not_found", kNone);
  return Response{200, make_payload(kAnswer, tls_, dump(json_of(*situation_->homepage, *figures)))};
}

Outcome Router::set_homepage_mode(const Request& request, std::string_view) {
  const auto mode = parse_homepage_mode(request.body);
  if (!mode) return json_error(tls_, mode.error());
  return submit(request.by.actor, *mode);
}

// Takes minutes: what came of it stands in GET /api/v1/homepage.
Outcome Router::fetch_homepage(const Request& request, std::string_view) {
  const auto anew = parse_homepage_fetch(request.body);
  if (!anew) return json_error(tls_, anew.error());
  if (const auto begun = control_.fetch_homepage(*anew); !begun) {
    return json_error(tls_, begun.error());
  }
  return Response{202, make_payload(kAnswer, tls_, dump({{"fetching", true}}))};
}

Outcome Router::prune_homepage(const Request& request, std::string_view) {
  const auto keep = parse_homepage_prune(request.body);
  if (!keep) return json_error(tls_, keep.error());
  return Deferred{[this, keep = *keep](std::function<void(Response)> done) {
    control_.prune_homepage(keep, [tls = tls_, done](const Result<std::string>& pruned) {
      Answer answer;
      if (pruned) answer.notes = {*pruned};
      done(command_answer(tls, pruned ? Result<Answer>(answer) : tl::unexpected(pruned.error())));
    });
  }};
}

}  // namespace dienstbereit::web
