// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>

#include "words/draft/teller.h"

// One text for one purpose, put together of the sentences of a Teller.
namespace dienstbereit::words::drafts {

struct Text {
  std::string title;
  std::string body;
};

Text holding(const Teller& teller);   // public.cpp
Text brief(const Teller& teller);
Text full(const Teller& teller);
Text press(const Teller& teller);     // press.cpp
Text poster(const Teller& teller);    // poster.cpp
Text phone(const Teller& teller);     // phone.cpp
Text internal(const Teller& teller);  // internal.cpp
Text simple(const Teller& teller);    // simple.cpp
Text breach(const Teller& teller);    // breach.cpp
// Common Alerting Protocol 1.2, one block a language: German first, then English.
Text cap(const Teller& german, const Teller& english);  // cap.cpp

}  // namespace dienstbereit::words::drafts
