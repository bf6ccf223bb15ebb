#!/usr/bin/env python3
"""No byte of an image can crash the process that resumes it.

    tests/tools/run_flips.py --lisle build/lisle [--flips 300 | --all | --every N] [--compress LEVEL] [--seed N] [--jobs N] [--log FILE]

A small program is saved. One bit of its image is flipped at a time, and each time the image is resumed: first as it is,
when the sums must refuse it, then with the sums out of account, as if whoever changed the bit had repaired them. Then
the structure of the heap decides: the image is refused with a sentence, or the program runs to an end of whatever kind.
A signal is a failure; a program that goes on for too long is counted apart, because a counter may have been hit.
tests/flip_images, beside the given program, does that in processes it forks off, which makes --all a matter of an hour:
one bit of each byte, or of each N-th with --every. With --log the image and what became of each flip are kept, and
those of an interrupted run are not tried again. Closes with "N passed, N failed".
"""
import argparse
import os
import random
import selectors
import shutil
import subprocess
import sys
import tempfile

PROGRAM = """
import _image, stackless, sys
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
_image.save(sys.argv[1], 0, compress=int(sys.argv[2]))
for _ in range(12):
    channel.send(-1)
print(log, chain.depth(), sorted(map(str, slots.a)), slots.a['big'] // 7, list(running), f'{1.5:>10}')
try:
    [].pop()
except IndexError as error:
    print(repr(error), error.__traceback__.tb_lineno)
print('%s %r' % ('done', [x * 2 for x in {1, 2}]), len(repr(globals())) > 0)
"""
HEADER_BYTES = 4096  # what of them the header leaves free means nothing


def start(flipper, image, trials, folder, number):
    """A process that works on these trials; its answers come from its standard output."""
    path = os.path.join(folder, f"trials-{number}")
    with open(path, "w") as file:
        file.writelines(f"{place} {bit}\n" for place, bit in trials)
    with open(path) as file:
        return subprocess.Popen([flipper, image], stdin=file, stdout=subprocess.PIPE, text=True)


def is_wrong(place, summed, unsummed):
    return unsummed.startswith("signal") or (place >= HEADER_BYTES and summed != "refused")


def places_to_flip(image, options, chance):
    places = list(range(len(image)))
    if options.all or options.every > 1:
        places = places[chance.randrange(options.every)::options.every]
        chance.shuffle(places)
        return places
    # Most bytes are zeros, which say less than others; the header counts more than its size.
    telling = [place for place in places if image[place]]
    return (list(range(200)) + chance.sample(telling, options.flips * 4 // 5) +
            chance.sample(places, options.flips // 5))


def save(lisle, path, folder, level):
    program = os.path.join(folder, "program.py")
    with open(program, "w") as file:
        file.write(PROGRAM)
    # Without the library the image is small enough for all of it. A changed program may save itself again, under the
    # name it knows, which must not be that of what is being changed.
    saved = os.path.join(folder, "saved.img")
    subprocess.run([lisle, "-I", "-S", program, saved, str(level)], check=True, stdout=subprocess.DEVNULL)
    shutil.copyfile(saved, path)


def parsed(line):
    """What one line of tests/flip_images says; nothing if it was cut off."""
    words = line.split()
    return {(int(words[0]), int(words[1])): (words[2], words[3])} if len(words) == 4 else {}


def kept_answers(log):
    answers = {}
    if log and os.path.exists(log):
        with open(log) as file:
            for line in file:
                answers.update(parsed(line))
    return answers


def lines_of(workers):
    """The lines of all workers as they come."""
    with selectors.DefaultSelector() as ready:
        for worker in workers:
            ready.register(worker.stdout, selectors.EVENT_READ)
        while ready.get_map():
            for key, _ in ready.select():
                line = key.fileobj.readline()
                if line:
                    yield line
                else:
                    ready.unregister(key.fileobj)
    for worker in workers:
        worker.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--lisle", required=True)
    parser.add_argument("--flips", type=int, default=300)
    parser.add_argument("--all", action="store_true", help="every byte")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="every N-th byte")
    parser.add_argument("--compress", type=int, default=0, metavar="LEVEL", help="of the image that is changed")
    parser.add_argument("--log", help="file to keep the answers in; the image is kept beside it")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count())
    options = parser.parse_args()
    lisle = os.path.abspath(options.lisle)
    flipper = os.path.join(os.path.dirname(lisle), "tests", "flip_images")
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.abspath(options.log) + ".img" if options.log else os.path.join(folder, "world.img")
        if not os.path.exists(path):
            save(lisle, path, folder, options.compress)
        with open(path, "rb") as file:
            image = file.read()
        trials = [(place, chance.randrange(8)) for place in places_to_flip(image, options, chance)]
        answers = kept_answers(options.log)
        due = [(place, bit) for place, bit in trials if (place, bit) not in answers]
        workers = [start(flipper, path, due[n::options.jobs], folder, n) for n in range(options.jobs)]
        with open(options.log or os.devnull, "a", buffering=1) as log:
            for line in lines_of(workers):
                log.write(line)
                answers.update(parsed(line))
    counts, failed = {}, 0
    for place, bit in trials:
        summed, unsummed = answers.get((place, bit), ("none", "no answer"))
        counts[unsummed] = counts.get(unsummed, 0) + 1
        if unsummed == "no answer" or is_wrong(place, summed, unsummed):
            failed += 1
            print(f"FAIL byte {place} bit {bit}: {summed}; without sums: {unsummed}", flush=True)
    print(f"{len(image)} bytes; without sums:", ", ".join(f"{count} {what}" for what, count in sorted(counts.items())))
    print(f"{len(trials) - failed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
