# Streams of asyncio between two event loops in two threads, while tasklets of the main thread go on.
# modes: -image open connections do not survive their process
# expect: ['HELLO', 'AGAIN', '']
# expect: timed out
# expect: tasklets went on True
# expect: closed
import asyncio
import lisle
import threading

started = lisle.channel()
turns = []
stop = []


def server_thread():
    async def serve(reader, writer):
        while line := await reader.readline():
            writer.write(line.upper())
            await writer.drain()
        writer.close()

    async def main():
        server = await asyncio.start_server(serve, '127.0.0.1', 0)
        ended.append(asyncio.Event())
        ended.append(asyncio.get_running_loop())
        started.send(server.sockets[0].getsockname()[1])
        async with server:
            await ended[0].wait()

    asyncio.run(main())


ended = []
thread = threading.Thread(target=server_thread)
thread.start()
port = started.receive()


def spin():
    while not stop:
        turns.append(1)
        lisle.sleep(0.0005)


lisle.tasklet(spin)()


async def client():
    reader, writer = await asyncio.open_connection('127.0.0.1', port)
    got = []
    for word in ('hello', 'again'):
        writer.write(word.encode() + b'\n')
        got.append((await reader.readline()).decode().strip())
    try:
        await asyncio.wait_for(reader.readline(), 0.02)
    except TimeoutError:
        late = 'timed out'
    writer.write_eof()
    got.append((await reader.read()).decode())
    writer.close()
    print(got)
    print(late)


asyncio.run(client())
print('tasklets went on', len(turns) > 0)
stop.append(True)
ended[1].call_soon_threadsafe(ended[0].set)
thread.join()
print('closed')
