# An event loop is woken by signals.
# modes: -jit -image takes long to compile asyncio; the sockets of its loop end with the process
import asyncio, os, signal


async def served():
    loop, asked = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGTERM, asked.set)
    loop.call_later(0.01, os.kill, os.getpid(), signal.SIGTERM)
    await asked.wait()
    print('asked to end', loop.remove_signal_handler(signal.SIGTERM))


asyncio.run(served())
