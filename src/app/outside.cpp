// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/outside.h"

#include "base/log.h"
#include "web/outside/static_copy.h"

namespace dienstbereit::app {

Outside::Outside(const runtime::Clock& clock, engine::Engine& engine,
                 const runtime::Credentials& credentials, runtime::Loop& worker,
                 const Papers& papers, std::filesystem::path folder)
    : clock_(clock),
      engine_(engine),
      worker_(worker),
      papers_(papers),
      publisher_({[this] { return clock_.now(); }, [this] { return fingerprint(); },
                  [this](const PublishTarget& target) { return render(target); },
                  [this](const PublishId& target, const publish::Settled& settled) {
                    report(target, settled);
                  }},
                 {credentials, std::move(folder)}) {}

void Outside::show(std::shared_ptr<const Situation> situation) {
  const auto district = situation->district;
  bool other = false;
  {
    const std::lock_guard lock(mutex_);
    other = !situation_ || situation_->district != district;
    situation_ = std::move(situation);
  }
  // Ending what was pushed for the district before may take a moment.
  if (other) worker_.post([this, district] { publisher_.use(*district); });
  publisher_.look();
}

std::shared_ptr<const Situation> Outside::current() const {
  const std::lock_guard lock(mutex_);
  return situation_;
}

Instant Outside::now() const { return clock_.now() + engine_.civil_offset(); }

// All targets ask for the same one: it is made once for each situation.
std::string Outside::fingerprint() {
  const auto situation = current();
  if (!situation) return {};
  const std::lock_guard lock(fingerprint_mutex_);
  if (fingerprint_of_ != situation) {
    fingerprint_ = web::fingerprint(*situation, now());
    fingerprint_of_ = situation;
  }
  const std::string sealed = papers_.sealed_mark();
  return sealed.empty() ? fingerprint_ : fingerprint_ + " " + sealed;
}

StaticCopy Outside::render(const PublishTarget& target) const {
  StaticCopy copy = web::static_copy(current(), now(), {target.valid_for, target.check_at});
  if (!target.handbook) return copy;
  // Before the pages: what comes last is what readers look at.
  std::vector<StaticFile> sealed = papers_.sealed_handbook();
  copy.files.insert(copy.files.begin(), std::make_move_iterator(sealed.begin()),
                    std::make_move_iterator(sealed.end()));
  return copy;
}

void Outside::report(const PublishId& target, const publish::Settled& settled) {
  if (settled.ok) {
    log::info("publish {}: the copy is up to date", target.str());
  } else {
    log::error("publish {}: the copy is not up to date: {}", target.str(), settled.detail);
  }
  engine_.command({"observer", ""}, ReportPublish{target, settled.ok, settled.detail},
                  [](const Result<Answer>&) {});
}

}  // namespace dienstbereit::app
