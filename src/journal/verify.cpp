// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "journal/verify.h"

#include <fmt/format.h>

#include "base/text.h"
#include "journal/reader.h"

namespace dienstbereit::journal {
namespace {

// Holds one record after the other against the last good one.
class Checker {
 public:
  explicit Checker(std::string head) : wanted_(std::move(head)) {
    if (!wanted_.empty()) report_.head_match = HeadMatch::Absent;
  }

  // False once a record is bad.
  bool check(const Record& record) {
    std::string fault = fault_of(record);
    if (!fault.empty()) {
      report_.bad = BadRecord{record.seq, std::move(fault)};
      return false;
    }
    report_.head = head_after(record);
    ++report_.records;
    note_head(record);
    return true;
  }

  void unreadable(const Error& error) {
    report_.bad = BadRecord{report_.head.seq + 1, error.message};
  }

  VerifyReport take() {
    if (report_.head_match == HeadMatch::Earlier && report_.head_seq == report_.head.seq) {
      report_.head_match = HeadMatch::Last;
    }
    return std::move(report_);
  }

 private:
  std::string fault_of(const Record& record) {
    const Head& last = report_.head;
    if (record.seq != last.seq + 1) {
      return fmt::format("record {} is missing: {} follows {}", last.seq + 1, record.seq, last.seq);
    }
    if (last.seq != 0 && record.site != last.site) {
      return fmt::format("it is of site '{}', those before are of '{}'", record.site, last.site);
    }
    if (record.epoch < last.epoch) {
      return fmt::format("its epoch {} is below {} before it", record.epoch, last.epoch);
    }
    if (last.seq != 0 && record.logical < last.logical) {
      return fmt::format("its time {} is before {} of the record before it",
                         to_rfc3339(record.logical), to_rfc3339(last.logical));
    }
    Record linked = record;
    linked.previous = last.hash;
    if (hash_of(linked, scratch_) != record.hash) {
      return "its hash does not fit its content and the record before it: one of them was changed";
    }
    const auto payload = decode(record.type, record.version, record.payload);
    return payload ? std::string() : "its payload cannot be read: " + payload.error().message;
  }

  void note_head(const Record& record) {
    if (wanted_.empty() || report_.head_match != HeadMatch::Absent) return;
    if (!to_hex(record.hash).starts_with(wanted_)) return;
    report_.head_match = HeadMatch::Earlier;
    report_.head_seq = record.seq;
  }

  std::string wanted_;
  std::string scratch_;
  VerifyReport report_;
};

Result<std::string> parse_head(std::string_view head) {
  std::string wanted = to_lower_ascii(trim(head));
  const bool hex = wanted.find_first_not_of("0123456789abcdef") == std::string::npos;
  const bool sized = wanted.size() >= kShortestHeadPrefix && wanted.size() <= 2 * sizeof(Digest);
  if (wanted.empty() || (hex && sized)) return wanted;
  return fail(Errc::InvalidInput,
              fmt::format("'{}' is no head of a journal; give the {} hex digits as printed, at "
                          "least {} of them",
                          clean(head, 80), kHeadDigits, kShortestHeadPrefix));
}

}  // namespace

Result<VerifyReport> verify(const std::filesystem::path& place, std::string_view head) {
  auto wanted = parse_head(head);
  if (!wanted) return tl::unexpected(wanted.error());
  const auto reader = JournalReader::open(place);
  if (!reader) return tl::unexpected(reader.error());
  Checker checker(std::move(*wanted));
  const auto read = reader->read(1, [&](const Record& record) { return checker.check(record); });
  if (!read && read.error().code != Errc::Corrupt) return tl::unexpected(read.error());
  if (!read) checker.unreadable(read.error());
  return checker.take();
}

std::string to_text(const VerifyReport& report) {
  std::string text = report.records == 0
                         ? std::string("no good record")
                         : fmt::format("{} records good, from 1 to {}; head {} of {} (epoch {})",
                                       report.records, report.head.seq, report.head.text(),
                                       to_rfc3339(report.head.logical), report.head.epoch);
  if (report.bad) {
    text += fmt::format("\nrecord {} is bad: {}. Nothing after it was checked; keep this folder as "
                        "evidence and restore a backup into a new one.",
                        report.bad->seq, report.bad->what);
  }
  switch (report.head_match) {
    case HeadMatch::NotAsked:
      break;
    case HeadMatch::Last:
      text += "\nthe given head is the end of this journal";
      break;
    case HeadMatch::Earlier:
      text += fmt::format("\nthe given head is record {}; the journal went on after it",
                          report.head_seq);
      break;
    case HeadMatch::Absent:
      text += "\nthe given head is not among the good records: they were removed or changed since "
              "it was printed, or it is of another journal";
      break;
  }
  return text;
}

}  // namespace dienstbereit::journal
