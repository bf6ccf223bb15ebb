#!/usr/bin/env python3
"""Saving survives whatever happens: kill -9 at any moment, and every failure of the disk.

    tests/tools/run_saves.py --lisle build/lisle [--kills 2000] [--step 1] [--seed N] [--packed]

A program counts how often it has saved itself, and writes the number to a file after each save. Killed at a random
moment, it is resumed from what it left; what is resumed must have reached the number in the file, and so must the
generation before it, less one. Then each operation on files that a save makes fails in turn, with EIO, ENOSPC, or by
writing too little: the program hears of it, and there is an image to resume. With --packed the images are compressed
and signed, and resumed by who trusts the key alone. Closes with "N passed, N failed".
"""
import argparse
import errno
import os
import random
import subprocess
import sys
import tempfile
import time

PROGRAM = """
import lisle.image, os, sys
path, log, n = sys.argv[1], sys.argv[2], 0
wrapping = dict(compress=1, key=sys.argv[3]) if len(sys.argv) > 3 else {}
ballast = [str(i) for i in range(20000)]
while True:
    n += 1
    try:
        resumed = lisle.image.save(path, generations=2, **wrapping)
    except OSError as error:
        print('failed')
        sys.exit()
    if resumed and sys.argv[1] == 'check':
        print(n, len(set(ballast)))
        sys.exit()
    if not resumed:
        with open(log + '.new', 'w') as file:
            file.write(str(n))
        os.rename(log + '.new', log)
        if len(sys.argv) > 1 and sys.argv[1] == 'once':
            print('saved')
            sys.exit()
"""
LIMIT = 120


class Place:
    """The files of one trial."""

    def __init__(self, lisle, folder, packed):
        self.lisle, self.folder = lisle, folder
        self.image, self.log = os.path.join(folder, "world.img"), os.path.join(folder, "log")
        self.program = os.path.join(folder, "program.py")
        with open(self.program, "w") as file:
            file.write(PROGRAM)
        self.wrapping, self.trust = [], []
        if packed:
            key = os.path.join(folder, "key")
            subprocess.run([lisle, "image", "keygen", key], check=True, stdout=subprocess.DEVNULL)
            self.wrapping, self.trust = [key], ["--trust", key + ".pub"]

    def start(self, *arguments, **environment):
        return subprocess.Popen([self.lisle, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env=dict(os.environ, **environment))

    def reached(self, image):
        """The number that a resumed image has reached, or what went wrong."""
        out, err = self.start(*self.trust, "resume", image, "check").communicate(timeout=LIMIT)
        words = out.split()
        return int(words[0]) if len(words) == 2 and words[1] == b"20000" else (out + err).decode(errors="replace")

    def acknowledged(self):
        with open(self.log) as file:
            return int(file.read())

    def begin(self):
        process = self.start(self.program, self.image, self.log, *self.wrapping)
        while not os.path.exists(self.log):
            time.sleep(0.01)
        return process

    def problem(self):
        known = self.acknowledged()
        newest = self.reached(self.image)
        if not isinstance(newest, int) or newest < known:
            return f"{known} saves were acknowledged, resumed: {newest}"
        older = self.reached(self.image + ".1") if os.path.exists(self.image + ".1") else newest
        if not isinstance(older, int) or older < known - 2:
            return f"{known} saves were acknowledged, the generation before: {older}"
        return None


def kill_at_random(place, count, chance):
    """Yields what is wrong after each kill, None when nothing is."""
    process = place.begin()
    for _ in range(count):
        time.sleep(chance.random() * 0.1)
        process.kill()
        process.communicate()
        yield place.problem()
        process = place.start("resume", place.image, "go")
    process.kill()
    process.communicate()


def fail_operations(place, step):
    """The same for failures of the disk, at each step-th operation; ends when a save makes fewer operations."""
    process = place.begin()
    process.kill()
    process.communicate()
    for error in (errno.EIO, errno.ENOSPC, 0):
        at, said = 0, b"failed"
        while said != b"saved" or at == 0 or (error == 0 and at < 40):
            at += step if at else 1
            before = place.acknowledged()
            process = place.start("resume", place.image, "once", LISLE_STRESS=f"fault:{at}:{error}")
            out, err = process.communicate(timeout=LIMIT)
            said = out.strip()
            wrong = place.problem()
            if said not in (b"saved", b"failed"):
                wrong = f"it said {out + err!r}"
            elif said == b"failed" and error == 0:
                wrong = "a short write was taken for a failure"
            elif said == b"saved" and place.acknowledged() <= before:
                wrong = "nothing was saved"
            elif [name for name in os.listdir(place.folder) if ".part-" in name]:
                wrong = "a part was left"
            yield wrong and f"operation {at} with error {error}: {wrong}"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lisle", required=True)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--step", type=int, default=5, help="1: each operation fails in turn")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--packed", action="store_true", help="images are compressed and signed")
    options = parser.parse_args()
    lisle = os.path.abspath(options.lisle)
    passed = failed = 0
    with tempfile.TemporaryDirectory() as first, tempfile.TemporaryDirectory() as second:
        chance = random.Random(options.seed)
        trials = (kill_at_random(Place(lisle, first, options.packed), options.kills, chance),
                  fail_operations(Place(lisle, second, options.packed), options.step))
        for trial in trials:
            for wrong in trial:
                passed, failed = passed + (not wrong), failed + bool(wrong)
                if wrong:
                    print("FAIL", wrong)
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
