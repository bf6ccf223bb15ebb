# Flags every target is built with, and what each build type adds.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_CXX_VISIBILITY_PRESET hidden)
set(CMAKE_VISIBILITY_INLINES_HIDDEN ON)
set(CMAKE_POSITION_INDEPENDENT_CODE OFF)

if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "" FORCE)
endif()

# The calling convention (preserve_none with musttail) exists from clang 19 on.
if(NOT CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
  message(FATAL_ERROR "Lisle needs clang++ 19; use a preset or -DCMAKE_CXX_COMPILER=clang++-19")
endif()

find_program(LISLE_CCACHE ccache)
if(LISLE_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${LISLE_CCACHE})
endif()

add_compile_options(
  -Wall -Wextra -Werror=return-type -Wno-unused-parameter
  -fno-pie -fno-plt -fno-semantic-interposition
  -fno-rtti -fno-exceptions
  -ffunction-sections -fdata-sections -fno-strict-aliasing)
# Static C++ runtime and no PIE: both are start-up time, which a one-line
# script pays in full.
add_link_options(-fuse-ld=lld-19 -no-pie -static-libstdc++ -static-libgcc
  -Wl,--gc-sections -Wl,-O1)

set(CMAKE_CXX_FLAGS_RELEASE "-O2 -DNDEBUG -fomit-frame-pointer")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g")
set(CMAKE_CXX_FLAGS_SANITIZE "-O1 -g1 -fno-omit-frame-pointer")

# LISLE_SANITIZE is set by the presets asan, tsan and fuzz. vptr and function checks
# need RTTI; fake stacks would hide locals from the conservative stack scan.
set(LISLE_SANITIZE "" CACHE STRING "Comma-separated sanitizers")
option(LISLE_FUZZ "Build the libFuzzer targets" OFF)
if(LISLE_SANITIZE)
  add_compile_options(-fsanitize=${LISLE_SANITIZE} -fno-sanitize=vptr,function
    -fno-sanitize-recover=undefined -fsanitize-address-use-after-return=never)
  add_link_options(-fsanitize=${LISLE_SANITIZE})
  add_compile_definitions(LISLE_SANITIZED=1)
endif()
if(LISLE_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
