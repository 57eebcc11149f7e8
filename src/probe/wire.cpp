// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probe/wire.h"

#include <boost/asio/write.hpp>

namespace dienstbereit::probe {

Async<std::size_t> Wire::read(asio::mutable_buffer buffer, ErrorCode& ec) {
  if (tls_) co_return co_await tls_->async_read_some(buffer, runtime::into(ec));
  co_return co_await plain_.async_read_some(buffer, runtime::into(ec));
}

Async<void> Wire::write(std::string bytes, ErrorCode& ec) {
  if (tls_) {
    co_await asio::async_write(*tls_, asio::buffer(bytes), runtime::into(ec));
  } else {
    co_await asio::async_write(plain_, asio::buffer(bytes), runtime::into(ec));
  }
}

Async<std::optional<Verdict>> Wire::secure_all(TlsOptions options, std::string host) {
  auto context = tls_context(run_, options);
  if (context.context == nullptr) co_return std::move(context.failure);
  tls_.emplace(std::move(plain_), *context.context);
  co_return co_await secure(run_, *tls_, std::move(options), std::move(host));
}

}  // namespace dienstbereit::probe
