// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "config/draft.h"
#include "config/reader.h"

namespace dienstbereit::config {

// Spreads out what the draft says once: an office's hours over its sites, a service's offers over
// offices and sites, probes with their ids, paths and defaults. Problems go to the reader's report.
District compile(const DistrictDraft& draft, Reader& reader);

}  // namespace dienstbereit::config
