# lisle_antlr_parser(OUT FOLDER): makes the parser and the lexer's table from
# FOLDER/*Lexer.g4 and FOLDER/*Parser.g4 in build/antlr, and returns in OUT what
# the layer compiles. The lexer comes first: the parser grammar reads its .tokens.
#
# Nothing of ANTLR runs before main(): the lexer becomes a constant table
# (grammar/tools/make_lexer_table.cpp), the parser loses its static initialisers
# (cmake/trim_parser.cmake).
find_program(LISLE_ANTLR NAMES antlr4 REQUIRED)

# Runs the tool over one grammar. EXTRA: further products beside .cpp and .h.
function(lisle_antlr_generate folder stem)
  cmake_parse_arguments(ARG "" "" "EXTRA;DEPENDS;THEN" ${ARGN})
  set(generated ${PROJECT_BINARY_DIR}/antlr)
  add_custom_command(
    OUTPUT ${generated}/${stem}.cpp ${generated}/${stem}.h ${ARG_EXTRA}
    COMMAND ${LISLE_ANTLR} -Dlanguage=Cpp -no-listener -no-visitor -encoding UTF-8
            -package lisle::grammar::generated
            -lib ${generated} -o ${generated} -Xexact-output-dir
            ${PROJECT_SOURCE_DIR}/${folder}/${stem}.g4
    ${ARG_THEN}
    DEPENDS ${PROJECT_SOURCE_DIR}/${folder}/${stem}.g4 ${ARG_DEPENDS}
    COMMENT "ANTLR ${stem}.g4"
    VERBATIM)
  # Generated code is not ours to clean: it is compiled without warnings.
  set_source_files_properties(${generated}/${stem}.cpp PROPERTIES COMPILE_OPTIONS "-w")
endfunction()

function(lisle_antlr_parser out folder)
  set(generated ${PROJECT_BINARY_DIR}/antlr)
  set(trim ${PROJECT_SOURCE_DIR}/cmake/trim_parser.cmake)
  file(MAKE_DIRECTORY ${generated})
  lisle_antlr_generate(${folder} PythonLexer EXTRA ${generated}/PythonLexer.tokens)
  lisle_antlr_generate(${folder} PythonParser EXTRA ${generated}/parser_names.inc
    DEPENDS ${generated}/PythonLexer.tokens ${trim}
    THEN COMMAND ${CMAKE_COMMAND} -DINPUT=${generated}/PythonParser.cpp
                 -DNAMES=${generated}/parser_names.inc -P ${trim})

  add_executable(make_lexer_table ${PROJECT_SOURCE_DIR}/${folder}/tools/make_lexer_table.cpp
    ${generated}/PythonLexer.cpp)
  target_include_directories(make_lexer_table PRIVATE ${generated})
  target_compile_options(make_lexer_table PRIVATE -frtti -fexceptions -fno-char8_t)
  target_link_libraries(make_lexer_table PRIVATE lisle::antlr)
  add_custom_command(
    OUTPUT ${generated}/lexer_table.inc
    COMMAND make_lexer_table ${generated}/lexer_table.inc
    DEPENDS make_lexer_table
    COMMENT "Lexer table"
    VERBATIM)

  # The names of characters, for \N{...}, from the Unicode Character Database.
  find_path(LISLE_UNICODE_DATA UnicodeData.txt PATHS /usr/share/unicode REQUIRED)
  add_executable(make_unicode_names ${PROJECT_SOURCE_DIR}/${folder}/tools/make_unicode_names.cpp)
  target_include_directories(make_unicode_names PRIVATE ${PROJECT_SOURCE_DIR})
  target_compile_options(make_unicode_names PRIVATE -fexceptions)
  add_custom_command(
    OUTPUT ${generated}/unicode_names.inc
    COMMAND make_unicode_names ${LISLE_UNICODE_DATA}/UnicodeData.txt
            ${LISLE_UNICODE_DATA}/NameAliases.txt ${generated}/unicode_names.inc
    DEPENDS make_unicode_names ${LISLE_UNICODE_DATA}/UnicodeData.txt
    COMMENT "Names of characters"
    VERBATIM)
  set(${out} ${generated}/PythonParser.cpp ${generated}/PythonParser.h ${generated}/lexer_table.inc
      ${generated}/unicode_names.inc PARENT_SCOPE)
endfunction()
