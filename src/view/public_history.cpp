// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "view/public_history.h"

#include <algorithm>

namespace dienstbereit::view {
namespace {

// As it was said: what became of it since would change the text of an entry people have read.
PublicUpdate update_of(const WordSituation& word) {
  PublicUpdate update;
  update.id = "word-" + word.id.str();
  update.body = word.text;
  update.at = word.set_at;
  update.kind = UpdateKind::Word;
  update.word = WordView{word.id,     word.scope, word.said,           word.text, word.role,
                         word.set_at, word.until, WordStatus::InForce, {}};
  return update;
}

// Words on components are for operators: visitors know offices, sites and services.
bool is_public(const WordSituation& word) { return word.scope.node.empty(); }

}  // namespace

PublicHistory public_history(const Situation& situation) {
  PublicHistory history;
  for (const WordSituation& word : situation.words) {
    if (is_public(word)) history.updates.push_back(update_of(word));
  }
  std::sort(history.updates.begin(), history.updates.end(),
            [](const PublicUpdate& a, const PublicUpdate& b) {
              return a.at != b.at ? a.at > b.at : a.id > b.id;
            });
  if (history.updates.size() > kUpdatesMax) history.updates.resize(kUpdatesMax);
  return history;
}

}  // namespace dienstbereit::view
