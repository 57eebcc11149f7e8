// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "model/record/record.h"
#include "words/words.h"

namespace dienstbereit::words {

// What a suspicion explains, what it leaves open, and what speaks against it; for
// those who search, not for the public. "Netzteil: erklärt 7 von 7 gestörten Komponenten; dagegen
// spricht: Mailserver ist nicht ausgefallen."
std::string suspect_sentence(const Voice& voice, const Suspect& suspect, std::size_t to_explain);
// Of an incident, the likeliest first.
std::vector<std::string> suspect_sentences(const Voice& voice, const Incident& incident);
// Of a note on a change: "Änderung an Firewall 1 vom Fr., 20.11., 14:05 Uhr".
std::string change_name(const Voice& voice, const Note& change);
// How likely what is: "Überspannung über Hauptverteilung 1 (etwa 70 %).", or what else has damaged
// several things at once, with what devices have kept that speaks for the likeliest surge; then
// damages, and what to check and to look at next. Empty if nothing has been weighed.
std::vector<std::string> weighing_sentences(const Voice& voice, const Incident& incident);

}  // namespace dienstbereit::words
