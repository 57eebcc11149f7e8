// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>

#include "program.h"

// The counter packs and the handbook that the real program writes.
namespace dienstbereit::e2e {
namespace {

namespace fs = std::filesystem;

// Planted: stands in what is sealed or taken out by a person, and nowhere else.
constexpr const char* kVisitor = "Theodora Terminträger";
constexpr const char* kOnCall = "Berta Bereitschaft";
constexpr const char* kMobile = "+4917012345";
constexpr const char* kPassphrase = "sieben Woerter stehen hier auf Papier";

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string text_of(const fs::path& path) {
  std::stringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return text.str();
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  return files;
}

// What pdftotext reads.
std::string read_pdf(const fs::path& pdf, const fs::path& out) {
  const pid_t pid = ::fork();
  if (pid == 0) {
    ::execlp("pdftotext", "pdftotext", "-layout", pdf.c_str(), out.c_str(), nullptr);
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(pid, &status, 0);
  EXPECT_EQ(status, 0) << "pdftotext";
  return text_of(out);
}

class PapersStory : public testing::Test {
 protected:
  PapersStory() {
    fs::create_directories(mounted());
    fs::create_directories(credentials());
    secret("pack-H", kPassphrase);
    secret("handbook", kPassphrase);
    write(contacts(), fmt::format("recipients:\n  - {{id: dienst, name: {}, mobile: \"{}\", "
                                  "channels: [sms], on_call: {{level: 1}}}}\n",
                                  kOnCall, kMobile));
    write(appointments(), fmt::format("Datum;Uhrzeit;Name;Anliegen\n"
                                      "2026-11-27;08:00;{};Umschreibung\n",
                                      kVisitor));
    district_ = files_.write(
        "district.yaml",
        fmt::format(R"(administration: {{name: Kreisverwaltung Prüfkreis, ags: "05999"}}
sites: [{{id: H, name: Kreishaus, phone: "0123 1"}}]
offices:
  - {{id: KFZ, name: Straßenverkehrsamt, sites: [H], hours: "Mo-Su 00:00-24:00"}}
services:
  - id: Z
    name: Zulassung
    kind: counter
    offered: KFZ
    needs: DB
    offline: {{mode: take_in, text: Anträge werden auf Papier angenommen.}}
components: [{{id: DB, name: Datenbank, restart_time: 20 min}}]
channels:
  - {{id: sms, kind: sms, url: "http://127.0.0.1:9/?to={{to}}&text={{text}}"}}
handbook: {{roles: [{{role: Leitung, held_by: dienst}}]}}
pack:
  sites: {{H: {{to: {0}, appointments: [{{office: KFZ, file: {1}}}]}}}}
publish:
  - {{id: aussen, kind: folder, path: {2}, handbook: true}}
)",
                    mounted().string(), appointments().string(), published().string()));
    server_ = std::make_unique<Server>(
        district_, Words{}, std::string{},
        Words{"--credentials", credentials().string(), "--contacts", contacts().string()});
  }

  fs::path mounted() const { return files_.path() / "mounted"; }
  fs::path published() const { return files_.path() / "published"; }
  fs::path credentials() const { return files_.path() / "credentials"; }
  fs::path contacts() const { return files_.path() / "contacts.yaml"; }
  fs::path appointments() const { return files_.path() / "dates.csv"; }
  fs::path taken() const { return files_.path() / "taken"; }

  static void write(const fs::path& path, const std::string& text) {
    std::ofstream(path, std::ios::binary) << text;
    fs::permissions(path, fs::perms::owner_read | fs::perms::owner_write);
  }
  void secret(const std::string& name, const std::string& value) const {
    write(credentials() / name, value + "\n");
  }
  std::vector<fs::path> packs_at_the_site() const {
    std::vector<fs::path> packs;
    for (const fs::path& file : files_in(mounted())) {
      if (file.filename().string().starts_with("pack-H-") && file.extension() == ".html") {
        packs.push_back(file);
      }
    }
    return packs;
  }
  Outcome check() const {
    return run({"check", district_.string(), "--data", server_->data().string()});
  }

  servers::TempFolder files_;
  fs::path district_;
  std::unique_ptr<Server> server_;
};

TEST_F(PapersStory, ThePackOfTheNightIsMadeSealedAndBroughtToTheSiteByItself) {
  ASSERT_TRUE(await([&] { return !packs_at_the_site().empty(); }, std::chrono::seconds(20)))
      << server_->output();
  const std::string pack = text_of(packs_at_the_site().front());
  EXPECT_TRUE(contains(pack, "AES-GCM"));
  for (const char* word : {kVisitor, kOnCall, kMobile, "Zulassung", "Kreishaus"}) {
    EXPECT_FALSE(contains(pack, word)) << word;
  }
  EXPECT_FALSE(contains(check().err, "pack")) << check().err;
}

TEST_F(PapersStory, OnCommandItIsWrittenForAStickAndFormsGoOnCounting) {
  ASSERT_TRUE(await([&] { return !packs_at_the_site().empty(); }, std::chrono::seconds(20)));
  const Outcome made = server_->command({"pack", taken().string(), "--site", "H"});
  ASSERT_EQ(made.code, 0) << made.err;
  ASSERT_EQ(files_in(taken()).size(), 1u);
  EXPECT_FALSE(contains(text_of(files_in(taken()).front()), kVisitor));
  const Json book = Json::parse(text_of(server_->data() / "shelf.json"));
  EXPECT_EQ(book["forms"]["H"]["given"], 10) << "five each, none twice";
  const Outcome none = server_->command({"pack", taken().string(), "--site", "ANDERSWO"});
  EXPECT_EQ(none.code, 2);
  EXPECT_TRUE(contains(none.err, "ANDERSWO")) << none.err;
}

TEST_F(PapersStory, TheHandbookIsTakenOutInBothLanguagesAndReadableOnPaper) {
  EXPECT_TRUE(contains(check().err, "has never been taken out")) << check().err;
  const Outcome made = server_->command({"handbook", taken().string()});
  ASSERT_EQ(made.code, 0) << made.err;
  for (const auto& [name, words] :
       {std::pair("handbook.de", std::vector<std::string>{"Notfallhandbuch", "Die erste Stunde",
                                                          "Wiederanlauf", "Datenbank"}),
        std::pair("handbook.en", std::vector<std::string>{"Emergency handbook", "The first hour",
                                                          "Restart", "Datenbank"})}) {
    const std::string page = text_of(taken() / (std::string(name) + ".html"));
    const std::string print =
        read_pdf(taken() / (std::string(name) + ".pdf"), files_.path() / "read.txt");
    for (const std::string& word : words) {
      EXPECT_TRUE(contains(page, word)) << name << ": " << word;
      EXPECT_TRUE(contains(print, word)) << name << ": " << word << "\n" << print;
    }
    for (const std::string& text : {page, print}) {
      EXPECT_TRUE(contains(text, kOnCall)) << name;
      EXPECT_TRUE(contains(text, kMobile)) << name;
    }
  }
  struct stat facts{};
  ASSERT_EQ(::stat((taken() / "handbook.de.pdf").c_str(), &facts), 0);
  EXPECT_EQ(facts.st_mode & 0777, 0600u) << "it names people";
  EXPECT_FALSE(contains(check().err, "handbook")) << check().err;
}

TEST_F(PapersStory, TheSealedHandbookGoesWhereItIsWanted) {
  const fs::path sealed = published() / "handbook" / "handbook.html";
  ASSERT_TRUE(await([&] { return !packs_at_the_site().empty(); }, std::chrono::seconds(20)));
  // The first copy may have gone out before there was one; what is new goes out with the next.
  const Words word{"set", "KFZ", "limited", "--text", "Wasserschaden", "--yes"};
  ASSERT_EQ(server_->command(word).code, 0);
  ASSERT_TRUE(await([&] { return fs::exists(sealed); }, std::chrono::seconds(20)))
      << server_->output();
  EXPECT_FALSE(contains(text_of(sealed), kOnCall));
}

TEST_F(PapersStory, NobodyIsNamedInAnyFileOfTheServerNorInItsLog) {
  ASSERT_TRUE(await([&] { return !packs_at_the_site().empty(); }, std::chrono::seconds(20)));
  ASSERT_EQ(server_->command({"handbook", taken().string()}).code, 0);
  write(appointments(), fmt::format("Name;Sonstiges\n{};x\n", kVisitor));  // no day: an error
  ASSERT_EQ(server_->command({"pack", (taken() / "packs").string()}).code, 0);
  std::string all = server_->output();
  for (const fs::path& file : files_in(server_->data())) all += text_of(file);
  for (const fs::path& file : files_in(published())) all += text_of(file);
  for (const fs::path& file : files_in(mounted())) all += text_of(file);
  for (const char* word : {kVisitor, kOnCall, kMobile, kPassphrase}) {
    EXPECT_FALSE(contains(all, word)) << word;
  }
}

TEST_F(PapersStory, AFolderThatIsGoneAndAMissingPassphraseAreSaid) {
  ASSERT_TRUE(await([&] { return !packs_at_the_site().empty(); }, std::chrono::seconds(20)));
  fs::remove_all(mounted());
  EXPECT_TRUE(contains(check().err, "no pack ready")) << check().err;
  fs::remove(credentials() / "pack-H");
  const Outcome refused = server_->command({"pack", taken().string()});
  EXPECT_EQ(refused.code, 2);
  EXPECT_TRUE(contains(refused.err, "pack-H")) << refused.err;
  secret("pack-H", "zu kurz");
  EXPECT_TRUE(contains(server_->command({"pack", taken().string()}).err, "passphrase"));
  // Under `serve` it is said in the log too, and on the operators' page.
  EXPECT_TRUE(await([&] { return contains(server_->output(), "is it mounted"); }))
      << server_->output();
}

TEST_F(PapersStory, ASiteWithoutAPassphraseHoldsUpNoOther) {
  std::string text = text_of(district_);
  const auto replace = [&](const std::string& old, const std::string& with) {
    ASSERT_NE(text.find(old), std::string::npos);
    text.replace(text.find(old), old.size(), with);
  };
  replace("sites: [{id: H,", "sites: [{id: A, name: Außenstelle, phone: \"0123 2\"}, {id: H,");
  replace("sites: {H: {to:", "sites: {A: {}, H: {to:");
  write(district_, text);
  const Outcome loaded = server_->command({"reload"});
  ASSERT_EQ(loaded.code, 0) << loaded.err;
  const Outcome made = server_->command({"pack", taken().string()});
  EXPECT_EQ(made.code, 2);
  EXPECT_TRUE(contains(made.err, "A: ")) << made.err;
  EXPECT_TRUE(contains(made.err, "pack-A")) << made.err;
  EXPECT_TRUE(contains(made.out, "H (2/2)")) << made.out;
  ASSERT_EQ(files_in(taken()).size(), 1u);
  EXPECT_TRUE(files_in(taken()).front().filename().string().starts_with("pack-H-"));
}

}  // namespace
}  // namespace dienstbereit::e2e
