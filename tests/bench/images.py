#!/usr/bin/env python3
"""How fast a program is saved as an image, and how soon the image is a running program again.

    tests/bench/images.py --lisle build/lisle [--folder DIR] [--rounds 5] [--small]

Three images are made, of about 30 MB, 270 MB and 2 GB (--small: the first alone), all of them of tasklets that wait
for a channel. One process saves each of them again and again; before and after each save as many bytes are written
plainly beside it and made durable, because only figures taken side by side can be compared. What is told is the median
of the ratios of such neighbours, for the first save of the process, which has to look at every frame, and for the later
ones. Then each image is resumed, in turn: the time is from before the process is made until
its program's first statement. On a busy machine that is mostly waiting for a core, so the CPU time until there is told
beside it. Last, the start of an empty program.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

PROGRAM = """
import lisle.image, stackless, sys, time
path, count, ballast = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
channel = stackless.channel()
def wait(number):
    return channel.receive() + number
waiting = [stackless.tasklet(wait)(number) for number in range(count)]
while stackless.getruncount() > 1:
    stackless.schedule()
heap = [bytes(1000000) for number in range(ballast)]
while True:
    began = time.perf_counter()
    if lisle.image.save(path, generations=0):
        print(time.time_ns(), time.process_time())
        break
    print(time.perf_counter() - began, flush=True)
    if sys.stdin.readline().strip() != 'again':
        break
"""
SIZES = (("small.img", 100_000, 0), ("middle.img", 1_000_000, 0), ("large.img", 2_000_000, 1500))


def plain_write(path, count):
    """Seconds that writing `count` bytes and making them durable takes."""
    chunk = os.urandom(1 << 20)
    began = time.perf_counter()
    with open(path, "wb", buffering=0) as file:
        for _ in range(count >> 20):
            file.write(chunk)
        os.fsync(file.fileno())
    taken = time.perf_counter() - began
    os.unlink(path)
    # Else whoever makes something durable next would pay for that.
    folder = os.open(os.path.dirname(path), os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)
    return taken


def saves_beside_writes(command, path, rounds):
    """Speeds in MB/s of `rounds` saves by one process, and of the plain writes around each of them."""
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    pairs = []
    for index in range(rounds):
        if index:
            before = plain_write(path + ".plain", os.stat(path).st_size)
            process.stdin.write("again\n")
            process.stdin.flush()
        save = float(process.stdout.readline())
        size = os.stat(path).st_size
        after = plain_write(path + ".plain", size)
        megabytes = size / 1e6
        pairs.append((megabytes / save, megabytes * 2 / (before + after) if index else megabytes / after))
    process.stdin.close()
    if process.wait():
        sys.exit(f"{' '.join(command)} failed")
    return pairs


def run(*command):
    """When it began, what it printed, and the CPU seconds it took."""
    began = time.time_ns()
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    out = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(command)} failed")
    return began, out.split(), used.ru_utime + used.ru_stime


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lisle", required=True)
    parser.add_argument("--folder", help="on the disk to measure")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--small", action="store_true")
    options = parser.parse_args()
    lisle = os.path.abspath(options.lisle)
    sizes = SIZES[:1] if options.small else SIZES
    with tempfile.TemporaryDirectory(dir=options.folder) as folder:
        program = os.path.join(folder, "program.py")
        with open(program, "w") as file:
            file.write(PROGRAM)
        empty = os.path.join(folder, "empty.py")
        open(empty, "w").close()
        for name, tasklets, ballast in sizes:
            path = os.path.join(folder, name)
            command = [lisle, program, path, str(tasklets), str(ballast)]
            first, *later = saves_beside_writes(command, path, 2 if ballast else 1 + options.rounds)
            save, write, ratio = (statistics.median(column) for column in
                                  zip(*[(save, write, save / write) for save, write in later]))
            print(f"save {tasklets} tasklets, {os.stat(path).st_size / 1e6:.0f} MB: {save:.0f} MB/s, plain write "
                  f"{write:.0f} MB/s, {100 * ratio:.0f} %; the first save {100 * first[0] / first[1]:.0f} %", flush=True)
        resumed = {name: [] for name, _, _ in sizes}
        for _ in range(options.rounds * 2):
            for name, times in resumed.items():
                began, out, _ = run(lisle, "resume", os.path.join(folder, name))
                times.append(((int(out[0]) - began) / 1e6, float(out[1]) * 1e3))
        for name, times in resumed.items():
            print(f"resume {name}: first instruction after {min(t for t, _ in times):.1f} ms, median "
                  f"{sorted(t for t, _ in times)[len(times) // 2]:.1f} ms; {min(u for _, u in times):.1f} ms CPU")
        starts = [run(lisle, empty)[2] for _ in range(options.rounds * 4)]
        print(f"start of an empty program: {min(starts) * 1e3:.1f} ms CPU")


if __name__ == "__main__":
    main()
