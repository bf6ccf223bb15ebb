# Build-time half of embed.cmake: writes PRODUCT from the comma-separated
# MODULES, naming each by its place below ROOT (a/b.py is "a.b", a/__init__.py
# is the package "a").
string(REPLACE "," ";" MODULES "${MODULES}")
set(rows "")
set(index 0)
foreach(module ${MODULES})
  file(RELATIVE_PATH name ${ROOT} ${module})
  string(REGEX REPLACE "\\.py$" "" name ${name})
  set(package false)
  if(name MATCHES "(^|/)__init__$")
    set(package true)
    string(REGEX REPLACE "/?__init__$" "" name "${name}")
  endif()
  string(REPLACE "/" "." name "${name}")
  file(READ ${module} bytes HEX)
  string(LENGTH "${bytes}" size)
  math(EXPR size "${size} / 2")
  string(REGEX REPLACE "(..)" "\\\\x\\1" bytes "${bytes}")
  # One literal a source line keeps the product readable.
  string(REPLACE "\\x0a" "\\x0a\"\n     \"" bytes "${bytes}")
  string(APPEND rows "    {\"${name}\",\n     \"${bytes}\", ${size}, ${package}},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE ${PRODUCT}.new "// Made by cmake/embed_modules.cmake from stdlib/.
#include \"vm/embedded.h\"

namespace lisle::vm {

const EmbeddedModule kEmbeddedModules[] = {
${rows}};
const unsigned kEmbeddedModuleCount = ${index};

}  // namespace lisle::vm
")
file(COPY_FILE ${PRODUCT}.new ${PRODUCT} ONLY_IF_DIFFERENT)
file(TOUCH ${PRODUCT})
