// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <cstdlib>

#include <fmt/format.h>

#include "base/text.h"
#include "publish/folder.h"
#include "publish/push.h"
#include "runtime/program/process.h"

namespace dienstbereit::publish {
namespace {

namespace fs = std::filesystem;

constexpr int kConnectSeconds = 10;
constexpr int kSilentSeconds = 20;

// A folder of this machine that ends with its owner.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "dienstbereit-copy-XXXXXX").string();
    if (::mkdtemp(name.data()) != nullptr) path_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const fs::path& path() const { return path_; }  // empty: it could not be made

 private:
  fs::path path_;
};

// How to get there: nothing of this machine's own settings, no question to anybody, and only a host
// that shows the key we know.
class Ssh {
 public:
  static Result<Ssh> make(const RsyncTarget& to, const std::string& from, const Tools& tools) {
    const auto identity = tools.credentials.file(to.identity);
    if (!identity) return tl::unexpected(identity.error());
    const auto known_hosts = tools.credentials.file(to.known_hosts);
    if (!known_hosts) return tl::unexpected(known_hosts.error());
    for (const fs::path& path : {*identity, *known_hosts}) {
      if (path.string().find_first_of(" '\"") == std::string::npos) continue;
      return fail(Errc::InvalidInput, fmt::format("ssh cannot be told of {}: the path of the "
                                                  "credentials folder holds a space or a quote",
                                                  path.string()));
    }
    Ssh ssh;
    ssh.words_ = {
        "ssh", "-F", "/dev/null", "-T", "-p", std::to_string(to.port), "-i", identity->string()};
    ssh.set("BatchMode", "yes");
    ssh.set("IdentitiesOnly", "yes");
    ssh.set("PasswordAuthentication", "no");
    ssh.set("StrictHostKeyChecking", "yes");
    ssh.set("UserKnownHostsFile", known_hosts->string());
    ssh.set("GlobalKnownHostsFile", "/dev/null");
    ssh.set("UpdateHostKeys", "no");
    ssh.set("ConnectTimeout", std::to_string(kConnectSeconds));
    ssh.set("ServerAliveInterval", "5");
    ssh.set("ServerAliveCountMax", "3");
    if (!from.empty()) ssh.set("BindAddress", from);
    ssh.login_ = to.user + "@" + to.address;
    return ssh;
  }

  // As rsync takes it: it splits at spaces.
  std::string text() const { return join(words_, " "); }

  Result<std::string> run(const std::string& command, const Limit& limit) const {
    std::vector<std::string> arguments = words_;
    arguments.insert(arguments.end(), {login_, command});
    return runtime::run_program(arguments, limit);
  }

 private:
  void set(const char* option, const std::string& value) {
    words_.insert(words_.end(), {"-o", fmt::format("{}={}", option, value)});
  }

  std::vector<std::string> words_;
  std::string login_;
};

// "user@192.0.2.1:www/lage.1/"
std::string far_folder(const RsyncTarget& to, const std::string& path) {
  const bool v6 = to.address.find(':') != std::string::npos;
  return fmt::format("{}@{}:{}/", to.user, v6 ? "[" + to.address + "]" : to.address, path);
}

Error at_step(const char* step, const Error& error) {
  return Error(error.code, fmt::format("{}: {}", step, error.message));
}

}  // namespace

// The link `path` points to `path`.1 or `path`.2; the other one is filled, then the link is turned.
Result<void> push_rsync(const RsyncTarget& to, const std::string& from, const StaticCopy& copy,
                        const Tools& tools, const Limit& limit) {
  const auto ssh = Ssh::make(to, from, tools);
  if (!ssh) return tl::unexpected(ssh.error());
  const Scratch scratch;
  if (scratch.path().empty()) return fail(Errc::Io, "cannot make a temporary folder");
  if (auto written = write_files(scratch.path(), copy); !written) return written;

  const auto before = ssh->run(
      fmt::format("mkdir -p {0}.1 {0}.2 && {{ readlink {0} || test ! -e {0}; }}", to.path), limit);
  if (!before) return tl::unexpected(at_step("looking at the folder there", before.error()));
  const std::string next = trim(*before).ends_with(".1") ? to.path + ".2" : to.path + ".1";
  const auto copied =
      runtime::run_program({"rsync", "-rlt", "--delete-after", "--chmod=D755,F644",
                            fmt::format("--timeout={}", kSilentSeconds), "-e", ssh->text(),
                            scratch.path().string() + "/", far_folder(to, next)},
                           limit);
  if (!copied) return tl::unexpected(at_step("copying", copied.error()));
  const std::string name = next.substr(next.rfind('/') + 1);
  const auto turned =
      ssh->run(fmt::format("ln -sfn {1} {0}.next && mv -fT {0}.next {0}", to.path, name), limit);
  if (!turned) return tl::unexpected(at_step("turning the link there", turned.error()));
  return {};
}

}  // namespace dienstbereit::publish
