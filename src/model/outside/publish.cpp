// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/outside/publish.h"

namespace dienstbereit {

const char* kind_name(const PublishTo& to) {
  if (std::holds_alternative<FolderTarget>(to)) return "folder";
  if (std::holds_alternative<RsyncTarget>(to)) return "rsync";
  return std::get<HttpTarget>(to).collection ? "webdav" : "http";
}

}  // namespace dienstbereit
