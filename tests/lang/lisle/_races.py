"""Looks for the failing seeds of small programs, for the catalogue of races."""
import os
import re
import subprocess
import sys
import tempfile

START = '''
import threading


def together(*functions):
    failures = []
    threading.excepthook = failures.append
    threads = [threading.Thread(target=f) for f in functions]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert not failures, failures


def same(x):
    return x


lock = threading.Lock()
'''


environment = {name: value for name, value in os.environ.items() if name != 'LISLE_STRESS'}


def run(*arguments):
    return subprocess.run([sys.executable, *arguments], capture_output=True, text=True, env=environment)


def verdict(folder, name, source, seeds):
    path = os.path.join(folder, name + '.py')
    with open(path, 'w') as file:
        file.write(START + source)
    result = run('run', '--explore', str(seeds), path)
    if result.returncode == 0:
        return 'no failure' if 'no failure with' in result.stdout else result.stdout
    found = re.search('seed (\\d+) fails', result.stdout)
    if not found:
        return result.stdout + result.stderr
    again = run('run', '--seed', found[1], path)
    return 'found, fails again' if again.returncode else 'found, does not fail again'


def judge(bugs, right):
    """Look through all of them: many schedules of the wrong programs, some of the right ones."""
    with tempfile.TemporaryDirectory() as folder:
        for name, source in bugs.items():
            print('bug', name, verdict(folder, name, source, 300))
        for name, source in right.items():
            print('right', name, verdict(folder, name, source, 4))
