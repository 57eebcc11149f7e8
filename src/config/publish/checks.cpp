// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// What makes a copy outside the house fall together with the house.
#include <map>

#include <fmt/format.h>

#include "config/check/checks.h"
#include "config/values.h"

namespace dienstbereit::config {
namespace {

// "status.example" of "https://status.example:8443/x".
std::string host_of(const std::string& url) {
  const auto begin = url.find("://") + 3;
  const std::string authority = url.substr(begin, url.find_first_of("/?#", begin) - begin);
  if (authority.starts_with('[')) return authority.substr(1, authority.find(']') - 1);
  return authority.substr(0, authority.find(':'));
}

// The hosts and addresses that a probe asks.
std::vector<std::string> asked_by(const ProbeAction& action) {
  if (const auto* http = std::get_if<HttpProbe>(&action)) {
    return {host_of(http->url), http->connect_to};
  }
  if (const auto* tcp = std::get_if<TcpProbe>(&action)) return {tcp->target.host};
  if (const auto* dns = std::get_if<DnsProbe>(&action)) return {dns->resolver.host};
  if (const auto* smtp = std::get_if<SmtpProbe>(&action)) return {smtp->target.host};
  if (const auto* postgres = std::get_if<PostgresProbe>(&action)) return {postgres->target.host};
  return {};
}

// Which component of the house answers at an address, as far as its probes tell.
std::map<std::string, NodeId> addresses_of_the_house(const District& district) {
  std::map<std::string, NodeId> all;
  for (const ProbeSpec& probe : district.probes) {
    const Component* component = find_component(district, probe.node);
    if (component == nullptr || component->site.empty()) continue;
    for (const std::string& address : asked_by(probe.action)) {
      if (!address.empty()) all.emplace(address, component->id);
    }
  }
  return all;
}

// What has to be reached: a host by name, or an address.
struct Reach {
  std::string host;
  std::string address;  // empty: the host is resolved
  const char* key;      // that would give the address
};

std::vector<Reach> reached_by(const PublishTarget& target) {
  std::vector<Reach> all;
  if (const auto* http = std::get_if<HttpTarget>(&target.to)) {
    all.push_back({host_of(http->url), http->connect_to, "connect_to"});
  } else if (const auto* rsync = std::get_if<RsyncTarget>(&target.to)) {
    all.push_back({rsync->address, rsync->address, "address"});
  }
  if (!target.verify_url.empty()) {
    all.push_back({host_of(target.verify_url), target.verify_at, "verify_at"});
  }
  return all;
}

class TargetCheck {
 public:
  TargetCheck(const District& district, Reader& reader)
      : district_(district), reader_(reader), house_(addresses_of_the_house(district)) {}

  void run(const PublishTarget& target, Mark mark) const {
    const auto warn = [&](const std::string& text) {
      reader_.report.warning(mark, fmt::format("'{}' {}", target.id.str(), text));
    };
    for (const Reach& reach : reached_by(target)) {
      if (reach.address.empty() && !is_numeric_address(reach.host)) {
        warn(fmt::format("needs a name server to find '{}', and the house's may be down then; add "
                         "'{}:' with its numeric address",
                         reach.host, reach.key));
      }
      for (const std::string& one : {reach.host, reach.address}) {
        const auto found = house_.find(one);
        if (found == house_.end()) continue;
        warn(fmt::format("stands on '{}', a component of the house: it falls together with what it "
                         "tells of; publish outside",
                         found->second.str()));
        break;
      }
    }
    warn_of_way(target, warn);
    if (target.verify_url.empty()) {
      warn("has no 'verify_url': nothing proves that readers get the copy");
    }
    const auto* http = std::get_if<HttpTarget>(&target.to);
    if (http != nullptr && http->url.starts_with("http://") && !http->credential.empty()) {
      warn("would send its credential unencrypted; write an https:// address");
    }
  }

 private:
  template <class Warn>
  void warn_of_way(const PublishTarget& target, Warn warn) const {
    if (std::holds_alternative<FolderTarget>(target.to)) return;
    for (const Uplink& uplink : district_.uplinks) {
      if (uplink.id != target.uplink || !uplink.house) continue;
      warn(fmt::format("goes out by '{}', the house's own network; name an uplink that is not",
                       uplink.id.str()));
    }
    if (target.uplink.empty()) {
      warn("has no way out of its own; describe an uplink that is not the house's (LTE, ...)");
    }
  }

  const District& district_;
  Reader& reader_;
  std::map<std::string, NodeId> house_;
};

}  // namespace

void warn_of_targets(const District& district, const DistrictDraft& draft, Reader& reader) {
  if (draft.publish.empty()) return;
  const TargetCheck check(district, reader);
  for (std::size_t i = 0; i < draft.publish.size(); ++i) {
    check.run(district.publish[i], draft.publish[i].mark);
  }
  if (district.administration.public_url.empty()) {
    reader.report.warning(draft.administration_at.value_or(Mark{}),
                          "'public_url' is missing: copies cannot say where to look once they have "
                          "run out");
  }
}

}  // namespace dienstbereit::config
