// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "program.h"

namespace dienstbereit::lived {

// The registration office: two people with accounts, and the key that opens what counters seal.
class Office {
 public:
  explicit Office(const e2e::Server& server);

  // What a new counter of the branch is enrolled with.
  std::string code_for(int counter) const;
  // What citizens bring to that counter, as its form asks.
  static std::vector<e2e::Json> cases(int counter, int count);
  // How many different cases have arrived so far.
  std::size_t arrived() const;
  // Works them all off: one person checks and enters, the other confirms. How many could be opened
  // and were confirmed.
  std::size_t enter_all() const;

 private:
  e2e::Json ask(const std::string& method, const std::string& path, const e2e::Json& body) const;
  e2e::Json call(const std::string& token, const std::string& method, const std::string& path,
                 const e2e::Json& body = nullptr) const;
  std::string token_of(const std::string& login) const;
  bool opens(const std::string& sealed) const;

  const e2e::Server& server_;
  std::string box_public_, box_secret_;
  std::string first_, second_;  // tokens
};

}  // namespace dienstbereit::lived
