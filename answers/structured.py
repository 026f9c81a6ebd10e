"""What a server is asked to hold the model to, and how the text is read back out while it streams."""

from __future__ import annotations

import json
import re
from enum import Enum, auto
from typing import Any

from answers.evidence import Evidence
from answers.placeholders import Placeholders
from answers.settings import Output
from knowledge_base.text import sentences

_MOST_SENTENCES = 6
_LONE_HALF = re.compile("[\ud800-\udfff]")
_ESCAPES = {"n": " ", "r": " ", "t": " ", "b": "", "f": ""}


def response_format(output: Output, evidence: Evidence) -> dict[str, Any] | None:
    """Give the request's `response_format`; None where the model writes plain text."""
    if output == "text":
        return None
    item: dict[str, Any] = {"type": "string"}
    if output == "quotes":
        item["enum"] = quotable(evidence)
    array = {"type": "array", "items": item, "maxItems": _MOST_SENTENCES}
    schema = {"type": "object", "properties": {"sentences": array}, "required": ["sentences"], "additionalProperties": False}
    return {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}


def quotable(evidence: Evidence) -> list[str]:
    """List the sentences that a model may choose from, values of records as placeholders."""
    slots = Placeholders(evidence)
    found = [sentence for unit in evidence.units for sentence in sentences(slots.show(unit).replace("\n- ", " "))]
    return list(dict.fromkeys(found)) or [""]


class _State(Enum):
    START = auto()
    PLAIN = auto()
    BETWEEN = auto()
    STRING = auto()
    ESCAPE = auto()
    CODE = auto()


class SentenceReader:
    """Reads `{"sentences": ["…", "…"]}` piece by piece and gives the sentences' text, one line each.

    What does not begin with a brace is plain text and passes as it is: not every server knows schemas.
    """

    def __init__(self) -> None:
        self._state = _State.START
        self._in_list = False
        self._code = ""
        self._half = ""

    def feed(self, piece: str) -> str:
        """Take a piece; give the text that it completes."""
        if self._state is _State.START and piece.strip():
            self._state = _State.BETWEEN if piece.lstrip().startswith("{") else _State.PLAIN
        if self._state in (_State.START, _State.PLAIN):
            return piece
        return "".join(self._read(character) for character in piece)

    def _read(self, character: str) -> str:
        if self._state is _State.BETWEEN:
            self._in_list = self._in_list or character == "["
            if character == '"':
                self._state = _State.STRING
            return ""
        if self._state is _State.STRING:
            return self._read_string(character)
        if self._state is _State.CODE:
            return self._read_code(character)
        self._state, self._code = (_State.CODE, "") if character == "u" else (_State.STRING, "")
        return "" if character == "u" else self._shown(_ESCAPES.get(character, character))

    def _read_string(self, character: str) -> str:
        if character == "\\":
            self._state = _State.ESCAPE
            return ""
        self._half = ""
        if character != '"':
            return self._shown(character)
        self._state = _State.BETWEEN
        return self._shown("\n")

    def _read_code(self, character: str) -> str:
        self._code += character
        if len(self._code) < 4:
            return ""
        self._state = _State.STRING
        # Signs beyond the first plane, such as emoji, come as two halves; a half alone is no character and breaks whoever reads it.
        code, self._half = f"{self._half}\\u{self._code}", ""
        try:
            text = json.loads(f'"{code}"')
        except ValueError:
            return ""
        if len(text) == 1 and "\ud800" <= text <= "\udbff":
            self._half = code
            return ""
        return self._shown(_LONE_HALF.sub("", text))

    def _shown(self, text: str) -> str:
        """Names of fields are strings too, and stand before the list."""
        return text if self._in_list else ""
