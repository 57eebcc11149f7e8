// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "bed.h"

#include <poll.h>

#include <fstream>
#include <random>
#include <sstream>

#include <fmt/format.h>

namespace dienstbereit::outside {
namespace {

constexpr std::chrono::seconds kLongWhile{30};
constexpr int kAskAgainMs = 5;

}  // namespace

StaticCopy copy_of(const std::string& text, std::size_t weight) {
  StaticCopy copy;
  copy.mark = "mark-" + text;
  copy.valid_until = Instant(std::chrono::hours(24 * 40'000));
  for (const char* path : {"api/v1/situation.json", "amt/A1.html", "en/office/A1.html"}) {
    copy.files.push_back({path, fmt::format("{} {}", path, text)});
  }
  if (weight > 0) {
    std::string bytes(weight, '\0');
    std::mt19937 random(1);
    for (char& byte : bytes) byte = static_cast<char>(random());
    copy.files.push_back({"amt/heavy.html", std::move(bytes)});
  }
  copy.files.push_back({"en/index.html", "home " + text});
  copy.files.push_back({"index.html", fmt::format("start {} {}", text, copy.mark)});
  return copy;
}

std::string read(const fs::path& file) {
  std::stringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

bool await(const std::function<bool()>& holds) {
  const auto end = std::chrono::steady_clock::now() + kLongWhile;
  while (!holds()) {
    if (std::chrono::steady_clock::now() > end) return false;
    ::poll(nullptr, 0, kAskAgainMs);
  }
  return true;
}

DavServer::DavServer(const Bed& bed)
    : bed_(bed),
      authority_(bed.folder),
      nginx_(block(bed.folder, authority_.issue(kName, -1, 90)), true) {
  fs::create_directories(root());
  bed.keep("dav", "geheim\n");
}

std::string DavServer::block(const servers::TempFolder& folder,
                             const servers::Authority::Files& files) {
  const auto users = folder.write("users", "lage:{PLAIN}geheim\n");
  return fmt::format("ssl_certificate {};\nssl_certificate_key {};\nclient_max_body_size 200m;\n"
                     "access_log {};\n"
                     "location / {{ limit_except GET {{ auth_basic x; auth_basic_user_file {}; }}\n"
                     "dav_methods PUT DELETE MKCOL COPY MOVE; create_full_put_path on; }}",
                     files.certificate.string(), files.key.string(),
                     (folder.path() / "access.log").string(), users.string());
}

std::string DavServer::url(const std::string& path) const {
  return fmt::format("https://{}:{}/{}", kName, nginx_.port(), path);
}

PublishTarget DavServer::target(bool collection) const {
  HttpTarget http;
  http.url = url("lage/");
  http.connect_to = "127.0.0.1";
  http.user = "lage";
  http.credential = "dav";
  http.ca_file = "ca.pem";
  http.collection = collection;
  PublishTarget target;
  target.id = PublishId("outside");
  target.to = http;
  target.from = "127.0.0.1";
  target.verify_url = url("lage/index.html");
  target.verify_at = "127.0.0.1";
  return target;
}

}  // namespace dienstbereit::outside
