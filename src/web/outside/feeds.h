// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "view/pages.h"
#include "view/public_history.h"
#include "words/language.h"

namespace dienstbereit::web {

// What has been told to the public, for feed readers: one entry for each update, under an id of its
// own that never returns, so that readers show each (docs/formats/feeds.md).
enum class FeedForm : std::uint8_t { Atom, Rss };

// The address of a feed: "/feed/atom.xml", "/en/feed/rss.xml".
std::string feed_path(FeedForm form, words::Language language);
struct FeedName {
  FeedForm form;
  words::Language language;
};
std::optional<FeedName> feed_at(std::string_view path);

// The whole document (RFC 4287, RSS 2.0). Pure.
std::string feed(const FeedName& name, const view::Overview& overview,
                 const view::PublicHistory& history);

}  // namespace dienstbereit::web
