// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

#include "model/situation.h"
#include "view/pages.h"
#include "web/response.h"

namespace dienstbereit::web {

// Everything there is to read about one situation at one moment: pages and JSON documents, each
// rendered and compressed the first time it is asked for, then served from memory. As many as the
// district has offices and sites, so bounded. One thread.
class Edition {
 public:
  // `now` is logical time; `tls` adds strict transport security to every answer.
  Edition(std::shared_ptr<const Situation> situation, Instant now, bool tls);

  // `path` is decoded. Null: there is no such page or document.
  PayloadPtr find(std::string_view path, Encoding encoding);

  const Situation& situation() const { return *situation_; }
  const view::Overview& overview() const { return overview_; }
  Instant now() const { return now_; }

 private:
  struct Entry {
    PayloadKind kind;
    std::array<PayloadPtr, kEncodings> ready;
  };
  struct PathHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view path) const {
      return std::hash<std::string_view>()(path);
    }
  };

  Entry* entry_of(std::string_view path);

  std::shared_ptr<const Situation> situation_;
  Instant now_;
  bool tls_;
  view::Overview overview_;
  std::unordered_map<std::string, Entry, PathHash, std::equal_to<>> entries_;
};

}  // namespace dienstbereit::web
