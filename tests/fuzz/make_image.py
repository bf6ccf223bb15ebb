"""Saves programs of tests/lang/suspend in the middle, for image_fuzzer to begin with.

    build/fuzz/lisle tests/fuzz/make_image.py IMAGE NAME...

The Lisle that makes them is of the same build as the fuzzer, because sanitizers take the addresses at which a plain
one has its heap. Images are to be smaller than 8 MB: larger ones are believed. Inputs of more than 97 bytes hold changes
that nobody makes, and those of less than 17 make none:

    mkdir images seeds && head -c 17 /dev/urandom > seeds/one
    LISLE_FUZZ_IMAGES=images build/fuzz/tests/image_fuzzer -max_len=97 seeds

Each program stands inside the builtin it tests, at its first wait, so that the image holds suspended frames of
all kinds. Who resumes it answers them, for a number of ticks that no damage lets it exceed.
"""
import os
import stackless
import sys

import lisle.image

SUSPEND = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "lang", "suspend")
TICKS = 20000
ROUNDS = 5

sys.path.insert(0, SUSPEND)
import _waiting
from _waiting import wait  # some programs look for it in __main__


def start(name):
    with open(os.path.join(SUSPEND, name + ".py"), encoding="utf-8") as source:
        code = compile(source.read(), name, "exec")
    stackless.tasklet(exec)(code, {"__name__": name})
    try:
        stackless.run()
    except Exception as error:
        repr(error)


def finish():
    if not lisle.image.save(sys.argv[1], generations=0):
        os._exit(0)
    stackless.tasklet(_waiting.server)()
    stackless.schedule_remove()


sys.stdout = sys.stderr = sys.__stdout__ = sys.__stderr__ = None
_waiting.run = lambda test: stackless.tasklet(test)()  # nobody answers before the image is saved
for argument in sys.argv[2:]:
    start(argument)
stackless.tasklet(finish)()
for _ in range(ROUNDS):
    try:
        stackless.run(TICKS)
    except BaseException as error:
        repr(error)
repr(globals())
