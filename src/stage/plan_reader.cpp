// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "stage/plan_reader.h"

#include <algorithm>
#include <charconv>

#include <arpa/inet.h>
#include <fmt/format.h>

#include "base/text.h"
#include "stage/conversation.h"

namespace dienstbereit::stage {
namespace {

constexpr std::size_t kLongestId = 40;
constexpr std::string_view kIdLetters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-";

bool is_id(const std::string& text) {
  return !text.empty() && text.size() <= kLongestId && text.front() != '.' && text.front() != '-' &&
         text.find_first_not_of(kIdLetters) == std::string::npos;
}

bool is_loopback(const std::string& host) {
  in_addr v4{};
  in6_addr v6{};
  if (::inet_pton(AF_INET, host.c_str(), &v4) == 1) return (ntohl(v4.s_addr) >> 24) == 127;
  return ::inet_pton(AF_INET6, host.c_str(), &v6) == 1 && IN6_IS_ADDR_LOOPBACK(&v6);
}

// Splits "127.0.0.1:80" and "[::1]:80"; port 0 if there is none.
Listen split_address(const std::string& text) {
  Listen listen;
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return listen;
  listen.host = text.substr(0, colon);
  if (listen.host.starts_with('[') && listen.host.ends_with(']')) {
    listen.host = listen.host.substr(1, listen.host.size() - 2);
  }
  const char* end = text.data() + text.size();
  const auto parsed = std::from_chars(text.data() + colon + 1, end, listen.port);
  if (parsed.ec != std::errc() || parsed.ptr != end) listen.port = 0;
  return listen;
}

}  // namespace

void PlanReader::error(const Node& node, std::string message) {
  report_.error(node.mark, std::move(message));
}

void PlanReader::read_map(const Node& node, const std::vector<Field>& fields) {
  if (node.kind != Node::Kind::Map) {
    error(node, fmt::format("{} stands where keys are wanted; write 'key: value'",
                            config::describe(node)));
    return;
  }
  std::vector<std::string> names;
  for (const Field& field : fields) names.push_back(field.first);
  for (const Node::Entry& entry : node.entries) {
    const auto at = std::find(names.begin(), names.end(), entry.key);
    if (at != names.end()) {
      fields[static_cast<std::size_t>(at - names.begin())].second(entry.value);
      continue;
    }
    config::report_unknown_key(report_, entry, names);
  }
}

void PlanReader::read_list(const Node& node, const std::function<void(const Node&)>& read_item) {
  config::for_each_item(report_, node, kMostEntries, read_item);
}

void PlanReader::read_text(const Node& node, std::string& target) {
  if (node.kind != Node::Kind::Scalar) {
    error(node, fmt::format("{} stands where a text is wanted", config::describe(node)));
  } else if (node.text.size() > kLongestText) {
    error(node, fmt::format("the text is longer than {} bytes; shorten it", kLongestText));
  } else {
    target = node.text;
  }
}

void PlanReader::read_texts(const Node& node, std::vector<std::string>& target) {
  read_list(node, [&](const Node& item) {
    std::string text;
    read_text(item, text);
    target.push_back(to_lower_ascii(text));
  });
}

void PlanReader::read_kind(const Node& node, Kind& target) {
  std::string text;
  read_text(node, text);
  for (Kind kind : {Kind::Http, Kind::Smtp, Kind::Dns, Kind::Tcp, Kind::Nut}) {
    if (text == name_of(kind)) {
      target = kind;
      return;
    }
  }
  error(node, fmt::format("unknown kind '{}'; write http, smtp, dns, tcp or nut",
                          clean(text, kLongestId)));
}

void PlanReader::read_listen(const Node& node, Listen& target) {
  std::string text;
  read_text(node, text);
  const Listen listen = split_address(text);
  if (listen.port == 0 || !is_loopback(listen.host)) {
    error(node, fmt::format("'{}' is no loopback address with a port; write 127.0.10.1:8080 or "
                            "[::1]:8080",
                            clean(text, kLongestId)));
    return;
  }
  if (!addresses_.insert(listen.text()).second) {
    error(node, fmt::format("{} is used by another server; give each its own", listen.text()));
  }
  target = listen;
}

void PlanReader::read_record(const Node& node, Server& server) {
  Record record;
  read_map(node, {{"name", [&](const Node& n) { read_text(n, record.name); }},
                  {"type", [&](const Node& n) { read_text(n, record.type); }},
                  {"value", [&](const Node& n) { read_text(n, record.value); }}});
  record.name = to_lower_ascii(record.name);
  if (record.name.ends_with('.')) record.name.pop_back();
  if (record.name.empty()) error(node, "the record has no name; write name: www.example.org");
  if (!dns_data(record)) {
    error(node, fmt::format("'{}' is no value of a record of type '{}'; types are A, AAAA, CNAME, "
                            "MX, NS, PTR, TXT",
                            clean(record.value, kLongestId), clean(record.type, kLongestId)));
  }
  server.records.push_back(std::move(record));
}

void PlanReader::read_server(const Node& node) {
  Server server;
  const auto text = [this](std::string& target) {
    return [this, &target](const Node& n) { read_text(n, target); };
  };
  const auto texts = [this](std::vector<std::string>& target) {
    return [this, &target](const Node& n) { read_texts(n, target); };
  };
  const std::vector<Field> http{
      {"path", text(server.path)}, {"body", text(server.body)}, {"type", text(server.media_type)}};
  const std::vector<Field> dns{{"records", [&](const Node& list) {
                                  read_list(list, [&](const Node& n) { read_record(n, server); });
                                }}};
  const std::vector<Field> smtp{{"accepts", texts(server.accepts)},
                                {"domains", texts(server.domains)}};
  read_map(node, {{"id", text(server.id)},
                  {"kind", [&](const Node& n) { read_kind(n, server.kind); }},
                  {"listen", [&](const Node& n) { read_listen(n, server.listen); }},
                  {"http", [&](const Node& n) { read_map(n, http); }},
                  {"dns", [&](const Node& n) { read_map(n, dns); }},
                  {"smtp", [&](const Node& n) { read_map(n, smtp); }},
                  {"tcp", [&](const Node& n) { read_map(n, {{"banner", text(server.banner)}}); }},
                  {"nut", [&](const Node& n) { read_map(n, {{"ups", text(server.ups)}}); }}});
  if (node.kind == Node::Kind::Map) check(node, server);
  plan_.servers.push_back(std::move(server));
}

void PlanReader::check(const Node& node, const Server& server) {
  const Node* id = node.find("id");
  if (!is_id(server.id) || server.id == "all") {
    error(id != nullptr ? *id : node,
          fmt::format("a server needs an id of letters, digits, '.', '_', '-', at most {} of them, "
                      "and not 'all'",
                      kLongestId));
  } else if (plan_.find(server.id) != nullptr) {
    error(*id, fmt::format("the id '{}' is used twice; rename one", server.id));
  }
  for (const char* key : {"kind", "listen"}) {
    if (node.find(key) == nullptr) error(node, fmt::format("the server has no '{}'; add it", key));
  }
  for (const char* part : {"http", "smtp", "dns", "tcp", "nut"}) {
    const Node* value = node.find(part);
    if (value != nullptr && part != std::string_view(name_of(server.kind))) {
      error(*value, fmt::format("'{}' belongs to another kind than '{}'; remove it", part,
                                name_of(server.kind)));
    }
  }
  if (server.kind == Kind::Nut && !is_id(server.ups)) {
    error(node, "a UPS needs a name: nut: {ups: usv1}");
  }
  if (server.media_type.find_first_of("\r\n") != std::string::npos) {
    error(node, "the media type holds a line end; write one line");
  }
}

void PlanReader::read_scenario(const Node::Entry& entry) {
  if (!is_id(entry.key)) {
    report_.error(entry.key_mark, "a scenario's name is of letters, digits, '.', '_', '-'");
  }
  Scenario& scenario = plan_.scenarios[entry.key];
  const auto read_id = [&](const Node& item, std::vector<std::string>& ids_there) {
    std::string id;
    read_text(item, id);
    if (plan_.find(id) == nullptr) {
      std::vector<std::string> ids;
      for (const Server& server : plan_.servers) ids.push_back(server.id);
      const auto meant = nearest(id, ids);
      error(item, fmt::format(
                      "no server '{}'; {}", clean(id, kLongestId),
                      meant ? fmt::format("did you mean '{}'?", *meant) : "name one of 'servers'"));
    }
    ids_there.push_back(id);
  };
  const auto read_stop = [&](const Node& item) { read_id(item, scenario.stop); };
  const auto read_surge = [&](const Node& item) {
    read_id(item, scenario.surge);
    const Server* server = plan_.find(scenario.surge.back());
    if (server != nullptr && server->kind != Kind::Nut) {
      error(item, fmt::format("'{}' is no UPS; only servers of kind nut live through a surge",
                              server->id));
    }
  };
  read_map(entry.value, {{"stop", [&](const Node& list) { read_list(list, read_stop); }},
                         {"surge", [&](const Node& list) { read_list(list, read_surge); }}});
}

Plan PlanReader::read(const Node& root) {
  const Node* scenarios = nullptr;  // read last: they name servers
  read_map(root, {{"servers",
                   [&](const Node& list) {
                     if (list.items.size() > kMostServers) {
                       error(list,
                             fmt::format("more than {} servers; split the stage", kMostServers));
                       return;
                     }
                     read_list(list, [&](const Node& n) { read_server(n); });
                   }},
                  {"scenarios", [&](const Node& node) { scenarios = &node; }}});
  if (root.kind == Node::Kind::Map && root.find("servers") == nullptr) {
    error(root, "the stage has no 'servers'; add a list of them");
  }
  if (scenarios != nullptr && scenarios->kind != Node::Kind::Map) {
    error(*scenarios, "scenarios are a map; write 'surge: {stop: [...]}'");
  } else if (scenarios != nullptr) {
    for (const Node::Entry& entry : scenarios->entries) read_scenario(entry);
  }
  return std::move(plan_);
}

}  // namespace dienstbereit::stage
