"""What fakes of outside systems share: a small HTTP server on loopback that can cut a connection where no real framework would."""

import asyncio
import contextlib
import json
from abc import abstractmethod
from dataclasses import dataclass, field
from typing import Any, Self


class Cut(Exception):
    """The connection ends here."""


@dataclass
class WireServer:
    """The server. Use `async with`; `url` is its address."""

    _server: asyncio.Server | None = field(default=None, init=False)
    _open: set[asyncio.Task[Any]] = field(default_factory=set, init=False)

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server is not None
        self._server.close()
        for task in list(self._open):
            task.cancel()
        await asyncio.gather(*self._open, return_exceptions=True)

    @property
    def url(self) -> str:
        """What the setting with the system's address is set to."""
        assert self._server is not None
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    @abstractmethod
    async def _answer(self, target: str, headers: dict[str, str], body: bytes) -> tuple[int, Any]:
        """Give the status, and bytes or what becomes JSON; `Cut` ends the connection."""

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            while await self._serve_one(reader, writer):
                pass
        except (Cut, asyncio.IncompleteReadError, ConnectionError):
            writer.transport.abort()
        except asyncio.CancelledError:
            pass
        finally:
            self._open.discard(task)
            writer.close()
            with contextlib.suppress(Exception, asyncio.CancelledError):
                await writer.wait_closed()

    async def _serve_one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        line, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        headers = {name.strip().lower(): value.strip() for name, _, value in (header.partition(":") for header in lines if header)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        status, answer = await self._answer(line.split()[1], headers, body)
        payload = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        head = f"HTTP/1.1 {status} X\r\nContent-Type: application/json\r\n{self._more_headers}Content-Length: {len(payload)}\r\n\r\n"
        writer.write(head.encode() + payload)
        await writer.drain()
        return headers.get("connection", "").lower() != "close"

    @property
    def _more_headers(self) -> str:
        return ""
