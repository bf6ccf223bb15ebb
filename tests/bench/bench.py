#!/usr/bin/env python3
"""Benchmarks Lisle against whichever peers are installed.

Every benchmark runs on all its systems in turn (A B C A B C ...), several
rounds in one run, because only figures taken side by side can be compared;
the median of the rounds counts. Prints one table a group, each cell with the
figure and its ratio to Lisle's (above 1: Lisle is faster), and the geometric
mean of the ratios; --json writes everything that was measured.

  bench.py                             the programs of tests/bench/programs, and start-up
  bench.py --micro                     one figure for each thing that programs do all the time
  bench.py --microthreads DIR          spawn, yields, pingpong, ring, skynet, deep, blocked
  bench.py --scheduler                 timers, how late sleepers wake, a report on a million tasklets
  bench.py --awfy DIR                  are-we-fast-yet (its root or benchmarks/Python)
  bench.py --only fib,start            by part of the name
"""
import argparse
import json
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))
PROGRAMS = os.path.join(HERE, "programs")

# Name: (candidate executables, options, language).
PEERS = {
    "cpython3.11": (["/usr/bin/python3.11", "python3.11"], [], "py"),
    "pypy3": (["pypy3"], [], "py"),
    "lua5.4": (["lua5.4"], [], "lua"),
    "luajit": (["luajit"], [], "lua"),
    "luajit -joff": (["luajit"], ["-joff"], "lua"),
    "node": (["node"], [], "js"),
    "stackless3.7": (["stackless3.7"], [], "py"),
    "go": (["go"], ["run"], "go"),
    "erlang": (["escript"], [], "escript"),
}
# Those with a module stackless run the same programs; the others have the file microthreads.LANGUAGE, which prints the
# same lines for the name of a program.
STACKLESS = ("lisle", "pypy3", "stackless3.7")
# Microthread program: (arguments, pattern and unit of each printed figure).
MICROTHREADS = {
    "spawn": ([], [(r"spawn ns/tasklet ([\d.]+)", "spawn ns")]),
    "yields": ([], [(r"yield ns/switch ([\d.]+)", "yield ns")]),
    "pingpong": ([], [(r"pingpong ns/exchange ([\d.]+)", "exchange ns")]),
    "ring": ([], [(r"ring ns/hop ([\d.]+)", "hop ns")]),
    "skynet": ([], [(r"skynet s ([\d.]+)", "skynet s")]),
    "deep": ([], [(r"ns/exchange ([\d.]+)", "exchange at depth 100 ns")]),
    "blocked": ([], [(r"bytes/tasklet ([\d.]+)", "blocked bytes"), (r"create\+block ns ([\d.]+)", "create+block ns"),
                     (r"wake ns ([\d.]+)", "wake ns")]),
}
# are-we-fast-yet benchmark: inner iterations.
AWFY = {"Bounce": 150, "List": 150, "Permute": 100, "Queens": 100, "Sieve": 300, "Storage": 100, "Towers": 60,
        "Json": 10, "Richards": 10, "DeltaBlue": 1200, "CD": 100, "Havlak": 1, "Mandelbrot": 500, "NBody": 250000}
AWFY_FOLDERS = {"py": ("Python", "harness.py"), "lua": ("Lua", "harness.lua"), "js": ("JavaScript", "harness.js")}


def find_systems(lisle):
    """Name -> (command, language), Lisle first: as users get it, and its interpreter alone."""
    path = os.path.abspath(lisle)
    systems = {"lisle": ([path], "py"), "lisle -joff": ([path, "--jit=off"], "py")}
    for name, (candidates, options, language) in PEERS.items():
        for candidate in candidates:
            path = shutil.which(candidate)
            if path:
                systems[name] = ([path, *options], language)
                break
    return systems


def run(command, folder, timeout):
    """Standard output, or None where the program fails."""
    try:
        result = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=timeout,
                                errors="replace", env=dict(os.environ, PYTHONDONTWRITEBYTECODE="1"))
    except subprocess.TimeoutExpired:
        return None
    return result.stdout if result.returncode == 0 else None


class Benchmark:
    """One row: how a system runs it and how its output is read.

    `command(system_command, language)` gives (argv, folder) or None where the
    language has no version; `read(output, seconds)` gives {figure: value}.
    """

    def __init__(self, group, name, command, read):
        self.group, self.name, self.command, self.read = group, name, command, read


def own_programs():
    def make(name):
        def command(base, language):
            path = os.path.join(PROGRAMS, f"{name}.{language}")
            return (base + [path], PROGRAMS) if os.path.exists(path) else None

        def read(output, seconds):
            match = re.search(r"seconds ([\d.]+)", output)
            return {f"{name} s": float(match[1])} if match else {}
        return Benchmark("programs", name, command, read)
    return [make(name) for name in ("sum_loop", "fib", "sieve")]


def micro_programs():
    def command(base, language):
        return (base + [os.path.join(PROGRAMS, "micro.py")], PROGRAMS) if language == "py" else None

    def read(output, seconds):
        return {f"{name} ns": float(value) for name, value in re.findall(r"^(\w+) ([\d.]+)$", output, re.M)}
    return [Benchmark("micro", "micro", command, read)]


SCHEDULER = {
    "timers": [(r"timer insert ns (\d+)", "timer insert ns"), (r"timer cancel ns (\d+)", "timer cancel ns"),
               (r"start and sleep ns (\d+)", "start and sleep ns"),
               (r"fire, run and end ns (\d+)", "run and end ns")],
    "wake_latency": [(r"wake p50 us (\d+)", "wake p50 us"), (r"wake p99 us (\d+)", "wake p99 us"),
                     (r"wake p99 us \d+ own time us (\d+)", "wake p99 own time us")],
    "census": [(r"ps s ([\d.]+)", "ps of 10^6 s")],
}


def figures_of(patterns):
    def read(output, seconds):
        found = {unit: re.search(pattern, output) for pattern, unit in patterns}
        return {unit: float(match[1]) for unit, match in found.items() if match}
    return read


def scheduler_programs():
    def make(name, patterns):
        def command(base, language):
            if "lisle" not in os.path.basename(base[0]):
                return None
            return base + [os.path.join(PROGRAMS, name + ".py")], PROGRAMS
        return Benchmark("scheduler", name, command, figures_of(patterns))
    return [make(name, patterns) for name, patterns in SCHEDULER.items()]


def microthread_programs(folder):
    def make(name, arguments, figures):
        def command(base, language):
            if language == "py":
                known = any(part in os.path.basename(base[0]) for part in STACKLESS)
                return (base + [os.path.join(folder, name + ".py"), *arguments], folder) if known else None
            path = os.path.join(PROGRAMS, "microthreads." + language)
            return (base + [path, name], PROGRAMS) if os.path.exists(path) else None

        return Benchmark("microthreads", name, command, figures_of(figures))
    return [make(name, *spec) for name, spec in MICROTHREADS.items()]


def awfy_programs(folder, iterations):
    base_folder = folder
    if os.path.exists(os.path.join(folder, "harness.py")):
        base_folder = os.path.dirname(os.path.dirname(os.path.abspath(folder)))

    def make(name, inner):
        def command(base, language):
            if language not in AWFY_FOLDERS:
                return None
            sub_folder, harness = AWFY_FOLDERS[language]
            path = os.path.join(base_folder, "benchmarks", sub_folder)
            if not os.path.exists(os.path.join(path, harness)):
                return None
            return base + [harness, name, str(iterations), str(inner)], path

        def read(output, seconds):
            times = [int(us) for us in re.findall(r"runtime: (\d+)us", output)]
            return {f"{name} us": min(times)} if times else {}
        return Benchmark("are-we-fast-yet", name, command, read)
    return [make(name, inner) for name, inner in AWFY.items()]


def measure(benchmark, systems, rounds, timeout):
    """{figure: {system: median}}; a system that fails once is left out."""
    samples = {}
    failed = set()
    for _ in range(rounds):
        for system, (base, language) in systems.items():
            planned = benchmark.command(base, language)
            if planned is None or system in failed:
                continue
            started = time.perf_counter()
            output = run(*planned, timeout)
            figures = benchmark.read(output, time.perf_counter() - started) if output is not None else {}
            if not figures:
                failed.add(system)
                print(f"  {benchmark.name} fails on {system}", file=sys.stderr)
            for figure, value in figures.items():
                samples.setdefault(figure, {}).setdefault(system, []).append(value)
    return {figure: {system: statistics.median(values) for system, values in row.items() if system not in failed}
            for figure, row in samples.items()}


def measure_start_up(systems, rounds):
    """Milliseconds from exec to exit of a one-line program, 30 runs a round."""
    samples = {}
    for _ in range(rounds):
        for system, (base, language) in systems.items():
            program = os.path.join(PROGRAMS, "hello." + language)
            if not os.path.exists(program):
                continue
            times = []
            for _ in range(30 if "node" not in system and "pypy" not in system else 5):
                started = time.perf_counter()
                # close_fds=False lets subprocess use posix_spawn, whose cost
                # does not grow with this process.
                process = subprocess.Popen(base + [program], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                           close_fds=False)
                if process.wait() == 0:
                    times.append((time.perf_counter() - started) * 1e3)
            if times:
                samples.setdefault(system, []).append(statistics.median(times))
    return {"start-up ms": {system: statistics.median(values) for system, values in samples.items()}}


def print_table(title, rows, systems):
    columns = [system for system in systems if any(system in row for row in rows.values())]
    if not columns:
        return {}
    width = max(16, *(len(figure) for figure in rows)) + 1
    print(f"\n{title}\n{'':{width}}" + "".join(f"{system:>22}" for system in columns))
    ratios = {}
    for figure, row in rows.items():
        line = f"{figure:{width}}"
        for system in columns:
            if system not in row:
                line += f"{'-':>22}"
                continue
            cell = f"{row[system]:.4g}"
            if system != "lisle" and row.get("lisle"):
                ratio = row[system] / row["lisle"]
                ratios.setdefault(system, []).append(ratio)
                cell += f" ({ratio:.2f}x)"
            line += f"{cell:>22}"
        print(line)
    means = {system: math.exp(sum(map(math.log, values)) / len(values)) for system, values in ratios.items()}
    if means and len(rows) > 1:
        print(f"{'geometric mean':{width}}" + "".join(
            f"{f'{means[s]:.2f}x' if s in means else '':>22}" for s in columns))
    return means


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lisle", default=os.path.join(ROOT, "build", "lisle"))
    parser.add_argument("--micro", action="store_true")
    parser.add_argument("--microthreads", metavar="DIR")
    parser.add_argument("--scheduler", action="store_true")
    parser.add_argument("--awfy", metavar="DIR")
    parser.add_argument("--awfy-iterations", type=int, default=3, help="the best counts")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--timeout", type=float, default=120)
    parser.add_argument("--only", default="", help="parts of benchmark names, comma-separated")
    parser.add_argument("--peers", help="comma-separated; default: all that are installed")
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args()

    systems = find_systems(options.lisle)
    if options.peers is not None:
        wanted = ["lisle", "lisle -joff", *options.peers.split(",")]
        systems = {name: system for name, system in systems.items() if name in wanted}
    benchmarks = []
    usual = not (options.micro or options.microthreads or options.awfy or options.scheduler)
    if usual:
        benchmarks += own_programs()
    if options.micro:
        benchmarks += micro_programs()
    if options.microthreads:
        benchmarks += microthread_programs(os.path.abspath(options.microthreads))
    if options.scheduler:
        benchmarks += scheduler_programs()
    if options.awfy:
        benchmarks += awfy_programs(os.path.abspath(options.awfy), options.awfy_iterations)
    parts = [part.lower() for part in options.only.split(",") if part]
    chosen = lambda name: not parts or any(part in name.lower() for part in parts)

    groups = {}
    for benchmark in benchmarks:
        if chosen(benchmark.name):
            print(f"{benchmark.name} ...", file=sys.stderr, flush=True)
            groups.setdefault(benchmark.group, {}).update(
                measure(benchmark, systems, options.rounds, options.timeout))
    if usual and chosen("start-up"):
        groups["start-up"] = measure_start_up(systems, options.rounds)
    means = {group: print_table(group, rows, systems) for group, rows in groups.items()}
    if options.json:
        with open(options.json, "w", encoding="utf-8") as file:
            json.dump({"systems": {name: base for name, (base, _) in systems.items()},
                       "rounds": options.rounds, "figures": groups, "geometric_means": means}, file, indent=2)
    return 0


if __name__ == "__main__":
    sys.exit(main())
