// Owns: the order of the stages: decode, tokenize, parse, build. Every exception of the grammar ends here.
#include "grammar/parse.h"

#include "grammar/builder.h"
#include "grammar/diagnose.h"
#include "grammar/layout.h"
#include "grammar/lexer.h"
#include "grammar/tree.h"

namespace lisle::grammar {
namespace {

#include "parser_names.inc"

Rule* parse_tree(TreeParser& parser, Mode mode) {
  if (mode == Mode::Eval) return parser.evaluation();
  return parser.sourceFile();
}

// Is the token part of a replacement field?
bool in_fstring(const Tokens& tokens, std::size_t token) {
  int depth = 0;
  for (std::size_t i = 0; i < token && i < tokens.list.size(); ++i) {
    depth += tokens.list[i].type == Tok::FSTRING_START;
    depth -= tokens.list[i].type == Tok::FSTRING_END;
  }
  return depth > 0;
}

SyntaxError stopped_error(const Source& source, Tokens& tokens, const ParseStopped& stopped) {
  SyntaxError error = diagnose(source, tokens, stopped);
  if (in_fstring(tokens, stopped.token) && !error.message.starts_with("f-string"))
    error.message.insert(0, "f-string: ");
  // At the end of the text more of it could help.
  error.incomplete |= tokens.list[stopped.token].type == kEndToken;
  return error;
}

void append_tree(TreeNode* root, std::string& out) {
  std::vector<std::pair<TreeNode*, int>> pending = {{root, 0}};
  while (!pending.empty()) {
    auto [node, level] = pending.back();
    pending.pop_back();
    out.append(level * 2, ' ');
    if (is_leaf(node) && level > 0) {
      out += token_name(leaf(node).type);
      out += ' ';
      out += leaf(node).type == Tok::NEWLINE ? std::string_view() : leaf(node).view();
    } else {
      out += kRuleNames[rule(node)->getRuleIndex()];
    }
    while (out.back() == ' ') out.pop_back();
    out += '\n';
    for (std::size_t i = node->children.size(); i-- > 0;) pending.push_back({node->children[i], level + 1});
  }
}

}  // namespace

ParseResult parse(std::string_view bytes, Mode mode, std::string_view, const ParseOptions& options) {
  ParseResult result;
  Source source = decode(bytes, options.is_text);
  if (source.error) {
    result.error = std::move(source.error);
    return result;
  }
  Tokens tokens = tokenize(source);
  try {
    TokenStream stream(tokens.list);
    TreeParser parser(stream);
    Rule* tree = parse_tree(parser, mode);
    Builder builder(source, result.owner, options);
    result.root = builder.build(tree, mode);
    result.warnings = std::move(tokens.warnings);
    std::ranges::move(builder.warnings(), std::back_inserter(result.warnings));
  } catch (const ParseStopped& stopped) {
    result.error = stopped_error(source, tokens, stopped);
  } catch (Failure& failure) {
    int line = failure.error.line;
    result.error = or_better(std::move(failure.error), tokens, line);
  }
  return result;
}

std::string dump_tokens(std::string_view bytes) {
  Source source = decode(bytes);
  if (source.error) return "error: " + source.error->message + "\n";
  Tokens tokens = tokenize(source);
  std::string out;
  for (const Token& token : tokens.list) {
    out += std::to_string(token.at.line) + ":" + std::to_string(token.at.col) + "-" +
           std::to_string(token.at.end_line) + ":" + std::to_string(token.at.end_col) + " ";
    out += token_name(token.type);
    bool layout = token.type == Tok::NEWLINE || token.start == token.end;
    if (!layout) out += " " + std::string(token.view());
    out += '\n';
  }
  if (tokens.error) out += "error: " + tokens.error->message + "\n";
  return out;
}

std::string dump_tree(std::string_view bytes, Mode mode) {
  Source source = decode(bytes);
  if (source.error) return "error: " + source.error->message + "\n";
  Tokens tokens = tokenize(source);
  std::string out;
  try {
    TokenStream stream(tokens.list);
    TreeParser parser(stream);
    append_tree(parse_tree(parser, mode), out);
  } catch (const ParseStopped& stopped) {
    out = "error: " + stopped_error(source, tokens, stopped).message + "\n";
  }
  return out;
}

}  // namespace lisle::grammar
