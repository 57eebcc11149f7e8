// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/outside/outpost_report.h"

#include <algorithm>

#include "base/text.h"
#include "model/outside/outpost_fields.h"

namespace dienstbereit {
namespace {

constexpr std::size_t kOutboxLetters = 16;
constexpr std::size_t kLongestDetail = 600;  // bytes, of the sentences of probes and paths
constexpr std::size_t kLongestPhase = 40;
constexpr std::size_t kLongestId = 100;

}  // namespace

template <class A>
void fields(A& a, LastRun& e) {
  a("probe", e.probe);
  a("before", e.before);
}
template <class A>
void fields(A& a, SteadyNews& e) {
  a("runs", e.runs);
}
template <class A>
void fields(A& a, OutpostItem& e) {
  a("sequence", e.sequence);
  a("age", e.age);
  a("by_clock", e.by_clock);
  a("settled", e.settled);
  a("lost", e.lost);
  a("path", e.path);
  a("steady", e.steady);
}
template <class A>
void fields(A& a, OutpostReport& e) {
  a("outpost", e.outpost);
  a("outbox", e.outbox);
  a("sent_at", e.sent_at);
  a("more", e.more);
  a("repeats_lost", e.repeats_lost);
  a("changes_lost", e.changes_lost);
  a("items", e.items);
}

namespace {

template <class T>
std::string text_of(const T& value) {
  codec::Writer writer;
  fields(writer, const_cast<T&>(value));  // a Writer changes nothing
  return writer.take();
}

template <class T>
Result<T> parse(std::string_view text, const char* what) {
  const auto json = codec::parse_bounded(text);
  if (!json) return fail(Errc::InvalidInput, fmt::format("{} is not valid JSON", what));
  T value;
  codec::Reader reader(*json, codec::Style::Journal);
  fields(reader, value);
  if (!reader.problem().empty()) {
    return fail(Errc::InvalidInput, fmt::format("{}: {}", what, reader.problem()));
  }
  return value;
}

bool plausible(Duration before) { return before >= Duration(0) && before <= kOldestNews; }

bool is_id(std::string_view text) {
  return !text.empty() && text.size() <= kLongestId && is_utf8(text);
}

// Cleans what strangers may have written; false where it cannot be meant.
bool tidy(SettledNews& news) {
  news.phase = clean(news.phase, kLongestPhase);
  news.detail = clean(news.detail, kLongestDetail);
  return is_id(news.probe.str()) && plausible(news.before) && news.outcome != ProbeOutcome::Broken;
}
bool tidy(LostNews& news) {
  news.detail = clean(news.detail, kLongestDetail);
  return is_id(news.probe.str());
}
bool tidy(PathNews& news) {
  news.detail = clean(news.detail, kLongestDetail);
  return is_id(news.uplink.str());
}
bool tidy(SteadyNews& news) {
  return std::all_of(news.runs.begin(), news.runs.end(), [](const LastRun& run) {
    return is_id(run.probe.str()) && plausible(run.before);
  });
}

bool tidy(OutpostItem& item) {
  int said = 0;
  bool good = plausible(item.age);
  const auto look = [&](auto& part) {
    if (!part) return;
    ++said;
    good = good && tidy(*part);
  };
  look(item.settled);
  look(item.lost);
  look(item.path);
  look(item.steady);
  return good && said == 1;
}

bool is_outbox(const std::string& text) {
  return text.size() == kOutboxLetters &&
         text.find_first_not_of("0123456789abcdef") == std::string::npos;
}

}  // namespace

std::string to_json(const OutpostReport& report) { return text_of(report); }
std::string to_json(const OutpostItem& item) { return text_of(item); }

Result<OutpostItem> parse_outpost_item(std::string_view text) {
  auto item = parse<OutpostItem>(text, "the item");
  if (item && !tidy(*item)) return fail(Errc::Corrupt, "the item says nothing that can be so");
  return item;
}

Result<OutpostReport> parse_outpost_report(std::string_view text) {
  auto report = parse<OutpostReport>(text, "the report");
  if (!report) return report;
  if (!is_outbox(report->outbox)) {
    return fail(Errc::InvalidInput, "the report: 'outbox' is not 16 hexadecimal digits");
  }
  if (report->items.size() > kMostOutpostItems) {
    return fail(Errc::LimitExceeded,
                fmt::format("a report has at most {} items; send the rest after the answer",
                            kMostOutpostItems));
  }
  std::uint64_t last = 0;
  for (OutpostItem& item : report->items) {
    if (item.sequence <= last) {
      return fail(Errc::InvalidInput, "the report: the items' sequences do not rise");
    }
    if (!tidy(item)) {
      return fail(Errc::InvalidInput,
                  fmt::format("the report: item {} says nothing that can be so", item.sequence));
    }
    last = item.sequence;
  }
  return report;
}

}  // namespace dienstbereit
