// The words, without layout.
#include "grammar/lexer.h"

#include <doctest/doctest.h>

#include "grammar/name_hash.h"
#include "grammar/parse.h"

using namespace lisle::grammar;

TEST_CASE("the longest word wins") {
  auto word = [](std::string_view text) {
    Word found = longest_word(text);
    return std::string(token_name(found.type)) + " " + std::string(text.substr(0, found.length));
  };
  CHECK(word("abc+1") == "NAME abc");
  CHECK(word("**=1") == "DOUBLE_STAR_ASSIGN **=");
  CHECK(word("1.5e3j+") == "NUMBER 1.5e3j");
  CHECK(word("1..real") == "NUMBER 1.");
  CHECK(word("...") == "ELLIPSIS ...");
  CHECK(word("rb'\\''x'") == "STRING rb'\\''");
  CHECK(word("'''a''b'''c'''") == "STRING '''a''b'''");
  CHECK(longest_word("?").type == 0);
  CHECK(longest_word("").type == 0);
}

TEST_CASE("keywords are known by their text") {
  CHECK(token_name(keyword_type("lambda")) == "LAMBDA");
  CHECK(token_name(keyword_type("None")) == "NONE");
  CHECK(keyword_type("none") == 0);
  CHECK(keyword_type("match") == 0);
}

TEST_CASE("the dump of tokens shows the layout") {
  CHECK(dump_tokens("if a:\n  b,\n") ==
        "1:0-1:2 IF if\n1:3-1:4 NAME a\n1:4-1:5 COLON :\n1:5-1:5 NEWLINE\n2:2-2:2 INDENT\n2:2-2:3 NAME b\n"
        "2:3-2:4 LAST_COMMA ,\n2:4-2:4 NEWLINE\n2:5-2:5 DEDENT\n2:5-2:5 EOF\n");
}

TEST_CASE("names hash alike in both cases") {
  CHECK(name_hash("bullet") == name_hash("BULLET"));
}
