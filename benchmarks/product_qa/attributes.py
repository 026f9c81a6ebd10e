"""Reads the attribute notation of the public product question sets, such as `width:  { unit:inches, value:3.2 }`."""

import re
from collections.abc import Iterator
from typing import Any

_PIECE = re.compile(r'"(?:\\.|[^"\\])*"|[{}\[\],;]|[a-z_]\w*:|[^{}\[\],;"\s][^{}\[\],;"]*')
_DERIVED = re.compile(r"^(?:normalized|standardized)_")
_NOISE = frozenset({"id", "language_tag"})
_SAID = {"true": "yes", "false": "no", "unknown": ""}

Pairs = list[tuple[str, str]]


def readable(candidate: str) -> str:
    """Say an attribute as a person would: "width: 3.2 inches"; a text that is none comes back as it is."""
    name, colon, rest = candidate.partition(":")
    if not colon or not re.fullmatch(r"\w+", name.strip()) or "{" not in rest:
        return candidate
    said = [f"{path} {value}".strip() for path, value in _flatten(_parse(rest)) if value]
    return f"{name.strip().replace('_', ' ')}: {', '.join(said)}"


def _parse(text: str) -> Any:
    pieces = [piece.strip() for piece in _PIECE.findall(text) if piece.strip()]
    items = list(_items(iter(pieces), ""))
    return items[0] if len(items) == 1 else items


def _items(pieces: Iterator[str], closing: str) -> Iterator[Any]:
    """The values up to `closing`, of a list or of the top level."""
    for piece in pieces:
        if piece == closing:
            return
        if piece == "{":
            yield _object(pieces)
        elif piece == "[":
            yield list(_items(pieces, "]"))
        elif piece not in {",", ";", "}", "]"}:
            yield _plain(piece)


def _object(pieces: Iterator[str]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    key = "value"
    for piece in pieces:
        if piece == "}":
            break
        if piece.endswith(":") and not piece.startswith('"'):
            key = piece[:-1]
        elif piece == "{":
            found[key] = _object(pieces)
        elif piece == "[":
            found[key] = list(_items(pieces, "]"))
        elif piece not in {",", ";", "]"}:
            found[key] = f"{found[key]}, {_plain(piece)}" if isinstance(found.get(key), str) else _plain(piece)
    return found


def _plain(piece: str) -> str:
    if piece.startswith('"'):
        return piece[1:-1].replace('\\"', '"').replace("\\", "")
    return _SAID.get(piece, piece.replace("_", " "))


def _flatten(value: Any) -> Pairs:
    if isinstance(value, list):
        return list(dict.fromkeys(pair for one in value for pair in _flatten(one)))
    if not isinstance(value, dict):
        return [("", str(value))]
    return _with_unit(value) + [
        (f"{key.replace('_', ' ')} {path}".strip(), text)
        for key, inner in value.items()
        if key not in _NOISE | {"value", "unit"} and not _DERIVED.match(key)
        for path, text in _flatten(inner)
    ]


def _with_unit(value: dict[str, Any]) -> Pairs:
    """A number with its unit behind it."""
    if "value" not in value:
        return []
    unit = value.get("unit")
    suffix = f" {str(unit).replace('_', ' ')}" if isinstance(unit, str) else ""
    return [(path, f"{text}{suffix}") for path, text in _flatten(value["value"])]
