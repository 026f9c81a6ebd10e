"""A server with OpenAI's chat interface that streams a fixed text at a fixed pace, in a process of its own.

`python -m benchmarks.llm.loopback PACE_S TEXT` prints its port and serves until it is told to stop. It is written on bare asyncio, because
on a small machine a framework's share of 5,000 pieces a second would be measured as ours.
"""

import asyncio
import json
import sys
from typing import Any

_CHARS_A_TOKEN = 4
_HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"


def tokens(text: str) -> list[str]:
    """Cut a text as a tokenizer might."""
    return [text[start : start + _CHARS_A_TOKEN] for start in range(0, len(text), _CHARS_A_TOKEN)]


class Loopback:
    """The server. Token n is due n paces after the request, however busy the machine is."""

    def __init__(self, pace_s: float, text: str) -> None:
        self._pace_s = pace_s
        self._frames = [_frame({"content": token}, None) for token in tokens(text)] + [_frame({}, "stop"), _framed(b"data: [DONE]\n\n")]

    async def serve(self) -> None:
        """Serve on a free port until cancelled."""
        server = await asyncio.start_server(self._answer, "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while head := await reader.readuntil(b"\r\n\r\n"):
                length = next(int(line.split(b":")[1]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
                await reader.readexactly(length)
                await self._stream(writer)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    async def _stream(self, writer: asyncio.StreamWriter) -> None:
        loop = asyncio.get_running_loop()
        begun = loop.time()
        writer.write(_HEAD)
        for number, frame in enumerate(self._frames, 1):
            await asyncio.sleep(max(begun + number * self._pace_s - loop.time(), 0))
            writer.write(frame)
        writer.write(b"0\r\n\r\n")
        await writer.drain()


def _frame(delta: dict[str, Any], finish: str | None) -> bytes:
    choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
    body = {"id": "c", "object": "chat.completion.chunk", "created": 0, "model": "loopback", "choices": [choice]}
    return _framed(f"data: {json.dumps(body)}\n\n".encode())


def _framed(data: bytes) -> bytes:
    return f"{len(data):x}\r\n".encode() + data + b"\r\n"


if __name__ == "__main__":
    asyncio.run(Loopback(float(sys.argv[1]), sys.argv[2]).serve())
