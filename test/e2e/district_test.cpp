// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "program.h"

// From nothing to a district of one's own: init, tables, the reference of keys, the schema.
namespace dienstbereit::e2e {
namespace {

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string read_all(const std::filesystem::path& file) {
  std::ifstream in(file);
  std::stringstream text;
  text << in.rdbuf();
  return text.str();
}

class DistrictStory : public testing::Test {
 protected:
  std::string path(const std::string& name) const { return (folder_.path() / name).string(); }
  Outcome init(Words more) const {
    Words words{"init",  "--defaults", "--name",  "Kreisverwaltung Beispiel",
                "--ags", "05999",      "--output"};
    words.insert(words.end(), more.begin(), more.end());
    return run(words);
  }

  servers::TempFolder folder_;
};

}  // namespace

TEST_F(DistrictStory, InitWritesOneThatChecksCleanAndServesAtOnce) {
  const Outcome made = init({path("kreis.yaml")});
  ASSERT_EQ(made.code, 0) << made.err;
  const Outcome checked = run({"check", path("kreis.yaml")});
  EXPECT_EQ(checked.code, 0) << checked.err;
  EXPECT_EQ(checked.err, "") << "no warning either";
  EXPECT_TRUE(contains(checked.out, "no problem found")) << checked.out;
  const Server server(path("kreis.yaml"));
  EXPECT_TRUE(contains(server.page("/"), "Kreisverwaltung Beispiel")) << server.page("/");
  EXPECT_TRUE(contains(server.page("/"), "Bürgerbüro – keine Störung bekannt (nicht gemessen)."))
      << server.page("/");
  EXPECT_TRUE(contains(server.page("/en/"), "Bürgerbüro – no fault known (not measured)."))
      << server.page("/en/");
}

TEST_F(DistrictStory, InitNeverWritesOverAFileAndNeverHalf) {
  ASSERT_EQ(init({path("kreis.yaml")}).code, 0);
  const std::string before = read_all(path("kreis.yaml"));
  const Outcome again = init({path("kreis.yaml")});
  EXPECT_EQ(again.code, 2);
  EXPECT_TRUE(contains(again.err, "exists already")) << again.err;
  EXPECT_EQ(read_all(path("kreis.yaml")), before);
  const Outcome nameless = run({"init", "--defaults", "--output", path("other.yaml")});
  EXPECT_EQ(nameless.code, 2) << nameless.err;
  EXPECT_FALSE(nameless.err.empty());
  EXPECT_FALSE(std::filesystem::exists(path("other.yaml")));
}

TEST_F(DistrictStory, TablesAsGermanExcelSavesThemBecomeADistrictThatServes) {
  // Windows-1252, CRLF, semicolons, a field in quotes with a semicolon inside.
  folder_.write("tables/sites.csv", "sep=;\r\nK\xFCrzel;Bezeichnung;Anschrift\r\n"
                                    "S1;Kreishaus;Am Markt 1\r\nS3;Nebenstelle S\xFC"
                                    "d;Ring 3\r\n");
  folder_.write("tables/offices.csv", "K\xFCrzel;Bezeichnung;Standorte;\xD6"
                                      "ffnungszeiten\r\n"
                                      "A36;Stra\xDF"
                                      "enverkehrsamt;S1, S3;\"Mo-Fr 08:00-12:00; PH off\"\r\n");
  folder_.write("tables/services.csv",
                "Nr;Bezeichnung;Art;Amt;braucht;Wiederanlauf in h;ohne IT\r\n"
                "V01;Fahrzeug zulassen;Schalter;A36;DB;24;Annahme\r\n");
  folder_.write("tables/hosts.csv", "Kennung;Bezeichnung;Standort;Pr\xFC"
                                    "fung\r\nDB;Datenbank;S1;127.0.0.1:9\r\n");
  const Outcome made = init({path("kreis.yaml"), "--from-csv", path("tables")});
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_EQ(run({"check", path("kreis.yaml")}).code, 0);
  const Server server(path("kreis.yaml"));
  EXPECT_TRUE(contains(server.page("/"), "Straßenverkehrsamt")) << server.page("/");
  EXPECT_TRUE(contains(server.page("/standort/S3"), "Nebenstelle Süd"))
      << server.page("/standort/S3");
  EXPECT_EQ(server.json("/api/v1/offices/A36")["name"]["de"], "Straßenverkehrsamt");
}

TEST_F(DistrictStory, AWrongTableIsToldAtItsCellAndNothingIsWritten) {
  folder_.write("tables/sites.csv", "id;name\nS1;Kreishaus\n");
  folder_.write("tables/offices.csv", "id;name;sites\nA36;Zulassung;S9\n");
  const Outcome made = init({path("kreis.yaml"), "--from-csv", path("tables")});
  EXPECT_EQ(made.code, 2);
  EXPECT_TRUE(contains(made.err, "offices.csv:2:")) << made.err;
  EXPECT_TRUE(contains(made.err, "S9")) << made.err;
  EXPECT_FALSE(std::filesystem::exists(path("kreis.yaml")));
}

TEST_F(DistrictStory, CheckPrintsTheReferenceOfKeysThatIsInTheDocuments) {
  const Outcome keys = run({"check", "--keys"});
  ASSERT_EQ(keys.code, 0) << keys.err;
  EXPECT_TRUE(contains(keys.out, "administration")) << keys.out;
  EXPECT_TRUE(contains(read_all("docs/formats/district.md"), keys.out))
      << "docs/formats/district.md is older than the keys";
}

TEST_F(DistrictStory, CheckPrintsAJsonSchemaThatKnowsEveryKindOfProbe) {
  const Outcome printed = run({"check", "--schema"});
  ASSERT_EQ(printed.code, 0) << printed.err;
  const Json schema = printed.json();
  ASSERT_TRUE(schema.is_object()) << printed.out;
  EXPECT_EQ(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
  for (const char* kind : {"http", "tcp", "dns", "smtp", "postgres", "heartbeat"}) {
    EXPECT_TRUE(contains(printed.out, "\"" + std::string(kind) + "\"")) << kind;
  }
}

TEST_F(DistrictStory, CheckWithoutADistrictSaysWhatItWants) {
  const Outcome bare = run({"check"});
  EXPECT_EQ(bare.code, 2);
  EXPECT_EQ(bare.out, "");
  EXPECT_TRUE(contains(bare.err, "district")) << bare.err;
  const Outcome missing = run({"check", path("nowhere.yaml")});
  EXPECT_EQ(missing.code, 2);
  EXPECT_TRUE(contains(missing.err, "nowhere.yaml")) << missing.err;
}

}  // namespace dienstbereit::e2e
