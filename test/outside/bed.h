// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <string>

#include "publish/push.h"
#include "servers/servers.h"

// What tests of copies on real servers share.
namespace dienstbereit::outside {

namespace fs = std::filesystem;

// A copy whose every file says `text`; with `weight` one more file of that many random bytes.
StaticCopy copy_of(const std::string& text, std::size_t weight = 0);

std::string read(const fs::path& file);

// True as soon as `holds` is; asks again every few milliseconds for a long while.
bool await(const std::function<bool()>& holds);

// A credentials folder, and what pushes may use besides.
struct Bed {
  Bed() : credentials(folder.path() / "secrets"), tools{credentials, folder.path()} {
    fs::create_directories(folder.path() / "secrets");
  }
  void keep(const std::string& name, const std::string& secret) const {
    folder.write("secrets/" + name, secret);
    fs::permissions(folder.path() / "secrets" / name, fs::perms(0600));
  }
  Result<void> push(const PublishTarget& target, const StaticCopy& copy) {
    return publish::push(target, copy, tools, publish::Limit(std::chrono::seconds(60), cancel),
                         sent);
  }
  // A server writes its log after it has answered: what came before this is in it afterwards.
  Result<std::string> fetch(const PublishTarget& target) {
    return publish::fetch_page(target, tools, publish::Limit(std::chrono::seconds(20), cancel));
  }

  servers::TempFolder folder;
  runtime::Credentials credentials;
  publish::Tools tools;
  publish::Cancel cancel;
  publish::Sent sent;
};

// nginx that takes files over TLS from user "lage" with the password "geheim".
class DavServer {
 public:
  static constexpr const char* kName = "lage.example";

  explicit DavServer(const Bed& bed);
  // A target in its folder /lage/: by PUT, or as a collection.
  PublishTarget target(bool collection) const;
  std::string url(const std::string& path) const;
  fs::path root() const { return nginx_.folder().path() / "www"; }
  // Requests so far, as nginx logs them: ... "PUT /lage/index.html HTTP/1.1" 201 ...
  std::string log() const { return read(bed_.folder.path() / "access.log"); }
  servers::Nginx& nginx() { return nginx_; }

 private:
  static std::string block(const servers::TempFolder& folder,
                           const servers::Authority::Files& files);

  const Bed& bed_;
  servers::Authority authority_;
  servers::Nginx nginx_;
};

}  // namespace dienstbereit::outside
