// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/record.h"

#include <string_view>

#include <fmt/format.h>

namespace dienstbereit::journal {
namespace {

// Names the canonical form; a changed form gets another name, so that no two forms can collide.
constexpr std::string_view kForm = "DBJ1";

void put_number(std::string& out, std::uint64_t value) {
  char bytes[8];
  for (int i = 7; i >= 0; --i) {
    bytes[i] = static_cast<char>(value & 0xff);
    value >>= 8;
  }
  out.append(bytes, sizeof bytes);
}

void put_text(std::string& out, std::string_view text) {
  put_number(out, text.size());
  out.append(text);
}

void put_time(std::string& out, Instant t) {
  put_number(out, static_cast<std::uint64_t>(t.time_since_epoch().count()));
}

}  // namespace

std::string head_text(const Digest& hash) { return to_hex(hash).substr(0, kHeadDigits); }

Digest hash_of(const Record& record, std::string& scratch) {
  scratch.clear();
  scratch.append(kForm);
  scratch.append(reinterpret_cast<const char*>(record.previous.data()), record.previous.size());
  put_text(scratch, record.site);
  put_number(scratch, record.epoch);
  put_number(scratch, record.seq);
  put_time(scratch, record.logical);
  put_time(scratch, record.observed);
  put_time(scratch, record.recorded);
  put_text(scratch, record.actor);
  put_text(scratch, record.type);
  put_number(scratch, static_cast<std::uint64_t>(record.version));
  put_text(scratch, record.payload);
  return sha256(scratch);
}

Record to_record(const Event& event) {
  EncodedPayload encoded = encode(event.payload);
  Record record;
  record.site = event.site;
  record.epoch = event.epoch;
  record.seq = event.seq;
  record.logical = event.logical;
  record.observed = event.observed;
  record.recorded = event.recorded;
  record.actor = event.actor;
  record.type = std::move(encoded.type);
  record.version = encoded.version;
  record.payload = std::move(encoded.text);
  return record;
}

Result<Event> to_event(const Record& record) {
  auto payload = decode(record.type, record.version, record.payload);
  if (!payload) {
    return fail(Errc::Corrupt, fmt::format("the journal's record {} cannot be read: {}", record.seq,
                                           payload.error().message));
  }
  return Event{record.site,     record.epoch,    record.seq,   record.logical,
               record.observed, record.recorded, record.actor, std::move(*payload)};
}

}  // namespace dienstbereit::journal
