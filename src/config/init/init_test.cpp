// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/init.h"

#include <gtest/gtest.h>

#include "base/file.h"
#include "config/bundle.h"
#include "config/init/csv.h"
#include "config/init/init_text.h"
#include "config/load.h"

namespace dienstbereit::config {
namespace {

InitAnswers answers() {
  InitAnswers given;
  given.name = "Kreisverwaltung Süd: Prüfung \"eins\"";
  given.ags = "05999";
  return given;
}

std::shared_ptr<const District> read_back(const InitOutcome& outcome) {
  EXPECT_EQ(to_lines(outcome.diagnostics), "");
  return load_bundle(to_bundle({SourceFile{"district.yaml", outcome.yaml}})).district;
}

InitOutcome from_tables(std::string sites, std::string offices, std::string services = "",
                        std::string hosts = "") {
  return init_from_tables({{"sites.csv", decode_csv(sites)},
                           {"offices.csv", decode_csv(offices)},
                           {"services.csv", decode_csv(services)},
                           {"hosts.csv", decode_csv(hosts)}},
                          answers());
}

constexpr const char* kSites = "Kürzel;Name;Anschrift\r\nS1;\"Haus; Süd\";Weg 1\r\n";
constexpr const char* kOffices =
    "Kürzel;Bezeichnung;Standorte;Öffnungszeiten\r\nA1;Amt;S1;Mo-Fr 08:00-12:00\r\n";

}  // namespace

TEST(Init, TheFewestAnswersCheckClean) {
  const auto district = read_back(init_from_answers(answers()));
  ASSERT_NE(district, nullptr);
  EXPECT_EQ(district->administration.name.de, "Kreisverwaltung Süd: Prüfung \"eins\"");
  EXPECT_EQ(district->administration.id, "kreisverwaltung-sued-pruefung-eins");
  EXPECT_EQ(district->services.size(), 1u);
}

TEST(Init, AHomepageIsProbed) {
  InitAnswers given = answers();
  given.homepage = "https://www.example.org/";
  const auto district = read_back(init_from_answers(given));
  ASSERT_NE(district, nullptr);
  EXPECT_EQ(district->probes.size(), 1u);
}

TEST(Init, AWrongAnswerIsToldByItsName) {
  InitAnswers given = answers();
  given.hours = "Montags";
  const InitOutcome outcome = init_from_answers(given);
  EXPECT_EQ(outcome.yaml, "");
  ASSERT_EQ(outcome.diagnostics.size(), 1u);
  EXPECT_EQ(outcome.diagnostics[0].file, "hours");
  given.ags = "59";
  EXPECT_EQ(init_from_answers(given).diagnostics[0].file, "ags");
}

TEST(Init, TablesOfGermanExcelBecomeADistrict) {
  const auto district =
      read_back(from_tables(std::string("\xEF\xBB\xBF") + kSites, kOffices,
                            "Nr;Name;Art;Amt;braucht;Wiederanlauf;ohne IT\n"
                            "D1;\"Ein \"\"Dienst\"\"\";Schalter;A1;H1;24;Annahme\n",
                            "id;name;Art;Standort;Prüfung\nH1;Server;server;S1;127.0.0.1:80\n"));
  ASSERT_NE(district, nullptr);
  EXPECT_EQ(district->sites[0].name.de, "Haus; Süd");
  EXPECT_EQ(district->services[0].name.de, "Ein \"Dienst\"");
  EXPECT_EQ(district->services[0].rto, std::chrono::hours(24));
  EXPECT_EQ(district->services[0].offline.mode, OfflineMode::TakeIn);
  EXPECT_EQ(district->probes[0].id, ProbeId("H1/tcp"));
}

TEST(Init, Windows1252IsReadToo) {
  const std::string sites = "K\xFCrzel;Name\r\nS1;Stra\xDF"
                            "e \x80\r\n";
  const auto district = read_back(from_tables(sites, kOffices));
  ASSERT_NE(district, nullptr);
  EXPECT_EQ(district->sites[0].name.de, "Straße €");
}

TEST(Init, AProblemIsToldAtItsCell) {
  const InitOutcome outcome =
      from_tables(kSites, "Kürzel;Name;Standorte;Öffnungszeiten\n"
                          "A1;Amt;S1;Mo 08:00-12:00\nA1;Ämter;S9;Montags\n");
  ASSERT_EQ(outcome.diagnostics.size(), 3u) << to_lines(outcome.diagnostics);
  const Diagnostic& twice = outcome.diagnostics[0];
  EXPECT_EQ(twice.line, 3);
  EXPECT_EQ(twice.column, 1);
  EXPECT_NE(twice.message.find("offices.csv:2"), std::string::npos) << twice.message;
  EXPECT_EQ(outcome.diagnostics[1].column, 10) << "the unknown site";
  EXPECT_EQ(outcome.diagnostics[2].column, 13) << "the hours";
}

TEST(Init, UnknownColumnsRowsTooWideAndOpenQuotesAreErrors) {
  const auto lines = [](const char* sites) {
    return to_lines(from_tables(sites, kOffices).diagnostics);
  };
  EXPECT_NE(lines("Kürzel;Nmae\nS1;x\n").find("did you mean 'name'?"), std::string::npos);
  EXPECT_NE(lines("id;name\nS1;x;y\n").find("sites.csv:2:6"), std::string::npos);
  EXPECT_NE(lines("id;name\nS1;\"x\n").find("never closed"), std::string::npos);
  EXPECT_NE(lines("id,name\nS1,x\n").find("kept apart by ';'"), std::string::npos);
  EXPECT_NE(lines("id;name\nS1;\n").find("is empty in this row"), std::string::npos);
  EXPECT_NE(lines("").find("empty"), std::string::npos);
}

TEST(Init, AFolderWithoutTheTablesIsSaid) {
  const InitOutcome outcome = init_from_csv("no/such/folder", answers());
  EXPECT_EQ(outcome.yaml, "");
  EXPECT_EQ(outcome.diagnostics.size(), 2u);
}

}  // namespace dienstbereit::config
