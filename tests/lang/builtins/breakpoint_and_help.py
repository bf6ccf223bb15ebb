# breakpoint() asks sys.breakpointhook, which asks PYTHONBREAKPOINT; help() is there without a prompt.
# modes: -jit takes long to compile pydoc
import os, sys, warnings


def hook(*args, **kws):
    print('hook', args, kws)
    return 5


os.environ['PYTHONBREAKPOINT'] = '0'
print(breakpoint())
os.environ['PYTHONBREAKPOINT'] = 'builtins.print'
print(breakpoint(1, 2, sep='-'))
os.environ['PYTHONBREAKPOINT'] = 'int'
print(breakpoint('7'))
os.environ['PYTHONBREAKPOINT'] = 'no_such_module.name'
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    print(breakpoint())
print(caught[0].category.__name__, caught[0].message)
sys.breakpointhook = hook
print(breakpoint(1, a=2))
sys.breakpointhook = sys.__breakpointhook__
os.environ['PYTHONBREAKPOINT'] = '0'
print(breakpoint())
del sys.breakpointhook
try:
    breakpoint()
except RuntimeError as error:
    print(error)


def documented(a, b=2):
    """What it does."""


help(documented)
