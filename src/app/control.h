// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <atomic>
#include <filesystem>
#include <memory>
#include <mutex>

#include "app/drawer.h"
#include "app/homepage.h"
#include "app/keeper.h"
#include "app/messenger.h"
#include "app/papers/papers.h"
#include "engine/engine.h"
#include "probe/prober.h"
#include "runtime/clock.h"
#include "runtime/credentials.h"
#include "runtime/loop.h"
#include "web/control.h"

namespace dienstbereit::app {

// What the web server asks of the rest. All references outlive it.
class AppControl final : public web::Control {
 public:
  // What a reload reads again, and where the drawers are.
  struct Files {
    std::filesystem::path district;
    std::filesystem::path contacts;
    std::filesystem::path data;  // photos and feedback get folders of their own in it
  };

  AppControl(const runtime::Clock& clock, engine::Engine& engine,
             const runtime::Credentials& credentials, runtime::Loop& worker,
             web::Subscriptions& subscriptions, Files files);

  // The district in force, for heartbeat tokens.
  void use(std::shared_ptr<const District> district);
  // The prober, once there is one, for its figures; the keeper for those of the disk.
  void watch(const probe::Prober& prober) { prober_ = &prober; }
  void watch(const Keeper& keeper) { keeper_ = &keeper; }
  // The homepage meanwhile; not in an exercise.
  void watch(Homepage& homepage) { homepage_ = &homepage; }
  // Who gets the contacts and knows the codes of messages.
  void tell_by(Messenger& messenger) { messenger_ = &messenger; }
  // Who writes handbook and packs, and prints the contacts in them.
  void write_by(app::Papers& papers) { papers_ = &papers; }
  // Emergency intake, once it is open.
  void offer(web::IntakePort& intake) { intake_ = &intake; }
  // How long a confirmed case is kept, by the district in force.
  Duration intake_grace() const;
  // The newest situation, for what codes stand for.
  void use(std::shared_ptr<const Situation> situation);
  // Reads the contacts and puts them in force; the sentence says what came of it. An error leaves
  // those before in force. Blocks on the disk.
  Result<std::string> read_contacts();

  Instant now() const override;
  std::optional<std::string> heartbeat_token(const ProbeId& probe) const override;
  bool heartbeat(const ProbeId& probe) override;
  void acknowledge(Actor actor, std::string what, Reply reply) override;
  void reload(Actor actor, Reply reply) override;
  void backup(Actor actor, std::string file, Reply reply) override;
  void keep_photo(std::string picture, Kept done) override;
  void find_photo(const std::string& id, Kept done) override;
  void erase_photo(const std::string& id, Kept done) override;
  void keep_feedback(std::string feedback, Kept done) override;
  void list_feedback(std::function<void(std::vector<Entry>)> done) override;
  void erase_feedback(const std::string& id, Kept done) override;
  web::Subscriptions& subscriptions() override { return subscriptions_; }
  void make_handbook(web::Control::Papers done) override;
  void make_packs(const SiteId& site, web::Control::Papers done) override;
  std::vector<Wording> papers_due() const override;
  std::optional<HomepageFigures> homepage() const override;
  Result<void> fetch_homepage(bool anew) override;
  void prune_homepage(unsigned keep, Kept done) override;
  web::IntakePort* intake() const override { return intake_; }
  std::vector<web::Gauge> gauges() const override;
  std::optional<Wording> warning() const override;

 private:
  const runtime::Clock& clock_;
  engine::Engine& engine_;
  const runtime::Credentials& credentials_;
  runtime::Loop& worker_;
  web::Subscriptions& subscriptions_;
  Files files_;
  Drawer photos_;  // both on the worker's thread
  Drawer feedback_;
  std::atomic<Messenger*> messenger_ = nullptr;
  std::atomic<app::Papers*> papers_ = nullptr;
  std::atomic<web::IntakePort*> intake_ = nullptr;
  std::atomic<const probe::Prober*> prober_ = nullptr;
  std::atomic<const Keeper*> keeper_ = nullptr;
  std::atomic<Homepage*> homepage_ = nullptr;
  mutable std::mutex mutex_;
  std::shared_ptr<const District> district_;
  std::shared_ptr<const Situation> situation_;
};

}  // namespace dienstbereit::app
