# What a module in the middle of its import does not have yet.
import os
import shutil
import sys
import tempfile

folder = tempfile.mkdtemp()
sys.path.insert(0, folder)
with open(folder + '/circle_one.py', 'w') as file:
    file.write('import circle_two\nvalue = 1\n')
with open(folder + '/circle_two.py', 'w') as file:
    file.write('import circle_one\nprint(circle_one.value)\n')
try:
    import circle_one
except AttributeError as error:
    print(error, error.name)
shutil.rmtree(folder)
try:
    os.nothing
except AttributeError as error:
    print(error)
