// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/intake.h"

#include <algorithm>

#include "base/log.h"

namespace dienstbereit::app {
namespace {

// An upload of 50 cases takes a few milliseconds: a longer queue would outlast its askers.
constexpr unsigned kMostWaiting = 500;
// Counts that only grow or shrink are told together; that the counters hold something, or nothing
// any more, at once.
constexpr Duration kBetweenTellings = std::chrono::minutes(1);
constexpr Duration kBetweenPurges = std::chrono::hours(1);

const char* kProgram = "program";

bool alike(const BacklogCounted& a, const BacklogCounted& b) {
  return a.unsent == b.unsent && a.devices == b.devices &&
         std::equal(a.services.begin(), a.services.end(), b.services.begin(), b.services.end(),
                    [](const ServiceBacklog& x, const ServiceBacklog& y) {
                      return x.office == y.office && x.service == y.service &&
                             x.waiting == y.waiting && x.oldest == y.oldest &&
                             x.expected_end.has_value() == y.expected_end.has_value();
                    });
}

bool changes(const IntakeCommand& command) {
  return std::holds_alternative<TakeRecords>(command) ||
         std::holds_alternative<NoteHeartbeat>(command) ||
         std::holds_alternative<MoveRecord>(command) ||
         std::holds_alternative<RemoveDevice>(command);
}

}  // namespace

AppIntake::AppIntake(const runtime::Clock& clock, engine::Engine& engine)
    : clock_(clock), engine_(engine), loop_("intake") {}

Result<void> AppIntake::open(const std::filesystem::path& data) {
  auto store = intake::Store::open(
      data, [this](const std::string& actor, const IntakeNoted& entry) { note(actor, entry); });
  if (!store) return tl::unexpected(store.error());
  store_ = std::move(*store);
  return {};
}

void AppIntake::note(const std::string& actor, const IntakeNoted& entry) {
  engine_.command({actor, ""}, NoteIntake{entry},
                  [step = name_of(entry.step)](const Result<Answer>& answer) {
                    if (answer) return;
                    log::error("the journal did not take that emergency intake has '{}': {}", step,
                               answer.error().message);
                  });
}

std::optional<IntakeDevice> AppIntake::device(std::string_view token) const {
  return store_->device(token);
}

void AppIntake::submit(IntakeCommand command, Identity by, IntakeReply reply) {
  if (++waiting_ > kMostWaiting) {
    --waiting_;
    reply(fail(Errc::Unavailable, "too much comes in at once; try again in a moment"));
    return;
  }
  loop_.post([this, command = std::move(command), by = std::move(by), reply = std::move(reply)] {
    const Instant at = now();
    auto answer = store_->handle(command, {by.actor.id, by.account}, at);
    if (!answer && answer.error().code == Errc::Io) log::error("{}", answer.error().message);
    --waiting_;
    changed_ = changed_ || changes(command);
    // Before the answer: whoever has it may rely on what the engine knows.
    if (changed_ && (store_->unsent() > 0) != (told_ && told_->unsent > 0)) tell_backlog(at);
    reply(std::move(answer));
  });
}

void AppIntake::look(Duration grace) {
  loop_.post([this, grace] {
    const Instant at = now();
    purge(at, grace);
    if (changed_ && (!told_ || at - told_at_ >= kBetweenTellings)) tell_backlog(at);
  });
}

void AppIntake::tell_backlog(Instant at) {
  const auto counted = store_->handle(CountBacklog{}, {kProgram, {}}, at);
  if (!counted) {
    log::warning("the backlog could not be counted: {}", counted.error().message);
    return;
  }
  const BacklogCounted& backlog = counted->backlog;
  changed_ = false;
  if (told_ ? alike(*told_, backlog) : backlog.services.empty() && backlog.unsent == 0) return;
  told_ = backlog;
  told_at_ = at;
  engine_.command({kProgram, ""}, ReportBacklog{backlog}, [](const Result<Answer>& answer) {
    if (!answer) log::warning("{}", answer.error().message);
  });
}

void AppIntake::purge(Instant at, Duration grace) {
  if (at - purged_at_ < kBetweenPurges) return;
  purged_at_ = at;
  const auto purged = store_->handle(PurgeRecords{grace}, {kProgram, {}}, at);
  if (!purged) {
    log::error("cases whose time is over were not deleted: {}", purged.error().message);
  } else if (purged->count > 0) {
    log::info("{} cases of emergency intake were deleted, their time was over", purged->count);
  }
}

}  // namespace dienstbereit::app
