// The sentences of the language: Python 3.11.
//
// Every decision is made by the next token alone, so that the generated parser is a chain of switches. Three things are therefore
// settled after parsing, by the code that builds the syntax tree from the parse tree:
//   - the precedence of operators: `operation` is a flat row of operands and operators, as long as the source has it;
//   - what may be assigned to, deleted or annotated: targets are parsed as expressions;
//   - the order of parameters and arguments, and where `as` may stand in parentheses (only in a `with` statement).
// Where LAST_COMMA, LAST_SEMICOLON, MATCH and CASE come from is told in PythonLexer.g4.
parser grammar PythonParser;

options {
  tokenVocab = PythonLexer;
}

// Entry points: a file or the lines at a prompt; an expression for eval().
sourceFile : statement* EOF ;
evaluation : tests NEWLINE? EOF ;

// ---- Statements ------------------------------------------------------------------------------------------------------------------------

statement
  : simpleLine
  | ifStatement
  | whileStatement
  | forStatement
  | tryStatement
  | withStatement
  | function
  | classDefinition
  | decorated
  | asyncStatement
  | matchStatement
  ;

simpleLine : simpleStatement (';' simpleStatement)* LAST_SEMICOLON? NEWLINE ;

block
  : simpleLine
  | NEWLINE INDENT statement+ DEDENT
  ;

simpleStatement
  : assignment
  | 'pass'
  | 'break'
  | 'continue'
  | 'return' tests?
  | 'raise' (test ('from' test)?)?
  | 'del' tests
  | 'assert' test (',' test)?
  | 'global' NAME (',' NAME)*
  | 'nonlocal' NAME (',' NAME)*
  | importModules
  | importNames
  ;

// An expression alone, an assignment, an augmented assignment, or an annotated name.
assignment
  : value (
      ('=' value)*
    | (
        '+=' | '-=' | '*=' | '**=' | '/=' | '//=' | '%=' | '@=' | '<<=' | '>>=' | '&=' | '|=' | '^='
      ) value
    | ':' test ('=' value)?
  )
  ;

value : tests | yieldExpression ;

importModules : 'import' dottedName ('as' NAME)? (',' dottedName ('as' NAME)?)* ;
importNames
  : 'from' (('.' | '...')+ dottedName? | dottedName) 'import' (
      '*'
    | importedName (',' importedName)*
    | '(' importedName (',' importedName)* LAST_COMMA? ')'
  )
  ;
importedName : NAME ('as' NAME)? ;
dottedName : NAME ('.' NAME)* ;

ifStatement : 'if' condition ':' block ('elif' condition ':' block)* ('else' ':' block)? ;
whileStatement : 'while' condition ':' block ('else' ':' block)? ;
forStatement : 'for' targets 'in' tests ':' block ('else' ':' block)? ;
tryStatement
  : 'try' ':' block (
      exceptClause+ ('else' ':' block)? ('finally' ':' block)?
    | 'finally' ':' block
  )
  ;
exceptClause : 'except' '*'? (test ('as' NAME)?)? ':' block ;
withStatement : 'with' withItem (',' withItem)* ':' block ;
withItem : test ('as' target)? ;

function : 'def' NAME '(' parameters? ')' ('->' test)? ':' block ;
parameters : parameter (',' parameter)* LAST_COMMA? ;
parameter
  : NAME (':' test)? ('=' test)?
  | '*' (NAME (':' (test | '*' arithmetic))?)?
  | '**' NAME (':' test)?
  | '/'
  ;
classDefinition : 'class' NAME ('(' arguments? ')')? ':' block ;
decorated : ('@' condition NEWLINE)+ (function | classDefinition | 'async' function) ;
asyncStatement : 'async' (function | withStatement | forStatement) ;

matchStatement : MATCH subject ':' NEWLINE INDENT caseBlock+ DEDENT ;
subject : ('*' arithmetic | test (':=' test)?) (',' ('*' arithmetic | test (':=' test)?))* LAST_COMMA? ;
caseBlock : CASE patterns ('if' condition)? ':' block ;

// ---- Patterns --------------------------------------------------------------------------------------------------------------------------

patterns : (pattern | '*' NAME) (',' (pattern | '*' NAME))* LAST_COMMA? ;
pattern : closedPattern ('|' closedPattern)* ('as' NAME)? ;
closedPattern
  : '-'? NUMBER (('+' | '-') NUMBER)?
  | strings
  | 'None'
  | 'True'
  | 'False'
  | NAME ('.' NAME)* ('(' (classPattern (',' classPattern)* LAST_COMMA?)? ')')?
  | '(' patterns? ')'
  | '[' patterns? ']'
  | '{' (mappingPattern (',' mappingPattern)* LAST_COMMA?)? '}'
  ;
classPattern : pattern ('=' pattern)? ;
mappingPattern : closedPattern ':' pattern | '**' NAME ;

// ---- Expressions -----------------------------------------------------------------------------------------------------------------------

// One or more expressions, a tuple when there is a comma.
tests : ('*' arithmetic | test) (',' ('*' arithmetic | test))* LAST_COMMA? ;
targets : target (',' target)* LAST_COMMA? ;
target : '*'? arithmetic ;
condition : test (':=' test)? ;
yieldExpression : 'yield' ('from' test | tests)? ;

test
  : operation ('if' operation 'else' test)?
  | lambda
  ;
lambda : 'lambda' lambdaParameters? ':' test ;
lambdaParameters : lambdaParameter (',' lambdaParameter)* LAST_COMMA? ;
lambdaParameter : NAME ('=' test)? | '*' NAME? | '**' NAME | '/' ;

// After `is`, a `not` that the operand begins with belongs to the operator.
operation
  : operand (
      (
        'or' | 'and' | 'in' | 'is' | '<' | '>' | '<=' | '>=' | '==' | '!=' | '<>' | '|' | '^' | '&' | '<<' | '>>' | '+' | '-' | '*' | '/' | '//'
        | '%' | '@' | '**'
      ) operand
    | 'not' 'in' operand
  )*
  ;
arithmetic : operand (('|' | '^' | '&' | '<<' | '>>' | '+' | '-' | '*' | '/' | '//' | '%' | '@' | '**') operand)* ;

// Prefix operators, an atom, and what is hung behind it.
operand
  : ('not' | '-' | '+' | '~' | 'await')* (
      NAME
    | NUMBER
    | strings
    | 'None'
    | 'True'
    | 'False'
    | '...'
    | '(' (elements | yieldExpression)? ')'
    | '[' elements? ']'
    | '{' (entries)? '}'
  ) ('.' NAME | '(' arguments? ')' | '[' subscripts ']')*
  ;

// What stands in parentheses or brackets: a comprehension or a row of values.
elements
  : element (
      comprehension
    | (',' element)* LAST_COMMA?
  )
  ;
element : '*' arithmetic | test (':=' test)? ('as' target)? ;

// What stands in braces: a dictionary when the first entry has a colon or `**`, else a set.
entries
  : entry (
      comprehension
    | (',' entry)* LAST_COMMA?
  )
  ;
entry : '**' arithmetic | '*' arithmetic | test (':=' test | ':' test)? ;

comprehension : ('async'? 'for' targets 'in' operation ('if' operation)*)+ ;

arguments : argument (',' argument)* LAST_COMMA? ;
argument : '*' test | '**' test | test ('=' test | (':=' test)? comprehension?) ;

subscripts : subscript (',' subscript)* LAST_COMMA? ;
subscript : '*' arithmetic | test (':=' test | slice)? | slice ;
slice : ':' test? (':' test?)? ;

strings : (STRING | fstring)+ ;
fstring : FSTRING_START fstringPart* FSTRING_END ;
fstringPart
  : FSTRING_TEXT
  | FIELD_START (elements | yieldExpression) FIELD_DEBUG? FIELD_CONVERSION? (FIELD_SPEC fstringPart*)? FIELD_END
  ;
