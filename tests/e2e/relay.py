"""A slow line: a TCP relay that delays both ways, caps what comes back, and can be cut.

It runs in a thread of its own. What waits for its turn is bounded, so that a
sender that is too fast is held up as on a real line.
"""

from __future__ import annotations

import asyncio
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self, TypeVar

if TYPE_CHECKING:
    from asyncio import StreamReader, StreamWriter
    from collections.abc import AsyncIterator, Coroutine

#: How much waits at most in one direction, and the pieces it is passed on in, in bytes.
_WAITING, _PIECE = 16_384, 128

Done = TypeVar("Done")


@dataclass(frozen=True)
class Speed:
    """How slow a line is.

    Args:
        round_trip: seconds that a byte and the answer to it take at least.
        downstream: bytes a second towards the client, None for as fast as may be.
    """

    round_trip: float
    downstream: int | None


class Relay:
    """Passes every connection on to a local port; a context manager.

    Args:
        target: the port of the server.
        speed: of the line.
    """

    def __init__(self, target: int, speed: Speed) -> None:
        self.port = 0
        #: Bytes that went to the client, and the moment of the last (`time.perf_counter`).
        self.carried, self.last = 0, 0.0
        self._target, self._speed = target, speed
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._tasks: set[asyncio.Task[None]] = set()

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = self._run(
            asyncio.start_server(self._connected, "127.0.0.1", 0, limit=_WAITING)
        )
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_exception: object) -> None:
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def cut(self) -> None:
        """Break all connections and take no more; again does nothing."""
        self._run(self._cut())

    def _run(self, work: Coroutine[object, object, Done]) -> Done:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result()

    async def _cut(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connected(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.ensure_future(self._carry(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, reader: StreamReader, writer: StreamWriter) -> None:
        far_reader, far_writer = await asyncio.open_connection(
            "127.0.0.1", self._target, limit=_WAITING
        )
        ways = (self._up(reader, far_writer), self._down(far_reader, writer))
        tasks = [asyncio.ensure_future(way) for way in ways]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            for end in (writer, far_writer):
                end.close()
                with suppress(OSError):  # the other side may have broken off
                    await end.wait_closed()

    async def _up(self, reader: StreamReader, writer: StreamWriter) -> None:
        async for piece in self._late(reader):
            writer.write(piece)
            await writer.drain()

    async def _down(self, reader: StreamReader, writer: StreamWriter) -> None:
        async for piece in self._late(reader):
            writer.write(piece)
            await writer.drain()
            self.carried, self.last = self.carried + len(piece), time.perf_counter()
            if self._speed.downstream:
                await asyncio.sleep(len(piece) / self._speed.downstream)

    async def _late(self, reader: StreamReader) -> AsyncIterator[bytes]:
        """Yield what comes, half a round trip after it came."""
        waiting: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue(_WAITING // _PIECE)
        taking = asyncio.ensure_future(self._take(reader, waiting))
        try:
            while True:
                due, piece = await waiting.get()
                await asyncio.sleep(due - self._loop.time())
                if not piece:
                    return
                yield piece
        finally:
            taking.cancel()

    async def _take(
        self, reader: StreamReader, waiting: asyncio.Queue[tuple[float, bytes]]
    ) -> None:
        piece = b"-"
        while piece:
            try:
                piece = await reader.read(_PIECE)
            except OSError:  # the other side broke off
                piece = b""
            await waiting.put((self._loop.time() + self._speed.round_trip / 2, piece))
