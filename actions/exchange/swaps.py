"""What is chosen so far: the lines that are to change, the version of each, and what is open."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from actions.variants import (
    FallbackKind,
)


@dataclass(frozen=True)
class Swaps:
    """The lines that are to change, in the customer's order, and the variants chosen for them.

    Attributes:
        line_ids: What is to change.
        chosen: Line id → variant id, for those that are settled.
        said: What there is to tell before the next question.
        left: Lines that stay as they are, because the customer wanted that where the wish cannot be met.
        instead: What the customer wants in place of a change that cannot be had.
        asked: Lines of which one is meant, and the words that wish for it; empty where that is settled.
        priced: Line id → what was chosen for its price, such as "the cheapest Fjordline Steel"; its price is told.
        told: Line id → ids of the versions that were listed last, which "the dearest" then means.
        spared: Lines that stay because no version in stock has a better price; another wish for prices is about them too.
        open: Line id → what is asked about it: the words before the choices, and the ids of the variants on offer.
    """

    line_ids: tuple[str, ...] = ()
    chosen: Mapping[str, str] = field(default_factory=dict)
    said: tuple[str, ...] = ()
    left: tuple[str, ...] = ()
    instead: tuple[FallbackKind, str] | None = None
    open: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    asked: Mapping[str, Any] = field(default_factory=dict)
    priced: Mapping[str, str] = field(default_factory=dict)
    told: Mapping[str, Sequence[str]] = field(default_factory=dict)
    spared: tuple[str, ...] = ()

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None) -> Self:
        """Read what `to_json` wrote."""
        if not data:
            return cls()
        chosen, open_, asked, priced, told = (dict(data.get(name, {})) for name in ("chosen", "open", "asked", "priced", "told"))
        spared = tuple(data.get("spared", ()))
        return cls(tuple(data["line_ids"]), chosen, open=open_, asked=asked, priced=priced, told=told, spared=spared)

    def to_json(self) -> dict[str, Any]:
        """Write what has to be remembered until the next turn."""
        kept = {"chosen": self.chosen, "open": self.open, "asked": self.asked, "priced": self.priced, "told": self.told}
        lines = {"line_ids": list(self.line_ids), "spared": list(self.spared)}
        return {**lines, **{name: dict(value) for name, value in kept.items()}}

    @property
    def open_line(self) -> str | None:
        """The first line whose variant is still open."""
        return next((line_id for line_id in self.line_ids if line_id not in self.chosen), None)

    def changes(self) -> list[dict[str, str]]:
        """The argument of the operation."""
        return [{"line_id": line_id, "variant_id": self.chosen[line_id]} for line_id in self.line_ids if line_id in self.chosen]

    def only(self, line_ids: Sequence[str]) -> "Swaps":
        """These lines alone."""
        kept = tuple(line_id for line_id in self.line_ids if line_id in line_ids)
        chosen = {key: value for key, value in self.chosen.items() if key in kept}
        return replace(self, line_ids=kept, chosen=chosen, open={key: value for key, value in self.open.items() if key in kept})
