// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "web/listeners.h"

#include <sys/socket.h>
#include <sys/stat.h>

#include <fmt/format.h>

#include "runtime/listen.h"

namespace dienstbereit::web {
namespace {

using runtime::ErrorCode;
using runtime::tcp;

constexpr int kBacklog = 1024;
constexpr mode_t kSocketMode = S_IRUSR | S_IWUSR | S_IRGRP | S_IWGRP;

template <class Acceptor>
ErrorCode open_and_bind(Acceptor& acceptor, const typename Acceptor::endpoint_type& endpoint) {
  ErrorCode failed;
  acceptor.open(endpoint.protocol(), failed);
  if (!failed) acceptor.set_option(asio::socket_base::reuse_address(true), failed);
  if (!failed) acceptor.bind(endpoint, failed);
  return failed;
}

bool is_served(asio::io_context& context, const UnixProtocol::endpoint& endpoint) {
  UnixProtocol::socket probe(context);
  ErrorCode failed;
  probe.connect(endpoint, failed);
  return !failed;
}

}  // namespace

Result<tcp::acceptor> listen_tcp(asio::io_context& context, const ListenAddress& address) {
  return runtime::listen_tcp(context, address.address, address.port);
}

Result<UnixProtocol::acceptor> listen_unix(asio::io_context& context,
                                           const std::filesystem::path& path) {
  if (path.native().size() >= sizeof(sockaddr_un::sun_path)) {
    return fail(Errc::InvalidInput,
                fmt::format("the socket's path '{}' is longer than {} bytes; use a shorter one",
                            path.native(), sizeof(sockaddr_un::sun_path) - 1));
  }
  const UnixProtocol::endpoint endpoint(path.native());
  if (is_served(context, endpoint)) {
    return fail(Errc::Conflict,
                fmt::format("another server answers on '{}'; stop it first", path.native()));
  }
  std::error_code ignored;
  if (std::filesystem::is_socket(path, ignored)) {
    std::filesystem::remove(path, ignored);
  }
  UnixProtocol::acceptor acceptor(context);
  ErrorCode failed = open_and_bind(acceptor, endpoint);
  // Before listen(): nobody can connect while the mode is still that of the umask.
  if (!failed && ::chmod(path.c_str(), kSocketMode) != 0) {
    failed = ErrorCode(errno, boost::system::system_category());
  }
  if (!failed) acceptor.listen(kBacklog, failed);
  if (failed) {
    return fail(Errc::Io,
                fmt::format("cannot listen on '{}': {}", path.native(), failed.message()));
  }
  return acceptor;
}

std::optional<std::uint32_t> peer_uid(UnixProtocol::socket& socket) {
  ucred peer{};
  socklen_t size = sizeof peer;
  if (::getsockopt(socket.native_handle(), SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0) {
    return std::nullopt;
  }
  return peer.uid;
}

}  // namespace dienstbereit::web
