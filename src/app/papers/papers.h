// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "app/papers/shelf.h"
#include "config/telling/contacts.h"
#include "engine/engine.h"
#include "handbook/due.h"
#include "handbook/facts.h"
#include "handbook/pack.h"
#include "runtime/asio.h"
#include "runtime/clock.h"
#include "runtime/credentials.h"
#include "runtime/loop.h"
#include "web/control.h"

namespace dienstbereit::app {

// Writes what is needed when nothing else works: the counter packs every night, the handbook when
// asked, and its sealed copy for who publishes it. Made on a thread of its own; each folder that
// packs are brought to has another, so that a dead one delays none.
class Papers {
 public:
  static constexpr Duration kLookEvery = std::chrono::minutes(1);
  static constexpr Duration kRetryAfter = std::chrono::minutes(10);

  // All references outlive it.
  Papers(const runtime::Clock& clock, const engine::Engine& engine,
         const runtime::Credentials& credentials);
  ~Papers();  // close()

  // Before anything else; then works until close(). What it remembers and cannot read it does
  // without, and says so in the log.
  void open(const std::filesystem::path& data);
  void close();

  // Called on the loop of papers whenever another sealed handbook is there. Before open().
  void when_sealed(std::function<void()> tell) { tell_sealed_ = std::move(tell); }
  // Any thread; cheap.
  void show(std::shared_ptr<const Situation> situation);
  void use(const config::ContactBook& book);

  // As web::Control has them.
  void make_handbook(web::Control::Papers done);
  void make_packs(const SiteId& site, web::Control::Papers done);
  std::vector<Wording> due() const;
  // The sealed handbook for places that take it; empty: there is none.
  std::vector<StaticFile> sealed_handbook() const;
  // Another one for each that was made.
  std::string sealed_mark() const;

 private:
  // The contacts as papers use them.
  struct Book {
    std::shared_ptr<const std::vector<handbook::Person>> people;  // never null
    Duration escalate_after{0};
    unsigned version = 0;  // of the file as read
  };
  struct Failure {
    Instant retry_at;
    std::string why;
  };
  // A folder that packs are brought to.
  struct Courier {
    runtime::Loop loop{"courier"};
    std::atomic<bool> busy = false;
  };

  Instant now() const { return clock_.now() + engine_.civil_offset(); }
  std::shared_ptr<const Situation> situation() const;
  Book contacts() const;

  // On the loop of papers.
  void look();
  void look_from(std::size_t site);
  void look_again();
  void look_at_site(const Situation& situation, const PackSite& site);
  void bring(const Situation& situation, const PackSite& site);
  void seal_handbook(const Situation& situation);
  Result<StaticFile> sealed(const Situation& situation) const;
  Result<StaticFile> make_pack(const Situation& situation, const PackSite& site);
  Result<unsigned> take_numbers(const Situation& situation, const SiteId& site);
  Result<std::vector<StaticFile>> handbook_files(const Situation& situation);
  std::vector<handbook::OfficeAppointments> appointments_of(const Situation& situation,
                                                            const PackSite& site) const;

  // Any thread.
  void note(const SiteId& site, const std::optional<Instant>& made, const std::string& trouble);

  const runtime::Clock& clock_;
  const engine::Engine& engine_;
  const runtime::Credentials& credentials_;
  std::filesystem::path data_;
  runtime::Loop loop_;
  asio::steady_timer timer_;
  PaperBook book_;
  bool lost_ = false;  // the book of before could not be read
  std::map<SiteId, Failure> failures_;  // of making, not of bringing
  std::map<SiteId, std::unique_ptr<Courier>> couriers_;
  std::function<void()> tell_sealed_ = [] {};
  std::string sealed_for_;  // what the sealed handbook rests on
  std::atomic<bool> open_ = false;
  std::atomic<bool> awake_ = false;

  mutable std::mutex mutex_;
  std::shared_ptr<const Situation> situation_;
  Book contacts_;
  handbook::Standing standing_;
  std::vector<StaticFile> sealed_;
};

}  // namespace dienstbereit::app
