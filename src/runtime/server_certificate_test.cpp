// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "runtime/server_certificate.h"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "runtime/clock.h"
#include "runtime/program/process.h"

namespace dienstbereit::runtime {
namespace {

namespace fs = std::filesystem;

class ServerCertificate : public testing::Test {
 protected:
  ServerCertificate() {
    std::string name = (fs::temp_directory_path() / "certificate-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
  }
  ~ServerCertificate() override { fs::remove_all(folder_); }

  void make(const std::string& name) const {
    const Cancel cancel;
    const auto made = run_program(
        {"openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-keyout", (folder_ / (name + ".key")).string(), "-out",
         (folder_ / (name + ".pem")).string(), "-days", "10", "-subj", "/CN=" + name, "-addext",
         "subjectAltName=DNS:" + name + ".example"},
        Limit(std::chrono::seconds(20), cancel));
    ASSERT_TRUE(made) << made.error().message;
  }
  Result<Instant> end(const std::string& certificate, const std::string& key,
                      const std::string& name) const {
    return certificate_end(folder_ / (certificate + ".pem"), folder_ / (key + ".key"), name);
  }

  fs::path folder_;
};

TEST_F(ServerCertificate, TellsItsEndAndWhatIsWrongWithIt) {
  make("a");
  make("b");
  const auto days = std::chrono::duration_cast<std::chrono::hours>(
                        end("a", "a", "a.example").value() - Clock::wall()) /
                    24;
  EXPECT_GE(days.count(), 9);
  EXPECT_LE(days.count(), 10);
  EXPECT_NE(end("a", "a", "other.example").error().message.find("does not carry the name"),
            std::string::npos);
  EXPECT_FALSE(end("a", "b", ""));
  EXPECT_FALSE(end("gone", "a", ""));
}

}  // namespace
}  // namespace dienstbereit::runtime
