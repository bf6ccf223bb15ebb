// The words of the language: Python 3.11.
//
// The lexer sees bytes. Every byte of a character beyond ASCII reaches it as U+001A, which therefore stands for "any other character" below;
// whether an identifier made of such characters is a legal one is checked afterwards.
//
// Layout is not decided here. A token source between this lexer and the parser drops SPACES, COMMENT and LINE_JOIN, drops END_OF_LINE inside
// brackets and on blank lines, makes it NEWLINE elsewhere, and inserts INDENT and DEDENT. It also
//   - turns a NAME that is a keyword into that keyword (they stand in a mode of their own, so that this automaton stays small);
//   - turns `match` and `case` into MATCH and CASE where the layout of the line says that they are keywords;
//   - turns a comma or semicolon after which nothing more of the list can come into LAST_COMMA or LAST_SEMICOLON, so that one token of
//     lookahead is enough for every rule of the parser;
//   - splits an f-string into its parts.
lexer grammar PythonLexer;

tokens {
  NEWLINE,
  INDENT,
  DEDENT,
  MATCH,
  CASE,
  LAST_COMMA,
  LAST_SEMICOLON,
  FSTRING_START,
  FSTRING_TEXT,
  FSTRING_END,
  FIELD_START,
  FIELD_DEBUG,
  FIELD_CONVERSION,
  FIELD_SPEC,
  FIELD_END
}

NAME : NAME_START NAME_PART* ;

NUMBER
  : '0' [xX] ('_'? [0-9a-fA-F])+
  | '0' [oO] ('_'? [0-7])+
  | '0' [bB] ('_'? [01])+
  | '0' ('_'? '0')*
  | [1-9] ('_'? [0-9])*
  | (DIGITS? '.' DIGITS | DIGITS '.') EXPONENT?
  | DIGITS EXPONENT
  | (DIGITS? '.' DIGITS | DIGITS '.'?) EXPONENT? [jJ]
  ;

STRING : STRING_PREFIX? (LONG_STRING | SHORT_STRING) ;

SPACES : [ \t\f]+ ;
COMMENT : '#' ~[\n]* ;
LINE_JOIN : '\\' '\n' ;
END_OF_LINE : '\n' ;

LPAREN : '(' ;
RPAREN : ')' ;
LBRACKET : '[' ;
RBRACKET : ']' ;
LBRACE : '{' ;
RBRACE : '}' ;
COMMA : ',' ;
COLON : ':' ;
SEMICOLON : ';' ;
DOT : '.' ;
ELLIPSIS : '...' ;
ARROW : '->' ;
WALRUS : ':=' ;
ASSIGN : '=' ;
PLUS : '+' ;
MINUS : '-' ;
STAR : '*' ;
DOUBLE_STAR : '**' ;
SLASH : '/' ;
DOUBLE_SLASH : '//' ;
PERCENT : '%' ;
AT : '@' ;
LEFT_SHIFT : '<<' ;
RIGHT_SHIFT : '>>' ;
AMPERSAND : '&' ;
BAR : '|' ;
CARET : '^' ;
TILDE : '~' ;
LESS : '<' ;
GREATER : '>' ;
LESS_EQUAL : '<=' ;
GREATER_EQUAL : '>=' ;
EQUAL : '==' ;
NOT_EQUAL : '!=' ;
LESS_GREATER : '<>' ; // for those alone who compile with barry_as_FLUFL of __future__
PLUS_ASSIGN : '+=' ;
MINUS_ASSIGN : '-=' ;
STAR_ASSIGN : '*=' ;
DOUBLE_STAR_ASSIGN : '**=' ;
SLASH_ASSIGN : '/=' ;
DOUBLE_SLASH_ASSIGN : '//=' ;
PERCENT_ASSIGN : '%=' ;
AT_ASSIGN : '@=' ;
LEFT_SHIFT_ASSIGN : '<<=' ;
RIGHT_SHIFT_ASSIGN : '>>=' ;
AMPERSAND_ASSIGN : '&=' ;
BAR_ASSIGN : '|=' ;
CARET_ASSIGN : '^=' ;

fragment NAME_START : [A-Za-z_\u001A] ;
fragment NAME_PART : [A-Za-z0-9_\u001A] ;
fragment DIGITS : [0-9] ('_'? [0-9])* ;
fragment EXPONENT : [eE] [+\-]? DIGITS ;
fragment STRING_PREFIX : [rR] | [uU] | [bB] [rR]? | [rR] [bB] | [fF] [rR]? | [rR] [fF] ;
fragment SHORT_STRING
  : '\'' (~[\\\n'] | '\\' ANY)* '\''
  | '"' (~[\\\n"] | '\\' ANY)* '"'
  ;
fragment LONG_STRING
  : '\'\'\'' (~[\\] | '\\' ANY)*? '\'\'\''
  | '"""' (~[\\] | '\\' ANY)*? '"""'
  ;
fragment ANY : [\u0000-\u007F] ;

// The keywords. No text is ever lexed in this mode: it is the list by which the token source knows them.
mode KEYWORDS;

AND : 'and' ;
AS : 'as' ;
ASSERT : 'assert' ;
ASYNC : 'async' ;
AWAIT : 'await' ;
BREAK : 'break' ;
CLASS : 'class' ;
CONTINUE : 'continue' ;
DEF : 'def' ;
DEL : 'del' ;
ELIF : 'elif' ;
ELSE : 'else' ;
EXCEPT : 'except' ;
FALSE : 'False' ;
FINALLY : 'finally' ;
FOR : 'for' ;
FROM : 'from' ;
GLOBAL : 'global' ;
IF : 'if' ;
IMPORT : 'import' ;
IN : 'in' ;
IS : 'is' ;
LAMBDA : 'lambda' ;
NONE : 'None' ;
NONLOCAL : 'nonlocal' ;
NOT : 'not' ;
OR : 'or' ;
PASS : 'pass' ;
RAISE : 'raise' ;
RETURN : 'return' ;
TRUE : 'True' ;
TRY : 'try' ;
WHILE : 'while' ;
WITH : 'with' ;
YIELD : 'yield' ;
