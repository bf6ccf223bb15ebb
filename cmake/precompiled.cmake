# The standard headers that nearly every file includes take most of the time of
# compiling it; they are compiled once a layer.
#
# ccache cannot look into a precompiled header. Beside each lies a file that
# names its content (see CCACHE_PCH_EXTSUM in ccache's manual).

set(LISLE_STANDARD_HEADERS <algorithm> <array> <atomic> <cstring> <functional> <memory> <span>
    <string> <string_view> <unordered_map> <utility> <vector>)

function(lisle_precompile TARGET)
  target_precompile_headers(${TARGET} PRIVATE ${LISLE_STANDARD_HEADERS})
  target_compile_options(${TARGET} PRIVATE "SHELL:-Xclang -fno-pch-timestamp")
  get_target_property(options ${TARGET} COMPILE_OPTIONS)
  string(SHA256 content "${LISLE_STANDARD_HEADERS} ${options} ${CMAKE_CXX_FLAGS} ${CMAKE_CXX_COMPILER_VERSION} ${CMAKE_BUILD_TYPE} ${LISLE_SANITIZE}")
  file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${TARGET}.dir/cmake_pch.hxx.pch.sum "${content}\n")
endfunction()
