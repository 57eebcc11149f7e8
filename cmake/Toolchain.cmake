# SPDX-FileCopyrightText: 2026 The Dienstbereit developers
# SPDX-License-Identifier: EUPL-1.2
#
# Language level, warnings, sanitizers and linker, for every target alike.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_FLAGS_RELEASE "-O2 -g0 -DNDEBUG")
set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")

set(DIENSTBEREIT_SANITIZER "none" CACHE STRING "none, address, thread or fuzz")
option(DIENSTBEREIT_WERROR "Treat warnings as errors" ON)

add_compile_options(-Wall -Wextra -Wshadow -Wnon-virtual-dtor -Wimplicit-fallthrough
  -fstack-protector-strong -fdiagnostics-color=always)
if(DIENSTBEREIT_WERROR)
  add_compile_options(-Werror)
endif()
add_link_options(-fuse-ld=mold -Wl,-z,relro,-z,now)
if(CMAKE_BUILD_TYPE STREQUAL "Release")
  add_compile_options(-U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
endif()

# Asio's TSan annotations and null/alignment/vptr checks cost much and find nothing here.
set(asan_flags -fsanitize=address,undefined -fno-sanitize=null,alignment,vptr
  -fno-sanitize-recover=all -fno-omit-frame-pointer)
if(DIENSTBEREIT_SANITIZER STREQUAL "address")
  add_compile_options(${asan_flags})
  add_link_options(${asan_flags})
elseif(DIENSTBEREIT_SANITIZER STREQUAL "thread")
  add_compile_options(-fsanitize=thread)
  add_link_options(-fsanitize=thread)
elseif(DIENSTBEREIT_SANITIZER STREQUAL "fuzz")
  add_compile_options(-O1 ${asan_flags} -fsanitize=fuzzer-no-link)
  add_link_options(${asan_flags})
endif()
