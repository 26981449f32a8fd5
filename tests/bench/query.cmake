# What queries cost, printed by `bench` (in tests/bench/, included from there).
add_executable(bench_query ${CMAKE_CURRENT_LIST_DIR}/bench_query.c)
target_link_libraries(bench_query PRIVATE speclint_query flags)
if(NOT TARGET bench)
  add_custom_target(bench)
endif()
add_custom_command(TARGET bench POST_BUILD COMMAND bench_query)
add_dependencies(bench bench_query)
