// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include "base/strong.h"

namespace dienstbereit {

// Ids are what people write in the district: short, stable over reloads, one name space for all
// kinds ([A-Za-z0-9][A-Za-z0-9._-]*, at most 40 bytes). State survives a reload by them.
struct SiteTag;
struct OfficeTag;
struct ServiceTag;
struct NodeTag;
struct ProviderTag;
struct UplinkTag;
struct CrewTag;
struct ProbeTag;
struct WordTag;
struct AccountTag;
struct PublishTag;
struct OutpostTag;
using SiteId = StrongString<SiteTag>;
using OfficeId = StrongString<OfficeTag>;
using ServiceId = StrongString<ServiceTag>;
using ProviderId = StrongString<ProviderTag>;
using UplinkId = StrongString<UplinkTag>;
using CrewId = StrongString<CrewTag>;

// Anything that has a health state: a component ("DB-ORA"), a site's usability ("S3"), a service's
// needs as a whole ("V01"), a service where it is offered ("AMT@HAUS/DIENST").
using NodeId = StrongString<NodeTag>;

// "F-KFZ/sql": what is probed, a slash, the probe's name there. "lan/gateway" for an anchor.
using ProbeId = StrongString<ProbeTag>;

// What people and rules wrote down of an outage (model/record/record.h). Numbered per kind as they
// come: "incident-1", "task-3".
struct IncidentTag;
struct NoteTag;
struct HypothesisTag;
struct TaskTag;
struct FixTag;
struct ForecastTag;
struct OrderTag;
struct DecisionTag;
struct StatementTag;
using IncidentId = StrongString<IncidentTag>;
using NoteId = StrongString<NoteTag>;
using HypothesisId = StrongString<HypothesisTag>;
using TaskId = StrongString<TaskTag>;
using FixId = StrongString<FixTag>;
using ForecastId = StrongString<ForecastTag>;
using OrderId = StrongString<OrderTag>;
using DecisionId = StrongString<DecisionTag>;
using StatementId = StrongString<StatementTag>;

// A word a person has given (model/event.h, WordSet): its event's sequence number as text.
using WordId = StrongString<WordTag>;

// Whose hand it was: "u-7f3k2m9q", random, never reused. Names are in the accounts alone.
using AccountId = StrongString<AccountTag>;
// A place outside the house where a copy of the pages is kept (model/outside/publish.h).
using PublishId = StrongString<PublishTag>;
// A second place from which probes run (model/outside/outpost.h).
using OutpostId = StrongString<OutpostTag>;

// How and whom to tell (model/telling). A recipient's id stands for a person or a function in the
// record; names and addresses stand outside the journal.
struct ChannelTag;
struct RecipientTag;
using ChannelId = StrongString<ChannelTag>;
using RecipientId = StrongString<RecipientTag>;

// What is told (model/telling/notice.h): its event's sequence number as text. A message is one
// notice for one recipient: the number of the event that queued it, a dot, its place in it.
struct NoticeTag;
struct MessageTag;
using NoticeId = StrongString<NoticeTag>;
using MessageId = StrongString<MessageTag>;

}  // namespace dienstbereit
