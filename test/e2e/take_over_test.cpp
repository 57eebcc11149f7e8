// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <iterator>
#include <mutex>
#include <set>
#include <thread>

#include <fmt/format.h>
#include <libpq-fe.h>
#include <pwd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "program.h"

// A primary database dies; the standby takes over by plan, through the privileged helper; our own
// program is killed in the middle; no acknowledged row is lost; later the way back.
namespace dienstbereit::e2e {
namespace {

using servers::TempFolder;
using namespace std::string_literals;

// What an operator would install: starts a node unless it is fenced, fences one, promotes one,
// builds one anew from another, makes the commits of one wait until the other has them, points the
// application at one.
constexpr const char* kScript = R"sh(#!/bin/sh
set -eu
base=$1 action=$2 name=$3 port=$4 more=${5:-}
bin=/usr/lib/postgresql/15/bin
data=$base/$name
sql() { psql -h 127.0.0.1 -p "$port" -U postgres -v ON_ERROR_STOP=1 -Atc "$1" postgres; }
case $action in
start)
  if [ -e "$base/fenced-$name" ]; then
    echo "$name is fenced: it must not start" >&2
    exit 1
  fi
  exec $bin/pg_ctl -D "$data" -w -t 30 -l "$base/$name.log" \
    -o "-h 127.0.0.1 -p $port -k $base -F $more" start
  ;;
fence)
  touch "$base/fenced-$name"
  echo "$name" >>"$base/fenced.log"
  $bin/pg_ctl -D "$data" -m "$more" stop || true
  while [ -e "$base/hold" ]; do sleep 0.1; done
  echo "$name is fenced"
  ;;
unfence) rm -f "$base/fenced-$name" ;;
follow)
  sql "ALTER SYSTEM SET synchronous_standby_names = '*'"
  sql "SELECT pg_reload_conf()"
  until [ "$(sql "SELECT max(sync_state) FROM pg_stat_replication")" = sync ]; do sleep 0.1; done
  stored=$(sql "SELECT pg_current_wal_flush_lsn()")
  until [ "$(sql "SELECT max(flush_lsn) >= '$stored' FROM pg_stat_replication")" = t ]; do
    sleep 0.1
  done
  ;;
alone)
  sql "ALTER SYSTEM RESET synchronous_standby_names"
  sql "SELECT pg_reload_conf()"
  ;;
promote) exec $bin/pg_ctl promote -D "$data" -w -t 20 ;;
rebuild)
  rm -rf "$data" "$base/fenced-$name"
  $bin/pg_basebackup -h 127.0.0.1 -p "$more" -U postgres -D "$data" -R -X stream -c fast --no-sync
  exec sh "$0" "$base" start "$name" "$port"
  ;;
point)
  echo "$port" >"$base/target.new"
  mv "$base/target.new" "$base/target"
  ;;
esac
)sh";

bool is_root() { return geteuid() == 0; }
std::string user_name() { return getpwuid(geteuid())->pw_name; }

Words as_postgres(Words words) {
  if (!is_root()) return words;
  Words whole{"/usr/bin/setpriv", "--reuid", "postgres", "--regid", "postgres", "--init-groups"};
  whole.insert(whole.end(), words.begin(), words.end());
  return whole;
}

// Two nodes of PostgreSQL: "p" begins as primary and waits for "s" with each commit.
class Cluster {
 public:
  Cluster() {
    prctl(PR_SET_CHILD_SUBREAPER, 1);  // so that kill() can wait for what pg_ctl has started
    folder.write("node.sh", kScript);
    if (is_root()) servers::run_program({"chown", "-R", "postgres:", base()});
    run({"/usr/lib/postgresql/15/bin/initdb", "-D", base() + "/p", "-U", "postgres", "-A", "trust",
         "--no-sync", "-E", "UTF8", "--locale", "C"});
    node("start", "p", "");
    sql(p, "CREATE TABLE rows(n bigint PRIMARY KEY)");
    run({"/usr/lib/postgresql/15/bin/pg_basebackup", "-h", "127.0.0.1", "-p", std::to_string(p),
         "-U", "postgres", "-D", base() + "/s", "-R", "-X", "stream", "-c", "fast", "--no-sync"});
    node("start", "s", "");
    sql(p, "ALTER SYSTEM SET synchronous_standby_names = '*'");
    sql(p, "SELECT pg_reload_conf()");
    node("point", "p", "");
  }
  ~Cluster() {
    for (const char* name : {"p", "s"}) {
      try {
        run({"/usr/lib/postgresql/15/bin/pg_ctl", "-D", base() + "/" + name, "-m", "immediate",
             "stop"});
      } catch (const std::exception&) {  // it does not run
      }
    }
  }

  std::string base() const { return folder.path().string(); }
  std::uint16_t port_of(const std::string& name) const { return name == "p" ? p : s; }
  static std::string run(const Words& words) { return servers::run_program(as_postgres(words)); }
  std::string node(const char* action, const char* name, const std::string& more) const {
    Words words{"/bin/sh", base() + "/node.sh",          base(), action,
                name,      std::to_string(port_of(name))};
    if (!more.empty()) words.push_back(more);
    return run(words);
  }
  static std::string sql(std::uint16_t port, const std::string& text) {
    return servers::run_program({"psql", "-h", "127.0.0.1", "-p", std::to_string(port), "-U",
                                 "postgres", "-v", "ON_ERROR_STOP=1", "-Atc", text, "postgres"});
  }
  static PGconn* connect(std::uint16_t port) {
    PGconn* connection = PQconnectdb(
        fmt::format("host=127.0.0.1 port={} user=postgres dbname=postgres connect_timeout=2", port)
            .c_str());
    PQsetNoticeProcessor(connection, [](void*, const char*) {}, nullptr);
    return connection;
  }
  // Its main process, by pid, as a power cut would.
  void kill(const char* name) const {
    const auto text = read_file(folder.path() / name / "postmaster.pid", 1'000);
    const pid_t pid = std::stoi(text.value());
    ::kill(pid, SIGKILL);
    ASSERT_EQ(waitpid(pid, nullptr, 0), pid);
  }
  // Kills the primary at the worst moment: it has stored a row that the standby never gets. Whoever
  // wrote it must not have been told that it is stored.
  void kill_in_a_commit(std::int64_t row) const {
    const pid_t sender = std::stoi(sql(p, "SELECT pid FROM pg_stat_replication"));
    ::kill(sender, SIGSTOP);
    PGconn* connection = connect(p);
    const std::string insert = fmt::format("INSERT INTO rows VALUES ({})", row);
    ASSERT_EQ(PQsendQuery(connection, insert.c_str()), 1);
    ASSERT_TRUE(await([&] {
      return sql(p, fmt::format("SELECT count(*) FROM pg_stat_activity WHERE query = '{}' AND "
                                "wait_event = 'SyncRep'",
                                insert)) == "1\n";
    })) << "a commit waits for the standby once it is on the disk here";
    kill("p");
    ::kill(sender, SIGKILL);
    PGresult* result = PQgetResult(connection);
    EXPECT_NE(PQresultStatus(result), PGRES_COMMAND_OK);
    PQclear(result);
    PQfinish(connection);
  }
  std::string log(const std::string& name) const {
    return read_file(folder.path() / (name + ".log"), 1'000'000).value_or("");
  }
  bool exists(const char* name) const { return std::filesystem::exists(folder.path() / name); }

  TempFolder folder;
  std::uint16_t p = servers::free_port();
  std::uint16_t s = servers::free_port();
};

// An application that writes rows to wherever it is pointed, and remembers what was acknowledged.
class Writer {
 public:
  explicit Writer(const Cluster& cluster) : cluster_(cluster), thread_([this] { work(); }) {}
  ~Writer() { stop(); }
  void stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }
  std::set<std::int64_t> acknowledged() const {
    const std::lock_guard lock(mutex_);
    return acknowledged_;
  }
  // True once rows are written that were not before.
  bool goes_on() const {
    const std::size_t before = acknowledged().size();
    return await([&] { return acknowledged().size() > before + 5; }, std::chrono::seconds(30));
  }

 private:
  void work() {
    while (!stop_) {
      const auto target = read_file(cluster_.folder.path() / "target", 100);
      PGconn* connection = Cluster::connect(static_cast<std::uint16_t>(std::stoi(target.value())));
      while (!stop_ && PQstatus(connection) == CONNECTION_OK && insert(connection)) {
        if (read_file(cluster_.folder.path() / "target", 100).value() != *target) break;
      }
      PQfinish(connection);
      await([this] { return stop_.load(); }, std::chrono::milliseconds(20));
    }
  }
  bool insert(PGconn* connection) {
    PGresult* result =
        PQexec(connection, fmt::format("INSERT INTO rows VALUES ({})", ++next_).c_str());
    const bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
    PQclear(result);
    if (!good) return false;
    const std::lock_guard lock(mutex_);
    acknowledged_.insert(next_);
    return true;
  }

  const Cluster& cluster_;
  std::atomic<bool> stop_ = false;
  std::int64_t next_ = 0;
  mutable std::mutex mutex_;
  std::set<std::int64_t> acknowledged_;
  std::thread thread_;
};

struct TakeOverStory : testing::Test {
  TakeOverStory() {
    EXPECT_EQ(run({"helper", "keygen", file("key")}).code, 0);
    files.write("commands.yaml", commands());
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

  std::string command(const char* name, const char* action, const char* node,
                      const std::string& more) const {
    return fmt::format("  - name: {}\n    argv: [/bin/sh, {}/node.sh, {}, {}, {}, '{}'{}]\n{}"
                       "    timeout: 100 s\n",
                       name, cluster.base(), cluster.base(), action, node, cluster.port_of(node),
                       more.empty() ? "" : ", '" + more + "'",
                       is_root() ? "    user: postgres\n" : "");
  }
  std::string commands() const {
    return "commands:\n" + command("fence-p", "fence", "p", "immediate") +
           command("unfence-p", "unfence", "p", "") + command("promote-s", "promote", "s", "") +
           command("point-s", "point", "s", "") + command("point-p", "point", "p", "") +
           command("rebuild-p", "rebuild", "p", std::to_string(cluster.s)) +
           command("follow-s", "follow", "s", "") + command("alone-s", "alone", "s", "") +
           command("fence-s", "fence", "s", "fast") + command("unfence-s", "unfence", "s", "") +
           command("promote-p", "promote", "p", "");
  }
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
                       probe(cluster.p), probe(cluster.s));
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

  Cluster cluster;
  TempFolder files;
  std::unique_ptr<servers::Process> helper;
  std::filesystem::path district;
  std::unique_ptr<Server> server;
};

}  // namespace

TEST_F(TakeOverStory, NoAcknowledgedRowIsLostAndTheOldOneCannotComeBackByAccident) {
  const Outcome checked = run({"check", district.string(), "--commands", file("commands.yaml")});
  ASSERT_EQ(checked.code, 0) << checked.err;
  Writer writer(cluster);
  ASSERT_TRUE(writer.goes_on());
  ASSERT_EQ(server->command({"plan", "dry-run", "over"}).code, 0);
  ASSERT_TRUE(ends("over", "undone")) << "its precondition does not hold: the primary works";

  constexpr std::int64_t kUntold = -1;
  ASSERT_NO_FATAL_FAILURE(cluster.kill_in_a_commit(kUntold));
  ASSERT_TRUE(office_is("closed")) << server->output();
  cluster.folder.write("hold", "");
  const Outcome on = server->command({"switch", "on", "db", "--reason", "DB1 ist tot"});
  ASSERT_EQ(on.code, 0) << on.err;
  ASSERT_TRUE(await([&] { return step_state(0) == "asked" && cluster.exists("fenced-p"); },
                    std::chrono::seconds(30)));
  server->kill();  // while the helper is at it
  std::filesystem::remove(cluster.folder.path() / "hold");
  server->start();
  server->wait_until_ready();
  ASSERT_TRUE(ends("over", "done")) << plans().dump(2) << server->output() << helper->output();
  EXPECT_EQ(plans()["fallbacks"][0]["state"], "on");
  EXPECT_EQ(read_file(cluster.folder.path() / "fenced.log", 1'000).value(), "p\n")
      << "what was begun before the kill is not done twice";
  EXPECT_EQ(fix()["state"], "in_force") << fix().dump();
  EXPECT_EQ(fix()["title"]["de"], "Ersatzdatenbank");

  ASSERT_TRUE(writer.goes_on()) << "the application writes through the new one";
  ASSERT_TRUE(office_is("normal"));
  EXPECT_THROW(cluster.node("start", "p", ""), std::runtime_error) << "it is fenced";

  const Outcome off = server->command({"switch", "off", "db", "--reason", "repariert"});
  ASSERT_EQ(off.code, 0) << off.err;
  ASSERT_TRUE(ends("back", "done")) << plans().dump(2) << helper->output();
  EXPECT_EQ(fix()["state"], "ended");
  ASSERT_TRUE(writer.goes_on());
  writer.stop();
  std::set<std::int64_t> stored;
  std::istringstream rows(Cluster::sql(cluster.p, "SELECT n FROM rows"));
  for (std::int64_t n = 0; rows >> n;) stored.insert(n);
  const std::set<std::int64_t> acknowledged = writer.acknowledged();
  std::vector<std::int64_t> lost;
  std::ranges::set_difference(acknowledged, stored, std::back_inserter(lost));
  EXPECT_TRUE(lost.empty()) << lost.size() << " rows\n" << cluster.log("p") << cluster.log("s");
  EXPECT_FALSE(stored.contains(kUntold)) << "the old one has to be built anew, not merely started";
  EXPECT_THROW(cluster.node("start", "s", ""), std::runtime_error) << "now that one is fenced";
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
