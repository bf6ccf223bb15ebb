#!/usr/bin/env python3
"""How long plain data takes to be pickled and unpickled, beside CPython's C pickler.

    tests/bench/pickles.py --lisle build/lisle [--python python3] [--rounds 3] [KIND...]

Each kind is measured by both machines in turn, in processes of their own; the best of all rounds counts. Every dumps()
gets data that no dumps() has seen, because CPython keeps the UTF-8 of a str once it was asked for. The last columns are
Lisle's time in parts of CPython's; above 1 Lisle is slower.
"""
import argparse
import json
import math
import random
import subprocess
import sys

GREEK = ("μῆνιν ἄειδε θεὰ Πηληϊάδεω Ἀχιλῆος οὐλομένην, ἣ μυρί' Ἀχαιοῖς ἄλγε' ἔθηκε, "
         "πολλὰς δ' ἰφθίμους ψυχὰς Ἄϊδι προΐαψεν ")
MODERN = "Το παρόν κείμενο είναι γραμμένο στα ελληνικά και δεν έχει τίποτα το ιδιαίτερο να πει, "
ACCENTED = "L'été dernier, la forêt était pleine d'êtres étranges; où étaient-ils passés, après ça? "
CHINESE = "天地玄黄宇宙洪荒 日月盈昃辰宿列张， 寒来暑往秋收冬藏。 闰余成岁律吕调阳"
EMOJI = "well 😀 then 🚀 go "


class Point:
    def __init__(self, x, y):
        self.x, self.y = x, y


def text_of(sample, length):
    """Words of the sample in no order that a processor could learn by heart."""
    words = sample.split()

    def text(n):
        draw = random.Random(n)
        return ' '.join(draw.choices(words, k=length * len(words) // len(sample)))
    return text


def make_kinds():
    import collections
    import datetime
    many = range(2000)
    return {
        'small ints': lambda n: [n + i for i in many],
        'ints of 64 bits': lambda n: [(n + i) << 40 for i in many],
        'ints of 300 bits': lambda n: [(n + i + 3) ** 40 for i in many],
        'floats': lambda n: [(n + i) * 0.37 for i in many],
        'None and bools': lambda n: [None, True, False] * 700,
        'short str': lambda n: [f'{n} name {i}' for i in many],
        'the same str': lambda n: ['name', 'other'] * 1000,
        'str of 1 kB': lambda n: [f'{n}{i}' + 'x' * 1000 for i in range(200)],
        'str of 1 MB': lambda n: str(n) + 'plain text ' * 100_000,
        'accented, short': lambda n: [f'é{n}à{i}' for i in many],
        'accented, 100 kB': text_of(ACCENTED, 100_000),
        'Greek, short': lambda n: [f'κόσμε{n}-{i}' for i in many],
        'Greek, 100 kB': text_of(MODERN, 100_000),
        'Homer, 100 kB': text_of(GREEK, 100_000),
        'Chinese, 100 kB': text_of(CHINESE, 100_000),
        'emoji, 100 kB': text_of(EMOJI, 100_000),
        'bytes, short': lambda n: [b'%d:%d' % (n, i) for i in many],
        'bytes of 100 kB': lambda n: [bytes([n % 256]) * 100_000 for i in range(20)],
        'bytes of 10 MB': lambda n: bytes([n % 256]) * 10_000_000,
        'bytearray, 100 kB': lambda n: bytearray([n % 256]) * 100_000,
        'lists': lambda n: [[n, i] for i in many],
        'tuples': lambda n: [(n, i, None) for i in many],
        'dicts': lambda n: [{'id': i, 'name': 'x', 'at': n} for i in many],
        'a large dict': lambda n: {i: n for i in range(10_000)},
        'sets': lambda n: [{n, i, 'a'} for i in many],
        'a deep list': lambda n: deep(200),
        'instances': lambda n: [Point(n, i) for i in many],
        'datetimes': lambda n: [datetime.datetime(2020, 1, 1 + i % 28, n % 24, 5) for i in many],
        'ordered dicts': lambda n: [collections.OrderedDict(a=i, b=n) for i in range(500)],
        'complex': lambda n: [complex(n, i) for i in many],
    }


def deep(levels):
    inner = []
    for _ in range(levels):
        inner = [inner]
    return inner


def measure(kind, seconds):
    import pickle
    import time
    make, clock = make_kinds()[kind], time.perf_counter
    dumps = loads = math.inf
    began, number = clock(), 0
    while clock() - began < seconds or number < 5:
        value = make(number)
        a = clock()
        pickled = pickle.dumps(value, 5)
        b = clock()
        again = pickle.loads(pickled)
        c = clock()
        assert type(again) is type(value)
        dumps, loads = min(dumps, b - a), min(loads, c - b)
        number += 1
    return dumps, loads


def ask(command, kind, seconds):
    run = subprocess.run(command + [__file__, '--measure', str(seconds), kind], capture_output=True, text=True)
    if run.returncode:
        sys.exit(f'{command[0]} failed at {kind}:\n{run.stderr}')
    return json.loads(run.stdout)


def mean(ratios):
    return math.exp(sum(map(math.log, ratios)) / len(ratios))


def main():
    options = argparse.ArgumentParser()
    options.add_argument('--lisle', default='build/lisle')
    options.add_argument('--python', default='python3')
    options.add_argument('--rounds', type=int, default=3)
    options.add_argument('--seconds', type=float, default=0.3)
    options.add_argument('--measure', type=float)
    options.add_argument('kinds', nargs='*')
    chosen = options.parse_args()
    if chosen.measure:
        print(json.dumps(measure(chosen.kinds[0], chosen.measure)))
        return
    machines = ([chosen.lisle], [chosen.python])
    print(f"{'microseconds':20}{'dumps':>10}{'CPython':>10}{'loads':>10}{'CPython':>10}{'dumps':>8}{'loads':>8}")
    all_ratios = []
    for kind in chosen.kinds or make_kinds():
        best = [[math.inf, math.inf] for _ in machines]
        for _ in range(chosen.rounds):
            for times, command in zip(best, machines):
                times[:] = map(min, times, ask(command, kind, chosen.seconds))
        (dumps, loads), (their_dumps, their_loads) = best
        ratios = dumps / their_dumps, loads / their_loads
        all_ratios.extend(ratios)
        print(f'{kind:20}' + ''.join(f'{x * 1e6:10.1f}' for x in (dumps, their_dumps, loads, their_loads)) +
              ''.join(f'{x:8.2f}' for x in ratios), flush=True)
    print(f'geometric mean {mean(all_ratios):.2f}, {sum(x > 1 for x in all_ratios)} of {len(all_ratios)} above 1')


if __name__ == '__main__':
    main()
