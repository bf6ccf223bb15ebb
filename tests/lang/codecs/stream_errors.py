# modes: -image pipes to children end with the process
# What the standard streams do with bytes that are no text follows from the locale and PYTHONIOENCODING.
import os
import subprocess
import sys

PROGRAM = 'import sys\nprint(sys.stdin.errors, sys.stdout.errors, sys.stderr.errors)\nprint(ascii(sys.stdin.read()))\n' \
          'print("\\udcff|")'
for changes in ({}, {'LC_ALL': 'C'}, {'LC_ALL': 'C.UTF-8'}, {'PYTHONIOENCODING': 'utf-8:surrogateescape'},
                {'PYTHONIOENCODING': 'utf-8:replace'}, {'PYTHONIOENCODING': ':backslashreplace'}):
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith(('LC_', 'LANG', 'PYTHONIO', 'PYTHONUTF8'))}
    environment |= changes
    done = subprocess.run([sys.executable, '-c', PROGRAM], input=b'\xff', capture_output=True, env=environment)
    print(changes, done.returncode, done.stdout)
