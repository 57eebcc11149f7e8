// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "config/diagnostic.h"

// A stage file: small servers on loopback that probes can talk to (docs/formats/stage.md).
namespace dienstbereit::stage {

// Bounds of a stage file.
inline constexpr std::size_t kLargestStageFile = 256u << 10;  // bytes
inline constexpr std::size_t kMostServers = 200;              // each is one process
inline constexpr std::size_t kMostEntries = 500;  // records, addresses, ids of one list
inline constexpr std::size_t kLongestText = 64u << 10;  // bytes of one text, such as a body

enum class Kind : std::uint8_t { Http, Smtp, Dns, Tcp, Nut };

// A numeric loopback address, "127.0.10.1:8080" or "[::1]:8080", in its parts.
struct Listen {
  std::string host;
  std::uint16_t port = 0;

  std::string text() const;
};

// One DNS record; `value` as zone files write it: "192.0.2.10", "10 mail.example", "some text".
struct Record {
  std::string name;  // lower case, without the final dot
  std::string type;  // A, AAAA, CNAME, MX, NS, PTR or TXT
  std::string value;
};

// One server. Only the part of its kind is used.
struct Server {
  std::string id;
  Kind kind = Kind::Tcp;
  Listen listen;
  std::string path = "/";  // http
  std::string body;  // http
  std::string media_type = "text/html; charset=utf-8";  // http
  std::vector<Record> records;  // dns
  std::vector<std::string> accepts;  // smtp: valid recipients, lower case
  std::vector<std::string> domains;  // smtp: domains that are its own, lower case
  std::string banner;  // tcp: sent at once; may be empty
  std::string ups;  // nut: its name
};

struct Scenario {
  std::vector<std::string> stop;   // servers that are ended, all at once
  std::vector<std::string> surge;  // nut: UPSs that live through a surge
};

// What a whole stage holds.
struct Plan {
  std::vector<Server> servers;
  std::map<std::string, Scenario> scenarios;

  const Server* find(const std::string& id) const;
};

struct LoadedPlan {
  Plan plan;  // complete only if no diagnostic is an error
  std::vector<config::Diagnostic> diagnostics;
};

// "http", "smtp", "dns", "tcp", "nut".
const char* name_of(Kind kind);

// Strict: unknown keys, unknown names, addresses off loopback and doubled ids are errors.
LoadedPlan load_plan(const std::filesystem::path& file);
// The same for a text; `name` is what diagnostics call it.
LoadedPlan parse_plan(const std::string& name, const std::string& text);

}  // namespace dienstbereit::stage
