// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include <fmt/format.h>

#include "base/text.h"
#include "probe/kinds.h"
#include "probe/plugin/output.h"
#include "runtime/program/program.h"

namespace dienstbereit::probe {
namespace {

constexpr std::size_t kMostRead = 1u << 20;  // bytes; a plugin that prints more is ended
constexpr std::size_t kShownText = 160;      // bytes of its words in a sentence
constexpr std::size_t kShownValues = 5;

// What it exits with.
constexpr int kOk = 0;
constexpr int kWarning = 1;
constexpr int kCritical = 2;
constexpr int kUnknown = 3;

std::string sentence(const PluginOutput& output, const std::string& errors) {
  std::string text = clean(output.text, kShownText);
  if (text.empty()) text = clean(errors, kShownText);
  if (text.empty()) text = "it says nothing";
  std::string values;
  for (std::size_t i = 0; i < std::min(output.values.size(), kShownValues); ++i) {
    const PluginValue& one = output.values[i];
    values += fmt::format("{}{}={:g}{}", i == 0 ? "" : ", ", one.label, one.value, one.unit);
  }
  return values.empty() ? text : fmt::format("{} ({})", text, values);
}

Verdict unknown(std::string why) {
  return {ProbeOutcome::Broken, "plugin", fmt::format("probe broken: {}", why)};
}

Verdict judge(const std::string& program, const runtime::ProgramEnd& end,
              const PluginOutput& output) {
  const std::string said = sentence(output, end.errors);
  switch (end.status) {
    case kOk:
      return succeeded(said);
    case kWarning:
      return {ProbeOutcome::Slow, "plugin", said};
    case kCritical:
      return failed("plugin", said);
    case kUnknown:
      return unknown(fmt::format("the plugin cannot say: {}", said));
    default:
      return unknown(
          fmt::format("'{}' ended with {}, which no plugin does: {}", program, end.status, said));
  }
}

}  // namespace

Async<Verdict> run_plugin(const PluginProbe& probe, Run& run) {
  run.enter("plugin");
  if (probe.command.empty() || !probe.command.front().starts_with('/')) {
    co_return unknown("the command does not begin with an absolute path");
  }
  std::string text;
  std::size_t read = 0;
  runtime::TakeOutput take = [&text, &read](std::string_view piece) {
    read += piece.size();
    text.append(piece.substr(0, kMostPluginOutput - text.size()));
    return read <= kMostRead;
  };
  runtime::Program program{probe.command, {}};
  const auto end = co_await runtime::run_program(std::move(program), std::move(take));
  if (!end) co_return unknown(end.error().message);
  co_return judge(probe.command.front(), *end, parse_plugin_output(text));
}

}  // namespace dienstbereit::probe
