// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "outpost/settings.h"

#include <algorithm>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "base/file.h"
#include "config/document.h"
#include "config/load.h"
#include "probe/url.h"

namespace dienstbereit::outpost {
namespace {

using config::Node;

constexpr std::size_t kLargestFile = 64u << 10;
const std::vector<std::string> kKeys{"outpost", "server", "connect_to", "credential", "ca_file"};

bool is_address(const std::string& text) {
  in6_addr binary{};
  return ::inet_pton(AF_INET, text.c_str(), &binary) == 1 ||
         ::inet_pton(AF_INET6, text.c_str(), &binary) == 1;
}

bool is_this_machine(const std::string& host) {
  return host == "localhost" || host == "::1" || (is_address(host) && host.starts_with("127."));
}

class SettingsReader {
 public:
  SettingsReader(const Node& root, config::Report& report) : root_(root), report_(report) {}

  Settings read(const std::filesystem::path& folder) {
    for (const Node::Entry& entry : root_.entries) {
      if (std::find(kKeys.begin(), kKeys.end(), entry.key) == kKeys.end()) {
        config::report_unknown_key(report_, entry, kKeys);
      }
    }
    Settings settings;
    settings.outpost = OutpostId(text("outpost", true));
    settings.server = text("server", true);
    settings.connect_to = text("connect_to", false);
    settings.credential = text("credential", true);
    if (auto file = text("ca_file", false); !file.empty()) settings.ca_file = folder / file;
    if (!settings.connect_to.empty() && !is_address(settings.connect_to)) {
      report_.error(mark("connect_to"), "'connect_to' is a numeric address, such as 192.0.2.7");
    }
    if (!settings.server.empty()) check_server(settings);
    return settings;
  }

 private:
  config::Mark mark(const char* key) const {
    const Node* found = root_.find(key);
    return found != nullptr ? found->mark : root_.mark;
  }

  std::string text(const char* key, bool needed) {
    const Node* found = root_.kind == Node::Kind::Map ? root_.find(key) : nullptr;
    if (found != nullptr && found->kind == Node::Kind::Scalar && !found->text.empty()) {
      return found->text;
    }
    if (found != nullptr || needed) {
      report_.error(mark(key), fmt::format("'{}' is needed, as one text", key));
    }
    return {};
  }

  void check_server(Settings& settings) {
    const auto url = probe::parse_url(settings.server);
    if (!url) return report_.error(mark("server"), url.error().message);
    if (!url->secure && !is_this_machine(url->host)) {
      report_.error(mark("server"), "the token goes over https only; write https://");
    }
    while (settings.server.ends_with('/')) settings.server.pop_back();
  }

  const Node& root_;
  config::Report& report_;
};

}  // namespace

Result<Settings> read_settings(const std::filesystem::path& file) {
  auto text = read_file(file, kLargestFile);
  if (!text) return tl::unexpected(text.error());
  const std::vector<config::SourceFile> sources{{file.string(), std::move(*text)}};
  config::Report report(sources);
  Settings settings;
  if (const auto root = config::parse_yaml(sources.front(), 0, report)) {
    std::error_code ignored;
    const auto folder = std::filesystem::absolute(file, ignored).parent_path();
    settings = SettingsReader(*root, report).read(folder);
  }
  if (report.errors() == 0) return settings;
  return fail(Errc::InvalidInput, config::to_lines(report.take()));
}

}  // namespace dienstbereit::outpost
