// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/application.h"

#include <atomic>
#include <csignal>
#include <future>
#include <thread>

#include <fmt/format.h>
#include <sys/timex.h>

#include "app/control.h"
#include "app/gatekeeper.h"
#include "app/homepage.h"
#include "app/intake.h"
#include "app/keeper.h"
#include "app/messenger.h"
#include "app/open_files.h"
#include "app/outside.h"
#include "app/papers/papers.h"
#include "app/subscriptions.h"
#include "app/version.h"
#include "base/log.h"
#include "config/load.h"
#include "fallback/actions/helper_port.h"
#include "journal/sqlite_journal.h"

namespace dienstbereit::app {
namespace {

// A start clock further ahead of the last event than this is doubted, and one before the program
// was written.
constexpr Duration kPlausibleGap = std::chrono::hours(24 * 7);
constexpr Instant kProgramWritten{std::chrono::hours(24 * 20'500)};  // 2026-02-16

struct StartTime {
  Instant base;
  bool doubted = false;
};

StartTime start_time(const journal::Head& head, Instant wall) {
  if (head.seq == 0) return {wall, wall < kProgramWritten};
  const Instant next = head.logical + Duration(1);
  const bool doubted = wall < head.logical || wall > head.logical + kPlausibleGap;
  return {doubted ? next : std::max(next, wall), doubted};
}

// The kernel says that NTP keeps this machine's clock.
bool clock_is_kept() {
  timex state{};
  return ::adjtimex(&state) != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}

// The prober comes after the engine that feeds it; until then there is nothing to run.
class LateProber final : public ProbePort {
 public:
  void set(probe::Prober* prober) { prober_ = prober; }
  void run_now(const ProbeId& probe) override {
    if (probe::Prober* prober = prober_) prober->run_now(probe);
  }
  void use(std::shared_ptr<const District> district) override {
    if (probe::Prober* prober = prober_) prober->use(std::move(district));
  }

 private:
  std::atomic<probe::Prober*> prober_ = nullptr;
};

std::filesystem::path folder_of(const std::filesystem::path& district) {
  return std::filesystem::is_directory(district) ? district : district.parent_path();
}

// Where a package or a checkout has the counters' pages, as seen from the program; empty: nowhere.
std::filesystem::path console_beside_program() {
  std::error_code error;
  const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
  for (const char* place : {"../share/dienstbereit/console", "../console"}) {
    const auto folder = (program.parent_path() / place).lexically_normal();
    if (!error && std::filesystem::exists(folder / "index.html", error)) return folder;
  }
  return {};
}

web::ServerOptions server_options(const ServeOptions& options) {
  web::ServerOptions server;
  server.listen = options.listen;
  server.tls = options.tls;
  server.socket = socket_of(options.data);
  server.version = kVersion;
  server.console = options.console.empty() ? console_beside_program() : options.console;
  return server;
}

std::filesystem::path contacts_of(const ServeOptions& options) {
  return options.contacts.empty() ? options.data / "contacts.yaml" : options.contacts;
}

// A page that tells citizens matters more than a typing error in the contacts: it starts without.
std::optional<AckCodes> codes_of(const std::filesystem::path& data) {
  auto codes = AckCodes::open(data);
  if (codes) return std::move(*codes);
  log::error("{}", codes.error().message);
  return std::nullopt;
}

}  // namespace

std::filesystem::path socket_of(const std::filesystem::path& data) { return data / "socket"; }

// Members stand in the order in which they depend on each other, and end in reverse.
class Application::Parts {
 public:
  Parts(const ServeOptions& options, std::unique_ptr<journal::SqliteJournal> journal,
        journal::SampleStore store)
      : options_(options),
        journal_(std::move(journal)),
        start_(start_time(journal_->head(), runtime::Clock::wall())),
        clock_(start_.base),
        credentials_(options.credentials),
        keeper_(*journal_, std::move(store)),
        engine_({options.site, kVersion, options.exercise}, ports()),
        probes_("probes"),
        worker_("worker"),
        studies_("studies"),
        notifier_(
            probes_, [this] { return clock_.now() + engine_.civil_offset(); },
            [this](const std::string& name) { return credentials_.find(name); },
            [this](MessageResult result) { messenger_.report(std::move(result)); },
            folder_of(options.district)),
        messenger_(worker_, notifier_, engine_, codes_of(options.data)),
        subscriptions_(clock_, engine_, worker_, probes_, credentials_,
                       folder_of(options.district)),
        actions_(probes_, options.helper,
                 [this](ActionResult result) { report(std::move(result)); }),
        control_(clock_, engine_, credentials_, worker_, subscriptions_,
                 {options.district, contacts_of(options), options.data}),
        papers_(clock_, engine_, credentials_),
        gatekeeper_(clock_, engine_, worker_),
        intake_(clock_, engine_),
        prober_(probes_, clock_, credentials_, engine_, folder_of(options.district)),
        server_(server_options(options), engine_, control_, gatekeeper_),
        outside_(clock_, engine_, credentials_, worker_, papers_, folder_of(options.district)),
        homepage_(clock_, engine_, options.data, folder_of(options.district)) {
    port_.set(&prober_);
    control_.watch(prober_);
    control_.watch(keeper_);
    control_.tell_by(messenger_);
    control_.write_by(papers_);
    if (!options_.exercise) control_.watch(homepage_);
  }

  Result<void> start(std::shared_ptr<const District> district) {
    control_.use(district);
    messenger_.use(district);
    if (const auto read = control_.read_contacts(); !read) log::error("{}", read.error().message);
    if (auto opened = gatekeeper_.open(options_.data); !opened) return opened;
    if (auto opened = subscriptions_.open(options_.data); !opened) return opened;
    papers_.when_sealed([this] { outside_.look(); });
    papers_.open(options_.data);
    if (auto opened = intake_.open(options_.data); !opened) return opened;
    intake_.start();
    control_.offer(intake_);
    if (auto served = server_.start(); !served) return served;
    worker_.start();
    studies_.start();
    const std::uint64_t before = journal_->head().seq;
    probes_.start();
    probes_running_ = true;
    std::promise<Result<void>> started;
    auto outcome = started.get_future();
    thread_ = std::thread([this, district = std::move(district), &started] {
      auto begun = engine_.start(district, start_.doubted);
      const bool works = begun.has_value();
      running_ = works;
      started.set_value(std::move(begun));
      if (works) engine_.run();
      running_ = false;
    });
    auto begun = outcome.get();
    if (begun) setup_path_ = gatekeeper_.setup_path();
    gatekeeper_.read_trail(options_.data, before);
    return begun;
  }

  void stop() {
    // Before the engine, so that no result comes in behind its back.
    if (probes_started()) prober_.close();
    if (probes_running_) actions_.close();
    worker_.stop();
    engine_.stop_studies();
    studies_.stop();
    intake_.stop();
    outside_.close();
    papers_.close();
    homepage_.close();
    engine_.stop();
    if (thread_.joinable()) thread_.join();
    server_.stop();
    gatekeeper_.close();
    if (probes_running_) {
      notifier_.close();
      subscriptions_.close();
    }
    probes_.stop();
    keeper_.close();
  }

  void look_at_intake() { intake_.look(control_.intake_grace()); }

  AppControl& control() { return control_; }
  engine::Engine& engine() { return engine_; }
  web::Server& server() { return server_; }
  const ServeOptions& options() const { return options_; }
  const std::string& setup_path() const { return setup_path_; }
  bool running() const { return running_; }
  bool clock_doubted() const { return doubted_; }

 private:
  bool probes_started() const { return thread_.joinable(); }

  engine::Ports ports() {
    engine::Ports ports{
        *journal_,
        loader_,
        port_,
        [this] { return clock_.now(); },
        [] { return runtime::Clock::wall(); },
        [this](std::shared_ptr<const Situation> situation) { publish(std::move(situation)); },
        [this](const ProbeResult& result) { keeper_.sample(result); },
        [this] { return messenger_.roster(); },
        &messenger_};
    ports.actions = &actions_;
    ports.calculate = [this](std::function<void()> job) { studies_.post(std::move(job)); };
    return ports;
  }

  void report(ActionResult result) {
    engine_.command({"helper", ""}, PlanCommand(ReportAction{std::move(result)}),
                    [](const Result<Answer>&) {});
  }

  void publish(std::shared_ptr<const Situation> situation) {
    doubted_ = situation->clock_doubted;
    keeper_.look(situation->as_of);
    control_.use(situation->district);
    if (!options_.exercise) {
      outside_.show(situation);
      homepage_.show(situation);
      papers_.show(situation);
    }
    control_.use(situation);
    messenger_.use(situation->district);
    subscriptions_.show(situation);
    server_.publish(std::move(situation));
  }

  ServeOptions options_;
  std::unique_ptr<journal::SqliteJournal> journal_;
  StartTime start_;
  runtime::Clock clock_;
  config::YamlLoader loader_;
  runtime::Credentials credentials_;
  Keeper keeper_;
  LateProber port_;
  engine::Engine engine_;
  runtime::Loop probes_;
  runtime::Loop worker_;
  runtime::Loop studies_;
  notify::Notifier notifier_;
  Messenger messenger_;
  Subscriptions subscriptions_;
  fallback::HelperPort actions_;
  AppControl control_;
  Papers papers_;
  AppGatekeeper gatekeeper_;
  AppIntake intake_;
  probe::Prober prober_;
  web::Server server_;
  Outside outside_;
  Homepage homepage_;
  std::string setup_path_;
  bool probes_running_ = false;
  std::thread thread_;  // engine and journal
  std::atomic<bool> running_ = false;
  std::atomic<bool> doubted_ = false;
};

Application::Application() = default;
Application::~Application() { stop(); }

Result<void> Application::start(const ServeOptions& options) {
  const config::Loaded loaded = config::load_path(options.district);
  for (const config::Diagnostic& one : loaded.diagnostics) {
    if (one.severity == config::Severity::Warning) log::warning("{}", config::to_line(one));
  }
  if (!loaded.district) {
    return fail(Errc::InvalidInput, config::to_lines(loaded.diagnostics));
  }
  check_open_files(*loaded.district);
  if (auto possible = web::rehearse(server_options(options)); !possible) return possible;
  journal::JournalOptions journal_options;
  journal_options.disk.max_bytes = options.journal_bytes;
  auto journal = journal::SqliteJournal::open(options.data, journal_options);
  if (!journal) return tl::unexpected(journal.error());
  auto store = journal::SampleStore::open(options.data);
  if (!store) return tl::unexpected(store.error());
  parts_ = std::make_unique<Parts>(options, std::move(*journal), std::move(*store));
  auto started = parts_->start(loaded.district);
  if (!started) stop();
  return started;
}

void Application::reload() {
  parts_->control().reload({"signal:SIGHUP", ""}, [](Result<Answer> answer) {
    if (!answer) {
      log::error("{}", answer.error().message);
      return;
    }
    for (const std::string& note : answer->notes) log::info("district loaded: {}", note);
  });
}

void Application::look_at_clock() {
  if (!parts_->clock_doubted() || !clock_is_kept()) return;
  parts_->engine().command({"ntp", ""}, ConfirmClock{}, [](const Result<Answer>& answer) {
    if (answer) log::info("the machine's clock is kept by NTP: hours follow it from here on");
  });
}

void Application::look_at_intake() { parts_->look_at_intake(); }

bool Application::running() const { return parts_ && parts_->running(); }

void Application::stop() {
  if (!parts_) return;
  parts_->stop();
  parts_.reset();
}

std::string Application::page() const {
  const web::ListenAddress& first = parts_->options().listen.front();
  const bool v6 = first.address.find(':') != std::string::npos;
  const bool everywhere = first.address == "0.0.0.0" || first.address == "::";
  const std::string host = everywhere ? "localhost"
                           : v6       ? "[" + first.address + "]"
                                      : first.address;
  return fmt::format("{}://{}:{}/", parts_->options().tls ? "https" : "http", host,
                     parts_->server().ports().front());
}

std::string Application::setup_link() const {
  const std::string& path = parts_->setup_path();
  return path.empty() ? path : page() + path.substr(1);
}

}  // namespace dienstbereit::app
