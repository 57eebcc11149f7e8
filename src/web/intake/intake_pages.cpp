// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The desk's page of emergency intake, without a script: what waits, counters, keys, originals.
#include <charconv>

#include <fmt/format.h>

#include "web/api/commands.h"
#include "web/intake/port.h"
#include "web/operate/handlers.h"
#include "web/operate/record_parts.h"
#include "words/catalogue.h"

namespace dienstbereit::web::operate {
namespace {

constexpr std::string_view kDonePage = "/operate/intake?done=1";

std::string say(const Visit& visit, std::string_view key) {
  return words::label(visit.language, key);
}

std::string counter_of(const IntakeDevice& device) {
  return fmt::format("{}-{:02}", device.site.str(), device.counter);
}

void write_backlog(const Pen& pen, const BacklogCounted& backlog) {
  pen.html.leaf("h2", pen.label("operate.intake.backlog"));
  if (backlog.services.empty()) pen.html.leaf("p", pen.label("operate.intake.nothing"));
  const auto list = pen.html.open("ul", {{"class", "cards"}});
  for (const ServiceBacklog& one : backlog.services) {
    const auto item = pen.html.open("li");
    pen.html.leaf("strong", fmt::format("{} · {}", one.office.str(), one.service.str()));
    const auto facts = pen.html.open("dl");
    write_fact(pen, "operate.intake.waiting", std::to_string(one.waiting));
    if (one.oldest) {
      write_fact(pen, "operate.intake.oldest", words::time_of(pen.voice, *one.oldest));
    }
    write_fact(pen, "operate.intake.per_day", fmt::format("{:.1f}", one.per_day));
    write_fact(pen, "operate.intake.end",
               one.expected_end ? words::time_of(pen.voice, *one.expected_end)
                                : pen.label("operate.intake.no_end"));
  }
}

void write_devices(const Pen& pen, const Visit& visit, const std::vector<IntakeDevice>& devices) {
  pen.html.leaf("h2", pen.label("operate.intake.devices"));
  if (devices.empty()) pen.html.leaf("p", pen.label("operate.intake.no_devices"));
  const auto list = pen.html.open("ul", {{"class", "cards"}});
  bool said = false;
  for (const IntakeDevice& one : devices) {
    if (full(pen, said)) continue;
    const auto item = pen.html.open("li");
    pen.html.leaf("strong", counter_of(one) + (one.label.empty() ? "" : " · " + one.label));
    const auto facts = pen.html.open("dl");
    write_fact(pen, "operate.intake.enrolled",
               pen.label(one.enrolled ? "operate.intake.yes" : "operate.intake.code_open"));
    write_fact(pen, "operate.intake.pending", std::to_string(one.pending));
    write_fact(pen, "operate.intake.received", std::to_string(one.received));
    if (one.heard) write_fact(pen, "operate.intake.heard", words::time_of(pen.voice, *one.heard));
    if (!visit.may(Role::Operate)) continue;
    FormWriter form(pen, visit, "remove-" + one.id.str(), "/operate/intake/remove",
                    pen.label("operate.intake.remove"), FormKind::Inline);
    form.hidden("device", one.id.str());
    if (one.pending > 0) form.field({"reason", pen.label("operate.reason")});
  }
}

void write_new_device(const Pen& pen, const Visit& visit) {
  if (!visit.may(Role::Operate)) return;
  pen.html.leaf("h2", pen.label("operate.intake.add"));
  FormWriter form(pen, visit, "add", "/operate/intake/device", pen.label("operate.intake.add_go"));
  std::vector<Option> sites;
  for (const Site& site : visit.situation->district->sites) {
    sites.push_back({site.id.str(), words::say(site.name, visit.language).text});
  }
  form.select({"site", pen.label("operate.intake.site"), kept(visit, "site")}, sites);
  form.field({"counter", pen.label("operate.intake.counter"), kept(visit, "counter"),
              pen.label("operate.intake.counter_hint"), "number"});
  form.field(
      {"label", pen.label("operate.intake.label"), kept(visit, "label"), "", "text", "off", false});
}

void write_keys(const Pen& pen, const Visit& visit, const std::vector<OfficeKey>& keys) {
  pen.html.leaf("h2", pen.label("operate.intake.keys"));
  pen.html.leaf("p", pen.label("operate.intake.keys_text"));
  const auto list = pen.html.open("ul", {{"class", "cards"}});
  for (const OfficeKey& one : keys) {
    const auto item = pen.html.open("li");
    pen.html.leaf("strong", fmt::format("{} · {}", one.office.str(), one.id));
    pen.html.leaf("p", pen.label(one.confirmed_at ? "operate.intake.confirmed"
                                                  : "operate.intake.unconfirmed"));
    if (one.confirmed_at || !visit.may(Role::PersonalData)) continue;
    FormWriter form(pen, visit, "confirm-" + one.id, "/operate/intake/confirm",
                    pen.label("operate.intake.confirm"), FormKind::Inline);
    form.hidden("key", one.id);
  }
}

void write_held(const Pen& pen, const std::vector<CustodyEntry>& held) {
  pen.html.leaf("h2", pen.label("operate.intake.held"));
  pen.html.leaf("p", words::count(pen.language(), "operate.intake.held_count", held.size()));
}

struct Shown {
  IntakeAnswer counted;
  std::vector<OfficeKey> keys;
  std::vector<CustodyEntry> held;
};

void write_all(const Pen& pen, const Visit& visit, const Shown& shown) {
  if (visit.may(Role::PersonalData)) {
    const auto line = pen.html.open("p");
    pen.html.leaf("a", pen.label("operate.intake.office_page"), {{"href", "/intake/office"}});
  }
  write_backlog(pen, shown.counted.backlog);
  write_devices(pen, visit, shown.counted.devices);
  write_new_device(pen, visit);
  write_keys(pen, visit, shown.keys);
  write_held(pen, shown.held);
}

using Done = std::function<void(Response)>;
using Content = std::function<void(const Pen&)>;

Response sheet(const Desk& desk, const Visit& visit, std::optional<Notice> notice, int status,
               Content content) {
  return desk.page(visit, {say(visit, "operate.intake.title"), std::move(notice), content}, status);
}

Response broken(const Desk& desk, const Visit& visit, const Error& error) {
  return sheet(desk, visit, error_notice(visit, error), web::status_of(error.code),
               [](const Pen&) {});
}

// The page is put together of three answers, asked for one after the other.
void show_with(const Desk& desk, IntakePort& port, const Visit& visit, std::optional<Notice> notice,
               int status, Done done) {
  const auto ask = [&port, visit](IntakeCommand command, IntakeReply reply) {
    port.submit(std::move(command), visit.by(), std::move(reply));
  };
  ask(CountBacklog{}, [=, &desk](const Result<IntakeAnswer>& counted) {
    if (!counted) return done(broken(desk, visit, counted.error()));
    ask(ListKeys{}, [=, &desk, counted = *counted](const Result<IntakeAnswer>& keys) {
      if (!keys) return done(broken(desk, visit, keys.error()));
      ask(FindCustody{}, [=, &desk, keys = keys->keys](const Result<IntakeAnswer>& held) {
        if (!held) return done(broken(desk, visit, held.error()));
        const Shown shown{counted, keys, held->custody};
        done(sheet(desk, visit, notice, status,
                   [&](const Pen& pen) { write_all(pen, visit, shown); }));
      });
    });
  });
}

// Null where the district takes nothing in.
IntakePort* port_of(const Desk& desk, const Visit& visit) {
  return visit.situation->district->intake.on() ? desk.control().intake() : nullptr;
}

Response off(const Desk& desk, const Visit& visit) {
  return sheet(desk, visit, std::nullopt, 200,
               [](const Pen& pen) { pen.html.leaf("p", pen.label("operate.intake.off")); });
}

// Carries out what a form asks for; then the page, with what came of it.
Outcome carry_out(const Desk& desk, const Visit& visit, IntakeCommand command) {
  IntakePort* port = port_of(desk, visit);
  if (port == nullptr) return off(desk, visit);
  return Deferred{[&desk, port, visit, command = std::move(command)](Done done) {
    port->submit(
        command, visit.by(), [&desk, port, visit, done](const Result<IntakeAnswer>& answer) {
          if (answer && answer->secret.empty()) return done(desk.redirect(visit, kDonePage));
          std::optional<Notice> notice;
          if (!answer) notice = error_notice(visit, answer.error());
          if (answer)
            notice = Notice{say(visit, "operate.intake.code") + " " + answer->secret, true};
          show_with(desk, *port, visit, notice, answer ? 200 : web::status_of(answer.error().code),
                    done);
        });
  }};
}

}  // namespace

Outcome show_intake(const Desk& desk, const Visit& visit) {
  IntakePort* port = port_of(desk, visit);
  if (port == nullptr) return off(desk, visit);
  return Deferred{[&desk, port, visit](Done done) {
    show_with(desk, *port, visit, done_notice(visit), 200, std::move(done));
  }};
}

Outcome add_intake_device(const Desk& desk, const Visit& visit) {
  const std::string& typed = visit.form.value("counter");
  unsigned counter = 0;
  std::from_chars(typed.data(), typed.data() + typed.size(), counter);
  const SiteId site(visit.form.value("site"));
  if (find_site(*visit.situation->district, site) == nullptr) return no_such_thing(desk, visit);
  return carry_out(desk, visit, MakeDevice{site, counter, visit.form.value("label")});
}

Outcome remove_intake_device(const Desk& desk, const Visit& visit) {
  return carry_out(desk, visit,
                   RemoveDevice{DeviceId(visit.form.value("device")), visit.form.value("reason")});
}

Outcome confirm_intake_key(const Desk& desk, const Visit& visit) {
  return carry_out(desk, visit, ConfirmOfficeKey{visit.form.value("key")});
}

}  // namespace dienstbereit::web::operate
