// Owns: the build step that turns the lexer grammar's automaton into a constant table.
//
// ANTLR's lexer finds the states of its automaton while it reads, behind a lock, one hash lookup a character.
// The same states are found here once, by the same code of the ANTLR runtime, for every state and character;
// the program then starts with the finished table in its read-only data and has nothing to deserialise. Also
// prints the names of the tokens and the keywords, so that nothing repeats them by hand.
//
// Usage: make_lexer_table OUTPUT
#include <cstdio>
#include <map>
#include <string>
#include <vector>

#include "PythonLexer.h"
#include "antlr4-runtime.h"

namespace {

using antlr4::dfa::DFAState;
using lisle::grammar::generated::PythonLexer;

constexpr int kCharacters = 128;

class Explorer : public antlr4::atn::LexerATNSimulator {
 public:
  using LexerATNSimulator::LexerATNSimulator;

  DFAState* start() {
    auto configs = computeStartState(nullptr, atn.modeToStartState[0]);
    return addDFAState(configs.release());
  }
  // The state that `c` leads to, or null.
  DFAState* next(DFAState* from, std::size_t c) {
    DFAState* to = computeTargetState(nullptr, from, c);
    return to == ERROR.get() ? nullptr : to;
  }
};

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  PythonLexer lexer(nullptr);
  std::vector<antlr4::dfa::DFA> automata;
  const antlr4::atn::ATN& network = lexer.getATN();
  for (std::size_t i = 0; i < network.getNumberOfDecisions(); ++i)
    automata.emplace_back(network.getDecisionState(i), i);
  antlr4::atn::PredictionContextCache contexts;
  Explorer explorer(network, automata, contexts);

  // State 0 is the dead one, so that a row's zeros mean "no further".
  std::vector<DFAState*> states = {nullptr, explorer.start()};
  std::map<DFAState*, int> numbers = {{states[1], 1}};
  std::vector<std::vector<int>> rows = {std::vector<int>(kCharacters, 0)};
  for (std::size_t i = 1; i < states.size(); ++i) {
    std::vector<int> row;
    for (int c = 0; c < kCharacters; ++c) {
      DFAState* to = explorer.next(states[i], c);
      if (to && numbers.emplace(to, static_cast<int>(states.size())).second) states.push_back(to);
      row.push_back(to ? numbers[to] : 0);
    }
    rows.push_back(row);
  }
  // Characters that no state tells apart share a column.
  std::map<std::vector<int>, int> columns;
  std::vector<int> classes;
  std::vector<std::vector<int>> distinct;
  for (int c = 0; c < kCharacters; ++c) {
    std::vector<int> column;
    for (auto& row : rows) column.push_back(row[c]);
    auto [found, fresh] = columns.emplace(column, static_cast<int>(distinct.size()));
    if (fresh) distinct.push_back(column);
    classes.push_back(found->second);
  }
  if (states.size() > 255) return 3;

  std::FILE* out = std::fopen(argv[1], "w");
  if (!out) return 4;
  std::fprintf(out, "// Made by make_lexer_table from PythonLexer.g4.\n");
  std::fprintf(out, "inline constexpr int kLexerStates = %zu;\ninline constexpr int kLexerClasses = %zu;\n",
               states.size(), distinct.size());
  std::fprintf(out, "inline constexpr unsigned char kLexerClass[%d] = {", kCharacters);
  for (int c : classes) std::fprintf(out, "%d,", c);
  std::fprintf(out, "};\ninline constexpr unsigned char kLexerNext[kLexerStates][kLexerClasses] = {\n");
  for (std::size_t i = 0; i < states.size(); ++i) {
    std::fprintf(out, "{");
    for (auto& column : distinct) std::fprintf(out, "%d,", column[i]);
    std::fprintf(out, "},\n");
  }
  std::fprintf(out, "};\ninline constexpr unsigned char kLexerAccept[kLexerStates] = {0,");
  for (std::size_t i = 1; i < states.size(); ++i) {
    std::fprintf(out, "%zu,", states[i]->isAcceptState ? states[i]->prediction : std::size_t{0});
  }
  std::fprintf(out, "};\ninline constexpr std::string_view kTokenNames[] = {");
  const antlr4::dfa::Vocabulary& vocabulary = lexer.getVocabulary();
  for (std::size_t type = 0; type <= PythonLexer::YIELD; ++type) {
    std::fprintf(out, "\"%s\",", type == 0 ? "ERROR" : vocabulary.getSymbolicName(type).c_str());
  }
  std::fprintf(out,
               "};\nstruct Keyword { std::string_view text; unsigned char type; };\ninline constexpr Keyword "
               "kKeywords[] = {");
  for (std::size_t type = PythonLexer::AND; type <= PythonLexer::YIELD; ++type) {
    std::string literal = vocabulary.getLiteralName(type);
    std::fprintf(out, "{\"%s\",%zu},", literal.substr(1, literal.size() - 2).c_str(), type);
  }
  std::fprintf(out, "};\n");
  return std::fclose(out) == 0 ? 0 : 5;
}
