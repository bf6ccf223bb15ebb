# lisle_llvm_plugin(NAME FOLDER): the shared library libNAME.so from FOLDER/*.cpp, with the parts of LLVM 19
# that it uses linked in, so that loading it maps what is needed and nothing else. It sees the headers of the
# machine and links none of its layers: everything it calls is in the table that it is handed (see
# vm/interp/compiled.h).
#
# The system's libLLVM takes the place of the static parts where these are not installed; without any LLVM there
# is no plugin, and programs are interpreted.
find_program(LISLE_LLVM_CONFIG NAMES llvm-config-19)

# Asks llvm-config; the words of the answer as a list in OUT.
function(lisle_ask_llvm out)
  execute_process(COMMAND ${LISLE_LLVM_CONFIG} ${ARGN} OUTPUT_VARIABLE answer
                  OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(words UNIX_COMMAND "${answer}")
  set(${out} "${words}" PARENT_SCOPE)
endfunction()

function(lisle_llvm_plugin name folder)
  if(NOT LISLE_LLVM_CONFIG)
    message(STATUS "No LLVM 19: lib${name}.so is left out")
    return()
  endif()
  lisle_ask_llvm(includes --includedir)
  lisle_ask_llvm(library_folder --libdir)
  file(GLOB sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.cpp)
  add_library(${name} MODULE ${sources} ${PROJECT_SOURCE_DIR}/runtime/support/base.cpp
    ${PROJECT_SOURCE_DIR}/runtime/support/rescue.cpp)
  target_include_directories(${name} PRIVATE ${PROJECT_SOURCE_DIR} ${PROJECT_SOURCE_DIR}/include)
  target_include_directories(${name} SYSTEM PRIVATE ${includes})
  target_compile_options(${name} PRIVATE -fPIC)
  if(EXISTS ${library_folder}/libLLVMOrcJIT.a)
    lisle_ask_llvm(parts --link-static --libs orcjit x86codegen scalaropts instcombine)
    find_library(LISLE_ZSTD NAMES libzstd.a zstd REQUIRED)
    find_library(LISLE_ZLIB NAMES libz.a z REQUIRED)
    target_link_libraries(${name} PRIVATE -L${library_folder} -Wl,--start-group ${parts} -Wl,--end-group
      ${LISLE_ZSTD} ${LISLE_ZLIB} ${CMAKE_DL_LIBS} Threads::Threads)
  else()
    target_link_libraries(${name} PRIVATE -L${library_folder} -lLLVM-19)
  endif()
  # Nothing but the door is visible, so that the plugin's C++ runtime and LLVM stay its own.
  target_link_options(${name} PRIVATE -Wl,--exclude-libs,ALL -Wl,-Bsymbolic -Wl,--as-needed
    -Wl,-s -Wl,-z,pack-relative-relocs -Wno-unused-command-line-argument)
  # A sanitizer's functions are in the executable.
  if(NOT LISLE_SANITIZE)
    target_link_options(${name} PRIVATE -Wl,-z,defs)
  endif()
endfunction()
