// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <string_view>

#include "fallback/site/rewrite.h"

// What holds of every prepared page, whatever came in; for property tests and fuzzing.
namespace dienstbereit::fallback::site {

// Cuts prepared HTML in the plainest way there is. An empty text: all is as it must be; else what
// is not.
inline std::string broken_rule(std::string_view html) {
  std::size_t marks = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at)) {
    if (html.substr(at, 4) == "<!--") {
      const auto comment = html.substr(at, kBannerDe.size());
      if (comment != kBannerDe && comment != kBannerEn) return "a comment that is not ours";
      ++marks;
      at += comment.size();
      continue;
    }
    if (html.substr(at, 2) == "<!") {
      if (html.substr(at, 15) != "<!DOCTYPE html>") return "a declaration";
      at += 15;
      continue;
    }
    // Up to the '>' outside quotes; within them neither '<' nor '>' may stand.
    bool quoted = false;
    std::size_t end = at + 1;
    for (; end < html.size() && (quoted || html[end] != '>'); ++end) {
      if (html[end] == '"') quoted = !quoted;
      if (html[end] == '<') return "a '<' within a tag";
    }
    if (end == html.size()) return "a tag without its end";
    const std::string_view tag = html.substr(at + 1, end - at - 1);
    for (const char* name : {"script", "iframe", "object", "embed", "base", "frame", "applet"}) {
      if (tag == name || tag.starts_with(std::string(name) + " ") ||
          tag.starts_with(std::string(name) + "/")) {
        return "an element that runs: " + std::string(tag.substr(0, 40));
      }
    }
    // Between the attributes nothing begins with "on".
    bool inside = false;
    for (std::size_t i = 0; i + 3 < tag.size(); ++i) {
      if (tag[i] == '"') inside = !inside;
      if (!inside && tag[i] == ' ' && tag[i + 1] == 'o' && tag[i + 2] == 'n') return "a handler";
    }
    at = end + 1;
  }
  return marks == 1 ? "" : "not one place for the banner";
}

}  // namespace dienstbereit::fallback::site
