"""`python -m tests.fakes.telegram --port N`: prints its address and serves until it is stopped."""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gc
import signal

from .fake import FakeTelegram


async def serve(port: int, seed: int) -> None:
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(name, stopped.set)
    async with FakeTelegram(port=port, seed=seed) as fake:
        print(fake.url, flush=True)
        await stopped.wait()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.fakes.telegram")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    chosen = parser.parse_args()
    # The world only grows: looking through all its messages for rubbish again and again would cost a benchmark a tenth.
    gc.set_threshold(100_000)
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(serve(chosen.port, chosen.seed))
