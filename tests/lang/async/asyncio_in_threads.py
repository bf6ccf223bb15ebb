# asyncio.run() in threads beside each other: tasks, gather, timeouts, queues, cancelling, async generators; tasklets
# of the same program run meanwhile.
# modes: -image the pipes of event loops do not survive their process
import asyncio
import concurrent.futures.thread
import threading


async def tick(name, count, log):
    for i in range(count):
        log.append((name, i))
        await asyncio.sleep(0)
    return name


async def slow():
    try:
        await asyncio.sleep(100)
    except asyncio.CancelledError:
        return 'cancelled'


async def numbers(n):
    for i in range(n):
        await asyncio.sleep(0)
        yield i


async def main(name):
    log = []
    got = await asyncio.gather(tick('a', 3, log), tick('b', 2, log))
    queue = asyncio.Queue(1)

    async def produce():
        async for i in numbers(4):
            await queue.put(i)
        await queue.put(None)

    task = asyncio.create_task(produce())
    items = []
    while (item := await queue.get()) is not None:
        items.append(item)
    await task
    try:
        async with asyncio.timeout(0.001):
            await asyncio.sleep(100)
    except TimeoutError:
        items.append('timeout')
    task = asyncio.create_task(slow())
    await asyncio.sleep(0)
    task.cancel()
    async with asyncio.TaskGroup() as group:
        both = [group.create_task(tick(n, 1, log)) for n in 'xy']
    loop = asyncio.get_running_loop()
    in_thread = await loop.run_in_executor(None, threading.get_ident)
    return [name, got, log, items, await task, [t.result() for t in both], in_thread != threading.get_ident()]


results = {}


def thread(name):
    results[name] = asyncio.run(main(name))


threads = [threading.Thread(target=thread, args=(f't{i}',)) for i in range(3)]
for t in threads:
    t.start()
print(asyncio.run(main('main')))
for t in threads:
    t.join()
for name in sorted(results):
    print(results[name])
