// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <memory>
#include <string>

#include "model/situation.h"
#include "web/control.h"
#include "web/gatekeeper.h"
#include "web/request.h"
#include "web/response.h"

namespace dienstbereit::web {

inline constexpr std::string_view kIntakeApi = "/api/v1/intake/";

// Answers /api/v1/intake/* (docs/formats/intake.md): counters by their device's token, the back
// office by a session, a token or the Unix socket. Who may is checked here, since both use the same
// paths. `control`, `gatekeeper` and the port outlive the answer.
struct IntakeAsked {
  bool tls = false;
  Control& control;
  Gatekeeper& gatekeeper;
  std::shared_ptr<const Situation> situation;
};
Outcome intake_answer(const IntakeAsked& asked, const Request& request, const std::string& path);

// An upload of a known counter: its body may be longer than others.
bool is_intake_upload(const Request& header, const Control& control);

}  // namespace dienstbereit::web
