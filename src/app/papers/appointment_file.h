// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "handbook/pack.h"
#include "model/outside/papers.h"

namespace dienstbereit::app {

// Reads a list of appointments; what fails is said in `trouble`, without a word of its content.
// Blocks on the disk.
handbook::OfficeAppointments read_appointments(const AppointmentSource& source,
                                               const TimeZone& zone);

}  // namespace dienstbereit::app
