// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <map>

#include <fmt/format.h>

#include "base/text.h"
#include "config/check/checks.h"

namespace dienstbereit::config {
namespace {

// The hosts a probe goes to: the name, and the address where it is given.
std::vector<std::string> hosts_of(const ProbeAction& action) {
  if (const auto* tcp = std::get_if<TcpProbe>(&action)) return {tcp->target.host};
  if (const auto* dns = std::get_if<DnsProbe>(&action)) return {dns->resolver.host};
  if (const auto* smtp = std::get_if<SmtpProbe>(&action)) return {smtp->target.host};
  if (const auto* postgres = std::get_if<PostgresProbe>(&action)) return {postgres->target.host};
  const auto* http = std::get_if<HttpProbe>(&action);
  if (http == nullptr) return {};
  ChannelSpec same;  // an address of the same form
  same.kind = ChannelKind::Webhook;
  same.url = http->url;
  const auto host = host_of(same);
  std::vector<std::string> hosts;
  if (host) hosts.push_back(host->host);
  if (!http->connect_to.empty()) hosts.push_back(http->connect_to);
  return hosts;
}

// Host or address, lower case -> the first probe of a node that asks it.
std::map<std::string, const ProbeSpec*> probed_hosts(const District& district) {
  std::map<std::string, const ProbeSpec*> hosts;
  for (const ProbeSpec& probe : district.probes) {
    if (probe.node.empty()) continue;
    for (const std::string& host : hosts_of(probe.action)) {
      hosts.try_emplace(to_lower_ascii(host), &probe);
    }
  }
  return hosts;
}

class ChannelCheck {
 public:
  ChannelCheck(const District& district, const ChannelSpec& channel, Reader& reader)
      : district_(district), channel_(channel), reader_(reader) {}

  void run(const std::map<std::string, const ProbeSpec*>& probed) {
    check_parts();
    const auto host = host_of(channel_);
    if (!host) {
      error("url", channel_.kind == ChannelKind::Mail
                       ? "a mail channel's url is smtps://HOST[:PORT] or smtp://HOST[:PORT]"
                       : "this channel's url is https://HOST/... or http://HOST/...");
      return;
    }
    warn_of_names(*host);
    warn_of_nodes(*host, probed);
    warn_of_uplink();
  }

 private:
  void check_parts() {
    const bool mail = channel_.kind == ChannelKind::Mail;
    if (mail && channel_.from.empty()) error("kind", "a mail channel lacks 'from'; add its sender");
    if (!channel_.user.empty() && channel_.credential.empty()) {
      error("user", "a user without 'credential'; name the file that holds the password");
    }
    const bool says = (channel_.url + channel_.body).find("{text}") != std::string::npos;
    if (channel_.kind == ChannelKind::Sms && !says) {
      error("url", "neither url nor body of this sms channel has a place for {text}");
    }
  }

  void warn_of_names(const ChannelHost& host) {
    if (!channel_.connect_to.empty() || is_numeric_address(host.host)) return;
    warn("url", fmt::format("channel '{}' needs a name server to find '{}'; add 'connect_to:' with "
                            "its address, so that it works without",
                            channel_.id.str(), host.host));
  }

  void warn_of_nodes(const ChannelHost& host,
                     const std::map<std::string, const ProbeSpec*>& probed) {
    for (const std::string& name : {host.host, channel_.connect_to}) {
      const auto found = probed.find(to_lower_ascii(name));
      if (name.empty() || found == probed.end()) continue;
      warn("url", fmt::format("channel '{}' depends on '{}', a node of this district: probe '{}' "
                              "asks the same host '{}', and its failure could not be told; take an "
                              "account outside the house",
                              channel_.id.str(), found->second->node.str(), found->second->id.str(),
                              name));
      return;
    }
  }

  void warn_of_uplink() {
    for (const Uplink& uplink : district_.uplinks) {
      if (uplink.id != channel_.uplink) continue;
      if (uplink.house) {
        warn("uplink", fmt::format("channel '{}' goes out by '{}', the house's own network, and "
                                   "fails with it; take another uplink",
                                   channel_.id.str(), uplink.id.str()));
      }
      return;
    }
    warn("id", fmt::format("channel '{}' has no way beside the house's network; declare one under "
                           "'uplinks:' (LTE, a second line)",
                           channel_.id.str()));
  }

  void error(const char* key, std::string message) {
    reader_.report.error(reader_.places.of(channel_.id.str(), key), std::move(message));
  }
  void warn(const char* key, std::string message) {
    reader_.report.warning(reader_.places.of(channel_.id.str(), key), std::move(message));
  }

  const District& district_;
  const ChannelSpec& channel_;
  Reader& reader_;
};

}  // namespace

void check_channels(const District& district, Reader& reader) {
  const auto probed = probed_hosts(district);
  for (const ChannelSpec& channel : district.channels) {
    ChannelCheck(district, channel, reader).run(probed);
  }
  if (district.channels.size() != 1) return;
  const std::string& only = district.channels.front().id.str();
  reader.report.warning(reader.places.of(only, "id"),
                        fmt::format("'{}' is the only channel: if it fails nobody is told; add "
                                    "another of a different kind",
                                    only));
}

}  // namespace dienstbereit::config
