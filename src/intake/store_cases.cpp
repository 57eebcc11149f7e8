// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Cases: taken in, moved, deleted; originals.
#include <algorithm>

#include <fmt/format.h>
#include <sodium.h>

#include "base/hash.h"
#include "base/log.h"
#include "base/text.h"
#include "intake/work.h"
#include "model/intake/receipt.h"

namespace dienstbereit::intake {
namespace {

constexpr std::uint64_t kCasesMax = 500'000;
constexpr std::size_t kConflictsMax = 200;
constexpr std::size_t kListedMax = 200;
constexpr std::size_t kPurgedAtOnce = 500;
constexpr std::size_t kFileNumberBytesMax = 80;
constexpr std::size_t kReasonBytesMax = 300;
constexpr std::size_t kWhomBytesMax = 120;

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

bool is_signed_by(const IntakeRecord& record, const std::string& public_key) {
  const std::string text = signed_text(record);
  return record.signature.size() == crypto_sign_BYTES &&
         public_key.size() == crypto_sign_PUBLICKEYBYTES &&
         crypto_sign_verify_detached(raw(record.signature), raw(text), text.size(),
                                     raw(public_key)) == 0;
}

TakenRecord refused(std::uint64_t sequence, Error error) {
  return {sequence, TakenState::Refused, std::move(error)};
}

// Who last brought the case to this state.
std::string mover(const IntakeCase& one, IntakeState state) {
  const auto found = std::find_if(one.history.rbegin(), one.history.rend(),
                                  [&](const IntakeMove& move) { return move.state == state; });
  return found == one.history.rend() ? std::string() : found->by;
}

bool is_held(const std::vector<CustodyEntry>& entries, const std::string& item) {
  const auto last = std::find_if(entries.rbegin(), entries.rend(),
                                 [&](const CustodyEntry& entry) { return entry.item == item; });
  return last != entries.rend() && last->kind == CustodyKind::Received;
}

}  // namespace

// ---- taking in ---------------------------------------------------------------------------------

Result<TakenRecord> Store::take(Work& work, const StoredDevice& from, const UploadItem& item,
                                std::string& digests) {
  if (!item.record) return refused(item.sequence, item.record.error());
  const IntakeRecord& record = *item.record;
  if (record.device != from.device.id) {
    return refused(item.sequence, Error(Errc::Denied, "the record is of another device"));
  }
  if (!is_signed_by(record, from.public_key)) {
    return refused(item.sequence, Error(Errc::Denied, "the signature is not this device's"));
  }
  if (record.receipt != make_receipt(from.device.site, from.device.counter, record.sequence)) {
    return refused(item.sequence, Error(Errc::InvalidInput,
                                        "'receipt' is not the number of this site, counter and "
                                        "sequence"));
  }
  const std::string digest = digest_of(record);
  const auto taken = tables_.taken(record);
  if (!taken) return tl::unexpected(taken.error());
  if (*taken && **taken == digest) return TakenRecord{item.sequence, TakenState::Already, {}};
  if (*taken) {
    const auto known = tables_.has_conflict(digest);
    if (!known) return tl::unexpected(known.error());
    const auto aside = tables_.conflicts();
    if (!aside) return tl::unexpected(aside.error());
    if (!*known && aside->size() >= kConflictsMax) {
      return refused(item.sequence, Error(Errc::LimitExceeded, "too many conflicts wait already"));
    }
    if (!*known) {
      if (auto kept = tables_.add_conflict(record, digest, work.now); !kept) {
        return tl::unexpected(kept.error());
      }
      work.note(IntakeStep::Conflict, record.id.str());
      work.notes.back().device = record.device;
    }
    return TakenRecord{item.sequence, TakenState::Conflict,
                       Error(Errc::Conflict, "this number holds another content already; both are "
                                             "kept, a person decides")};
  }
  IntakeCase one;
  one.record = record;
  one.received_at = work.now;
  if (auto added = tables_.add(one, digest); !added) return tl::unexpected(added.error());
  for (const std::string& code : record.originals) {
    auto held = tables_.add(
        CustodyEntry{record.id, code, CustodyKind::Received, "", record.recorded, work.by.actor});
    if (!held) return tl::unexpected(held.error());
  }
  digests += digest;
  return TakenRecord{item.sequence, TakenState::Stored, {}};
}

Result<IntakeAnswer> Store::on(Work& work, const TakeRecords& command) {
  auto device = device_of(command.device);
  if (!device) return tl::unexpected(device.error());
  const auto count = tables_.count();
  if (!count) return tl::unexpected(count.error());
  if (*count + command.items.size() > kCasesMax) {
    return fail(Errc::LimitExceeded,
                fmt::format("{} cases are kept, the most there can be", *count));
  }
  IntakeAnswer answer;
  auto done = write(work, [&]() -> Result<void> {
    std::string digests;
    std::uint64_t stored = 0;
    for (const UploadItem& item : command.items) {
      auto taken = take(work, *device, item, digests);
      if (!taken) return tl::unexpected(taken.error());
      stored += taken->state == TakenState::Stored ? 1 : 0;
      answer.taken.push_back(std::move(*taken));
    }
    if (stored == 0) return {};
    work.note(IntakeStep::Stored, "");
    work.notes.back().device = command.device;
    work.notes.back().count = stored;
    work.notes.back().hash = to_hex(sha256(digests));
    // What has come in no longer waits there, whatever the last heartbeat said.
    device->device.pending -= std::min(device->device.pending, stored);
    device->device.heard = work.now;
    work.put(*device);
    return tables_.put(*device);
  });
  if (!done) return tl::unexpected(done.error());
  return answer;
}

// ---- moving ------------------------------------------------------------------------------------

Result<void> Store::judge_move(const Work& work, const MoveRecord& command,
                               const IntakeCase& one) const {
  if (command.from && *command.from != one.state) {
    return fail(Errc::Conflict,
                fmt::format("the case is '{}' meanwhile; look at it again", name_of(one.state)));
  }
  if (!may_follow(one.state, command.to)) {
    return fail(Errc::Conflict, fmt::format("a case that is '{}' cannot become '{}'",
                                            name_of(one.state), name_of(command.to)));
  }
  const bool back = command.to == IntakeState::Recorded ||
                    (command.to == IntakeState::Checked && one.state == IntakeState::Entered);
  if (back && trim(command.reason).empty()) {
    return fail(Errc::InvalidInput, "a step back needs a reason");
  }
  if (command.to == IntakeState::Entered && trim(command.file_number).empty()) {
    return fail(Errc::InvalidInput, "'entered' needs the file number of the business application");
  }
  if (command.to == IntakeState::Duplicate) {
    const auto other = tables_.find(command.duplicate_of);
    if (!other || other->record.id == one.record.id || other->state == IntakeState::Duplicate ||
        other->state == IntakeState::Deleted) {
      return fail(Errc::InvalidInput, "'duplicate_of' must name another case that goes on");
    }
  }
  const bool deletes = command.to == IntakeState::Deleted;
  if (deletes && !one.history.empty() && work.now < one.history.back().at + command.grace) {
    return fail(Errc::Conflict,
                fmt::format("the time of grace ({}) is not over yet", to_text(command.grace)));
  }
  // Four eyes: whoever entered a case, or called it a duplicate, does not vouch for it.
  const bool second =
      command.to == IntakeState::Confirmed || (deletes && one.state == IntakeState::Duplicate);
  const IntakeState first = deletes ? IntakeState::Duplicate : IntakeState::Entered;
  if (second && (work.by.account.empty() || mover(one, first) == work.by.account.str())) {
    return fail(Errc::Denied, "this needs the account of a second person");
  }
  return {};
}

Result<void> Store::erase(Work& work, const IntakeCase& one) {
  const std::string digest = digest_of(one.record);
  const std::string hash = to_hex(sha256(one.record.id.str() + digest));
  if (auto gone = tables_.erase(one.record.id); !gone) return gone;
  work.note(IntakeStep::Deleted, one.record.id.str());
  work.notes.back().count = 1;
  work.notes.back().hash = hash;
  return tables_.add_protocol(work.now, work.by.actor, 1, hash);
}

Result<IntakeAnswer> Store::on(Work& work, const MoveRecord& command) {
  auto one = tables_.find(command.id);
  if (!one) return tl::unexpected(one.error());
  if (auto judged = judge_move(work, command, *one); !judged) {
    return tl::unexpected(judged.error());
  }
  if (command.to == IntakeState::Deleted) {
    const auto held = tables_.custody(command.id);
    if (!held) return tl::unexpected(held.error());
    for (const std::string& item : one->record.originals) {
      if (!is_held(*held, item)) continue;
      return fail(Errc::Conflict, "originals of this case are still held; give them back first");
    }
  }
  one->state = command.to;
  if (command.to == IntakeState::Entered) {
    one->file_number = clean(trim(command.file_number), kFileNumberBytesMax);
  }
  one->duplicate_of = command.to == IntakeState::Duplicate ? command.duplicate_of : IntakeId();
  const std::string who = work.by.account.empty() ? work.by.actor : work.by.account.str();
  const IntakeMove move{command.to, work.now, who, clean(trim(command.reason), kReasonBytesMax)};
  auto done = write(work, [&]() -> Result<void> {
    if (auto moved = tables_.move(*one, move); !moved) return moved;
    if (command.to == IntakeState::Deleted) return erase(work, *one);
    work.note(IntakeStep::Moved, one->record.id.str(), name_of(command.to));
    work.notes.back().office = one->record.office;
    work.notes.back().service = one->record.service;
    return {};
  });
  if (!done) return tl::unexpected(done.error());
  if (command.to == IntakeState::Deleted) {
    if (auto folded = tables_.fold_log(); !folded) log::warning("{}", folded.error().message);
  }
  auto now = tables_.find(command.id);
  if (!now) return tl::unexpected(now.error());
  IntakeAnswer answer;
  answer.cases.push_back(std::move(*now));
  return answer;
}

Result<IntakeAnswer> Store::on(Work& work, const PurgeRecords& command) {
  const auto due = tables_.deletable(work.now - command.grace, kPurgedAtOnce);
  if (!due) return tl::unexpected(due.error());
  IntakeAnswer answer;
  if (due->empty()) return answer;
  std::string all;
  auto done = write(work, [&]() -> Result<void> {
    for (const Tables::Due& one : *due) {
      IntakeCase gone;
      gone.record.id = one.id;
      gone.state = IntakeState::Deleted;
      if (auto moved = tables_.move(gone, {gone.state, work.now, work.by.actor, ""}); !moved) {
        return moved;
      }
      if (auto erased = tables_.erase(one.id); !erased) return erased;
      all += one.id.str() + one.digest;
    }
    answer.count = due->size();
    answer.hash = to_hex(sha256(all));
    work.note(IntakeStep::Deleted, "");
    work.notes.back().count = answer.count;
    work.notes.back().hash = answer.hash;
    return tables_.add_protocol(work.now, work.by.actor, answer.count, answer.hash);
  });
  if (!done) return tl::unexpected(done.error());
  if (auto folded = tables_.fold_log(); !folded) log::warning("{}", folded.error().message);
  return answer;
}

// ---- originals ---------------------------------------------------------------------------------

Result<IntakeAnswer> Store::on(Work& work, const MoveOriginal& command) {
  const auto one = tables_.find(command.id);
  if (!one) return tl::unexpected(one.error());
  const auto entries = tables_.custody(command.id);
  if (!entries) return tl::unexpected(entries.error());
  const bool held = is_held(*entries, command.item);
  const bool comes = command.kind == CustodyKind::Received;
  const bool known = std::any_of(entries->begin(), entries->end(), [&](const CustodyEntry& entry) {
    return entry.item == command.item;
  });
  if (one->state == IntakeState::Deleted || (!known && entries->size() >= kOriginalsMax) ||
      command.item.empty() || command.item.size() > kFileNumberBytesMax) {
    return fail(Errc::InvalidInput, "this case takes no such original");
  }
  if (held == comes) {
    return fail(Errc::Conflict, comes ? "this original is held already"
                                      : "this original is not held: it was never handed in, or "
                                        "went out already");
  }
  if (command.kind == CustodyKind::PassedOn && trim(command.to).empty()) {
    return fail(Errc::InvalidInput, "say whom it is passed on to");
  }
  const CustodyEntry entry{command.id,   clean(command.item, kFileNumberBytesMax),
                           command.kind, clean(trim(command.to), kWhomBytesMax),
                           work.now,     work.by.actor};
  work.note(IntakeStep::Custody, command.id.str(), name_of(command.kind));
  auto done = write(work, [&] { return tables_.add(entry); });
  if (!done) return tl::unexpected(done.error());
  return on(work, FindCustody{command.id});
}

Result<IntakeAnswer> Store::on(Work&, const FindCustody& command) {
  auto entries = command.id.empty() ? tables_.held() : tables_.custody(command.id);
  if (!entries) return tl::unexpected(entries.error());
  IntakeAnswer answer;
  answer.custody = std::move(*entries);
  return answer;
}

// ---- questions ---------------------------------------------------------------------------------

Result<IntakeAnswer> Store::on(Work&, const FindRecords& command) {
  FindRecords filter = command;
  filter.limit = std::clamp<std::size_t>(command.limit, 1, kListedMax) + 1;
  auto cases = tables_.find(filter);
  if (!cases) return tl::unexpected(cases.error());
  IntakeAnswer answer;
  answer.cases = std::move(*cases);
  if (answer.cases.size() == filter.limit) {
    answer.cases.pop_back();
    answer.next = answer.cases.back().record.id.str();
  }
  return answer;
}

Result<IntakeAnswer> Store::on(Work&, const FindRecord& command) {
  auto found = tables_.find(command.id);
  if (!found) return tl::unexpected(found.error());
  IntakeAnswer answer;
  answer.cases.push_back(std::move(*found));
  return answer;
}

Result<IntakeAnswer> Store::on(Work&, const FindConflicts&) {
  auto conflicts = tables_.conflicts();
  if (!conflicts) return tl::unexpected(conflicts.error());
  IntakeAnswer answer;
  answer.conflicts = std::move(*conflicts);
  return answer;
}

Result<IntakeAnswer> Store::on(Work& work, const CountBacklog& command) {
  static_cast<void>(command);
  auto backlog = tables_.backlog(work.now);
  if (!backlog) return tl::unexpected(backlog.error());
  auto devices = on(work, ListDevices{});
  if (!devices) return devices;
  devices->backlog = std::move(*backlog);
  return devices;
}

}  // namespace dienstbereit::intake
