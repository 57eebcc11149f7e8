// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <atomic>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <thread>

#include <fmt/format.h>

#include "app/cli/commands.h"
#include "app/cli/open_gatekeeper.h"
#include "app/version.h"
#include "base/log.h"
#include "journal/sqlite_journal.h"
#include "story/player.h"
#include "story/times.h"
#include "web/server.h"

namespace dienstbereit::app {
namespace {

using Steady = std::chrono::steady_clock;

// With nothing else to do the engine says that it looks this often; pages are stale after twice
// this. The fewer situations are made, the faster days pass.
constexpr Duration kSayAgain = std::chrono::minutes(5);
// How long the engine waits for what people put in before time goes on.
constexpr std::chrono::milliseconds kStep{20};

// A folder of its own, gone with the story.
class TemporaryFolder {
 public:
  static Result<TemporaryFolder> make() {
    std::string name = (std::filesystem::temp_directory_path() / "dienstbereit-story-XXXXXX");
    if (::mkdtemp(name.data()) == nullptr) {
      return fail(Errc::Io, fmt::format("no folder can be made in '{}'; name one with --data",
                                        std::filesystem::temp_directory_path().string()));
    }
    return TemporaryFolder(name);
  }
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}
  TemporaryFolder& operator=(TemporaryFolder&&) = delete;
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  const std::filesystem::path& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

// An exercise sends nothing to anybody.
class NoSubscriptions final : public web::Subscriptions {
 public:
  void add(std::string, std::string, Done done) override { done(none()); }
  void find(std::string, std::string, Done done) override { done(none()); }
  void confirm(std::string, std::string, Done done) override { done(none()); }
  void end(std::string, Done done) override { done(none()); }
  void list(std::function<void(std::vector<Subscriber>)> done) override { done({}); }

 private:
  static Result<Subscriber> none() {
    return fail(Errc::Unavailable, "an exercise keeps no subscriptions");
  }
};

// What the web server asks of a house: it has no disk, no credentials and no files to read again.
class HouseControl final : public web::Control {
 public:
  explicit HouseControl(story::House& house) : house_(house) {}

  Instant now() const override { return house_.now() + house_.civil_offset(); }
  std::optional<std::string> heartbeat_token(const ProbeId&) const override { return std::nullopt; }
  bool heartbeat(const ProbeId&) override { return false; }
  void acknowledge(Actor actor, std::string what, Reply reply) override {
    house_.input().command(std::move(actor), Acknowledge{std::move(what)}, std::move(reply));
  }
  void reload(Actor, Reply reply) override {
    reply(fail(Errc::Unavailable, "a story keeps its district; start it again to read another"));
  }
  void backup(Actor actor, std::string file, Reply reply) override {
    house_.input().command(std::move(actor), Backup{std::move(file)}, std::move(reply));
  }
  void keep_photo(std::string, Kept done) override { done(nothing_kept()); }
  void find_photo(const std::string&, Kept done) override { done(nothing_kept()); }
  void erase_photo(const std::string&, Kept done) override { done(nothing_kept()); }
  void keep_feedback(std::string, Kept done) override { done(nothing_kept()); }
  void list_feedback(std::function<void(std::vector<Entry>)> done) override { done({}); }
  void erase_feedback(const std::string&, Kept done) override { done(nothing_kept()); }
  web::Subscriptions& subscriptions() override { return subscriptions_; }
  void make_handbook(Papers done) override { done(no_papers()); }
  void make_packs(const SiteId&, Papers done) override { done(no_papers()); }
  std::vector<Wording> papers_due() const override { return {}; }
  std::optional<HomepageFigures> homepage() const override { return std::nullopt; }
  Result<void> fetch_homepage(bool) override {
    return fail(Errc::Unavailable, "an exercise copies no homepage");
  }
  void prune_homepage(unsigned, Kept done) override { done(nothing_kept()); }
  std::vector<web::Gauge> gauges() const override { return {}; }
  std::optional<Wording> warning() const override { return std::nullopt; }

 private:
  static Result<std::string> nothing_kept() {
    return fail(Errc::Unavailable, "an exercise keeps no photos, no feedback and no copies");
  }

  static tl::unexpected<Error> no_papers() {
    return fail(Errc::Unavailable, "an exercise writes no handbook and no packs");
  }

  story::House& house_;
  NoSubscriptions subscriptions_;
};

// Members stand in the order in which they depend on each other.
class Performance {
 public:
  Performance(const story::Story& story, journal::Journal& journal, const StoryOptions& options)
      : story_(story),
        options_(options),
        house_(journal, setup()),
        player_(story, house_, [](const std::string& line) { fmt::print("{}\n", line); }),
        control_(house_) {}

  Result<void> start() { return player_.start(); }

  // As fast as it can.
  void play() {
    player_.play();
    house_.stop();
  }

  // At the chosen speed, with the pages, until a signal comes.
  Result<void> show(const std::filesystem::path& folder) {
    web::ServerOptions server;
    server.listen = options_.listen;
    server.socket = socket_of(folder);
    server.version = kVersion;
    server_.emplace(server, house_.input(), control_, gatekeeper_);
    if (auto started = server_->start(); !started) return started;
    server_->publish(house_.shared_situation());
    const web::ListenAddress& first = options_.listen.front();
    const bool v6 = first.address.find(':') != std::string::npos;
    fmt::print("Exercise: http://{}{}{}:{}/\nAct in it at /operate/ there, or with --data {}\n",
               v6 ? "[" : "", first.address, v6 ? "]" : "", server_->ports().front(),
               folder.string());
    std::fflush(stdout);
    std::thread play([this] { run(); });
    wait_for_signal();
    stopped_ = true;
    play.join();
    server_->stop();
    return {};
  }

  // The verdict; false if something was not as wanted.
  bool tell() const {
    for (const story::Failure& failure : player_.failures()) {
      fmt::print("{}\n", story::to_text(failure, story_));
    }
    fmt::print("{}: {} of {} wants met{}\n", story_.name, player_.wants_met(), story_.wants.size(),
               player_.over() ? "" : "; it was ended before its end");
    return player_.failures().empty() && player_.over();
  }

 private:
  story::House::Setup setup() {
    story::House::Setup setup;
    setup.version = kVersion;
    setup.exercise = true;
    setup.shortest_interval = story_.probes_every;
    setup.say_again = options_.listen.empty() ? kSayAgain : setup.say_again;
    setup.publish = [this](std::shared_ptr<const Situation> situation) {
      player_.look();
      if (server_) server_->publish(std::move(situation));
    };
    return setup;
  }

  void run() {
    const Steady::time_point began = Steady::now();
    bool told = false;
    while (!stopped_) {
      const auto real = std::chrono::duration<double, std::milli>(Steady::now() - began);
      const Duration passed(static_cast<std::int64_t>(real.count() * options_.speed));
      player_.play_until(std::max(story_.start + passed, house_.now()));
      if (player_.over() && !std::exchange(told, true)) {
        fmt::print("The story is over; its pages stay until Ctrl-C.\n");
      }
      std::fflush(stdout);
      house_.turn(kStep);
    }
    house_.stop();
  }

  static void wait_for_signal() {
    sigset_t signals = ending_signals();
    int signal = 0;
    sigwait(&signals, &signal);
  }

 public:
  static sigset_t ending_signals() {
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGTERM);
    return signals;
  }

 private:
  const story::Story& story_;
  const StoryOptions& options_;
  story::House house_;
  story::Player player_;
  HouseControl control_;
  OpenGatekeeper gatekeeper_;
  std::optional<web::Server> server_;
  std::atomic<bool> stopped_ = false;
};

}  // namespace

int story(const StoryOptions& options) {
  const story::LoadedStory loaded = story::load_story(options.file);
  if (!loaded.story) {
    fmt::print(stderr, "{}", config::to_lines(loaded.diagnostics));
    return kExitBadInput;
  }
  std::optional<TemporaryFolder> temporary;
  std::filesystem::path folder = options.data;
  if (folder.empty() && !options.listen.empty()) {
    auto made = TemporaryFolder::make();
    if (!made) return complain(made.error());
    temporary.emplace(std::move(*made));
    folder = temporary->path();
  }
  std::unique_ptr<journal::Journal> journal = std::make_unique<journal::MemoryJournal>();
  if (!options.data.empty()) {
    auto opened = journal::SqliteJournal::open(options.data);
    if (!opened) return complain(opened.error());
    journal = std::move(*opened);
  }
  // Blocked before any thread starts, so that only the wait for them sees them.
  const sigset_t signals = Performance::ending_signals();
  if (!options.listen.empty()) pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);

  Performance performance(*loaded.story, *journal, options);
  if (auto started = performance.start(); !started) return complain(started.error());
  if (options.listen.empty()) {
    performance.play();
  } else if (auto shown = performance.show(folder); !shown) {
    return complain(shown.error());
  }
  return performance.tell() ? kExitOk : kExitFailed;
}

}  // namespace dienstbereit::app
