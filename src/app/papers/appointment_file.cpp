// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/papers/appointment_file.h"

#include <sys/stat.h>

#include "base/file.h"
#include "base/text.h"
#include "config/init/csv.h"

namespace dienstbereit::app {
namespace {

std::optional<Instant> written_at(const std::string& path) {
  struct stat facts{};
  if (::stat(path.c_str(), &facts) != 0) return std::nullopt;
  return Instant(std::chrono::seconds(facts.st_mtim.tv_sec));
}

// Rows that the reader of CSV refuses are counted; its messages would repeat what stands there.
Result<handbook::Appointments> parse_csv(const std::string& bytes) {
  const std::vector<config::SourceFile> files{{"appointments", config::decode_csv(bytes)}};
  config::Report report(files);
  const config::CsvTable table = config::parse_csv(files.front(), 0, report);
  std::vector<std::string> head;
  for (const config::CsvField& field : table.headers) head.push_back(field.text);
  std::vector<std::vector<std::string>> rows;
  for (const auto& row : table.rows) {
    std::vector<std::string>& fields = rows.emplace_back();
    for (const config::CsvField& field : row) fields.push_back(field.text);
  }
  auto made = handbook::appointments_of(head, rows);
  if (made) made->unreadable += report.errors();
  return made;
}

}  // namespace

handbook::OfficeAppointments read_appointments(const AppointmentSource& source,
                                               const TimeZone& zone) {
  handbook::OfficeAppointments read;
  read.office = source.office;
  read.as_of = written_at(source.file);
  const auto bytes = read_file(source.file, handbook::kLargestAppointments);
  if (!bytes) {
    read.trouble = bytes.error().message;
    return read;
  }
  const bool ics = to_lower_ascii(source.file).ends_with(".ics");
  auto list = ics ? handbook::parse_ics(*bytes, zone) : parse_csv(*bytes);
  if (list) {
    read.list = std::move(*list);
  } else {
    read.trouble = list.error().message;
  }
  return read;
}

}  // namespace dienstbereit::app
