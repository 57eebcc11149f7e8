// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
//
// The keys of subscriptions to the public statements, and what must hold of them.
#include <fmt/format.h>

#include "config/check/checks.h"
#include "config/shapes.h"
#include "config/values.h"

namespace dienstbereit::config {
namespace {

void read_channel(Reader& reader, const Node& node, ChannelId& channel) {
  std::string id;
  read_text(reader, node, id);
  channel = ChannelId(std::move(id));
}

}  // namespace

const Shape& subscriptions_shape() {
  using K = Keys<SubscriptionOffer>;
  static const Shape shape{
      "subscriptions",
      "subscriptions",
      "Whoever wants may have the public statements sent by mail, after confirming by a link. Left "
      "out: nothing is offered.",
      {K::as<&SubscriptionOffer::channel, read_channel>("channel", kId,
                                                        "mail channel that they go out by")
           .needed(),
       K::as<&SubscriptionOffer::url, read_url>(
           "url", kUrl,
           "address of this server that the links in the mails lead to; default `public_url`, "
           "unless that is a copy outside")}};
  return shape;
}

void check_subscriptions(const District& district, const DistrictDraft& draft, Reader& reader) {
  if (!draft.subscriptions_at) return;
  const ChannelId& id = district.subscriptions.channel;
  const ChannelSpec* channel = find_channel(district, id);
  if (channel == nullptr || channel->kind != ChannelKind::Mail) {
    reader.report.error(*draft.subscriptions_at,
                        fmt::format("subscriptions go out by '{}', which is no mail channel of "
                                    "this district; name one of 'channels:'",
                                    id.str()));
  }
  if (district.subscriptions.url.empty()) {
    reader.report.error(*draft.subscriptions_at,
                        "the links in the mails would lead nowhere; add 'url:' here or "
                        "'public_url:' to the administration");
  }
}

}  // namespace dienstbereit::config
