// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "core/incident/rules.h"

#include <algorithm>
#include <set>

namespace dienstbereit::core::incident {
namespace {

bool has_fault(const Incident& incident, const NodeId& node) {
  return std::any_of(incident.faults.begin(), incident.faults.end(),
                     [&](const Fault& fault) { return fault.node == node; });
}

bool has_open_fault(const Incident& incident, const NodeId& node) {
  return std::any_of(incident.faults.begin(), incident.faults.end(),
                     [&](const Fault& fault) { return fault.node == node && !fault.ended; });
}

Instant last_fault(const Incident& incident) {
  Instant last = incident.opened.at;
  for (const Fault& fault : incident.faults) {
    last = std::max(last, fault.ended.value_or(fault.since));
  }
  return last;
}

Wording name_of_node(const District& district, const NodeId& node) {
  if (const Component* component = find_component(district, node)) {
    return component->public_name.empty() ? component->name : component->public_name;
  }
  if (const Site* site = find_site(district, SiteId(node.str()))) return site->name;
  if (const Service* service = find_service(district, ServiceId(node.str()))) return service->name;
  const std::size_t slash = node.str().find('/');
  if (slash != std::string::npos) {
    return name_of_node(district, NodeId(node.str().substr(slash + 1)));
  }
  return {node.str(), node.str()};
}

// The level that a service calls for once it is down for its recovery time, or its tolerable time.
struct Step {
  Level level;
  Instant at;
};
std::vector<Step> steps_of(const Service& service, Instant since) {
  std::vector<Step> steps;
  if (service.rto) steps.push_back({Level::Emergency, since + *service.rto});
  if (service.mtpd) steps.push_back({Level::Crisis, since + *service.mtpd});
  return steps;
}

class Follower {
 public:
  Follower(const Ledger& ledger, const District& district, const std::vector<Affected>& affected,
           const std::set<NodeId>& unseen, Instant now)
      : ledger_(ledger), district_(district), affected_(affected), unseen_(unseen), now_(now) {
    for (const Affected& one : affected) {
      if (one.root.empty()) continue;
      roots_.insert(one.root);
      if (!one.carried) failed_.insert(one.root);
    }
  }

  std::vector<RecordEvent> run() {
    end_faults();
    for (const NodeId& root : failed_) take_in(root);
    for (const auto& incident : incidents()) {
      if (!is_open(*incident)) continue;
      follow_phase(*incident);
      follow_level(*incident);
      follow_report(*incident);
      for (const Fix& fix : incident->fixes) follow_fix(*incident, fix);
    }
    return std::move(events_);
  }

 private:
  // By value: the record changes while we go over it.
  std::vector<std::shared_ptr<const Incident>> incidents() const {
    return ledger_.record()->incidents;
  }

  void write(RecordEvent event) {
    ledger_.apply(event, {now_, "observer"});
    events_.push_back(std::move(event));
  }

  void end_faults() {
    for (const auto& incident : incidents()) {
      if (!is_open(*incident)) continue;
      for (const Fault& fault : incident->faults) {
        if (fault.ended || roots_.contains(fault.node) || unseen_.contains(fault.node)) continue;
        write(FaultChanged{incident->id, fault.node, false});
      }
    }
  }

  // The incident that a fault belongs to: the one that had it before, else the one whose faults hid
  // it, else the newest that is still young enough; else a new one.
  void take_in(const NodeId& root) {
    const Incident* home = nullptr;
    for (const auto& incident : ledger_.record()->incidents) {
      if (!is_open(*incident)) continue;
      if (has_open_fault(*incident, root)) return;
      if (has_fault(*incident, root)) home = incident.get();
    }
    if (!home) home = hidden_in(root);
    if (!home) home = youngest();
    if (home) {
      write(FaultChanged{home->id, root, true});
    } else {
      write(IncidentOpened{IncidentId(ledger_.next_id("incident")),
                           true,
                           name_of_node(district_, root),
                           now_,
                           {root}});
    }
  }

  // A fault that comes to light since the one before it is gone: what it affects was affected all
  // the while, and was so when that incident began.
  const Incident* hidden_in(const NodeId& root) const {
    Instant first = now_;
    Instant last;
    for (const Affected& one : affected_) {
      if (one.root != root) continue;
      first = std::min(first, one.since);
      last = std::max(last, one.since);
    }
    if (now_ - last <= kTogether) return nullptr;
    const auto& all = ledger_.record()->incidents;
    for (auto one = all.rbegin(); one != all.rend(); ++one) {
      if (is_open(**one) && (*one)->since - kTogether <= first) return one->get();
    }
    return nullptr;
  }

  const Incident* youngest() const {
    const auto& all = ledger_.record()->incidents;
    for (auto one = all.rbegin(); one != all.rend(); ++one) {
      if (is_open(**one) && now_ - last_fault(**one) <= kTogether) return one->get();
    }
    return nullptr;
  }

  // Of an incident without faults only people know.
  void follow_phase(const Incident& incident) {
    if (incident.faults.empty()) return;
    const bool broken = std::any_of(incident.faults.begin(), incident.faults.end(),
                                    [](const Fault& fault) { return !fault.ended; });
    const Phase phase = broken ? Phase::Affected : Phase::ServicesBack;
    if (phase != incident.phase) write(PhaseChanged{incident.id, phase, "", {}});
  }

  void follow_level(const Incident& incident) {
    for (const Affected& one : affected_) {
      if (one.carried || !has_open_fault(incident, one.root)) continue;
      const Service* service = find_service(district_, one.service);
      if (!service) continue;
      for (const Step& step : steps_of(*service, one.since)) {
        const Level proposed = incident.proposal ? incident.proposal->level : Level::Disturbance;
        if (step.at > now_ || step.level <= std::max(incident.level, proposed)) continue;
        write(LevelProposed{incident.id, step.level, one.service});
        return;  // one step at a time
      }
    }
  }

  void follow_report(const Incident& incident) {
    if (incident.next_report && *incident.next_report <= now_ && !incident.report_due) {
      write(ReportDue{incident.id});
    }
  }

  void follow_fix(const Incident& incident, const Fix& fix) {
    if (fix.state != FixState::InForce) return;
    for (const NodeId& node : fix.for_faults) {
      const bool again =
          std::any_of(incident.faults.begin(), incident.faults.end(), [&](const Fault& fault) {
            return fault.node == node && !fault.ended && fault.since > fix.since;
          });
      if (!again) continue;
      write(FixMoved{incident.id, fix.id, FixState::Relapsed, node.str()});
      return;
    }
    if (fix.expires && *fix.expires <= now_) {
      write(FixMoved{incident.id, fix.id, FixState::Expired, ""});
    }
  }

  Ledger ledger_;  // a copy that moves on
  const District& district_;
  const std::vector<Affected>& affected_;
  const std::set<NodeId>& unseen_;
  Instant now_;
  std::set<NodeId> roots_;
  std::set<NodeId> failed_;  // of them, those that more than an interim fix speaks of
  std::vector<RecordEvent> events_;
};

}  // namespace

std::vector<RecordEvent> follow(const Ledger& ledger, const District& district,
                                const std::vector<Affected>& affected,
                                const std::set<NodeId>& unseen, Instant now) {
  return Follower(ledger, district, affected, unseen, now).run();
}

std::optional<Instant> next_due(const Record& record, const District& district,
                                const std::vector<Affected>& affected, Instant now) {
  std::optional<Instant> due;
  const auto sooner = [&](std::optional<Instant> t) {
    if (t && *t > now && (!due || *t < *due)) due = t;
  };
  for (const auto& incident : record.incidents) {
    if (!is_open(*incident)) continue;
    if (!incident->report_due) sooner(incident->next_report);
    for (const Fix& fix : incident->fixes) {
      if (fix.state == FixState::InForce) sooner(fix.expires);
    }
    for (const Affected& one : affected) {
      const Service* service = find_service(district, one.service);
      if (!service || one.carried || !has_open_fault(*incident, one.root)) continue;
      for (const Step& step : steps_of(*service, one.since)) sooner(step.at);
    }
  }
  return due;
}

}  // namespace dienstbereit::core::incident
