// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Lists of appointments, as calendar and as table: bounded, and nothing lost without being counted.
#include <cstddef>
#include <cstdint>

#include "base/assert.h"
#include "base/text.h"
#include "handbook/appointments.h"

namespace {

using namespace dienstbereit;

void check(const handbook::Appointments& made) {
  dienstbereit_assert(made.all.size() <= handbook::kMostAppointments);
  for (const handbook::Appointment& one : made.all) {
    dienstbereit_assert(is_utf8(one.who + one.matter + one.contact + one.note));
    dienstbereit_assert(one.who.size() <= handbook::kLongestField);
    dienstbereit_assert(one.note.size() <= handbook::kLongestField);
    dienstbereit_assert(!one.at || *one.at < std::chrono::hours(24));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const TimeZone zone = TimeZone::find("Europe/Berlin").value();
  const std::string text(reinterpret_cast<const char*>(data), size);
  if (const auto made = handbook::parse_ics(text, zone)) check(*made);
  std::vector<std::vector<std::string>> rows;
  for (const std::string_view line : split(text, '\n')) {
    std::vector<std::string>& row = rows.emplace_back();
    for (const std::string_view cell : split(line, ';')) row.emplace_back(cell);
  }
  const std::vector<std::string> head = rows.front();
  rows.erase(rows.begin());
  if (const auto made = handbook::appointments_of(head, rows)) {
    check(*made);
    dienstbereit_assert(made->all.size() + made->unreadable == rows.size());
  }
  return 0;
}
