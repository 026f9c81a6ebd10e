"""Finds the part that a setting names: adding one is adding one file."""

import importlib
import pkgutil
from typing import Any

from server.errors import UnknownPart

_NO_PARTS = {"base", "outbox"}


def build(family: str, name: str, settings: Any) -> Any:
    """Import `<family>/<name>.py` and call its `create(settings)`.

    Raises:
        UnknownPart: If the family has no such file; lists those it has.
    """
    package = importlib.import_module(family)
    names = sorted(found.name for found in pkgutil.iter_modules(package.__path__) if found.name not in _NO_PARTS)
    if name not in names:
        noun = family.rsplit(".", 1)[-1].removesuffix("s")
        raise UnknownPart(f"No {noun} {name!r}. Available: {', '.join(names)}.")
    return importlib.import_module(f"{family}.{name}").create(settings)
