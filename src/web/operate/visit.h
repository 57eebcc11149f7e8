// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <string>

#include "model/account/account.h"
#include "model/situation.h"
#include "web/operate/form.h"
#include "words/language.h"

namespace dienstbereit::web::operate {

// One request at the operators' desk. Holds all it needs, so that an answer may be written later
// and on another thread.
struct Visit {
  std::string path;
  std::string rest;  // behind a pattern that ends in '/'
  Form form;         // of a POST
  Form query;
  std::string upload;  // of a form with a file
  std::string token;      // of the session cookie; a fresh one if the browser sent none
  bool new_token = false;  // the answer sets it
  Visitor visitor;
  words::Language language = words::Language::De;
  Caller from;
  std::string host;  // as the browser calls us
  std::shared_ptr<const Situation> situation;
  Instant now;  // civil

  const Identity& by() const { return visitor.identity; }
  bool has_session() const { return !visitor.identity.session.empty(); }
  bool is_in() const { return has_session() && visitor.stage == SessionStage::Full; }
  bool may(Role role) const { return is_in() && visitor.identity.roles.allows(role); }
};

// What a form of this visitor must carry; follows from the cookie, which no other site can read.
std::string csrf_of(const std::string& token);

}  // namespace dienstbereit::web::operate
