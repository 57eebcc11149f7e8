// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The keys of a channel: a way to tell people.
#include <fmt/format.h>

#include "base/text.h"
#include "config/shapes.h"
#include "config/values.h"

namespace dienstbereit::config {
namespace {

constexpr Duration kShortestTime = std::chrono::seconds(1);
constexpr Duration kLongestTime = std::chrono::minutes(2);

const Type kChannelKind{"channel_kind", "`mail`, `webhook`, `alertmanager` or `sms`",
                        R"({"enum":["mail","webhook","alertmanager","sms"]})"};
const Type kChannelUrl{
    "channel_url",
    "`smtps://`, `smtp://`, `https://` or `http://` address; `{secret}` stands for the credential, "
    "for sms `{to}` and `{text}` too",
    R"({"type":"string","pattern":"^(smtps?|https?)://"})"};
const Type kContentType{"content_type", "media type: `application/json`",
                        R"({"type":"string","pattern":"^[a-z]+/[a-z0-9.+-]+$"})"};

void read_kind(Reader& reader, const Node& node, ChannelKind& kind) {
  std::vector<Choice> choices;
  for (int i = 0; i <= static_cast<int>(ChannelKind::Sms); ++i) {
    choices.push_back({name_of(static_cast<ChannelKind>(i)), i});
  }
  if (const auto chosen = choose(reader, node, choices)) kind = static_cast<ChannelKind>(*chosen);
}

void read_channel_url(Reader& reader, const Node& node, std::string& url) {
  read_text(reader, node, url);
  bool plain = true;
  for (const char c : url) plain = plain && c > ' ' && c < 127;
  if (plain && url.find_first_of("\"<>\\^`|") == std::string::npos) return;
  reader.report.error(node.mark, "this address holds a character that must be percent-encoded");
}

void read_time(Reader& reader, const Node& node, Duration& duration) {
  read_duration(reader, node, duration);
  if (duration >= kShortestTime && duration <= kLongestTime) return;
  reader.report.error(node.mark, fmt::format("a channel's timeout lies between {} and {}",
                                             to_text(kShortestTime), to_text(kLongestTime)));
}

void read_content_type(Reader& reader, const Node& node, std::string& type) {
  read_text(reader, node, type);
  constexpr std::string_view kPlain = "abcdefghijklmnopqrstuvwxyz0123456789.+-/";
  const bool sound =
      type.find_first_not_of(kPlain) == std::string::npos && type.find('/') != std::string::npos;
  if (!sound) {
    reader.report.error(node.mark, fmt::format("'{}' is no media type; write one like "
                                               "application/json",
                                               clean(type, 40)));
  }
}

}  // namespace

const Shape& channel_shape() {
  using K = Keys<ChannelSpec>;
  static const Shape shape{
      "channel",
      "a channel",
      "A way to tell people that works when the house does not. Whom to tell stands in the "
      "[contacts](contacts.md).",
      {K::as<&ChannelSpec::id, read_own_id<ChannelId, IdKind::Channel>>("id", kId,
                                                                        "short and stable")
           .needed(),
       K::as<&ChannelSpec::kind, read_kind>("kind", kChannelKind, "what it speaks").needed(),
       K::as<&ChannelSpec::url, read_channel_url>("url", kChannelUrl, "where it goes to").needed(),
       K::as<&ChannelSpec::connect_to, read_numeric_address>(
           "connect_to", kAddress, "address to use instead of resolving the host"),
       K::of<&ChannelSpec::uplink>("uplink", "default: the first that is not the house's"),
       K::of<&ChannelSpec::user>("user", "of the account at the other side"),
       K::as<&ChannelSpec::credential, read_credential>("credential", kSecretName,
                                                        "holds the password or token"),
       K::as<&ChannelSpec::from, read_email>("from", kEmail, "mail: the sender"),
       K::of<&ChannelSpec::starttls>("starttls",
                                     "smtp://: TLS or nothing; default true, false sends openly"),
       K::map<&ChannelSpec::tls, tls_shape>("tls", "how TLS is checked"),
       K::of<&ChannelSpec::body>("body",
                                 "sms: what the gateway wants, with `{to}`, `{text}`, `{key}`, "
                                 "`{secret}`; left out: GET"),
       K::as<&ChannelSpec::content_type, read_content_type>("content_type", kContentType,
                                                            "sms: of `body`; default JSON"),
       K::as<&ChannelSpec::timeout, read_time>("timeout", kDuration, "default 30 s")}};
  return shape;
}

}  // namespace dienstbereit::config
