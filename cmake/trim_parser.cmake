# Takes the start-up work out of a parser that ANTLR generated.
#
#   cmake -DINPUT=PythonParser.cpp -DNAMES=parser_names.inc -P trim_parser.cmake
#
# The generated file deserialises its network and copies its tables of names before
# main(). The grammar decides everything by one token, so the network is never asked:
# the tables stay empty, and the rule names, which dumps need, go to a file of
# constants. A grammar that does ask the network fails the build here.
file(READ ${INPUT} text)
if(text MATCHES "adaptivePredict")
  message(FATAL_ERROR "${INPUT}: a rule of the grammar needs more than one token of lookahead")
endif()
string(FIND "${text}" "// Static vars and initialization." at)
if(at EQUAL -1)
  return()
endif()
string(REGEX MATCH "_ruleNames = {([^}]*)}" unused "${text}")
file(WRITE ${NAMES} "inline constexpr std::string_view kRuleNames[] = {${CMAKE_MATCH_1}};\n")
string(SUBSTRING "${text}" 0 ${at} text)
string(REGEX MATCH "([A-Za-z]+)::~" unused "${text}")
set(class ${CMAKE_MATCH_1})
string(APPEND text "// Trimmed: see cmake/trim_parser.cmake.
std::vector<dfa::DFA> ${class}::_decisionToDFA;
atn::PredictionContextCache ${class}::_sharedContextCache;
atn::ATN ${class}::_atn;
std::vector<uint16_t> ${class}::_serializedATN;
std::vector<std::string> ${class}::_ruleNames;
std::vector<std::string> ${class}::_tokenNames;
dfa::Vocabulary ${class}::_vocabulary;
")
file(WRITE ${INPUT} "${text}")
