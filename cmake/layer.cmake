# lisle_layer(NAME FOLDERS dir... [EXCEPT dir...] [SOURCES file...]
#             [LINKS target...] [PRIVATE_LINKS target...] [OPTIONS flag...]
#             [INCLUDES dir...])
#
# One layer: every .cpp below FOLDERS that is not below EXCEPT, compiled with
# the repository root as include path, so that a file is named by its place in
# the tree.
function(lisle_layer name)
  cmake_parse_arguments(ARG "" "" "FOLDERS;EXCEPT;SOURCES;LINKS;PRIVATE_LINKS;OPTIONS;INCLUDES" ${ARGN})
  set(sources ${ARG_SOURCES})
  foreach(folder ${ARG_FOLDERS})
    file(GLOB_RECURSE found CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
    list(APPEND sources ${found})
  endforeach()
  foreach(folder ${ARG_EXCEPT})
    list(FILTER sources EXCLUDE REGEX "^${PROJECT_SOURCE_DIR}/${folder}/")
  endforeach()
  add_library(${name} STATIC ${sources})
  target_include_directories(${name}
    PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/include ${ARG_INCLUDES})
  target_compile_options(${name} PRIVATE ${ARG_OPTIONS})
  target_link_libraries(${name} PUBLIC ${ARG_LINKS} PRIVATE ${ARG_PRIVATE_LINKS})
  lisle_precompile(${name})
endfunction()
