"""Builds a part by its name: importing one file and calling its `create`. Only what is named is imported."""

from __future__ import annotations

import pkgutil
from importlib import import_module
from typing import Any

from knowledge_base.errors import UnknownPart

_NO_PARTS = ("base", "onnx_export")
"""Files of a family that are no part of it."""


def names(family: str) -> list[str]:
    """List the parts of a family, such as `knowledge_base.stores`, by the files there are."""
    package = import_module(family)
    return sorted(module.name for module in pkgutil.iter_modules(package.__path__) if module.name not in _NO_PARTS)


def build(family: str, name: str, settings: Any, *parts: Any) -> Any:
    """Build the part `name` of a family; `parts` are what all of the family are given besides, such as the embedder.

    Raises:
        UnknownPart: If there is no such file.
    """
    if name not in names(family):
        raise UnknownPart(family, name, names(family))
    return import_module(f"{family}.{name}").create(settings, *parts)
