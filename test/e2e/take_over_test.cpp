// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <iterator>
#include <set>

#include <fmt/format.h>
#include <pwd.h>
#include <unistd.h>

#include "base/file.h"
#include "program.h"
#include "servers/database_pair.h"

// A primary database dies; the standby takes over by plan, through the privileged helper; our own
// program is killed in the middle; no acknowledged row is lost; later the way back.
namespace dienstbereit::e2e {
namespace {

using servers::TempFolder;
using namespace std::string_literals;

bool is_root() { return geteuid() == 0; }
std::string user_name() { return getpwuid(geteuid())->pw_name; }

// True once rows are written that were not before.
bool goes_on(const servers::WritingApplication& writer) {
  const std::size_t before = writer.acknowledged().size();
  return await([&] { return writer.acknowledged().size() > before + 5; }, std::chrono::seconds(30));
}

struct TakeOverStory : testing::Test {
  TakeOverStory() {
    EXPECT_EQ(run({"helper", "keygen", file("key")}).code, 0);
    files.write("commands.yaml", cluster.commands());
    const Outcome signed_list =
        run({"helper", "sign", file("commands.yaml"), "--key", file("key")});
    EXPECT_EQ(signed_list.code, 0) << signed_list.err;
    Words words;
    if (is_root()) words = {"/usr/bin/setpriv", "--regid", "nogroup", "--clear-groups"};
    const std::string peer = is_root() ? "nobody" : user_name();
    for (const std::string& word :
         {program(), "helper"s, "run"s, "--list"s, file("commands.yaml"), "--key"s, file("key.pub"),
          "--socket"s, file("socket"), "--memory"s, file("memory"), "--peer"s, peer}) {
      words.push_back(word);
    }
    helper = std::make_unique<servers::Process>(files, words);
    helper->wait_until([this] { return std::filesystem::exists(file("socket")); });
    district = files.write("district.yaml", yaml());
    server =
        std::make_unique<Server>(district, unprivileged(), "", Words{"--helper", file("socket")});
  }

  // What starts the server as the packages do: it is nobody, and may ask the helper, who is root.
  // Its program is a copy, for that may lie where only root gets.
  Words unprivileged() const {
    if (!is_root()) return {};
    std::filesystem::copy_file(program(), file("program"));
    const std::string script =
        fmt::format("shift; chown nobody \"${{5%/*}}\"; "
                    "exec setpriv --reuid nobody --regid nogroup --clear-groups {} \"$@\"",
                    file("program"));
    return {"/bin/sh", "-c", script, "sh"};
  }

  std::string file(const char* name) const { return (files.path() / name).string(); }

  std::string probe(std::uint16_t port) const {
    return fmt::format("[{{kind: postgres, name: sql, target: '127.0.0.1:{}', database: postgres, "
                       "user: postgres, query: 'SELECT NOT pg_is_in_recovery()', expect: t, every: "
                       "500 ms, timeout: 3 s, attempts: 1}}]",
                       port);
  }
  std::string yaml() const {
    return fmt::format(R"yaml(
administration: {{name: Kreisverwaltung Prüfkreis, ags: 05999}}
sites: [{{id: H, name: Kreishaus}}]
offices: [{{id: KFZ, name: Straßenverkehrsamt, sites: [H], hours: "Mo-Su,PH 00:00-24:00"}}]
services: [{{id: Z, name: Zulassung, kind: counter, offered: KFZ, needs: {{any: [DB1, DB2]}}}}]
components:
  - {{id: DB1, name: Datenbank, probes: {}}}
  - {{id: DB2, name: Bereitschaft, probes: {}}}
plans:
  - id: over
    kind: take_over
    title: Datenbank übernehmen
    owner: IT
    needs: {{probe: DB1/sql, is: failure}}
    steps:
      - {{id: fence, title: Alte absperren, do: {{command: fence-p}}, fence: true,
         check: {{probe: DB1/sql, is: failure}}, undo: {{command: unfence-p}}, timeout: 40 s}}
      - {{id: promote, title: Bereitschaft hochstufen, do: {{command: promote-s}}, promote: true,
         check: {{probe: DB2/sql, is: success}}, timeout: 40 s}}
      - {{id: app, title: Anwendung umschalten, do: {{command: point-s}}, repeatable: true,
         undo: {{command: point-p}}}}
  - id: back
    kind: take_over
    title: Zurück zur ersten Datenbank
    owner: IT
    steps:
      - {{id: rebuild, title: Alte neu aufbauen, do: {{command: rebuild-p}}, timeout: 100 s,
         undo: {{nothing: true}}}}
      - {{id: follow, title: Alte folgt, do: {{command: follow-s}}, undo: {{command: alone-s}},
         timeout: 40 s}}
      - {{id: fence, title: Bereitschaft anhalten, do: {{command: fence-s}}, fence: true,
         check: {{probe: DB2/sql, is: failure}}, undo: {{command: unfence-s}}, timeout: 40 s}}
      - {{id: promote, title: Erste hochstufen, do: {{command: promote-p}}, promote: true,
         check: {{probe: DB1/sql, is: success}}, timeout: 40 s}}
      - {{id: app, title: Anwendung umschalten, do: {{command: point-p}}, repeatable: true}}
fallbacks:
  - {{id: db, title: Ersatzdatenbank, stands_in_for: DB1, on: over, off: back, owner: IT,
     risk: ohne zweite Datenbank, restores: Zulassung, expires: 2 d}}
)yaml",
                       probe(cluster.port_of("p")), probe(cluster.port_of("s")));
  }

  Json plans() const { return server->command({"plan", "list", "--json"}).json(); }
  std::string step_state(std::size_t step) const {
    const Json runs = plans()["runs"];
    return runs.empty() ? "" : runs[0]["steps"][step].value("state", "");
  }
  // True once the newest run is one of this plan and has ended so.
  bool ends(const char* plan, const char* result) const {
    return await(
        [&] {
          const Json runs = plans()["runs"];
          return !runs.empty() && runs[0]["plan"] == plan && runs[0]["result"] == result;
        },
        std::chrono::seconds(100));
  }
  bool office_is(const char* state) const {
    return await([&] { return server->state_at("KFZ", "H") == state; }, std::chrono::seconds(30));
  }
  Json fix() const {
    const Json record = server->command({"record", "show", "--json"}).json();
    for (const Json& incident : record["incidents"]) {
      for (const Json& one : incident["fixes"]) return one;
    }
    return {};
  }

  servers::DatabasePair cluster;
  TempFolder files;
  std::unique_ptr<servers::Process> helper;
  std::filesystem::path district;
  std::unique_ptr<Server> server;
};

}  // namespace

TEST_F(TakeOverStory, NoAcknowledgedRowIsLostAndTheOldOneCannotComeBackByAccident) {
  const Outcome checked = run({"check", district.string(), "--commands", file("commands.yaml")});
  ASSERT_EQ(checked.code, 0) << checked.err;
  servers::WritingApplication writer(cluster);
  ASSERT_TRUE(goes_on(writer));
  ASSERT_EQ(server->command({"plan", "dry-run", "over"}).code, 0);
  ASSERT_TRUE(ends("over", "undone")) << "its precondition does not hold: the primary works";

  constexpr std::int64_t kUntold = -1;
  ASSERT_TRUE(cluster.kill_in_a_commit(kUntold))
      << "a commit waits for the standby once it is on the disk here, and its writer is not told";
  ASSERT_TRUE(office_is("closed")) << server->output();
  cluster.folder().write("hold", "");
  const Outcome on = server->command({"switch", "on", "db", "--reason", "DB1 ist tot"});
  ASSERT_EQ(on.code, 0) << on.err;
  ASSERT_TRUE(await([&] { return step_state(0) == "asked" && cluster.exists("fenced-p"); },
                    std::chrono::seconds(30)));
  server->kill();  // while the helper is at it
  std::filesystem::remove(cluster.folder().path() / "hold");
  server->start();
  server->wait_until_ready();
  ASSERT_TRUE(ends("over", "done")) << plans().dump(2) << server->output() << helper->output();
  EXPECT_EQ(plans()["fallbacks"][0]["state"], "on");
  EXPECT_EQ(read_file(cluster.folder().path() / "fenced.log", 1'000).value(), "p\n")
      << "what was begun before the kill is not done twice";
  EXPECT_EQ(fix()["state"], "in_force") << fix().dump();
  EXPECT_EQ(fix()["title"]["de"], "Ersatzdatenbank");

  ASSERT_TRUE(goes_on(writer)) << "the application writes through the new one";
  ASSERT_TRUE(office_is("normal"));
  EXPECT_THROW(cluster.node("start", "p"), std::runtime_error) << "it is fenced";

  const Outcome off = server->command({"switch", "off", "db", "--reason", "repariert"});
  ASSERT_EQ(off.code, 0) << off.err;
  ASSERT_TRUE(ends("back", "done")) << plans().dump(2) << helper->output();
  EXPECT_EQ(fix()["state"], "ended");
  ASSERT_TRUE(goes_on(writer));
  writer.stop();
  const std::set<std::int64_t> stored = cluster.rows("p");
  const std::set<std::int64_t> acknowledged = writer.acknowledged();
  std::vector<std::int64_t> lost;
  std::ranges::set_difference(acknowledged, stored, std::back_inserter(lost));
  EXPECT_TRUE(lost.empty()) << lost.size() << " rows\n" << cluster.log("p") << cluster.log("s");
  EXPECT_FALSE(stored.contains(kUntold)) << "the old one has to be built anew, not merely started";
  EXPECT_THROW(cluster.node("start", "s"), std::runtime_error) << "now that one is fenced";
  EXPECT_EQ(run({"journal", "verify", server->data().string()}).code, 0);
}

TEST_F(TakeOverStory, AWrongListStopsItBeforeAnythingIsDone) {
  std::ofstream(file("commands.yaml"), std::ios::app) << "# changed\n";
  cluster.kill("p");
  ASSERT_TRUE(office_is("closed"));
  ASSERT_EQ(server->command({"switch", "on", "db"}).code, 0);
  ASSERT_TRUE(ends("over", "undone")) << plans().dump(2);
  EXPECT_NE(plans()["runs"][0].value("detail", "").find("is not as it was signed"),
            std::string::npos)
      << plans().dump(2);
  EXPECT_FALSE(cluster.exists("fenced-p"));
  EXPECT_EQ(plans()["fallbacks"][0]["state"], "off");
  EXPECT_TRUE(fix().is_null());
}

}  // namespace dienstbereit::e2e
