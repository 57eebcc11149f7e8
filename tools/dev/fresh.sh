# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Dienstbereit developers
# SPDX-License-Identifier: EUPL-1.2
#
# './dev fresh': follows the README in an empty Debian 12 that knows nothing of this machine but
# where its packages come from. Needs root, for chroot and mounts in a namespace of its own.

readonly SUITE=bookworm
readonly FRESH_CACHE=build/fresh-cache
readonly FRESH_USER=visitor
readonly FRESH_ADDRESS=127.0.0.1:8080
readonly TURN_SECONDS=10 # within which the page must show the surge
readonly BUILD_MINUTES=60

dev_fresh() {
  ((EUID == 0)) || die "'fresh' needs root: it mounts and changes root; try sudo ./dev fresh"
  need fresh
  mkdir -p "$FRESH_CACHE/archives/partial"
  local tree
  tree=$(mktemp -d "${TMPDIR:-/var/tmp}/dienstbereit-fresh-XXXXXX")
  # shellcheck disable=SC2064  # this tree
  trap "rm -rf --one-file-system '$tree'" EXIT
  chmod 755 "$tree" # the ordinary user must reach its root
  fresh_unpack "$tree"
  fresh_sources "$tree"
  git -c safe.directory='*' clone -q --no-hardlinks . "$tree/srv/dienstbereit"
  export -f fresh_inside fresh_mount fresh_as fresh_run fresh_page fresh_surge fresh_end heading die
  export SUITE FRESH_USER FRESH_ADDRESS TURN_SECONDS BUILD_MINUTES
  unshare --mount --pid --fork --kill-child --propagation private \
    bash -euo pipefail -c 'fresh_inside "$@"' bash "$tree" "$PWD/$FRESH_CACHE" "${1:-all}"
}

# An empty Debian, from the cache if there is one.
fresh_unpack() {
  local tree=$1 mirror base=$FRESH_CACHE/base.tar
  if [[ ! -e $base ]]; then
    heading "debootstrap $SUITE"
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' \
      "Codename: $SUITE" | head -n 1)
    debootstrap --variant=minbase --include=ca-certificates "$SUITE" "$tree" \
      "${mirror:-http://deb.debian.org/debian}" >"$FRESH_CACHE/debootstrap.log" ||
      die "debootstrap failed; see $FRESH_CACHE/debootstrap.log"
    rm -f "$tree"/var/cache/apt/archives/*.deb
    tar -C "$tree" -cf "$base.new" . && mv "$base.new" "$base"
  else
    tar -C "$tree" -xf "$base"
  fi
}

# Where packages come from, as this machine knows it: sources, their keys, apt's transport
# settings, name resolution and extra certificate authorities.
fresh_sources() {
  local tree=$1 file
  rm -f "$tree/etc/apt/sources.list"
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.{list,sources}; do
    [[ -e $file ]] && install -D -m 644 "$file" "$tree$file"
  done
  for file in /etc/apt/keyrings/* /etc/apt/trusted.gpg.d/* /usr/share/keyrings/*; do
    [[ -f $file && ! -e $tree$file ]] && install -D -m 644 "$file" "$tree$file"
  done
  for file in /etc/apt/apt.conf.d/*; do
    grep -qsi '^ *Acquire::' "$file" && install -D -m 644 "$file" "$tree$file"
  done
  # In the base system this may be a link to a file that is not there.
  rm -f "$tree/etc/resolv.conf"
  cat /etc/resolv.conf >"$tree/etc/resolv.conf"
  printf '127.0.0.1 localhost\n::1 localhost\n' >"$tree/etc/hosts"
  if [[ -n ${NODE_EXTRA_CA_CERTS:-} && -e $NODE_EXTRA_CA_CERTS ]]; then
    install -m 644 "$NODE_EXTRA_CA_CERTS" "$tree/etc/ssl/package-sources.pem"
  fi
}

# --- What follows runs in namespaces of its own, with no function of this file but the exported.

fresh_mount() {
  local tree=$1 cache=$2
  mount --bind "$tree" "$tree"
  mount -t proc proc /proc
  mount -t proc proc "$tree/proc"
  mount -t sysfs -o ro sysfs "$tree/sys"
  mount --rbind /dev "$tree/dev"
  mount -t tmpfs tmpfs "$tree/run"
  mount --bind "$cache/archives" "$tree/var/cache/apt/archives"
}

# fresh_as USER COMMAND...: in the tree, in the checkout, with a clean environment.
fresh_as() {
  local user=$1 home=/root variable settings=()
  shift
  [[ $user == root ]] || home=/home/$user
  for variable in http_proxy https_proxy no_proxy npm_config_registry; do
    [[ -n ${!variable:-} ]] && settings+=("$variable=${!variable}")
  done
  [[ -e $tree/etc/ssl/package-sources.pem ]] &&
    settings+=(NODE_EXTRA_CA_CERTS=/etc/ssl/package-sources.pem)
  chroot "$tree" /usr/bin/setpriv --reuid="$user" --regid="$user" --init-groups \
    env -i HOME="$home" USER="$user" LANG=C.UTF-8 TERM=dumb \
    PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "${settings[@]}" \
    sh -c 'cd /srv/dienstbereit && exec "$@"' sh "$@"
}

fresh_page() { curl -fsS --max-time 5 "http://$FRESH_ADDRESS/$1"; }

# Cuts the stage's power and waits until the page says so, in both languages.
fresh_surge() {
  local before deadline
  before=$(fresh_page "")
  fresh_as "$FRESH_USER" build/release/dienstbereit stage surge
  deadline=$((SECONDS + TURN_SECONDS))
  until [[ $(fresh_page "") != "$before" ]] &&
    fresh_page "" | grep -qE 'geschlossen|eingeschränkt' &&
    fresh_page en/ | grep -qE 'closed|limited'; do
    ((SECONDS < deadline)) || die "the page has not turned within $TURN_SECONDS s of the surge"
    sleep 0.5
  done
  echo "the page turned within $TURN_SECONDS s"
}

# './dev run' as the README says, up to the first page; then the surge; then Ctrl-C.
fresh_run() {
  local log=$tree/tmp/run.log pid deadline=$((SECONDS + BUILD_MINUTES * 60))
  fresh_as "$FRESH_USER" ./dev run > >(tee "$log") 2>&1 &
  pid=$!
  until grep -qs "^The public page: *http://$FRESH_ADDRESS/" "$log"; do
    kill -0 "$pid" 2>/dev/null || die "'./dev run' has ended before the page was there"
    ((SECONDS < deadline)) || die "no page after $BUILD_MINUTES minutes"
    sleep 1
  done
  fresh_page "" | grep -q '<html lang="de"' || die "what answers is not the public page"
  fresh_page en/ | grep -q '<html lang="en"' || die "the English page is missing"
  fresh_surge
  fresh_end "$pid"
}

# As Ctrl-C does, to './dev run' inside; both servers must be gone after it.
fresh_end() {
  # shellcheck disable=SC2046
  kill -TERM $(cat "/proc/$1/task/$1/children") # './dev run'; $1 waits for it
  wait "$1" || true
  if fresh_page "" >/dev/null 2>&1; then die "the server still answers after './dev run' ended"; fi
}

fresh_inside() {
  tree=$1
  fresh_mount "$tree" "$2"
  export tree
  cd /
  heading "an ordinary user with sudo"
  chroot "$tree" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin \
    DEBIAN_FRONTEND=noninteractive sh -ec 'apt-get -q update
      apt-get -q install -y --no-install-recommends sudo
      useradd -m -s /bin/bash "$1"; echo "$1 ALL=(ALL) NOPASSWD: ALL" >"/etc/sudoers.d/$1"
      chown -R "$1:" /srv/dienstbereit' sh "$FRESH_USER"
  heading "./dev run, as that user"
  fresh_run
  [[ $3 == run ]] && return
  heading "./dev test, as root"
  chroot "$tree" chown -R root: /srv/dienstbereit
  fresh_as root ./dev test
}
