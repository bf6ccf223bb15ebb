#!/usr/bin/env python3
"""No byte of an image can crash the process that resumes it.

    tests/tools/run_flips.py --lisle build/lisle [--flips 300 | --all] [--seed N] [--keep DIR]

A small program is saved. Bytes of its image are flipped one at a time, and each time the image is resumed: first as it
is, when the sums must refuse it, then with the sums out of account, as if whoever changed the byte had repaired them.
Then the structure of the heap decides: the image is refused with a sentence, or the program runs to an end of whatever
kind. A signal is a failure; a program that goes on for too long is counted apart, because a counter may have been hit.
Closes with "N passed, N failed".
"""
import argparse
import concurrent.futures
import os
import random
import resource
import subprocess
import sys
import tempfile

PROGRAM = """
import lisle.image, stackless, sys
class Node:
    def __init__(self, name, below):
        self.name, self.below = name, below
    def depth(self):
        return 1 + (self.below.depth() if self.below else 0)
class Slots:
    __slots__ = 'a', 'b'
channel = stackless.channel()
def counter(limit):
    try:
        for number in range(limit):
            yield number
    finally:
        log.append('closed')
def waiter(name):
    for _ in range(2):
        log.append((name, sorted([3, 1, 2], key=lambda k: channel.receive() * k)))
log = []
chain = None
for name in 'abc':
    chain = Node(name, chain)
slots = Slots()
slots.a = {1: 'one', 2.5: b'bytes', (1, 2): {3, 4}, 'big': 1 << 100, '\\u20ac': frozenset('xyz')}
running = counter(10)
next(running)
tasklets = [stackless.tasklet(waiter)(name) for name in ('x', 'y')]
stackless.run()
lisle.image.save(sys.argv[1], generations=0)
for _ in range(12):
    channel.send(-1)
print(log, chain.depth(), sorted(map(str, slots.a)), slots.a['big'] // 7, list(running), f'{1.5:>10}')
try:
    [].pop()
except IndexError as error:
    print(repr(error), error.__traceback__.tb_lineno)
print('%s %r' % ('done', [x * 2 for x in {1, 2}]), len(repr(globals())) > 0)
"""
LIMIT = 20


def limits():
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (LIMIT // 2, LIMIT // 2))


def resume(lisle, path, sums):
    environment = dict(os.environ, LISLE_STRESS="") if sums else dict(os.environ, LISLE_STRESS="unsummed")
    try:
        done = subprocess.run([lisle, "--max-memory=1g", "resume", path], stdin=subprocess.DEVNULL, env=environment,
                              capture_output=True, timeout=LIMIT, preexec_fn=limits)
    except subprocess.TimeoutExpired:
        return "goes on"
    if done.returncode == -24:
        return "goes on"
    if done.returncode < 0:
        return f"signal {-done.returncode}"
    refused = done.returncode == 3 and done.stderr.startswith(b"lisle: ")
    return "refused" if refused else "ran"


class Trial:
    """What becomes of one flipped byte."""

    def __init__(self, lisle, image, folder, keep):
        self.lisle, self.image, self.folder, self.keep = lisle, image, folder, keep

    def __call__(self, flip):
        place, bit = flip
        path = os.path.join(self.folder, f"flip-{place}-{bit}.img")
        with open(path, "wb") as file:
            file.write(self.image[:place] + bytes([self.image[place] ^ 1 << bit]) + self.image[place + 1:])
        summed, unsummed = resume(self.lisle, path, True), resume(self.lisle, path, False)
        wrong = unsummed.startswith("signal") or (place >= 4096 and summed != "refused") or summed.startswith("signal")
        if wrong and self.keep:
            os.rename(path, os.path.join(self.keep, os.path.basename(path)))
        else:
            os.unlink(path)
        return place, bit, summed, unsummed, wrong


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lisle", required=True)
    parser.add_argument("--flips", type=int, default=300)
    parser.add_argument("--all", action="store_true", help="every byte")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", help="folder for the images that crash")
    options = parser.parse_args()
    lisle = os.path.abspath(options.lisle)
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        program, path = os.path.join(folder, "program.py"), os.path.join(folder, "world.img")
        with open(program, "w") as file:
            file.write(PROGRAM)
        subprocess.run([lisle, program, path], check=True, stdout=subprocess.DEVNULL)
        with open(path, "rb") as file:
            image = file.read()
        places = range(len(image))
        if not options.all:
            # Most bytes are zeros, which say less than others; the header counts more than its size.
            telling = [place for place in places if image[place]]
            places = (list(range(200)) + chance.sample(telling, options.flips * 4 // 5) +
                      chance.sample(places, options.flips // 5))
        flips = [(place, chance.randrange(8)) for place in places]
        counts, passed, failed = {}, 0, 0
        with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
            for place, bit, summed, unsummed, wrong in pool.map(Trial(lisle, image, folder, options.keep), flips):
                counts[unsummed] = counts.get(unsummed, 0) + 1
                passed, failed = passed + (not wrong), failed + wrong
                if wrong:
                    print(f"FAIL byte {place} bit {bit}: {summed}; without sums: {unsummed}", flush=True)
    print("without sums:", ", ".join(f"{count} {what}" for what, count in sorted(counts.items())))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
