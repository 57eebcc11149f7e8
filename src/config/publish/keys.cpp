// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The table of keys of the places that copies of the pages are published to.
#include <fmt/format.h>

#include "config/limits.h"
#include "config/shapes.h"
#include "config/values.h"

namespace dienstbereit::config {
namespace {

template <class P>
using Part = PartKeys<PublishDraft, &PublishDraft::to, P>;

const Type kPort{"port", "1 to 65535", R"({"type":"integer","minimum":1,"maximum":65535})"};
const Type kFolder{"folder", "absolute path", R"({"type":"string","pattern":"^/"})"};
const Type kFarPath{"far_path", "path of letters, digits, `. _ - /`; its last part a name",
                    R"({"type":"string","pattern":"^[A-Za-z0-9._/-]+$"})"};
const Type kLogin{"login", "name of a user there",
                  R"({"type":"string","pattern":"^[A-Za-z0-9_][A-Za-z0-9_.-]{0,63}$"})"};
const Type kFolderUrl{"folder_url", "web address that ends in `/`",
                      R"({"type":"string","pattern":"^https?://.*/$"})"};

constexpr std::size_t kLongestLogin = 64;
constexpr std::string_view kNameLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-";

void read_port(Reader& reader, const Node& node, std::uint16_t& port) {
  unsigned count = 0;
  read_count(reader, node, count);
  if (count < 1 || count > 65535) {
    reader.report.error(node.mark, "a port lies between 1 and 65535");
  } else {
    port = static_cast<std::uint16_t>(count);
  }
}

void read_folder(Reader& reader, const Node& node, std::string& path) {
  read_text(reader, node, path);
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  if (path.size() < 2 || path[0] != '/' || (path + "/").find("/../") != std::string::npos) {
    reader.report.error(node.mark, fmt::format("'{}' is no absolute path to a folder without '..'; "
                                               "write one like /srv/www/lage",
                                               path));
  }
}

// It becomes part of commands on the far side: nothing but plain letters.
void read_far_path(Reader& reader, const Node& node, std::string& path) {
  read_text(reader, node, path);
  while (path.size() > 1 && path.ends_with('/')) path.pop_back();
  const std::string last = path.substr(path.rfind('/') + 1);
  const bool plain = path.find_first_not_of(std::string(kNameLetters) + "/") == std::string::npos;
  if (!plain || last.empty() || last[0] == '.' || path[0] == '-' || last[0] == '-' ||
      ("/" + path + "/").find("/../") != std::string::npos) {
    reader.report.error(node.mark, fmt::format("'{}' is no path of letters, digits, '.', '_', '-' "
                                               "and '/' without '..'; write one like www/lage",
                                               path));
  }
}

void read_login(Reader& reader, const Node& node, std::string& user) {
  read_text(reader, node, user);
  const bool plain = user.find_first_not_of(kNameLetters) == std::string::npos;
  if (user.empty() || user.size() > kLongestLogin || !plain || user[0] == '-' || user[0] == '.') {
    reader.report.error(node.mark, fmt::format("'{}' is no name of a user", user));
  }
}

void read_folder_url(Reader& reader, const Node& node, std::string& url) {
  read_url(reader, node, url);
  if (url.empty() || (url.ends_with('/') && url.find_first_of("?#") == std::string::npos)) return;
  reader.report.error(node.mark, fmt::format("'{}' must end in '/' and have no '?' or '#': it is a "
                                             "folder",
                                             url));
}

void read_validity(Reader& reader, const Node& node, Duration& duration) {
  read_duration(reader, node, duration);
  if (duration < kShortestValidity || duration > kLongestValidity) {
    reader.report.error(node.mark,
                        fmt::format("a copy holds between {} and {}", to_text(kShortestValidity),
                                    to_text(kLongestValidity)));
  }
}

void read_nothing(Reader&, const Node&, PublishId&) {}

std::vector<Key> common_keys() {
  using K = Keys<PublishDraft>;
  return {
      K::as<&PublishDraft::id, read_own_id<PublishId, IdKind::Publish>>("id", kId,
                                                                        "short and stable")
          .needed(),
      K::as<&PublishDraft::id, read_nothing>("kind", kText, "which kind").needed(),
      K::of<&PublishDraft::uplink>("uplink", "default: the first that is not the house's"),
      K::as<&PublishDraft::valid_for, read_validity>(
          "valid_for", kDuration, "how long readers may trust it; default 30 min"),
      K::as<&PublishDraft::check_at, read_url>("check_at", kUrl,
                                               "where they look after that; default `public_url`"),
      K::as<&PublishDraft::verify_url, read_url>(
          "verify_url", kUrl, "the copy's first page: fetched to prove that it is served"),
      K::as<&PublishDraft::verify_at, read_numeric_address>(
          "verify_at", kAddress, "address to use instead of resolving its host"),
      K::of<&PublishDraft::handbook>(
          "handbook", "the sealed handbook goes there too, by the secret `handbook`; default no")};
}

std::vector<Key> folder_keys() {
  using P = Part<FolderTarget>;
  return {P::as<&FolderTarget::path, read_folder>("path", kFolder, "becomes the copy").needed()};
}

std::vector<Key> rsync_keys() {
  using P = Part<RsyncTarget>;
  return {P::as<&RsyncTarget::address, read_numeric_address>("address", kAddress, "of the machine")
              .needed(),
          P::as<&RsyncTarget::port, read_port>("port", kPort, "default 22"),
          P::as<&RsyncTarget::user, read_login>("user", kLogin, "who logs in there").needed(),
          P::as<&RsyncTarget::path, read_far_path>("path", kFarPath, "becomes a link to the copy")
              .needed(),
          P::as<&RsyncTarget::identity, read_credential>("identity", kSecretName,
                                                         "holds the private key")
              .needed(),
          P::as<&RsyncTarget::known_hosts, read_credential>("known_hosts", kSecretName,
                                                            "holds the machine's public key")
              .needed()};
}

std::vector<Key> http_keys() {
  using P = Part<HttpTarget>;
  return {
      P::as<&HttpTarget::url, read_folder_url>("url", kFolderUrl, "the folder to write").needed(),
      P::as<&HttpTarget::connect_to, read_numeric_address>(
          "connect_to", kAddress, "address to use instead of resolving the host"),
      P::of<&HttpTarget::user>("user", "for basic authentication; without: a bearer token"),
      P::as<&HttpTarget::credential, read_credential>("credential", kSecretName,
                                                      "holds the password or token"),
      P::as<&HttpTarget::ca_file, read_file_name>("ca_file", kFileName,
                                                  "default: the system's trust store")};
}

Shape make_shape(const char* name, const char* kind, const char* title, const char* intro,
                 std::vector<Key> own) {
  Shape shape{name, title, intro, common_keys(), kind};
  shape.keys.insert(shape.keys.end(), own.begin(), own.end());
  return shape;
}

const std::vector<Shape>& all_shapes() {
  static const std::vector<Shape> shapes{
      make_shape("publish_folder", "folder", "a folder to publish to",
                 "A folder of this machine, replaced as a whole.", folder_keys()),
      make_shape("publish_rsync", "rsync", "an rsync target",
                 "A machine outside, by rsync over ssh, replaced as a whole.", rsync_keys()),
      make_shape("publish_http", "http", "an http target",
                 "A web server that takes PUT and DELETE, file by file, the first page last.",
                 http_keys()),
      make_shape("publish_webdav", "webdav", "a webdav target",
                 "A WebDAV server: put together beside, then moved there as a whole.",
                 http_keys())};
  return shapes;
}

PublishTo make_target(const std::string& kind) {
  if (kind == "folder") return FolderTarget{};
  if (kind == "rsync") return RsyncTarget{};
  HttpTarget target;
  target.collection = kind == "webdav";
  return target;
}

void read_target(Reader& reader, const Node& node, std::vector<PublishDraft>& targets) {
  const Node* kind = node.kind == Node::Kind::Map ? node.find("kind") : nullptr;
  if (kind == nullptr) {
    reader.report.error(node.mark, "a place to publish to is a map with the key 'kind': folder, "
                                   "rsync, http or webdav");
    return;
  }
  std::vector<Choice> choices;
  for (const Shape& shape : all_shapes()) {
    choices.push_back({shape.kind, static_cast<int>(choices.size())});
  }
  const auto chosen = choose(reader, *kind, choices);
  if (!chosen) return;
  PublishDraft& target = targets.emplace_back();
  target.mark = node.mark;
  target.to = make_target(all_shapes()[*chosen].kind);
  read_shape(reader, node, all_shapes()[*chosen], &target);
  const auto* http = std::get_if<HttpTarget>(&target.to);
  if (http == nullptr || !http->collection || http->url.empty()) return;
  // The copy is put together beside its place.
  if (http->url.find('/', http->url.find("://") + 3) + 1 == http->url.size()) {
    reader.report.error(node.mark, fmt::format("'{}' is the root of its server, and nothing can "
                                               "lie beside it; name a folder below",
                                               http->url));
  }
}

}  // namespace

const std::vector<const Shape*>& publish_shapes() {
  static const std::vector<const Shape*> pointers = [] {
    std::vector<const Shape*> out;
    for (const Shape& shape : all_shapes()) out.push_back(&shape);
    return out;
  }();
  return pointers;
}

void read_targets(Reader& reader, const Node& node, std::vector<PublishDraft>& targets) {
  for (const Node* item : items_of(reader, node)) {
    if (targets.size() >= kMostTargets) {
      reader.report.error(item->mark, fmt::format("at most {} places to publish to", kMostTargets));
      return;
    }
    read_target(reader, *item, targets);
  }
}

}  // namespace dienstbereit::config
