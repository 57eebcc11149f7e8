# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Dienstbereit developers
# SPDX-License-Identifier: EUPL-1.2
#
# The pages of counters and back offices (console/), built into build/console.

readonly CONSOLE=build/console
# What the pages are made of; two style sheets are those of the public and the operators' pages.
readonly CONSOLE_SOURCES=(console/src console/index.html console/office.html console/vite.config.ts
  console/svelte.config.js console/tsconfig.json console/package-lock.json src/web/pages/style.css
  src/web/pages/icon.svg src/web/operate/operate.css)

# Installs what the lock file names, if that has not been done since it last changed.
install_console() {
  local stamp=console/node_modules/.installed
  [[ $stamp -nt console/package-lock.json ]] && return
  (cd console && npm ci --no-audit --no-fund --ignore-scripts)
  touch "$stamp"
}

build_console() {
  if [[ -e $CONSOLE/sw.js && -z $(find "${CONSOLE_SOURCES[@]}" -newer "$CONSOLE/sw.js") ]]; then
    return
  fi
  install_console
  (cd console && npm run --silent build)
}

# Types, accessibility warnings of the compiler, and rules such as "nothing is logged".
check_console() {
  install_console
  (cd console && npm run --silent check)
}

test_console() {
  build_console
  check_console
  (cd console && npm run --silent test)
}
