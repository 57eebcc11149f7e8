# SPDX-FileCopyrightText: 2026 The Dienstbereit developers
# SPDX-License-Identifier: EUPL-1.2
#
# Every outside library, once; DEPENDENCIES.md says what each is for.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(fmt REQUIRED)
find_package(spdlog REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(yaml-cpp REQUIRED)
find_package(CLI11 REQUIRED)
find_package(date REQUIRED)
find_package(tl-expected REQUIRED)
find_package(ZLIB REQUIRED)
pkg_check_modules(sqlite3 REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(cares REQUIRED IMPORTED_TARGET libcares)
pkg_check_modules(pq REQUIRED IMPORTED_TARGET libpq)
pkg_check_modules(sodium REQUIRED IMPORTED_TARGET libsodium)
pkg_check_modules(brotlienc REQUIRED IMPORTED_TARGET libbrotlienc)
pkg_check_modules(xxhash REQUIRED IMPORTED_TARGET libxxhash)

find_package(GTest REQUIRED)
find_path(RAPIDCHECK_INCLUDE rapidcheck.h REQUIRED)
find_library(RAPIDCHECK_LIBRARY rapidcheck REQUIRED)
add_library(rapidcheck INTERFACE)
target_include_directories(rapidcheck SYSTEM INTERFACE ${RAPIDCHECK_INCLUDE})
target_link_libraries(rapidcheck INTERFACE ${RAPIDCHECK_LIBRARY})
