# codeop asks the compiler whether a command is complete, as interactive consoles do.
import code
import codeop

for text in ['', 'x', 'x=1', 'def f():', 'def f():\n  pass', 'def f():\n  pass\n', 'if 1:', 'if 1:\n  x', 'if 1: pass',
             'if 1: pass\n', 'x = (', 'x = (1', "'''", "'''\na", "'", '1 +', 'for', 'a b', 'try:\n 1', 'try:\n 1\n',
             'try:\n 1\nexcept: pass', 'try:\n 1\nexcept: pass\n', '@a', '@a\ndef f(): pass\n',
             'class A:\n  def f(self):\n    pass', '\\', 'x \\', '# c', 'if 1:\n # c', 'lambda', 'with a:', '[1,',
             '[1,\n2]', 'return', 'f"{', "f'''{", '1;2', 'match x:', 'match x:\n case 1: pass\n',
             'async def f():\n', 'async def f():\n pass\n']:
    try:
        result = codeop.compile_command(text)
        print(repr(text), None if result is None else 'code')
    except SyntaxError as error:
        print(repr(text), type(error).__name__)

interpreter = code.InteractiveInterpreter()
print(interpreter.runsource('def f(a):'), interpreter.runsource('x = 5'), interpreter.runsource('print(x)'))
console = code.InteractiveConsole()
for line in ['def double(a):', '    return a * 2', '', 'double(21)', 'for i in range(2):', '    print(i)', '']:
    print(console.push(line))
