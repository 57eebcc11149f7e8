#!/usr/bin/env python3
# SPDX-FileCopyrightText: 2026 The Dienstbereit developers
# SPDX-License-Identifier: EUPL-1.2
"""Holds the repository to DESIGN and CONVENTIONS: layers, lengths, banned calls and words.

tidy.py [ROOT]      checks the tree, prints one line a finding, exits 1 if there is any
tidy.py --selftest  checks that every rule finds the bad snippet made for it
"""
import os
import re
import subprocess
import sys
from pathlib import Path

# --- The layers: a folder of src/ and the folders it may include (its own is always allowed).
CORE = ["core/cause", "core/evidence", "core/health", "core/impact", "core/incident",
        "core/interim", "core/notice", "core/outpost", "core/readiness", "core/recovery"]
LAYERS = {
    "base": [],
    "model": ["base"],
    "graph": ["model", "base"],
    **{core: ["graph", "model", "base"] for core in CORE},
    "calc": CORE + ["graph", "model", "base"],
    "config": ["model", "base"],
    "sqlite": ["base"],
    "journal": ["sqlite", "model", "base"],
    "accounts": ["sqlite", "model", "base"],
    "subscribers": ["sqlite", "model", "base"],
    "intake": ["accounts", "sqlite", "model", "base"],
    "view": ["model", "base"],
    "words": ["view", "model", "base"],
    "runtime": ["base"],
    "engine": CORE + ["journal", "graph", "model", "base"],
    "probe": ["model", "runtime", "base"],
    "helper": ["config", "model", "base"],
    "fallback": ["helper", "model", "runtime", "base"],
    "notify": ["model", "runtime", "base"],
    "publish": ["model", "runtime", "base"],
    "outpost": ["config", "core/health", "journal", "probe", "publish", "sqlite", "model",
                "runtime", "base"],
    "pdf": ["base"],
    "handbook": ["pdf", "words", "view", "graph", "model", "base"],
    "web": ["pdf", "words", "view", "model", "runtime", "base"],
    "stage": ["config", "base"],
    "story": ["config", "engine", "core/recovery", "journal", "words", "view", "model", "base"],
}
LAYERS["app"] = list(LAYERS)
LAYERS["main"] = ["app", "base"]

# --- Outside libraries: a prefix of an include and where it may stand. Tests may use any.
OUTSIDE = {
    "sqlite3.h": ["sqlite", "journal"],
    "yaml-cpp/": ["config"],
    "spdlog/": ["base/log.cpp"],
    "CLI/": ["app", "main"],
    "boost/beast": ["runtime", "probe", "web", "app"],
    "boost/asio": ["runtime", "probe", "web", "app", "fallback", "notify", "publish"],
    "boost/": ["runtime", "probe", "web", "app", "fallback", "notify", "publish"],
    "openssl/": ["base/base64.cpp", "base/hash.cpp", "accounts", "handbook/seal.cpp", "runtime",
                 "probe", "web", "app"],
    "ares": ["runtime", "probe"],
    "libpq-fe.h": ["probe"],
    "postgresql/": ["probe"],
    "curl/": ["notify", "fallback", "publish"],
    "sodium": ["accounts", "intake", "helper", "web", "runtime", "app", "base"],
    "brotli/": ["web"],
    "hpdf.h": ["pdf"],
    "zlib.h": ["base/gzip.cpp"],
    "qrencode.h": ["web/operate"],
    "xxhash.h": ["base", "web", "graph", "engine"],
}

# --- Limits of CONVENTIONS.
FUNCTION_LINES = 70
SOURCE_LINES = 600
HEADER_LINES = 300
COLUMNS = 100
FOLDER_FILES = 30
LARGEST_FILE = 300_000  # bytes

# --- Calls: a pattern, where it is allowed, and what to do instead.
WALL_CLOCK = ["runtime/clock", "base/log"]
CALLS = [
    (r"\bsystem_clock::now\b|\bgettimeofday\s*\(|\bCLOCK_REALTIME\b|\btime\s*\((nullptr|NULL)\)",
     WALL_CLOCK, "time arrives as data; only runtime/clock reads the clock"),
    (r"\bsteady_clock::now\b|\bCLOCK_MONOTONIC\b",
     ["runtime", "probe", "web", "stage", "app", "journal", "engine", "publish", "fallback",
      "helper"],
     "deciders take time as data"),
    (r"\bsleep_for\b|\bsleep_until\b|\b(u|nano)?sleep\s*\(", [], "wait on a timer or an event"),
    (r"\bstd::(j)?thread\b(?!::id|::hardware)|\bstd::async\b|\bpthread_create\b",
     ["runtime", "app", "web", "engine", "helper"], "three threads only: see ARCHITECTURE.md"),
    (r"\bgetaddrinfo\s*\(|\bgethostbyname\w*\s*\(", [], "resolve with runtime's c-ares"),
    (r"\bstr(n)?cpy\s*\(|\bstrcat\s*\(|\bv?sprintf\s*\(|\bgets\s*\(|\balloca\s*\(", [],
     "use std::string and fmt"),
    (r"\bstd::rand\b|[^\w]s?rand\s*\(", [], "use a seeded engine, or libsodium for secrets"),
    (r"\bsystem\s*\(|\bpopen\s*\(", [], "no shell"),
    (r"^\s*throw\b(?!\s*;)", [], "exceptions are never ours: return a Result"),
    (r"\busing namespace std\s*;", [], "qualify"),
]
# Tests may read clocks, start threads and throw; they may not sleep. Indices of CALLS.
TEST_FREE = {0, 1, 3, 8}

BANNED_NAME = re.compile(
    r"\b(?:class|struct|enum(?: class)?)\s+(\w*(?:Manager|Helper|Utils?|Info))\b")
SKIPPED_TEST = re.compile(r"\bGTEST_SKIP\b|\bDISABLED_\w|\b(?:test|it|describe)\.(?:skip|todo)\b")
# Words of one developer's machine. Written in pieces, so that this file passes its own rule.
WORKPLACE = [
    (r"(?<![\w.~-])/" + r"(?:work|root)/[\w.]", "an absolute path of one machine"),
    (r"(?<![\w.])/home/" + r"(?!\$|USER|user\b|dienstbereit)[a-z]\w+/", "a home folder"),
    (r"(?<![\w.])/Users/" + r"\w+/", "a home folder"),
    (r"(?:://|@)[\w.-]+\.(?:internal|lan|corp|localdomain)" + r"\b", "a private host name"),
    (r"://[\w.-]*(?:artifactory|nexus|artifact-?registry|verdaccio)" + r"", "a private registry"),
    (r"\b10\.255\.\d+" + r"\.\d+\b", "an address of one machine"),
    (r'"resolved": ' + r'"http', "a lock file that names its registry"),
]
TEXT_SUFFIXES = {".h", ".cpp", ".py", ".md", ".txt", ".cmake", ".yaml", ".yml", ".json", ".sh",
                 ".js", ".mjs", ".ts", ".css", ".html", ".svg", ".csv", ".service", ".conf", ""}
LONG_LINES = {"LICENSE"}          # texts of others
LONG_SUFFIXES = {".css", ".md", ".json", ".yaml", ".csv", ".svg", ".txt", ".html", ".golden",
                 ".service"}
SPDX = ["SPDX-FileCopyrightText: ", "SPDX-License-Identifier: EUPL-1.2"]
SPDX_SUFFIXES = {".h", ".cpp", ".py", ".cmake", ".sh", ".mjs", ".js", ".ts"}
SKIPPED_FOLDERS = {"build", ".git", "node_modules", "data", ".cache", "fuzz"}


def is_test(path):
    """Tests, fuzz targets and benches: free to break some rules of the product's code."""
    return bool(re.search(r"_(test|fuzz|bench)\.cpp$|_contract\.h$|(^|/)test(ing)?/", str(path)))


def folder_of(path):
    """src/core/health/x.cpp -> core/health; src/main.cpp -> main."""
    parts = Path(path).parts[1:-1]
    if not parts:
        return "main"
    return "/".join(parts[:2]) if parts[0] == "core" else parts[0]


def allowed(path, places):
    inside = str(Path(*Path(path).parts[1:]))
    return any(inside == p or inside.startswith(p + "/") or inside.startswith(p + ".")
               or inside.startswith(p + "_") for p in places)


def code_lines(text):
    """The lines with comments and string contents blanked, so that prose is not taken for code."""
    pattern = re.compile(
        r'R"(\w*)\(.*?\)\1"|//[^\n]*|/\*.*?\*/'
        r'|"(?:\\.|[^"\\\n])*"|(?<!\w)\'(?:\\.|[^\'\\\n])\'', re.S)

    def blank(match):
        token = match.group(0)
        fill = re.sub(r"[^\n]", " ", token)
        return fill if token.startswith("/") or len(token) < 2 else '"' + fill[1:-1] + '"'
    return pattern.sub(blank, text).split("\n")


def check_includes(path, text):
    folder = folder_of(path)
    for number, line in enumerate(text.split("\n"), 1):
        match = re.match(r'\s*#\s*include\s*([<"])([^>"]+)[>"]', line)
        if not match:
            continue
        quoted, target = match.group(1) == '"', match.group(2)
        if quoted and folder not in LAYERS:
            yield number, f"folder '{folder}' has no layer; add it to tidy.py and ARCHITECTURE.md"
        elif quoted:
            yield from check_layer(folder, target, number)
        elif not is_test(path):
            for prefix, places in OUTSIDE.items():
                if target.startswith(prefix):
                    if not allowed(path, places):
                        yield number, f"<{target}> belongs in {', '.join(places)} only"
                    break


def check_layer(folder, target, number):
    if "/" not in target:
        yield number, f'"{target}" has no folder; write the path from src/'
        return
    other = folder_of("src/" + target)
    if other != folder and other not in LAYERS[folder]:
        yield number, f"{folder} may not include {other}"


def check_calls(path, lines):
    for index, (pattern, places, advice) in enumerate(CALLS):
        if is_test(path) and index in TEST_FREE:
            continue
        for number, line in enumerate(lines, 1):
            if re.search(pattern, line) and not allowed(path, places):
                yield number, f"'{re.search(pattern, line).group(0).strip()}': {advice}"


def function_lengths(lines):
    """(first line, length) of each function body, by braces; types and namespaces are none."""
    depth_starts = []  # of each open brace: line if it opens a function, else None
    for number, line in enumerate(lines, 1):
        for column, letter in enumerate(line):
            if letter == "{":
                before = " ".join(lines[max(0, number - 4):number - 1]) + " " + line[:column]
                head = re.split(r"[;{}]", before)[-1]
                inside = any(start is not None for start in depth_starts)
                opens = bool(re.search(r"\)[\w\s:&>*<,()\->.\[\]]*$", head)) and not inside
                is_type = re.search(r"\b(class|struct|enum|namespace|union)\b[^()]*$", head)
                depth_starts.append(number if opens and not is_type else None)
            elif letter == "}" and depth_starts:
                start = depth_starts.pop()
                if start is not None:
                    yield start, number - start + 1


def check_lengths(path, text, lines):
    count = text.count("\n")
    limit = HEADER_LINES if str(path).endswith(".h") else SOURCE_LINES
    if count > limit:
        yield 1, f"{count} lines; at most {limit}: split it"
    for start, length in function_lengths(lines):
        if length > FUNCTION_LINES:
            yield start, f"a function of {length} lines; at most {FUNCTION_LINES}: split it"


def check_cpp(path, text):
    lines = code_lines(text)
    yield from check_includes(path, text)
    yield from check_calls(path, lines)
    yield from check_lengths(path, text, lines)
    for number, line in enumerate(lines, 1):
        for match in BANNED_NAME.finditer(line):
            yield number, f"'{match.group(1)}': say what it does instead"
    if str(path).endswith(".h") and "#pragma once" not in text:
        yield 1, "no '#pragma once'"


def check_text(path, text):
    suffix, name = Path(path).suffix, Path(path).name
    if suffix in SPDX_SUFFIXES or name in ("CMakeLists.txt", "dev"):
        if not all(line in text[:400] for line in SPDX):
            yield 1, "no SPDX header of two lines; see src/base/result.h"
    wide = suffix in LONG_SUFFIXES and name != "CMakeLists.txt" or name in LONG_LINES
    for number, line in enumerate(text.split("\n"), 1):
        if not wide and len(line) > COLUMNS and "http" not in line:
            yield number, f"{len(line)} columns; at most {COLUMNS}"
        if SKIPPED_TEST.search(line) and name != "tidy.py":
            yield number, "a test that does not run; repair or delete it"
        for pattern, what in WORKPLACE:
            if re.search(pattern, line):
                yield number, f"{what}: {line.strip()[:60]}"


def example_names(root):
    """What only examples may say: the district's name and the ids of its offices."""
    names = {"Musterkreis", "Musterstadt"}
    for path in sorted((root / "examples" / "musterkreis").rglob("*.yaml")):
        text = path.read_text(encoding="utf-8") + "\n"
        block = re.search(r"^offices:\n((?:[ #].*\n|\n)*)", text, re.M)
        if block:
            names.update(re.findall(r"\bid:\s*[\"']?([A-Za-z]+\d+)\b", block.group(1)))
            names.update(re.findall(r"^  ([A-Z]+\d+):", block.group(1), re.M))
    return re.compile(r"\b(" + "|".join(sorted(map(re.escape, names))) + r")\b", re.I)


def check_file(path, text, examples):
    yield from check_text(path, text)
    if Path(path).suffix in (".h", ".cpp"):
        if Path(path).parts[0] == "src":
            yield from check_cpp(path, text)
        else:
            yield from check_lengths(path, text, code_lines(text))
    if Path(path).parts[0] == "src" and not is_test(path):
        for number, line in enumerate(text.split("\n"), 1):
            match = examples.search(line)
            if match:
                yield number, f"'{match.group(0)}' is an example's name; src/ knows none"


def committed_files(root):
    """Paths git tracks or would add; without git, every file that no ignored folder holds."""
    listing = subprocess.run(["git", "-C", str(root), "-c", "safe.directory=*", "ls-files", "-z",
                              "--cached", "--others", "--exclude-standard"], capture_output=True)
    if listing.returncode == 0 and listing.stdout:
        found = [Path(p) for p in listing.stdout.decode().split("\0") if p]
    else:
        found = [p.relative_to(root) for p in root.rglob("*")
                 if not SKIPPED_FOLDERS.intersection(p.relative_to(root).parts)]
    return sorted(p for p in set(found) if (root / p).is_file())


def check_folders(files):
    counts = {}
    for path in files:
        if path.parts[0] == "src" and path.suffix in (".h", ".cpp") and not is_test(path):
            counts[path.parent] = counts.get(path.parent, 0) + 1
    for folder, count in sorted(counts.items()):
        if count > FOLDER_FILES:
            yield f"{folder}: {count} files; at most {FOLDER_FILES}: split the folder"


def check_tree(root):
    files = committed_files(root)
    examples = example_names(root)
    yield from check_folders(files)
    for path in files:
        if (root / path).stat().st_size > LARGEST_FILE:
            yield f"{path}: larger than {LARGEST_FILE} bytes; the repository holds sources"
            continue
        if path.suffix not in TEXT_SUFFIXES or "fuzz" in path.parts:
            continue
        try:
            text = (root / path).read_text(encoding="utf-8")
        except UnicodeDecodeError:
            if path.suffix in (".csv", "") or "golden" in path.parts:
                continue  # bad and Windows-1252 input is wanted there
            yield f"{path}: not UTF-8"
            continue
        for number, what in check_file(path, text, examples):
            yield f"{path}:{number}: {what}"


HEADER = "// SPDX-FileCopyrightText: 2026 x\n// SPDX-License-Identifier: EUPL-1.2\n"
# A path, a bad text, and a part of the finding it must cause.
BAD = [
    ("src/graph/a.cpp", '#include "journal/journal.h"\n', "graph may not include journal"),
    ("src/core/health/a.cpp", '#include "core/impact/x.h"\n', "may not include core/impact"),
    ("src/base/a.cpp", '#include "model/ids.h"\n', "base may not include model"),
    ("src/odd/a.cpp", '#include "base/text.h"\n', "has no layer"),
    ("src/base/a.cpp", '#include "text.h"\n', "no folder"),
    ("src/web/a.cpp", "#include <sqlite3.h>\n", "belongs in sqlite, journal only"),
    ("src/stage/a.cpp", "#include <yaml-cpp/yaml.h>\n", "belongs in config only"),
    ("src/base/time.cpp", "#include <spdlog/spdlog.h>\n", "belongs in base/log.cpp only"),
    ("src/engine/a.cpp", "#include <boost/asio.hpp>\n", "belongs in"),
    ("src/engine/a.cpp", "auto t = std::chrono::system_clock::now();\n", "time arrives as data"),
    ("src/graph/a.cpp", "auto t = std::chrono::steady_clock::now();\n", "time as data"),
    ("src/web/a_test.cpp", "std::this_thread::sleep_for(1s);\n", "wait on a timer"),
    ("src/probe/a.cpp", "std::thread t(f);\n", "three threads"),
    ("src/probe/a.cpp", "getaddrinfo(a, b, c, d);\n", "c-ares"),
    ("src/base/a.cpp", "strcpy(a, b);\n", "std::string"),
    ("src/base/a.cpp", "int x = std::rand();\n", "seeded"),
    ("src/base/a.cpp", "  throw 1;\n", "exceptions"),
    ("src/base/a.cpp", "class ProbeManager {};\n", "say what it does"),
    ("src/base/a.cpp", "int f() {\n" + "  g();\n" * 70 + "}\n", "a function of 72 lines"),
    ("src/base/a.cpp", "// x\n" * 600, "at most 600"),
    ("src/base/a.h", "#pragma once\n" + "// x\n" * 300, "at most 300"),
    ("src/base/a.h", "int x;\n", "pragma once"),
    ("src/base/a.cpp", "// " + "x" * 98 + "\n", "101 columns"),
    ("src/base/a_test.cpp", "GTEST_" + "SKIP();\n", "does not run"),
    ("src/base/a_test.cpp", "TEST(A, DISABLED_" + "B) {}\n", "does not run"),
    ("src/base/a.cpp", "// see /wo" + "rk/main/x\n", "absolute path"),
    ("docs/a.md", "built in /ro" + "ot/x\n", "absolute path"),
    ("docs/a.md", "from https://npm.farm.inter" + "nal\n", "private host"),
    ("test/web/package-lock.json", '"resolved": ' + '"https://a.example/b"\n', "names its registry"),
    ("src/web/a.cpp", '// Muster' + 'kreis\n', "example's name"),
    ("src/web/a.cpp", "// A36 is closed\n", "example's name"),
]
# What must pass: rules that fire on everything find nothing.
GOOD = [
    ("src/core/health/a.cpp", '#include "graph/graph.h"\n#include "model/ids.h"\nint f() {\n}\n'),
    ("src/runtime/clock.cpp", "auto t = std::chrono::system_clock::now();\n"),
    ("src/base/a.cpp", '// they throw, sleep(1) and strcpy(a, b)\nauto s = "std::thread";\n'),
    ("src/base/a.cpp", "namespace a {\n" + "int f() {\n  g();\n}\n" * 60 + "}  // namespace a\n"),
    ("src/web/a_test.cpp", "// A36 and Musterkreis stand in tests\n"),
]


def selftest():
    examples = re.compile(r"\b(A36|Musterkreis|Musterstadt)\b", re.I)
    failures = []
    for path, text, wanted in BAD:
        found = [what for _, what in check_file(path, HEADER + text, examples)]
        if not any(wanted in what for what in found):
            failures.append(f"not found in {path}: {wanted} (found: {found})")
    for path, text in GOOD:
        failures += [f"wrongly found: {w}" for _, w in check_file(path, HEADER + text, examples)]
    if not list(check_text("src/base/a.cpp", "int x;\n")):
        failures.append("a missing SPDX header is not found")
    if not list(check_folders([Path(f"src/base/f{i}.cpp") for i in range(FOLDER_FILES + 1)])):
        failures.append("a crowded folder is not found")
    return failures


def main():
    arguments = sys.argv[1:]
    if arguments == ["--selftest"]:
        findings = selftest()
        good = f"tidy self-test: {len(BAD)} bad snippets found, {len(GOOD)} good ones pass"
    else:
        root = Path(arguments[0] if arguments else os.getcwd()).resolve()
        findings = list(check_tree(root))
        good = f"tidy: {len(committed_files(root))} files clean"
    for finding in findings:
        print(finding)
    print(good if not findings else f"tidy: {len(findings)} findings")
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
