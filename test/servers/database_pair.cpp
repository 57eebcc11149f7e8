// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "servers/database_pair.h"

#include <chrono>
#include <csignal>
#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>
#include <libpq-fe.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace dienstbereit::servers {
namespace {

constexpr const char* kTools = "/usr/lib/postgresql/15/bin/";
constexpr std::chrono::milliseconds kBetweenTries{20};
constexpr std::chrono::milliseconds kBetweenRows{2};

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

std::string run(const std::vector<std::string>& words) {
  if (!is_root()) return run_program(words);
  std::vector<std::string> whole{"/usr/bin/setpriv", "--reuid",  "postgres",
                                 "--regid",          "postgres", "--init-groups"};
  whole.insert(whole.end(), words.begin(), words.end());
  return run_program(whole);
}

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file);
  return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

DatabasePair::DatabasePair() {
  prctl(PR_SET_CHILD_SUBREAPER, 1);  // so that kill() can wait for what pg_ctl has started
  folder_.write("node.sh", kScript);
  if (is_root()) run_program({"chown", "-R", "postgres:", base()});
  run({std::string(kTools) + "initdb", "-D", base() + "/p", "-U", "postgres", "-A", "trust",
       "--no-sync", "-E", "UTF8", "--locale", "C"});
  node("start", "p");
  sql(p_, "CREATE TABLE rows(n bigint PRIMARY KEY)");
  run({std::string(kTools) + "pg_basebackup", "-h", "127.0.0.1", "-p", std::to_string(p_), "-U",
       "postgres", "-D", base() + "/s", "-R", "-X", "stream", "-c", "fast", "--no-sync"});
  node("start", "s");
  sql(p_, "ALTER SYSTEM SET synchronous_standby_names = '*'");
  sql(p_, "SELECT pg_reload_conf()");
  node("point", "p");
}

DatabasePair::~DatabasePair() {
  for (const char* name : {"p", "s"}) {
    try {
      run({std::string(kTools) + "pg_ctl", "-D", base() + "/" + name, "-m", "immediate", "stop"});
    } catch (const std::exception&) {  // it does not run
    }
  }
}

std::string DatabasePair::node(const std::string& action, const std::string& name,
                               const std::string& more) const {
  std::vector<std::string> words{"/bin/sh", base() + "/node.sh",          base(), action,
                                 name,      std::to_string(port_of(name))};
  if (!more.empty()) words.push_back(more);
  return run(words);
}

std::string DatabasePair::command(const std::string& name, const std::string& action,
                                  const std::string& node, const std::string& more) const {
  return fmt::format("  - name: {}\n    argv: [/bin/sh, {}/node.sh, {}, {}, {}, '{}'{}]\n{}"
                     "    timeout: 100 s\n",
                     name, base(), base(), action, node, port_of(node),
                     more.empty() ? "" : ", '" + more + "'",
                     is_root() ? "    user: postgres\n" : "");
}

std::string DatabasePair::commands() const {
  return "commands:\n" + command("fence-p", "fence", "p", "immediate") +
         command("unfence-p", "unfence", "p") + command("promote-s", "promote", "s") +
         command("point-s", "point", "s") + command("point-p", "point", "p") +
         command("rebuild-p", "rebuild", "p", std::to_string(s_)) +
         command("follow-s", "follow", "s") + command("alone-s", "alone", "s") +
         command("fence-s", "fence", "s", "fast") + command("unfence-s", "unfence", "s") +
         command("promote-p", "promote", "p");
}

std::string DatabasePair::sql(std::uint16_t port, const std::string& text) {
  return run_program({"psql", "-h", "127.0.0.1", "-p", std::to_string(port), "-U", "postgres", "-v",
                      "ON_ERROR_STOP=1", "-Atc", text, "postgres"});
}

PGconn* DatabasePair::connect(std::uint16_t port) {
  PGconn* connection = PQconnectdb(
      fmt::format("host=127.0.0.1 port={} user=postgres dbname=postgres connect_timeout=2", port)
          .c_str());
  PQsetNoticeProcessor(connection, [](void*, const char*) {}, nullptr);
  return connection;
}

void DatabasePair::kill(const std::string& name) const {
  const pid_t pid = std::stoi(text_of(folder_.path() / name / "postmaster.pid"));
  ::kill(pid, SIGKILL);
  if (waitpid(pid, nullptr, 0) != pid) throw std::runtime_error("it did not end: " + name);
}

bool DatabasePair::kill_in_a_commit(std::int64_t row) const {
  const pid_t sender = std::stoi(sql(p_, "SELECT pid FROM pg_stat_replication"));
  ::kill(sender, SIGSTOP);
  PGconn* connection = connect(p_);
  const std::string insert = fmt::format("INSERT INTO rows VALUES ({})", row);
  const std::string waits = fmt::format(
      "SELECT count(*) FROM pg_stat_activity WHERE query = '{}' AND wait_event = 'SyncRep'",
      insert);
  const auto late = std::chrono::steady_clock::now() + Process::kPatience;
  bool stored_here = PQsendQuery(connection, insert.c_str()) == 1;
  while (stored_here && sql(p_, waits) != "1\n") {
    stored_here = std::chrono::steady_clock::now() < late;
  }
  kill("p");
  ::kill(sender, SIGKILL);
  PGresult* result = PQgetResult(connection);
  const bool told = PQresultStatus(result) == PGRES_COMMAND_OK;
  PQclear(result);
  PQfinish(connection);
  return stored_here && !told;
}

std::set<std::int64_t> DatabasePair::rows(const std::string& name) const {
  std::set<std::int64_t> stored;
  std::istringstream rows(sql(port_of(name), "SELECT n FROM rows"));
  for (std::int64_t n = 0; rows >> n;) stored.insert(n);
  return stored;
}

std::string DatabasePair::log(const std::string& name) const {
  return text_of(folder_.path() / (name + ".log"));
}

bool DatabasePair::exists(const std::string& name) const {
  return std::filesystem::exists(folder_.path() / name);
}

WritingApplication::WritingApplication(const DatabasePair& pair)
    : pair_(pair), thread_([this] { work(); }) {}

void WritingApplication::stop() {
  stop_ = true;
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

std::set<std::int64_t> WritingApplication::acknowledged() const {
  const std::lock_guard lock(mutex_);
  return acknowledged_;
}

void WritingApplication::work() {
  const auto target = [this] { return text_of(pair_.folder().path() / "target"); };
  while (!stop_) {
    const std::string now = target();
    PGconn* connection = DatabasePair::connect(static_cast<std::uint16_t>(std::stoi(now)));
    while (!stop_ && PQstatus(connection) == CONNECTION_OK && insert(connection)) {
      if (target() != now) break;
    }
    PQfinish(connection);
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, kBetweenTries, [this] { return stop_.load(); });
  }
}

bool WritingApplication::insert(PGconn* connection) {
  PGresult* result =
      PQexec(connection, fmt::format("INSERT INTO rows VALUES ({})", ++next_).c_str());
  const bool good = PQresultStatus(result) == PGRES_COMMAND_OK;
  PQclear(result);
  if (!good) return false;
  std::unique_lock lock(mutex_);
  acknowledged_.insert(next_);
  wake_.wait_for(lock, kBetweenRows, [this] { return stop_.load(); });
  return true;
}

}  // namespace dienstbereit::servers
