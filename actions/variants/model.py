"""What was wished of a product's variants, and what came of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from shop.models import Variant

PRICE = "price"
"""The name that stands for the price wherever an option's name may stand."""


class Outcome(StrEnum):
    """What came of a wish."""

    CHOSEN = "chosen"
    """Exactly one variant fits and can be bought."""
    SEVERAL = "several"
    """More than one fits: ask, with these as the real choices, the likeliest first."""
    NEAREST = "nearest"
    """None fits; these are the nearest that exist and can be bought (there may be none). Say so before offering them."""
    PRESENT = "present"
    """The wish is what the customer has already, and that is no change here."""
    NOT_SAID = "not_said"
    """The words name no wish that this product's options can meet: ask what it shall be."""
    OTHER_PRODUCT = "other_product"
    """Another product is wished for, and a change stays within one product."""


class FallbackKind(StrEnum):
    """What the customer wants where the wish cannot be met."""

    LEAVE = "leave"
    """Leave the line as it is."""
    RETURN = "return"
    """Send it back instead."""
    CANCEL = "cancel"
    """Cancel instead."""
    HUMAN = "human"
    """A person shall look at it."""
    WISH = "wish"
    """Another variant; `Fallback.text` says which."""


@dataclass(frozen=True)
class Fallback:
    """What to do where the wish cannot be met, in kind and in the customer's own words."""

    kind: FallbackKind
    text: str


@dataclass(frozen=True)
class Bound:
    """An option's value that has to reach, or must not pass, a measure: "i7 or better", "under 1 l".

    Attributes:
        option: The option's name.
        sign: 1 where the value has to be at or above `rank`, -1 where at or below.
        rank: The place on the option's scale.
        strict: Whether `rank` itself is too little (or too much).
        said: The customer's words for it.
    """

    option: str
    sign: int
    rank: float
    strict: bool
    said: str

    def allows(self, place: float) -> bool:
        """Whether a place on the option's scale is on the right side."""
        gap = (place - self.rank) * self.sign
        return gap > 0 or (gap == 0 and not self.strict)


@dataclass(frozen=True)
class Comparison:
    """More or less than what the customer has: "bigger", "one size up", "cheaper".

    Attributes:
        option: The option's name, or `PRICE`.
        sign: 1 for more, -1 for less.
        steps: How many places on the scale exactly; None for any number; 0 for the next there is.
        said: The customer's words for it.
    """

    option: str
    sign: int
    steps: int | None
    said: str


@dataclass(frozen=True)
class Extreme:
    """The most (sign 1) or the least (sign -1) of an option or of the price: "the biggest", "cheapest"."""

    option: str
    sign: int
    said: str
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Preference:
    """Values of an option, the most wanted group first; `strict` where no other value will do. `at` is its place in the text."""

    option: str
    values: tuple[tuple[str, ...], ...]
    strict: bool
    at: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Wish:
    """What words ask of a product's variants.

    Attributes:
        required: Option values that are wanted; any of the values of an option will do.
        excluded: Option values that are refused.
        bounds: Measures that a value has to reach or must not pass.
        comparisons: More or less than the present variant.
        extremes: The most or the least, the first said weighs most.
        preferences: What is wanted first, second, third.
        kept: Options that shall stay as they are, said in so many words.
        free: Options that may be anything.
        all_free: Whether every option that was not named may be anything.
        max_cents: The highest price, None without a limit.
        min_cents: The lowest price, None without a limit.
        same: Whether the same variant once more is wanted.
        picked: Ids of variants that were named outright, by id or by their place among those just offered.
        unmet: Words for values that no variant of the product has.
        unclear: Words that ask for more or less of something that cannot be told.
    """

    required: dict[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: dict[str, tuple[str, ...]] = field(default_factory=dict)
    bounds: tuple[Bound, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    extremes: tuple[Extreme, ...] = ()
    preferences: tuple[Preference, ...] = ()
    kept: frozenset[str] = frozenset()
    free: frozenset[str] = frozenset()
    all_free: bool = False
    max_cents: int | None = None
    min_cents: int | None = None
    same: bool = False
    picked: tuple[str, ...] = ()
    unmet: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()

    @property
    def touched(self) -> frozenset[str]:
        """The options that the wish speaks of, so that they need not stay as they are."""
        named = {*self.required, *self.excluded, *self.free}
        parts: tuple[Bound | Comparison | Extreme | Preference, ...] = (*self.bounds, *self.comparisons, *self.extremes, *self.preferences)
        ordered = {part.option for part in parts}
        return frozenset(named | ordered) - {PRICE}

    def held(self, own: Mapping[str, str]) -> frozenset[str]:
        """The options that were said to stay, or to be what the customer's own (option → value) are."""
        return self.kept | {name for name, values in self.required.items() if values == (own.get(name),)}

    @property
    def is_empty(self) -> bool:
        """Whether nothing was asked for that variants can be held against."""
        return self == Wish(unclear=self.unclear, kept=self.kept)


@dataclass(frozen=True)
class VariantChoice:
    """What came of a wish.

    Attributes:
        outcome: What to do next.
        variants: The chosen one, those to ask about, or the nearest, best first. All can be bought.
        wish: The reading, for saying what was understood.
        sold_out: Variants that fit exactly and cannot be bought now.
        fallback: What the customer wants where the wish cannot be met and no fallback of theirs could be.
        used_fallback: Whether `variants` come of the customer's second wish, because the first could not be met.
        other: The name of the other product or type that was wished for.
        missed: Where `used_fallback`: the first wish, which could not be met.
    """

    outcome: Outcome
    variants: tuple[Variant, ...] = ()
    wish: Wish = field(default_factory=Wish)
    sold_out: tuple[Variant, ...] = ()
    fallback: Fallback | None = None
    used_fallback: bool = False
    other: str | None = None
    missed: Wish | None = None

    @property
    def variant(self) -> Variant | None:
        """The chosen variant, where exactly one fits."""
        return self.variants[0] if self.outcome is Outcome.CHOSEN and len(self.variants) == 1 else None
