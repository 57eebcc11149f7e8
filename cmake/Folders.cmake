# SPDX-FileCopyrightText: 2026 The Dienstbereit developers
# SPDX-License-Identifier: EUPL-1.2
#
# One static library, one test program and any number of fuzz targets per folder of src/.
#
#   dienstbereit_folder(graph
#     SOURCES graph.cpp evaluation.cpp
#     TESTS evaluation_test.cpp
#     FUZZ reply_fuzz.cpp            # one fuzz target a file, corpus in test/fuzz/<name>/
#     LINK model base                # other folders, and outside libraries
#     TEST_LINK rapidcheck)          # for the tests only
#
# A folder core/health is named core_health here. test/tidy holds what may include what.
add_custom_target(unit_tests)
add_custom_target(fuzz_targets)

function(dienstbereit_folder name)
  cmake_parse_arguments(F "" "" "SOURCES;TESTS;FUZZ;LINK;TEST_LINK" ${ARGN})
  add_library(${name} STATIC ${F_SOURCES})
  target_include_directories(${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
  target_link_libraries(${name} PUBLIC ${F_LINK})
  if(F_TESTS AND NOT DIENSTBEREIT_SANITIZER STREQUAL "fuzz")
    add_executable(${name}_test ${F_TESTS})
    target_link_libraries(${name}_test PRIVATE ${name} ${F_TEST_LINK} GTest::gtest_main)
    add_test(NAME ${name} COMMAND ${name}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    add_dependencies(unit_tests ${name}_test)
  endif()
  if(DIENSTBEREIT_SANITIZER STREQUAL "fuzz")
    foreach(source ${F_FUZZ})
      get_filename_component(target ${source} NAME_WE)
      add_executable(${target} ${source})
      target_link_options(${target} PRIVATE -fsanitize=fuzzer)
      target_link_libraries(${target} PRIVATE ${name})
      add_dependencies(fuzz_targets ${target})
    endforeach()
  endif()
endfunction()
