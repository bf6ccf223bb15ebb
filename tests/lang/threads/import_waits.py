# A thread that imports what another is importing waits until the module is finished; threads that import each
# other's modules do not wait for ever.
import os
import sys
import tempfile
import threading

MODULES = {
    'slow': 'import time\nstate = "begun"\ntime.sleep(0.05)\nstate = "finished"\n',
    'left': 'import time\ntime.sleep(0.03)\nimport right\nstate = "left"\n',
    'right': 'import time\ntime.sleep(0.03)\nimport left\nstate = "right"\n',
}
folder = tempfile.mkdtemp()
sys.path.insert(0, folder)
sys.dont_write_bytecode = True
for name, text in MODULES.items():
    with open(os.path.join(folder, name + '.py'), 'w') as file:
        file.write(text)

results = []


def load(name):
    results.append((name, getattr(__import__(name), 'state', 'unfinished')))


def together(*names):
    results.clear()
    threads = [threading.Thread(target=load, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(sorted(results))


together('slow', 'slow', 'slow')
together('left', 'right')
import left
import right
print(left.state, right.state)
for name in MODULES:
    os.remove(os.path.join(folder, name + '.py'))
os.rmdir(folder)
