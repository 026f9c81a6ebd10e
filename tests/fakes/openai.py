"""A server with OpenAI's chat interface that says what a test tells it to, over real HTTP. For what a hostile or broken model does."""

import asyncio
import json
import socket
import threading
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, StreamingResponse

ENDLESS = "endless"
HANG = "hang"
FAIL = "fail"
GARBAGE = "garbage"


@dataclass
class FakeOpenAI:
    """The server.

    Attributes:
        reply: What it streams, or one of the troubles above; or what gives that for a request.
        pause_s: Waits between pieces.
        knows_schemas: Whether it takes requests with a JSON schema; else it refuses them as malformed.
        finish: Why it says that it stopped.
        requests: What it was asked.
        dropped: How many streams the other side closed before their end.
    """

    reply: str | Callable[[dict[str, Any]], str] = ""
    pause_s: float = 0.0
    knows_schemas: bool = True
    finish: str = "stop"
    requests: list[dict[str, Any]] = field(default_factory=list)
    dropped: int = 0
    url: str = ""

    def start(self) -> None:
        """Listen on a free port of this machine."""
        listener = socket.socket()
        listener.bind(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        self._server = uvicorn.Server(uvicorn.Config(self._app(), log_level="error", lifespan="off"))
        self._thread = threading.Thread(target=self._server.run, args=([listener],), daemon=True)
        self._thread.start()
        while not self._server.started:
            self._thread.join(0.01)

    def stop(self) -> None:
        """Stop, with whatever streams are open."""
        self._server.should_exit = True
        self._server.force_exit = True
        self._thread.join(10)

    def _app(self) -> FastAPI:
        app = FastAPI()

        @app.post("/v1/chat/completions")
        async def complete(request: Request) -> Any:
            asked = await request.json()
            self.requests.append(asked)
            if "response_format" in asked and not self.knows_schemas:
                return JSONResponse(
                    {"error": {"message": "response_format is not known", "type": "invalid_request_error"}}, status_code=400
                )
            reply = self.reply(asked) if callable(self.reply) else self.reply
            if reply == FAIL:
                return JSONResponse({"error": {"message": "out of memory", "type": "server_error"}}, status_code=500)
            return StreamingResponse(self._stream(reply), media_type="text/event-stream")

        return app

    async def _stream(self, reply: str) -> AsyncIterator[str]:
        finished = False
        try:
            async for piece in self._pieces(reply):
                yield piece
                await asyncio.sleep(self.pause_s)
            finished = True
        finally:
            self.dropped += not finished

    async def _pieces(self, reply: str) -> AsyncIterator[str]:
        if reply == HANG:
            await asyncio.sleep(600)
        if reply == GARBAGE:
            yield "data: {not json\n\n"
            return
        if reply == ENDLESS:
            while True:
                yield _chunk("word after word ")
                await asyncio.sleep(0.002)
        for start in range(0, len(reply), 7):
            yield _chunk(reply[start : start + 7])
        yield _chunk("", self.finish)
        yield "data: [DONE]\n\n"


def _chunk(text: str, finish: str | None = None) -> str:
    choice = {"index": 0, "delta": {"role": "assistant", "content": text}, "finish_reason": finish}
    return f"data: {json.dumps({'id': 'c', 'object': 'chat.completion.chunk', 'created': 0, 'model': 'fake', 'choices': [choice]})}\n\n"
