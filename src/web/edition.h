// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <array>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "model/situation.h"
#include "view/pages.h"
#include "web/response.h"

namespace dienstbereit::web {

// True for what pages of others may read too: the status page API and the feeds.
bool is_open_document(std::string_view path);

// Everything there is to read about one situation at one moment: pages and JSON documents, each
// rendered and compressed the first time it is asked for, then served from memory. As many as the
// district has offices and sites, so bounded. One thread.
class Edition {
 public:
  // `now` is logical time; `tls` adds strict transport security to every answer.
  // `copy`: the pages will be read elsewhere, and say until when they hold.
  Edition(std::shared_ptr<const Situation> situation, Instant now, bool tls,
          std::optional<view::CopyNote> copy = std::nullopt);

  // `path` is decoded. Null: there is no such page or document.
  PayloadPtr find(std::string_view path, Encoding encoding);

  const Situation& situation() const { return *situation_; }
  const view::Overview& overview() const { return overview_; }
  // What every page's stamp says besides, on copies.
  const std::optional<view::CopyNote>& copy() const { return copy_; }
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
  std::optional<std::string> body_of(std::string_view path) const;

  std::shared_ptr<const Situation> situation_;
  Instant now_;
  bool tls_;
  std::optional<view::CopyNote> copy_;
  view::Overview overview_;
  std::unordered_map<std::string, Entry, PathHash, std::equal_to<>> entries_;
};

}  // namespace dienstbereit::web
