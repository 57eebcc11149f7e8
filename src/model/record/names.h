// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <optional>
#include <string_view>

#include "model/record/record.h"

namespace dienstbereit {

// The names used in JSON and the journal.
const char* name_of(Level level);            // disturbance emergency crisis
const char* name_of(Phase phase);            // affected services_back closed
const char* name_of(NoteKind kind);          // note hand_over report photo change
const char* name_of(CommonSort sort);        // surge room rack change
const char* name_of(CauseState state);       // suspected likely confirmed rejected
const char* name_of(TaskKind kind);          // inspect repair replace procure restart other
const char* name_of(TaskState state);        // planned started done cancelled
const char* name_of(Disturbs disturbs);      // unknown no yes
const char* name_of(FixState state);         // planned in_force ended expired relapsed
const char* name_of(StatementKind kind);     // holding short long press poster phone ...
const char* name_of(StatementState state);   // draft approved published withdrawn
std::optional<Level> level_of(std::string_view name);
std::optional<Phase> phase_of(std::string_view name);
std::optional<NoteKind> note_kind_of(std::string_view name);
std::optional<CommonSort> common_sort_of(std::string_view name);
std::optional<CauseState> cause_state_of(std::string_view name);
std::optional<TaskKind> task_kind_of(std::string_view name);
std::optional<TaskState> task_state_of(std::string_view name);
std::optional<Disturbs> disturbs_of(std::string_view name);
std::optional<FixState> fix_state_of(std::string_view name);
std::optional<StatementKind> statement_kind_of(std::string_view name);
std::optional<StatementState> statement_state_of(std::string_view name);

}  // namespace dienstbereit
