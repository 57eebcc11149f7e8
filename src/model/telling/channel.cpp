// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "model/telling/channel.h"

#include <arpa/inet.h>

#include <charconv>

#include "base/text.h"
#include "model/names.h"
#include "model/telling/notice.h"

namespace dienstbereit {
namespace {

constexpr NameTable<ChannelKind, 4> kChannels{{{ChannelKind::Mail, "mail"},
                                               {ChannelKind::Webhook, "webhook"},
                                               {ChannelKind::Alertmanager, "alertmanager"},
                                               {ChannelKind::Sms, "sms"}}};
constexpr NameTable<NoticeKind, 5> kNotices{{{NoticeKind::Alarm, "alarm"},
                                             {NoticeKind::Change, "change"},
                                             {NoticeKind::Clear, "clear"},
                                             {NoticeKind::Question, "question"},
                                             {NoticeKind::Test, "test"}}};
constexpr NameTable<NoticeItemKind, 4> kItems{{{NoticeItemKind::Place, "place"},
                                               {NoticeItemKind::Word, "word"},
                                               {NoticeItemKind::Incident, "incident"},
                                               {NoticeItemKind::Run, "run"}}};
constexpr NameTable<MessageState, 3> kStates{{{MessageState::Waiting, "waiting"},
                                              {MessageState::Sent, "sent"},
                                              {MessageState::GivenUp, "given_up"}}};

std::uint16_t port_of(const std::string& scheme) {
  if (scheme == "https") return 443;
  if (scheme == "http") return 80;
  return scheme == "smtps" ? 465 : 587;
}

bool known_scheme(const ChannelSpec& channel, const std::string& scheme) {
  if (channel.kind == ChannelKind::Mail) return scheme == "smtp" || scheme == "smtps";
  return scheme == "http" || scheme == "https";
}

}  // namespace

const char* name_of(ChannelKind kind) { return find_name(kChannels, kind); }
std::optional<ChannelKind> channel_kind_of(std::string_view name) {
  return find_value(kChannels, name);
}
const char* name_of(NoticeKind kind) { return find_name(kNotices, kind); }
std::optional<NoticeKind> notice_kind_of(std::string_view name) {
  return find_value(kNotices, name);
}
const char* name_of(NoticeItemKind kind) { return find_name(kItems, kind); }
std::optional<NoticeItemKind> notice_item_kind_of(std::string_view name) {
  return find_value(kItems, name);
}
const char* name_of(MessageState state) { return find_name(kStates, state); }

bool is_numeric_address(const std::string& host) {
  in6_addr binary;
  return inet_pton(AF_INET, host.c_str(), &binary) == 1 ||
         inet_pton(AF_INET6, host.c_str(), &binary) == 1;
}

std::optional<ChannelHost> host_of(const ChannelSpec& channel) {
  const std::string_view url = channel.url;
  const auto colon = url.find("://");
  if (colon == std::string_view::npos) return std::nullopt;
  ChannelHost parts;
  parts.scheme = to_lower_ascii(url.substr(0, colon));
  if (!known_scheme(channel, parts.scheme)) return std::nullopt;
  std::string_view rest = url.substr(colon + 3);
  rest = rest.substr(0, rest.find_first_of("/?#"));
  if (rest.find('@') != std::string_view::npos) return std::nullopt;  // no secrets in addresses
  std::string_view port;
  if (rest.starts_with('[')) {
    const auto close = rest.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    parts.host = rest.substr(1, close - 1);
    port = rest.substr(close + 1);
  } else {
    parts.host = rest.substr(0, rest.find(':'));
    port = rest.substr(parts.host.size());
  }
  parts.port = port_of(parts.scheme);
  if (!port.empty()) {
    const char* begin = port.data() + 1;
    const auto [end, error] = std::from_chars(begin, port.data() + port.size(), parts.port);
    if (port[0] != ':' || error != std::errc() || end != port.data() + port.size()) {
      return std::nullopt;
    }
  }
  constexpr std::string_view kAllowed =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_:";
  const bool sound = !parts.host.empty() && parts.host.size() <= 253 && parts.port != 0 &&
                     parts.host.find_first_not_of(kAllowed) == std::string::npos;
  return sound ? std::optional(parts) : std::nullopt;
}

}  // namespace dienstbereit
