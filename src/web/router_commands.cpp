// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What the API takes: heartbeats, words, the record, and what an administrator asks for.
#include <fmt/format.h>

#include "base/base64.h"
#include "base/text.h"
#include "model/record/json.h"
#include "model/record/roles.h"
#include "web/answers.h"
#include "web/api/account_api.h"
#include "web/api/commands.h"
#include "web/api/drafts.h"
#include "web/api/outposts.h"
#include "web/api/plans.h"
#include "web/json.h"
#include "web/poster/poster.h"
#include "web/router.h"

namespace dienstbereit::web {

Outcome Router::heartbeat(const Request& request, std::string_view rest) {
  const ProbeId probe{std::string(rest)};
  const std::optional<std::string> token = control_.heartbeat_token(probe);
  const std::string_view given = bearer_token(request.authorization);
  // An unknown probe is refused like a wrong token: ids are internal.
  if (!same_secret(given, token.value_or("")) || !token || token->empty()) {
    return json_error(tls_, 401, "denied", "unknown probe or wrong token",
                      "WWW-Authenticate: Bearer\r\n");
  }
  if (!control_.heartbeat(probe)) {
    return json_error(tls_, 503, "unavailable", "the observer is overloaded; send it again",
                      kRetrySoon);
  }
  return Response{202, make_payload(kAnswer, tls_, dump({{"probe", probe.str()}}))};
}

Outcome Router::set_word(const Request& request, std::string_view) {
  if (!situation_) {
    return starting();
  }
  auto parsed = parse_word_request(request.body, *situation_->district);
  if (!parsed) {
    return json_error(tls_, parsed.error());
  }
  const bool preview = query_value(request.query, "preview").value_or("0") == "1";
  Command command = preview ? Command(PreviewWord{parsed->word}) : Command(parsed->word);
  const Actor actor{request.by.actor.id, parsed->role};
  return Deferred{[this, actor, command = std::move(command),
                   situation = situation_](std::function<void(Response)> done) {
    const Instant now = control_.now();
    sink_.command(actor, command, [tls = tls_, situation, now, done](Result<Answer> answer) {
      done(answer ? Response{200, make_payload(kAnswer, tls, word_json(*answer, *situation, now))}
                  : json_error(tls, answer.error()));
    });
  }};
}

// The whole record; not in an edition, since only operators read it.
Outcome Router::record(const Request&, std::string_view) {
  if (!situation_) {
    return starting();
  }
  return Response{200, make_payload(kAnswer, tls_, to_json(*situation_->record))};
}

Outcome Router::write_record(const Request& request, std::string_view) {
  if (!situation_) {
    return starting();
  }
  auto changes = parse_changes(request.body);
  if (!changes) {
    return json_error(tls_, changes.error());
  }
  for (const RecordEvent& change : *changes) {
    if (!may_write(request.by.roles, change)) {
      return json_error(tls_, 403, "denied",
                        fmt::format("'{}' needs the scope '{}'", type_of(change),
                                    dienstbereit::name_of(role_for(change))));
    }
  }
  return submit(request.by.actor, WriteRecord{std::move(*changes)});
}

// A text from the record, for a person to edit; nothing is written.
Outcome Router::draft(const Request& request, std::string_view rest) {
  if (!situation_) {
    return starting();
  }
  const auto asked = parse_draft_request(rest, request.query, *situation_, control_.now());
  if (!asked) {
    return json_error(tls_, asked.error());
  }
  return Response{200, make_payload(kAnswer, tls_, draft_json(*asked))};
}

// "ID/poster.pdf": a poster on record as it is printed.
Outcome Router::poster(const Request& request, std::string_view rest) {
  if (!situation_) {
    return starting();
  }
  const auto text = parse_poster_request(rest, request.query, *situation_);
  const auto pdf = text ? poster_pdf(*text) : tl::unexpected(text.error());
  if (!pdf) {
    return json_error(tls_, pdf.error());
  }
  return Response{200, make_payload(kPdf, tls_, *pdf)};
}

Outcome Router::make_forecast(const Request& request, std::string_view) {
  const auto forecast = parse_forecast_request(request.body);
  if (!forecast) {
    return json_error(tls_, forecast.error());
  }
  return submit(request.by.actor, *forecast);
}

Outcome Router::of_incident(std::string_view id, IncidentText text) const {
  if (!situation_) {
    return starting();
  }
  const Incident* incident = find_incident(*situation_->record, IncidentId(std::string(id)));
  if (!incident) {
    return json_error(tls_, 404, "not_found",
                      "there is no such incident; /api/v1/record lists them");
  }
  return Response{200, make_payload(kAnswer, tls_, text(*incident, *situation_, control_.now()))};
}

// What first, what matters most, and how good forecasts were, in sentences.
Outcome Router::outlook(const Request&, std::string_view rest) {
  return of_incident(rest, outlook_json);
}

Outcome Router::propose_order(const Request& request, std::string_view) {
  const auto order = parse_order_request(request.body);
  if (!order) {
    return json_error(tls_, order.error());
  }
  return submit(request.by.actor, *order);
}

Outcome Router::what_if(const Request& request, std::string_view) {
  if (!situation_) {
    return starting();
  }
  auto question = parse_what_if_request(request.body);
  if (!question) {
    return json_error(tls_, question.error());
  }
  return Deferred{[this, actor = request.by.actor, question = std::move(*question),
                   situation = situation_](std::function<void(Response)> done) {
    const Instant now = control_.now();
    sink_.command(
        actor, question, [tls = tls_, question, situation, now, done](Result<Answer> answer) {
          done(answer
                   ? Response{200, make_payload(kAnswer, tls,
                                                what_if_json(question, *answer, *situation, now))}
                   : json_error(tls, answer.error()));
        });
  }};
}

// What the rule suspects of an incident, for those who search for the cause.
Outcome Router::suspects(const Request&, std::string_view rest) {
  return of_incident(rest, suspects_json);
}

Outcome Router::withdraw_word(const Request& request, std::string_view rest) {
  const std::string reason = query_value(request.query, "reason").value_or("");
  return submit(request.by.actor,
                WithdrawWord{WordId(std::string(rest)), clean(reason, kRoleBytesMax)});
}

Outcome Router::plans(const Request&, std::string_view) {
  if (!situation_) {
    return starting();
  }
  return Response{200, make_payload(kAnswer, tls_, plans_json(*situation_))};
}

Outcome Router::restart_order(const Request&, std::string_view rest) {
  if (!situation_) {
    return starting();
  }
  const auto order = restart_order_json(*situation_->district, rest);
  if (!order) {
    return json_error(tls_, order.error());
  }
  return Response{200, make_payload(kAnswer, tls_, *order)};
}

Outcome Router::start_run(const Request& request, std::string_view) {
  auto start = parse_start_request(request.body);
  if (!start) {
    return json_error(tls_, start.error());
  }
  return submit(request.by.actor, PlanCommand(std::move(*start)));
}

Outcome Router::move_run(const Request& request, std::string_view rest) {
  auto command = parse_run_request(rest, request.body);
  if (!command) {
    return json_error(tls_, command.error());
  }
  if (!request.by.roles.allows(role_for(*command))) {
    return json_error(
        tls_, 403, "denied",
        fmt::format("this needs the scope '{}'", dienstbereit::name_of(role_for(*command))));
  }
  return submit(request.by.actor, std::move(*command));
}

Outcome Router::switch_fallback(const Request& request, std::string_view rest) {
  auto turn = parse_switch_request(rest, request.body);
  if (!turn) {
    return json_error(tls_, turn.error());
  }
  return submit(request.by.actor, PlanCommand(std::move(*turn)));
}

Outcome Router::acknowledge(const Request& request, std::string_view rest) {
  return Deferred{[this, actor = request.by.actor,
                   what = std::string(rest)](std::function<void(Response)> done) {
    control_.acknowledge(actor, what, [tls = tls_, done](Result<Answer> answer) {
      done(command_answer(tls, answer));
    });
  }};
}

Outcome Router::test_message(const Request& request, std::string_view rest) {
  return submit(request.by.actor, SendTest{RecipientId(std::string(rest))});
}

Outcome Router::reload(const Request& request, std::string_view) {
  return Deferred{[this, actor = request.by.actor](std::function<void(Response)> done) {
    control_.reload(
        actor, [tls = tls_, done](Result<Answer> answer) { done(command_answer(tls, answer)); });
  }};
}

Outcome Router::confirm_clock(const Request& request, std::string_view) {
  return submit(request.by.actor, ConfirmClock{});
}

Outcome Router::backup(const Request& request, std::string_view) {
  const auto file = parse_backup_request(request.body);
  if (!file) {
    return json_error(tls_, file.error());
  }
  return Deferred{
      [this, actor = request.by.actor, path = *file](std::function<void(Response)> done) {
        control_.backup(actor, path, [tls = tls_, done](Result<Answer> answer) {
          done(command_answer(tls, answer));
        });
      }};
}

// The emergency handbook, or the counter packs of one site or all: to take along.
Outcome Router::papers(const Request& request, std::string_view rest) {
  const std::string site = query_value(request.query, "site").value_or("");
  const bool handbook = rest == "handbook";
  if (!handbook && rest != "packs") {
    return json_error(tls_, 404, "not_found", "there are the papers 'handbook' and 'packs'");
  }
  return Deferred{[this, handbook, site](std::function<void(Response)> done) {
    const auto answer = [tls = tls_, done](const Result<std::vector<StaticFile>>& made) {
      if (!made) {
        done(json_error(tls, made.error()));
        return;
      }
      Json files = Json::array();
      for (const StaticFile& file : *made) {
        files.push_back({{"path", file.path}, {"base64", to_base64(file.bytes)}});
      }
      done(Response{200, make_payload(kAnswer, tls, dump({{"files", std::move(files)}}))});
    };
    if (handbook) {
      control_.make_handbook(answer);
    } else {
      control_.make_packs(SiteId(site), answer);
    }
  }};
}

// The sites that get packs, for who takes them one by one: all at once may take longer than an
// answer may.
Outcome Router::pack_sites(const Request&, std::string_view rest) {
  if (rest != "packs") {
    return json_error(tls_, 404, "not_found", "only the sites that get 'packs' are listed");
  }
  if (!situation_) {
    return starting();
  }
  Json sites = Json::array();
  for (const PackSite& one : situation_->district->pack.sites) {
    sites.push_back(one.site.str());
  }
  return Response{200, make_payload(kAnswer, tls_, dump({{"sites", std::move(sites)}}))};
}

// What the outpost is to run.
Outcome Router::outpost_orders(const Request& request, std::string_view rest) {
  const auto asked = outpost_of(rest, request.by);
  if (!asked) {
    return json_error(tls_, asked.error());
  }
  if (!situation_) {
    return starting();
  }
  if (find_outpost(*situation_->district, *asked) == nullptr) {
    return json_error(tls_, 404, "not_found", "the district has no such outpost");
  }
  return Response{200,
                  make_payload(kAnswer, tls_, to_json(orders_for(*situation_->district, *asked)))};
}

// Answered once it is durable, so that the outpost may forget it.
Outcome Router::outpost_report(const Request& request, std::string_view rest) {
  const auto asked = outpost_of(rest, request.by);
  if (!asked) {
    return json_error(tls_, asked.error());
  }
  auto report = parse_outpost_report(request.body);
  if (!report) {
    return json_error(tls_, report.error());
  }
  if (report->outpost != *asked) {
    return json_error(tls_, 422, "invalid_input", "the report is another outpost's");
  }
  if (!situation_) {
    return starting();
  }
  const std::string orders = orders_for(*situation_->district, *asked).hash;
  const std::uint64_t last = report->items.empty() ? 0 : report->items.back().sequence;
  return Deferred{[this, actor = request.by.actor, report = std::move(*report), orders,
                   last](std::function<void(Response)> done) {
    sink_.command(actor, TakeOutpostReport{report},
                  [tls = tls_, orders, last, done](const Result<Answer>& answer) {
                    done(answer ? Response{200, make_payload(kAnswer, tls,
                                                             accepted_json(last, orders, *answer))}
                                : json_error(tls, answer.error()));
                  });
  }};
}

Outcome Router::accounts(const Request& request, std::string_view rest) {
  return account_answer(gatekeeper_, tls_, request, rest);
}

Outcome Router::intake(const Request& request, std::string_view) {
  if (!situation_) {
    return starting();
  }
  const std::string path = percent_decoded(request.path).value_or("");
  return intake_answer({tls_, control_, gatekeeper_, situation_}, request, path);
}

}  // namespace dienstbereit::web
