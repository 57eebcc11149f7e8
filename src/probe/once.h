// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "model/probe.h"
#include "runtime/credentials.h"

namespace dienstbereit::probe {

// Runs one probe on the caller's thread and waits for its end, at most the spec's timeout.
ProbeResult run_once(const ProbeSpec& spec, const runtime::Credentials& credentials);

}  // namespace dienstbereit::probe
