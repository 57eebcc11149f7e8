// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What makes an outpost see wrongly, or see nothing.
#include <algorithm>

#include <fmt/format.h>

#include "config/check/checks.h"

namespace dienstbereit::config {
namespace {

const HttpProbe* by_relay(const ProbeDraft& probe) {
  const auto* http = std::get_if<HttpProbe>(&probe.action);
  return http != nullptr && !http->relay.url.empty() ? http : nullptr;
}

// What a relay is not asked.
bool wants_more(const HttpProbe& http) {
  const HttpExpectation& expect = http.expect;
  return !expect.headers.empty() || !expect.without_text.empty() || !expect.json.empty() ||
         expect.smallest_bytes > 0 || http.method != "GET" || !http.headers.empty() ||
         !http.user.empty() || !http.connect_to.empty();
}

const Uplink* find_uplink(const District& district, const UplinkId& id) {
  for (const Uplink& uplink : district.uplinks) {
    if (uplink.id == id) return &uplink;
  }
  return nullptr;
}

// The kinds of model/probes/evidence.h.
bool of_devices(const ProbeAction& action) {
  return std::visit(
      []<class P>(const P&) {
        return std::is_same_v<P, NutProbe> || std::is_same_v<P, SnmpProbe> ||
               std::is_same_v<P, NtpProbe> || std::is_same_v<P, IcmpProbe> ||
               std::is_same_v<P, ImapProbe> || std::is_same_v<P, LdapProbe> ||
               std::is_same_v<P, TlsProbe> || std::is_same_v<P, PluginProbe>;
      },
      action);
}

class OutpostCheck {
 public:
  OutpostCheck(const District& district, Reader& reader) : district_(district), reader_(reader) {}

  // `site`: where the probed thing stands; nullptr for services.
  void look(const std::string& owner, const std::vector<ProbeDraft>& probes, const SiteId* site) {
    for (const ProbeDraft& probe : probes) {
      if (!probe.from.empty()) look_from(owner, probe, site);
      if (probe.from.empty()) look_uplink(probe);
      look_relay(probe);
    }
  }

  void look_anchors(const UplinkDraft& uplink) {
    for (const ProbeDraft& probe : uplink.probes) {
      if (!probe.from.empty() && probe.from != uplink.outpost) {
        reader_.report.error(probe.mark, "an uplink's probe runs where the uplink is; remove "
                                         "'from', or name the 'outpost' at the uplink");
      }
      if (!uplink.outpost.empty()) forbid_kinds(probe);
    }
  }

  void look_outpost(const Outpost& outpost) {
    const auto& probes = district_.probes;
    const bool busy = std::any_of(probes.begin(), probes.end(), [&](const ProbeSpec& probe) {
      return probe.from == outpost.id && probe.anchor_of.empty();
    });
    const bool anchored = std::any_of(probes.begin(), probes.end(), [&](const ProbeSpec& probe) {
      return probe.from == outpost.id && !probe.anchor_of.empty();
    });
    if (!busy) {
      warn(outpost.id, fmt::format("no probe runs from '{}'; write 'from: {}' at one",
                                   outpost.id.str(), outpost.id.str()));
    } else if (!anchored) {
      warn(outpost.id,
           fmt::format("'{0}' has no uplink with probes: when its own line is cut, all that it "
                       "probes looks dead; add an uplink with 'outpost: {0}' that asks its own "
                       "router or a well-known address",
                       outpost.id.str()));
    }
  }

 private:
  void look_relay(const ProbeDraft& probe) {
    const HttpProbe* http = by_relay(probe);
    if (http == nullptr || !wants_more(*http)) return;
    reader_.report.error(probe.mark, "a relay looks at the status and for one text, with a plain "
                                     "GET; remove the rest, or use an outpost");
  }

  void warn(const OutpostId& id, std::string text) {
    reader_.report.warning(reader_.places.of(id.str(), "id"), std::move(text));
  }

  // Orders (model/outside/outpost_orders.cpp) carry neither of the two kinds of mail, nor those of
  // model/probes/evidence.h, whose traces no report carries.
  void forbid_kinds(const ProbeDraft& probe) {
    if (std::holds_alternative<MailQueueProbe>(probe.action)) {
      reader_.report.error(probe.mark, "no outpost reads a queue; remove 'from', and name a "
                                       "'report' that the queue's machine brings here "
                                       "('mail queue --output')");
    }
    if (std::holds_alternative<MailRoundTripProbe>(probe.action)) {
      reader_.report.error(probe.mark, "no outpost can run a mail round trip; remove 'from'");
    }
    if (of_devices(probe.action)) {
      reader_.report.error(probe.mark, fmt::format("no outpost can run a probe of kind '{}' yet; "
                                                   "remove 'from'",
                                                   kind_name(probe.action)));
    }
    if (std::holds_alternative<HeartbeatProbe>(probe.action)) {
      reader_.report.error(probe.mark, "a heartbeat is pushed to the server, no outpost can run "
                                       "it; remove 'from'");
    }
    if (by_relay(probe) != nullptr) {
      reader_.report.error(probe.mark, "a probe goes by an outpost or by a relay; remove one");
    }
  }

  void look_from(const std::string& owner, const ProbeDraft& probe, const SiteId* site) {
    forbid_kinds(probe);
    look_uplink(probe);
    const Outpost* outpost = find_outpost(district_, probe.from);
    if (outpost == nullptr || outpost->site.empty()) return;
    if (site != nullptr && *site == outpost->site) return;
    reader_.report.warning(
        probe.mark, fmt::format("'{}' sees what the counters of '{}' see, but '{}' counts for "
                                "everybody who needs it; probe a component of that site, which "
                                "its offers need",
                                outpost->id.str(), outpost->site.str(), owner));
  }

  void look_uplink(const ProbeDraft& probe) {
    const Uplink* uplink = find_uplink(district_, probe.uplink);
    if (uplink == nullptr || uplink->outpost == probe.from) return;
    reader_.report.error(probe.mark, fmt::format("uplink '{}' is not a way of the machine that "
                                                 "runs this probe; remove 'uplink' or name "
                                                 "another",
                                                 uplink->id.str()));
  }

  const District& district_;
  Reader& reader_;
};

}  // namespace

void check_outposts(const District& district, const DistrictDraft& draft, Reader& reader) {
  OutpostCheck check(district, reader);
  for (const UplinkDraft& uplink : draft.uplinks) check.look_anchors(uplink);
  for (const SiteDraft& site : draft.sites) check.look(site.id.str(), site.probes, &site.id);
  for (const ServiceDraft& service : draft.services) {
    check.look(service.id.str(), service.probes, nullptr);
  }
  for (const ComponentDraft& component : draft.components) {
    check.look(component.id.str(), component.probes, &component.site);
  }
  for (const Outpost& outpost : draft.outposts) check.look_outpost(outpost);
}

}  // namespace dienstbereit::config
