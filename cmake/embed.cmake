# lisle_embed_modules(OUT FOLDER): turns every .py file below FOLDER into a row
# of the table declared in vm/embedded.h, so that the part of the library that
# is written in the language travels inside the executable.
function(lisle_embed_modules out folder)
  file(GLOB_RECURSE modules CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*.py)
  set(product ${PROJECT_BINARY_DIR}/generated/embedded_modules.cpp)
  string(REPLACE ";" "," joined "${modules}")
  add_custom_command(
    OUTPUT ${product}
    COMMAND ${CMAKE_COMMAND} -DMODULES=${joined} -DROOT=${PROJECT_SOURCE_DIR}/${folder}
            -DPRODUCT=${product} -P ${PROJECT_SOURCE_DIR}/cmake/embed_modules.cmake
    DEPENDS ${modules} ${PROJECT_SOURCE_DIR}/cmake/embed_modules.cmake
    COMMENT "Embedding ${folder}/"
    VERBATIM)
  set(${out} ${product} PARENT_SCOPE)
endfunction()
