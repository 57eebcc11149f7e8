// SPDX-FileCopyrightText: 2026 The Dienstbereit developers
// SPDX-License-Identifier: EUPL-1.2
#include "probes/probe_run.h"

namespace dienstbereit::servers {
namespace {

constexpr const char* kPlugins = "/usr/lib/nagios/plugins/";

PluginProbe plugin(const std::string& name, std::vector<std::string> arguments) {
  PluginProbe probe;
  probe.command = {kPlugins + name};
  probe.command.insert(probe.command.end(), arguments.begin(), arguments.end());
  return probe;
}
PluginProbe script(const std::string& text) { return {{"/bin/sh", "-c", text}}; }

TEST(Plugin, DebiansOwnSayAllThatTheyCan) {
  EXPECT_SAID(run(plugin("check_dummy", {"0", "all is well"})), Success, "", "OK: all is well");
  EXPECT_SAID(run(plugin("check_dummy", {"1", "not quite"})), Slow, "plugin", "WARNING: not quite");
  EXPECT_SAID(run(plugin("check_dummy", {"2", "it is gone"})), Failure, "plugin",
              "CRITICAL: it is gone");
  EXPECT_SAID(run(plugin("check_dummy", {"3", "who knows"})), Broken, "plugin",
              "probe broken: the plugin cannot say: UNKNOWN: who knows");
}

TEST(Plugin, ValuesAreReadAndAStoppedServerIsCritical) {
  EXPECT_SAID(run(plugin("check_load", {"-w", "999,999,999", "-c", "999,999,999"})), Success, "",
              "load1=");
  Nginx nginx("location / { return 200 ok; }", false);
  const auto tcp = plugin("check_tcp", {"-H", "127.0.0.1", "-p", std::to_string(nginx.port())});
  EXPECT_SAID(run(tcp), Success, "", "time=");
  nginx.stop();
  EXPECT_SAID(run(tcp), Failure, "plugin", "refused");
  nginx.start();
  EXPECT_SAID(run(tcp), Success, "", "TCP OK");
}

TEST(Plugin, WhatKeepsToNoRuleIsBrokenAndNoOutage) {
  EXPECT_SAID(run(script("echo strange; exit 4")), Broken, "plugin", "ended with 4");
  EXPECT_SAID(run(script("kill -9 $$")), Broken, "plugin", "ended with 137");
  EXPECT_SAID(run(PluginProbe{{"/no/such/plugin"}}), Broken, "plugin", "is its package installed");
  EXPECT_SAID(run(PluginProbe{{"relative"}}), Broken, "plugin", "absolute path");
  EXPECT_SAID(run(script("yes | head -c 5000000")), Broken, "plugin", "prints more");
  EXPECT_SAID(run(script("echo only on stderr >&2; exit 2")), Failure, "plugin", "only on stderr");
}

TEST(Plugin, OneThatHangsIsEndedWithItsChildren) {
  const TempFolder folder;
  const auto mark = (folder.path() / "pid").string();
  const auto began = std::chrono::steady_clock::now();
  const auto result = run(script("sh -c 'echo $$ > " + mark + "; exec sleep 60' & wait"), {},
                          std::chrono::milliseconds(1500));
  EXPECT_EQ(result.outcome, ProbeOutcome::Broken) << said(result);
  EXPECT_TRUE(contains(result.detail, "in time")) << said(result);
  EXPECT_LT(std::chrono::steady_clock::now() - began, std::chrono::seconds(30));
  // Killed at once; whoever inherits it has buried it soon, or it is a zombie.
  const std::string state =
      run_program({"/bin/sh", "-c",
                   "cat /proc/$(cat " + mark + ")/status 2>/dev/null | grep State || echo gone"});
  EXPECT_TRUE(contains(state, "gone") || contains(state, "Z")) << state;
}

TEST(Plugin, LongOutputIsCutAndNotRefused) {
  EXPECT_SAID(run(script("head -c 100000 /dev/zero | tr '\\0' x; exit 1")), Slow, "plugin", "xxx");
}

}  // namespace
}  // namespace dienstbereit::servers
