# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Dienstbereit developers
# SPDX-License-Identifier: EUPL-1.2
#
# The Debian package: building it, checking it, and trying it as an administrator would.

readonly STAGED=build/package
readonly UNIT=lib/systemd/system/dienstbereit.service
readonly OUTPOST_UNIT=lib/systemd/system/dienstbereit-outpost.service
readonly MOST_EXPOSURE=20 # tenths, of systemd-analyze security; 100 is the worst

package_version() { sed -n 's/^project(dienstbereit VERSION \([0-9.]*\).*/\1/p' CMakeLists.txt; }
package_file() {
  echo "build/dienstbereit_$(package_version)_$(dpkg --print-architecture).deb"
}

# Text as a field of debian/copyright wants it.
as_field() { sed 's/^[[:space:]]*$/./; s/^/ /' "$1"; }

# packaging/copyright with the licence texts it names filled in.
copyright_text() {
  local line
  while IFS= read -r line; do
    case $line in
      @CONSOLE@) as_field "$CONSOLE/licences.txt" ;;
      @LICENSE@) as_field LICENSE ;;
      *) printf '%s\n' "$line" ;;
    esac
  done <packaging/copyright
}

# Every file of the package under $STAGED.
stage_files() {
  local doc=$STAGED/usr/share/doc/dienstbereit
  rm -rf "$STAGED"
  install -d "$STAGED/DEBIAN" "$doc" "$STAGED/usr/share/man/man1"
  install -D -m 755 build/release/dienstbereit "$STAGED/usr/bin/dienstbereit"
  strip --strip-unneeded --remove-section=.comment "$STAGED/usr/bin/dienstbereit"
  install -D -m 644 packaging/dienstbereit.service "$STAGED/$UNIT"
  install -D -m 644 packaging/dienstbereit-outpost.service "$STAGED/$OUTPOST_UNIT"
  install -D -m 644 -t "$STAGED/usr/share/dienstbereit/relay" packaging/relay/*.php
  install -D -m 644 packaging/dienstbereit-helper.service \
    "$STAGED/lib/systemd/system/dienstbereit-helper.service"
  install -d -m 755 "$STAGED/etc/dienstbereit/district"
  install -m 644 examples/vorlage/*.yaml "$STAGED/etc/dienstbereit/district/"
  install -d -m 755 "$STAGED/usr/share/dienstbereit"
  cp -r "$CONSOLE" "$STAGED/usr/share/dienstbereit/console"
  install -D -m 644 -t "$STAGED/usr/share/dienstbereit/forms" \
    examples/musterkreis/district/forms/*.yaml
  gzip -9n <packaging/dienstbereit.1 >"$STAGED/usr/share/man/man1/dienstbereit.1.gz"
  gzip -9n <packaging/changelog >"$doc/changelog.gz"
  copyright_text >"$doc/copyright"
  find "$STAGED" -type d -exec chmod 755 {} +
  find "$doc" "$STAGED/usr/share/man" "$STAGED/usr/share/dienstbereit" -type f -exec chmod 644 {} +
}

# The libraries the program is linked to, as a Depends list.
shared_libraries() {
  local work=build/shlibs
  mkdir -p "$work/debian"
  printf 'Source: dienstbereit\n\nPackage: dienstbereit\nArchitecture: any\n' \
    >"$work/debian/control"
  (cd "$work" && dpkg-shlibdeps -O "../../$STAGED/usr/bin/dienstbereit" 2>/dev/null) |
    sed -n 's/^shlibs:Depends=//p'
}

control_files() {
  local shlibs size script
  shlibs=$(shared_libraries)
  [[ -n $shlibs ]] || die "dpkg-shlibdeps found no libraries of $STAGED/usr/bin/dienstbereit"
  size=$(du -sk --apparent-size "$STAGED" | cut -f1)
  sed "s/@VERSION@/$(package_version)/; s/@ARCH@/$(dpkg --print-architecture)/
    s/@SIZE@/$size/; s/@SHLIBS@/$shlibs/" packaging/control.in >"$STAGED/DEBIAN/control"
  for script in postinst prerm postrm; do
    install -m 755 "packaging/$script" "$STAGED/DEBIAN/$script"
  done
  (cd "$STAGED" && find etc -type f -printf '/%p\n' | sort) >"$STAGED/DEBIAN/conffiles"
  (cd "$STAGED" && find usr lib -type f -exec md5sum {} + | sort -k2) >"$STAGED/DEBIAN/md5sums"
  chmod 644 "$STAGED"/DEBIAN/{control,conffiles,md5sums}
}

build_package() {
  stage_files
  control_files
  fakeroot dpkg-deb -Zxz --root-owner-group --build "$STAGED" "$(package_file)"
}

# The console's pages with all they load, the licences of what they hold, the forms, and a word in
# the manual on each command: what no other tool misses.
check_contents() {
  local share=$STAGED/usr/share/dienstbereit page part name manual commands missing=()
  manual=$(sed 's/\\//g' packaging/dienstbereit.1)
  for page in index.html office.html sw.js licences.txt; do
    [[ -s $share/console/$page ]] || missing+=("console/$page")
  done
  while IFS= read -r part; do
    [[ -s $share/console/$part ]] || missing+=("console/$part, which a page loads")
  done < <(grep -oh 'assets/[A-Za-z0-9._-]*' "$share"/console/{*.html,sw.js} | sort -u)
  while IFS= read -r name; do
    grep -qF "$name" "$STAGED/usr/share/doc/dienstbereit/copyright" || missing+=("licence of $name")
  done < <(grep -E '^[@a-z][^ ]* [0-9.]+, [A-Z]' "$share/console/licences.txt" ||
    echo '(none found)')
  grep -q . "$share"/forms/*.yaml || missing+=("forms")
  commands=$("$STAGED/usr/bin/dienstbereit" --help |
    sed -n '/^Subcommands:/,/^$/s/^  \([a-z-]*\) .*/\1/p')
  for name in ${commands:-"(none found)"}; do
    grep -qE "(^\.B[IR]? \"?|\", \" |fB )$name( |\"|$)" <<<"$manual" ||
      missing+=("command $name in the manual")
  done
  ((${#missing[@]} == 0)) || die "the package lacks: $(printf '%s; ' "${missing[@]}")"
}

check_package() {
  check_contents
  local root=() file
  file=$(package_file)
  ((EUID == 0)) && root=(--allow-root)
  lintian "${root[@]}" --fail-on error,warning --tag-display-limit 0 "$file"
  # Against this machine's units, and the program where it is now.
  mkdir -p build/verify
  local unit
  for unit in "$UNIT" "$OUTPOST_UNIT"; do
    sed "s#^ExecStart=/usr#ExecStart=$PWD/$STAGED/usr#" "$STAGED/$unit" \
      >"build/verify/${unit##*/}"
    systemd-analyze verify --man=no "$PWD/build/verify/${unit##*/}"
    systemd-analyze security --offline=yes --threshold="$MOST_EXPOSURE" --no-pager \
      "$STAGED/$unit" | tail -n 1
  done
}

dev_package() {
  dev_build
  need package
  heading "building the package"
  build_package
  check_package
  heading "$(package_file)"
}

# Installs the package, runs its ExecStart as its user on a folder and port of its own, fetches the
# page, removes the package. Root only.
try_package() {
  is_installed dienstbereit &&
    die "the package dienstbereit is installed here; this test would remove it"
  dpkg -i "$(package_file)"
  local status=0
  (run_installed) || status=$?
  dpkg --purge dienstbereit
  [[ ! -e /usr/bin/dienstbereit ]] || status=1
  rm -rf /var/lib/dienstbereit
  return "$status"
}

run_installed() {
  local address=127.0.0.1:18080 folder command pid status=0
  folder=$(mktemp -d /tmp/dienstbereit-package-XXXXXX)
  chown dienstbereit:dienstbereit "$folder"
  [[ $(stat -c '%U %a' /var/lib/dienstbereit) == "dienstbereit 750" ]] || return 1
  command=$(sed -n 's/^ExecStart=//p' "/$UNIT")
  command=${command//'${LISTEN}'/$address}
  command=${command//\/var\/lib\/dienstbereit/$folder}
  # shellcheck disable=SC2086  # the unit's words, split as systemd splits them
  setpriv --reuid=dienstbereit --regid=dienstbereit --init-groups --no-new-privs \
    --bounding-set=-all env -i PATH=/usr/bin:/bin $command >"$folder.log" 2>&1 &
  pid=$!
  (await_page "$address" "$pid" "$folder.log") || status=1
  ((status == 0)) && { curl -fsS "http://$address/" | grep -q '<html lang="de"' || status=1; }
  kill "$pid" 2>/dev/null || status=1
  wait "$pid" || true
  rm -rf "$folder" "$folder.log"
  return "$status"
}
