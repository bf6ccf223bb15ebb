# What the compiler has to say of a module is told under the program's filters when it is imported for the first time.
import os
import sys
import tempfile
import time
import warnings

folder = tempfile.mkdtemp()
sys.path.insert(0, folder)
sys.dont_write_bytecode = True


def write(name, text):
    # Compiled modules are remembered by their content, so that it has to be new each time.
    with open(os.path.join(folder, name + '.py'), 'w') as file:
        file.write(f'{text}# {time.time_ns()} {os.getpid()}\n')


def show(caught):
    for warning in caught:
        print(warning.category.__name__, warning.message, os.path.basename(warning.filename), warning.lineno)


write('doubtful', 'value = 1\nprint("runs", value is 1)\ntext = "\\d"\n')
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    import doubtful
show(caught)
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    import doubtful
show(caught)
write('refused', 'value = 1\nprint("runs")\nassert (value, "text")\n')
with warnings.catch_warnings():
    warnings.simplefilter('error')
    try:
        import refused
    except SyntaxError as error:
        print(error.msg, os.path.basename(error.filename), error.lineno, 'refused' in sys.modules)
write('broken', 'value = 1 is 1\nraise KeyError\n')
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter('always')
    try:
        import broken
    except KeyError:
        print('broken' in sys.modules)
show(caught)
for name in os.listdir(folder):
    os.remove(os.path.join(folder, name))
os.rmdir(folder)
