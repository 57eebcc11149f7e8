// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// Web servers that take files: plain PUT, and WebDAV collections (RFC 4918).
#include <set>

#include <fmt/format.h>

#include "publish/curl.h"
#include "publish/push.h"

namespace dienstbereit::publish {
namespace {

constexpr int kNotFound = 404;

const char* type_of(std::string_view path) {
  if (path.ends_with(".html")) return "Content-Type: text/html; charset=utf-8";
  if (path.ends_with(".json")) return "Content-Type: application/json";
  if (path.ends_with(".svg")) return "Content-Type: image/svg+xml";
  if (path.ends_with(".xml")) return "Content-Type: application/xml; charset=utf-8";
  return "Content-Type: application/octet-stream";
}

const char* hint_for(int status) {
  switch (status) {
    case 401:
    case 403:
      return "; check user, credential and rights there";
    case 404:
    case 409:
      return "; does the folder above it exist there?";
    case 405:
      return "; this server does not take it";
    case 413:
      return "; the file is too large for it";
    case 507:
      return "; it has no space left";
    default:
      return "";
  }
}

// One server, with whatever it wants to be asked with.
class Server {
 public:
  Server(Way way, const Limit& limit) : connection_(std::move(way)), limit_(limit) {}

  // `missing_is_fine`: what is to go may be gone already.
  Result<void> ask(const Ask& request, bool missing_is_fine = false) {
    if (limit_.over()) return fail(Errc::TimedOut, "the time for this copy is over");
    const auto answer = connection_.ask(request, limit_);
    if (!answer) return tl::unexpected(answer.error());
    if (answer->status >= 200 && answer->status < 300) return {};
    if (missing_is_fine && answer->status == kNotFound) return {};
    return fail(Errc::Unreachable,
                fmt::format("{} {}: the server answers {}{}", request.method, request.url,
                            answer->status, hint_for(answer->status)));
  }
  Result<void> put(const std::string& url, const StaticFile& file) {
    return ask({"PUT", url, {type_of(file.path)}, file.bytes});
  }

 private:
  Connection connection_;
  const Limit& limit_;
};

Result<Way> way_of(const HttpTarget& to, const std::string& from, const Tools& tools) {
  Way way;
  way.connect_to = to.connect_to;
  way.from = from;
  if (!to.ca_file.empty()) way.ca_file = tools.folder / to.ca_file;
  way.user = to.user;
  if (to.credential.empty()) return way;
  auto secret = tools.credentials.find(to.credential);
  if (!secret) return tl::unexpected(secret.error());
  way.secret = std::move(*secret);
  return way;
}

// "en/office" and "en" of "en/office/A.html", the upper first.
std::set<std::string> folders_of(const StaticCopy& copy) {
  std::set<std::string> all;
  for (const StaticFile& file : copy.files) {
    for (auto at = file.path.find('/'); at != std::string::npos; at = file.path.find('/', at + 1)) {
      all.insert(file.path.substr(0, at));
    }
  }
  return all;
}

// Removes there what this copy no longer has.
Result<void> remove_old(Server& server, const std::string& url, const StaticCopy& copy,
                        Sent& sent) {
  std::set<std::string> kept;
  for (const StaticFile& file : copy.files) kept.insert(file.path);
  for (auto at = sent.begin(); at != sent.end();) {
    if (kept.contains(at->first)) {
      ++at;
      continue;
    }
    if (auto gone = server.ask({"DELETE", url + at->first, {}, {}}, true); !gone) return gone;
    at = sent.erase(at);
  }
  return {};
}

}  // namespace

Result<void> push_http(const HttpTarget& to, const std::string& from, const StaticCopy& copy,
                       const Tools& tools, const Limit& limit, Sent& sent) {
  auto way = way_of(to, from, tools);
  if (!way) return tl::unexpected(way.error());
  Server server(std::move(*way), limit);
  for (const StaticFile& file : copy.files) {
    const Digest digest = sha256(file.bytes);
    if (const auto known = sent.find(file.path); known != sent.end() && known->second == digest) {
      continue;
    }
    if (auto put = server.put(to.url + file.path, file); !put) return put;
    sent[file.path] = digest;
  }
  return remove_old(server, to.url, copy, sent);
}

// Put together in a collection beside, which then takes the place as a whole.
Result<void> push_webdav(const HttpTarget& to, const std::string& from, const StaticCopy& copy,
                         const Tools& tools, const Limit& limit) {
  auto way = way_of(to, from, tools);
  if (!way) return tl::unexpected(way.error());
  Server server(std::move(*way), limit);
  const std::string staging = to.url.substr(0, to.url.size() - 1) + ".new/";
  if (auto gone = server.ask({"DELETE", staging, {}, {}}, true); !gone) return gone;
  if (auto made = server.ask({"MKCOL", staging, {}, {}}); !made) return made;
  for (const std::string& folder : folders_of(copy)) {
    if (auto made = server.ask({"MKCOL", staging + folder + "/", {}, {}}); !made) return made;
  }
  for (const StaticFile& file : copy.files) {
    if (auto put = server.put(staging + file.path, file); !put) return put;
  }
  return server.ask({"MOVE", staging, {"Destination: " + to.url, "Overwrite: T"}, {}});
}

Result<std::string> fetch_page(const PublishTarget& target, const Tools& tools,
                               const Limit& limit) {
  Way way;
  way.connect_to = target.verify_at;
  way.from = target.from;
  const auto* http = std::get_if<HttpTarget>(&target.to);
  if (http != nullptr && !http->ca_file.empty()) way.ca_file = tools.folder / http->ca_file;
  Connection connection(std::move(way));
  const auto answer = connection.ask({"GET", target.verify_url, {}, {}}, limit);
  if (!answer) return tl::unexpected(answer.error());
  if (answer->status == 200) return answer->body;
  return fail(Errc::Unreachable,
              fmt::format("GET {}: the server answers {}", target.verify_url, answer->status));
}

}  // namespace dienstbereit::publish
