// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "publish/push.h"

#include "publish/folder.h"

namespace dienstbereit::publish {

Result<void> push(const PublishTarget& target, const StaticCopy& copy, const Tools& tools,
                  const Limit& limit, Sent& sent) {
  if (const auto* folder = std::get_if<FolderTarget>(&target.to)) {
    return write_folder(folder->path, copy);
  }
  if (const auto* rsync = std::get_if<RsyncTarget>(&target.to)) {
    return push_rsync(*rsync, target.from, copy, tools, limit);
  }
  const auto& http = std::get<HttpTarget>(target.to);
  return http.collection ? push_webdav(http, target.from, copy, tools, limit)
                         : push_http(http, target.from, copy, tools, limit, sent);
}

}  // namespace dienstbereit::publish
