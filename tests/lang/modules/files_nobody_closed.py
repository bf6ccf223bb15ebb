# What was written to a file that was dropped without being closed is there for whoever looks.
# modes: -image pipes to children end with the process
import os
import subprocess
import sys
sys.dont_write_bytecode = True
import tempfile

folder = tempfile.mkdtemp()


def written(name, text):
    path = os.path.join(folder, name)
    open(path, 'w').write(text)
    return path


print(open(written('a', 'text')).read())
print(os.path.getsize(written('b', 'four')))
descriptor = os.open(written('c', 'text'), os.O_RDONLY)
print(os.read(descriptor, 10))
os.close(descriptor)
print(subprocess.run(['cat', written('d', 'for a child')], capture_output=True).stdout)
sys.stdout.flush()
os.system('cat ' + written('e', 'for a shell\n'))
written('fresh_module.py', 'VALUE = 7\n')
sys.path.insert(0, folder)
import fresh_module
print(fresh_module.VALUE)
for name in os.listdir(folder):
    if name != '__pycache__':
        os.unlink(os.path.join(folder, name))
