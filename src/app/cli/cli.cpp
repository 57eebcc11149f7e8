// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/cli/cli.h"

#include <algorithm>
#include <charconv>
#include <functional>

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include "app/cli/account_cli.h"
#include "app/cli/calc_cli.h"
#include "app/cli/commands.h"
#include "app/cli/fallback/homepage_cli.h"
#include "app/cli/fallback/mail_cli.h"
#include "app/cli/fallback/plan_cli.h"
#include "app/cli/intake_cli.h"
#include "app/cli/paper_cli.h"
#include "app/version.h"
#include "base/text.h"

namespace dienstbereit::app {
namespace {

constexpr const char* kAbout =
    "Dienstbereit keeps an administration open when its IT breaks: it sees what broke,\n"
    "says who can still serve visitors, and tells everyone.\n\n"
    "First steps:\n"
    "  dienstbereit init --output kreis.yaml     write a first district, by a few questions\n"
    "  dienstbereit check kreis.yaml             find every problem in it\n"
    "  dienstbereit serve kreis.yaml             serve its page on http://127.0.0.1:8080/\n"
    "  dienstbereit set ALL closed --text '...'  say what no probe can know";
constexpr const char* kExitCodes =
    "Exit codes: 0 done; 1 tried and failed (server away, probe failed, journal broken);\n"
    "2 wrong arguments or files, nothing was done; 3 status: not everything is normal.";

constexpr const char* kDefaultData = "/var/lib/dienstbereit";
constexpr const char* kDefaultOutpostData = "/var/lib/dienstbereit-outpost";

// "127.0.0.1:8080", "[::1]:8080", ":8080".
Result<web::ListenAddress> parse_listen(const std::string& text) {
  const auto colon = text.rfind(':');
  web::ListenAddress listen;
  unsigned port = 0;
  const char* end = text.data() + text.size();
  bool readable = colon != std::string::npos;
  if (readable) {
    const auto [stop, error] = std::from_chars(text.data() + colon + 1, end, port);
    readable = error == std::errc() && stop == end && port <= 65535;
  }
  if (!readable) {
    return fail(Errc::InvalidInput,
                fmt::format("'{}' is no address; write it like 127.0.0.1:8080", text));
  }
  std::string host = text.substr(0, colon);
  if (host.size() > 2 && host.front() == '[') host = host.substr(1, host.size() - 2);
  if (!host.empty()) listen.address = host;
  listen.port = static_cast<std::uint16_t>(port);
  return listen;
}

// Everything the parser fills, and what is to be done.
struct Line {
  CLI::App app{kAbout, "dienstbereit"};
  std::function<int()> run;

  Talk talk;
  std::string language = "de";
  ServeOptions serve;
  std::vector<std::string> listen;
  std::string certificate, key;
  std::filesystem::path district, place, file, control, credentials, contacts, commands, papers;
  bool json = false;
  bool keys = false, schema = false, counters = false;
  InitOptions init;
  bool defaults = false;
  SetOptions set;
  WhatIfOptions what_if;
  ExportOptions export_options;
  DraftOptions draft;
  std::string node, word, reason, head, kind, target, scenario, server;
  std::vector<std::string> pairs;
  JournalOptions journal;
  AccountCli account{talk};
  HomepageCli homepage{talk};
  PlanCli plan{talk};
  PaperCli paper{talk};
  IntakeCli intake{talk};
  CalcCli calc;
  StoryOptions story;
  MailCli mail;
  OutpostOptions outpost;
};

CLI::App* add(Line& line, CLI::App& parent, const char* name, const char* about,
              std::function<int()> run) {
  CLI::App* command = parent.add_subcommand(name, about);
  command->callback([&line, run = std::move(run)] { line.run = run; });
  return command;
}

void add_talk(Line& line, CLI::App* command) {
  command->add_option("--data", line.talk.data, "Data directory of the running server")
      ->capture_default_str();
  command->add_flag("--json", line.talk.json, "Print JSON");
  command->add_option("--lang", line.language, "de or en")->check(CLI::IsMember({"de", "en"}));
}

Result<std::vector<web::ListenAddress>> listen_addresses(const std::vector<std::string>& texts) {
  std::vector<web::ListenAddress> all;
  for (const std::string& text : texts) {
    const auto listen = parse_listen(text);
    if (!listen) return tl::unexpected(listen.error());
    all.push_back(*listen);
  }
  return all;
}

int run_serve(Line& line) {
  if (line.listen.empty()) line.listen.push_back("127.0.0.1:8080");
  auto listen = listen_addresses(line.listen);
  if (!listen) return complain(listen.error());
  line.serve.listen = std::move(*listen);
  if (line.certificate.empty() != line.key.empty()) {
    return complain(Error(Errc::InvalidInput, "--cert and --key belong together; give both"));
  }
  if (!line.certificate.empty()) line.serve.tls = web::TlsFiles{line.certificate, line.key};
  return serve(line.serve);
}

void add_serve(Line& line) {
  CLI::App* command = add(line, line.app, "serve", "Probe a district and serve its pages",
                          [&line] { return run_serve(line); });
  command->add_option("district", line.serve.district, "YAML file, or folder of them")->required();
  command->add_option("--listen", line.listen,
                      "ADDR:PORT of the public page; may be repeated (127.0.0.1:8080)");
  command->add_option("--data", line.serve.data, "Where the journal lies; made if missing")
      ->capture_default_str();
  command->add_option("--cert", line.certificate, "Certificate chain (PEM): serve https");
  command->add_option("--key", line.key, "Its private key (PEM)");
  command->add_option("--credentials", line.serve.credentials, "Folder of secrets, one file each")
      ->envname("CREDENTIALS_DIRECTORY");
  command
      ->add_option("--journal-max", line.serve.journal_bytes,
                   "The most bytes the journal may use, as 8GiB; a warning comes at 80 %")
      ->transform(CLI::AsSizeValue(false))
      ->capture_default_str();
  command->add_option("--contacts", line.serve.contacts,
                      "File of whom to tell; default contacts.yaml in the data directory");
  command->add_option("--helper", line.serve.helper, "Socket of the privileged helper")
      ->capture_default_str();
  command->add_option("--console", line.serve.console,
                      "Folder of the counters' built pages; default beside the program");
  command->add_flag("--exercise", line.serve.exercise,
                    "Mark everything as an exercise; publish nothing, tell nobody");
  command->add_option("--node", line.serve.site, "Name of this node in the journal")
      ->capture_default_str();
}

void add_outpost(Line& line) {
  CLI::App* command =
      add(line, line.app, "outpost", "Probe from another place and report to the server",
          [&line] { return outpost(line.outpost); });
  command->add_option("--config", line.outpost.config, "Its file: outpost, server, credential")
      ->required();
  command->add_option("--data", line.outpost.data, "Where its outbox lies; made if missing")
      ->capture_default_str();
  command->add_option("--credentials", line.outpost.credentials, "Folder of secrets, one file each")
      ->envname("CREDENTIALS_DIRECTORY");
}

int run_check(const Line& line) {
  if (line.keys) return print_key_reference();
  if (line.schema) return print_json_schema();
  if (line.district.empty()) {
    return complain(Error(Errc::InvalidInput,
                          "name the district to check, a YAML file or a folder of them; --keys and "
                          "--schema need none"));
  }
  if (line.counters) return prove_counters(line.district);
  return check(line.district, line.contacts, line.commands, line.papers, line.json);
}

void add_district(Line& line) {
  CLI::App* command = add(line, line.app, "check", "Report every problem of a district",
                          [&line] { return run_check(line); });
  command->add_option("district", line.district, "YAML file, or folder of them");
  command->add_option("--contacts", line.contacts, "Check this file of contacts with it");
  command->add_option("--data", line.papers,
                      "Say which handbook and packs of this data directory are missing or old");
  command->add_option("--commands", line.commands, "Check the plans against this helper's list");
  command->add_flag("--json", line.json, "Print JSON");
  command->add_flag("--keys", line.keys, "Print the reference of all keys instead");
  command->add_flag("--schema", line.schema, "Print the JSON Schema for editors instead");
  command->add_flag("--counters", line.counters,
                    "Open the counters' page as they would, and say whether they can trust it");

  CLI::App* init_command = add(line, line.app, "init", "Write a first district", [&line] {
    line.init.ask = !line.defaults;
    return init(line.init);
  });
  init_command->add_option("--from-csv", line.init.csv,
                           "Folder with offices.csv, sites.csv, services.csv, hosts.csv");
  init_command->add_option("--output", line.init.output, "File to write")->required();
  init_command->add_option("--name", line.init.name, "Name of the administration");
  init_command->add_option("--ags", line.init.ags, "Its AGS, five digits");
  init_command->add_flag("--defaults", line.defaults, "Ask nothing, take the defaults");
}

void add_questions(Line& line) {
  add_talk(line, add(line, line.app, "status", "Who can serve visitors, at a glance",
                     [&line] { return status(line.talk); }));
  CLI::App* command = add(line, line.app, "why", "Why something is as it is",
                          [&line] { return why(line.talk, line.node); });
  command->add_option("node", line.node, "Component, site, service, or OFFICE@SITE/SERVICE")
      ->required();
  add_talk(line, command);

  CLI::App* cause = add(line, line.app, "cause", "What the causes of an outage may be, weighed",
                        [&line] { return causes(line.talk, line.node); });
  cause->add_option("incident", line.node, "incident-1; default: the newest that is open");
  cause->footer(
      "A surge, room, rack or change, single damages, what to check and to look at next, each\n"
      "with its chance; then sets of faults that explain it all. Only people confirm a cause.");
  add_talk(line, cause);

  CLI::App* plan = add(line, line.app, "what-if", "Which opening hours planned work would touch",
                       [&line] { return what_if(line.talk, line.what_if); });
  plan->add_option("node", line.what_if.nodes, "What is taken out: component, site, service")
      ->required();
  plan->add_option("--from", line.what_if.from, "From when: 2026-11-24T18:00+01:00")->required();
  plan->add_option("--to", line.what_if.to, "When it is usable again, its restart included")
      ->required();
  add_talk(line, plan);
}

void add_words(Line& line) {
  CLI::App* command = add(line, line.app, "set", "Say a state that overrides what is calculated",
                          [&line] { return set(line.talk, line.set); });
  command
      ->add_option("what", line.set.scope,
                   "ALL, SITE, OFFICE, OFFICE@SITE, OFFICE@SITE/SERVICE, SERVICE or NODE")
      ->required();
  command->add_option("state", line.set.said, "normal, limited, closed or unknown")->required();
  command->add_option("--text", line.set.text, "What visitors should know (German)");
  command->add_option("--text-en", line.set.text_en, "The same in English");
  command->add_option("--until", line.set.until,
                      "2026-11-23T16:00+01:00; without it: the end of the day's last slot");
  command->add_option("--role", line.set.role,
                      "Who says so, as pages name it (an office, no name)");
  command->add_flag("--preview", line.set.preview, "Only show which places would change");
  command->add_flag("--yes", line.set.yes, "Do not ask after the preview");
  add_talk(line, command);

  CLI::App* gone = add(line, line.app, "withdraw", "Take a word back",
                       [&line] { return withdraw(line.talk, line.word, line.reason); });
  gone->add_option("word", line.word, "Its number, as 'status' or 'set' prints it")->required();
  gone->add_option("--reason", line.reason, "Why");
  add_talk(line, gone);
  add_talk(line, add(line, line.app, "reload", "Read the district again",
                     [&line] { return reload(line.talk); }));
  add_talk(line, add(line, line.app, "confirm-clock", "Vouch for the machine's clock",
                     [&line] { return confirm_clock(line.talk); }));
}

void add_record(Line& line) {
  CLI::App* record = line.app.add_subcommand(
      "record", "The record of an outage: incidents, measures, decisions, statements");
  record->require_subcommand(1);
  record->footer(
      "Examples:\n"
      "  dienstbereit record write incident_opened title='Ausfall der Datendienste'\n"
      "  dienstbereit record write note_added incident=incident-1 text='Strom ist wieder da'\n"
      "  dienstbereit record write note_added incident=incident-1 kind=change nodes=FW1 \\\n"
      "      changed_at=2026-11-20T14:05:00+01:00 text='Firmware 4.2'\n"
      "  dienstbereit record write task_set incident=incident-1 title='Netzteil tauschen' \\\n"
      "      effort.best='30 min' effort.likely='1 h' effort.worst='8 h' repairs=USV1\n"
      "  dienstbereit record write opening_decided office=AMT site=HAUS day=2026-11-23 \\\n"
      "      word=closed reason='Reparatur dauert an'");
  CLI::App* shown = add(line, *record, "show", "What is on record, or one incident's log",
                        [&line] { return record_show(line.talk, line.node); });
  shown->add_option("incident", line.node, "Its id; without: everything in short");
  add_talk(line, shown);
  CLI::App* write = add(line, *record, "write", "Write one change",
                        [&line] { return record_write(line.talk, line.kind, line.pairs); });
  write->add_option("type", line.kind, "As 'record keys' lists them")->required();
  write->add_option("pairs", line.pairs, "KEY=VALUE ...");
  add_talk(line, write);
  CLI::App* ahead = add(line, *record, "forecast", "Look ahead: when will what be usable again",
                        [&line] { return record_forecast(line.talk, line.node, line.reason); });
  ahead->add_option("incident", line.node, "Its id")->required();
  ahead->add_option("--reason", line.reason, "Why it is made now: kept with the forecast");
  add_talk(line, ahead);
  CLI::App* first = add(line, *record, "order", "What first: look for a better order of the tasks",
                        [&line] { return record_order(line.talk, line.node, line.reason); });
  first->add_option("incident", line.node, "Its id")->required();
  first->add_option("--reason", line.reason, "Why it is asked for: kept with the proposal");
  add_talk(line, first);
  CLI::App* scores = add(line, *record, "scores", "How good the forecasts of an incident were",
                         [&line] { return record_scores(line.talk, line.node); });
  scores->add_option("incident", line.node, "Its id")->required();
  add_talk(line, scores);
  add(line, *record, "keys", "List the types of changes and their keys", record_keys);
}

void add_draft_options(Line& line, CLI::App* command) {
  command->add_option("--incident", line.draft.incident,
                      "Its id, or none; default: the newest that is not closed");
  command->add_option("--next", line.draft.next, "When more will be told: 08:00, or RFC 3339");
  command->add_flag("--publish", line.draft.publish, "Publish it as it is");
  add_talk(line, command);
}

void add_statements(Line& line) {
  CLI::App* holding =
      add(line, line.app, "holding", "Say at once that something is wrong", [&line] {
        line.draft.kind = "holding";
        return draft(line.talk, line.draft);
      });
  add_draft_options(line, holding);
  CLI::App* command = add(line, line.app, "draft", "Draft a statement from the record",
                          [&line] { return draft(line.talk, line.draft); });
  command
      ->add_option("kind", line.draft.kind,
                   "holding, short, long, press, poster, phone, internal, simple, cap or breach")
      ->required();
  command->add_flag("--save", line.draft.save, "Put it on record, as a draft");
  command->add_option("--pdf", line.draft.pdf, "Write a poster as PDF; puts it on record too");
  add_draft_options(line, command);

  CLI::App* statement = line.app.add_subcommand("statement", "Move a statement on record");
  statement->require_subcommand(1);
  for (const auto& [name, state, about] :
       {std::tuple("approve", "approved", "As a second person, before it is published"),
        std::tuple("publish", "published", "Tell the public"),
        std::tuple("withdraw", "withdrawn", "Take it back")}) {
    CLI::App* move = add(line, *statement, name, about, [&line, to = std::string(state)] {
      return move_statement(line.talk, line.word, to, line.reason);
    });
    move->add_option("id", line.word, "As 'record show' lists it")->required();
    move->add_option("--reason", line.reason, "Why");
    add_talk(line, move);
  }
}

void add_export(Line& line) {
  CLI::App* command = add(line, line.app, "export", "Write the pages as files that work anywhere",
                          [&line] { return export_copy(line.talk, line.export_options); });
  command
      ->add_option("folder", line.export_options.folder,
                   "Becomes the copy: a new or empty folder, or one written before")
      ->required();
  command->add_option("--valid-for", line.export_options.valid_for,
                      "How long readers may trust it (30 min)");
  command->add_option("--check-at", line.export_options.check_at,
                      "Where they look after that; default: public_url");
  add_talk(line, command);
}

void add_messages(Line& line) {
  add_talk(line, add(line, line.app, "messages", "What people were told, and what waits",
                     [&line] { return messages(line.talk); }));
  CLI::App* known = add(line, line.app, "ack", "Say that an alarm is being seen to",
                        [&line] { return acknowledge(line.talk, line.word); });
  known->add_option("what", line.word, "Number of a notice or message, or the code in a message")
      ->required();
  add_talk(line, known);
  CLI::App* test = add(line, line.app, "test-message", "Send a message, to see whether it arrives",
                       [&line] { return test_message(line.talk, line.word); });
  test->add_option("recipient", line.word, "Id in the contacts")->required();
  add_talk(line, test);
}

// "--expect-text X --tls" -> {expect-text, X}, {tls, ""}.
Result<std::vector<probe::OptionValue>> option_values(const std::string& kind,
                                                      const std::vector<std::string>& rest) {
  const auto known = probe::options_of(kind);
  const auto takes_value = [&](const std::string& name) {
    return std::any_of(known.begin(), known.end(), [&](const probe::ProbeOption& option) {
      return option.name == name && !option.value.empty();
    });
  };
  std::vector<probe::OptionValue> options;
  for (const std::string& word : rest) {
    if (word.starts_with("--")) {
      const auto equals = word.find('=');
      const bool joined = equals != std::string::npos;
      options.push_back({word.substr(2, joined ? equals - 2 : std::string::npos),
                         joined ? word.substr(equals + 1) : ""});
    } else if (!options.empty() && options.back().value.empty() &&
               takes_value(options.back().name)) {
      options.back().value = word;
    } else {
      return fail(Errc::InvalidInput, fmt::format("'{}' is left over; one target at a time, then "
                                                  "options: 'dienstbereit probe --help'",
                                                  word));
    }
  }
  return options;
}

std::string probe_help() {
  std::string text = "Options by kind:\n";
  for (const std::string& kind : probe::kinds_by_hand()) {
    text += fmt::format("  {}\n", kind);
    for (const probe::ProbeOption& option : probe::options_of(kind)) {
      text += fmt::format("    --{:<28} {}\n",
                          option.value.empty() ? option.name : option.name + " " + option.value,
                          option.help);
    }
  }
  return text;
}

void add_probe(Line& line) {
  CLI::App* command = nullptr;
  command = add(line, line.app, "probe", "Run one probe by hand and explain each phase", {});
  command->callback([&line, command] {
    line.run = [&line, command] {
      const auto options = option_values(line.kind, command->remaining());
      if (!options) return complain(options.error());
      return probe(line.kind, line.target, *options, line.credentials, line.json);
    };
  });
  command->allow_extras();
  command->add_option("kind", line.kind, join(probe::kinds_by_hand(), ", "))->required();
  command
      ->add_option("target", line.target,
                   "URL; HOST:PORT; NAME@RESOLVER[:PORT]; HOST[:PORT]/DATABASE; UPS@HOST[:PORT]; "
                   "HOST; PATH")
      ->required();
  command->add_flag("--json", line.json, "Print JSON");
  command->add_option("--credentials", line.credentials, "Folder of secrets, one file each");
  command->footer(probe_help());
}

void add_selection(Line& line, CLI::App* command) {
  command->add_option("place", line.place, "Data directory or backup file")->required();
  command->add_option("--from", line.journal.from, "First sequence number");
  command->add_option("--limit", line.journal.limit, "How many records; 0 = all");
  command->add_option("--type", line.journal.type, "Only records of this type");
}

void add_journal(Line& line) {
  CLI::App* journal = line.app.add_subcommand("journal", "Check, read, back up the record");
  journal->require_subcommand(1);
  CLI::App* verify = add(line, *journal, "verify", "Check the hash chain and every record",
                         [&line] { return journal_verify(line.place, line.head); });
  verify->add_option("place", line.place, "Data directory or backup file")->required();
  verify->add_option("--head", line.head, "Head as printed on a page: must be in the chain");
  add_selection(line, add(line, *journal, "show", "Print records for people",
                          [&line] { return journal_show(line.place, line.journal); }));
  add_selection(line, add(line, *journal, "export", "Print records as JSON lines",
                          [&line] { return journal_export(line.place, line.journal); }));
  CLI::App* backup = add(line, *journal, "backup", "Copy the journal of the running server",
                         [&line] { return journal_backup(line.talk, line.file); });
  backup->add_option("file", line.file, "File to write; must not exist")->required();
  add_talk(line, backup);
  CLI::App* restore = add(line, *journal, "restore", "Put a backup into an empty data directory",
                          [&line] { return journal_restore(line.file, line.place); });
  restore->add_option("file", line.file, "The backup")->required();
  restore->add_option("data", line.place, "Data directory, empty or missing")->required();
}

void add_stage(Line& line) {
  CLI::App* stage = line.app.add_subcommand(
      "stage", "Small servers on loopback to try Dienstbereit on: run them, break them");
  stage->require_subcommand(1);
  const auto with_control = [&line](CLI::App* command) {
    command->add_option("--control", line.control, "Socket of the stage");
    return command;
  };
  with_control(add(line, *stage, "run", "Start every server of a stage file",
                   [&line] { return stage_run(line.file, line.control); }))
      ->add_option("file", line.file, "YAML")
      ->required();
  with_control(add(line, *stage, "status", "List the servers",
                   [&line] { return stage_tell(line.control, "status"); }));
  with_control(add(line, *stage, "surge", "Cut the power of what the file's 'surge' names",
                   [&line] { return stage_tell(line.control, "scenario surge"); }));
  with_control(add(line, *stage, "scenario", "Stop what a scenario of the file names",
                   [&line] { return stage_tell(line.control, "scenario " + line.scenario); }))
      ->add_option("name", line.scenario, "Its name")
      ->required();
  with_control(add(line, *stage, "stop", "Kill one server",
                   [&line] { return stage_tell(line.control, "stop " + line.server); }))
      ->add_option("id", line.server, "Its id")
      ->required();
  with_control(add(line, *stage, "start", "Start a server again, or all",
                   [&line] { return stage_tell(line.control, "start " + line.server); }))
      ->add_option("id", line.server, "Its id, or all")
      ->required();
}

// Commands whose options stand in classes of their own.
void add_groups(Line& line) {
  const auto runs = [&line](CLI::App& command, std::function<int()> run) {
    command.callback([&line, run = std::move(run)] { line.run = run; });
  };
  const auto talks = [&line](CLI::App& command, const std::function<int()>&) {
    add_talk(line, &command);
  };
  line.account.add(line.app, runs, talks);
  line.intake.add(line.app, runs, talks);
  line.homepage.add(line.app, runs, [&line](CLI::App& command) { add_talk(line, &command); });
  line.plan.add(line.app, runs, talks);
  line.paper.add(line.app, runs, talks);
  line.calc.add(line.app, runs);
}

int run_story(Line& line) {
  auto listen = listen_addresses(line.listen);
  if (!listen) return complain(listen.error());
  line.story.listen = std::move(*listen);
  const bool paced = line.story.speed > 0;
  if (paced == line.story.listen.empty()) {
    return complain(Error(Errc::InvalidInput,
                          "--speed and --listen belong together: give both to watch the story, "
                          "none to play it as fast as it can"));
  }
  return story(line.story);
}

void add_story(Line& line) {
  constexpr double kFastest = 100'000;
  CLI::App* command = add(line, line.app, "story", "Play a story as an exercise, on virtual time",
                          [&line] { return run_story(line); });
  command->add_option("file", line.story.file, "YAML file (docs/formats/story.md)")->required();
  command
      ->add_option("--speed", line.story.speed,
                   "Seconds of the story in one: 600 plays ten minutes a second")
      ->check(CLI::Range(0.1, kFastest));
  command->add_option("--listen", line.listen,
                      "ADDR:PORT of its pages, to watch and act in it; may be repeated");
  command->add_option("--data", line.story.data,
                      "Keep its journal there; without, nothing is kept");
  command->footer(
      "Everything is marked as an exercise; no probe runs, nothing is published or sent.\n"
      "Exit code 1: something was not seen as the story wants it.");
}

void add_version(Line& line) {
  add(line, line.app, "version", "Print the version", [] {
    fmt::print("dienstbereit {}\n", kVersion);
    return static_cast<int>(kExitOk);
  });
}

// A first word that is no command, which the parser would not name.
std::optional<Error> unknown_command(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return std::nullopt;
  const std::string word = argv[1];
  std::vector<std::string> known;
  for (const CLI::App* command : app.get_subcommands({})) known.push_back(command->get_name());
  if (std::find(known.begin(), known.end(), word) != known.end()) return std::nullopt;
  const auto near = nearest(word, known);
  return Error(Errc::InvalidInput,
               fmt::format("there is no command '{}'{}; 'dienstbereit --help' lists them", word,
                           near ? fmt::format(", did you mean '{}'?", *near) : ""));
}

}  // namespace

int run_command_line(int argc, char** argv) {
  Line line;
  line.talk.data = kDefaultData;
  line.serve.data = kDefaultData;
  line.outpost.data = kDefaultOutpostData;
  line.app.footer(kExitCodes);
  line.app.require_subcommand(1);
  line.app.set_version_flag("--version", kVersion);
  add_serve(line);
  add_outpost(line);
  add_district(line);
  add_questions(line);
  add_words(line);
  add_record(line);
  add_statements(line);
  add_export(line);
  add_messages(line);
  add_probe(line);
  add_journal(line);
  add_groups(line);
  add_stage(line);
  add_story(line);
  line.mail.add(line.app, [&line](std::function<int()> run) { line.run = std::move(run); });
  add_version(line);
  if (const auto unknown = unknown_command(line.app, argc, argv)) return complain(*unknown);
  try {
    line.app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const int code = line.app.exit(error);
    return code == 0 ? kExitOk : kExitBadInput;
  }
  line.talk.german = line.language == "de";
  return line.run ? line.run() : kExitBadInput;
}

}  // namespace dienstbereit::app
