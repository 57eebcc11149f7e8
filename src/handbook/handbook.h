// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "handbook/document.h"
#include "handbook/facts.h"

namespace dienstbereit::handbook {

// The emergency handbook: roles, first hour, alarm, continuity, restart, restoration, contacts,
// what stands on what (docs/operating/handbook.md). Pure; the same facts give the same document.
Document handbook(words::Language language, const Facts& facts);

}  // namespace dienstbereit::handbook
