// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/time.h"
#include "model/ids.h"

namespace dienstbereit {

// How long a copy of the pages outside the house may be believed, unless the district says.
inline constexpr Duration kCopyValidFor = std::chrono::minutes(30);

// A folder of this machine, or one mounted here.
struct FolderTarget {
  std::string path;  // absolute
  friend bool operator==(const FolderTarget&, const FolderTarget&) = default;
};

// A machine that takes files by rsync over ssh and lets the login rename there. `path` becomes a
// symbolic link that points to `path`.1 or `path`.2.
struct RsyncTarget {
  std::string address;  // numeric, so that no name server is needed
  std::uint16_t port = 22;
  std::string user;
  std::string path;         // letters, digits, '.', '_', '-', '/'
  std::string identity;     // name of the credential with the private key
  std::string known_hosts;  // name of the credential with the host's public key
  friend bool operator==(const RsyncTarget&, const RsyncTarget&) = default;
};

// A web server that takes PUT and DELETE; `collection`: WebDAV, the copy is put together beside
// `url` and then moved there as a whole.
struct HttpTarget {
  std::string url;         // ends in '/'
  std::string connect_to;  // numeric address to use instead of resolving the host; empty: resolve
  std::string user;  // basic authentication; empty: the credential is a bearer token
  std::string credential;  // empty: none
  std::string ca_file;  // PEM; empty: the system's trust store
  bool collection = false;
  friend bool operator==(const HttpTarget&, const HttpTarget&) = default;
};

using PublishTo = std::variant<FolderTarget, RsyncTarget, HttpTarget>;

// A place outside the house where a copy of the pages is kept.
struct PublishTarget {
  PublishId id;
  PublishTo to;
  UplinkId uplink;  // the way out; empty: the system chooses
  std::string from;  // its local address to send from; empty: the system chooses
  Duration valid_for = kCopyValidFor;
  std::string check_at;  // where readers look once the copy has run out; empty: public_url
  // Where readers find the copy's first page: fetched to prove that the outside serves it. Empty:
  // not proved.
  std::string verify_url;
  std::string verify_at;  // numeric address for it; empty: resolve
  bool handbook = false;  // the sealed handbook goes there too: it is internal
  friend bool operator==(const PublishTarget&, const PublishTarget&) = default;
};

// "folder", "rsync", "http", "webdav".
const char* kind_name(const PublishTo& to);

struct StaticFile {
  std::string path;  // relative, with '/'; no element begins with '.'
  std::string bytes;
};

// A self-contained copy of the public pages. Its first page holds `mark`.
struct StaticCopy {
  std::string mark;  // of this copy alone, printable
  Instant valid_until;
  std::vector<StaticFile> files;
};

}  // namespace dienstbereit
