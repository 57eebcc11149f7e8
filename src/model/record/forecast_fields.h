// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "model/codec.h"
#include "model/record/events.h"
#include "model/record/names.h"

// The fields of what is calculated ahead, and of how good it was. A part of fields.h.
namespace dienstbereit {

template <class A>
void fields(A& a, SlotChance& e) {
  a("begin", e.begin);
  a("normal", e.normal);
  a("limited", e.limited);
}
template <class A>
void fields(A& a, Learnt& e) {
  a("tasks", e.tasks);
  a("factor", e.factor);
}
template <class A>
void fields(A& a, PlaceForecast& e) {
  a("office", e.office);
  a("site", e.site);
  a("service", e.service);
  a("word", e.word, readiness_of);
  a("slots", e.slots);
  a("early", e.early);
  a("likely", e.likely);
  a("late", e.late);
  a("public_bound", e.public_bound);
  a("never", e.never);
  a("normal_likely", e.normal_likely);
  a("normal_late", e.normal_late);
  a("relapse", e.relapse);
}

template <class A>
void fields(A& a, TaskForecast& e) {
  a("task", e.task);
  a("node", e.node);
  a("early", e.early);
  a("likely", e.likely);
  a("late", e.late);
}
template <class A>
void fields(A& a, TaskMatter& e) {
  a("task", e.task);
  a("node", e.node);
  a("office", e.office);
  a("site", e.site);
  a("service", e.service);
  a("begin", e.begin);
  a("normal", e.normal);
  a("usual", e.usual);
  a("late", e.late);
}
template <class A>
void fields(A& a, OrderStep& e) {
  a("task", e.task);
  a("node", e.node);
}
template <class A>
void fields(A& a, InterimChoice& e) {
  a("interim", e.interim);
  a("permanent", e.permanent);
  a("interim_first", e.interim_first);
}
template <class A>
void fields(A& a, Gain& e) {
  a("mean", e.mean);
  a("half_width", e.half_width);
}
template <class A>
void fields(A& a, OrderMeasure& e) {
  a("services", e.services);
  a("normal", e.normal);
  a("of", e.of);
  a("by", e.by);
  a("there", e.there);
  a("more", e.more);
  a("hours_sooner", e.hours_sooner);
}
template <class A>
void fields(A& a, ScoreBin& e) {
  a("count", e.count);
  a("chance", e.chance);
  a("share", e.share);
}
template <class A>
void fields(A& a, ChanceScore& e) {
  a("count", e.count);
  a("brier", e.brier);
  a("reliability", e.reliability);
  a("resolution", e.resolution);
  a("uncertainty", e.uncertainty);
  a("bins", e.bins);
}
template <class A>
void fields(A& a, IntervalScore& e) {
  a("count", e.count);
  a("inside", e.inside);
  a("before", e.before);
  a("after", e.after);
}
template <class A>
void fields(A& a, VersionScore& e) {
  a("forecast", e.forecast);
  a("chances", e.chances);
  a("intervals", e.intervals);
}
template <class A>
void fields(A& a, ForecastMade& e) {
  a("incident", e.incident);
  a("id", e.id);
  a("reason", e.reason);
  a("runs", e.runs);
  a("places", e.places);
  a("all_repaired_early", e.all_repaired_early);
  a("all_repaired_late", e.all_repaired_late);
  a("learnt", e.learnt);
  a("tasks", e.tasks);
  a("matters", e.matters);
}
template <class A>
void fields(A& a, OrderProposed& e) {
  a("incident", e.incident);
  a("id", e.id);
  a("reason", e.reason);
  a("runs", e.runs);
  a("steps", e.steps);
  a("choices", e.choices);
  a("measure", e.measure);
}
template <class A>
void fields(A& a, OrderAnswered& e) {
  a("incident", e.incident);
  a("id", e.id);
  a("taken", e.taken);
  a("reason", e.reason);
}
template <class A>
void fields(A& a, ForecastsScored& e) {
  a("incident", e.incident);
  a("chances", e.chances);
  a("intervals", e.intervals);
  a("tasks", e.tasks);
  a("versions", e.versions);
}

}  // namespace dienstbereit
