"""The classes of syntax trees, made from their description in the grammar of the language."""

PyCF_ONLY_AST = 0x400
PyCF_TYPE_COMMENTS = 0x1000
PyCF_ALLOW_TOP_LEVEL_AWAIT = 0x2000


class AST:
    """A node. Positional arguments are the fields in order."""

    _fields = ()
    _attributes = ()
    __match_args__ = ()

    def __init__(self, /, *args, **kwargs):
        fields = self._fields
        if len(args) > len(fields):
            raise TypeError(f'{type(self).__name__} constructor takes at most {len(fields)} positional '
                            f'argument{"" if len(fields) == 1 else "s"}')
        for name, value in zip(fields, args):
            setattr(self, name, value)
        for name, value in kwargs.items():
            if name in fields[:len(args)]:
                raise TypeError(f'{type(self).__name__} got multiple values for argument {name!r}')
            setattr(self, name, value)

    def __reduce_ex__(self, protocol):
        return type(self), (), self.__dict__


_DESCRIPTION = """
alias(name, asname?) [lineno col_offset end_lineno? end_col_offset?]
arg(arg, annotation?, type_comment?) [lineno col_offset end_lineno? end_col_offset?]
arguments(posonlyargs, args, vararg?, kwonlyargs, kw_defaults, kwarg?, defaults)
boolop()
  And()
  Or()
cmpop()
  Eq()
  Gt()
  GtE()
  In()
  Is()
  IsNot()
  Lt()
  LtE()
  NotEq()
  NotIn()
comprehension(target, iter, ifs, is_async)
excepthandler() [lineno col_offset end_lineno? end_col_offset?]
  ExceptHandler(type?, name?, body)
expr() [lineno col_offset end_lineno? end_col_offset?]
  Attribute(value, attr, ctx)
  Await(value)
  BinOp(left, op, right)
  BoolOp(op, values)
  Call(func, args, keywords)
  Compare(left, ops, comparators)
  Constant(value, kind?)
  Dict(keys, values)
  DictComp(key, value, generators)
  FormattedValue(value, conversion, format_spec?)
  GeneratorExp(elt, generators)
  IfExp(test, body, orelse)
  JoinedStr(values)
  Lambda(args, body)
  List(elts, ctx)
  ListComp(elt, generators)
  Name(id, ctx)
  NamedExpr(target, value)
  Set(elts)
  SetComp(elt, generators)
  Slice(lower?, upper?, step?)
  Starred(value, ctx)
  Subscript(value, slice, ctx)
  Tuple(elts, ctx)
  UnaryOp(op, operand)
  Yield(value?)
  YieldFrom(value)
expr_context()
  Del()
  Load()
  Store()
keyword(arg?, value) [lineno col_offset end_lineno? end_col_offset?]
match_case(pattern, guard?, body)
mod()
  Expression(body)
  FunctionType(argtypes, returns)
  Interactive(body)
  Module(body, type_ignores)
operator()
  Add()
  BitAnd()
  BitOr()
  BitXor()
  Div()
  FloorDiv()
  LShift()
  MatMult()
  Mod()
  Mult()
  Pow()
  RShift()
  Sub()
pattern() [lineno col_offset end_lineno end_col_offset]
  MatchAs(pattern?, name?)
  MatchClass(cls, patterns, kwd_attrs, kwd_patterns)
  MatchMapping(keys, patterns, rest?)
  MatchOr(patterns)
  MatchSequence(patterns)
  MatchSingleton(value)
  MatchStar(name?)
  MatchValue(value)
stmt() [lineno col_offset end_lineno? end_col_offset?]
  AnnAssign(target, annotation, value?, simple)
  Assert(test, msg?)
  Assign(targets, value, type_comment?)
  AsyncFor(target, iter, body, orelse, type_comment?)
  AsyncFunctionDef(name, args, body, decorator_list, returns?, type_comment?)
  AsyncWith(items, body, type_comment?)
  AugAssign(target, op, value)
  Break()
  ClassDef(name, bases, keywords, body, decorator_list)
  Continue()
  Delete(targets)
  Expr(value)
  For(target, iter, body, orelse, type_comment?)
  FunctionDef(name, args, body, decorator_list, returns?, type_comment?)
  Global(names)
  If(test, body, orelse)
  Import(names)
  ImportFrom(module?, names, level?)
  Match(subject, cases)
  Nonlocal(names)
  Pass()
  Raise(exc?, cause?)
  Return(value?)
  Try(body, handlers, orelse, finalbody)
  TryStar(body, handlers, orelse, finalbody)
  While(test, body, orelse)
  With(items, body, type_comment?)
type_ignore()
  TypeIgnore(lineno, tag)
unaryop()
  Invert()
  Not()
  UAdd()
  USub()
withitem(context_expr, optional_vars?)
"""


def _parse(text):
    name, _, rest = text.partition('(')
    fields, _, attributes = rest.partition(')')
    return name, [f for f in fields.split(', ') if f], attributes.strip(' []').split()


def _define(base, name, fields, attributes):
    plain = tuple([f.rstrip('?') for f in fields])
    space = {'_fields': plain, '__match_args__': plain, '__module__': 'ast'}
    if attributes:
        space['_attributes'] = tuple([a.rstrip('?') for a in attributes])
    for field in fields + attributes:
        if field.endswith('?'):
            space[field[:-1]] = None
    cls = globals()[name] = type(name, (base,), space)
    return cls


def _define_all():
    group = AST
    for line in _DESCRIPTION.splitlines():
        if line.startswith('  '):
            name, fields, _ = _parse(line.strip())
            _define(group, name, fields, [])
        elif line:
            name, fields, attributes = _parse(line)
            group = _define(AST, name, fields, attributes)


AST.__module__ = 'ast'
_define_all()
