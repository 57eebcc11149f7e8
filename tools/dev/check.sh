# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Dienstbereit developers
# SPDX-License-Identifier: EUPL-1.2
#
# './dev check': what takes longer than a commit should wait for.

sources() { find src test -name '*.cpp' -o -name '*.h' | sort; }

check_format() {
  if [[ ${1:-} == --fix ]]; then
    sources | xargs clang-format-19 -i
  else
    sources | xargs clang-format-19 --dry-run --Werror ||
      die "the files above are not formatted; './dev check --fix' formats them"
  fi
}

check_scripts() {
  shellcheck -x dev .ci/run
  shellcheck packaging/postinst packaging/prerm packaging/postrm
}

check_clang_tidy() {
  build_preset release all unit_tests
  run-clang-tidy-19 -quiet -p build/release -j "$JOBS" "$PWD/(src|test)/.*\.cpp$" \
    >build/clang-tidy.log 2>build/clang-tidy.errors ||
    {
      grep -E 'warning:|error:' build/clang-tidy.log | sort -u
      die "clang-tidy has found something; the whole text is in build/clang-tidy.log"
    }
}

dev_check() {
  local minutes=${FUZZ_MINUTES:-10} names
  need build console check
  mkdir -p build
  heading "formatting"
  check_format "${1:-}"
  [[ ${1:-} == --fix ]] && return
  heading "shellcheck"
  check_scripts
  heading "console"
  check_console
  heading "clang-tidy (some minutes)"
  check_clang_tidy
  heading "fuzzing for $minutes minutes in all"
  build_preset fuzz fuzz_targets
  mapfile -t names < <(fuzz_targets)
  dev_fuzz "" "$((minutes * 60 * JOBS / ${#names[@]} + 1))"
}
