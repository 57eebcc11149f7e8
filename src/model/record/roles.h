// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "model/account/account.h"
#include "model/record/events.h"

namespace dienstbereit {

// Who may write a change (docs/formats/record.md): what is noted and repaired is Operate's; what is
// decided, confirmed or closed is Lead's; what the public reads is Press's.
Role role_for(const RecordEvent& change);
// Whether one with these roles may: as above, and Press writes texts too.
bool may_write(RoleSet roles, const RecordEvent& change);

}  // namespace dienstbereit
