// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "district.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "base/file.h"

namespace dienstbereit::lived {
namespace {

namespace fs = std::filesystem;

constexpr const char* kExample = "examples/musterkreis/district";
constexpr const char* kSystems = "60-rechenzentrum.yaml";
constexpr const char* kMore = "98-weiter.yaml";
constexpr std::size_t kLargest = 1u << 20;

void replace_all(std::string& text, const std::string& from, const std::string& to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

// The lines of a component, from its id to the next one's.
std::pair<std::size_t, std::size_t> lines_of(const std::string& text, const std::string& id) {
  const std::string head = "  - id: " + id + "\n";
  const std::size_t begin = text.find(head);
  if (begin == std::string::npos) throw std::runtime_error("the district has no " + id);
  const std::size_t end = text.find("  - id: ", begin + head.size());
  return {begin, end == std::string::npos ? text.size() : end};
}

// The probes of a component, the last of its keys, become these; none if there are none.
void set_probes(std::string& text, const std::string& id, const std::vector<std::string>& probes) {
  const auto [begin, end] = lines_of(text, id);
  const std::size_t old = std::min(end, text.find("    probes:\n", begin));
  std::string made = probes.empty() ? "" : "    probes:\n";
  for (const std::string& probe : probes) made += "      - " + probe + "\n";
  text.replace(old, end - old, made);
}

void set_needs(std::string& text, const std::string& id, const std::string& needs) {
  const auto [begin, end] = lines_of(text, id);
  const std::size_t at = text.find("    needs: ", begin);
  if (at >= end) throw std::runtime_error(id + " has no needs");
  text.replace(at, text.find('\n', at) - at, "    needs: " + needs);
}

// The probes of `id` ask at another port of this machine.
void move_probes(std::string& text, const std::string& id, const std::string& from,
                 const std::string& port) {
  const auto [begin, end] = lines_of(text, id);
  std::string lines = text.substr(begin, end - begin);
  if (lines.find(from) == std::string::npos) throw std::runtime_error(id + " is not at " + from);
  replace_all(lines, from, "127.0.0.1:" + port);
  text.replace(begin, end - begin, lines);
}

std::string with_real_servers(std::string text, const Values& values) {
  move_probes(text, "WEB", "127.0.10.1:8048", values.at("CMS"));
  move_probes(text, "MAIL", "127.0.10.1:8046", values.at("MX1"));
  move_probes(text, "MAIL-GW", "127.0.10.1:8046", values.at("MX1"));
  set_probes(text, "MAIL-STORE",
             {"{kind: tcp, target: \"127.0.0.1:" + values.at("IMAP") +
              "\", expect_banner: \"OK\", every: 2 s, timeout: 1 s}"});
  set_needs(text, "DB-PG", "[AD, DNSi, CORE, {any: [DB-PG1, DB-PG2]}]");
  set_probes(text, "DB-PG", {});
  set_probes(text, "DARKSITE",
             {"{kind: http, url: \"http://127.0.0.1:" + values.at("COPY") +
              "/\", expect: {text: Herzlich willkommen}, every: 5 s, timeout: 2 s}"});
  set_probes(text, "MX2",
             {"{kind: smtp, target: \"127.0.0.1:" + values.at("MX2") +
                  "\", accepts: poststelle@musterkreis.example, refuses: "
                  "niemand@musterkreis.example, refuses_relay_to: jemand@example.org, every: 5 s, "
                  "timeout: 2 s}",
              "{kind: mail_queue, config: \"" + values.at("MX2_ETC") +
                  "\", every: 2 s, timeout: 2 s, least_free: 1}"});
  return text;
}

}  // namespace

void write_district(const fs::path& folder, const Values& values) {
  fs::remove_all(folder);
  fs::copy(kExample, folder, fs::copy_options::recursive);
  std::string systems = read_file(folder / kSystems, kLargest).value();
  std::string more = read_file(fs::path("test/lived") / kMore, kLargest).value();
  for (const auto& [name, value] : values) replace_all(more, "@" + name + "@", value);
  if (!write_file(folder / kSystems, with_real_servers(std::move(systems), values)) ||
      !write_file(folder / kMore, more)) {
    throw std::runtime_error("the district cannot be written to " + folder.string());
  }
}

}  // namespace dienstbereit::lived
