"""A wire that can be cut or made slow, between the gateway and one of its services."""

import asyncio
import threading
from contextlib import suppress
from enum import StrEnum

_PIECE = 65536


class Wire(StrEnum):
    """How the wire is."""

    FINE = "fine"
    """Bytes pass."""
    DEAD = "dead"
    """Nobody listens, and what was open is reset."""
    SLOW = "slow"
    """Connections open, and every byte takes longer than anybody waits."""


class Proxy:
    """Listens on a port of its own and passes bytes to another, in a thread of its own."""

    def __init__(self, port: int, slow_s: float = 60.0) -> None:
        """Take the port to pass to; nothing has to listen there yet."""
        self._target = port
        self._slow_s = slow_s
        self._wire = Wire.FINE
        self._open: set[asyncio.StreamWriter] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.port = 0
        self._listen_again()

    def set(self, wire: Wire) -> None:
        """Change the wire; open connections end with the change."""
        if wire is self._wire:
            return
        self._wire = wire
        self._run(self._reset())
        if wire is not Wire.DEAD and self._server is None:
            self._listen_again()

    def close(self) -> None:
        """Stop listening."""
        self.set(Wire.DEAD)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _listen_again(self) -> None:
        self._server: asyncio.Server | None = self._run(asyncio.start_server(self._pass, "127.0.0.1", self.port))
        self.port = self._server.sockets[0].getsockname()[1]

    def _run(self, work):  # noqa: ANN001, ANN202  # any coroutine, with its own result
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _reset(self) -> None:
        if self._wire is Wire.DEAD and self._server is not None:
            self._server.close()
            self._server = None
        for writer in list(self._open):
            writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        try:
            there, back = await asyncio.open_connection("127.0.0.1", self._target)
        except OSError:
            writer.transport.abort()
            self._open.discard(writer)
            return
        self._open.add(back)
        pumps = [asyncio.create_task(self._pump(reader, back)), asyncio.create_task(self._pump(there, writer))]
        await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        for pump in pumps:
            pump.cancel()
        for end in (writer, back):
            self._open.discard(end)
            end.transport.abort() if self._wire is not Wire.FINE else end.close()

    async def _pump(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError):
            while data := await reader.read(_PIECE):
                if self._wire is Wire.SLOW:
                    await asyncio.sleep(self._slow_s)
                writer.write(data)
                await writer.drain()
