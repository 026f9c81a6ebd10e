"""As much of GraphQL as a fake server needs: which fields are asked for, with which arguments, and giving those alone."""

import re
from dataclasses import dataclass, field
from typing import Any

_TOKEN = re.compile(r'\.\.\.|\$?\w+|"[^"]*"|-?\d+|[{}():!,\[\]]')


class GraphQLError(Exception):
    """What a server answers to a query that does not fit its schema."""


@dataclass
class Field:
    """One field that is asked for. `fragments` are fields of some types alone."""

    name: str
    arguments: dict[str, Any] = field(default_factory=dict)
    fields: list["Field"] = field(default_factory=list)
    fragments: list["Field"] = field(default_factory=list)


def parse(document: str, variables: dict[str, Any]) -> list[Field]:
    """The root fields of a document with one operation."""
    tokens = [token for token in _TOKEN.findall(document) if token != ","]
    start = 0
    if tokens[start] in {"query", "mutation"}:
        start += 2
        if tokens[start] == "(":
            start = tokens.index(")", start) + 1
    root = Field("root")
    end = _selection(tokens, start, root, variables)
    if end != len(tokens):
        raise GraphQLError(f"Parse error at {tokens[end]!r}")
    return root.fields


def project(value: Any, asked: Field) -> Any:
    """What of `value` is asked for. Lists are cut to `first`; a field that there is not raises GraphQLError."""
    if isinstance(value, list):
        return [project(each, asked) for each in value[: asked.arguments.get("first")]]
    if not isinstance(value, dict):
        return value
    if "nodes" in value:
        value = _page(value, asked.arguments)
    given = {}
    for each in asked.fields:
        if each.name not in value:
            raise GraphQLError(f"Field '{each.name}' doesn't exist on '{asked.name}'")
        given[each.name] = project(value[each.name], each)
    return given | {each.name: project(value[each.name], each) for each in asked.fragments if each.name in value}


def _page(connection: dict[str, Any], arguments: dict[str, Any]) -> dict[str, Any]:
    start, first = int(arguments.get("after") or 0), arguments.get("first")
    if first is None:
        raise GraphQLError("you must provide one of first or last")
    end = start + first
    more = end < len(connection["nodes"])
    return {"nodes": connection["nodes"][start:end], "pageInfo": {"hasNextPage": more, "endCursor": str(end)}}


def _selection(tokens: list[str], at: int, parent: Field, variables: dict[str, Any]) -> int:
    """Read a selection that opens at `at`; gives where it ends."""
    if tokens[at] != "{":
        raise GraphQLError(f"Parse error at {tokens[at]!r}")
    at += 1
    while tokens[at] != "}":
        if tokens[at] == "...":
            fragment = Field("fragment")
            at = _selection(tokens, at + 3, fragment, variables)
            parent.fragments += fragment.fields
            continue
        found = Field(tokens[at])
        at += 1
        if tokens[at] == "(":
            end = tokens.index(")", at)
            found.arguments = _arguments(tokens[at + 1 : end], variables)
            at = end + 1
        if tokens[at] == "{":
            at = _selection(tokens, at, found, variables)
        parent.fields.append(found)
    return at + 1


def _arguments(tokens: list[str], variables: dict[str, Any]) -> dict[str, Any]:
    return {tokens[i]: _value(tokens[i + 2], variables) for i in range(0, len(tokens), 3)}


def _value(token: str, variables: dict[str, Any]) -> Any:
    if token.startswith("$"):
        return variables.get(token[1:])
    if token.startswith('"'):
        return token.strip('"')
    return int(token) if token.isdigit() else {"true": True, "false": False}.get(token, token)
