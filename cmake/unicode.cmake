# lisle_unicode_data(OUT): the packed text behind the module unicodedata, made
# from the Unicode Character Database; see runtime/support/tools.
function(lisle_unicode_data out)
  set(generated ${PROJECT_BINARY_DIR}/unicode)
  file(MAKE_DIRECTORY ${generated})
  find_path(LISLE_UNICODE_DATA UnicodeData.txt PATHS /usr/share/unicode REQUIRED)
  add_executable(make_unicode_data ${PROJECT_SOURCE_DIR}/runtime/support/tools/make_unicode_data.cpp)
  target_compile_options(make_unicode_data PRIVATE -fexceptions)
  target_link_libraries(make_unicode_data PRIVATE lisle::zlib)
  add_custom_command(
    OUTPUT ${generated}/unicode_data.inc
    COMMAND make_unicode_data ${LISLE_UNICODE_DATA} ${generated}/unicode_data.inc
    DEPENDS make_unicode_data ${LISLE_UNICODE_DATA}/UnicodeData.txt
    COMMENT "Facts of characters"
    VERBATIM)
  set(${out} ${generated}/unicode_data.inc PARENT_SCOPE)
endfunction()
