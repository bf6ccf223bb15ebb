# A display of constants has CPython's order, which depends on how often its compiler makes the constant.
# modes: -image children do not survive their process
import os
import subprocess
import sys

program = """
import random
random.seed(5)
for alphabet in ("abcdefghijklmnop", [str(i * 37) + " x" for i in range(20)], range(300)):
    for n in (2, 3, 4, 5, 9):
        for _ in range(4):
            print(eval("{%s}" % ",".join(map(repr, random.sample(alphabet, n)))))
"""
environment = dict(os.environ, PYTHONHASHSEED="42")
print(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=environment).stdout)
