// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "servers/visible_text.h"

#include <array>
#include <string_view>
#include <utility>

namespace dienstbereit::servers {
namespace {

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size())) {
    text.replace(at, what.size(), by);
  }
}

// Without the elements that no reader sees.
std::string without(std::string html, const std::string& element) {
  const std::string close = "</" + element + ">";
  for (auto at = html.find("<" + element); at != std::string::npos;
       at = html.find("<" + element, at)) {
    const auto end = html.find(close, at);
    html.erase(at, end == std::string::npos ? end : end + close.size() - at);
  }
  return html;
}

}  // namespace

std::string visible_text(const std::string& html) {
  std::string text;
  bool tag = false;
  for (const char c : without(without(html, "style"), "script")) {
    if (c == '<') tag = true;
    if (!tag) text += c == '\n' ? ' ' : c;
    if (c == '>') tag = false;
  }
  constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kEntities{
      {{"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&#39;", "'"}, {"&amp;", "&"}}};
  for (const auto& [entity, character] : kEntities) replace_all(text, entity, character);
  while (text.find("  ") != std::string::npos) replace_all(text, "  ", " ");
  return text;
}

}  // namespace dienstbereit::servers
