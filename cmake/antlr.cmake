# lisle_antlr_parser(OUT FOLDER): runs the ANTLR tool over FOLDER/*Lexer.g4 and
# FOLDER/*Parser.g4 into build/antlr and returns the generated sources in OUT.
# The lexers come first: a parser grammar reads the .tokens file of its lexer.
# Sources in FOLDER include the result by bare name, e.g. "LisleParser.h".
find_program(LISLE_ANTLR NAMES antlr4 REQUIRED)

function(lisle_antlr_parser out folder)
  set(generated ${PROJECT_BINARY_DIR}/antlr)
  file(MAKE_DIRECTORY ${generated})
  file(GLOB lexers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*Lexer.g4)
  file(GLOB parsers CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/*Parser.g4)
  set(sources)
  set(tokens)
  foreach(grammar ${lexers} ${parsers})
    get_filename_component(stem ${grammar} NAME_WE)
    set(products ${generated}/${stem}.cpp ${generated}/${stem}.h)
    set(token_files)
    if(grammar IN_LIST lexers)
      set(token_files ${generated}/${stem}.tokens)
    endif()
    add_custom_command(
      OUTPUT ${products} ${token_files}
      COMMAND ${LISLE_ANTLR} -Dlanguage=Cpp -no-listener -no-visitor
              -package lisle::grammar::generated
              -lib ${generated} -o ${generated} -Xexact-output-dir ${grammar}
      DEPENDS ${grammar} ${tokens}
      COMMENT "ANTLR ${stem}.g4"
      VERBATIM)
    list(APPEND tokens ${token_files})
    list(APPEND sources ${generated}/${stem}.cpp)
  endforeach()
  # Generated code is not ours to clean: it is compiled without warnings.
  set_source_files_properties(${sources} PROPERTIES COMPILE_OPTIONS "-w")
  set(${out} ${sources} PARENT_SCOPE)
endfunction()
