# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Dienstbereit developers
# SPDX-License-Identifier: EUPL-1.2
#
# './dev story': from Friday to Wednesday with real servers, in at most five minutes. Leaves the
# notices and the pictures in build/lived.

live_story() {
  build_console
  (cd test/web && npm ci --no-audit --no-fund --ignore-scripts)
  ctest --test-dir build/release --verbose --no-tests=error -L lived
}

dev_story() {
  need build console test
  heading "building the program and the story"
  build_preset release dienstbereit lived_test
  live_story
}
