# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Dienstbereit developers
# SPDX-License-Identifier: EUPL-1.2
#
# './dev run': the model district and its stage.

readonly PROGRAM=build/release/dienstbereit
readonly EXAMPLE=examples/musterkreis
readonly START_SECONDS=30
RUNNING=() # processes of './dev run', ended with it

end_running() {
  trap - EXIT INT TERM
  local pid
  for pid in "${RUNNING[@]}"; do kill "$pid" 2>/dev/null || true; done
  for pid in "${RUNNING[@]}"; do wait "$pid" 2>/dev/null || true; done
}

# The first line of the answer to GET / at ADDR:PORT; nothing if none comes.
first_line() {
  local address=$1
  (
    exec 3<>"/dev/tcp/${address%:*}/${address##*:}" || exit 1
    printf 'GET / HTTP/1.1\r\nHost: %s\r\nConnection: close\r\n\r\n' "$address" >&3
    IFS= read -r -t 5 line <&3 && echo "$line"
  ) 2>/dev/null
}

# await_page ADDR:PORT PID LOG: until the page is there, or the process has ended.
await_page() {
  local address=$1 pid=$2 log=$3 end=$((SECONDS + START_SECONDS))
  while ((SECONDS < end)); do
    [[ $(first_line "$address") == *" 200 "* ]] && return
    kill -0 "$pid" 2>/dev/null || break
    sleep 0.2
  done
  cat "$log" >&2
  die "no page at http://$address/; the program's own words stand above"
}

# await_line FILE TEXT PID
await_line() {
  local end=$((SECONDS + START_SECONDS))
  while ((SECONDS < end)) && kill -0 "$3" 2>/dev/null; do
    grep -q "$2" "$1" && return
    sleep 0.2
  done
  grep -q "$2" "$1" && return
  cat "$1" >&2
  die "the stage did not start; its own words stand above"
}

dev_run() {
  local address=${1:-127.0.0.1:8080} data=build/run
  [[ -n $(first_line "$address") ]] &&
    die "something answers at $address already; end it, or give another: ./dev run 127.0.0.1:8090"
  dev_build
  mkdir -p "$data"
  heading "starting the stage and the model district"
  trap end_running EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM
  "$PROGRAM" stage run "$EXAMPLE/stage.yaml" >"$data/stage.log" 2>&1 &
  RUNNING+=("$!")
  await_line "$data/stage.log" '^stage ready' "${RUNNING[0]}"
  "$PROGRAM" serve --listen "$address" --data "$data/data" "$EXAMPLE/district" \
    >"$data/serve.log" 2>&1 &
  RUNNING+=("$!")
  await_page "$address" "${RUNNING[1]}" "$data/serve.log"
  cat <<TEXT

The public page:   http://$address/       (English: http://$address/en/)
Cut the power:     $PROGRAM stage surge
Give it back:      $PROGRAM stage start all
End both:          Ctrl-C        (logs: $data/stage.log, $data/serve.log)
TEXT
  wait -n "${RUNNING[@]}" || true
  tail -n 5 "$data/stage.log" "$data/serve.log" >&2
  die "one of the two has ended; its last words stand above"
}
