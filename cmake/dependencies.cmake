# Outside libraries as lisle::NAME. The static archive is preferred: every
# shared library costs start-up time.

# Defines lisle::NAME from the archive or shared library LIBRARY and HEADER.
function(lisle_dependency name library header)
  find_library(LISLE_${name}_LIBRARY NAMES lib${library}.a ${library} REQUIRED)
  find_path(LISLE_${name}_INCLUDE ${header} REQUIRED ${ARGN})
  add_library(lisle_dep_${name} INTERFACE)
  target_link_libraries(lisle_dep_${name} INTERFACE ${LISLE_${name}_LIBRARY})
  target_include_directories(lisle_dep_${name} SYSTEM INTERFACE ${LISLE_${name}_INCLUDE})
  add_library(lisle::${name} ALIAS lisle_dep_${name})
endfunction()

lisle_dependency(gmp gmp gmp.h)
lisle_dependency(utf8proc utf8proc utf8proc.h)
lisle_dependency(zlib z zlib.h)
lisle_dependency(bz2 bz2 bzlib.h)
lisle_dependency(lzma lzma lzma.h)
lisle_dependency(antlr antlr4-runtime antlr4-runtime.h PATH_SUFFIXES antlr4-runtime)

# Defines lisle::NAME and LISLE_HAS_<NAME> if the library is there, else an empty lisle::NAME: what needs it is
# refused with a sentence when it is asked for. The words behind are what images cannot be without it.
function(lisle_optional_dependency name library header)
  find_library(LISLE_${name}_LIBRARY NAMES lib${library}.a ${library})
  find_path(LISLE_${name}_INCLUDE ${header})
  add_library(lisle_dep_${name} INTERFACE)
  if(LISLE_${name}_LIBRARY AND LISLE_${name}_INCLUDE)
    string(TOUPPER ${name} upper)
    target_link_libraries(lisle_dep_${name} INTERFACE ${LISLE_${name}_LIBRARY})
    target_include_directories(lisle_dep_${name} SYSTEM INTERFACE ${LISLE_${name}_INCLUDE})
    target_compile_definitions(lisle_dep_${name} INTERFACE LISLE_HAS_${upper}=1)
  else()
    message(STATUS "${name} was not found: images cannot be ${ARGN}")
  endif()
  add_library(lisle::${name} ALIAS lisle_dep_${name})
endfunction()

# What images may be packed and signed with.
lisle_optional_dependency(zstd zstd zstd.h compressed)
lisle_optional_dependency(sodium sodium sodium.h signed)

find_package(Threads REQUIRED)
target_link_libraries(lisle_dep_antlr INTERFACE Threads::Threads)
