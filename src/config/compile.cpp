// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "config/compile.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "config/interim/interim.h"

namespace dienstbereit::config {
namespace {

std::vector<OfficeSite> sites_of(const OfficeDraft& draft, Reader& reader) {
  std::vector<OfficeSite> sites;
  for (const SitePart& part : draft.parts) {
    const bool twice = std::any_of(sites.begin(), sites.end(),
                                   [&](const OfficeSite& site) { return site.site == part.site; });
    if (twice) {
      reader.report.error(part.mark,
                          fmt::format("site '{}' stands twice; remove one", part.site.str()));
      continue;
    }
    if (!part.hours && !draft.hours) {
      reader.report.error(
          part.mark, fmt::format("office '{}' has no hours at '{}'; add 'hours:' to the office "
                                 "or to this site",
                                 draft.id.str(), part.site.str()));
    }
    OfficeSite site;
    site.site = part.site;
    site.hours = part.hours ? *part.hours : draft.hours.value_or(OpeningHours());
    site.last_admission =
        part.last_admission > Duration(0) ? part.last_admission : draft.last_admission;
    site.note = part.note;
    sites.push_back(std::move(site));
  }
  return sites;
}

bool is_at(const Office& office, const SiteId& site) {
  return std::any_of(office.sites.begin(), office.sites.end(),
                     [&](const OfficeSite& place) { return place.site == site; });
}

// The service's own hours at a part; none where they are the office's.
std::optional<OpeningHours> hours_of(const ServiceDraft& draft, const SitePart& part) {
  if (part.hours) return part.hours;
  if (draft.hours && !draft.hours->always) return draft.hours;
  return std::nullopt;
}

// Where a service is that names no sites: at all of the office's; what is not bound to a place
// stands once, with the first.
std::vector<SitePart> default_parts(const ServiceDraft& draft, const Office& office) {
  std::vector<SitePart> parts;
  for (const OfficeSite& place : office.sites) {
    if (is_remote(draft) && !parts.empty()) break;
    SitePart part;
    part.site = place.site;
    parts.push_back(std::move(part));
  }
  return parts;
}

// Parts at sites where none of the offices is.
void report_strays(const ServiceDraft& draft, const District& district, Reader& reader) {
  for (const SitePart& part : draft.parts) {
    if (find_site(district, part.site) == nullptr) continue;  // reported as unknown
    const bool offered =
        std::any_of(draft.offered.begin(), draft.offered.end(), [&](const OfficeId& id) {
          const Office* office = find_office(district, id);
          return office == nullptr || is_at(*office, part.site);
        });
    if (offered) continue;
    reader.report.error(part.mark,
                        fmt::format("no office that offers '{}' is at site '{}'; add the site to "
                                    "the office or remove it here",
                                    draft.id.str(), part.site.str()));
  }
}

std::vector<Offer> offers_of(const ServiceDraft& draft, const District& district, Reader& reader) {
  std::vector<Offer> offers;
  std::set<std::pair<OfficeId, SiteId>> known;
  for (const OfficeId& id : draft.offered) {
    const Office* office = find_office(district, id);
    if (office == nullptr) continue;
    const bool remote = draft.parts.empty() && is_remote(draft);
    for (const SitePart& part : draft.parts.empty() ? default_parts(draft, *office) : draft.parts) {
      if (!is_at(*office, part.site)) continue;
      if (known.emplace(id, part.site).second) {
        offers.push_back(
            Offer{id, part.site, remote, part.extent, hours_of(draft, part), part.needs});
        continue;
      }
      reader.report.error(reader.places.of(draft.id.str(), "sites"),
                          fmt::format("'{}' is offered twice by '{}' at '{}'; remove one",
                                      draft.id.str(), id.str(), part.site.str()));
    }
  }
  return offers;
}

void check_offered(const ServiceDraft& draft, Reader& reader) {
  if (draft.offered.empty()) {
    reader.report.error(reader.places.of(draft.id.str(), "offered"),
                        fmt::format("nobody offers '{}'; name an office", draft.id.str()));
  }
}

Service compile_service(const ServiceDraft& draft, const District& district, Reader& reader) {
  Service service = draft;
  service.always = draft.hours && draft.hours->always;
  service.offers = offers_of(draft, district, reader);
  report_strays(draft, district, reader);
  check_offered(draft, reader);
  return service;
}

bool names(const Needs& needs, const NodeId& node) {
  for (const Need& need : needs.of) {
    if (need.node == node && need.group.empty()) return true;
    for (const Needs& group : need.group) {
      if (names(group, node)) return true;
    }
  }
  return false;
}

// The site whose link a probe of `node` at `at` crosses.
SiteId site_crossed(const District& district, const NodeId& node, const SiteId& at) {
  if (at.empty() || at == district.administration.observer_at) return {};
  const Site* site = find_site(district, at);
  if (site == nullptr || site->link.empty() || names(site->link, node)) return {};
  return at;
}

// The house's, else the first of this machine's, or of an outpost's.
UplinkId default_uplink(const District& district, const OutpostId& outpost) {
  const Uplink* first = nullptr;
  for (const Uplink& uplink : district.uplinks) {
    if (uplink.outpost != outpost) continue;
    if (uplink.house) return uplink.id;
    if (first == nullptr) first = &uplink;
  }
  return first == nullptr ? UplinkId() : first->id;
}

bool by_relay(const ProbeAction& action) {
  const auto* http = std::get_if<HttpProbe>(&action);
  return http != nullptr && !http->relay.url.empty();
}

// The first way out of this machine that is not the house's own.
UplinkId beside_the_house(const District& district) {
  for (const Uplink& uplink : district.uplinks) {
    if (!uplink.house && uplink.outpost.empty()) return uplink.id;
  }
  return {};
}

Proof default_proof(const ProbeAction& action) {
  if (const auto* http = std::get_if<HttpProbe>(&action)) {
    const bool content = !http->expect.text.empty() || !http->expect.json.empty();
    return content ? Proof::Works : Proof::Alive;
  }
  if (const auto* snmp = std::get_if<SnmpProbe>(&action)) {
    return snmp->interfaces.empty() && snmp->oid.empty() ? Proof::Alive : Proof::Works;
  }
  if (const auto* imap = std::get_if<ImapProbe>(&action)) {
    return imap->user.empty() ? Proof::Alive : Proof::Works;
  }
  const bool answers = std::holds_alternative<TcpProbe>(action) ||
                       std::holds_alternative<IcmpProbe>(action) ||
                       std::holds_alternative<TlsProbe>(action);
  return answers ? Proof::Alive : Proof::Works;
}

// Adds the probes of one owner; each must have a name of its own there.
class ProbeCompiler {
 public:
  ProbeCompiler(District& district, Reader& reader) : district_(district), reader_(reader) {}

  void add(const std::string& owner, const std::vector<ProbeDraft>& drafts, const SiteId& across) {
    for (const ProbeDraft& draft : drafts) {
      ProbeSpec spec = base(owner, draft);
      spec.node = NodeId(owner);
      spec.from = draft.from;
      spec.outside = sees_outside(draft);
      spec.uplink = draft.uplink.empty() ? default_uplink(district_, draft.from) : draft.uplink;
      // An outpost and a relay have ways of their own.
      if (draft.from.empty() && !spec.outside) spec.across = across;
      if (!draft.component.empty()) {
        reader_.report.error(draft.mark, "'component' belongs to the probes of uplinks only");
      }
      push(std::move(spec), draft.mark);
    }
  }

  void add_anchors(const UplinkDraft& uplink) {
    for (const ProbeDraft& draft : uplink.probes) {
      ProbeSpec spec = base(uplink.id.str(), draft);
      spec.anchor_of = uplink.id;
      spec.uplink = uplink.id;
      spec.from = uplink.outpost;
      if (!draft.uplink.empty() && draft.uplink != uplink.id) {
        reader_.report.error(draft.mark, "an uplink's probe goes out by that uplink; remove "
                                         "'uplink'");
      }
      push(std::move(spec), draft.mark);
    }
  }

 private:
  bool sees_outside(const ProbeDraft& draft) const {
    if (draft.from.empty()) return by_relay(draft.action);
    const Outpost* outpost = find_outpost(district_, draft.from);
    return outpost != nullptr && outpost->site.empty();
  }

  ProbeSpec base(const std::string& owner, const ProbeDraft& draft) const {
    ProbeSpec spec;
    const std::string name = draft.name.empty() ? kind_name(draft.action) : draft.name;
    spec.id = ProbeId(owner + "/" + name);
    spec.action = draft.action;
    spec.proof = draft.proves.value_or(default_proof(draft.action));
    spec.interval = draft.every;
    spec.timeout = draft.timeout;
    spec.slow = draft.slow;
    spec.attempts = draft.attempts;
    // A backup's queue may hold other mail too, as copies for the emergency mailbox.
    auto* queue = std::get_if<MailQueueProbe>(&spec.action);
    if (queue != nullptr && queue->domains.empty() && district_.mail) {
      queue->domains = district_.mail->domains;
    }
    return spec;
  }

  void push(ProbeSpec spec, Mark mark) {
    if (known_.insert(spec.id.str()).second) {
      district_.probes.push_back(std::move(spec));
    } else {
      reader_.report.error(
          mark, fmt::format("a second probe '{}'; give it a 'name' of its own", spec.id.str()));
    }
  }

  District& district_;
  Reader& reader_;
  std::set<std::string> known_;
};

void compile_probes(const DistrictDraft& draft, District& district, Reader& reader) {
  ProbeCompiler probes(district, reader);
  for (const UplinkDraft& uplink : draft.uplinks) probes.add_anchors(uplink);
  for (const SiteDraft& site : draft.sites) {
    const SiteId across = site_crossed(district, NodeId(site.id.str()), site.id);
    probes.add(site.id.str(), site.probes, across);
  }
  for (const ServiceDraft& service : draft.services) {
    probes.add(service.id.str(), service.probes, SiteId());
  }
  for (const ComponentDraft& component : draft.components) {
    const SiteId across = site_crossed(district, component.id, component.site);
    probes.add(component.id.str(), component.probes, across);
  }
}

// Copies go out by the first way that is not the house's own, unless the district says.
PublishTarget compile_target(const PublishDraft& draft, const District& district) {
  PublishTarget target = draft;
  if (target.uplink.empty()) target.uplink = beside_the_house(district);
  for (const Uplink& uplink : district.uplinks) {
    if (target.uplink == uplink.id) target.from = uplink.bind;
  }
  return target;
}

LocalRule to_rule(const LocalDraft& draft) {
  LocalRule rule;
  rule.hours = draft.hours.value_or(OpeningHours());
  rule.name_de = draft.name.de;
  rule.name_en = draft.name.en;
  for (const SiteId& site : draft.sites) rule.sites.push_back(site.str());
  for (const OfficeId& office : draft.offices) rule.offices.push_back(office.str());
  return rule;
}

// Without a short name: the key of the Kreis, which is one too.
SubscriptionOffer complete(SubscriptionOffer offer, const District& district) {
  if (offer.url.empty()) offer.url = district.administration.public_url;
  if (!offer.url.empty() && offer.url.back() != '/') offer.url += '/';
  return offer;
}
Administration complete(Administration administration) {
  if (administration.id.empty()) administration.id = administration.ags;
  return administration;
}

Component complete(Component component) {
  if (component.name.empty()) component.name.de = component.id.str();
  return component;
}

Outpost complete(Outpost outpost) {
  if (outpost.name.empty()) outpost.name.de = outpost.id.str();
  return outpost;
}

Uplink complete(Uplink uplink) {
  if (uplink.name.empty()) uplink.name.de = uplink.id.str();
  return uplink;
}

// What is told goes out beside the house's network where there is a way.
ChannelSpec complete(ChannelSpec channel, const District& district) {
  if (channel.uplink.empty()) channel.uplink = beside_the_house(district);
  return channel;
}

}  // namespace

District compile(const DistrictDraft& draft, Reader& reader) {
  District district;
  district.administration = complete(draft.administration);
  for (const SiteDraft& site : draft.sites) district.sites.push_back(site);
  for (const OfficeDraft& office : draft.offices) {
    district.offices.push_back(office);
    district.offices.back().sites = sites_of(office, reader);
  }
  for (const ServiceDraft& service : draft.services) {
    district.services.push_back(compile_service(service, district, reader));
  }
  for (const ComponentDraft& component : draft.components) {
    district.components.push_back(complete(component));
  }
  district.providers = draft.providers;
  for (const Outpost& outpost : draft.outposts) {
    district.outposts.push_back(complete(outpost));
  }
  for (const UplinkDraft& uplink : draft.uplinks) district.uplinks.push_back(complete(uplink));
  for (const LocalDraft& local : draft.local) district.local_rules.push_back(to_rule(local));
  district.mutual = draft.mutual;
  for (const PublishDraft& target : draft.publish) {
    district.publish.push_back(compile_target(target, district));
  }
  if (draft.homepage_at) {
    district.homepage = draft.homepage;
    std::string& status = district.homepage->status_url;
    if (status.empty()) status = district.administration.public_url;
  }
  for (const CrewDraft& crew : draft.crews) {
    district.crews.push_back(crew);
    district.crews.back().hours = crew.hours.value_or(OpeningHours());
  }
  district.estimates.assign(draft.estimates.begin(), draft.estimates.end());
  district.decision_times = draft.decision;
  for (const ChannelSpec& channel : draft.channels) {
    district.channels.push_back(complete(channel, district));
  }
  district.subscriptions = complete(draft.subscriptions, district);
  district.handbook = draft.handbook;
  district.pack = draft.pack;
  district.pack.sites.assign(draft.pack.at_sites.begin(), draft.pack.at_sites.end());
  if (draft.mail_at) district.mail = draft.mail;
  district.intake = draft.intake;
  district.intake.services.assign(draft.intake.written.begin(), draft.intake.written.end());
  district.forms.assign(draft.forms.begin(), draft.forms.end());
  compile_probes(draft, district, reader);
  for (const PlanDraft& plan : draft.plans) district.plans.push_back(compile_plan(plan, district));
  district.fallbacks.assign(draft.fallbacks.begin(), draft.fallbacks.end());
  return district;
}

}  // namespace dienstbereit::config
