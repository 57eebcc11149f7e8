// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/time.h"
#include "model/ids.h"
#include "model/probe.h"

namespace dienstbereit {

enum class ChannelKind : std::uint8_t { Mail, Webhook, Alertmanager, Sms };
const char* name_of(ChannelKind kind);  // mail webhook alertmanager sms
std::optional<ChannelKind> channel_kind_of(std::string_view name);

// A way to tell people, outside the house (docs/formats/district.md, "channels"). Holds no personal
// address: those are in the contacts (model/telling/roster.h).
struct ChannelSpec {
  ChannelId id;
  ChannelKind kind = ChannelKind::Mail;
  // smtp://, smtps://, http:// or https://. Of webhook and sms, "{secret}" stands for the
  // credential; of sms, "{to}" and "{text}" for number and text, percent-encoded.
  std::string url;
  std::string connect_to;  // numeric address to use instead of resolving the host
  UplinkId uplink;  // empty: the first that is not the house's, else the system's choice
  std::string user;  // of the account; empty: none
  std::string credential;  // name of the secret: password or token
  bool starttls = true;  // of smtp://: plain text is never sent instead
  TlsOptions tls;
  std::string from;  // mail: sender's address
  std::string body;  // sms: with placeholders, encoded as `content_type` wants; empty: GET
  std::string content_type = "application/json";
  Duration timeout = std::chrono::seconds(30);
};

// The parts of a channel's url that decide where it goes to.
struct ChannelHost {
  std::string scheme;  // lower case
  std::string host;  // IPv6 without brackets
  std::uint16_t port = 0;
};
// Nothing if the url is none of a channel's.
std::optional<ChannelHost> host_of(const ChannelSpec& channel);
bool is_numeric_address(const std::string& host);

}  // namespace dienstbereit
