// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "intake/store.h"

#include <algorithm>

#include <fmt/format.h>

#include "accounts/secrets.h"
#include "base/log.h"
#include "base/text.h"
#include "intake/work.h"

namespace dienstbereit::intake {
namespace {

constexpr std::size_t kDevicesMax = 500;
constexpr std::size_t kKeysMax = 200;
constexpr std::size_t kLabelBytesMax = 80;
constexpr std::size_t kPublicKeyBytes = 32;
constexpr std::size_t kCodeGroups = 2;  // 50 bits, for a day
constexpr Duration kCodeLife = std::chrono::hours(24);
constexpr std::string_view kTokenPrefix = "dbi_";

// Wrong codes of one address before it waits, and how many addresses are remembered.
constexpr unsigned kWrongMost = 10;
constexpr Duration kWrongWithin = std::chrono::minutes(15);
constexpr std::size_t kAddressesMost = 10'000;

}  // namespace

Result<std::unique_ptr<Store>> Store::open(const std::filesystem::path& data, Note note,
                                           const std::string& vfs) {
  if (!accounts::prepare_secrets()) {
    return fail(Errc::Io, "the system gives no random numbers");
  }
  auto tables = Tables::open(data, vfs);
  if (!tables) return tl::unexpected(tables.error());
  std::unique_ptr<Store> store(new Store(std::move(*tables), std::move(note)));
  if (auto read = store->read_devices(); !read) return tl::unexpected(read.error());
  return store;
}

Result<void> Store::read_devices() {
  auto all = tables_.devices();
  if (!all) return tl::unexpected(all.error());
  const std::lock_guard lock(mutex_);
  devices_.clear();
  for (StoredDevice& one : *all) devices_[one.device.id] = std::move(one);
  return {};
}

Result<IntakeAnswer> Store::handle(const IntakeCommand& command, const Asker& by, Instant now) {
  Work work{by, now, {}, {}};
  return std::visit([&](const auto& one) { return on(work, one); }, command);
}

std::uint64_t Store::unsent() const {
  std::uint64_t all = 0;
  for (const auto& [id, one] : devices_) all += one.device.pending;
  return all;
}

std::optional<IntakeDevice> Store::device(std::string_view token) const {
  if (!token.starts_with(kTokenPrefix)) return std::nullopt;
  const std::string stored = accounts::stored_form(token);
  const std::lock_guard lock(mutex_);
  const auto found = std::find_if(devices_.begin(), devices_.end(),
                                  [&](const auto& one) { return one.second.token == stored; });
  return found == devices_.end() ? std::nullopt : std::optional(found->second.device);
}

Result<void> Store::write(Work& work, const std::function<Result<void>()>& change) {
  auto written = tables_.begin();
  if (!written) return written;
  written = change();
  if (written) written = tables_.commit();
  if (!written) {
    tables_.roll_back();
    return written;
  }
  {
    const std::lock_guard lock(mutex_);
    for (const auto& step : work.steps) step(devices_);
  }
  for (const IntakeNoted& entry : work.notes) note_(work.by.actor, entry);
  return {};
}

Result<StoredDevice> Store::device_of(const DeviceId& id) const {
  const auto found = devices_.find(id);
  if (found != devices_.end()) return found->second;
  return fail(Errc::NotFound, "there is no such device; the list of devices has them all");
}

// ---- devices -----------------------------------------------------------------------------------

bool Store::may_try(const std::string& from, Instant now) {
  if (from.empty()) return true;
  const auto found = tries_.find(from);
  if (found == tries_.end()) return true;
  if (now - found->second.since > kWrongWithin) tries_.erase(found);
  return !tries_.contains(from) || tries_[from].wrong < kWrongMost;
}

Result<IntakeAnswer> Store::on(Work& work, const EnrolDevice& command) {
  if (!may_try(command.from, work.now)) {
    return fail(Errc::LimitExceeded, "too many wrong codes came from this address; wait a quarter "
                                     "of an hour");
  }
  if (command.public_key.size() != kPublicKeyBytes) {
    return fail(Errc::InvalidInput, "'public_key' is no Ed25519 key of 32 bytes");
  }
  const std::string code = accounts::stored_form(accounts::normal_code(command.code));
  const auto found = std::find_if(devices_.begin(), devices_.end(), [&](const auto& one) {
    return one.second.code == code && one.second.device.code_until > work.now;
  });
  if (found == devices_.end()) {
    if (!command.from.empty()) {
      if (tries_.size() >= kAddressesMost) tries_.clear();
      Tries& tries = tries_.try_emplace(command.from, Tries{work.now, 0}).first->second;
      ++tries.wrong;
    }
    return fail(Errc::Denied, "this code is wrong, used or older than 24 hours; ask for a new one");
  }
  StoredDevice device = found->second;
  IntakeAnswer answer;
  answer.secret = std::string(kTokenPrefix) + accounts::random_token();
  device.code.clear();
  device.device.code_until.reset();
  device.token = accounts::stored_form(answer.secret);
  device.public_key = command.public_key;
  device.device.enrolled = true;
  device.device.heard = work.now;
  work.put(device);
  work.note(IntakeStep::DeviceEnrolled, device.device.id.str());
  answer.device = device.device;
  if (auto done = write(work, [&] { return tables_.put(device); }); !done) {
    return tl::unexpected(done.error());
  }
  auto rest = on(work, SetUpDevice{device.device.id});
  if (!rest) return rest;
  answer.hint_key = std::move(rest->hint_key);
  answer.keys = std::move(rest->keys);
  return answer;
}

Result<IntakeAnswer> Store::on(Work&, const SetUpDevice& command) {
  auto device = device_of(command.device);
  if (!device) return tl::unexpected(device.error());
  auto keys = tables_.keys();
  if (!keys) return tl::unexpected(keys.error());
  auto hint = tables_.hint_key();
  if (!hint) return tl::unexpected(hint.error());
  IntakeAnswer answer;
  answer.device = device->device;
  answer.keys = std::move(*keys);
  answer.hint_key = std::move(*hint);
  return answer;
}

Result<IntakeAnswer> Store::on(Work& work, const NoteHeartbeat& command) {
  auto device = device_of(command.device);
  if (!device) return tl::unexpected(device.error());
  device->device.pending = command.pending;
  device->device.oldest_pending = command.pending > 0 ? command.oldest : std::nullopt;
  device->device.heard = work.now;
  work.put(*device);
  if (auto done = write(work, [&] { return tables_.put(*device); }); !done) {
    return tl::unexpected(done.error());
  }
  return IntakeAnswer();
}

Result<IntakeAnswer> Store::on(Work& work, const MakeDevice& command) {
  if (command.counter < 1 || command.counter > 99) {
    return fail(Errc::InvalidInput, "a counter's number lies between 1 and 99");
  }
  if (devices_.size() >= kDevicesMax) {
    return fail(
        Errc::LimitExceeded,
        fmt::format("there are {} devices, the most there can be; remove some", devices_.size()));
  }
  const auto taken = tables_.counter_taken(command.site, command.counter);
  if (!taken) return tl::unexpected(taken.error());
  if (*taken) {
    return fail(Errc::Conflict,
                fmt::format("counter {} of '{}' has had a device, and its receipts' numbers would "
                            "come twice; give a number that was never used there",
                            command.counter, command.site.str()));
  }
  IntakeAnswer answer;
  answer.secret = accounts::random_code(kCodeGroups);
  StoredDevice device;
  device.code = accounts::stored_form(accounts::normal_code(answer.secret));
  device.device.id = DeviceId(accounts::random_id("d-"));
  device.device.site = command.site;
  device.device.counter = command.counter;
  device.device.label = clean(command.label, kLabelBytesMax);
  device.device.made_at = work.now;
  device.device.code_until = work.now + kCodeLife;
  work.put(device);
  work.note(IntakeStep::DeviceMade, device.device.id.str(),
            fmt::format("{}-{:02}", command.site.str(), command.counter));
  answer.device = device.device;
  if (auto done = write(work, [&] { return tables_.put(device); }); !done) {
    return tl::unexpected(done.error());
  }
  return answer;
}

Result<IntakeAnswer> Store::on(Work& work, const RemoveDevice& command) {
  auto device = device_of(command.device);
  if (!device) return tl::unexpected(device.error());
  if (device->device.pending > 0 && trim(command.reason).empty()) {
    return fail(Errc::Conflict,
                fmt::format("the device holds {} cases that have not come in, and without it they "
                            "are lost; let it send them first, or give a reason",
                            device->device.pending));
  }
  work.steps.push_back([id = command.device](auto& devices) { devices.erase(id); });
  work.note(IntakeStep::DeviceRemoved, command.device.str(),
            device->device.pending > 0
                ? fmt::format("with {} cases that had not come in", device->device.pending)
                : "");
  if (auto done = write(work, [&] { return tables_.remove(command.device); }); !done) {
    return tl::unexpected(done.error());
  }
  return IntakeAnswer();
}

Result<IntakeAnswer> Store::on(Work&, const ListDevices&) {
  // Cases that came in are counted by the file.
  auto all = tables_.devices();
  if (!all) return tl::unexpected(all.error());
  IntakeAnswer answer;
  for (StoredDevice& one : *all) answer.devices.push_back(std::move(one.device));
  return answer;
}

// ---- keys --------------------------------------------------------------------------------------

Result<IntakeAnswer> Store::on(Work& work, const AddOfficeKey& command) {
  if (command.public_key.size() != kPublicKeyBytes) {
    return fail(Errc::InvalidInput, "'public_key' is no X25519 key of 32 bytes");
  }
  auto known = tables_.keys();
  if (!known) return tl::unexpected(known.error());
  OfficeKey key;
  key.id = key_id_of(command.public_key);
  key.office = command.office;
  key.public_key = command.public_key;
  key.made_by = work.by.account.empty() ? work.by.actor : work.by.account.str();
  key.made_at = work.now;
  for (const OfficeKey& one : *known) {
    if (one.id == key.id) return fail(Errc::Conflict, "this key is there already");
  }
  if (known->size() >= kKeysMax) {
    return fail(Errc::LimitExceeded, fmt::format("there are {} keys already", known->size()));
  }
  work.note(IntakeStep::KeyAdded, key.id);
  work.notes.back().office = key.office;
  if (auto done = write(work, [&] { return tables_.put(key); }); !done) {
    return tl::unexpected(done.error());
  }
  IntakeAnswer answer;
  answer.keys = {key};
  return answer;
}

Result<IntakeAnswer> Store::on(Work& work, const ConfirmOfficeKey& command) {
  auto known = tables_.keys();
  if (!known) return tl::unexpected(known.error());
  const auto found = std::find_if(known->begin(), known->end(),
                                  [&](const OfficeKey& one) { return one.id == command.key; });
  if (found == known->end()) {
    return fail(Errc::NotFound, "there is no such key; compare its letters with the print");
  }
  OfficeKey key = *found;
  if (key.confirmed_at) return fail(Errc::Conflict, "this key has been confirmed already");
  if (work.by.account.empty() || work.by.account.str() == key.made_by) {
    return fail(Errc::Denied, "a key is confirmed by a second person's account, who has compared "
                              "its letters with the print");
  }
  key.confirmed_by = work.by.account.str();
  key.confirmed_at = work.now;
  work.note(IntakeStep::KeyConfirmed, key.id);
  work.notes.back().office = key.office;
  if (auto done = write(work, [&] { return tables_.put(key); }); !done) {
    return tl::unexpected(done.error());
  }
  IntakeAnswer answer;
  answer.keys = {key};
  return answer;
}

Result<IntakeAnswer> Store::on(Work&, const ListKeys&) {
  auto keys = tables_.keys();
  if (!keys) return tl::unexpected(keys.error());
  IntakeAnswer answer;
  answer.keys = std::move(*keys);
  return answer;
}

}  // namespace dienstbereit::intake
