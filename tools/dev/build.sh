# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Dienstbereit developers
# SPDX-License-Identifier: EUPL-1.2
#
# Configuring and building, one tree a preset under build/.

# One cache for all checkouts of this machine.
export CCACHE_NOHASHDIR=1 CCACHE_BASEDIR=$PWD
export NINJA_STATUS='[%f/%t %es] '
JOBS=${JOBS:-$(nproc)}

# build_preset PRESET TARGET...
build_preset() {
  local preset=$1
  shift
  cmake --preset "$preset" >"build/$preset.configure.log" 2>&1 || {
    cat "build/$preset.configure.log" >&2
    return 1
  }
  ninja -C "build/$preset" -j "$JOBS" "$@"
}

dev_build() {
  need build console
  mkdir -p build
  heading "building build/release/dienstbereit"
  build_preset release dienstbereit
  heading "building $CONSOLE"
  build_console
}

dev_bench() {
  need build bench
  mkdir -p build
  heading "building the benchmarks"
  build_preset release dienstbereit benches
  local bench report=build/benchmarks.md
  {
    echo "# Benchmarks"
    echo
    echo "Written by \`./dev bench\` on $(date -u +%F), $(nproc) cores," \
      "$(grep -m1 'model name' /proc/cpuinfo | cut -d: -f2 | xargs). Compare the ratios: each is" \
      "of one run."
  } >"$report"
  while read -r bench; do
    heading "$(basename "$bench")"
    printf '\n## %s\n\n```text\n' "$(basename "$bench" _bench)" >>"$report"
    "$bench" | tee -a "$report"
    echo '```' >>"$report"
  done < <(find build/release/test/bench -type f -name '*_bench' -perm -u+x | sort)
  mv "$report" docs/benchmarks.md
  heading "docs/benchmarks.md is written"
}

# The names of all fuzz targets of the built tree.
fuzz_targets() {
  find build/fuzz/src -type f -name '*_fuzz' -perm -u+x -printf '%f\n' | sort
}

# fuzz_one TARGET SECONDS: prints the executions; what breaks it is kept under build/fuzz/found.
fuzz_one() {
  local target=$1 seconds=$2 program work=build/fuzz/work/$1 log=build/fuzz/work/$1.log corpus=()
  program=$(find build/fuzz/src -type f -name "$target" -perm -u+x | head -n 1)
  [[ -n $program ]] || die "no fuzz target '$target'; there are: $(fuzz_targets | xargs)"
  mkdir -p "$work" build/fuzz/found
  [[ -d test/fuzz/$target ]] && corpus=("test/fuzz/$target")
  if ! "$program" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -print_final_stats=1 \
    -artifact_prefix="build/fuzz/found/$target-" "$work" "${corpus[@]}" >"$log" 2>&1; then
    tail -n 40 "$log"
    echo "$target: broken; the input is under build/fuzz/found"
    return 1
  fi
  printf '%-24s %12s executions\n' "$target" \
    "$(sed -n 's/^stat::number_of_executed_units: *//p' "$log")"
}

# fuzz_each SECONDS [TARGET...]: all targets unless some are named, one a core at a time: each
# target has a single thread.
fuzz_each() {
  local seconds=$1 names=("${@:2}") name running=0 broken=0
  ((${#names[@]})) || mapfile -t names < <(fuzz_targets)
  ((${#names[@]})) || die "no fuzz targets under build/fuzz/src"
  for name in "${names[@]}"; do
    if ((running == JOBS)); then
      wait -n || broken=1
      running=$((running - 1))
    fi
    fuzz_one "$name" "$seconds" &
    running=$((running + 1))
  done
  for (( ; running > 0; running--)); do
    wait -n || broken=1
  done
  return "$broken"
}

dev_fuzz() {
  local seconds=${2:-20}
  need build check
  mkdir -p build
  heading "building the fuzz targets"
  build_preset fuzz fuzz_targets
  heading "fuzzing, $seconds s each"
  fuzz_each "$seconds" ${1:+"$1"}
}
