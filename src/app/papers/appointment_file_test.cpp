// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "app/papers/appointment_file.h"

#include <filesystem>

#include <gtest/gtest.h>
#include <unistd.h>

#include "base/file.h"

namespace dienstbereit::app {
namespace {

namespace fs = std::filesystem;

struct AppointmentFile : testing::Test {
  AppointmentFile() : folder(fs::temp_directory_path() / ("dates." + std::to_string(::getpid()))) {
    fs::create_directories(folder);
  }
  ~AppointmentFile() override { fs::remove_all(folder); }
  handbook::OfficeAppointments read(const char* name, const std::string& text) {
    const fs::path path = folder / name;
    EXPECT_TRUE(write_file(path, text));
    return read_appointments({OfficeId("A1"), path.string()},
                             TimeZone::find("Europe/Berlin").value());
  }
  fs::path folder;
};

TEST_F(AppointmentFile, CsvAsGermanExcelWritesItAndCalendarsAreRead) {
  const auto csv = read("a.csv", "Datum;Uhrzeit;Name\r\n27.11.2026;08:00;\"M\xFCller; Eva\"\r\n");
  ASSERT_EQ(csv.trouble, "");
  ASSERT_EQ(csv.list.all.size(), 1u);
  EXPECT_EQ(csv.list.all[0].who, "M\xC3\xBCller; Eva");
  EXPECT_TRUE(csv.as_of.has_value());
  const auto ics = read("b.ICS", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261127\nEND:VEVENT\n");
  EXPECT_EQ(ics.list.all.size(), 1u);
}

TEST_F(AppointmentFile, TroubleNeverRepeatsWhatStandsInTheFile) {
  const auto broken = read("a.csv", "Vorname;Nachname\nErika;Geheim\n");
  EXPECT_NE(broken.trouble, "");
  EXPECT_EQ(broken.trouble.find("Geheim"), std::string::npos);
  EXPECT_EQ(broken.trouble.find("Vorname"), std::string::npos);
  const auto bad_rows = read("b.csv", "Datum;Name\n27.11.2026;\"offen\nx;y;z;Geheim\n");
  EXPECT_GT(bad_rows.list.unreadable, 0u);
}

TEST_F(AppointmentFile, OneThatIsNotThereSaysSo) {
  const auto none = read_appointments({OfficeId("A1"), (folder / "gone.csv").string()},
                                      TimeZone::find("Europe/Berlin").value());
  EXPECT_NE(none.trouble.find("gone.csv"), std::string::npos);
  EXPECT_FALSE(none.as_of.has_value());
}

}  // namespace
}  // namespace dienstbereit::app
