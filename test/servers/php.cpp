// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "servers/php.h"

namespace dienstbereit::servers {

Php::Php(std::filesystem::path www) : port_(free_port()) {
  process_ = std::make_unique<Process>(
      folder_, std::vector<std::string>{"/usr/bin/php", "-S", "127.0.0.1:" + std::to_string(port_),
                                        "-t", www.string()});
  process_->wait_for_port("127.0.0.1", port_);
}

void Php::start() {
  process_->start();
  process_->wait_for_port("127.0.0.1", port_);
}

}  // namespace dienstbereit::servers
