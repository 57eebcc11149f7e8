// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "fallback/mail/queue.h"

#include <fmt/format.h>

#include "base/file.h"
#include "base/text.h"
#include "fallback/mail/main_cf.h"
#include "fallback/mail/plan.h"

namespace dienstbereit::fallback::mail {
namespace {

constexpr std::size_t kLongestSetting = 64u << 10;  // bytes

bool says(const std::string& text, const char* part) {
  return text.find(part) != std::string::npos;
}

Error failure_of(const std::string& program, const runtime::ProgramEnd& end) {
  return Error(says(end.errors, "ermission denied") ? Errc::Denied : Errc::Unavailable,
               postfix_problem(program, end.status, end.errors));
}

Result<runtime::ProgramEnd> run(std::vector<std::string> arguments, runtime::TakeOutput take) {
  const std::string name = arguments[0];
  auto end =
      runtime::run_program_now({std::move(arguments), {}}, std::move(take), kPostfixPatience);
  if (end && end->status != 0) return tl::unexpected(failure_of(name, *end));
  return end;
}

std::vector<std::pair<std::string, std::string>> table_of(const std::filesystem::path& file) {
  const auto text = read_file(file, kLargestPostfixFile);
  return text ? parse_table(*text) : std::vector<std::pair<std::string, std::string>>();
}

}  // namespace

Result<std::string> run_postfix(std::vector<std::string> arguments, std::size_t limit) {
  std::string out;
  const auto end = run(std::move(arguments), runtime::into_text(out, limit));
  if (!end) return tl::unexpected(end.error());
  return out;
}

Result<MailQueue> read_queue(const std::filesystem::path& config,
                             const std::vector<std::string>& domains) {
  MailQueueReader reader(domains);
  const auto end = run({"postqueue", "-c", config.string(), "-j"}, [&](std::string_view piece) {
    reader.feed(piece);
    return true;
  });
  if (!end) return tl::unexpected(end.error());
  return reader.take();
}

Result<std::string> setting(const std::filesystem::path& config, const std::string& name) {
  auto value = run_postfix({"postconf", "-c", config.string(), "-x", "-h", name}, kLongestSetting);
  if (!value) return value;
  return std::string(trim(*value));
}

Result<std::uint64_t> free_bytes(const std::filesystem::path& config) {
  const auto folder = setting(config, "queue_directory");
  if (!folder) return tl::unexpected(folder.error());
  std::error_code ec;
  const auto space = std::filesystem::space(*folder, ec);
  if (ec) {
    return fail(Errc::Io,
                fmt::format("cannot see how full the disk of {} is: {}", *folder, ec.message()));
  }
  return space.available;
}

std::vector<std::string> relay_domains(const std::filesystem::path& config) {
  std::vector<std::string> domains;
  for (const auto& [domain, value] : table_of(config / kDomainsFile)) domains.push_back(domain);
  return domains;
}

std::string primary_of(const std::filesystem::path& config) {
  constexpr std::string_view kRelay = "relay:";
  for (const auto& [domain, value] : table_of(config / kTransportFile)) {
    if (!value.starts_with(kRelay)) continue;
    std::string hop = value.substr(kRelay.size());
    constexpr std::string_view kV6 = "[ipv6:";
    return hop.starts_with(kV6) ? "[" + hop.substr(kV6.size()) : hop;
  }
  return {};
}

Result<void> hold_back(const std::filesystem::path& config, bool hold) {
  const std::string value = fmt::format("{}={}", kHoldSetting, hold ? kHeldTransport : "");
  const auto set = run_postfix({"postconf", "-c", config.string(), "-e", value}, kLongestSetting);
  if (!set) return tl::unexpected(set.error());
  const auto told = run_postfix({"postfix", "-c", config.string(), "reload"}, kLongestSetting);
  if (told) return {};
  // What is wrong stands in its log; mostly it is this.
  return fail(told.error().code,
              fmt::format("the setting is written, but Postfix could not be told ({}). Postfix is "
                          "not running there? Start it: the setting counts from then on",
                          told.error().message));
}

}  // namespace dienstbereit::fallback::mail
