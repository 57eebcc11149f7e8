// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "outpost/outpost.h"

#include <atomic>

#include <fmt/format.h>

#include "base/file.h"
#include "base/log.h"
#include "outpost/courier.h"
#include "outpost/outbox.h"
#include "outpost/vantage.h"
#include "probe/prober.h"
#include "runtime/loop.h"

namespace dienstbereit::outpost {
namespace {

constexpr std::size_t kLargestOrders = 1u << 20;
constexpr std::size_t kMostWaiting = 20'000;  // results before the record
constexpr Duration kLongestAsk = std::chrono::seconds(20);
// Before it knows how often to report.
constexpr Duration kFirstTries = std::chrono::seconds(1);
constexpr const char* kOrdersFile = "orders.json";

}  // namespace

// Members stand in the order in which they depend on each other, and end in reverse.
class Program::Parts final : public InputSink {
 public:
  Parts(Options options, std::unique_ptr<Outbox> outbox)
      : options_(std::move(options)),
        outbox_(std::move(outbox)),
        clock_(runtime::Clock::wall()),
        credentials_(options_.credentials),
        courier_(options_.settings, credentials_),
        probes_("probes"),
        record_("record"),
        way_("way"),
        due_(record_.context()),
        report_(record_.context()),
        again_(way_.context()),
        prober_(probes_, clock_, credentials_, *this, options_.folder) {}

  void start() {
    use_kept_orders();
    probes_.start();
    record_.start();
    way_.start();
    go();
  }

  void stop() {
    cancel_.cancel();
    way_.stop();
    record_.stop();  // nobody asks the prober any more
    prober_.close();
    probes_.stop();
  }

  bool running() const { return running_; }

  // ---- from the probes' thread

  bool report(ProbeResult result) override {
    if (waiting_.fetch_add(1) >= kMostWaiting) {
      --waiting_;
      return false;
    }
    record_.post([this, result = std::move(result)] {
      --waiting_;
      take(vantage_.on_result(result, clock_.now()));
    });
    return true;
  }
  // Ages are told by the uptime, so that steps of the clock do not matter.
  void clock_stepped(Duration) override {}
  void command(Actor, Command, Reply reply) override {
    reply(fail(Errc::Unavailable, "an outpost takes no commands"));
  }

 private:
  // ---- the record's thread

  void take(Vantage::Seen seen) {
    for (const ProbeId& probe : seen.ask_now) prober_.run_now(probe);
    if (!seen.items.empty()) {
      if (!add(seen.items)) return;
      say_how_it_stands();
    }
    watch_due();
  }

  void say_how_it_stands() {
    if (add(vantage_.steady(clock_.now()))) go();
  }

  bool add(const std::vector<OutpostItem>& items) {
    if (!running_) return false;
    const auto added = outbox_->add(items, runtime::moment_now());
    if (added) return true;
    log::error("what was seen cannot be written down, so nothing more is: {}",
               added.error().message);
    running_ = false;
    return false;
  }

  // The server's record is younger than ours.
  void tell_again(const std::vector<ProbeId>& probes) {
    if (const auto unsaid = outbox_->unsay(probes); !unsaid) {
      return log::warning("{}", unsaid.error().message);
    }
    if (add(vantage_.standing(probes, clock_.now()))) say_how_it_stands();
  }

  void watch_due() {
    const auto next = vantage_.next_due();
    if (!next) return;
    due_.expires_at(clock_.steady(*next));
    due_.async_wait([this](const runtime::ErrorCode& ended) {
      if (!ended) take(vantage_.on_due(clock_.now()));
    });
  }

  void report_regularly() {
    report_.expires_after(every_);
    report_.async_wait([this](const runtime::ErrorCode& ended) {
      if (ended) return;
      say_how_it_stands();
      report_regularly();
    });
  }

  void use(const TakenOrders& taken) {
    every_ = taken.orders.report_every;
    vantage_.use(taken.district, clock_.now());
    prober_.use(taken.district);
    watch_due();
    report_regularly();
  }

  // ---- the way's thread

  // Any number of calls while one is on its way make one more.
  void go() {
    if (going_.exchange(true)) return;
    way_.post([this] {
      going_ = false;
      step();
    });
  }

  void step() {
    if (cancel_.cancelled()) return;
    Result<void> done;
    if (orders_.empty()) done = fetch_orders();
    bool more = done.has_value();
    while (more && !cancel_.cancelled()) {
      const auto sent = send_some();
      done = sent ? Result<void>() : tl::unexpected<Error>(sent.error());
      more = sent.value_or(false);
    }
    say(done);
    if (orders_.empty()) try_again(kFirstTries);
  }

  // True: more waits.
  Result<bool> send_some() {
    auto waiting = outbox_->oldest(runtime::moment_now());
    if (!waiting) return tl::unexpected(waiting.error());
    if (waiting->items.empty()) return false;
    OutpostReport report{
        options_.settings.outpost, outbox_->id(),         runtime::Clock::wall(),   waiting->more,
        waiting->repeats_lost,     waiting->changes_lost, std::move(waiting->items)};
    const auto accepted = courier_.deliver(report, {kLongestAsk, cancel_});
    if (!accepted) return tl::unexpected(accepted.error());
    const std::uint64_t last = report.items.back().sequence;
    if (auto gone = outbox_->forget(std::min(accepted->sequence, last)); !gone) {
      return tl::unexpected(gone.error());
    }
    if (!accepted->tell_again.empty()) {
      record_.post([this, probes = accepted->tell_again] { tell_again(probes); });
    }
    if (accepted->orders != orders_) {
      if (auto fetched = fetch_orders(); !fetched) return tl::unexpected(fetched.error());
    }
    return report.more;
  }

  Result<void> fetch_orders() {
    const auto text = courier_.fetch_orders({kLongestAsk, cancel_});
    if (!text) return tl::unexpected(text.error());
    auto taken = parse_outpost_orders(*text);
    if (!taken) return tl::unexpected(taken.error());
    if (taken->orders.outpost != options_.settings.outpost) {
      return fail(Errc::InvalidInput, "the server sent another outpost's orders");
    }
    if (auto kept = write_file(options_.data / kOrdersFile, *text); !kept) return kept;
    log::info("{} probes to run, as the server orders", taken->district->probes.size());
    orders_ = taken->orders.hash;
    record_.post([this, taken = std::move(*taken)] { use(taken); });
    return {};
  }

  // Goes on without the line after a restart.
  void use_kept_orders() {
    const auto text = read_file(options_.data / kOrdersFile, kLargestOrders);
    if (!text) return;
    auto taken = parse_outpost_orders(*text);
    if (!taken || taken->orders.outpost != options_.settings.outpost) {
      log::warning("the orders kept in {} are of no use and are fetched anew",
                   options_.data.string());
      return;
    }
    orders_ = taken->orders.hash;
    record_.post([this, taken = std::move(*taken)] { use(taken); });
  }

  void try_again(Duration after) {
    again_.expires_after(after);
    again_.async_wait([this](const runtime::ErrorCode& ended) {
      if (!ended) step();
    });
  }

  // Once for each change; a line that is dead for hours fills no log.
  void say(const Result<void>& done) {
    const std::string problem = done ? "" : done.error().message;
    if (problem == problem_ || cancel_.cancelled()) return;
    problem_ = problem;
    if (problem.empty()) {
      log::info("the server takes what is reported");
    } else {
      log::warning("the server cannot be told; what is seen is kept until it can: {}", problem);
    }
  }

  Options options_;
  std::unique_ptr<Outbox> outbox_;
  runtime::Clock clock_;
  runtime::Credentials credentials_;
  Courier courier_;
  runtime::Cancel cancel_;
  std::atomic<bool> running_ = true;
  std::atomic<bool> going_ = false;
  std::atomic<std::size_t> waiting_ = 0;
  runtime::Loop probes_;
  runtime::Loop record_;
  runtime::Loop way_;
  // The record's thread only.
  Vantage vantage_;
  Duration every_ = kFirstTries;
  asio::steady_timer due_;
  asio::steady_timer report_;
  // The way's thread only.
  std::string orders_;  // hash
  std::string problem_;
  asio::steady_timer again_;
  probe::Prober prober_;
};

Program::Program(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Program::~Program() { parts_->stop(); }

Result<std::unique_ptr<Program>> Program::start(Options options) {
  auto outbox = Outbox::open(options.data);
  if (!outbox) return tl::unexpected(outbox.error());
  auto parts = std::make_unique<Parts>(std::move(options), std::move(*outbox));
  parts->start();
  return std::unique_ptr<Program>(new Program(std::move(parts)));
}

bool Program::running() const { return parts_->running(); }

}  // namespace dienstbereit::outpost
