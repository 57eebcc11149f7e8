// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/connections.h"

#include <algorithm>

namespace dienstbereit::web {
namespace {

constexpr std::size_t kPrefixBytes = 8;  // of an IPv6 /64
constexpr std::uint8_t kMappedMark = 0xff;

}  // namespace

std::optional<AddressKey> key_of(const boost::asio::ip::address& address, const Limits& limits) {
  AddressKey key{};
  if (address.is_v6() && !address.to_v6().is_v4_mapped()) {
    if (limits.exempt_loopback && address.is_loopback()) {
      return std::nullopt;
    }
    const auto bytes = address.to_v6().to_bytes();
    std::copy_n(bytes.begin(), kPrefixBytes, key.begin());
    return key;
  }
  const auto v4 = address.is_v4() ? address.to_v4()
                                  : boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped,
                                                                     address.to_v6());
  if (limits.exempt_loopback && v4.is_loopback()) {
    return std::nullopt;
  }
  const auto bytes = v4.to_bytes();
  key[10] = key[11] = kMappedMark;  // ::ffff:a.b.c.d
  std::copy(bytes.begin(), bytes.end(), key.begin() + 12);
  return key;
}

Peer peer_of(const boost::asio::ip::address& address, const Limits& limits) {
  const bool mapped = address.is_v6() && address.to_v6().is_v4_mapped();
  const boost::asio::ip::address plain =
      mapped ? boost::asio::ip::make_address_v4(boost::asio::ip::v4_mapped, address.to_v6())
             : address;
  Peer peer;
  peer.address = plain.to_string();
  peer.loopback = plain.is_loopback();
  if (peer.loopback && limits.exempt_loopback) {
    return peer;
  }
  peer.group = peer.address;
  if (plain.is_v6()) {
    auto bytes = plain.to_v6().to_bytes();
    std::fill(bytes.begin() + kPrefixBytes, bytes.end(), std::uint8_t{0});
    peer.group = boost::asio::ip::make_address_v6(bytes).to_string() + "/64";
  }
  return peer;
}

std::optional<Connections::Position> Connections::add(Connection& connection) {
  if (connection.key &&
      addresses_[*connection.key].connections >= limits_.connections_per_address) {
    return std::nullopt;
  }
  if (all_.size() >= limits_.connections && !evict()) {
    if (connection.key) {
      forget_if_empty(*connection.key);
    }
    return std::nullopt;
  }
  if (connection.key) {
    ++addresses_[*connection.key].connections;
  }
  return all_.insert(all_.end(), &connection);
}

void Connections::remove(Position position) {
  if (const auto& key = (*position)->key) {
    --addresses_[*key].connections;
    forget_if_empty(*key);
  }
  all_.erase(position);
}

bool Connections::add_stream(const std::optional<AddressKey>& key) {
  if (streams_ >= limits_.streams ||
      (key && addresses_[*key].streams >= limits_.streams_per_address)) {
    return false;
  }
  ++streams_;
  if (key) {
    ++addresses_[*key].streams;
  }
  return true;
}

void Connections::remove_stream(const std::optional<AddressKey>& key) {
  --streams_;
  if (key) {
    --addresses_[*key].streams;
    forget_if_empty(*key);
  }
}

void Connections::forget_if_empty(const AddressKey& key) {
  const auto found = addresses_.find(key);
  if (found != addresses_.end() && found->second.connections == 0 && found->second.streams == 0) {
    addresses_.erase(found);
  }
}

void Connections::tick(SteadyTime now) {
  for (Connection* connection : all_) {  // sessions leave the list later, through the loop
    if (connection->deadline > now) {
      continue;
    }
    if (connection->phase == Phase::Reading) {
      connection->interrupt();
    } else {
      connection->abort();
    }
  }
}

bool Connections::evict() {
  Connection* longest = nullptr;
  for (Connection* connection : all_) {
    if (connection->phase == Phase::Idle &&
        (longest == nullptr || connection->deadline < longest->deadline)) {
      longest = connection;
    }
  }
  if (longest == nullptr) {
    return false;
  }
  longest->phase = Phase::Lingering;  // not chosen again while it ends
  longest->abort();
  return true;
}

}  // namespace dienstbereit::web
