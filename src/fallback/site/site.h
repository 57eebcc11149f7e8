// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "base/result.h"
#include "fallback/site/server.h"
#include "fallback/site/shelf.h"
#include "model/district.h"
#include "model/event.h"
#include "runtime/loop.h"
#include "runtime/program/limit.h"

namespace dienstbereit::fallback::site {

// The next civil `at` after `t`.
Instant next_night(const TimeZone& zone, Minutes at, Instant t);

// The homepage that goes on: copies the real one each night and serves the newest copy. Two threads
// of its own: one serves, the other fetches and looks at the disk. Thread-safe.
class Site {
 public:
  struct Ports {
    std::function<Instant()> now;  // civil
    Shelf::Tell tell;
    std::function<Sentences(PageLanguage)> sentences;
    std::function<void(const HomepageCopied&)> report;
  };
  // `data`: copies lie in "homepage" in it. `beside`: the folder of the district.
  Site(Ports ports, std::filesystem::path data, std::filesystem::path beside);
  ~Site();  // close()
  Site(const Site&) = delete;
  Site& operator=(const Site&) = delete;

  // From now on as this district says; none of it: nothing is served or fetched.
  void use(std::shared_ptr<const District> district);
  void set_mode(SiteMode mode);
  // What readers are told may have changed. Cheap.
  void look();

  // Begins to fetch, besides the nights; Conflict while it does. `anew`: the copy before is no
  // measure for the size.
  Result<void> fetch_now(bool anew);
  // Removes old copies. `done` on a thread of its own.
  using Done = std::function<void(Result<std::string>)>;
  void prune(unsigned keep, Done done);
  HomepageFigures figures() const;

  // Ends whatever runs; a copy that is not whole is dropped. Idempotent.
  void close();

 private:
  void configure(std::shared_ptr<const District> district);  // from here on: on work_
  void step();
  void wait();
  void fetch(bool anew);
  void show_current();
  void show_dark();
  Result<std::shared_ptr<const OpenCopy>> open_dark() const;
  void listen();
  void look_at_certificate();
  void learn();  // what figures() tells of the disk
  std::filesystem::path beside(const std::string& file) const;

  Ports ports_;
  std::filesystem::path folder_;
  std::filesystem::path beside_;
  Copies copies_;
  runtime::Cancel cancel_;
  runtime::Loop serving_;
  runtime::Loop work_;
  asio::steady_timer timer_;
  Shelf shelf_;  // on serving_
  ServedFigures served_;
  std::shared_ptr<const District> district_;  // on work_, as the rest down to figures_
  std::unique_ptr<Server> server_;
  std::optional<Instant> tried_;  // the last attempt to fetch
  std::optional<Instant> again_;  // after a failure
  std::atomic<bool> fetching_ = false;
  std::atomic<bool> looking_ = false;
  std::mutex closing_;
  bool closed_ = false;
  mutable std::mutex figures_mutex_;
  HomepageFigures figures_;
};

}  // namespace dienstbereit::fallback::site
