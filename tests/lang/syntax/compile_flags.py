# What compile() takes over from its flags and from the code that calls it.
import __future__

BARRY = __future__.CO_FUTURE_BARRY_AS_BDFL
for flags in 0, BARRY:
    for text in ('x = 2 <> 3, 2 <> 2, 1 < 2 <> 3', 'x = 2 != 3', 'f(1 <> 2)', 'x = 1 +\\\n <> 3', '<> 2', 'a <>\\\n b',
                 'from __future__ import barry_as_FLUFL\n2 <> 3'):
        try:
            space = {}
            code = compile(text, 'barry', 'exec', flags)
            if 'x' in code.co_names:
                exec(code, space)
            print('accepted', space.get('x'))
        except SyntaxError as e:
            print(e.msg, e.lineno, e.offset, e.end_offset)

ANNOTATED = 'def f(a: undefined): pass\nx = f.__annotations__'
FUTURE = 'from __future__ import annotations\n'


def outcome(run):
    space = {'text': ANNOTATED}
    try:
        run(space)
        return space['x']
    except NameError as e:
        return str(e)


annotations = __future__.annotations.compiler_flag
print(outcome(lambda space: exec(ANNOTATED, space)))
print(outcome(lambda space: exec(compile(ANNOTATED, 'a', 'exec', annotations), space)))
print(outcome(lambda space: exec(FUTURE + 'exec(text, globals())', space)))
print(outcome(lambda space: exec(FUTURE + 'exec(compile(text, "a", "exec"), globals())', space)))
print(outcome(lambda space: exec(FUTURE + 'exec(compile(text, "a", "exec", 0, True), globals())', space)))
code = compile(FUTURE + 'def g(): pass', 'a', 'exec')
print(bool(code.co_flags & annotations), compile('1', 'a', 'eval').co_flags & annotations)
print([bool(c.co_flags & annotations) for c in code.co_consts if hasattr(c, 'co_flags')])
