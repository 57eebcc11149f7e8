// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <chrono>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include "helper/execute.h"
#include "helper/memory.h"
#include "helper/protocol.h"
#include "helper/server.h"
#include "helper/signature.h"

namespace dienstbereit::helper {
namespace {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() {
    std::string name = (fs::temp_directory_path() / "helper-test-XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  ~Folder() { fs::remove_all(path); }
  void write(const std::string& name, const std::string& text) const {
    std::ofstream(path / name) << text;
    fs::permissions(path / name, fs::perms::owner_read | fs::perms::owner_write);
  }
  std::string read(const std::string& name) const {
    std::stringstream text;
    text << std::ifstream(path / name).rdbuf();
    return text.str();
  }
  fs::path path;
};

// A list that is signed, and its desk.
struct Hand : testing::Test {
  Hand() {
    EXPECT_TRUE(make_keys(folder.path / "key"));
    set("commands:\n"
        "  - name: count\n"
        "    argv: [/bin/sh, -c, 'echo once >> log; echo counted']\n"
        "    directory: " +
        folder.path.string() +
        "\n"
        "  - name: echo\n"
        "    argv: [/bin/echo, '{what}', '$HOME;id']\n"
        "    arguments: {what: '[a-z]{1,5}'}\n"
        "  - name: fail\n"
        "    argv: [/bin/sh, -c, 'echo first; echo it is broken >&2; exit 3']\n"
        "  - name: hang\n"
        "    argv: [/bin/sh, -c, 'sleep 600 & echo $! > child; wait']\n"
        "    directory: " +
        folder.path.string() +
        "\n"
        "    timeout: 1 s\n"
        "  - name: environment\n"
        "    argv: [/usr/bin/env]\n"
        "    environment: {ONLY: this}\n"
        "  - name: gone\n"
        "    argv: [/nowhere/at/all]\n");
    open();
  }
  void set(const std::string& yaml) {
    folder.write("list", yaml);
    EXPECT_TRUE(sign(folder.path / "list", folder.path / "key"));
  }
  void open() {
    auto made = Desk::open(
        {folder.path / "list", folder.path / "key.pub", {}, folder.path / "memory", "root"});
    ASSERT_TRUE(made) << made.error().message;
    desk = std::move(*made);
  }
  ActionResult run(const std::string& key, const std::string& command,
                   std::vector<Argument> with = {}, ActionMode mode = ActionMode::Do) {
    return desk->answer({key, command, std::move(with), mode, std::chrono::seconds(20), 0});
  }

  Folder folder;
  std::unique_ptr<Desk> desk;
};

TEST_F(Hand, CarriesOutWhatTheListNamesAndTellsItsLastLine) {
  const ActionResult result = run("k1", "count");
  EXPECT_EQ(result.outcome, ActionOutcome::Done);
  EXPECT_EQ(result.detail, "counted");
  EXPECT_EQ(folder.read("log"), "once\n");
}

TEST_F(Hand, DoesNothingTwiceUnderOneKeyNotEvenAfterItsOwnRestart) {
  run("k1", "count");
  open();
  EXPECT_EQ(run("k1", "count").outcome, ActionOutcome::Done);
  EXPECT_EQ(run("k1", "count", {}, ActionMode::Again).outcome, ActionOutcome::Done);
  EXPECT_EQ(folder.read("log"), "once\n");
  run("k2", "count");
  EXPECT_EQ(folder.read("log"), "once\nonce\n");
  EXPECT_EQ(run("k1", "fail").outcome, ActionOutcome::Refused) << "the key stands for another";
}

TEST_F(Hand, SaysSoWhereNobodyKnowsHowItEnded) {
  auto memory = Memory::open(folder.path / "memory");
  ASSERT_TRUE(memory->begin("k1", "count", false));
  EXPECT_EQ(run("k1", "count").outcome, ActionOutcome::Interrupted);
  EXPECT_EQ(folder.read("log"), "");
  EXPECT_EQ(run("k1", "count", {}, ActionMode::Again).outcome, ActionOutcome::Done);
  EXPECT_EQ(folder.read("log"), "once\n");
}

TEST_F(Hand, TakesNoShellAndNoValueThatTheListDoesNotWant) {
  EXPECT_EQ(run("k1", "echo", {{"what", "abc"}}).detail, "abc $HOME;id");
  for (const char* value : {"", "abcdef", "ABC", "a b", "-n", "a\nb", "abc;id", "$(id)"}) {
    EXPECT_EQ(run("k2", "echo", {{"what", value}}).outcome, ActionOutcome::Refused) << value;
  }
  EXPECT_EQ(run("k3", "echo").outcome, ActionOutcome::Refused);
  EXPECT_EQ(run("k4", "count", {{"what", "abc"}}).outcome, ActionOutcome::Refused);
  EXPECT_NE(run("k5", "cuont").detail.find("did you mean 'count'"), std::string::npos);
}

TEST_F(Hand, TellsWhatFailedInItsOwnWords) {
  const ActionResult failed = run("k1", "fail");
  EXPECT_EQ(failed.outcome, ActionOutcome::Failed);
  EXPECT_EQ(failed.detail, "it ended with 3: it is broken");
  const ActionResult gone = run("k2", "gone");
  EXPECT_EQ(gone.outcome, ActionOutcome::Refused);
  EXPECT_NE(gone.detail.find("/nowhere/at/all"), std::string::npos);
}

TEST_F(Hand, KillsWhatHangsWithItsChildren) {
  const auto begin = std::chrono::steady_clock::now();
  const ActionResult result = run("k1", "hang");
  EXPECT_EQ(result.outcome, ActionOutcome::Failed);
  EXPECT_NE(result.detail.find("did not end within 1 s"), std::string::npos) << result.detail;
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(15));
  const pid_t child = std::stoi(folder.read("child"));
  const std::string stat =
      (std::stringstream() << std::ifstream(fmt::format("/proc/{}/stat", child)).rdbuf()).str();
  EXPECT_TRUE(stat.empty() || stat.find(") Z") != std::string::npos) << stat;
}

TEST_F(Hand, GivesNothingOfItsOwnEnvironment) {
  ::setenv("SECRET", "planted", 1);
  const ActionResult result = run("k1", "environment");
  EXPECT_EQ(result.detail, "ONLY=this");
  const Command command =
      List::parse("l", "commands: [{name: e, argv: [/usr/bin/env]}]")->commands()[0];
  EXPECT_EQ(execute(command, {"/usr/bin/env"}, std::chrono::seconds(20)).detail, "LC_ALL=C.UTF-8");
}

TEST_F(Hand, RehearsesWithoutDoing) {
  EXPECT_EQ(run("k1", "count", {}, ActionMode::Rehearse).outcome, ActionOutcome::Done);
  EXPECT_EQ(folder.read("log"), "");
  EXPECT_EQ(run("k1", "count").outcome, ActionOutcome::Done) << "the key is not used up";
  EXPECT_EQ(run("k2", "gone", {}, ActionMode::Rehearse).outcome, ActionOutcome::Refused);
}

TEST_F(Hand, CarriesOutNothingOfAListThatWasChanged) {
  std::ofstream(folder.path / "list", std::ios::app) << "  - {name: evil, argv: [/bin/true]}\n";
  const ActionResult result = run("k1", "count");
  EXPECT_EQ(result.outcome, ActionOutcome::Refused);
  EXPECT_NE(result.detail.find("is not as it was signed"), std::string::npos) << result.detail;
  EXPECT_EQ(folder.read("log"), "");
  ASSERT_TRUE(make_keys(folder.path / "other"));
  ASSERT_TRUE(sign(folder.path / "list", folder.path / "other"));
  EXPECT_EQ(run("k1", "count").outcome, ActionOutcome::Refused) << "another key";
  ASSERT_TRUE(sign(folder.path / "list", folder.path / "key"));
  EXPECT_EQ(run("k1", "evil").outcome, ActionOutcome::Done) << "signed, so it is meant";
}

TEST_F(Hand, CarriesOutNothingOfAListThatOthersMayWrite) {
  fs::permissions(folder.path / "list", fs::perms::all);
  EXPECT_EQ(run("k1", "count").outcome, ActionOutcome::Refused);
}

TEST_F(Hand, CarriesOutNothingThatItCannotRemember) {
  fs::remove_all(folder.path / "memory");
  const ActionResult result = run("k1", "count");
  EXPECT_EQ(result.outcome, ActionOutcome::Refused);
  EXPECT_NE(result.detail.find("nothing is carried out"), std::string::npos) << result.detail;
  EXPECT_EQ(folder.read("log"), "");
}

TEST_F(Hand, KeepsItsSecretKeyToItsOwner) {
  struct stat info{};
  ASSERT_EQ(::stat((folder.path / "key").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 077, 0u);
  EXPECT_EQ(make_keys(folder.path / "key").error().code, Errc::Conflict);
}

TEST(List, SaysEverythingThatIsWrong) {
  const auto list = List::parse("list", "commands:\n"
                                        "  - {name: a, argv: [relative]}\n"
                                        "  - {name: b, argv: [/bin/true, '{x}']}\n"
                                        "  - {name: b, argv: [/bin/true], arguments: {y: '['}}\n"
                                        "  - {name: c, argv: [/bin/true], shell: yes}\n");
  ASSERT_FALSE(list);
  for (const char* part : {"absolute path", "'x' is not among", "a second command 'b'",
                           "pattern of 'y'", "no word of 'argv' is '{y}'", "shell"}) {
    EXPECT_NE(list.error().message.find(part), std::string::npos) << part << list.error().message;
  }
}

TEST(Protocol, RefusesWhatItCannotRead) {
  const Action action{"run-1.5.0.do",          "c", {{"a", "b"}}, ActionMode::Again,
                      std::chrono::seconds(3), 0};
  const auto read = parse_action(to_line(action));
  ASSERT_TRUE(read);
  EXPECT_EQ(read->key, action.key);
  EXPECT_EQ(read->with[0].value, "b");
  EXPECT_EQ(read->mode, ActionMode::Again);
  for (const char* line : {"", "[]", "{}",
                           "{\"key\":\"../x\",\"command\":\"c\",\"with\":{},"
                           "\"mode\":\"do\",\"timeout_ms\":1}",
                           "{\"key\":\"k\",\"command\":\"c\","
                           "\"with\":{\"a\":1},\"mode\":\"do\",\"timeout_ms\":1}"}) {
    EXPECT_FALSE(parse_action(line)) << line;
  }
  EXPECT_FALSE(parse_action(std::string(kLargestLine + 1, ' ')));
  EXPECT_FALSE(parse_result("{\"outcome\":\"fine\"}"));
}

}  // namespace
}  // namespace dienstbereit::helper
