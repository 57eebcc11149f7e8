# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Dienstbereit developers
# SPDX-License-Identifier: EUPL-1.2
#
# './dev test': every step runs, even after a failure; what failed is said again at the end, and
# the last line counts.

readonly NOT_UNIT='servers|story|lived|tidy|bench' # labels of ctest that are steps of their own
# Folders with threads: their unit tests run under the thread sanitizer too.
readonly THREADED='runtime engine journal web'
readonly FUZZ_SECONDS=20 # each target
PASSED=0
FAILED=0
SUMMARY=()
WHY=() # what the failed steps said

# step NAME FUNCTION...: runs it in a shell of its own with its output in a log and on the
# terminal, counts what the test programs counted, or itself if none did.
step() {
  local name=$1 log started=$SECONDS status=0 passed failed
  shift
  log=build/test-logs/${name// /-}.log
  heading "$name"
  set +e
  (
    set -euo pipefail
    "$@"
  ) 2>&1 | tee "$log"
  status=${PIPESTATUS[0]}
  set -e
  read -r passed failed < <(counted "$log")
  if ((passed + failed == 0)); then passed=$((status == 0)); fi
  if ((status != 0 && failed == 0)); then failed=1; fi
  PASSED=$((PASSED + passed))
  FAILED=$((FAILED + failed))
  SUMMARY+=("$(printf '%-34s %6d s %6d passed %4d failed' "$name" "$((SECONDS - started))" \
    "$passed" "$failed")")
  echo "${SUMMARY[-1]}"
  if ((status != 0)); then WHY+=("--- $name"$'\n'"$(why "$log")"); fi
}

# What failed, by the blocks of GoogleTest and of node's test runner; else the end of the log.
why() {
  local found
  found=$(awk '/: Failure$/ || /^ *not ok / { left = 15 }
               left > 0 { print substr($0, 1, 400); --left; if (++said == 80) exit }' "$1")
  if [[ -n $found ]]; then echo "$found"; else tail -n 30 "$1"; fi
}

# "PASSED FAILED" by the closing lines of ctest and of node's test runner.
counted() {
  awk '/tests passed, [0-9]+ tests? failed out of [0-9]+/ {
         match($0, /[0-9]+ tests? failed/); failed += substr($0, RSTART) + 0
         match($0, /out of [0-9]+/); total += substr($0, RSTART + 7) + 0 }
       /^(#|ℹ) pass [0-9]+/ { total += $3 }
       /^(#|ℹ) fail [0-9]+/ { total += $3; failed += $3 }
       END { print total - failed, failed + 0 }' "$1"
}

# run_ctest PRESET ARGUMENT...
run_ctest() {
  local preset=$1
  shift
  ctest --test-dir "build/$preset" --output-on-failure --no-tests=error --timeout 600 \
    -j "$JOBS" "$@"
}

test_tidy() {
  python3 test/tidy/tidy.py --selftest
  python3 test/tidy/tidy.py
}

test_release_build() { build_preset release all unit_tests; }
test_units() { run_ctest release -LE "$NOT_UNIT"; }
test_servers() { run_ctest release -L servers -j 1; }
test_stories() { run_ctest release -L story -j 1; }

test_lived() { live_story; }

test_asan() {
  build_preset asan unit_tests
  ASAN_OPTIONS=detect_leaks=1:strict_string_checks=1:detect_stack_use_after_return=1 \
    UBSAN_OPTIONS=print_stacktrace=1 run_ctest asan -LE "$NOT_UNIT"
}

test_tsan() {
  local folders
  read -ra folders <<<"$THREADED"
  build_preset tsan "${folders[@]/%/_test}"
  TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1 \
    run_ctest tsan -R "^(${THREADED// /|})\$"
}

test_fuzz() {
  build_preset fuzz fuzz_targets
  fuzz_each "$FUZZ_SECONDS"
}

# In Debian's Chromium, with Debian's Node.js or a newer one. TAP, since that is never coloured.
test_browser() {
  local release=$PWD/build/release
  build_console
  cd test/web
  npm ci --no-audit --no-fund --ignore-scripts
  SERVE_STATES=$release/test/web/serve_states DIENSTBEREIT=$release/dienstbereit \
    node --test --test-reporter=tap
}

test_package() {
  build_console
  build_package
  check_package
  if ((EUID == 0)); then
    try_package
  else
    echo "not root: the package is built and checked, but not installed"
  fi
}

dev_test() {
  export CI=${CI:-true}
  local started=$SECONDS
  exec </dev/null
  need build console package test
  mkdir -p build/test-logs
  step "tidy" test_tidy
  step "release build" test_release_build
  step "unit tests" test_units
  step "console" test_console
  step "server tests" test_servers
  step "stories" test_stories
  step "lived story" test_lived
  step "browser tests" test_browser
  step "package" test_package
  step "address sanitizer" test_asan
  step "thread sanitizer" test_tsan
  step "fuzz targets" test_fuzz
  heading "all steps, $(((SECONDS - started) / 60)) min"
  printf '%s\n' "${WHY[@]}" "${SUMMARY[@]}"
  echo "$PASSED passed, $FAILED failed"
  ((FAILED == 0))
}
