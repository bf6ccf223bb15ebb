"""Agents that outlive their process.

    lisle examples/phoenix.py [AGENTS [KILLS]]

Ten thousand agents count, and hand what they have on to their neighbours. Their process is killed with -9 once a
second; another one takes up the last image each time, in the middle of every agent's loop. The agents know nothing of
it. In the end their result is compared with that of a run that nobody disturbed.
"""
import os
import stackless
import subprocess
import sys
import tempfile
import time

ROUNDS = 8000


def agent(number, inbox, outbox):
    total = number
    for turn in range(ROUNDS):
        total = (total * 1103515245 + 12345 + turn) & 0x7fffffff
        if turn % 50 == 49:
            outbox.send(total)
            total ^= inbox.receive()
        else:
            stackless.schedule()
    totals[number] = total


def work(count):
    """Runs all agents to their ends."""
    mailboxes = [stackless.channel() for _ in range(count)]
    for mailbox in mailboxes:
        mailbox.preference = 0
    # Each second one sends first, and its neighbour is there to receive.
    for number in range(count):
        start = agent if number % 2 else listening_agent
        stackless.tasklet(start)(number, mailboxes[number], mailboxes[(number + 1) % count])
    stackless.run()
    print(f'{count} agents, {sum(totals.values())} in all', flush=True)


def listening_agent(number, inbox, outbox):
    total = number
    for turn in range(ROUNDS):
        total = (total * 1103515245 + 12345 + turn) & 0x7fffffff
        if turn % 50 == 49:
            heard = inbox.receive()
            outbox.send(total)
            total ^= heard
        else:
            stackless.schedule()
    totals[number] = total


def start(image, *command):
    return subprocess.Popen([sys.executable, '--save-on', 'every=0.2', image, *command], stdout=subprocess.PIPE)


def live_and_die(image, count, kills):
    """What the agents say in the end, and how often their process was killed."""
    killed = 0
    process = start(image, __file__, 'work', str(count))
    while killed < kills:
        born, last = time.monotonic(), stamp(image)
        while process.poll() is None and (time.monotonic() - born < 1 or stamp(image) == last):
            time.sleep(0.01)
        if process.poll() is not None:
            break
        process.kill()
        process.communicate()
        killed += 1
        process = start(image, 'resume', image)
    said, _ = process.communicate()
    return said.decode().strip(), killed


def stamp(path):
    return os.stat(path).st_mtime_ns if os.path.exists(path) else 0


def main():
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10000
    kills = int(sys.argv[2]) if len(sys.argv) > 2 else 1000
    with tempfile.TemporaryDirectory() as folder:
        expected = subprocess.run([sys.executable, __file__, 'work', str(count)], stdout=subprocess.PIPE).stdout
        said, killed = live_and_die(os.path.join(folder, 'agents.img'), count, kills)
    print(said)
    print(f'killed {killed} times')
    print('the same as undisturbed:', said == expected.decode().strip())


totals = {}
if sys.argv[1:2] == ['work']:
    work(int(sys.argv[2]))
else:
    main()
