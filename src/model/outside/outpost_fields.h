// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "model/codec.h"
#include "model/event.h"

// The text form of an outpost's news, in the journal and on the wire alike.
namespace dienstbereit {

template <class A>
void fields(A& a, SettledNews& e) {
  a("probe", e.probe);
  a("outcome", e.outcome, probe_outcome_of);
  a("before", e.before);
  a("phase", e.phase);
  a("detail", e.detail);
  a("flapping", e.flapping);
}
template <class A>
void fields(A& a, LostNews& e) {
  a("probe", e.probe);
  a("why", e.why, loss_reason_of);
  a("detail", e.detail);
}
template <class A>
void fields(A& a, PathNews& e) {
  a("uplink", e.uplink);
  a("up", e.up);
  a("detail", e.detail);
}

}  // namespace dienstbereit
