// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <vector>

#include "config/shapes.h"
#include "config/values.h"

// What the keys of all kinds of probe share.
namespace dienstbereit::config {

template <class P>
using Part = PartKeys<ProbeDraft, &ProbeDraft::action, P>;

extern const Type kMailTls;
void read_mail_tls(Reader& reader, const Node& node, MailTls& tls);

template <std::uint16_t kDefaultPort>
void read_endpoint(Reader& reader, const Node& node, Endpoint& endpoint) {
  read_endpoint_text(reader, node, kDefaultPort, endpoint);
}

// A kind's own keys behind those that all kinds have.
Shape make_shape(const char* name, const char* kind, const char* title, const char* intro,
                 std::vector<Key> own);

// Of model/probes/evidence.h, in the order of ProbeAction.
std::vector<Shape> evidence_shapes();

// What keys of these kinds must fit together.
void check_evidence(Reader& reader, const Node& node, const ProbeAction& action);

}  // namespace dienstbereit::config
