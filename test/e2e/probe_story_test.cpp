// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <gtest/gtest.h>

#include <fmt/format.h>

#include "program.h"
#include "servers/servers.h"

// Every kind of probe through the whole program, against Debian's real server: it stops, and the
// public page says so and why; it starts, and the page says so.
namespace dienstbereit::e2e {
namespace {

constexpr std::chrono::seconds kPageTurns{20};

// Open at any hour, so that the stories do not depend on the time of day.
constexpr const char* kDistrict = R"yaml(
administration: {{name: {{de: Kreis Probe, en: Sample District}}, ags: 05999, observer_at: HAUS}}
sites: [{{id: HAUS, name: {{de: Kreishaus, en: District hall}}}}]
offices:
  - {{id: AMT, name: {{de: Bürgeramt, en: Citizens}}, sites: HAUS, hours: "Mo-Su,PH 00:00-24:00"}}
services:
  - id: PASS
    name: {{de: Pass beantragen, en: Apply for a passport}}
    kind: counter
    offered: AMT
    needs: PORTAL
    offline: none
components:
  - id: PORTAL
    name: {{de: Passverfahren, en: Passport system}}
    probes: [{{{}, every: 1 s, timeout: 1 s}}]
)yaml";

// What somebody runs in the house, and the probe that looks at it.
class Subject {
 public:
  virtual ~Subject() = default;
  virtual std::string probe() const = 0;  // its keys in YAML, without the times
  virtual Words by_hand() const = 0;      // the same as `dienstbereit probe`; empty: none
  virtual void meet(const Server&) {}     // before it is looked at
  virtual void start() = 0;
  virtual void stop() = 0;
};

template <class Real>
class RealServer : public Subject {
 public:
  template <class... Arguments>
  RealServer(std::string probe, Words by_hand, const Arguments&... arguments)
      : real_(arguments...), probe_(std::move(probe)), by_hand_(std::move(by_hand)) {}

  std::string probe() const override { return with_port(probe_); }
  Words by_hand() const override {
    Words words;
    for (const std::string& word : by_hand_) words.push_back(with_port(word));
    return words;
  }
  void start() override { real_.start(); }
  void stop() override { real_.stop(); }

 private:
  std::string with_port(const std::string& text) const {
    return fmt::format(fmt::runtime(text), fmt::arg("port", real_.port()));
  }

  Real real_;
  std::string probe_;
  Words by_hand_;
};

std::unique_ptr<Subject> http() {
  return std::make_unique<RealServer<servers::Nginx>>(
      "kind: http, url: 'http://127.0.0.1:{port}/', expect: {{text: Willkommen}}",
      Words{"http", "http://127.0.0.1:{port}/", "--expect-text", "Willkommen"},
      "location / { return 200 'Willkommen im Amt'; }", false);
}
std::unique_ptr<Subject> tcp() {
  return std::make_unique<RealServer<servers::Nginx>>("kind: tcp, target: '127.0.0.1:{port}'",
                                                      Words{"tcp", "127.0.0.1:{port}"}, "", false);
}
std::unique_ptr<Subject> dns() {
  return std::make_unique<RealServer<servers::Named>>(
      "kind: dns, resolver: '127.0.0.1:{port}', query: www.kreis.example, expect: 192.0.2.7",
      Words{"dns", "www.kreis.example@127.0.0.1:{port}", "--expect", "192.0.2.7"}, "kreis.example",
      "www A 192.0.2.7");
}
std::unique_ptr<Subject> smtp() {
  return std::make_unique<RealServer<servers::Postfix>>(
      "kind: smtp, target: '127.0.0.1:{port}', accepts: user@mail.example, "
      "refuses: nobody-here@mail.example, refuses_relay_to: someone@elsewhere.example",
      Words{"smtp", "127.0.0.1:{port}", "--accepts", "user@mail.example", "--refuses",
            "nobody-here@mail.example", "--refuses-relay-to", "someone@elsewhere.example"});
}
std::unique_ptr<Subject> postgres() {
  return std::make_unique<RealServer<servers::Postgres>>(
      "kind: postgres, target: '127.0.0.1:{port}', database: fach, user: probe, "
      "credential: secret, query: SELECT name FROM amt, expect: offen",
      Words{"postgres", "127.0.0.1:{port}/fach", "--user", "probe", "--credential", "secret",
            "--query", "SELECT name FROM amt", "--expect", "offen"});
}

// A nightly job that tells us it still runs: curl, four times a second.
class Job : public Subject {
 public:
  std::string probe() const override { return "kind: heartbeat, credential: secret"; }
  Words by_hand() const override { return {}; }
  void meet(const Server& server) override {
    job_ = std::make_unique<servers::Process>(
        folder_,
        Words{"/usr/bin/curl", "--silent", "--show-error", "--rate", "4/s", "--request", "POST",
              "--header", "Authorization: Bearer geheim",
              fmt::format("http://127.0.0.1:{}/api/v1/heartbeat/PORTAL/heartbeat?beat=[1-100000]",
                          server.port())});
  }
  void start() override { job_->start(); }
  void stop() override { job_->stop(SIGKILL); }

 private:
  servers::TempFolder folder_;
  std::unique_ptr<servers::Process> job_;
};
std::unique_ptr<Subject> heartbeat() { return std::make_unique<Job>(); }

struct Texts {
  const char* de;
  const char* en;
};
constexpr Texts kMeasured{"Heute: Bürgeramt – normal geöffnet.",
                          "Today: Citizens – open as normal."};
// An open port does not prove that work is done behind it.
constexpr Texts kPresumed{"Heute: Bürgeramt – keine Störung bekannt (nicht gemessen).",
                          "Today: Citizens – no fault known (not measured)."};
constexpr Texts kClosed{"Heute: Bürgeramt – geschlossen.", "Today: Citizens – closed."};
constexpr Texts kSays{"Geschlossen wegen einer Störung.", "Closed because of a fault."};
constexpr Texts kCause{"„Passverfahren“ ist ausgefallen", "“Passport system” has failed"};
constexpr Texts kSeen{"„Passverfahren“ antwortet bei der Messung nicht oder nicht richtig (seit ",
                      "“Passport system” does not answer its check, or not correctly (since "};

struct Kind {
  const char* name;
  std::unique_ptr<Subject> (*make)();
  Texts works;
  Texts seen;          // the last reason
  const char* detail;  // what the probe saw when the server was gone
};
void PrintTo(const Kind& kind, std::ostream* out) { *out << kind.name; }

bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

class ProbeStory : public testing::TestWithParam<Kind> {
 protected:
  ProbeStory() {
    std::filesystem::permissions(secrets_.write("secret", "geheim"), std::filesystem::perms(0400));
    subject_->meet(server_);
  }

  bool turns(const std::string& state) const {
    return await([&] { return server_.state_at("AMT", "HAUS") == state; }, kPageTurns);
  }
  // The home pages say it, and the API.
  void expect_headline(const Texts& texts) const {
    EXPECT_EQ(server_.headline("de"), texts.de);
    EXPECT_EQ(server_.headline("en"), texts.en);
    EXPECT_TRUE(contains(server_.page("/"), texts.de)) << server_.page("/");
    EXPECT_TRUE(contains(server_.page("/en/"), texts.en)) << server_.page("/en/");
  }
  // The pages of the office say it, or do not.
  void expect_said(const Texts& texts, bool said) const {
    const std::string de = server_.page("/amt/AMT");
    const std::string en = server_.page("/en/office/AMT");
    EXPECT_EQ(contains(de, texts.de), said) << texts.de << "\n" << de;
    EXPECT_EQ(contains(en, texts.en), said) << texts.en << "\n" << en;
  }
  void expect_by_hand(int code, const std::string& said) const {
    Words words = subject_->by_hand();
    if (words.empty()) return;
    words.insert(words.begin(), "probe");
    words.insert(words.end(), {"--credentials", secrets_.path().string()});
    const Outcome outcome = run(words);
    EXPECT_EQ(outcome.code, code) << outcome.out << outcome.err;
    EXPECT_TRUE(contains(outcome.out, said)) << outcome.out << outcome.err;
  }

  servers::TempFolder secrets_;
  servers::TempFolder folder_;
  std::unique_ptr<Subject> subject_ = GetParam().make();
  Server server_{folder_.write("kreis.yaml", fmt::format(kDistrict, subject_->probe())),
                 {},
                 {},
                 {"--credentials", secrets_.path().string()}};
};

}  // namespace

TEST_P(ProbeStory, TheEndOfTheServerAndItsReturnStandOnThePageWithTheReason) {
  const Texts& works = GetParam().works;
  ASSERT_TRUE(turns("normal")) << server_.place("AMT", "HAUS").dump(1) << server_.output();
  expect_headline(works);
  expect_said(kCause, false);
  expect_by_hand(0, "SUCCESS");

  subject_->stop();
  ASSERT_TRUE(turns("closed")) << server_.place("AMT", "HAUS").dump(1);
  const Json now = server_.place("AMT", "HAUS")["now"];
  EXPECT_EQ(now["closed_by"], "failure");
  EXPECT_EQ(now["presumed"], false);
  expect_headline(kClosed);
  expect_said(kSays, true);
  expect_said(kCause, true);
  expect_said(GetParam().seen, true);
  const Outcome why = server_.command({"why", "AMT@HAUS/PASS"});
  EXPECT_TRUE(contains(why.out, GetParam().detail)) << why.out;
  expect_by_hand(1, GetParam().detail);

  subject_->start();
  ASSERT_TRUE(turns("normal")) << server_.place("AMT", "HAUS").dump(1);
  expect_headline(works);
  expect_said(kCause, false);
  expect_said(kSays, false);
  expect_by_hand(0, "SUCCESS");
}

INSTANTIATE_TEST_SUITE_P(
    Kinds, ProbeStory,
    testing::Values(Kind{"Http", http, kMeasured, kSeen, "Connection refused"},
                    Kind{"Tcp", tcp, kPresumed, kSeen, "Connection refused"},
                    Kind{"Dns", dns, kMeasured, kSeen, "connection refused"},
                    Kind{"Smtp", smtp, kMeasured, kSeen, "Connection refused"},
                    Kind{"Postgres", postgres, kMeasured, kSeen, "Connection refused"},
                    Kind{"Heartbeat", heartbeat, kMeasured, kCause, "no heartbeat within 2 s"}),
    [](const auto& kind) { return kind.param.name; });

}  // namespace dienstbereit::e2e
