// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <string>
#include <vector>

#include "model/record/record.h"
#include "words/words.h"

// What first, what matters most, and how good forecasts were, for those who plan repairs; not for
// the public (docs/formats/forecast.md).
namespace dienstbereit::words {

// One decimal, with the language's sign: "2,1".
std::string decimal(Language language, double value);

// What a proposed order gains, or that no order is clearly better. "Bis morgen, 07:30 Uhr: im
// Mittel 2,1 ± 0,3 Orte mehr nutzbar; in der jetzigen Reihenfolge sind es 1,4 von 6."
std::vector<std::string> order_sentences(const Voice& voice, const OrderProposal& proposal);
// "Zuerst die Zwischenlösung (task-3), dann die endgültige Reparatur (task-1)."
std::string choice_sentence(Language language, const InterimChoice& choice);
// "task-1: Netzteil tauschen"; of a fault that nobody has planned a repair for: its name.
std::string step_name(const Voice& voice, const Incident& incident, const OrderStep& step);

// "Dauert „task-1: Controller tauschen“ so lange wie nur in einem von zehn Fällen, fällt eine
// Chance von 82 % auf 40 %: Bürgerservice, Montag, 08:00 Uhr, nutzbar."
std::string matter_sentence(const Voice& voice, const Incident& incident, const TaskMatter& matter);

// In plain words; the numbers stand in the scores.
std::vector<std::string> score_sentences(Language language, const ForecastScores& scores);

}  // namespace dienstbereit::words
