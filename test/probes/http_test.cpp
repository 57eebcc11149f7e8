// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "probes/probe_run.h"

namespace dienstbereit::servers {
namespace {

constexpr const char* kPages = R"(
    location /state { add_header X-State calm; default_type application/json;
                      return 200 '{"database":{"ok":true,"jobs":3}}'; }
    location /loop { return 302 /loop; }
    location /old { return 301 /welcome; }
    location /away { return 302 http://localhost:$server_port/who; }
    location /who { return 200 'auth=[$http_authorization] key=[$http_x_key]'; }
    location /stay { return 302 who; }
    location /secret { auth_basic x; auth_basic_user_file passwords; }
    location /broken { return 503; }
    location /slowly { limit_rate 20; }
    location /silent { limit_rate_after 0; proxy_pass http://127.0.0.1:1; return 444; }
)";

struct Http : testing::Test {
  static void SetUpTestSuite() {
    nginx = new Nginx(kPages, false);
    nginx->folder().write("passwords", "probe:{PLAIN}geheim\n");
    nginx->folder().write("www/welcome", "Herzlich willkommen im Kreishaus");
    nginx->folder().write("www/secret", "innen");
    nginx->folder().write("www/large", std::string(3u << 20, 'x'));
    nginx->folder().write("www/slowly", std::string(4096, 'x'));
  }
  static void TearDownTestSuite() { delete nginx; }

  static HttpProbe page(const std::string& path) {
    HttpProbe probe;
    probe.url = fmt::format("http://127.0.0.1:{}{}", nginx->port(), path);
    return probe;
  }

  static inline Nginx* nginx = nullptr;
};

TEST_F(Http, PageWithItsTextIsASuccessWithItsPhases) {
  auto probe = page("/welcome");
  probe.expect.text = "willkommen";
  const auto result = run(probe);
  EXPECT_SAID(result, Success, "", "200 OK, 32 bytes");
  std::string phases;
  for (const auto& phase : result.phases) phases += phase.name + ",";
  EXPECT_EQ(phases, "resolve,connect,first byte,transfer,");
}

TEST_F(Http, StoppedServerRefusesAndAStartedOneAnswersAgain) {
  nginx->stop();
  EXPECT_SAID(run(page("/welcome")), Failure, "connect", "Connection refused");
  nginx->start();
  EXPECT_SAID(run(page("/welcome")), Success, "", "200 OK");
}

TEST_F(Http, FrozenServerIsATimeoutWithItsPhase) {
  nginx->process().signal(SIGSTOP);
  const auto result = run(page("/welcome"), {}, std::chrono::milliseconds(300));
  nginx->process().signal(SIGCONT);
  EXPECT_SAID(result, Failure, "first byte", "no answer within 300 ms");
}

TEST_F(Http, UnmetExpectationsAreNamed) {
  EXPECT_SAID(run(page("/broken")), Failure, "status", "503 Service Temporarily Unavailable");
  EXPECT_SAID(run(page("/missing")), Failure, "status", "404 Not Found");
  auto probe = page("/welcome");
  probe.expect.text = "Wartung";
  EXPECT_SAID(run(probe), Failure, "text", "begins 'Herzlich willkommen im Kreishaus'");
  auto allowed = page("/broken");
  allowed.expect.status = {StatusRange{500, 503}};
  EXPECT_SAID(run(allowed), Success, "", "503");
}

TEST_F(Http, HeaderAndJsonAreCompared) {
  auto probe = page("/state");
  probe.expect.headers["x-state"] = "calm";
  probe.expect.json["/database/ok"] = "true";
  probe.expect.json["/database/jobs"] = "3";
  EXPECT_SAID(run(probe), Success, "", "200");
  probe.expect.json["/database/jobs"] = "4";
  EXPECT_SAID(run(probe), Failure, "json", "'/database/jobs' is 3, expected was 4");
}

TEST_F(Http, RedirectsAreFollowedWithinTheirBound) {
  auto probe = page("/old");
  probe.expect.text = "willkommen";
  EXPECT_SAID(run(probe), Success, "", "200");
  EXPECT_SAID(run(page("/loop")), Failure, "redirect", "more than 3 redirects");
  auto stay = page("/old");
  stay.redirects = 0;
  EXPECT_SAID(run(stay), Failure, "status", "301 Moved Permanently");
}

TEST_F(Http, AnotherHostNeverSeesTheCredentials) {
  TempFolder secrets;
  std::filesystem::permissions(secrets.write("pw", "geheim"), std::filesystem::perms(0400));
  auto probe = page("/stay");
  probe.user = "probe";
  probe.credential = "pw";
  probe.headers["X-Key"] = "k";
  probe.expect.text = "auth=[Basic cHJvYmU6Z2VoZWlt] key=[k]";
  EXPECT_SAID(run(probe, secrets.path()), Success, "", "200");
  probe.url = page("/away").url;
  probe.expect.text = "auth=[] key=[]";
  EXPECT_SAID(run(probe, secrets.path()), Success, "", "200");
}

TEST_F(Http, BasicAuthenticationOpensThePage) {
  TempFolder secrets;
  std::filesystem::permissions(secrets.write("pw", "geheim\n"), std::filesystem::perms(0400));
  auto probe = page("/secret");
  EXPECT_SAID(run(probe), Failure, "status", "401");
  probe.user = "probe";
  probe.credential = "pw";
  probe.expect.text = "innen";
  EXPECT_SAID(run(probe, secrets.path()), Success, "", "200");
  EXPECT_SAID(run(probe), Broken, "start", "the credential 'pw' is missing");
}

TEST_F(Http, LargeBodiesAreCutOff) {
  EXPECT_SAID(run(page("/large")), Failure, "transfer", "larger than 1048576 bytes");
}

TEST_F(Http, SlowBodiesMeetTheDeadline) {
  EXPECT_SAID(run(page("/slowly"), {}, std::chrono::milliseconds(400)), Failure, "transfer",
              "no answer within 400 ms");
}

TEST_F(Http, SilentCloseIsSaid) {
  EXPECT_SAID(run(page("/silent")), Failure, "first byte", "closed without an answer");
}

TEST_F(Http, SuccessBeyondItsBoundIsDegraded) {
  ProbeSpec spec;
  spec.action = page("/welcome");
  spec.slow = Duration(0);
  EXPECT_SAID(run(spec), Slow, "time", "slower than");
}

TEST_F(Http, FixedAddressReplacesTheNameButNotTheHostHeader) {
  auto probe = page("/welcome");
  probe.url = fmt::format("http://no-such-name.invalid:{}/welcome", nginx->port());
  EXPECT_SAID(run(probe), Failure, "resolve", "no-such-name.invalid");
  probe.connect_to = "127.0.0.1";
  EXPECT_SAID(run(probe), Success, "", "200");
}

TEST_F(Http, HeaderWithALineBreakIsNeverSent) {
  auto probe = page("/welcome");
  probe.headers["X"] = "a\r\nY: b";
  EXPECT_SAID(run(probe), Broken, "start", "line break");
}

struct Https : testing::Test {
  static void SetUpTestSuite() { authority = new Authority(files); }
  static void TearDownTestSuite() { delete authority; }

  // What a probe of `name` sees of a server that holds this certificate.
  static ProbeResult visit(const Authority::Files& certificate, const std::string& name,
                           Duration expires_within = std::chrono::hours(24 * 14)) {
    Nginx nginx(fmt::format("ssl_certificate {}; ssl_certificate_key {};\n"
                            "location / {{ return 200 ok; }}",
                            certificate.certificate.string(), certificate.key.string()),
                true);
    HttpProbe probe;
    probe.url = fmt::format("https://{}:{}/", name, nginx.port());
    probe.connect_to = "127.0.0.1";
    probe.tls.ca_file = "ca.pem";
    probe.tls.expires_within = expires_within;
    return run(probe, files.path());
  }

  static inline TempFolder files;
  static inline Authority* authority = nullptr;
};

TEST_F(Https, GoodCertificateIsASuccess) {
  EXPECT_SAID(visit(authority->issue("www.example", -1, 90), "www.example"), Success, "", "200");
}

TEST_F(Https, NumericAddressIsCheckedAgainstTheCertificateToo) {
  EXPECT_SAID(visit(authority->issue("number.example", -1, 90), "127.0.0.1"), Success, "", "200");
}

TEST_F(Https, ExpiredCertificateFailsAndIsNamed) {
  EXPECT_SAID(visit(authority->issue("old.example", -30, -2), "old.example"), Failure, "tls",
              "the certificate of 'old.example' (issued by 'Test Authority') has expired on ");
}

TEST_F(Https, SoonExpiringCertificateIsDegraded) {
  const auto files_soon = authority->issue("soon.example", -1, 5);
  EXPECT_SAID(visit(files_soon, "soon.example"), Slow, "certificate",
              "the certificate of 'soon.example' (issued by 'Test Authority') ends on ");
  EXPECT_SAID(visit(files_soon, "soon.example", std::chrono::hours(24)), Success, "", "200");
}

TEST_F(Https, AnIssuerThatEndsSoonDegradesToo) {
  EXPECT_SAID(visit(authority->issue("long.example", -1, 90), "long.example",
                    std::chrono::hours(24 * 3651)),
              Slow, "certificate", "ends on ");
}

TEST_F(Https, WrongNameFailsAndShowsTheRightOne) {
  EXPECT_SAID(visit(authority->issue("right.example", -1, 90), "wrong.example"), Failure, "tls",
              "does not carry the name 'wrong.example' but right.example");
}

TEST_F(Https, UnknownIssuerFails) {
  TempFolder elsewhere;
  const Authority stranger(elsewhere);
  EXPECT_SAID(visit(stranger.issue("www.example", -1, 90), "www.example"), Failure, "tls",
              "comes from an issuer that is not trusted here");
}

TEST_F(Https, PlainServerBehindTheTlsPortIsSaid) {
  Nginx nginx("location / { return 200 ok; }", false);
  HttpProbe probe;
  probe.url = fmt::format("https://127.0.0.1:{}/", nginx.port());
  EXPECT_SAID(run(probe), Failure, "tls", "the TLS handshake: ");
}

TEST_F(Https, MissingCaFileIsNoObservation) {
  HttpProbe probe;
  Nginx nginx("location / { return 200 ok; }", false);
  probe.url = fmt::format("https://127.0.0.1:{}/", nginx.port());
  probe.tls.ca_file = "no-such.pem";
  EXPECT_SAID(run(probe, files.path()), Broken, "start", "no-such.pem");
}

TEST_F(Https, TcpProbeChecksTheCertificateAsWell) {
  const auto files_tcp = authority->issue("tcp.example", -1, 90);
  Nginx nginx(fmt::format("ssl_certificate {}; ssl_certificate_key {};",
                          files_tcp.certificate.string(), files_tcp.key.string()),
              true);
  TcpProbe probe;
  probe.target = {"127.0.0.1", nginx.port()};
  probe.use_tls = true;
  probe.tls.ca_file = "ca.pem";
  EXPECT_SAID(run(probe, files.path()), Success, "", "TLSv1.");
  probe.tls.server_name = "other.example";
  EXPECT_SAID(run(probe, files.path()), Failure, "tls", "does not carry the name 'other.example'");
  probe.use_tls = false;
  EXPECT_SAID(run(probe), Success, "", "connected to 127.0.0.1 port");
  nginx.stop();
  EXPECT_SAID(run(probe), Failure, "connect", "Connection refused");
  nginx.start();
  EXPECT_SAID(run(probe), Success, "", "connected");
}

}  // namespace
}  // namespace dienstbereit::servers
