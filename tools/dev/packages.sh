# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Dienstbereit developers
# SPDX-License-Identifier: EUPL-1.2
#
# Debian packages: which are missing, and how they are installed.

readonly POLICY=/usr/sbin/policy-rc.d
readonly NODE_FLOOR=18

heading() { printf '\n=== %s\n' "$*"; }
die() {
  echo "./dev: $*" >&2
  exit 1
}

as_root() {
  if ((EUID == 0)); then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo "$@"
  else
    die "packages are missing and there is no sudo; run as root: $*"
  fi
}

is_installed() {
  [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]
}

# True if there is a Node.js that is new enough; then Debian's own is not asked for, since packages
# of Node's makers conflict with Debian's npm.
has_node() {
  local version
  command -v npm >/dev/null || return 1
  version=$(node --version 2>/dev/null) || return 1
  version=${version#v}
  ((${version%%.*} >= NODE_FLOOR))
}

# The packages of the named lists that are not installed, one a line.
missing_packages() {
  local list name
  for list in "$@"; do
    while read -r name; do
      [[ -z $name || $name == \#* ]] && continue
      [[ $name == nodejs || $name == npm ]] && has_node && continue
      is_installed "$name" || echo "$name"
    done <"tools/packages/$list.txt"
  done | sort -u
}

# need LIST...: installs what is missing, after printing it.
need() {
  local missing
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]} == 0)) && return
  heading "Debian packages to install (${#missing[@]})"
  printf '  %s\n' "${missing[@]}"
  [[ " ${missing[*]} " == *" libboost1.81-dev "* ]] && refuse_old_boost
  install_packages "${missing[@]}"
}

refuse_old_boost() {
  local old
  for old in libboost-dev libboost-all-dev libboost1.74-dev; do
    if is_installed "$old"; then
      die "'$old' (Boost 1.74) is installed and conflicts with libboost1.81-dev, which this" \
        "program needs. Remove it first: apt-get remove $old"
    fi
  done
}

# Without starting or enabling any service: policy-rc.d answers 101 meanwhile.
install_packages() {
  local placed=no status=0
  if [[ ! -e $POLICY ]]; then
    placed=yes
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$POLICY" >/dev/null
    as_root chmod 755 "$POLICY"
  fi
  as_root env DEBIAN_FRONTEND=noninteractive sh -c '
    apt-get -q update && apt-get -q install -y --no-install-recommends "$@"' sh "$@" || status=$?
  [[ $placed == yes ]] && as_root rm -f "$POLICY"
  ((status == 0)) || die "apt-get could not install the packages; its message stands above"
}
