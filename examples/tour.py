"""A tour of Lisle: what tasklets make easy.

Everything here is ordinary Python plus one module. A tasklet is a function
that runs beside the others; it costs a few hundred bytes, and waiting on a
channel costs nothing at all.
"""
import stackless
import sys
import time


def chapter(title):
    print(f"\n{title}\n{'-' * len(title)}")


# 1. A pipeline of 100,000 tasklets. Each adds one to what it receives and
#    hands it on; nobody but the two ends knows how long the line is.
STAGES = 100_000


def stage(source, target):
    while True:
        target.send(source.receive() + 1)


def pipeline():
    chapter(f"{STAGES:,} tasklets in a line")
    started = time.perf_counter()
    first = here = stackless.channel()
    for _ in range(STAGES):
        there = stackless.channel()
        stackless.tasklet(stage)(here, there)
        here = there
    stackless.run()
    print(f"built: every stage waits for its channel ({time.perf_counter() - started:.2f} s)")
    started = time.perf_counter()
    for message in (0, 1_000_000):
        stackless.tasklet(first.send)(message)
        print(f"{message:,} went in, {here.receive():,} came out")
    print(f"{2 * STAGES:,} exchanges in {time.perf_counter() - started:.2f} s")


# 2. Preemption. Neither of these loops ever gives way, yet both advance:
#    run(timeout) takes the machine back after that many steps and hands over
#    the tasklet it stopped.
def preemption():
    chapter("Two endless loops share the machine")
    counts = {"tick": 0, "tock": 0}

    def spin(name):
        while True:
            counts[name] += 1

    spinners = [stackless.tasklet(spin)(name) for name in counts]
    for _ in range(10):
        stopped = stackless.run(20_000)
        stopped.insert()
    # A spinner that runs again would spin on: all leave the ring before the first dies.
    for spinner in spinners:
        spinner.remove()
    for spinner in spinners:
        spinner.kill()
    print("both advanced:", all(count > 10_000 for count in counts.values()))


# 3. An exception that crosses a channel. The worker fails; whoever waits for
#    the answer gets the failure instead, as if it had called a function.
def crossing():
    chapter("An exception crosses a channel")
    answers = stackless.channel()

    def divide(a, b):
        try:
            answers.send(a / b)
        except ZeroDivisionError as error:
            answers.send_exception(type(error), f"{a} / {b} has no answer")

    for divisor in (4, 0):
        stackless.tasklet(divide)(10, divisor)
        try:
            print("10 divided by", divisor, "is", answers.receive())
        except ZeroDivisionError as error:
            print("the caller catches:", error)


# 4. Recursion as deep as memory. Frames live on the heap, so depth is a
#    number, not a danger.
def recursion():
    chapter("Recursion 100,000 deep")
    sys.setrecursionlimit(1_000_000)

    def total(n):
        return 0 if n == 0 else n + total(n - 1)

    print("1 + 2 + ... + 100,000 =", f"{total(100_000):,}")
    sys.setrecursionlimit(1_000)
    try:
        total(100_000)
    except RecursionError as error:
        print("with a limit of 1,000:", error)


# 5. A tasklet may stop anywhere, even inside the key function of a sort.
def anywhere():
    chapter("Waiting inside sorted()")
    questions, answers = stackless.channel(), stackless.channel()

    def weight(word):
        questions.send(word)
        return answers.receive()

    def oracle():
        while True:
            answers.send(len(questions.receive()))

    stackless.tasklet(oracle)()
    words = "a tasklet can wait wherever it likes".split()
    print(sorted(words, key=weight))


for part in (pipeline, preemption, crossing, recursion, anywhere):
    part()
