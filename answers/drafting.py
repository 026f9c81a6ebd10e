"""Reads a draft as it is written and cuts it into sentences."""

from __future__ import annotations

import re
from collections.abc import AsyncGenerator, AsyncIterator

from knowledge_base.text import sentences

_MAX_SENTENCE_CHARS = 600
_MAX_DRAFT_CHARS = 4000
_MAX_SENTENCES = 6
_BULLET = re.compile(r"^\s*(?:[-*•]|\d+[.)])\s+")


class SentenceCutter:
    """Collects pieces of text and gives whole sentences."""

    def __init__(self) -> None:
        self._rest = ""

    def feed(self, piece: str) -> list[str]:
        """Take a piece and give the sentences that are complete. The last one always waits for what follows."""
        self._rest += piece
        *lines, last = self._rest.split("\n")
        begun = sentences(last)
        complete, self._rest = (begun[:-1], last[last.rindex(begun[-1]) :]) if begun else ([], last)
        found = [*(sentence for line in lines for sentence in sentences(line)), *complete]
        if len(self._rest) > _MAX_SENTENCE_CHARS:
            found.append(self.flush_one())
        return [_BULLET.sub("", sentence).strip() for sentence in found if sentence.strip()]

    def flush(self) -> list[str]:
        """Give what is left."""
        rest, self._rest = self._rest, ""
        return [_BULLET.sub("", sentence).strip() for sentence in sentences(rest) if sentence.strip()]

    def flush_one(self) -> str:
        """Give what is left as one piece, for text that never ends a sentence."""
        rest, self._rest = self._rest, ""
        return rest


async def cut(pieces: AsyncIterator[str]) -> AsyncGenerator[str]:
    """Give the sentences of a draft as they are complete. Stops reading a draft that does not stop by itself."""
    cutter = SentenceCutter()
    count = length = 0
    async for piece in pieces:
        length += len(piece)
        for sentence in cutter.feed(piece):
            yield sentence
            count += 1
            if count >= _MAX_SENTENCES:
                return
        if length > _MAX_DRAFT_CHARS:
            return
    for sentence in cutter.flush():
        yield sentence
