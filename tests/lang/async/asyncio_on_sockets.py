# modes: -image connections end with the process
# modes: -jit compiling takes longer than what is measured
import asyncio
import time


async def handle(reader, writer):
    while data := await reader.readline():
        writer.write(data.upper())
        await writer.drain()
    writer.close()


async def produce(queue):
    for i in range(3):
        await queue.put(i)


async def main():
    server = await asyncio.start_server(handle, '127.0.0.1', 0)
    port = server.sockets[0].getsockname()[1]

    async def client(i):
        reader, writer = await asyncio.open_connection('127.0.0.1', port)
        writer.write(f'hello {i}\n'.encode())
        await writer.drain()
        line = await reader.readline()
        writer.close()
        return line

    print(await asyncio.gather(*(client(i) for i in range(5))))
    start = time.monotonic()
    await asyncio.gather(asyncio.sleep(.5), asyncio.sleep(.5))
    print(time.monotonic() - start < .95)
    process = await asyncio.create_subprocess_exec('echo', 'from a child', stdout=asyncio.subprocess.PIPE)
    print((await process.communicate())[0], process.returncode)
    try:
        async with asyncio.timeout(0.01):
            await asyncio.sleep(1)
    except TimeoutError:
        print('timeout')
    print(await asyncio.to_thread(lambda: 42))
    queue = asyncio.Queue()
    async with asyncio.TaskGroup() as group:
        group.create_task(produce(queue))
        print([await queue.get() for _ in range(3)])
    try:
        await asyncio.wait_for(asyncio.Event().wait(), 0.01)
    except asyncio.TimeoutError as e:
        print(type(e).__name__)
    server.close()


asyncio.run(main())
