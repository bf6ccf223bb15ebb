"""Writes programs whose results tell whether compiled code does what the interpreter does.

A program is a function of its seed. It has what a compiler has to get right: loops that run often, numbers that
outgrow a word, values whose kind changes after code was compiled for another, calls of every sort, classes,
generators, closures, exceptions, tasklets and channels. It ends soon, since loops are short and calls lead
to earlier functions alone, and it prints each result and each exception with the lines it came through.
Nothing printed depends on addresses, time or the order of collection.
"""
import random

PRELUDE = '''\
import sys
from array import array
try:
    import stackless
except ImportError:
    stackless = None
def show(v, depth=0):
    kind = type(v)
    if v is None or kind in (bool, float, str, complex):
        return repr(v)[:60]
    if kind is int:
        return repr(v) if -2**100 < v < 2**100 else "big %d %d" % (v.bit_length(), v % 1000003)
    if depth > 3:
        return kind.__name__
    if kind in (list, tuple, set, array):
        return "%s(%s)" % (kind.__name__, ", ".join([show(x, depth + 1) for x in list(v)[:12]]))
    if kind is dict:
        return "{%s}" % ", ".join(["%s: %s" % (show(k, depth + 1), show(x, depth + 1)) for k, x in list(v.items())[:12]])
    if isinstance(v, BaseException):
        return kind.__name__ + show(v.args, depth + 1)
    fields = getattr(v, "__dict__", None)
    if fields is not None and kind.__module__ == "program" and not isinstance(v, type):
        return kind.__name__ + show(fields, depth + 1)
    return "<%s>" % kind.__name__
def where(e):
    lines, tb = [], e.__traceback__
    while tb is not None:
        if tb.tb_frame.f_code.co_name != "attempt":
            lines.append(tb.tb_lineno)
        tb = tb.tb_next
    return lines[:8]
def attempt(label, f, *args):
    try:
        print(label, show(f(*args)))
    except Exception as e:
        print(label, show(e), where(e), show(e.__context__))
'''

INT_ATOMS = ["0", "1", "2", "3", "-1", "7", "-5", "10", "100", "255", "2**31", "2**61", "2**61 - 1", "-2**61", "2**62", "2**70",
             "-2**63", "4611686018427387903"]
FLOAT_ATOMS = ["0.0", "1.0", "-0.5", "2.5", "1e10", "1e-7", "1e300", "1e200", "-0.0", "3.25", "1e-200"]
STR_ATOMS = ["''", "'a'", "'xyz'", "'k'", "'\\u20ac'"]
OTHER_ATOMS = ["None", "True", "False", "()", "(1, 2.0)", "'s'", "[1]", "{}"]
ARITHMETIC = ["+", "-", "*", "//", "%", "&", "|", "^", "<<", ">>", "/", "+", "-", "+", "-"]
COMPARISONS = ["<", "<=", "==", "!=", ">", ">="]


class Program:
    """The grammar, one method a construct. `kinds` says of each local what it most likely holds."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.lines = []
        self.functions = []  # (name, parameter kinds, returned kind)
        self.generators = []
        self.classes = []
        self.fresh = 0

    # --- choices

    def chance(self, percent):
        return self.random.randrange(100) < percent

    def one(self, *choices):
        return self.random.choice(choices)

    def name(self, stem):
        self.fresh += 1
        return f"{stem}{self.fresh}"

    def any_kind(self):
        return self.one("int", "int", "int", "int", "float", "float", "list", "list", "str", "any", "dict", "object")

    # --- expressions of a kind

    def atom(self, kind):
        r = self.random
        if kind == "int":
            return r.choice(INT_ATOMS) if self.chance(40) else str(r.randrange(-20, 60))
        if kind == "depth":
            return str(r.randrange(9))
        if kind == "float":
            return r.choice(FLOAT_ATOMS)
        if kind == "str":
            return r.choice(STR_ATOMS)
        if kind == "list":
            if self.chance(15):
                return self.one("array('d', [0.5, 1.5, 2, 3.5])", "array('q', [1, 2, 2**61, -7])", "array('B', [1, 255, 3])", "array('h', range(5))")
            return self.one("[1, 2, 3]", "[0.5, 1.5, 2.5, 3.5]", "[3, 1.5, 2]", "list(range(6))", "[0] * 5", "[]", "['a', 2]")
        if kind == "dict":
            return self.one("{1: 2, 'k': 3}", "{}", "{0: 0.5, 1: 1.5}", "dict(a=1)")
        if kind == "bool":
            return self.one("True", "False")
        if kind == "object":
            return f"{self.random.choice(self.classes)}({self.atom('int')})" if self.classes else "None"
        return r.choice(OTHER_ATOMS + INT_ATOMS + FLOAT_ATOMS)

    def local(self, kind, scope):
        fitting = [n for n, k in scope.items() if k == kind or kind == "any"]
        return self.random.choice(fitting) if fitting else None

    def expression(self, kind, scope, depth=0):
        if self.chance(2):
            kind = self.any_kind()
        if depth < 3 and self.chance(55 - 15 * depth):
            made = getattr(self, "make_" + kind, None)
            if made:
                text = made(scope, depth + 1)
                if text:
                    return text
        found = self.local(kind, scope)
        return found if found and self.chance(80) else self.atom(kind)

    def make_int(self, scope, depth):
        e = lambda kind="int": self.expression(kind, scope, depth)
        choice = self.random.randrange(20)
        if choice < 8:
            operator = self.random.choice(ARITHMETIC[:-5] if self.chance(60) else ["+", "-", "*"])
            right = e()
            if operator == "<<":
                right = self.one("1", "3", "40")
            if operator == ">>":
                right = self.one("0", "1", "5", "64")
            if operator == "/":
                operator = "//"
            return f"({e()} {operator} {right})"
        if choice == 8:
            return f"{self.one('-', '~', 'abs', '+')}({e()})"
        if choice == 9:
            return f"len({e('list')})"
        if choice == 10:
            return f"{e('list')}[{self.one('0', '1', '-1', '2', 'i', 'n', e())}]".replace("[i]", "[0]").replace("[n]", "[-2]")
        if choice == 11:
            return f"({e()} if {self.condition(scope, depth)} else {e()})"
        if choice == 12:
            return f"{self.one('min', 'max')}({e()}, {e()})"
        if choice == 13:
            return f"int({e('float')} % 1000)"
        if choice == 14:
            return f"({self.condition(scope, depth)})"
        if choice == 15:
            v = self.name("c")
            return f"sum([{v} {self.one('+', '*', '-', '^')} {e()} for {v} in range({self.random.randrange(8)})])"
        if choice == 16 and self.classes:
            return f"{e('object')}.{self.one('x', 'y', 'count', 'double', 'w1', 'w14', 'w17')}"
        return self.call("int", scope, depth)

    def make_float(self, scope, depth):
        e = lambda kind="float": self.expression(kind, scope, depth)
        choice = self.random.randrange(10)
        if choice < 6:
            return f"({e(self.one('float', 'float', 'int'))} {self.one('+', '-', '*', '/', '+', '*', '%', '//')} {e(self.one('float', 'float', 'int'))})"
        if choice == 6:
            return f"{self.one('-', 'abs')}({e()})"
        if choice == 7:
            return f"float({e('int')} % 1000)" if self.chance(60) else f"float({e(self.one('float', 'int', 'bool', 'any'))})"
        if choice == 8:
            return f"({e('int')} / {e('int')})"
        return self.call("float", scope, depth)

    def make_str(self, scope, depth):
        e = lambda kind="str": self.expression(kind, scope, depth)
        choice = self.random.randrange(6)
        if choice == 0:
            return f"({e()} + {e()})[-12:]"
        if choice == 1:
            return f"str({e('int')})[:9]"
        if choice == 2:
            return f"f'{{show({e(self.any_kind())})}}'" if self.chance(20) and "'" not in (t := e('int')) else f"repr({e('bool')})"
        if choice == 3:
            return f"{e()}.{self.one('upper()', 'strip()', 'replace(chr(97), chr(98))', 'lower()')}"
        if choice == 4:
            return f"{e()}[{self.one('0', ':2', '-1', '::-1')}]"
        return f"'%s' % ({e('int')},)"

    def make_list(self, scope, depth):
        e = lambda kind="list": self.expression(kind, scope, depth)
        choice = self.random.randrange(7)
        if choice == 0:
            return f"[{e('int')}, {e(self.any_kind())}, {e('float')}]"
        if choice == 1:
            v, inner = self.name("c"), dict(scope)
            inner[v] = "int"
            test = f" if {self.condition(inner, depth)}" if self.chance(40) else ""
            return f"[{self.expression(self.one('int', 'float'), inner, depth)} for {v} in range({self.random.randrange(9)}){test}]"
        if choice == 2:
            return f"({e()} + {e()})[-9:]"
        if choice == 3:
            return f"{e()}[{self.one('1:', ':2', '::-1', '::2')}]"
        if choice == 4 and self.generators:
            return f"list({self.random.choice(self.generators)}({e('int')} % 7))"
        if choice == 5:
            return f"sorted({e()}, key=lambda v: show(v))"
        return f"list({e()})"

    def make_dict(self, scope, depth):
        v = self.name("c")
        return f"{{{v}: {self.expression('int', scope, depth)} for {v} in range({self.random.randrange(6)})}}"

    def make_bool(self, scope, depth):
        return f"({self.condition(scope, depth)})"

    def make_object(self, scope, depth):
        if not self.classes:
            return None
        return f"{self.random.choice(self.classes)}({self.expression(self.one('int', 'int', 'float', 'any'), scope, depth)})"

    def make_any(self, scope, depth):
        return self.expression(self.any_kind(), scope, depth)

    def call(self, kind, scope, depth):
        e = lambda k: self.expression(k, scope, depth)
        choices = [f for f in self.functions if f[2] == kind]
        if self.classes and self.chance(40):
            return f"{e('object')}.{self.one('get', 'add', 'step')}({e(self.one('int', 'int', 'float'))})"
        if not choices:
            return None
        name, parameters, _ = self.random.choice(choices)
        arguments = [self.atom(k) if k == "depth" else e(k) for k in parameters]
        if self.chance(5):
            return f"{name}(*[{', '.join(arguments)}])"
        return f"{name}({', '.join(arguments)})"

    def condition(self, scope, depth=0):
        e = lambda kind: self.expression(kind, scope, depth + 1)
        choice = self.random.randrange(14)
        if choice < 6:
            kind = self.one("int", "int", "float")
            return f"{e(kind)} {self.random.choice(COMPARISONS)} {e(self.one(kind, 'int'))}"
        if choice == 6:
            return f"{e('any')} is {self.one('', 'not ')}None"
        if choice == 7:
            return f"not {e('any')}"
        if choice == 8:
            return f"{e('int')} in {e(self.one('list', 'dict'))}"
        if choice == 9:
            return f"{self.atom('int')} < {e('int')} <= {self.atom('int')}"
        if choice == 10:
            return f"({self.condition(scope, depth + 1) if depth < 2 else e('bool')}) {self.one('and', 'or')} {e('int')}"
        if choice == 11:
            known = self.one('int', 'float', 'str', 'list', 'tuple', 'bool', 'dict', 'object', 'type(None)', '(int, list)')
            asked = self.random.choice(self.classes) if self.classes and self.chance(50) else known
            return f"isinstance({e(self.one('any', 'any', 'object', 'int', 'float'))}, {asked})"
        if choice == 12:
            return f"{e('any')} {self.one('==', '!=')} {e('any')}"
        return e("any")

    # --- statements

    def inside(self, scope):
        """What a block binds is rarely read behind it."""
        return scope if self.chance(15) else dict(scope)

    def line(self, indent, text):
        self.lines.append("    " * indent + text)

    def block(self, indent, scope, budget, loop=False, generator=False):
        before = len(self.lines)
        for _ in range(self.random.randrange(1, 4)):
            self.statement(indent, scope, budget, loop, generator)
        if len(self.lines) == before:
            self.line(indent, "pass")

    def assign(self, indent, scope):
        kind = self.any_kind()
        known = self.local(kind, scope)
        target = known if known and self.chance(75) else self.name("v")
        if target.startswith("_"):
            return
        text = self.expression(kind, scope)
        self.line(indent, f"{target} = {text}")
        scope[target] = kind
        self.tame(indent, target, kind)

    def tame(self, indent, target, kind):
        """Numbers that grow in a loop are cut down, behind the end of a word."""
        if kind in ("int", "any", "object"):
            self.line(indent, f"if isinstance({target}, int) and not -2**90 < {target} < 2**90: {target} %= {self.one('1000003', '2**61 + 5', '(2**64 - 1)')}")

    def augment(self, indent, scope):
        kind = self.one("int", "int", "float")
        target = self.local(kind, scope)
        if not target or target.startswith("_"):
            return self.assign(indent, scope)
        operator = self.one("+", "-", "+", "*", "+", "//", "%", "^", "|", "&", "<<", ">>") if kind == "int" else self.one("+", "-", "*", "/")
        if operator in ("<<", ">>"):
            self.line(indent, f"{target} {operator}= {self.one('1', '2', '5')}")
        else:
            self.line(indent, f"{target} {operator}= {self.expression(self.one(kind, kind, 'int'), scope, 1)}")
        self.tame(indent, target, kind)

    def statement(self, indent, scope, budget, loop, generator):
        choice = self.random.randrange(30)
        if indent > 5 or len(self.lines) > 130:
            choice %= 12
        if choice < 5:
            self.assign(indent, scope)
        elif choice < 9:
            self.augment(indent, scope)
        elif choice == 9:
            self.store(indent, scope)
        elif choice == 10:
            if loop and self.chance(50):
                self.line(indent, f"if {self.condition(scope)}: {self.one('break', 'continue', 'continue')}")
            elif generator:
                item = self.expression(self.any_kind(), scope)
                self.line(indent, self.one("yield {}", "yield {}", "sent = yield {}", "yield from ({}, 2)").format(item))
            elif self.chance(40):
                self.line(indent, f"if {self.condition(scope)}: return {self.expression(self.any_kind(), scope)}")
        elif choice == 11:
            self.odd(indent, scope)
        elif choice < 17:
            self.branch(indent, scope, budget, loop, generator)
        elif choice < 24:
            self.loop(indent, scope, budget, generator)
        elif choice < 27:
            self.attempt_block(indent, scope, budget, loop, generator)
        elif choice == 27:
            self.closure(indent, scope)
        elif choice == 28:
            self.unpacking(indent, scope)
        else:
            self.line(indent, f"acc.append(show({self.expression(self.any_kind(), scope)}))")

    def store(self, indent, scope):
        choice = self.random.randrange(5)
        sequence, thing = self.local("list", scope), self.local("object", scope)
        if choice < 2 and sequence:
            index = self.one("0", "-1", "1", self.expression("int", scope, 2))
            self.line(indent, f"{sequence}[{index}] {self.one('=', '=', '+=')} {self.expression(self.any_kind(), scope, 1)}")
        elif choice == 2 and thing:
            self.line(indent, f"{thing}.{self.one('x', 'y', 'z')} {self.one('=', '+=')} {self.expression(self.one('int', 'int', 'float'), scope, 1)}")
            self.line(indent, f"if isinstance({thing}.x, int): {thing}.x %= 2**70")
        elif choice == 3:
            self.line(indent, f"acc[0] {self.one('=', '+=')} {self.expression('int', scope, 1)}; acc[0] %= 2**66")
        elif sequence:
            self.line(indent, f"{sequence}.append({self.expression(self.any_kind(), scope, 1)}); del {sequence}[:-30]")

    def odd(self, indent, scope):
        choice = self.random.randrange(6)
        known = self.local("any", scope)
        if choice == 0:
            self.line(indent, f"if {self.condition(scope)}: raise {self.one('ValueError', 'KeyError', 'IndexError')}({self.expression('int', scope, 2)})")
        elif choice == 1 and known and not known.startswith("_"):
            self.line(indent, f"if {self.condition(scope)}: del {known}")
        elif choice == 2:
            self.line(indent, f"assert {self.condition(scope)}, {self.expression('int', scope, 2)}")
        elif choice == 3 and not self.chance(60):
            self.line(indent, "acc.append(show(sorted((k, show(w)) for k, w in locals().items() if k not in ('acc', 'self')))[:200])")
        elif choice == 4:
            self.line(indent, "global total")
            self.lines.pop()
            self.line(indent, f"bump({self.expression('int', scope, 2)})")
        else:
            self.line(indent, f"acc.append({self.expression('int', scope, 1)})")

    def branch(self, indent, scope, budget, loop, generator):
        self.line(indent, f"if {self.condition(scope)}:")
        self.block(indent + 1, self.inside(scope), budget, loop, generator)
        if self.chance(25):
            self.line(indent, f"elif {self.condition(scope)}:")
            self.block(indent + 1, self.inside(scope), budget, loop, generator)
        if self.chance(50):
            self.line(indent, "else:")
            self.block(indent + 1, self.inside(scope), budget, loop, generator)

    def loop(self, indent, scope, budget, generator):
        if budget < 2:
            return self.assign(indent, scope)
        count = min(budget, self.random.choice((3, 5, 10, 12, 30)))
        choice = self.random.randrange(10)
        if choice < 5:
            v = self.name("i")
            scope[v] = "int"
            bounds = self.one(f"{count}", f"{count}", f"2, {count + 2}", f"{count}, 0, -1", f"0, {count * 3}, 3", f"2**61 - 3, 2**61 - 3 + {count}",
                              f"min({count}, abs({self.expression('int', scope, 2)}))")
            self.line(indent, f"for {v} in range({bounds}):")
        elif choice < 7:
            v = self.name("_w")
            self.line(indent, f"{v} = 0")
            scope[v] = "int"
            self.line(indent, f"while {v} < {count}{self.one('', '', ' and ' + self.condition(scope, 1))}:")
            self.line(indent + 1, f"{v} += {self.one('1', '1', '2')}")
        elif choice == 7:
            v, n = self.name("e"), self.name("i")
            scope[v], scope[n] = self.one("int", "any"), "int"
            self.line(indent, f"for {n}, {v} in {self.one('enumerate({0})', 'zip(range(9), {0})', 'enumerate({0}, 3)')}:".format(self.expression("list", scope, 1) + "[:12]"))
        elif choice == 8 and self.generators:
            v = self.name("e")
            scope[v] = "any"
            self.line(indent, f"for {v} in {self.random.choice(self.generators)}({self.expression('int', scope, 2)} % 9):")
        else:
            v = self.name("e")
            scope[v] = self.one("int", "any", "float")
            self.line(indent, f"for {v} in {self.expression(self.one('list', 'list', 'str', 'dict'), scope, 1)}[:20]:")
        self.block(indent + 1, self.inside(scope), budget // max(2, count), True, generator)
        if self.chance(10):
            self.line(indent, "else:")
            self.block(indent + 1, scope, budget // 2, False, generator)

    def attempt_block(self, indent, scope, budget, loop, generator):
        if self.chance(15):
            self.line(indent, f"with Guard({self.chance(40)}, acc) as {self.name('g')}:")
            return self.block(indent + 1, scope, budget, loop, generator)
        self.line(indent, "try:")
        self.block(indent + 1, scope, budget, loop, generator)
        final = self.chance(30)
        if not final or self.chance(50):
            self.line(indent, self.one("except (TypeError, ZeroDivisionError, IndexError) as error:", "except ValueError:", "except Exception as error:"))
            self.line(indent + 1, f"acc.append({self.one('7', 'show(sys.exc_info()[1])', 'where(sys.exc_info()[1])')})")
            self.block(indent + 1, scope, budget, loop, generator)
        if final:
            self.line(indent, "finally:")
            self.block(indent + 1, scope, budget, False, False)

    def closure(self, indent, scope):
        f, v = self.name("inner"), self.local("int", scope)
        if not v or v.startswith("_"):
            return self.assign(indent, scope)
        p = self.name("p")
        self.line(indent, f"def {f}({p}, q=1):")
        if self.chance(60):
            self.line(indent + 1, f"nonlocal {v}")
            self.line(indent + 1, f"{v} = ({v} + {p}) % 2**65")
        self.line(indent + 1, f"return {self.expression('int', {**scope, p: 'int'}, 1)}")
        v2 = self.name("v")
        self.line(indent, f"{v2} = {self.one('{0}({1})', '{0}({1}, q=2)', '[{0}(k) for k in (1, 2, {1})][-1]').format(f, self.expression('int', scope, 2))}")
        scope[v2] = "int"

    def unpacking(self, indent, scope):
        a, b = self.name("v"), self.name("v")
        e = lambda: self.expression(self.one("int", "float", "any"), scope, 1)
        self.line(indent, self.one(f"{a}, {b} = {e()}, {e()}", f"{a}, *{b} = [{e()}, {e()}]", f"({a}, {b}), _ = ({e()}, {e()}), 0", f"{a} = {b} = {e()}"))
        scope[a], scope[b] = "any", "any"

    # --- definitions

    def function(self, indent=0, name=None, receiver=None, generator=False):
        name = name or self.name("f")
        parameters = [] if generator else [self.any_kind() for _ in range(self.random.randrange(1, 4))]
        if receiver:
            parameters = ["int"]
        scope = {f"p{n}": k for n, k in enumerate(parameters)}
        shown = ", ".join(scope)
        if generator:
            scope, shown = {"n": "int"}, "n"
        if receiver:
            shown = "self, " + shown
            scope["self"] = "object"
        returned = self.one("int", "int", "float", "any")
        self.line(indent, f"def {name}({shown}):")
        if receiver:
            del scope["self"]
            scope["self.x"], scope["self.y"] = "int", "float"
            scope = {k: v for k, v in scope.items()}
            self.line(indent + 1, f"v0 = self.x; v1 = {self.one('self.y', 'self.count', '1.5')}")
            scope = {"p0": "int", "v0": "int", "v1": "float"}
        else:
            self.line(indent + 1, f"v0 = {self.atom('int')}; v1 = {self.atom('float')}; v2 = {self.atom('list')}")
            scope.update(v0="int", v1="float", v2="list")
        budget = 8 if receiver else 60
        for _ in range(self.random.randrange(1, 3) if receiver else self.random.randrange(3, 7)):
            self.statement(indent + 1, scope, budget, False, generator)
        if generator:
            self.line(indent + 1, f"for k in range(min(n, 50)): yield {self.expression('int', {**scope, 'k': 'int'}, 1)}")
            return
        if receiver and self.chance(50):
            self.line(indent + 1, f"self.x = {self.one('p0', 'v0 % 2**64', 'v1')}")
        self.line(indent + 1, f"return {self.expression(returned, scope)}")
        if not receiver:
            self.functions.append((name, parameters, returned))

    def recursive_function(self):
        """Small functions that call themselves are inlined into themselves."""
        name, kind = self.name("f"), self.one("int", "int", "float")
        scope = {"a": kind, "n": "int"}
        e = lambda: self.expression(kind, scope, 2)
        self.line(0, f"def {name}(n, a):")
        self.line(1, f"if n {self.one('<', '<=')} {self.one('1', '2')}: return {self.one('a', 'n', e())}")
        if self.chance(30):
            self.line(1, f"if {self.condition(scope, 2)}: return {name}(n - 1, {e()})")
        call = lambda: f"{name}(n - {self.one('1', '2')}, {self.one('a', 'n', e())})"
        self.line(1, f"return {self.one('{0} + {1}', '{0} - n', '{0} * 2 + {1}', '{0}').format(call(), call())}")
        self.functions.append((name, ["depth", kind], kind))

    def class_definition(self):
        name = self.name("C")
        base = self.random.choice(self.classes) if self.classes and self.chance(50) else ""
        self.line(0, f"class {name}({base}):")
        slots = not base and self.chance(20)
        if slots:
            self.line(1, "__slots__ = ('x', 'y', 'z', '__dict__')")
        self.line(1, f"count = {self.one('3', '2.5', '2**62')}")
        if not base or self.chance(50):
            self.line(1, "def __init__(self, x, y=1.5):")
            if base and self.chance(60):
                self.line(2, "super().__init__(x)")
            self.line(2, self.one("self.x = x; self.y = y", "self.x = x; self.y = y; self.z = 0", "self.y = y; self.x = x"))
            if self.chance(40):  # more than there is room for in the object
                self.line(2, f"for name in range(18): setattr(self, 'w%d' % name, {self.one('x', 'name', 'y')})")
        for method in ("get", "add", "step"):
            if not base or self.chance(40):
                self.function(1, method, receiver=True)
        self.line(1, "@property")
        self.line(1, f"def double(self): return {self.one('self.x + self.x', 'self.y', 'self.count')}")
        for special, body in (("__add__", "return type(self)(self.x) if o is self else self.x + 1"), ("__lt__", "return 1"), ("__eq__", "return self is o or o == 3"),
                              ("__bool__", f"return {self.one('True', 'self.x == 0', 'self.x != 0')}"), ("__getitem__", "return o"), ("__len__", "return 2"),
                              ("__iter__", "return iter([self.x, 2])"), ("__mul__", "return 2.5"), ("__rsub__", "return 4"), ("__neg__", "return self.x"),
                              ("__sub__", "return NotImplemented if o == 2 else self.y"), ("__radd__", "return o"), ("__iadd__", "self.x = o; return self"),
                              ("__setitem__", "self.y = v"), ("__mod__", "raise KeyError(o)"), ("__and__", "return bump(1)"),
                              ("__getattr__", "return 1"), ("__call__", "return self.x")):
            if self.chance(30):
                parameters = "self, o, v" if special == "__setitem__" else "self" if special in ("__bool__", "__len__", "__iter__", "__neg__", "__call__") else "self, o"
                self.line(1, f"def {special}({parameters}): {body}")
        if not base or self.chance(50):
            self.line(1, "@staticmethod")
            self.line(1, f"def of(a, b=2): return {self.one('a', '[a, b]', 'b', 'bump(b)')}")
        if not base or self.chance(50):
            self.line(1, "@classmethod")
            self.line(1, f"def kin(cls, a=1): return {self.one('cls.__name__', 'cls.count', 'a', '(cls.count, a)')}")
        self.line(1, "__hash__ = None" if self.chance(10) else "kind = 0")
        self.classes.append(name)

    def mixed(self):
        """A loop over objects of several classes, which change meanwhile."""
        chosen = [self.random.choice(self.classes) for _ in range(self.random.randrange(2, 6))]
        things = ", ".join(f"{c}({self.one('1', '2.5', '-3', '2**61')})" for c in chosen)
        c, d = self.random.choice(chosen), self.random.choice(self.classes)
        change = self.one(f"{c}.count = turn", f"{c}.of = staticmethod(lambda a, b=3: b)", f"{c}.kin = classmethod(lambda cls, a=0: cls)",
                          f"{c}.get = lambda self, *more: 5", "things[0].extra = turn", "things[-1].y = None; del things[-1].y",
                          f"things[0].__class__ = {d}", f"{c}.x = property(lambda self: 8)", f"{c}.late = turn", "pass")
        access = lambda: self.one("t.x", "t.y", "t.count", "t.of(turn)", f"{c}.of(1)", f"{d}.of(turn, 2)", "t.kin()", f"{c}.kin(turn)", f"{d}.count",
                                  "t.double", "f(t)", "type(t).of(3)", "t.get()", "show(t.extra)", "t.w16", f"isinstance(t, {d})", "float(t.y)", "(t.x == None) is False", "t == 'a'", "show(t) == 'C'")
        self.lines += f'''\
def mixed_case():
    things = [{things}]
    seen = []
    def each(f):
        for t in things:
            f(t)
    for turn in range({self.one(40, 90, 300)}):
        f = lambda t: {access()}
        for t in things:
            try:
                a = {access()}
                {self.one('pass', 't.x = turn', 't.y = t.x', 't.y = turn * 0.5', 't.w17 = t.w16', 't.w15 = turn')}
                b = {access()}
                if turn % 9 == 0: seen.append((show(a), show(b)))
            except Exception as e:
                if turn % 9 == 0: seen.append((show(e), where(e)))
        if turn % 17 == {self.random.randrange(17)}:
            try: each(lambda t: seen.append(show({access()})))
            except Exception as e: seen.append(show(e))
        if turn == {self.random.randrange(5, 60)}:
            try: {change}
            except Exception as e: seen.append(show(e))
    for s in seen: print(s)
    return len(seen)
attempt("mixed", mixed_case)'''.splitlines()

    def tasks(self):
        """Tasklets around a channel, and a run that is interrupted every few ticks: the counts must be the same."""
        f = self.random.choice(self.functions)
        arguments = ", ".join(self.atom(k) for k in f[1])
        n, m = self.random.randrange(3, 40), self.random.randrange(1, 5)
        self.lines += f'''\
def task_case():
    c = stackless.channel()
    c.preference = {self.one(-1, -1, 0, 1)}
    done = []
    def produce(k):
        for i in range({n}):
            c.send(i * k {self.one('', '+ 2**61', '+ 0.5')})
            {self.one('pass', 'stackless.schedule()', 'stackless.schedule(i)')}
    def consume():
        got = 0
        for i in range({n * m}):
            got += c.receive()
            {self.one('pass', 'stackless.schedule()', 'if i % 3 == 0: stackless.schedule()')}
        done.append(got)
    for k in range({m}): stackless.tasklet(produce)(k)
    stackless.tasklet(consume)()
    stackless.run()
    return done
def tick_case():
    seen = [0, 0]
    def count(which):
        for i in range({n * 5}):
            seen[which] += 1
            {self.one('pass', 'if i % 7 == 0: stackless.schedule()', 'x = i * i')}
    def other():
        {f[0]}({arguments})
    def guarded():
        try: other()
        except Exception as e: seen.append(show(e))
    for which in (0, 1): stackless.tasklet(count)(which)
    stackless.tasklet(guarded)()
    notes = []
    for turn in range(60):
        t = stackless.run({self.random.randrange(5, 90)})
        notes.append(tuple(seen[:2]))
        if t is None: break
        t.insert()
    stackless.run()
    return notes, seen
if stackless:
    attempt("tasks", task_case); attempt("tasks", task_case); attempt("ticks", tick_case)'''.splitlines()

    def write(self):
        self.line(0, PRELUDE.rstrip("\n"))
        self.lines += '''\
acc = [0]
total = 0
def bump(n):
    global total
    total = (total + n) % 2**63
    return total
class Guard:
    def __init__(self, swallows, log): self.swallows = swallows; self.log = log
    def __enter__(self): self.log.append("in"); return self
    def __exit__(self, kind, error, tb): self.log.append(show(error)); return self.swallows'''.splitlines()
        for _ in range(self.random.randrange(0, 3)):
            self.class_definition()
        if self.chance(60):
            self.function(name=(g := self.name("gen")), generator=True)
            self.generators.append(g)
        if self.chance(30):
            self.recursive_function()
        for _ in range(self.random.randrange(1, 4)):
            self.function()
        for name, parameters, _ in self.functions:
            usual = ", ".join(self.atom(k) for k in parameters)
            self.line(0, f"for turn in range({self.one(3, 8, 20)}): attempt('{name} %d' % turn, {name}, {usual})")
            for _ in range(self.random.randrange(1, 4)):
                odd = ", ".join(self.atom(k if k == "depth" else self.one(k, self.any_kind())) for k in parameters)
                self.line(0, f"for turn in range({self.one(1, 2, 12)}): attempt('{name} odd', {name}, {odd})")
            self.line(0, f"attempt('{name} again', {name}, {usual})")
        if self.classes and self.chance(60):
            self.mixed()
        if self.functions and self.chance(30):
            self.tasks()
        self.line(0, "print(len(acc), [show(a)[:60] for a in acc[-150:]], total)")
        return "\n".join(self.lines) + "\n"


def write_program(seed):
    return Program(seed).write()


if __name__ == "__main__":
    import sys

    sys.stdout.write(write_program(int(sys.argv[1])))
