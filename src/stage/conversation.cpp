// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "stage/conversation.h"

namespace dienstbereit::stage {
namespace {

// Says its banner and listens to nothing.
class TcpConversation : public Conversation {
 public:
  explicit TcpConversation(const Server& server) : server_(server) {}

  std::string greeting() override { return server_.banner; }
  bool advance(std::string& in, std::string&) override {
    in.clear();
    return true;
  }

 private:
  const Server& server_;
};

}  // namespace

std::unique_ptr<Conversation> converse(const Server& server, const Supply& supply) {
  switch (server.kind) {
    case Kind::Http:
      return converse_http(server);
    case Kind::Smtp:
      return converse_smtp(server);
    case Kind::Dns:
      return converse_dns(server);
    case Kind::Nut:
      return converse_nut(server, supply);
    case Kind::Tcp:
      break;
  }
  return std::make_unique<TcpConversation>(server);
}

}  // namespace dienstbereit::stage
